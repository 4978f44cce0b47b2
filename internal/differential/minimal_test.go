package differential

import (
	"crypto"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// minimal is the smallest document that shows a construct of the closed list:
// docs/verifiers.md prints it as it stands before it is signed.
type minimal struct {
	name    string
	xml     string
	options xmlsig.SignOptions
	ec      bool
}

const assertion = `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a">`

func exclusiveTransforms(c string) []string { return []string{xmlsig.EnvelopedSignature, c} }

// minimals has a document for each construct.
func minimals() []minimal {
	return []minimal{
		{name: "ecdsa", xml: assertion + `x</Assertion>`, ec: true},
		{name: "sha224", xml: assertion + `x</Assertion>`, options: xmlsig.SignOptions{DigestMethod: spaceMore + "sha224"}},
		{name: "method-prefix-list", xml: `<r xmlns:xs="urn:xs">` + assertion + `x</Assertion></r>`, options: xmlsig.SignOptions{MethodPrefixList: "xs"}},
		{name: "default-prefix", xml: `<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" xmlns="urn:d" ID="_a">x</s:Assertion>`, options: xmlsig.SignOptions{PrefixList: "#default"}},
		{name: "base64-blanks", xml: assertion + `x</Assertion>`, options: xmlsig.SignOptions{Fold: 64, LineBreak: "\n "}},
		{name: "late-signature", xml: `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a"><samlp:Extensions>` + strings.Repeat("<e/>", 1000) + `</samlp:Extensions><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">x</Issuer></samlp:Response>`},
		{name: "xml-attributes", xml: `<r xml:lang="en">` + assertion + `x</Assertion></r>`, options: xmlsig.SignOptions{Transforms: exclusiveTransforms(xmlsig.C14N10)}},
		{name: "comments", xml: assertion + `x<!--c--></Assertion>`, options: xmlsig.SignOptions{Transforms: exclusiveTransforms(xmlsig.ExclusiveC14NWithComments)}},
		{name: "xmlns-empty", xml: `<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"><e xmlns=""/></s:Assertion>`},
		{name: "xmlns-xml", xml: assertion + `<e xmlns:xml="http://www.w3.org/XML/1998/namespace"/></Assertion>`, options: xmlsig.SignOptions{Transforms: exclusiveTransforms(xmlsig.C14N10)}},
		{name: "attribute-order", xml: assertion + `<e xmlns:a="urn:2" xmlns:b="urn:1" a:a="" b:b=""/></Assertion>`},
		{name: "attribute-breaks", xml: assertion + "<e k=\"1\n2\"/></Assertion>"},
		{name: "instruction-lines", xml: assertion + "<?p a\r\nb?></Assertion>"},
		{name: "fifth-edition-names", xml: assertion + "<\U00010000/></Assertion>"},
		{name: "namespace-ampersand", xml: assertion + `<e xmlns="urn:e?a&amp;b"/></Assertion>`},
		{name: "prefix-list-blanks", xml: `<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" xmlns="urn:d" ID="_a">x</s:Assertion>`, options: xmlsig.SignOptions{PrefixList: "a  b"}},
		{name: "empty-base", xml: assertion + `<e xml:base=""/></Assertion>`, options: xmlsig.SignOptions{Transforms: exclusiveTransforms(xmlsig.C14N11)}},
		{name: "joined-base", xml: `<r xml:base="../a">` + strings.Replace(assertion, ">", ` xml:base="..">`, 1) + `x</Assertion></r>`, options: xmlsig.SignOptions{Transforms: exclusiveTransforms(xmlsig.C14N11)}},
	}
}

// TestMinimalDocuments shows each construct alone: we verify the document, the
// one verifier refuses it, and the other verifies it where it can read it.
func TestMinimalDocuments(t *testing.T) {
	rsa, ecdsa := rsaIdentity(t), ecdsaIdentity(t)
	all := minimals()
	for i, c := range Constructs() {
		if i >= len(all) || all[i].name != c.Name {
			t.Fatalf("there is no minimal document for %s in its place", c.Name)
		}
		m, id := all[i], rsa
		if m.ec {
			id = ecdsa
		}
		t.Run(m.name, func(t *testing.T) {
			s, xml := signMinimal(t, m, id.signer, id)
			if !s.Valid {
				t.Fatalf("we do not verify it: %s", s.Explanation)
			}
			if why := Explain(s, c.Verifier); len(why) != 1 || why[0] != m.name {
				t.Errorf("it has the constructs %q", why)
			}
			goxml := AskGoxmldsig(s, xml, id.certificate)
			if c.Verifier == OfGoxmldsig && goxml == nil {
				t.Errorf("goxmldsig verifies it: the fault is mended there, and docs/verifiers.md and the list of the witness are to be changed")
			}
			if !HaveXmlsec1() {
				t.Skip("xmlsec1 is not here")
			}
			refusals, err := id.xmlsec1.Verify([][]byte{xml})
			if err != nil {
				t.Fatal(err)
			}
			if refused := len(refusals) > 0; refused != (c.Verifier == OfXmlsec1) {
				t.Errorf("xmlsec1 refuses: %v, where docs/verifiers.md says %v: %s", refused, !refused, refusals[0])
			}
		})
	}
}

func signMinimal(t *testing.T, m minimal, signer crypto.Signer, id identity) (*xmlsig.Signature, []byte) {
	t.Helper()
	o := m.options
	o.Key, o.KeyInfo = signer, xmlsig.StyleNone
	xml, err := xmlsig.Sign([]byte(m.xml), "_a", o)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := xmldoc.Parse(xml, xmldoc.MessageLimits())
	if err != nil {
		t.Fatal(err)
	}
	return xmlsig.Examine(doc, id.keys, xmlsig.Options{})[0], xml
}
