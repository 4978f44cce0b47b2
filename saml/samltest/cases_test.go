package samltest

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// caseTime is when cases are judged unless they say otherwise: two minutes
// after the issue.
const caseTime = "2026-09-11T11:02:00Z"

// A testCase is one archive of testdata/cases. What is expected of it is not here:
// it is written by hand in the archive, and kept when the rest is made anew.
type testCase struct {
	name     string // the code that it yields, with a word more where there are several; ".near" where it must not
	why      string
	login    Login
	form     func(Response) string // nil: folded base64
	text     string                // where there is no login: the capture itself
	metadata string                // below testdata; empty: idp/metadata.xml; "-": none
	flags    string                // separated by blanks; --at is added where it is missing
	iam      []string              // JSON of commands that tell of the account
	provider string                // JSON of get-saml-provider for trustedProvider
}

func (c testCase) file() string { return "cases/" + c.name + ".txtar" }

func cases() []testCase {
	var out []testCase
	for _, part := range [][]testCase{captureCases(), xmlCases(), messageCases(), metadataCases(), signatureCases(), encryptionCases(),
		conditionCases(), subjectCases(), roleCases(), claimCases(), callCases(), trustCases(), providerCases()} {
		out = append(out, part...)
	}
	return out
}

// mutation gives a sign-in at Entra with these faults.
func mutation(names ...string) Login { return Login{Mutations: names} }

// archive makes the case anew, but for what is wanted.
func (c testCase) archive(t *testing.T) []byte {
	t.Helper()
	a := &txtar.Archive{Comment: []byte(c.why + "\n\n")}
	flags := strings.Join(strings.Fields(c.flags), "\n")
	if !strings.Contains(flags, "--at") {
		flags = strings.TrimSpace("--at=" + caseTime + "\n" + flags)
	}
	metadata := map[string]string{"": "idp/metadata.xml\n", "-": ""}
	given, ok := metadata[c.metadata]
	if !ok {
		given = c.metadata + "\n"
	}
	name, capture := c.capture(t)
	a.Files = []txtar.File{
		{Name: "flags", Data: []byte(flags + "\n")}, {Name: "metadata", Data: []byte(given)},
		{Name: name, Data: capture},
	}
	if len(c.iam) > 0 {
		a.Files = append(a.Files, txtar.File{Name: "iam", Data: []byte(strings.Join(c.iam, "\n") + "\n")})
	}
	if c.provider != "" {
		a.Files = append(a.Files, txtar.File{Name: "iam " + trustedProvider, Data: []byte(c.provider + "\n")})
	}
	a.Files = append(a.Files, txtar.File{Name: "want", Data: wanted(t, c.file())})
	return txtar.Format(a)
}

func (c testCase) capture(t *testing.T) (name string, data []byte) {
	t.Helper()
	if c.text != "" {
		return "response.txt", []byte(c.text)
	}
	r, err := c.login.Response()
	if err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	if c.form == nil {
		return "response.b64", []byte(asFolded(r))
	}
	return "response.txt", []byte(strings.TrimSuffix(c.form(r), "\n") + "\n")
}

// wanted gives what the archive that is there expects.
func wanted(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, file))
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("(to be written)\n")
	} else if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse(data).Files {
		if f.Name == "want" {
			return bytes.Clone(f.Data)
		}
	}
	return nil
}
