package differential

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/russellhaering/goxmldsig/etreeutils"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// TestGoxmldsig reproduces what docs/verifiers.md says of goxmldsig beside the
// closed list, which TestMinimalDocuments reproduces.
func TestGoxmldsig(t *testing.T) {
	id := rsaIdentity(t)
	reproduce(t, "goxmldsig", []fault{
		{"second-reference", func(t *testing.T) error {
			return accepts(t, id, resigned(t, id, func(xml string) string {
				from, to := strings.Index(xml, "<Reference"), strings.Index(xml, "</SignedInfo>")
				wrong := strings.Replace(xml[from:to], "<DigestValue>", "<DigestValue>AAAA", 1)
				return xml[:to] + wrong + xml[to:]
			}))
		}},
		{"uri-without-hash", func(t *testing.T) error {
			return accepts(t, id, resigned(t, id, func(xml string) string { return strings.Replace(xml, `URI="#_a"`, `URI="x_a"`, 1) }))
		}},
		{"deep-signature", func(t *testing.T) error {
			xml := sign(t, id, `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"><Subject></Subject></Assertion>`, xmlsig.SignOptions{})
			from, to := strings.Index(xml, "<Signature"), strings.Index(xml, "</Signature>")+len("</Signature>")
			return accepts(t, id, strings.Replace(xml[:from]+xml[to:], "</Subject>", xml[from:to]+"</Subject>", 1))
		}},
		{"prefixed-id", func(t *testing.T) error {
			xml := sign(t, id, `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a">x</Assertion>`, xmlsig.SignOptions{})
			e := parseTree(t, strings.Replace(xml, ` ID="_a"`, ` xmlns:p="urn:p" p:ID="_b" ID="_a"`, 1))
			if _, err := validation(id.certificate).Validate(e); !errors.Is(err, dsig.ErrMissingSignature) {
				return fmt.Errorf("it takes the attribute ID: %v", err)
			}
			return nil
		}},
		{"first-certificate-only", func(t *testing.T) error { return refusesChain(t, id) }},
		{"two-roots-no-keyinfo", func(t *testing.T) error {
			xml := sign(t, id, assertion+"x</Assertion>", xmlsig.SignOptions{KeyInfo: xmlsig.StyleNone})
			_, err := validation(id.certificate, other(t, id, 2)).Validate(parseTree(t, xml))
			return refused(err, "Missing x509 Element")
		}},
		{"same-key-other-certificate", func(t *testing.T) error {
			xml := sign(t, id, assertion+"x</Assertion>", xmlsig.SignOptions{Certificates: [][]byte{other(t, id, 3).Raw}})
			_, err := validation(id.certificate).Validate(parseTree(t, xml))
			return refused(err, "Could not verify certificate")
		}},
		{"no-rsa-pss", func(t *testing.T) error {
			xml := sign(t, id, assertion+"x</Assertion>", xmlsig.SignOptions{SignatureMethod: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", KeyInfo: xmlsig.StyleNone})
			_, err := validation(id.certificate).Validate(parseTree(t, xml))
			return refused(err, "Unknown signature method")
		}},
		{"signs-ecdsa-in-asn1", signsASN1},
		{"element-in-memory", signedInMemory},
		{"input-rewritten", rewritesInput},
		{"detach-limit", detachLimit},
		{"comments-quadratic", commentsQuadratic},
		{"inclusive-depth-quadratic", inclusiveQuadratic},
		{"declarations-times-elements", declarationsTimesElements},
	})
}

func parseTree(t *testing.T, xml string) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromString(xml); err != nil {
		t.Fatal(err)
	}
	return doc.Root()
}

func validation(roots ...*x509.Certificate) *dsig.ValidationContext {
	v := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: roots})
	v.Clock = dsig.NewFakeClockAt(roots[0].NotBefore.Add(time.Hour))
	return v
}

