package differential

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

var (
	documents = flag.Int("documents", 200, "how many signed documents are compared, half of them signed by xmlsec1 where it is installed")
	seed      = flag.Uint64("seed", 1, "the seed of the documents")
)

// enough is how many documents show every construct of the closed list.
const enough = 20000

// TestDifferential asks all verifiers about random documents. Whoever disagrees
// must do so because of a construct of the closed list.
func TestDifferential(t *testing.T) {
	const chunk = 50
	rsa, ecdsa := rsaIdentity(t), ecdsaIdentity(t)
	all := newTally()
	t.Run("documents", func(t *testing.T) {
		for from := 0; from < *documents/2; from += chunk {
			var rsas, ecdsas []Case
			for n := from; n < min(from+chunk, *documents/2); n++ {
				if c := Make(*seed, uint64(n)); c.Elliptic {
					ecdsas = append(ecdsas, c)
				} else {
					rsas = append(rsas, c)
				}
			}
			t.Run(fmt.Sprint(from), func(t *testing.T) {
				t.Parallel()
				compare(t, rsa, rsas, all)
				compare(t, ecdsa, ecdsas, all)
			})
		}
	})
	all.report(t, *documents >= enough && HaveXmlsec1())
}

// signedDocument is one that the verifiers are asked about.
type signedDocument struct {
	Case
	by       string // who signed it
	kind     string // as signed, touched or tampered
	xml      []byte
	ours     *xmlsig.Signature
	xmlsec1  bool // what it says
	reason   string
	goxml    error
	notAsked bool // xmlsec1 was not
}

func compare(t *testing.T, id identity, cases []Case, all *tally) {
	t.Helper()
	var signed []*signedDocument
	for _, c := range cases {
		xml, err := c.Sign(id.signer, id.certificate.Raw)
		if err != nil {
			t.Fatalf("document %d: %v", c.Number, err)
		}
		signed = append(signed, &signedDocument{Case: c, by: "us", kind: "signed", xml: xml})
	}
	signed = append(signed, signedByXmlsec1(t, id, signed, all)...)
	var edited []*signedDocument
	for _, d := range signed {
		d.examine(t, id)
		edited = append(edited, d.edited(t, id)...)
	}
	askXmlsec1(t, id, signed)
	askXmlsec1(t, id, edited)
	for _, d := range slices.Concat(signed, edited) {
		all.judge(t, d)
	}
}

// signedByXmlsec1 has the same documents signed by xmlsec1. What it cannot
// sign must have a construct of the closed list.
func signedByXmlsec1(t *testing.T, id identity, ours []*signedDocument, all *tally) []*signedDocument {
	t.Helper()
	if !HaveXmlsec1() {
		return nil
	}
	var templates [][]byte
	for _, d := range ours {
		templates = append(templates, Template(d.xml))
	}
	theirs, err := id.xmlsec1.Sign(templates)
	if err != nil {
		t.Fatal(err)
	}
	var out []*signedDocument
	for i, xml := range theirs {
		d := &signedDocument{Case: ours[i].Case, by: "xmlsec1", kind: "signed", xml: xml}
		if xml == nil {
			d.xml = ours[i].xml
			d.examine(t, id)
			all.unsigned(t, d)
			continue
		}
		out = append(out, d)
	}
	return out
}

// examine asks us and goxmldsig.
func (d *signedDocument) examine(t *testing.T, id identity) {
	t.Helper()
	doc, err := xmldoc.Parse(d.xml, xmldoc.MessageLimits())
	if err != nil {
		t.Fatalf("document %d: %v\n%s", d.Number, err, d.xml)
	}
	all := xmlsig.Examine(doc, id.keys, xmlsig.Options{})
	if len(all) == 0 {
		t.Fatalf("document %d: its Signature is not found", d.Number)
	}
	d.ours = all[0] // that of a signed Assertion comes after its Response's
	d.goxml = AskGoxmldsig(d.ours, d.xml, id.certificate)
}

// edited gives the document with a signed character changed, and with
// something changed that is not signed.
func (d *signedDocument) edited(t *testing.T, id identity) []*signedDocument {
	t.Helper()
	r := rand.New(rand.NewPCG(d.Seed, d.Number+1<<32))
	var out []*signedDocument
	for kind, xml := range map[string][]byte{"tampered": Tamper(r, d.ours), "touched": Touch(r, d.ours)} {
		if xml == nil {
			continue
		}
		e := &signedDocument{Case: d.Case, by: d.by, kind: kind, xml: xml}
		e.examine(t, id)
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *signedDocument) int { return strings.Compare(a.kind, b.kind) })
	return out
}

// askXmlsec1 asks about all at once. It stops at each document that it refuses,
// so of those that were tampered with, which it must refuse, it sees every
// twentieth.
func askXmlsec1(t *testing.T, id identity, signed []*signedDocument) {
	t.Helper()
	var asked []*signedDocument
	var documents [][]byte
	for _, d := range signed {
		if d.notAsked = !HaveXmlsec1() || d.kind == "tampered" && d.Number%20 != 0; !d.notAsked {
			asked, documents = append(asked, d), append(documents, d.xml)
		}
	}
	if len(documents) == 0 {
		return
	}
	refusals, err := id.xmlsec1.Verify(documents)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range asked {
		reason, refused := refusals[i]
		d.xmlsec1, d.reason = !refused, reason
	}
}
