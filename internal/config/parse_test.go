package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// onlySome lets two codes be ignored.
func onlySome(code string) error {
	if code == "audience-mismatch" || code == "assertion-expired" {
		return nil
	}
	return fmt.Errorf("there is no code %q", code)
}

const whole = `# what our sign-in is held against
metadata:
  - idp/metadata.xml
  - /etc/saml/other.xml
audience: urn:amazon:webservices
recipient: ["https://*.signin.aws.amazon.com/saml", 'https://signin.aws.amazon.com/saml']
profile: aws
fail-on: warning
ignore:
  - code: audience-mismatch
    reason: the test tenant has an old identifier
    until: 2027-01-31
  - {code: assertion-expired, reason: "fixtures are old"}
`

func TestParse(t *testing.T) {
	got, err := Parse("sub/samlcheck.yaml", []byte(whole), onlySome)
	if err != nil {
		t.Fatal(err)
	}
	want := &File{
		Path:       "sub/samlcheck.yaml",
		Metadata:   []Text{{"sub/idp/metadata.xml", 3}, {"/etc/saml/other.xml", 4}},
		Audiences:  []Text{{"urn:amazon:webservices", 5}},
		Recipients: []Text{{"https://*.signin.aws.amazon.com/saml", 6}, {"https://signin.aws.amazon.com/saml", 6}},
		Profile:    Text{"aws", 7},
		FailOn:     Text{"warning", 8},
		Ignore: []Ignoring{
			{"audience-mismatch", "the test tenant has an old identifier", time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), 10},
			{"assertion-expired", "fixtures are old", time.Time{}, 13},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestParseTakes holds what looks odd and is meant.
func TestParseTakes(t *testing.T) {
	for name, data := range map[string]string{
		"nothing": "", "comments": "# nothing yet\n", "a mark": "---\n", "marks": "---\n...\n", "null": "null\n",
		"no settings": "{}\n", "JSON": `{"profile": "saml", "ignore": [{"code": "assertion-expired", "reason": "r"}]}`,
		"a byte order mark": "\ufeffprofile: aws\n", "line breaks of Windows": "profile: aws\r\nfail-on: info\r\n",
		"a quoted date":              "ignore: [{code: assertion-expired, reason: r, until: '2027-01-31'}]",
		"text that other YAML takes": "audience: yes\n", "a number in quotes": "audience: '111122223333'\n",
		"a reason of lines":          "ignore:\n- code: assertion-expired\n  reason: >\n    one\n    two\n",
		"an anchor that nobody uses": "audience: &a urn:x\n",
	} {
		if _, err := Parse(Name, []byte(data), onlySome); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A refusal is a file that is refused, and what the error holds behind the path.
type refusal struct{ name, data, want string }

func mustRefuse(t *testing.T, all []refusal) {
	t.Helper()
	for _, test := range all {
		t.Run(test.name, func(t *testing.T) {
			f, err := Parse("a/samlcheck.yaml", []byte(test.data), onlySome)
			var fault *Error
			if f != nil || !errors.As(err, &fault) {
				t.Fatalf("Parse gives %+v and %v", f, err)
			}
			if got := err.Error(); !strings.HasPrefix(got, `"a/samlcheck.yaml"`) || !strings.Contains(got, test.want) {
				t.Errorf("the error is\n%s\nwanted\n%s", got, test.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	mustRefuse(t, []refusal{
		{"a slip", "metdata: x\n", `line 1, column 1: there is no setting "metdata"; did you mean metadata?`},
		{"a plural", "profile: aws\naudiences: x\n", `line 2, column 1: there is no setting "audiences"; did you mean audience?`},
		{"an underscore", "fail_on: info\n", `line 1, column 1: there is no setting "fail_on"; did you mean fail-on?`},
		{"a flag that is no setting", "skip-witness: true\n", `line 1, column 1: there is no setting "skip-witness": expected are metadata, audience, recipient, profile, fail-on, ignore`},
		{"limits", "limit: elements=900000\n", `there is no setting "limit"`},
		{"a private key", "key: private.pem\n", `there is no setting "key"`},
		{"two of a key", "profile: aws\n# …\nprofile: saml\n", "line 3, column 1: profile stands twice, first in line 1"},
		{"two documents", "profile: aws\n---\nprofile: saml\n", "line 2, column 1: one document is expected, found a second one"},
		{"a list", "- profile\n", "line 1, column 1: a mapping of settings is expected, found a list"},
		{"text", "aws\n", `line 1, column 1: a mapping of settings is expected, found the text "aws"`},
		{"a number as a key", "1: aws\n", `line 1, column 1: the name of a setting is expected, found a number, "1"`},
		{"a mapping as a key", "{a: b}: aws\n", "the name of a setting is expected, found a mapping"},
		{"a merge", "<<: {profile: aws}\n", "the name of a setting is expected, found a merge of mappings, which is not taken here"},
		{"no YAML", "profile: [aws\n", "line 2: YAML is expected: did not find expected ',' or ']'"},
		{"no end of a list", "profile: aws\naudience: x\nignore: [a\n", "line 3: YAML is expected: did not find expected ',' or ']'"},
		{"a list among keys", "profile: aws\naudience: x\n- e\n", "line 3: YAML is expected: did not find expected key"},
		{"no end of a text", "\"", "line 1: YAML is expected: found unexpected end of stream"},
		{"a colon too many", "profile: aws\naudience: x\n  e: f\n", "line 3: YAML is expected: mapping values are not allowed in this context"},
		{"a tab", "ignore:\n\t- code: x\n", "line 2: YAML is expected: found character that cannot start any token"},
		{"a control character", "profile: \x01\n", "line 1: text is expected, found the control character U+0001"},
		{"bytes that are no UTF-8", "# \n\nprofile: \xff\xfe\n", "line 3: text in UTF-8 is expected, found other bytes"},
		{"an alias", "audience: &a urn:x\nrecipient: *a\n", "line 2, column 12: the pattern of a recipient, or a list, is expected, found an alias, which is not taken here"},
		{"an alias to nothing", "audience: *a\n", `"a/samlcheck.yaml": YAML is expected: unknown anchor 'a' referenced`},
	})
}

func TestParseRefusesValues(t *testing.T) {
	mustRefuse(t, []refusal{
		{"metadata: nothing", "metadata:\n", "line 1, column 10: the name of a metadata file, or a list, is expected, found nothing"},
		{"metadata: no text", "metadata: ''\n", "the name of a metadata file, or a list, is expected, found an empty text"},
		{"metadata: an empty list", "metadata: []\n", "line 1, column 11: the name of a metadata file is expected, found an empty list: leave the setting out"},
		{"metadata: a number in the list", "metadata:\n- a.xml\n- 2026\n", `line 3, column 3: the name of a metadata file is expected, found a number, "2026"; put it in quotes if it is meant`},
		{"metadata: a mapping", "metadata: {file: a.xml}\n", "line 1, column 11: the name of a metadata file, or a list, is expected, found a mapping"},
		{"metadata: a list in the list", "metadata: [[a.xml]]\n", "line 1, column 12: the name of a metadata file is expected, found a list"},
		{"metadata: standard input", "metadata:\n- a.xml\n- '-'\n", "line 3, column 3: the name of a metadata file is expected, found -: standard input is for the response"},
		{"metadata: another machine", `metadata: \\files.example.com\share\m.xml` + "\n", `a file of this machine is expected, found "\\\\files.example.com\\share\\m.xml", which names another one`},
		{"metadata: another machine with strokes", "metadata: //files.example.com/share/m.xml\n", "line 1, column 11: a file of this machine is expected"},
		{"metadata: another machine in the manner of the kernel", `metadata: \??\UNC\files.example.com\m.xml` + "\n", "a file of this machine is expected"},
		{"audience: a number", "audience: 111122223333\n", `the pattern of an audience, or a list, is expected, found a number, "111122223333"; put it in quotes if it is meant`},
		{"audience: blanks", "audience: ['  ']\n", "the pattern of an audience is expected, found an empty text"},
		{"recipient: a truth value", "recipient: true\n", `found a truth value, "true"; put it in quotes`},
		{"recipient: a tag", "recipient: !mine x\n", `found a value with the tag "!mine"`},
		{"recipient: binary", "recipient: !!binary aGVsbG8=\n", `found a value with the tag "!!binary"`},
		{"profile: unknown", "profile: azure\n", `line 1, column 10: one of aws, saml is expected, found "azure"`},
		{"profile: a list", "profile: [aws]\n", "line 1, column 10: one of aws, saml is expected, found a list"},
		{"fail-on: unknown", "fail-on: never\n", `one of error, warning, info is expected, found "never"`},
		{"fail-on: a truth value", "fail-on: false\n", `one of error, warning, info is expected, found a truth value, "false"`},
	})
}

func TestParseRefusesIgnorings(t *testing.T) {
	entry := func(s string) string { return "profile: aws\nignore:\n  - " + s + "\n" }
	mustRefuse(t, []refusal{
		{"ignore: a list of codes", entry("audience-mismatch"), `line 3, column 5: a mapping of code and reason is expected, found the text "audience-mismatch"`},
		{"ignore: no list", "ignore: audience-mismatch\n", `a list is expected, each of code and reason, found the text "audience-mismatch"`},
		{"ignore: no reason", entry("code: audience-mismatch"), "line 3, column 5: a reason to ignore audience-mismatch is expected, found none"},
		{"ignore: a blank reason", entry(`{code: audience-mismatch, reason: "  "}`), "line 3, column 39: a reason in words is expected, found an empty text"},
		{"ignore: a null reason", entry("{code: audience-mismatch, reason: }"), "a reason in words is expected, found nothing"},
		{"ignore: no code", entry("reason: because"), "line 3, column 5: the code of a finding is expected, found an entry without code"},
		{"ignore: no such code", entry("{code: audience-mismatc, reason: r}"), `line 3, column 12: ignore: there is no code "audience-mismatc"`},
		{"ignore: a slip", entry("{code: audience-mismatch, reasons: r}"), `line 3, column 31: there is no setting "reasons"; did you mean reason?`},
		{"ignore: twice", "ignore:\n- {code: assertion-expired, reason: a}\n- {code: assertion-expired, reason: b}\n", `line 3, column 3: "assertion-expired" is ignored twice, first in line 2`},
		{"ignore: no date", entry("{code: audience-mismatch, reason: r, until: soon}"), `a date such as 2027-01-31 is expected, found "soon"`},
		{"ignore: no day", entry("{code: audience-mismatch, reason: r, until: 2027-02-30}"), `a date such as 2027-01-31 is expected, found `},
		{"ignore: a time", entry("{code: audience-mismatch, reason: r, until: 2027-02-03T04:05:06Z}"), `a date such as 2027-01-31 is expected, found "2027-02-03T04:05:06Z"`},
		{"ignore: a year", entry("{code: audience-mismatch, reason: r, until: 2027}"), `a date such as 2027-01-31 is expected, found a number, "2027"`},
	})
}

// TestPathsStandBesideTheFile: the folder of the file counts, and not the working
// folder.
func TestPathsStandBesideTheFile(t *testing.T) {
	for _, test := range []struct{ path, name, want string }{
		{"samlcheck.yaml", "m.xml", "m.xml"},
		{"samlcheck.yaml", "../m.xml", "../m.xml"},
		{"../samlcheck.yaml", "idp/m.xml", "../idp/m.xml"},
		{"/etc/samlcheck.yaml", "m.xml", "/etc/m.xml"},
		{"sub/samlcheck.yaml", "/m.xml", "/m.xml"},
		{"samlcheck.yaml", "./-", "./-"},
		{"sub/samlcheck.yaml", "./-", "sub/-"},
	} {
		f, err := Parse(test.path, []byte("metadata: "+test.name+"\n"), onlySome)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Metadata[0].Value; got != test.want {
			t.Errorf("%s names %s: %q, want %q", test.path, test.name, got, test.want)
		}
	}
}

func TestUntilTheEndOfTheDay(t *testing.T) {
	day := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	i := Ignoring{Until: day}
	for at, want := range map[time.Time]bool{day: false, day.Add(24*time.Hour - time.Nanosecond): false, day.Add(24 * time.Hour): true} {
		if i.Over(at) != want {
			t.Errorf("at %s it is over: %v, want %v", at, !want, want)
		}
	}
	if (Ignoring{}).Over(day) {
		t.Error("without a last day it ends")
	}
}

const separator = string(filepath.ListSeparator)

func TestSplitVariable(t *testing.T) {
	for _, test := range []struct {
		value string
		want  []string
		err   string
	}{
		{"", nil, ""},
		{"a.xml", []string{"a.xml"}, ""},
		{"a.xml:sub/b.xml", []string{"a.xml", "sub/b.xml"}, ""},
		{"a.xml:", nil, "SAMLCHECK_METADATA: a file is expected on both sides of ':', found none"},
		{":a.xml", nil, "found none"},
		{"a.xml:-", nil, "found -: standard input is for the response"},
		{strings.Repeat("a:", 200) + "a", nil, "at most 200 files are expected, found 201"},
	} {
		got, err := SplitVariable(strings.ReplaceAll(test.value, ":", separator))
		if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), separator, ":"), test.err)) {
			t.Errorf("%.40q: error %v, want %q", test.value, err, test.err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%.40q: -want +got:\n%s", test.value, diff)
		}
	}
}
