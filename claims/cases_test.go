package claims_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

const testdata = "../testdata"

// A caseFile is one archive of testdata/cases.
type caseFile struct {
	name     string // of the file without its extension: the code, and a word more
	flags    []string
	metadata string // path below testdata; empty for none
	capture  []byte
	want     string
	iam      *claims.IAM // nil where the case has no such part
}

func readCases(t *testing.T) []caseFile {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testdata, "cases", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases are found (%v)", err)
	}
	var out []caseFile
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, newCaseFile(t, strings.TrimSuffix(filepath.Base(file), ".txtar"), archive))
	}
	return out
}

func newCaseFile(t *testing.T, name string, archive *txtar.Archive) caseFile {
	t.Helper()
	c := caseFile{name: name}
	for _, f := range archive.Files {
		switch f.Name {
		case "flags":
			c.flags = strings.Fields(string(f.Data))
		case "metadata":
			c.metadata = strings.TrimSpace(string(f.Data))
		case "response.b64", "response.txt":
			c.capture = f.Data
		case "want":
			c.want = string(f.Data)
		default:
			c.iam = claims.JoinIAM(c.iam, accountPart(t, name, f))
		}
	}
	if len(strings.TrimSpace(string(archive.Comment))) == 0 {
		t.Errorf("%s: the comment that says why is missing", name)
	}
	return c
}

// accountPart reads the part iam, or iam with the ARN of a provider.
func accountPart(t *testing.T, name string, f txtar.File) (m *claims.IAM) {
	t.Helper()
	err := fmt.Errorf("the part %q is not known", f.Name)
	if arn, found := strings.CutPrefix(f.Name, "iam "); found {
		m, err = claims.ParseIAMProvider(arn, f.Data)
	} else if f.Name == "iam" {
		m, err = claims.ParseIAM(f.Data)
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return m
}

// outcome is what both kinds of report have, as the part want gives it.
type outcome struct {
	verdict  saml.Verdict
	verified bool
	findings []saml.Finding
	aws      *claims.Predictions // nil under the profile saml
}

func (o outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "verdict %s\nverified %t\n", o.verdict, o.verified)
	if o.aws != nil {
		sts, console := o.aws.STS, o.aws.Console
		b.WriteString(answerLine("sts", sts.Code, sts.Message, sts.SessionSeconds, sts.Basis))
		b.WriteString(answerLine("console", console.Code, console.Message, console.SessionSeconds, console.Basis))
	}
	for _, f := range o.findings {
		b.WriteString(strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Severity, f.Code, f.Path)) + "\n")
	}
	return b.String()
}

// answerLine writes a prediction: code, message or seconds, basis.
func answerLine(by, code, message string, seconds int, basis saml.Basis) string {
	words := []string{by, code}
	switch {
	case message != "":
		words = append(words, strconv.Quote(message), string(basis))
	case code == claims.Success:
		words = append(words, strconv.Itoa(seconds)+"s", string(basis))
	}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " ") + "\n"
}

func (c caseFile) run(t *testing.T) outcome {
	t.Helper()
	message := saml.Decode(c.capture)
	profile, options := c.options(t, message)
	options.IAM = c.iam
	var metadata *saml.Metadata
	if c.metadata != "" {
		data, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(path.Clean(c.metadata))))
		if err != nil {
			t.Fatal(err)
		}
		if metadata, err = saml.ParseMetadata(data); err != nil {
			t.Fatal(err)
		}
	}
	if profile == string(saml.ProfileSAML) {
		r := saml.Check(message, metadata, options.Options)
		return outcome{r.Verdict, r.Verified, r.Findings, nil}
	}
	r := claims.Check(message, metadata, options)
	return outcome{r.Verdict, r.SAML.Verified, r.Findings, r.AWS}
}

