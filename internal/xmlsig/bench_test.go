package xmlsig

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// large is the test message with this many Role values.
func large(n int) string {
	value := `<AttributeValue xsi:type="xs:string">arn:aws:iam::111122223333:role/AnotherRole,arn:aws:iam::111122223333:saml-provider/P</AttributeValue>`
	return strings.Replace(message, "</Attribute>", strings.Repeat(value, n)+"</Attribute>", 1)
}

// entra is a message in the layout of Entra ID with this many Role values,
// before it is signed.
func entra(roles int) string {
	const space = ` xmlns="urn:oasis:names:tc:SAML:2.0:assertion"`
	var b strings.Builder
	b.WriteString(`<samlp:Response ID="_r" Version="2.0" IssueInstant="2026-01-02T03:04:05.678Z" Destination="https://signin.aws.amazon.com/saml" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">` +
		`<Issuer` + space + `>https://idp.example.com/11111111-2222-3333-4444-555555555555/</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
		`<Assertion ID="_a" IssueInstant="2026-01-02T03:04:05.678Z" Version="2.0"` + space + `><Issuer>https://idp.example.com/11111111-2222-3333-4444-555555555555/</Issuer>` +
		`<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">alice@example.com</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="2026-01-02T04:04:05.678Z" Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject>` +
		`<Conditions NotBefore="2026-01-02T02:59:05.678Z" NotOnOrAfter="2026-01-02T04:04:05.678Z"><AudienceRestriction><Audience>https://signin.aws.amazon.com/saml</Audience></AudienceRestriction></Conditions><AttributeStatement>`)
	for i := range 11 {
		fmt.Fprintf(&b, `<Attribute Name="http://schemas.example.com/identity/claims/claim%d"><AttributeValue>the value of number %d</AttributeValue></Attribute>`, i, i)
	}
	b.WriteString(`<Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">`)
	for i := range roles {
		fmt.Fprintf(&b, `<AttributeValue>arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Example</AttributeValue>`, i)
	}
	b.WriteString(`</Attribute></AttributeStatement><AuthnStatement AuthnInstant="2026-01-02T03:04:05.678Z" SessionIndex="_a"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>`)
	return b.String()
}

// sizes are the numbers of roles that are measured.
func sizes() []int { return []int{10, 100, 1200} }

func BenchmarkCanonicalize(b *testing.B) {
	for _, layout := range []struct {
		name string
		xml  string
	}{{"typed", large(1200)}, {"entra", entra(1200)}} {
		b.Run(layout.name, func(b *testing.B) {
			doc := parseTest(b, layout.xml)
			buffer := make([]byte, 0, 1<<20)
			b.SetBytes(int64(len(doc.Source())))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Canonicalize(buffer, doc.Root(), xmldoc.Element{}, ExclusiveC14N, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkExamine(b *testing.B) {
	id := newIdentity(b, rsaSigner())
	for _, n := range sizes() {
		doc := parseTest(b, signTest(b, entra(n), "_a", id.options()))
		for _, skip := range []bool{true, false} {
			name := map[bool]string{true: "alone", false: "witness"}[skip]
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.SetBytes(int64(len(doc.Source())))
				b.ReportAllocs()
				for b.Loop() {
					if Examine(doc, []Key{id.key}, Options{SkipWitness: skip})[0].Verified == nil {
						b.Fatal("not verified")
					}
				}
			})
		}
	}
}

// BenchmarkFloor gives the time of Parse and Examine, and of reading the
// verified octets again, as multiples of what no verifier can do without: an
// RSA operation and two passes over the bytes, for which SHA-256 stands. All
// are timed in turns, so that the figures hold on a busy machine too.
func BenchmarkFloor(b *testing.B) {
	id := newIdentity(b, rsaSigner())
	for _, n := range sizes() {
		xml := []byte(signTest(b, entra(n), "_a", id.options()))
		hashed := sha256.Sum256(xml)
		value, err := rsaSigner().Sign(nil, hashed[:], crypto.SHA256)
		if err != nil {
			b.Fatal(err)
		}
		keys := []Key{id.key}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var floor, scan, examine, reread, whole []time.Duration
			for b.Loop() {
				start := time.Now()
				sha256.Sum256(xml)
				hashed := sha256.Sum256(xml)
				if rsa.VerifyPKCS1v15(&rsaSigner().PublicKey, crypto.SHA256, hashed[:], value) != nil {
					b.Fatal("not verified")
				}
				floor = append(floor, lap(&start))
				doc, err := xmldoc.Parse(xml, xmldoc.MessageLimits())
				if err != nil {
					b.Fatal(err)
				}
				scan = append(scan, lap(&start))
				v := Examine(doc, keys, Options{SkipWitness: true})[0].Verified
				if v == nil {
					b.Fatal("not verified")
				}
				examine = append(examine, lap(&start))
				if _, err := xmldoc.Parse(v.Octets(), xmldoc.MessageLimits()); err != nil {
					b.Fatal(err)
				}
				reread = append(reread, lap(&start))
				whole = append(whole, scan[len(scan)-1]+examine[len(scan)-1])
			}
			unit := float64(median(floor))
			b.ReportMetric(unit/1000, "floor-µs")
			b.ReportMetric(float64(median(scan))/unit, "parse/floor")
			b.ReportMetric(float64(median(examine))/unit, "examine/floor")
			b.ReportMetric(float64(median(whole))/unit, "both/floor")
			b.ReportMetric(float64(median(reread))/unit, "reread/floor")
			b.ReportMetric(0, "ns/op") // the sum of unlike things
			b.ReportAllocs()
		})
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// lap gives the time since start and sets start to now.
func lap(start *time.Time) time.Duration {
	now := time.Now()
	d := now.Sub(*start)
	*start = now
	return d
}
