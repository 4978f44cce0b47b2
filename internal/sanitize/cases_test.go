package sanitize_test

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/sanitize"
	"github.com/samlcheck/samlcheck/saml"
)

const testdata = "../../testdata"

// A trial is a capture that a fixture is made of.
type trial struct {
	name     string
	message  *saml.Message
	metadata [][]byte
	options  claims.Options
}

func readCases(t *testing.T) []trial {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testdata, "cases", "*.txtar"))
	if err != nil || len(files) < 200 {
		t.Fatalf("%d cases are found (%v)", len(files), err)
	}
	var out []trial
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, readCase(t, strings.TrimSuffix(filepath.Base(file), ".txtar"), archive))
	}
	return out
}

func readCase(t *testing.T, name string, archive *txtar.Archive) trial {
	t.Helper()
	c := trial{name: name}
	var flags []string
	for _, f := range archive.Files {
		switch f.Name {
		case "flags":
			flags = strings.Fields(string(f.Data))
		case "metadata":
			if named := strings.TrimSpace(string(f.Data)); named != "" {
				c.metadata = [][]byte{readFile(t, named)}
			}
		case "response.b64", "response.txt":
			c.message = saml.Decode(f.Data)
		}
	}
	c.parse(t, flags)
	return c
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(path.Clean(name))))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (c *trial) parse(t *testing.T, flags []string) {
	t.Helper()
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	o := &c.options
	set.StringVar((*string)(&o.Profile), "profile", "aws", "")
	instant := func(s string) (err error) { o.Time, err = time.Parse(time.RFC3339, s); return err }
	list := func(to *[]string) func(string) error {
		return func(s string) error { *to = append(*to, s); return nil }
	}
	set.Func("at", "", instant)
	set.Func("audience", "", list(&o.Audiences))
	set.Func("recipient", "", list(&o.Recipients))
	set.Func("ignore", "", list(&o.Ignore))
	set.StringVar(&o.RequestID, "request-id", "", "")
	set.StringVar(&o.Role, "role", "", "")
	set.IntVar(&o.Duration, "duration", 0, "")
	set.Func("key", "", func(file string) error {
		keys, err := saml.ParsePrivateKeys(readFile(t, file), nil)
		o.DecryptionKeys = append(o.DecryptionKeys, keys...)
		return err
	})
	// What flags say of the container is no part of a fixture.
	known := slices.DeleteFunc(flags, func(f string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		return set.Lookup(name) == nil
	})
	if err := set.Parse(known); err != nil {
		t.Fatal(err)
	}
}

// fixture runs a trial.
func (c trial) fixture(t *testing.T) (*sanitize.Fixture, []sanitize.File, error) {
	t.Helper()
	s, err := sanitize.New(sanitize.Options{Metadata: c.metadata, Check: c.options})
	if err != nil {
		return nil, nil, err
	}
	if err := s.Learn(c.message); err != nil {
		return nil, nil, err
	}
	f, err := s.Message(c.message)
	if err != nil {
		return nil, nil, err
	}
	files, err := s.Metadata()
	return f, files, err
}

// refused are the cases of which no fixture is made, each with the words of why.
var refused = map[string]string{
	"base64-malformed":           "none is found",
	"input-empty":                "none is found",
	"message-missing":            "none is found",
	"message-not-response.html":  "none is found",
	"capture-truncated":          "the document ends inside an end tag",
	"capture-truncated.xml":      "the document ends inside an attribute value",
	"xml-malformed":              "text stands after the root element",
	"doctype-present":            "a document type declaration",
	"encoding-unsupported":       "only UTF-8 is read",
	"limit-exceeded":             `the limit "comments"`,
	"plaintext-malformed.prefix": "what was decrypted is expected to be XML",
}

// TestCasesKeepTheirFindings makes a fixture of every case.
func TestCasesKeepTheirFindings(t *testing.T) {
	same := 0
	for _, c := range readCases(t) {
		f, _, err := c.fixture(t)
		switch reason, known := refused[c.name]; {
		case err != nil && (!known || !strings.Contains(err.Error(), reason)):
			t.Errorf("%s: refused: %v", c.name, err)
		case err == nil && known:
			t.Errorf("%s: a fixture is made, where a refusal is listed: %s", c.name, reason)
		case err != nil:
			continue
		case len(f.Lost) == 0:
			same++
		default:
			t.Errorf("%s: %v", c.name, f.Lost)
		}
	}
	t.Logf("%d cases keep all their findings", same)
}
