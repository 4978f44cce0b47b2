package claims_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/seeds"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// What one check may take. The time is for a machine that does other things
// too; the memory is all that is allocated, not what is held at once.
const (
	mostTime   = 4 * time.Second
	mostMemory = 64 << 20
	mostFuzzed = 256 << 10
)

// A tribunal judges documents as of one instant with one metadata, and knows
// what the messages of testdata say that this metadata proves. Nothing else may
// ever be believed: whoever edits or recombines them has no key.
type tribunal struct {
	metadata   *saml.Metadata
	options    claims.Options
	assertions map[string]bool // what is believed of a genuine one, as JSON
	responses  map[string]bool
	genuine    []string // documents that are verified as they are
}

func newTribunal(tb testing.TB) *tribunal {
	tb.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(testdata, "idp", name))
		if err != nil {
			tb.Fatal(err)
		}
		return data
	}
	metadata, err := saml.ParseMetadata(read("metadata.xml"))
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := saml.ParsePrivateKeys(read("encryption.key"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	options := saml.Options{Time: samltest.Instant().Add(2 * time.Minute), DecryptionKeys: keys, SkipWitness: true}
	j := &tribunal{metadata: metadata, options: claims.Options{Options: options}, assertions: map[string]bool{}, responses: map[string]bool{}}
	for _, document := range seeds.Documents(tb) {
		if r := j.check([]byte(document)); r.SAML.Verified {
			assertion, response := believed(tb, r)
			j.assertions[assertion], j.responses[response] = true, true
			j.genuine = append(j.genuine, document)
		}
	}
	if len(j.genuine) < 100 {
		tb.Fatalf("expected 100 genuine messages or more in testdata, found %d", len(j.genuine))
	}
	return j
}

func (j *tribunal) check(data []byte) *claims.Report {
	return claims.Check(saml.Decode(data), j.metadata, j.options)
}

// believed gives what a program takes from a verified report: of the Assertion,
// and of the envelope where that is signed too.
func believed(tb testing.TB, r *claims.Report) (assertion, response string) {
	tb.Helper()
	a, o := r.SAML.Assertion, r.Object()
	if a == nil {
		tb.Fatal("verified, and there is no Assertion")
	}
	var roles [][]string
	for _, role := range r.Roles {
		roles = append(roles, []string{role.Role, role.Provider, role.Account(), role.Name()})
	}
	if r.SAML.Response.Signed {
		e := r.SAML.Response
		response = asJSON(tb, e, o.InResponseTo)
	} else if !slices.ContainsFunc(a.Bearer(), func(c saml.Confirmation) bool { return o.InResponseTo == c.InResponseTo.Text }) && o.InResponseTo != "" {
		tb.Errorf("in_response_to is %q, which nothing proves", o.InResponseTo)
	}
	return asJSON(tb, a.ID(), a.Issuer(), a.Subject(), a.Conditions(), a.IssueInstant(), a.AuthnStatements(), a.Attributes(),
		o.Issuer, o.Subject, o.Audiences, o.Recipient, o.IssueInstant, o.NotBefore, o.NotOnOrAfter, o.SessionNotOnOrAfter,
		roles, r.RoleSessionName, r.SessionDuration, r.PrincipalTags, r.TransitiveTagKeys, r.SourceIdentity), response
}

// asJSON writes values as JSON, which leaves out where they stand.
func asJSON(tb testing.TB, values ...any) string {
	tb.Helper()
	out, err := json.Marshal(values)
	if err != nil {
		tb.Fatal(err)
	}
	return string(out)
}

// holds says what must be true of the report on any document: nothing is
// believed that no genuine message says, with and without the second verifier;
// the report is JSON of the contract, every finding is of a rule, and time and
// memory are bounded.
func (j *tribunal) holds(t *testing.T, data []byte) {
	t.Helper()
	before, began := allocated(), time.Now()
	r := j.check(data)
	took, memory := time.Since(began), allocated()-before
	if took > mostTime { // once more: the machine may have been busy
		began = time.Now()
		j.check(data)
		took = min(took, time.Since(began))
	}
	if took > mostTime || memory > mostMemory {
		t.Errorf("%d bytes took %s and %d bytes of memory", len(data), took, memory)
	}
	j.isSound(t, r)
	witnessed := claims.Options{Options: j.options.Options}
	witnessed.SkipWitness = false
	if w := claims.Check(saml.Decode(data), j.metadata, witnessed); w.SAML.Verified {
		if !r.SAML.Verified {
			t.Error("the second verifier made verified what is not")
		}
		j.isSound(t, w)
	}
}

func (j *tribunal) isSound(t *testing.T, r *claims.Report) {
	t.Helper()
	if r.SAML.Verified {
		assertion, response := believed(t, r)
		if !j.assertions[assertion] || response != "" && !j.responses[response] {
			t.Errorf("believed, and no genuine message says so: %s %s", assertion, response)
		}
	} else if r.SAML.Assertion != nil {
		t.Error("there is an Assertion, and nothing is verified")
	}
	if r.Verdict == saml.Pass && !r.SAML.Verified {
		t.Error("it passes, and is not verified")
	}
	var object struct {
		Version  int
		Verdict  saml.Verdict
		Verified *bool
		Findings []struct{ Code, Message string }
	}
	line, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(line, &object)
	}
	if err != nil || object.Version != saml.ContractVersion || object.Verdict != r.Verdict || object.Verified == nil || *object.Verified != r.SAML.Verified {
		t.Errorf("the report is not that of the contract: %v\n%.1000s", err, line)
	}
	for _, f := range object.Findings {
		if !ruleCodes()[f.Code] || f.Message == "" {
			t.Errorf("a finding of no rule, or without a message: %+v", f)
		}
	}
}

// ruleCodes gives the codes that there are.
var ruleCodes = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, rule := range claims.AllRules() {
		out[rule.Code] = true
	}
	return out
})

// allocated gives the bytes that were ever allocated.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
