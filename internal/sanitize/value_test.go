package sanitize

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// valueForms are values, and what is kept of each in its replacement.
var valueForms = []struct {
	what, text string
	context    context
	want       string // the form of the whole replacement
}{
	{"a name", "Dana Fixture", plainText, `^[A-Z][a-z]{3} [A-Z][a-z]{6}$`},
	{"an e-mail address", "dana.fixture@contoso.com", plainText, `^[a-z]{4}\.[a-z]{7}@[a-z]{6}\.test$`},
	{"one of a longer domain", "dana@mail.contoso.co.uk", plainText, `^[a-z]{4}@[a-z]{4}\.[a-z]{5}\.example$`},
	{"one of the shortest domain", "d@a.io", plainText, `^[a-z]@[a-z]\.zz$`},
	{"a guest of Entra ID", "dana_contoso.com#EXT#@fabrikam.onmicrosoft.com", plainText, `^[a-z]{4}_[a-z]{6}\.test#EXT#@[a-z]{8}\.[a-z]{7}\.example$`},
	{"a name of a domain", `CONTOSO\dana`, plainText, `^[A-Z]{7}\\[a-z]{4}$`},
	{"a session name with a blank at its end", "dana fixture ", plainText, `^[a-z]{4} [a-z]{7} $`},
	{"a session name of 65 characters", strings.Repeat("a", 65), plainText, `^[a-z]{65}$`},
	{"a pair of ARNs", "arn:aws:iam::123456789012:role/Admin,arn:aws:iam::123456789012:saml-provider/WAAD", roleText,
		`^arn:aws:iam::(\d)\d{3}(\d)\d{3}(\d)\d{3}:role/[A-Z][a-z]{4},arn:aws:iam::\d{12}:saml-provider/[A-Z]{4}$`},
	{"an account with a digit too few", "arn:aws:iam::12345678901:role/Admin", roleText, `^arn:aws:iam::\d{11}:role/[A-Z][a-z]{4}$`},
	{"another partition", "arn:aws-us-gov:iam::123456789012:role/Admin", roleText, `^arn:aws-us-gov:iam::\d{12}:role/[A-Z][a-z]{4}$`},
	{"an ARN with a colon too few", "arn:aws:iam:123456789012:role/Admin", roleText, `^arn:aws:iam:\d{12}:role/[A-Z][a-z]{4}$`},
	{"a reserved role", "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef", roleText,
		`^arn:aws:iam::\d{12}:role/aws-reserved/sso\.amazonaws\.com/AWSReservedSSO_[A-Z][a-z]{2}_[0-9a-f]{16}$`},
	{"a tenant", "https://sts.windows.net/5f0c1e2d-1234-4abc-8def-00112233a001/", plainText, `^https://sts\.windows\.net/[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}/$`},
	{"an endpoint of AWS", "https://us-east-1.signin.aws.amazon.com/saml", plainText, `^https://us-east-1\.signin\.aws\.amazon\.com/saml$`},
	{"that with a slash", "https://signin.aws.amazon.com/saml/", plainText, `^https://signin\.aws\.amazon\.com/saml/$`},
	{"that of a provider", "https://signin.aws.amazon.com/saml/acs/SAMLSP0123456789ABCDEF", plainText, `^https://signin\.aws\.amazon\.com/saml/acs/SAMLSP[0-9A-F]{16}$`},
	{"a host that only looks like it", "https://signin.aws.amazon.com.contoso.com/saml", plainText, `^https://[a-z.]+\.example/saml$`},
	{"the name of the service", "urn:amazon:webservices", plainText, `^urn:amazon:webservices$`},
	{"an issuer of AD FS", "http://adfs.contoso.com/adfs/services/trust", plainText, `^http://[a-z]{4}\.[a-z]{3}\.example/adfs/services/trust$`},
	{"an issuer of Okta", "http://www.okta.com/exk0contoso000001", plainText, `^http://www\.okta\.com/[a-z]{3}\d[a-z]{7}\d{6}$`},
	{"the name of a claim", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", nameText, `^http://schemas\.xmlsoap\.org/ws/2005/05/identity/claims/emailaddress$`},
	{"a claim of one's own", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/ContosoRank", nameText, `/claims/[A-Z][a-z]{6}[A-Z][a-z]{3}$`},
	{"the key of a tag", "https://aws.amazon.com/SAML/Attributes/PrincipalTag:Contoso", nameText, `^https://aws\.amazon\.com/SAML/Attributes/PrincipalTag:[A-Z][a-z]{6}$`},
	{"a name behind a public one", "urn:oasis:names:dana@contoso.com", plainText, `^urn:oasis:[a-z]{5}:[a-z]{4}@[a-z]{6}\.test$`},
	{"an error of Entra ID", "AADSTS50105: Dana", plainText, `^AADSTS50105: [A-Z][a-z]{3}$`},
	{"a reserved tag", "aws:Contoso", plainText, `^aws:[A-Z][a-z]{6}$`},
	{"a length of time", "3600", durationText, `^3600$`},
	{"an address", "10.20.30.40", plainText, `^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$`},
	{"an address of IPv6", "fe80::1ff:fe23:4567:890a", plainText, `^2001:db8::[0-9a-f]{1,4}$`},
	{"the machine itself", "http://127.0.0.1:35001", plainText, `^http://127\.0\.0\.1:35001$`},
	{"an OID", "urn:oid:2.5.4.42", plainText, `^urn:oid:2\.5\.4\.42$`},
	{"a number in hexadecimal", "_a3f09b77c2d14e5f", plainText, `^_[a-f][0-9a-f]{15}$`},
	{"a letter of another alphabet in a word", "p\u0430ypal", plainText, `^[a-z]\p{Cyrillic}[a-z]{4}$`},
	{"a name in Cyrillic", "Мария", plainText, `^\p{Lu}\p{Cyrillic}{4}$`},
	{"a name in Han", "山田太郎", plainText, `^\p{Han}{4}$`},
}

// TestValueForms holds what a replacement keeps of what it stands for.
func TestValueForms(t *testing.T) {
	m := NewMap()
	for _, c := range valueForms {
		got := m.value(c.text, c.context)
		if !regexp.MustCompile(c.want).MatchString(got) {
			t.Errorf("%s: %q became %q, which is not of the form %s", c.what, c.text, got, c.want)
		}
		if n := utf8.RuneCountInString(c.text); !strings.Contains(c.what, "address of") && !strings.Contains(c.text, "10.20") && utf8.RuneCountInString(got) != n {
			t.Errorf("%s: %q became %q, which is of another length", c.what, c.text, got)
		}
	}
}

// TestValueConsistent holds that the same thing gets the same replacement, in
// parts of a value and in another letter case too, and another one another.
func TestValueConsistent(t *testing.T) {
	m := NewMap()
	name, mail := m.value("Dana", plainText), m.value("dana@contoso.com", plainText)
	if local, _, _ := strings.Cut(mail, "@"); local != strings.ToLower(name) {
		t.Errorf("%q in one value and %q in another", name, mail)
	}
	if a, b := m.value("https://idp.contoso.com/x", plainText), m.value("https://IDP.contoso.com/x", plainText); a == b || !strings.EqualFold(a, b) {
		t.Errorf("two values that differ in letter case became %q and %q", a, b)
	}
	seen := map[string]string{}
	for a := range 26 {
		for b := range 26 {
			word := string(rune('a'+a)) + string(rune('a'+b))
			got := m.value(word, plainText)
			if other := seen[got]; other != "" {
				t.Fatalf("%q and %q both became %q", other, word, got)
			}
			seen[got] = word
		}
	}
	if a, b := m.value("123456789012", plainText), m.value("123456789013", plainText); a == b {
		t.Errorf("two accounts became %q", a)
	}
}

// FuzzValue: what was replaced is found to be made here, whatever the text, and
// is as long as it was, save for addresses of the network.
func FuzzValue(f *testing.F) {
	for _, seed := range []string{"dana.fixture@contoso.com", "arn:aws:iam::123456789012:role/Admin", "https://idp.contoso.com:8443/adfs/ls?x=1", "10.1.2.3:80",
		"fe80::1", "urn:oasis:names:x", "\u0130stanbul", "a.b.c.com", "5f0c1e2d-1234-4abc-8def-00112233a001", "x@y.zz", "https://localhost/x", "::1", "e\u0301"} {
		f.Add(seed, uint8(0))
		f.Add(seed, uint8(roleText))
	}
	f.Fuzz(func(t *testing.T, text string, c uint8) {
		if !utf8.ValidString(text) {
			t.Skip("a scanner gives no other text than UTF-8")
		}
		m, in := newMap(make([]byte, keySize)), context(c%6)
		got := m.value(text, in)
		a := &auditor{m: m}
		if again := scanValue(a, got, in); again != got {
			t.Errorf("%q is read as %q", got, again)
		}
		if a.left != "" {
			t.Errorf("%q became %q, where %s is left", text, got, a.left)
		}
		if n := utf8.RuneCountInString(text); n != utf8.RuneCountInString(got) && !strings.Contains(got, ".") && !strings.Contains(got, ":") {
			t.Errorf("%q became %q, which is of another length", text, got)
		}
	})
}
