package xmlsig_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/differential"
	"github.com/samlcheck/samlcheck/internal/seeds"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

func canonicalizations() []string {
	return []string{xmlsig.ExclusiveC14N, xmlsig.ExclusiveC14NWithComments, xmlsig.C14N10, xmlsig.C14N10WithComments, xmlsig.C14N11, xmlsig.C14N11WithComments}
}

// seedDocuments are random documents and those of testdata.
func seedDocuments(tb testing.TB) []string {
	tb.Helper()
	var out []string
	for n := range uint64(60) {
		out = append(out, differential.Make(7, n).XML)
	}
	all := seeds.Documents(tb)
	for i := 0; i < len(all); i += 10 {
		out = append(out, all[i])
	}
	if len(out) < 70 {
		tb.Fatalf("expected 70 documents or more to start from, found %d", len(out))
	}
	return out
}

// FuzzCanonicalAgainstGoxmldsig writes an element of any well-formed document
// in canonical form, as goxmldsig does: the octets are the same, or the document
// has a construct of the closed list.
func FuzzCanonicalAgainstGoxmldsig(f *testing.F) {
	for i, xml := range seedDocuments(f) {
		f.Add(xml, uint8(i), uint16(i%7), []string{"", "xs", "a #default", "saml nowhere b"}[i%4])
	}
	f.Add("<a>\r<!--\r\n--><?p \r?></a>", uint8(1), uint16(0), "")
	f.Fuzz(func(t *testing.T, xml string, which uint8, number uint16, list string) {
		doc, err := xmldoc.Parse([]byte(xml), xmldoc.MessageLimits())
		if err != nil || len(doc.RelativeNamespaces()) > 0 {
			return
		}
		var apex xmldoc.Element
		for e := range doc.Elements() {
			if e.Number() == int(number)%doc.Len() {
				apex = e
			}
		}
		algorithm, prefixes := canonicalizations()[int(which)%6], strings.Fields(list)
		ours, err := xmlsig.Canonicalize(nil, apex, xmldoc.Element{}, algorithm, prefixes)
		if err != nil {
			t.Fatal(err)
		}
		e, err := differential.DetachNumber([]byte(doc.Source()), apex.Number())
		if err != nil {
			if !strings.Contains(err.Error(), "XML syntax error") {
				t.Fatalf("etree: %v", err)
			}
			return // Go's reader knows fewer names than XML 1.0 does today
		}
		theirs, err := differential.GoxmldsigCanonical(e, algorithm, strings.Join(prefixes, " "))
		if why := differential.ExplainCanonical(apex, algorithm, prefixes); len(why) == 0 && (err != nil || !bytes.Equal(ours, theirs)) {
			t.Fatalf("%s, PrefixList %q: %v\nours      %q\ngoxmldsig %q", algorithm, prefixes, err, ours, theirs)
		}
	})
}

// FuzzCanonicalAgainstLibxml2 signs an element with any content, and xmlsec1,
// which digests what libxml2 takes for the canonical form, verifies it, or the
// document has a construct of the closed list.
func FuzzCanonicalAgainstLibxml2(f *testing.F) {
	if !differential.HaveXmlsec1() {
		f.Skip("xmlsec1 is not here")
	}
	key, x := xmlsec1(f)
	contents := []string{"text", `<a:b xmlns:a="urn:a" a:k="1" k='2'><!--c--><?p i?></a:b>`, `<e xmlns="urn:e"><f xmlns=""/></e>`, "&#13;\r\n\t<![CDATA[<]]>", `<e xml:lang="de" xml:base="x/"/>`}
	for i, content := range contents {
		f.Add(content, ` xmlns:xs="urn:xs" xml:lang="en" k="`+"\n"+`"`, uint8(i), "xs a")
	}
	f.Fuzz(func(t *testing.T, content, attributes string, which uint8, list string) {
		prefixes := strings.Join(strings.Fields(list), " ")
		xml := `<g:outer xmlns:g="urn:example:general"` + attributes + `><g:doc ID="_g">` + content + `</g:doc></g:outer>`
		if strings.Contains(xml, "Signature") || strings.Count(xml, "ID") > 1 || strings.Contains(xml, "xml:id") || strings.Contains(xml, "xml:space") {
			return
		}
		signed, err := xmlsig.Sign([]byte(xml), "_g", xmlsig.SignOptions{Key: key, KeyInfo: xmlsig.StyleNone, PrefixList: prefixes,
			Transforms: []string{xmlsig.EnvelopedSignature, canonicalizations()[int(which)%6]}})
		if err != nil {
			return
		}
		doc, err := xmldoc.Parse(signed, xmldoc.MessageLimits())
		if err != nil {
			return
		}
		refusals, err := x.Verify([][]byte{signed})
		if err != nil {
			t.Fatal(err)
		}
		s := xmlsig.Examine(doc, nil, xmlsig.Options{})[0]
		if refusals[0] != "" && len(differential.Explain(s, differential.OfXmlsec1)) == 0 {
			t.Fatalf("xmlsec1 refuses\n%s\n%s", signed, refusals[0])
		}
	})
}

// xmlsec1 gives a key and the command that verifies with it.
func xmlsec1(tb testing.TB) (*rsa.PrivateKey, differential.Xmlsec1) {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		tb.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "idp.example.com"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<32, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		tb.Fatal(err)
	}
	dir := tb.TempDir()
	x := differential.Xmlsec1{Dir: dir, Certificate: filepath.Join(dir, "certificate.pem")}
	if err := os.WriteFile(x.Certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		tb.Fatal(err)
	}
	return key, x
}

// TestCanonicalAgainstLibxml2 has random documents signed by xmlsec1 with each
// canonicalization: the digest is that of our own octets.
func TestCanonicalAgainstLibxml2(t *testing.T) {
	if !differential.HaveXmlsec1() {
		t.Skip("xmlsec1 is not here")
	}
	key, x := xmlsec1(t)
	var signed [][]byte
	for n := range uint64(240) {
		c := differential.Make(9, n)
		out, err := xmlsig.Sign([]byte(c.XML), c.Target, xmlsig.SignOptions{Key: key, KeyInfo: xmlsig.StyleNone, PrefixList: []string{"", "xs a", "#default b"}[n/6%3],
			Transforms: []string{xmlsig.EnvelopedSignature, canonicalizations()[n%6]}})
		if err != nil {
			t.Fatal(err)
		}
		signed = append(signed, out)
	}
	refusals, err := x.Verify(signed)
	if err != nil {
		t.Fatal(err)
	}
	for i, reason := range refusals {
		doc, err := xmldoc.Parse(signed[i], xmldoc.MessageLimits())
		if err != nil {
			t.Fatal(err)
		}
		if s := xmlsig.Examine(doc, nil, xmlsig.Options{})[0]; len(differential.Explain(s, differential.OfXmlsec1)) == 0 {
			t.Errorf("document %d of seed 9: xmlsec1 refuses\n%s\n%s", i, signed[i], reason)
		}
	}
	if len(refusals) > len(signed)/4 {
		t.Errorf("xmlsec1 refuses %d of %d documents: the list explains too much", len(refusals), len(signed))
	}
}
