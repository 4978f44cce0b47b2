package claims_test

import (
	"bytes"
	"encoding/json"
	"sync"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/hostile"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// logins are messages of several sizes, some with faults.
func logins() []samltest.Login {
	out := []samltest.Login{offering(3), offering(200), offering(1)}
	for _, m := range samltest.Mutations() {
		out = append(out, samltest.Login{Mutations: []string{m.Name}}, samltest.Login{Product: samltest.Keycloak, Mutations: []string{m.Name}})
	}
	return out
}

// A checked is a message that waits to be checked, and what is said of it by a
// check that took no memory from another.
type checked struct {
	text     []byte
	metadata *saml.Metadata
	said     []byte
}

func (c *checked) check(tb testing.TB) *claims.Report {
	tb.Helper()
	return claims.Check(saml.Decode(c.text), c.metadata, claims.Options{Options: saml.Options{Time: samltest.Instant(), SkipWitness: true}})
}

func said(tb testing.TB, r *claims.Report) []byte {
	tb.Helper()
	out, err := json.Marshal(r)
	if err != nil {
		tb.Error(err)
	}
	return out
}

func allChecked(t *testing.T) []checked {
	t.Helper()
	var out []checked
	for _, login := range logins() {
		if _, err := login.Response(); err != nil {
			continue // not every mutation fits every product
		}
		text, metadata := captured(t, login)
		out = append(out, checked{text: text, metadata: metadata})
	}
	out = append(out, hostileChecked(t)...)
	if len(out) < 120 {
		t.Fatalf("%d messages tell little", len(out))
	}
	for i := range out {
		out[i].said = said(t, out[i].check(t))
	}
	return out
}

// hostileChecked gives hostile documents of every kind: of some the scanner gives
// up in the midst, in others much stands that no genuine message has.
func hostileChecked(t *testing.T) []checked {
	t.Helper()
	all, err := hostile.Documents()
	if err != nil {
		t.Fatal(err)
	}
	const every, longest = 25, 50_000
	var out []checked
	for i, d := range all {
		if i%every != 0 || len(d.Text) > longest {
			continue
		}
		c := checked{text: d.Text}
		if c.metadata, err = saml.ParseMetadata(d.Metadata); err != nil {
			continue // a document that comes without metadata, or with broken one
		}
		out = append(out, c)
	}
	return out
}

// What is said of a message does not depend on whose memory its check took, also
// where several are checked at once; and what was said stays as it is.
func TestReleasedMemoryTellsOfOneMessage(t *testing.T) {
	all := allChecked(t)
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			for i := range 2 * len(all) {
				c := &all[(i*(2*w+1)+w)%len(all)]
				r := c.check(t)
				object := r.Object()
				findings := r.Findings
				if got := said(t, r); !bytes.Equal(got, c.said) {
					t.Errorf("in used memory it is\n%s\nin new memory\n%s", got, c.said)
				}
				r.Release()
				again := all[(i+w)%len(all)].check(t)
				if got, err := json.Marshal(object); err != nil || !bytes.Equal(got, c.said) {
					t.Errorf("after its report was released it is\n%s\nbefore\n%s (%v)", got, c.said, err)
				}
				if len(findings) != len(object.Findings) {
					t.Errorf("%d findings after the release, %d before", len(findings), len(object.Findings))
				}
				again.Release()
				again.Release()
			}
		})
	}
	workers.Wait()
}

// A released report never tells of another message.
func TestReleasedReportTellsNothing(t *testing.T) {
	text, metadata := captured(t, offering(3))
	c := checked{text: text, metadata: metadata}
	r := c.check(t)
	id, attribute := r.SAML.Assertion.NameID(), r.SAML.Assertion.Attributes()[0]
	if id.Place().Line == 0 {
		t.Fatal("the NameID has no place")
	}
	if r.Roles[0].Path() == "" {
		t.Fatal("a role has no path")
	}
	r.Release()
	c.check(t)
	if path := r.Roles[0].Path(); path != "" {
		t.Errorf("a role of a released report stands at %s", path)
	}
	if p := id.Place(); p != (saml.Place{}) {
		t.Errorf("the NameID of a released report stands at %+v", p)
	}
	defer func() {
		if recover() == nil {
			t.Error("an attribute of a released report has a place")
		}
	}()
	attribute.Place()
}
