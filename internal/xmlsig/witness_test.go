package xmlsig

import (
	"crypto/elliptic"
	"crypto/x509"
	"errors"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// rewrite changes one place of the test message.
func rewrite(t testing.TB, xml, old, replacement string) string {
	t.Helper()
	if strings.Count(xml, old) == 0 {
		t.Fatalf("%q is not in the document", old)
	}
	return strings.Replace(xml, old, replacement, 1)
}

// Each entry of the closed list: xmlsec1 verifies and goxmldsig does not, and
// our own code names the construct.
func TestWitnessClosedList(t *testing.T) {
	needXmlsec1(t)
	r, e := newIdentity(t, rsaSigner()), newIdentity(t, ecSigner(t, elliptic.P256()))
	const nameID = "alice@example.com"

	for _, c := range []struct {
		reason     string
		id         identity
		target     string
		change     func(*SignOptions)
		xml        string
		afterwards func(xml string) string // an edit that the signature does not cover
	}{
		{reason: "it reads ECDSA values in ASN.1 form", id: e},
		{reason: "it has no SHA-224", change: func(o *SignOptions) { o.SignatureMethod = spaceMore + "rsa-sha224" }},
		{reason: "it has no SHA-224", change: func(o *SignOptions) { o.DigestMethod = spaceMore + "sha224" }},
		{reason: "PrefixList of CanonicalizationMethod", change: func(o *SignOptions) { o.MethodPrefixList = "samlp" }},
		{reason: "#default in a PrefixList", change: func(o *SignOptions) { o.PrefixList = "#default" },
			xml: `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:x" ID="_a"><samlp:Status/></samlp:Response>`},
		{reason: "blanks or tabs", change: func(o *SignOptions) { o.Fold, o.LineBreak = 64, "\n  " }},
		{reason: "blanks or tabs", afterwards: func(xml string) string {
			return strings.Replace(xml, "<SignatureValue>", "<SignatureValue>\t", 1)
		}},
		{reason: "stops after 1000 elements", target: "_r",
			xml: `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r"><samlp:Extensions>` + strings.Repeat("<e/>", 1000) + `</samlp:Extensions><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">x</Issuer></samlp:Response>`},
		{reason: "xml: attributes", xml: rewrite(t, message, `<samlp:Response `, `<samlp:Response xml:lang="en" `),
			change: func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, C14N10} }},
		{reason: "xml: attributes", xml: rewrite(t, message, `<samlp:Response `, `<samlp:Response xml:lang="en" `), change: func(o *SignOptions) { o.Canonicalization = C14N10 }},
		{reason: "xml: attributes", xml: rewrite(t, message, `<samlp:Response `, `<samlp:Response xml:space="preserve" `),
			change: func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, C14N11} }},
		{reason: "keeps comments", xml: rewrite(t, message, nameID, nameID+"<!--c-->"), change: func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature} }},
		{reason: "keeps comments", xml: rewrite(t, message, nameID, nameID+"<!--c-->"),
			change: func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, ExclusiveC14NWithComments} }},
		{reason: `writes xmlns=""`, xml: `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:x" ID="_a"><plain xmlns=""/></samlp:Response>`},
		{reason: "declaration of the prefix xml", xml: rewrite(t, message, `<Subject>`, `<Subject xmlns:xml="http://www.w3.org/XML/1998/namespace">`),
			change: func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, C14N10} }},
		{reason: "attributes of several namespaces", xml: rewrite(t, message, `<Subject>`, `<Subject xmlns:a="urn:2" xmlns:b="urn:1" a:a="1" b:b="2">`)},
		{reason: "literal tabs and line breaks", xml: rewrite(t, message, `<Subject>`, "<Subject><e a=\"1\n2\"/>")},
		{reason: "literal tabs and line breaks", xml: rewrite(t, message, `<Subject>`, "<Subject><e a=\"1\t2\"/>")},
		{reason: "line feeds of other line ends", xml: rewrite(t, message, `<Subject>`, "<Subject><?p a\r\nb?>")},
	} {
		t.Run(c.reason, func(t *testing.T) {
			if c.id.signer == nil {
				c.id = r
			}
			if c.target == "" {
				c.target = "_a"
			}
			if c.xml == "" {
				c.xml = message
			}
			o := c.id.options()
			if c.change != nil {
				c.change(&o)
			}
			xml := signTest(t, c.xml, c.target, o)
			if c.afterwards != nil {
				xml = c.afterwards(xml)
			}
			if !xmlsecVerifies(t, xml, c.id) {
				t.Fatalf("xmlsec1 does not verify\n%s", xml)
			}
			x := newExamination(parseTest(t, xml), nil, Options{})
			s := Examine(x.doc, []Key{c.id.key}, Options{})[0]
			if s.Witness != CannotJudge || !strings.Contains(s.WitnessReason, c.reason) || s.Verified == nil {
				t.Fatalf("witness %s: %q; %s", s.Witness, s.WitnessReason, s.Explanation)
			}
			if err := x.ask(s, s.Verified); err == nil {
				t.Error("goxmldsig verifies, so that the entry is not proved")
			}
			skipped := Examine(x.doc, []Key{c.id.key}, Options{SkipWitness: true})[0]
			if skipped.Witness != Skipped || skipped.Verified == nil {
				t.Errorf("skipped: %s", skipped.Witness)
			}
		})
	}
}

