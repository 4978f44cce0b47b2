package saml

import (
	"strings"
	"testing"
)

func TestDifference(t *testing.T) {
	const acs = "https://sp.example.com/saml/acs"
	for _, c := range []struct{ want, got, says string }{
		{acs, acs, ""},
		{acs, "urn:other", ""},
		{acs, " " + acs + "\n", "white space around"},
		{acs, "https://sp.example.com/ saml/acs", "white space inside"},
		{acs, "https://sp.example.com/\u200bsaml/acs", "invisible character U+200B"},
		{acs, "https://${host}/saml/acs", `placeholder "${host}"`},
		{acs, "https://{{host}}/saml/acs", `placeholder "{{host}}"`},
		{"urn:x", "spn:urn:x", `"spn:"`},
		{acs, acs + "#2", `fragment "#2" is too much`},
		{acs + "#2", acs, `fragment "#2" is missing`},
		{acs, acs + "/", "slash at its end is too much"},
		{acs + "/", acs, "slash at its end is missing"},
		{acs, "https://sp.example.com/SAML/acs", "case differ, first at character 24"},
		{acs, "http://sp.example.com/saml/acs", "the scheme is http in place of https"},
		{acs, "sp.example.com/saml/acs", "the scheme https:// is missing"},
		{acs, "https://sp.example.com/saml%2Facs", "percent-encoded"},
		{acs, "https://sp.ex\u0430mple.com/saml/acs", "character 14 is U+0430, which only looks like 'a'"},
		{acs, "https://sp.example.com/saml/\uff41cs", "U+FF41"},
		{acs, "https://sp.example.net/saml/acs", `the host is "sp.example.net" in place of "sp.example.com"`},
		{acs, "https://sp.example.com:8443/saml/acs", `the port is "8443" in place of ""`},
		{acs, acs + "/old", `"/old" after it is too much`},
		{"urn:x:y", "urn:urn:x:y", `"urn:" before it is too much`},
		{acs, "https://sp.example.com/saml/ac", `"s" is missing at its end`},
		{acs, "https://sp.example.com/sso/acs", `the path is "/sso/acs" in place of "/saml/acs"`},
		{acs + "?a=1", acs + "?a=2", `the query is "a=2" in place of "a=1"`},
		{"https://*.example.com/saml", "https://eu.example.com/saml", ""},
		{"https://*.example.com/saml", "https://eu.example.com/saml/", "slash at its end is too much"},
		{"https://*.example.com/saml", "https://eu.example.com/SAML", "upper and lower case differ"},
		{"https://*.example.com/saml", "http://eu.example.com/saml", "scheme"},
		{acs, acs + strings.Repeat("x", mostCompared), ""},
		{"https://sts.example/5f0c1e2d-0000-4000-8000-00000000a001/", "https://sts.example/5f0c1e2d-0000-4000-8000-00000000a002/", "GUID of the tenant"},
		{"https://sts.example/5f0c1e2d-0000-4000-8000-00000000a001/", "https://sts.example/5f0c1e2d-0000-4000-8000-00000000a001/5f0c1e2d-0000-4000-8000-00000000a002", "application ID that Entra ID can append"},
		{"urn:x-example:webservices", "urn:x-example:web-services", `at character 18 "-" stands in place of ""`},
		{"urn:x-example:webservices", "urn:x-example:wabservices", `at character 16 "a" stands in place of "e"`},
		{"urn:x-example:*", "urn:y-example:z", ""},
		{"abc", "abd", ""},
	} {
		got := difference(c.want, c.got)
		if c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("difference(%q, %q) = %q, want it to say %q", c.want, c.got, got, c.says)
		}
	}
}

func TestNearestExpectation(t *testing.T) {
	wants := []string{"urn:x:one", "https://sp.example.com/a", "https://sp.example.com/b"}
	want, words := nearest(wants, "https://sp.example.com/b/")
	if want != wants[2] || words != "a slash at its end is too much" {
		t.Errorf("nearest gives %q: %q", want, words)
	}
	if want, words := nearest(wants, "mailto:x"); want != "" || words != "" {
		t.Errorf("nearest gives %q: %q", want, words)
	}
}

// TestTwins: every pair is a letter outside ASCII and one inside.
func TestTwins(t *testing.T) {
	pairs := []rune(twins)
	if len(pairs)%2 != 0 {
		t.Fatal("a letter has no twin")
	}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] < 0x80 || pairs[i+1] >= 0x80 || asciiTwin(pairs[i]) != pairs[i+1] {
			t.Errorf("the twin of %U is %U, the table says %U", pairs[i], asciiTwin(pairs[i]), pairs[i+1])
		}
	}
	if asciiTwin('ж') != 'ж' || asciiTwin('a') != 'a' {
		t.Error("a letter without a twin is changed")
	}
}

// FuzzDifference: what matches does not differ, and what is said of a difference
// is printable ASCII but for the mark of a cut.
func FuzzDifference(f *testing.F) {
	f.Add("https://sp.example.com/acs", "https://sp.example.com/acs/")
	f.Add("https://*.example.com/*", "http://x.example.com/")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, want, got string) {
		words := difference(want, got)
		if matches(want, got) && words != "" {
			t.Errorf("%q is what %q asks for, and differs: %s", got, want, words)
		}
		for i := range len(words) {
			if words[i] < 0x20 || words[i] == 0x7F || words[i] >= 0x80 && !strings.ContainsRune("…", []rune(words[i:])[0]) && words[i]&0xC0 != 0x80 {
				t.Errorf("difference(%q, %q) holds the byte %#x: %q", want, got, words[i], words)
			}
		}
	})
}
