// Package seeds gives fuzz targets what they start from: the messages, the
// metadata and the accounts of testdata. It is for tests alone. Where a folder
// holds nothing, or less than it should, the target fails: it would fuzz
// nothing and pass.
package seeds

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// What there is at least. Whoever takes cases away lowers the number.
const (
	leastCases    = 250
	leastCaptures = 20
	leastTools    = 60
	leastMetadata = 9
	leastAccounts = 20
)

// A Case is one archive of testdata/cases, as far as targets need it.
type Case struct {
	Name    string // of the file, without its extension
	Capture []byte
	IAM     [][]byte // what the AWS CLI printed of the account
}

// Add gives a target its seeds, of which there have to be some.
func Add[T any](f *testing.F, least int, all []T) {
	f.Helper()
	if len(all) < max(least, 1) {
		f.Fatalf("expected %d seeds or more, found %d", max(least, 1), len(all))
	}
	for _, seed := range all {
		f.Add(seed)
	}
}

// Cases gives every case.
func Cases(tb testing.TB) []Case {
	tb.Helper()
	var out []Case
	for _, file := range files(tb, leastCases, "cases", "*.txtar") {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		c := Case{Name: strings.TrimSuffix(filepath.Base(file), ".txtar")}
		for _, part := range archive.Files {
			switch kind, _, _ := strings.Cut(part.Name, " "); kind {
			case "response.b64", "response.txt":
				c.Capture = part.Data
			case "iam":
				c.IAM = append(c.IAM, part.Data)
			}
		}
		out = append(out, c)
	}
	return out
}

// Captures gives the captures of the folder of that name and of every case, but
// those that tools wrap into something of their own: see Tools.
func Captures(tb testing.TB) [][]byte {
	tb.Helper()
	out := contents(tb, files(tb, leastCaptures, "captures", "*.*"))
	for _, c := range Cases(tb) {
		out = append(out, c.Capture)
	}
	return out
}

// Tools gives the captures as tools write them.
func Tools(tb testing.TB) [][]byte {
	tb.Helper()
	return contents(tb, files(tb, leastTools, "captures/tools", "*"))
}

// Documents gives the XML of the captures that are XML or base64 of it, each
// once.
func Documents(tb testing.TB) []string {
	tb.Helper()
	var out []string
	for _, capture := range Captures(tb) {
		text := bytes.TrimSpace(capture)
		if decoded, err := base64.StdEncoding.DecodeString(string(text)); err == nil {
			text = decoded
		}
		if bytes.HasPrefix(text, []byte("<")) {
			out = append(out, string(text))
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) < leastCases/2 {
		tb.Fatalf("expected %d documents or more, found %d", leastCases/2, len(out))
	}
	return out
}

// Metadata gives the metadata of the identity providers of testdata.
func Metadata(tb testing.TB) [][]byte {
	tb.Helper()
	return contents(tb, files(tb, leastMetadata, "idp", "*.xml"))
}

// Accounts gives what the AWS CLI printed of the accounts of the cases, each
// text once.
func Accounts(tb testing.TB) [][]byte {
	tb.Helper()
	var out [][]byte
	for _, c := range Cases(tb) {
		out = append(out, c.IAM...)
	}
	slices.SortFunc(out, bytes.Compare)
	if out = slices.CompactFunc(out, bytes.Equal); len(out) < leastAccounts {
		tb.Fatalf("expected %d accounts or more, found %d", leastAccounts, len(out))
	}
	return out
}

// files gives the files of a folder of testdata that a pattern names.
func files(tb testing.TB, least int, folder, pattern string) []string {
	tb.Helper()
	all, err := filepath.Glob(filepath.Join(root(tb), "testdata", folder, pattern))
	if err != nil || len(all) < least {
		tb.Fatalf("expected %d files or more in testdata/%s, found %d (%v)", least, folder, len(all), err)
	}
	return all
}

func contents(tb testing.TB, files []string) [][]byte {
	tb.Helper()
	var out [][]byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, data)
	}
	return out
}

// root gives the folder of the module.
func root(tb testing.TB) string {
	tb.Helper()
	dir, err := filepath.Abs(".")
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	tb.Fatalf("expected go.mod in a folder around the test (%v)", err)
	return ""
}