// options reads the flags; some stand for what the container of a capture tells
// of the message.
func (c caseFile) options(t *testing.T, message *saml.Message) (profile string, o claims.Options) {
	t.Helper()
	list := func(to *[]string) func(string) error {
		return func(s string) error { *to = append(*to, s); return nil }
	}
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.StringVar(&profile, "profile", "aws", "")
	instant := func(to *time.Time) func(string) error {
		return func(s string) (err error) { *to, err = time.Parse(time.RFC3339, s); return err }
	}
	set.Func("at", "", instant(&o.Time))
	set.Func("dated", "", instant(&message.HTTPDate))
	set.StringVar(&message.URL, "posted", "", "")
	var asked saml.Request
	set.StringVar(&asked.ID, "asked", "", "")
	set.StringVar(&asked.Issuer, "asked-by", "", "")
	set.StringVar(&asked.AssertionConsumerServiceURL, "asked-at", "", "")
	set.Func("asked-with", "", func(s string) error { asked.RelayState = strings.ReplaceAll(s, "%20", " "); return nil })
	set.Func("audience", "", list(&o.Audiences))
	set.Func("recipient", "", list(&o.Recipients))
	set.Func("ignore", "", list(&o.Ignore))
	set.StringVar(&o.RequestID, "request-id", "", "")
	set.StringVar(&o.Role, "role", "", "")
	set.IntVar(&o.Duration, "duration", 0, "")
	set.Func("key", "", func(file string) error {
		data, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(path.Clean(file))))
		if err != nil {
			return err
		}
		keys, err := saml.ParsePrivateKeys(data, nil)
		o.DecryptionKeys = append(o.DecryptionKeys, keys...)
		return err
	})
	if err := set.Parse(c.flags); err != nil {
		t.Fatal(err)
	}
	if asked.ID != "" {
		message.Requests = []saml.Request{asked}
	}
	return profile, o
}

// TestCases runs each case and compares verdict and findings, all of them.
func TestCases(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(c.name, func(t *testing.T) {
			got := c.run(t)
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("(-want +found)\n%s", diff)
				for _, f := range got.findings {
					t.Logf("%s: %s", f.Code, f.Message)
				}
			}
		})
	}
}

// A case yields the code that it is named for; a near miss does not.
func TestCasesKeepTheirNames(t *testing.T) {
	for _, c := range readCases(t) {
		code, word, _ := strings.Cut(c.name, ".")
		near := strings.HasPrefix(word, "near")
		yields := slices.ContainsFunc(strings.Split(c.want, "\n"), func(line string) bool {
			fields := strings.Fields(line)
			return len(fields) > 1 && fields[1] == code
		})
		if yields == near {
			t.Errorf("%s: expected the code to be wanted %t, found %t", c.name, !near, yields)
		}
	}
}

// elsewhere names the test of the codes that no case yields.
var elsewhere = map[string]string{
	"response-oversize":              "claims TestRuleCases",
	"metadata-unreadable":            "saml TestUnreadable",
	"metadata-byte-order-mark":       "saml TestMetadataRulesOnMessages",
	"metadata-size":                  "saml TestMetadataRulesOnMessages",
	"metadata-expired":               "saml TestMetadataRulesOnMessages",
	"metadata-signature-broken":      "saml TestMetadataRulesOnMessages",
	"metadata-key-missing":           "saml TestMetadataRulesOnMessages",
	"metadata-certificate-malformed": "saml TestMetadataRulesOnMessages",
	"metadata-keys-many":             "saml TestMetadataRulesOnMessages",
	"verifiers-disagree":             "internal/xmlsig TestWitnessDisagrees",
}

// Every code of both packages is yielded by a case, or by a test that elsewhere
// names.
func TestEveryCodeHasACase(t *testing.T) {
	wanted := map[string]bool{}
	for _, c := range readCases(t) {
		for line := range strings.Lines(c.want) {
			if fields := strings.Fields(line); len(fields) > 1 {
				wanted[fields[1]] = true
			}
		}
	}
	for _, r := range claims.AllRules() {
		where, named := elsewhere[r.Code]
		switch {
		case wanted[r.Code] && named:
			t.Errorf("%s: a case yields it, elsewhere need not name %s", r.Code, where)
		case !wanted[r.Code] && !named:
			t.Errorf("%s: no case yields it, and elsewhere names no test", r.Code)
		case named && !hasTest(t, where):
			t.Errorf("%s: there is no test %s", r.Code, where)
		}
	}
}

// hasTest reports whether a folder of the project has a test of this name.
func hasTest(t *testing.T, where string) bool {
	t.Helper()
	dir, name, _ := strings.Cut(where, " ")
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(dir), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(text), "func "+name+"(")
	})
}
