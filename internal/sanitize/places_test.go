package sanitize

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// placesOfASecret are the places of a message in which the word Zyxoquagga may
// stand, beside those that nothing is special about.
var placesOfASecret = []struct{ what, text string }{
	{"a name of SAML that SAML did not give", `<a>urn:oasis:names:tc:SAML:1.1:nameid-format:Zyxoquagga</a>`},
	{"an entitlement", `<a>urn:mace:dir:entitlement:zyxoquagga.com:payroll</a>`},
	{"a name of W3C", `<a b="http://www.w3.org/2000/09/xmldsig#Zyxoquagga"/>`},
	{"a claim as a value", `<a>http://schemas.microsoft.com/ws/2008/06/identity/claims/Zyxoquagga</a>`},
	{"a namespace", `<a xmlns="urn:oasis:names:Zyxoquagga"/>`},
	{"another namespace", `<a xmlns:b="http://schemas.xmlsoap.org/Zyxoquagga"/>`},
	{"an attribute of AWS that AWS did not give", `<Attribute Name="https://aws.amazon.com/SAML/Attributes/Zyxoquagga"/>`},
	{"a page of AWS", `<a>https://console.aws.amazon.com/s3/buckets/zyxoquagga</a>`},
	{"the alias of an account", `<a>https://zyxoquagga.signin.aws.amazon.com/console</a>`},
	{"the alias of an account with hyphens", `<a>https://zyxoquagga-east-1.signin.aws.amazon.com/console</a>`},
	{"a service provider of AWS", `<a>urn:amazon:zyxoquagga</a>`},
	{"a partition", `<Attribute><AttributeValue>arn:aws-zyxoquagga:iam::1:role/x</AttributeValue></Attribute>`},
	{"a language", `<a xml:lang="zyxoquagga"/>`},
	{"blanks", `<a xml:space="zyxoquagga"/>`},
	{"a type", `<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:b="urn:b" xsi:type="b:Zyxoquagga"/>`},
	{"the place of a schema", `<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://zyxoquagga.com/ns a.xsd"/>`},
	{"nothing", `<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="zyxoquagga"/>`},
	{"a prefix that is not declared", `<a PrefixList="zyxoquagga"/>`},
	{"a use", `<a use="zyxoquagga" Version="zyxoquagga 2.0" index="zyxoquagga1" Comparison="zyxoquagga" IsPassive="zyxoquagga"/>`},
	{"a time", `<a NotBefore="Zyxoquagga 2026"/>`},
	{"the name of an instruction", `<a><?zyxoquagga x?></a>`},
	{"the name of an instruction before the root", `<?zyxoquagga x?><a/>`},
	{"a comment behind the root", `<a/><!-- zyxoquagga -->`},
	{"what stands before a certificate", `<a xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Certificate>Zyxoquagga++-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----</X509Certificate></a>`},
	{"what stands behind a certificate", `<a xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Certificate>-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----Zyxoquagga++</X509Certificate></a>`},
}

// TestNoPlaceKeepsASecret holds that a word is replaced wherever it stands.
func TestNoPlaceKeepsASecret(t *testing.T) {
	for _, c := range placesOfASecret {
		if !strings.Contains(strings.ToLower(c.text), "zyxoquagga") {
			t.Fatalf("%s holds no secret", c.what)
		}
		s, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		made, err := s.document(c.text, trust{}, 0)
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if strings.Contains(strings.ToLower(made.text), "zyxoquagga") {
			t.Errorf("%s: %s became %s", c.what, c.text, made.text)
		}
		if err := s.search(made.text); err != nil {
			t.Errorf("%s: %s: %v", c.what, made.text, err)
		}
		// The search alone finds it too.
		if other, _ := New(Options{}); !strings.Contains(c.text, "X509Certificate") && other.search(c.text) == nil {
			t.Errorf("%s: nothing is found in %s", c.what, c.text)
		}
	}
}