func sign(t *testing.T, id identity, xml string, o xmlsig.SignOptions) string {
	t.Helper()
	o.Key = id.signer
	if o.Certificates == nil {
		o.Certificates = [][]byte{id.certificate.Raw}
	}
	out, err := xmlsig.Sign([]byte(xml), "_a", o)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// accepts wants goxmldsig to verify what is not valid.
func accepts(t *testing.T, id identity, xml string) error {
	t.Helper()
	doc, err := xmldoc.Parse([]byte(xml), xmldoc.MessageLimits())
	if err != nil {
		t.Fatal(err)
	}
	s := xmlsig.Examine(doc, id.keys, xmlsig.Options{})[0]
	if s.Verified != nil {
		t.Errorf("we accept it\n%s", xml)
	}
	if _, err := validation(id.certificate).Validate(parseTree(t, xml)); err != nil {
		return err
	}
	return nil
}

func refused(err error, with string) error {
	if err == nil {
		return errors.New("it accepts")
	}
	if !strings.Contains(err.Error(), with) {
		return fmt.Errorf("it says otherwise: %w", err)
	}
	return nil
}

// resigned signs a document, changes its SignedInfo, and signs that anew, as a
// careless identity provider does.
func resigned(t *testing.T, id identity, change func(string) string) string {
	t.Helper()
	xml := change(sign(t, id, assertion+"x</Assertion>", xmlsig.SignOptions{}))
	doc, err := xmldoc.Parse([]byte(xml), xmldoc.MessageLimits())
	if err != nil {
		t.Fatal(err)
	}
	s := xmlsig.Examine(doc, nil, xmlsig.Options{})[0]
	octets, err := xmlsig.Canonicalize(nil, s.SignedInfo, xmldoc.Element{}, xmlsig.ExclusiveC14N, nil)
	if err != nil {
		t.Fatal(err)
	}
	hashed := sha256.Sum256(octets)
	value, err := id.signer.Sign(rand.Reader, hashed[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(xml, s.ValueText, base64.StdEncoding.EncodeToString(value), 1)
}

// other gives another certificate of the same key.
func other(t *testing.T, id identity, serial int64) *x509.Certificate {
	t.Helper()
	template := *id.certificate
	template.SerialNumber = big.NewInt(serial)
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, id.signer.Public(), id.signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// refusesChain puts the certificate of the key second in X509Data.
func refusesChain(t *testing.T, id identity) error {
	t.Helper()
	xml := sign(t, id, assertion+"x</Assertion>", xmlsig.SignOptions{Certificates: [][]byte{other(t, id, 9).Raw, id.certificate.Raw}})
	_, err := validation(id.certificate).Validate(parseTree(t, xml))
	return refused(err, "Could not verify certificate")
}

func signsASN1(t *testing.T) error {
	id := ecdsaIdentity(t)
	context, err := dsig.NewSigningContext(id.signer, [][]byte{id.certificate.Raw})
	if err != nil {
		t.Fatal(err)
	}
	if err := context.SetSignatureMethod(dsig.ECDSASHA256SignatureMethod); err != nil {
		t.Fatal(err)
	}
	signed, err := context.SignEnveloped(parseTree(t, assertion+"x</Assertion>"))
	if err != nil {
		t.Fatal(err)
	}
	value, err := base64.StdEncoding.DecodeString(signed.FindElement("./Signature/SignatureValue").Text())
	if err != nil {
		t.Fatal(err)
	}
	if len(value) == 64 || value[0] != 0x30 {
		return fmt.Errorf("it writes %d octets", len(value))
	}
	return nil
}

// signedInMemory validates what SignEnveloped gives as it is, and written and
// read again.
func signedInMemory(t *testing.T) error {
	id := rsaIdentity(t)
	key, ok := id.signer.(*rsa.PrivateKey)
	if !ok {
		t.Fatal("no RSA key")
	}
	context := dsig.NewDefaultSigningContext(dsig.TLSCertKeyStore(tls.Certificate{Certificate: [][]byte{id.certificate.Raw}, PrivateKey: key}))
	signed, err := context.SignEnveloped(parseTree(t, assertion+"<b/><c/></Assertion>"))
	if err != nil {
		t.Fatal(err)
	}
	doc := etree.NewDocument()
	doc.SetRoot(signed.Copy())
	written, err := doc.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := validation(id.certificate).Validate(parseTree(t, written)); err != nil {
		t.Fatalf("what is read again does not validate either: %v", err)
	}
	if _, err := validation(id.certificate).Validate(signed); err == nil {
		return errors.New("it validates in memory")
	}
	return nil
}

func rewritesInput(t *testing.T) error {
	e := parseTree(t, `<a xmlns:unused="urn:u"><!--c--></a>`)
	if _, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("").Canonicalize(e); err != nil {
		t.Fatal(err)
	}
	if len(e.Attr) == 1 && len(e.Child) == 1 {
		return errors.New("the element stays as it was")
	}
	return nil
}

// detachLimit detaches subtrees of 1000 elements and of one more than that.
func detachLimit(t *testing.T) error {
	detach := func(n int) error {
		_, err := etreeutils.NSDetatch(etreeutils.NewDefaultNSContext(), parseTree(t, "<a>"+strings.Repeat("<b/>", n-1)+"</a>"))
		return err
	}
	if err := detach(999); err != nil {
		t.Fatal(err)
	}
	if err := detach(1001); !errors.Is(err, etreeutils.ErrTraversalLimit) {
		return fmt.Errorf("it says %v", err)
	}
	return nil
}

// commentsQuadratic counts how many siblings are renumbered while all comments
// are taken out as goxmldsig takes them out, from the front, one by one.
func commentsQuadratic(t *testing.T) error {
	work := func(n int) int {
		e := parseTree(t, "<a>"+strings.Repeat("<!---->", n)+"</a>")
		renumbered := 0
		for len(e.Child) > 0 {
			before := make([]int, len(e.Child))
			rest := e.Child[1:]
			for i, c := range rest {
				before[i] = c.Index()
			}
			rest = append([]etree.Token(nil), rest...)
			e.RemoveChildAt(0)
			for i, c := range rest {
				if c.Index() != before[i] {
					renumbered++
				}
			}
		}
		return renumbered
	}
	return grows(work(200), work(400), 3.5)
}

// inclusiveQuadratic counts allocations at depth n and 2n: every level copies
// all that is below it.
func inclusiveQuadratic(t *testing.T) error {
	work := func(n int) int {
		e := parseTree(t, strings.Repeat("<a>", n)+strings.Repeat("</a>", n))
		return int(testing.AllocsPerRun(1, func() {
			if _, err := dsig.MakeC14N11Canonicalizer().Canonicalize(e); err != nil {
				t.Fatal(err)
			}
		}))
	}
	return grows(work(200), work(400), 3)
}

// declarationsTimesElements counts allocated bytes for n declarations around n
// elements: every element copies all that is in scope.
func declarationsTimesElements(t *testing.T) error {
	work := func(n int) int {
		var b strings.Builder
		b.WriteString("<a")
		for i := range n {
			fmt.Fprintf(&b, ` xmlns:p%d="urn:p"`, i)
		}
		e := parseTree(t, b.String()+">"+strings.Repeat("<b/>", n)+"</a>")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("").Canonicalize(e); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return int(after.TotalAlloc - before.TotalAlloc)
	}
	return grows(work(200), work(400), 3)
}

// grows wants the work for double the input to be this much more: 2 is linear, 4
// quadratic.
func grows(once, twice int, least float64) error {
	if ratio := float64(twice) / float64(once); ratio < least {
		return fmt.Errorf("double the input costs %.1f times the work", ratio)
	}
	return nil
}
