package sanitize

import (
	"errors"
	"os"
	"regexp"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// certificateText is the base64 of a certificate.
var certificateText = regexp.MustCompile(`MII[A-Za-z0-9+/=]{200,}`)

func readMetadataFile(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../../testdata/idp/metadata.xml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSearch holds what is not let out, and things beside it that are.
func TestSearch(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	account, mail := s.m.value("123456789012", plainText), s.m.value("dana.fixture@contoso.com", plainText)
	guid, address := s.m.value("5f0c1e2d-1234-4abc-8def-00112233a001", plainText), s.m.value("10.1.2.3", plainText)
	certificate := certificateText.FindString(string(readMetadataFile(t)))
	for _, c := range []struct{ what, text, want string }{
		{"a word that was not made", "<a>Fixture</a>", "a word"},
		{"an e-mail address", "<a>dana.fixture@contoso.com</a>", "a word"},
		{"a word in a comment", "<a><!-- dana --></a>", "a word"},
		{"the name of an instruction", "<a><?dana?></a>", "a word"},
		{"the name of a namespace", `<a xmlns="urn:dana"></a>`, "a word"},
		{"an e-mail address in a comment", "<a><!-- ask dana@contoso.com --></a>", "an e-mail address"},
		{"the new one", "<a>" + mail + "</a>", ""},
		{"base64 that was not made", "<a>VGhlIHF1aWNrIFp5eG9x</a>", "a word"},
		{"an account where a time is expected", `<a IssueInstant="123456789012"/>`, "a number of 12 digits"},
		{"a certificate in its place", `<X509Certificate xmlns="http://www.w3.org/2000/09/xmldsig#">` + certificate + `</X509Certificate>`, "a certificate"},
		{"an account", "<a>123456789012</a>", "a number of 12 digits"},
		{"the new one", "<a>" + account + "</a>", ""},
		{"one in an instruction", "<a><?x 123456789012?></a>", "a number of 12 digits"},
		{"a GUID in a comment", "<a><!--5f0c1e2d-1234-4abc-8def-00112233a001--></a>", "a GUID"},
		{"the new one", "<a><!--" + guid + "--></a>", ""},
		{"an address in a comment", "<a><!-- 10.1.2.3 --></a>", "an IP address"},
		{"the new one", "<a><!-- " + address + " --></a>", ""},
		{"an OID", "<a>urn:oid:2.5.4.42</a>", ""},
		{"the ID of an access key", "<a><!-- ASIAQWERTYUIOPASDFGH --></a>", "the ID of an AWS access key"},
		{"something shorter", "<a><!-- ASIAQWERTY --></a>", "a word"},
		{"a token", "<a><!--eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJkYW5hIn0.c2ln--></a>", "a JSON Web Token"},
		{"a private key", "<a><![CDATA[-----BEGIN RSA PRIVATE KEY-----]]></a>", "a word"},
		{"one in an instruction", "<a><?x -----BEGIN RSA PRIVATE KEY-----?></a>", "a private key"},
		{"a certificate", "<a><!--" + certificate + "--></a>", "a certificate"},
	} {
		err := s.search(c.text)
		var leak *LeakError
		if (c.want != "") != errors.As(err, &leak) {
			t.Errorf("%s: %v, expected %q", c.what, err, c.want)
		}
		if c.want == "" || c.want == "a word" {
			continue
		}
		// What is found by its form is found without what the Map knows too.
		if err := s.searchPatterns(parsed(t, c.text)); !errors.As(err, &leak) || leak.Kind != c.want {
			t.Errorf("%s: %v, expected %s", c.what, err, c.want)
		}
	}
}

// TestSearchNames holds that a name of markup with a word that is replaced
// elsewhere is not let out, and one that was given by a standard is.
func TestSearchNames(t *testing.T) {
	for _, c := range []struct {
		text string
		leak bool
	}{
		{`<Attribute xmlns="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:c="http://www.w3.org/x"><c:contosoRank>Contoso</c:contosoRank></Attribute>`, false},
		{`<A><contosoRank>Contoso</contosoRank></A>`, true},
		{`<A><rank contoso="x">Contoso</rank></A>`, true},
		{`<A><grade>Contoso</grade></A>`, false},
		{`<contoso:A xmlns:contoso="urn:oasis:names:tc:SAML:2.0:assertion">Contoso</contoso:A>`, true},
		{`<A xmlns:contoso="urn:oasis:names:tc:SAML:2.0:assertion">Contoso</A>`, true},
	} {
		s, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		made, err := s.document(c.text, trust{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		var leak *LeakError
		if err := s.search(made.text); errors.As(err, &leak) != c.leak {
			t.Errorf("%s became %s: %v", c.text, made.text, err)
		}
	}
}

func parsed(t *testing.T, text string) *xmldoc.Document {
	t.Helper()
	doc, err := xmldoc.ParseString(text, xmldoc.WidestLimits())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