func TestWitnessAgrees(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	bare, err := NewPublicKey(id.signer.Public())
	if err != nil {
		t.Fatal(err)
	}
	backwards := id.key
	c := *id.key.Certificate
	c.NotBefore, c.NotAfter = c.NotAfter, c.NotBefore
	backwards.Certificate = &c
	for _, o := range []SignOptions{{}, {KeyInfo: StyleNone}, {KeyInfo: StyleValue}, {KeyInfo: StyleName}, {KeyInfo: StyleSeveral}, {KeyInfo: StyleADFS, Prefix: "ds"}, {KeyInfo: StyleADFS},
		{KeyInfo: StyleEmptyData}, {KeyInfo: StyleRetrieval}, {PrefixList: "xs xsi"}, {Canonicalization: C14N10, Transforms: []string{EnvelopedSignature, C14N11}}} {
		o.Key, o.Certificates = id.signer, [][]byte{id.der}
		for _, key := range []Key{id.key, bare, backwards} {
			for _, target := range []string{"_a", "_r"} {
				xml := signTest(t, message, target, o)
				s := Examine(parseTest(t, xml), []Key{key}, Options{})[0]
				if s.Witness != Agrees || s.Verified == nil {
					t.Errorf("%+v: %s %s %s", o.KeyInfo, s.Witness, s.WitnessReason, s.Explanation)
				}
			}
		}
	}
}

// A disagreement that the closed list does not explain is never verified: here
// Go's XML reader does not know a name that XML 1.0 allows since its fifth
// edition.
func TestWitnessDisagrees(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	xml := signTest(t, rewrite(t, message, "<Subject>", "<Subject><\U00010000/>"), "_a", id.options())
	s := Examine(parseTest(t, xml), []Key{id.key}, Options{})[0]
	if !s.Valid || s.Witness != Disagrees || s.Verified != nil || !strings.Contains(s.Explanation, "disagrees") {
		t.Errorf("%v %s %q", s.Valid, s.Witness, s.Explanation)
	}
}

// A witness that panics makes nothing verified, and what it says is not repeated:
// it could be the document's.
func TestWitnessCrashes(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	doc := parseTest(t, signTest(t, message, "_a", id.options()))
	for name, validate := range map[string]validator{
		"a text":   func(*etree.Element, *x509.Certificate) (*etree.Element, error) { panic("alice@example.com") },
		"an error": func(e *etree.Element, _ *x509.Certificate) (*etree.Element, error) { panic(errors.New(e.Text())) },
		"of Go": func(e *etree.Element, _ *x509.Certificate) (*etree.Element, error) {
			return e.ChildElements()[9999], nil
		},
	} {
		x := newExamination(doc, []Key{id.key}, Options{})
		x.ids, x.twice = identifiers(doc)
		looked := 0
		for e := range doc.Elements() {
			if !ds(e, "Signature") {
				continue
			}
			looked++
			if s := x.signature(e); s.Witness != Agrees || s.Verified == nil {
				t.Fatalf("%s: %s before anything crashes", name, s.Witness)
			}
			x.validate = validate
			s := x.signature(e)
			if !s.Valid || s.Witness != Crashed || s.Verified != nil || s.WitnessReason != "" {
				t.Errorf("%s: valid is %v, the witness %s says %q, verified %v", name, s.Valid, s.Witness, s.WitnessReason, s.Verified)
			}
			if !strings.HasSuffix(s.Explanation, "; the second verifier, goxmldsig, crashes on it") || strings.Contains(s.Explanation, "alice") {
				t.Errorf("%s: %q", name, s.Explanation)
			}
		}
		if looked != 1 {
			t.Errorf("%s: %d Signatures were looked at", name, looked)
		}
	}
}

// The octets of the witness are held against ours to the last.
func TestCompareTree(t *testing.T) {
	const text = `<a b="c">é&gt;<d></d></a>`
	for octets, want := range map[string]error{text: nil, text + " ": errOtherOctets, text[:len(text)-1]: errOtherOctets, "": errOtherOctets, strings.Replace(text, "c", "x", 1): errOtherOctets} {
		tree := etree.NewDocument()
		if err := tree.ReadFromString(text); err != nil {
			t.Fatal(err)
		}
		root := tree.Root()
		uproot(root)
		if got := compareTree(root, octets); got != want {
			t.Errorf("%q: %v, want %v", octets, got, want)
		}
	}
}
