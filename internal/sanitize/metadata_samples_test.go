package sanitize_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samlcheck/samlcheck/saml"
)

// namedAfterValue is metadata with an element whose prefix is a word of the
// name of its namespace, which is replaced.
const namedAfterValue = "uaa--test.saml.metadata.xml"

// TestMetadataSamples makes metadata of every sample of metadata that describes
// an identity provider.
func TestMetadataSamples(t *testing.T) {
	at := time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)
	message := saml.Decode(readFile(t, "captures/entra-good.b64"))
	made := 0
	for _, get := range some(readManifest(t)) {
		if get("kind") != "metadata" {
			continue
		}
		data := readSampleFile(t, get("file"))
		before, err := saml.ParseMetadata(data)
		if err != nil {
			continue // it describes no identity provider
		}
		c := trial{name: filepath.Base(get("file")), message: message, metadata: [][]byte{data}}
		c.options.Time = at
		r := makeFixtures(t, c)[0]
		files := r.files
		if r.err != nil {
			if c.name != namedAfterValue || !strings.Contains(r.err.Error(), "a name of markup") {
				t.Errorf("%s: %v", c.name, r.err)
			}
			continue
		}
		made++
		if left := leaked(secrets(string(data)), string(files[0].Data)); left != "" {
			t.Errorf("%s: %q is left", c.name, left)
		}
		after, err := saml.ParseMetadata(files[0].Data)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		options := saml.Options{Profile: saml.ProfileAWS, Time: at}
		if diff := cmp.Diff(codes(saml.CheckMetadata(before, options)), codes(saml.CheckMetadata(after, options))); diff != "" {
			t.Errorf("%s: (-before +after)\n%s", c.name, diff)
		}
	}
	if made < 50 && !racing {
		t.Errorf("only %d samples of metadata are read", made)
	}
	t.Logf("%d files of metadata", made)
}

func codes(findings []saml.Finding) (out []string) {
	for _, f := range findings {
		out = append(out, string(f.Severity)+" "+f.Code)
	}
	return out
}
