package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/config"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/pflag"
)

// inFolder makes an empty working folder with a configuration file in it, if it
// says something, and an environment that says nothing.
func inFolder(t *testing.T, settings string) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv(config.Variable, "")
	if settings == "" {
		return
	}
	if err := os.WriteFile(config.Name, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
}

// held gives one setting as samlcheck config shows it.
func held(t *testing.T, name string, args ...string) render.Setting {
	t.Helper()
	status, out, complaint := program(t, append([]string{"config", "--format", "json"}, args...)...)
	if status != statusPass {
		t.Fatalf("%q: exit status %d, %s", args, status, complaint)
	}
	var s render.Settings
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	for _, setting := range s.Settings {
		if setting.Name == name {
			return setting
		}
	}
	t.Fatalf("there is no setting %s in %s", name, out)
	return render.Setting{}
}

// TestPrecedence: of all that may say a setting, the first of flag, environment
// and file that says it is the one that holds, and it alone.
func TestPrecedence(t *testing.T) {
	for _, setting := range []struct{ name, flag, variable, file, byDefault string }{
		{"metadata", "flag.xml", "environment.xml", "file.xml", ""},
		{"audience", "urn:flag", "", "urn:file", ""},
		{"recipient", "https://flag.example.com/", "", "https://file.example.com/", ""},
		{"profile", "aws", "", "saml", "aws"},
		{"fail-on", "info", "", "warning", "error"},
	} {
		for said := range 8 {
			byFlag, byVariable, byFile := said&1 != 0, said&2 != 0 && setting.variable != "", said&4 != 0
			t.Run(setting.name, func(t *testing.T) {
				var args []string
				value, from, file := setting.byDefault, "default", ""
				if byFile {
					value, from, file = setting.file, config.Name, setting.name+": "+setting.file+"\n"
				}
				inFolder(t, file)
				if byVariable {
					t.Setenv(config.Variable, setting.variable)
					value, from = setting.variable, config.Variable
				}
				if byFlag {
					args = []string{"--" + setting.name, setting.flag}
					value, from = setting.flag, "--"+setting.name
				}
				got := held(t, setting.name, args...)
				if value == "" && len(got.Values) == 0 && got.From == from {
					return
				}
				if got.From != from || len(got.Values) != 1 || got.Values[0].Value != value {
					t.Errorf("flag %v, environment %v, file %v: %+v, want %q from %s", byFlag, byVariable, byFile, got, value, from)
				}
			})
		}
	}
}

// TestWhatIsShownHolds: what samlcheck config shows is what a check is held
// against.
func TestWhatIsShownHolds(t *testing.T) {
	inFolder(t, "metadata: [a.xml, sub/b.xml]\naudience: urn:file\nrecipient: [r1, r2]\nprofile: saml\nfail-on: info\nignore:\n- {code: audience-mismatch, reason: why}\n- {code: assertion-expired, reason: over, until: 2025-01-31}\n")
	var flags checkFlags
	set := pflag.NewFlagSet("samlcheck", pflag.ContinueOnError)
	flags.add(set)
	if err := set.Parse([]string{"--audience", "urn:flag"}); err != nil {
		t.Fatal(err)
	}
	var complaints strings.Builder
	tool := newTool(nil, nil, &complaints)
	if err := flags.configure(tool, set); err != nil {
		t.Fatal(err)
	}
	s, err := flags.read(tool, set)
	if err != nil {
		t.Fatal(err)
	}
	o := s.options
	for _, list := range []struct {
		of   string
		got  []string
		want string
	}{
		{"metadata", flags.metadata, "a.xml," + filepath.Join("sub", "b.xml")}, {"audience", o.Audiences, "urn:flag"}, {"recipient", o.Recipients, "r1,r2"},
		{"ignore", o.Ignore, "audience-mismatch"}, {"profile", []string{string(o.Profile)}, "saml"}, {"fail-on", []string{string(s.failOn)}, "info"},
		{"what holds of the file", flags.held.settings, "metadata,recipient,profile,fail-on,ignore"},
	} {
		if got := strings.Join(list.got, ","); got != list.want {
			t.Errorf("%s: %s, want %s", list.of, got, list.want)
		}
	}
	if o.SkipWitness || o.Limits != nil || o.DecryptionKeys != nil {
		t.Errorf("the file reaches further than it may: %+v", o)
	}
	if want := "samlcheck: \"samlcheck.yaml\", line 8: assertion-expired is no longer ignored since 2025-01-31 has passed\n"; complaints.String() != want {
		t.Errorf("it says %q, want %q", complaints.String(), want)
	}
}

