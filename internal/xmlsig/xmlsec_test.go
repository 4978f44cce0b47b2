package xmlsig

import (
	"bytes"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func needXmlsec1(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("xmlsec1"); err != nil {
		t.Skip("xmlsec1 is not here")
	}
}

var xmlsecIDs = []string{"--id-attr:ID", spaceSAMLP + ":Response", "--id-attr:ID", spaceSAML + ":Assertion"}

// xmlsec1 runs the tool on a document and gives its output document.
func xmlsec1(t testing.TB, xml string, args ...string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xml"), filepath.Join(dir, "out.xml")
	if err := os.WriteFile(in, []byte(xml), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(append(args, xmlsecIDs...), "--output", out, in)
	cmd := exec.Command("xmlsec1", args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return said.String(), err
	}
	signed, err := os.ReadFile(out)
	if err != nil {
		return "", nil
	}
	return string(signed), nil
}

// xmlsecVerifies asks xmlsec1 whether the first Signature holds with this key.
func xmlsecVerifies(t testing.TB, xml string, id identity) bool {
	t.Helper()
	file := filepath.Join(t.TempDir(), "cert.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: id.der}), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := xmlsec1(t, xml, "--verify", "--enabled-key-data", "key-name", "--pubkey-cert-pem", file)
	return err == nil
}

// shape is one way to sign.
type shape struct {
	name string
	id   identity
	o    SignOptions
}

// shapes are ways to sign that xmlsec1 1.2.37 knows.
func shapes(t testing.TB) []shape {
	r := newIdentity(t, rsaSigner())
	var out []shape
	add := func(name string, id identity, change func(*SignOptions)) {
		o := id.options()
		change(&o)
		out = append(out, shape{name, id, o})
	}
	for _, a := range []string{Space + "rsa-sha1", spaceMore + "rsa-sha224", spaceMore + "rsa-sha256", spaceMore + "rsa-sha384", spaceMore + "rsa-sha512"} {
		add(a, r, func(o *SignOptions) { o.SignatureMethod = a })
	}
	for _, a := range []string{Space + "sha1", spaceMore + "sha224", spaceXMLEn + "sha256", spaceMore + "sha384", spaceXMLEn + "sha512"} {
		add(a, r, func(o *SignOptions) { o.DigestMethod = a })
	}
	for curve, c := range map[string]elliptic.Curve{"P-224": elliptic.P224(), "P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()} {
		id := newIdentity(t, ecSigner(t, c))
		for _, a := range []string{"sha1", "sha224", "sha256", "sha384", "sha512"} {
			add(curve+" ecdsa-"+a, id, func(o *SignOptions) { o.SignatureMethod = spaceMore + "ecdsa-" + a })
		}
	}
	for _, c := range []string{ExclusiveC14N, ExclusiveC14NWithComments, C14N10, C14N10WithComments, C14N11, C14N11WithComments} {
		add("SignedInfo "+c, r, func(o *SignOptions) { o.Canonicalization = c })
		add("transform "+c, r, func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, c} })
	}
	for _, p := range []string{"xs", "#default", "xs xsi saml", "#default samlp xs", "nowhere"} {
		add("PrefixList "+p, r, func(o *SignOptions) { o.PrefixList = p })
		add("method PrefixList "+p, r, func(o *SignOptions) { o.MethodPrefixList, o.Prefix = p, "ds" })
	}
	for _, p := range []string{"ds", "dsig"} {
		add("prefix "+p, r, func(o *SignOptions) { o.Prefix = p })
		add("inclusive prefix "+p, r, func(o *SignOptions) {
			o.Prefix, o.Canonicalization, o.Transforms = p, C14N10, []string{EnvelopedSignature, C14N10}
		})
	}
	add("enveloped only", r, func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature} })
	add("folded", r, func(o *SignOptions) { o.Fold = 64 })
	add("folded with CR LF", r, func(o *SignOptions) { o.Fold, o.LineBreak = 76, "\r\n" })
	add("folded and indented", r, func(o *SignOptions) { o.Fold, o.LineBreak = 76, "\n\t  " })
	add("no KeyInfo", r, func(o *SignOptions) { o.KeyInfo = StyleNone })
	add("KeyName", r, func(o *SignOptions) { o.KeyInfo = StyleName })
	return out
}

// twisted holds what canonicalization must get right.
const twisted = `<?xml version="1.0"?><?before x?><!--before-->` + "\r\n" + `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:unused="urn:unused" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:default" ID="_r" xml:lang="de" xml:space="preserve">` +
	`<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.example.com/?a=1&amp;b=2</saml:Issuer>` + "\r\n" +
	`<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" b='"single" &lt;&#9;&#10;&#13;>' a = "x&#x41;y" xml:lang="en">` +
	`<saml:Issuer>https://idp.example.com/</saml:Issuer><!-- a comment --><saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string" xmlns:z="urn:a" xmlns:a="urn:z" z:q="1" a:q="2" q="3">` +
	`a > b &#38; c &#x3e;<![CDATA[ <raw> & ]]]]>` + "&#13;\r\nü€😀" + `</saml:AttributeValue><?inside   some data ?><plain xmlns=""><inner xmlns="urn:default"/><none/></plain><e  literal="tab` + "\t" + `line` + "\r\n" + `end" />` +
	`</saml:Assertion></samlp:Response><?after?><!--after-->`

func TestXmlsec1VerifiesWhatWeSign(t *testing.T) {
	needXmlsec1(t)
	for _, document := range []struct{ name, xml string }{{"plain", message}, {"twisted", twisted}} {
		for i, s := range shapes(t) {
			target := []string{"_a", "_r"}[i%2]
			if document.name == "twisted" && strings.Contains(s.name, "ecdsa") {
				continue
			}
			t.Run(document.name+" "+target+" "+s.name, func(t *testing.T) {
				t.Parallel()
				xml := signTest(t, document.xml, target, s.o)
				if !xmlsecVerifies(t, xml, s.id) {
					t.Errorf("xmlsec1 does not verify\n%s", xml)
				}
				got := Examine(parseTest(t, xml), []Key{s.id.key}, Options{})
				if len(got) != 1 || got[0].Verified == nil {
					t.Fatalf("not verified by us: %s %+v", got[0].Explanation, got[0].Faults)
				}
			})
		}
	}
}

func TestWeVerifyWhatXmlsec1Signs(t *testing.T) {
	needXmlsec1(t)
	for i, s := range shapes(t) {
		target, document := []string{"_r", "_a"}[i%2], []string{message, twisted}[i/2%2]
		t.Run(strconv.Itoa(i)+" "+s.name, func(t *testing.T) {
			t.Parallel()
			doc := parseTest(t, document)
			ids, _ := identifiers(doc)
			at, err := insertion(ids[target])
			if err != nil {
				t.Fatal(err)
			}
			o := s.o.defaulted()
			o.KeyInfo = StyleNone
			template := doc.Source()[:at] + o.signature(target, "", "") + doc.Source()[at:]
			der, err := x509.MarshalPKCS8PrivateKey(o.Key)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "key.pem")
			if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
				t.Fatal(err)
			}
			signed, err := xmlsec1(t, template, "--sign", "--privkey-pem", file)
			if err != nil {
				t.Fatal(signed)
			}
			got := Examine(parseTest(t, signed), []Key{s.id.key}, Options{})
			if len(got) != 1 || got[0].Verified == nil {
				t.Errorf("not verified: %s %+v\n%s", got[0].Explanation, got[0].Faults, signed)
			}
		})
	}
}