// TestPublicThingsStay holds what is judged and tells of nobody.
func TestPublicThingsStay(t *testing.T) {
	for _, text := range []string{
		`<a>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</a>`,
		`<a>urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName</a>`,
		`<a>urn:oid:1.3.6.1.4.1.5923.1.1.1.6</a>`,
		`<a>http://www.w3.org/2001/04/xmldsig-more#rsa-sha256</a>`,
		`<a>http://www.w3.org/TR/1999/REC-xslt-19991116</a>`,
		`<Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSesionName"/>`,
		`<a>https://us-gov-west-1.signin.amazonaws-us-gov.com/saml/acs</a>`,
		`<a>https://eu-centrl-1.signin.aws.amazon.com/saml</a>`,
		`<a>https://eu-central1.signin.aws.amazon.com/saml</a>`,
		`<a>urn:amazon:cognito:sp</a>`,
		`<a xml:lang="en-GB" xml:space="preserve"/>`,
		`<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string" xsi:nil="true"/>`,
		`<a xmlns:b="urn:oasis:names:tc:SAML:2.0:assertion" PrefixList="b #default xs"/>`,
		`<a use="Signing" Version="1.1" index="0" Comparison="exact" IsPassive="true"/>`,
		`<a NotBefore="2026-09-11T11:00:00.000Z" NotOnOrAfter="Fri, 11 Sep 2026 11:00:00 GMT" validUntil="P1DT2H" cacheDuration=""/>`,
		`<Attribute Name="https://aws.amazon.com/SAML/Attributes/SessionDuration"><AttributeValue>43200</AttributeValue></Attribute>`,
	} {
		s, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		if made, err := s.document(text, trust{}, 0); err != nil || made.text != text {
			t.Errorf("%s became %v (%v)", text, made, err)
		}
		if err := s.search(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestCustomersNumbersGo holds that a number that an organisation was given is
// replaced.
func TestCustomersNumbersGo(t *testing.T) {
	m := NewMap()
	if got := m.value("urn:oid:1.3.6.1.4.1.54321.7.1", plainText); !regexp.MustCompile(`^urn:oid:1\.3\.6\.1\.4\.1\.\d{5}\.7\.1$`).MatchString(got) || strings.Contains(got, "54321") {
		t.Errorf("the number of an enterprise became %q", got)
	}
	if got := m.value("4917155577", durationText); got == "4917155577" {
		t.Error("a telephone number stays where seconds are expected")
	}
}

// TestSearchLabels holds that a label of a host is known in the names of markup.
func TestSearchLabels(t *testing.T) {
	for _, c := range []struct {
		text string
		leak bool
	}{
		{`<zyxoquagga:A xmlns:zyxoquagga="https://ns.zyxoquagga.com/saml"/>`, true},
		{`<A xmlns="urn:oasis:names:tc:SAML:2.0:assertion" zyxoquagga="x">Zyxoquagga</A>`, true},
		{`<A xmlns="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:c="urn:c" c:zyxoquagga="x">Zyxoquagga</A>`, true},
		{`<A xmlns="urn:oasis:names:tc:SAML:2.0:assertion" Destination="x">the destination</A>`, false},
	} {
		s, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		made, err := s.document(c.text, trust{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.m.collect(parsed(t, c.text))
		var leak *LeakError
		if err := s.search(made.text); errors.As(err, &leak) != c.leak {
			t.Errorf("%s became %s: %v", c.text, made.text, err)
		}
	}
}

// TestBlobsKeepNoPattern holds that the capitals and digits of base64 do not stay
// where they stand, and those of a name do.
func TestBlobsKeepNoPattern(t *testing.T) {
	m := NewMap()
	const blob = "VGhlIHF1aWNrIFp5eG9xdWFnZ2EganVtcHMgb3ZlciBpdCwgYm9ybiAxOTgwLTAxLTAy"
	got := m.value(blob, plainText)
	same := 0
	for i := range blob {
		if kindOfSymbol(blob[i]) == kindOfSymbol(got[i]) {
			same++
		}
	}
	if len(got) != len(blob) || same > len(blob)*3/4 {
		t.Errorf("%q became %q: %d of %d kinds stay", blob, got, same, len(blob))
	}
	if again := m.value(blob, plainText); again != got {
		t.Errorf("%q became %q, and then %q", blob, got, again)
	}
	if got := m.value("McDonaldFixture01", plainText); !regexp.MustCompile(`^[A-Z][a-z][A-Z][a-z]{5}[A-Z][a-z]{6}\d\d$`).MatchString(got) {
		t.Errorf("a name became %q", got)
	}
}

// TestStrangeNames holds which names of markup somebody has to look at.
func TestStrangeNames(t *testing.T) {
	for text, want := range map[string]string{
		`<a xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>`: "",
		`<e:Zyxoquagga xmlns:e="urn:e"/>`:                    "Zyxoquagga",
		`<e:userName xmlns:e="urn:e"/>`:                      "",
		`<e:a xmlns:e="urn:e" zyxoquagga="x"/>`:              "zyxoquagga",
		`<zyxoquagga:a xmlns:zyxoquagga="urn:e"/>`:           "zyxoquagga",
	} {
		got := strangeNames(parsed(t, text))
		if len(got) > 1 || want != "" && !got[want] || want == "" && len(got) > 0 {
			t.Errorf("%s: %v, expected %q", text, got, want)
		}
	}
}

// TestArmourInBase64 holds that of PEM in base64 one certificate stays, and
// nothing that stands around it.
func TestArmourInBase64(t *testing.T) {
	pem := armourBegin + "\n" + certificateText.FindString(string(readMetadataFile(t))) + "\n" + armourEnd + "\n"
	inside := base64.StdEncoding.EncodeToString([]byte("subject=Zyxoquagga\n" + pem + "Zyxoquagga\n" + pem))
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.document(`<X509Certificate xmlns="http://www.w3.org/2000/09/xmldsig#">`+inside+`</X509Certificate>`, trust{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	octets, ok := decoded(parsed(t, made.text).Root().Text())
	if !ok || strings.Contains(string(octets), "Zyxoquagga") || strings.Count(string(octets), armourBegin) != 1 {
		t.Errorf("it became %q", octets)
	}
}

// TestReplacementsAreNoOriginals holds that nothing becomes what stands elsewhere.
func TestReplacementsAreNoOriginals(t *testing.T) {
	m := NewMap()
	for n := 100; n < 600; n++ {
		m.seen[strconv.Itoa(n)] = true
	}
	for n := 100; n < 200; n++ {
		if got := m.value(strconv.Itoa(n), plainText); m.seen[got] {
			t.Errorf("%d became %s, which is another one's", n, got)
		}
	}
}
