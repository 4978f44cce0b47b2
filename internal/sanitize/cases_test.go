package sanitize_test

import (
	"bytes"
	"flag"
	"maps"
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

// issued is when the captures of testdata were issued.
var issued = time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)

// A trial is a capture that a fixture is made of.
type trial struct {
	name     string
	message  *saml.Message
	metadata [][]byte
	options  claims.Options
	group    string // of trials with the same metadata and options
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
	timeless := slices.DeleteFunc(slices.Clone(flags), func(f string) bool { return strings.HasPrefix(f, "--at=") })
	c.group = string(bytes.Join(c.metadata, nil)) + strings.Join(timeless, " ")
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

// A result is what became of a trial.
type result struct {
	trial
	fixture *sanitize.Fixture
	files   []sanitize.File // of metadata
	key     []byte
	err     error
}

// makeFixtures makes fixtures of trials with the same metadata and options in one
// run.
func makeFixtures(t *testing.T, trials ...trial) []result {
	t.Helper()
	s, err := sanitize.New(sanitize.Options{Metadata: trials[0].metadata, Check: trials[0].options})
	if err != nil {
		return []result{{trial: trials[0], err: err}}
	}
	out := make([]result, len(trials))
	for i, c := range trials {
		out[i] = result{trial: c, err: s.Learn(c.message)}
	}
	for i := range out {
		r := &out[i]
		if r.err == nil {
			r.fixture, r.err = s.Message(r.message, r.options.Time)
		}
		if r.err == nil {
			r.files, r.err = s.Metadata()
		}
		if r.err == nil {
			r.key, r.err = s.Key()
		}
	}
	return out
}

// grouped makes fixtures of all trials, run by run.
func grouped(t *testing.T, trials []trial) (out []result) {
	t.Helper()
	groups := map[string][]trial{}
	for _, c := range trials {
		groups[c.group] = append(groups[c.group], c)
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, makeFixtures(t, groups[name]...)...)
	}
	return out
}

// refused are the cases of which no fixture is made, each with the words of why.
var refused = map[string]string{
	"base64-malformed":           "found none",
	"input-empty":                "found none",
	"message-missing":            "found none",
	"message-not-response.html":  "found none",
	"capture-truncated":          "the document ends inside an end tag",
	"capture-truncated.xml":      "the document ends inside an attribute value",
	"xml-malformed":              "text stands after the root element",
	"doctype-present":            "a document type declaration",
	"encoding-unsupported":       "only UTF-8 is read",
	"limit-exceeded":             `the limit "comments"`,
	"plaintext-malformed.prefix": "what was decrypted is expected to be XML",
}

// some leaves most out under the race detector, which looks for races and not at
// what is found.
func some[T any](all []T) (out []T) {
	if !racing {
		return all
	}
	for i := 0; i < len(all); i += 8 {
		out = append(out, all[i])
	}
	return out
}

// TestCasesKeepTheirFindings makes a fixture of every case.
func TestCasesKeepTheirFindings(t *testing.T) {
	same := 0
	for _, r := range grouped(t, some(readCases(t))) {
		switch reason, known := refused[r.name]; {
		case r.err != nil && (!known || !strings.Contains(r.err.Error(), reason)):
			t.Errorf("%s: refused: %v", r.name, r.err)
		case r.err == nil && known:
			t.Errorf("%s: a fixture is made, where a refusal is listed: %s", r.name, reason)
		case r.err != nil:
			continue
		case len(r.fixture.Lost) > 0:
			t.Errorf("%s: %v", r.name, r.fixture.Lost)
		default:
			same++
			r.holdSafe(t)
		}
	}
	t.Logf("%d cases keep all their findings", same)
}