// TestFileMayNotIgnoreProof: no error without which nothing is proved can be
// ignored by the file, and every other finding can.
func TestFileMayNotIgnoreProof(t *testing.T) {
	inFolder(t, "")
	proves := map[saml.Stage]bool{saml.StageCapture: true, saml.StageXML: true, saml.StageMessage: true, saml.StageMetadata: true, saml.StageSignature: true}
	refused := 0
	for _, rule := range claims.AllRules() {
		_, err := config.Parse(config.Name, []byte("ignore: [{code: "+rule.Code+", reason: r}]"), mayIgnore)
		want := rule.Severity == saml.Error && proves[rule.Stage]
		if (err != nil) != want {
			t.Errorf("%s, an %s of the stage %s: %v", rule.Code, rule.Severity, rule.Stage, err)
		}
		if err != nil {
			refused++
		}
	}
	if refused < 20 {
		t.Errorf("only %d codes are refused", refused)
	}
}

// TestConfigShowsNoSecret: a response or a key that was given in place of its file
// is not repeated.
func TestConfigShowsNoSecret(t *testing.T) {
	inFolder(t, "")
	response, key := strings.Repeat("UmVzcG9uc2U", 30), "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEsecret"
	for _, args := range [][]string{{"-m", response}, {"--key", key}, {"--request-id", response}, {"--audience", response}} {
		for _, format := range []string{"text", "json"} {
			status, out, _ := program(t, append([]string{"config", "--format", format}, args...)...)
			if status != statusPass || strings.Contains(out, "UmVzcG9uc2U") || strings.Contains(out, "secret") || !strings.Contains(out, "characters, which is not shown") {
				t.Errorf("%.30q: exit status %d and %.900s", args, status, out)
			}
		}
	}
	t.Setenv(config.Variable, response)
	if _, out, _ := program(t, "config"); strings.Contains(out, "UmVzcG9uc2U") {
		t.Errorf("from the environment: %.900s", out)
	}
	for name, settings := range map[string]string{"a value": "profile: " + response, "a setting": response + ": x", "no YAML": "*" + response} {
		inFolder(t, settings)
		if status, _, complaint := program(t, "config"); status != statusError || strings.Contains(complaint, response[:120]) {
			t.Errorf("%s: exit status %d and %.900s", name, status, complaint)
		}
	}
}

// TestFileInSharedFolder: a file that anybody may have put where the program runs
// is not read, and it is said.
func TestFileInSharedFolder(t *testing.T) {
	inFolder(t, "profile: saml\n")
	if err := os.Chmod(".", 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat("."); err != nil || info.Mode()&os.ModeSticky == 0 {
		t.Skip("this system has not the modes of Unix")
	}
	if got := held(t, "profile"); got.From != "default" {
		t.Errorf("%+v", got)
	}
	_, out, complaint := program(t, "config")
	if !strings.Contains(complaint, `"samlcheck.yaml" is not read, since anybody may put a file into its folder: name it with --config if it is yours`) ||
		!strings.Contains(out, "not read, since anybody may put a file there") {
		t.Errorf("%s\n%s", out, complaint)
	}
	if got := held(t, "profile", "--config", config.Name); got.From != config.Name || got.Values[0].Value != "saml" {
		t.Errorf("named: %+v", got)
	}
}
