package batch

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// tree makes files in an empty folder, and goes there.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// told gives the inputs, one a line: name, index, what was read, error.
func told(s *Source) (out []string) {
	s.Quote = strconv.Quote
	for i := range s.Inputs() {
		line := filepath.ToSlash(i.Name)
		if i.Index > 0 {
			line += fmt.Sprintf(" #%d", i.Index)
		}
		if i.Read && i.Err == nil {
			line += fmt.Sprintf(" %q", i.Data)
		}
		if i.Err != nil {
			line += ": " + i.Err.Error()
		}
		out = append(out, line)
	}
	return out
}

func TestInputs(t *testing.T) {
	tree(t, map[string]string{
		"b.b64": "", "a.b64": "", "sub/c.b64": "", "sub/deep/d.xml": "", ".hidden/e.b64": "", "sub/samlcheck.yaml": "", "sub/.f.b64": "", "empty/.keep": "",
		"list": "a.b64\r\n\nno-such\nsub\n-\n", "nul": "a.b64\x00sub/c.b64\x00", "blank": "\n\r\n", "named @x": "", "-": "",
		"lines": "{\"id\":\"one\",\"response\":\"PHNh\"}\n\nnot JSON\n{\"id\":7,\"response\":\"UmVz\",\"url\":\"https://sp.example.com/\",\"more\":[1]}\n{\"response\":\"x\"}\n{\"id\":\"five\"}\n{\"id\":\"six\",\"response\":6}",
	})
	for _, c := range []struct {
		name  string
		in    Source
		stdin string
		want  []string
	}{
		{name: "files in their order", in: Source{Names: []string{"b.b64", "-", "a.b64", "missing"}}, want: []string{"b.b64", "-", "a.b64", "missing"}},
		{name: "a folder", in: Source{Names: []string{"sub"}}, want: []string{"sub/c.b64", "sub/deep/d.xml"}},
		{name: "a pattern of names", in: Source{Names: []string{"."}, Patterns: []string{"*.b64"}}, want: []string{"a.b64", "b.b64", "sub/c.b64"}},
		{name: "a pattern of paths", in: Source{Names: []string{"."}, Patterns: []string{"sub/*/*.xml"}}, want: []string{"sub/deep/d.xml"}},
		{name: "several patterns", in: Source{Names: []string{"sub"}, Patterns: []string{"*.xml", "c.*"}}, want: []string{"sub/c.b64", "sub/deep/d.xml"}},
		{name: "patterns speak of folders alone", in: Source{Names: []string{"a.b64"}, Patterns: []string{"*.xml"}}, want: []string{"a.b64"}},
		{name: "nothing in a folder", in: Source{Names: []string{"empty", "a.b64"}}, want: []string{`empty: files are expected in the folder "empty", none is found`, "a.b64"}},
		{name: "nothing matches", in: Source{Names: []string{"sub"}, Patterns: []string{"*.har", "x"}}, want: []string{`sub: files are expected in the folder "sub", none is found that matches "*.har" or "x"`}},
		{name: "a list", in: Source{Names: []string{"@list"}}, want: []string{"a.b64", "no-such", "sub/c.b64", "sub/deep/d.xml", `@list: the list "list" names -, and standard input cannot be named in a list`}},
		{name: "a list with NUL", in: Source{Names: []string{"@nul"}, Null: true}, want: []string{"a.b64", "sub/c.b64"}},
		{name: "a list of nothing", in: Source{Names: []string{"@blank", "a.b64"}}, want: []string{`@blank: names of files are expected in the list "blank", it holds none`, "a.b64"}},
		{name: "no list on standard input", in: Source{Names: []string{"@-"}, Null: true}, want: []string{`@-: names of files are expected in the list "-", it holds none`}},
		{name: "no such list", in: Source{Names: []string{"@missing", "a.b64"}}, want: []string{`@missing: a file is expected, there is none with the name "missing"`, "a.b64"}},
		{name: "a list on standard input", in: Source{Names: []string{"@-"}}, stdin: "b.b64\na.b64", want: []string{"b.b64", "a.b64"}},
		{name: "a list with NUL on standard input", in: Source{Names: []string{"@-"}, Null: true}, stdin: "b.b64\x00with\nbreak\x00", want: []string{"b.b64", "with\nbreak"}},
		{name: "messages with NUL", in: Source{Names: []string{"-"}, Null: true}, stdin: "PHNh\x00 \n\x00UmVz\n\x00", want: []string{`- "PHNh"`, `- #1 "UmVz\n"`}},
		{name: "JSON Lines beside a list with NUL", in: Source{Names: []string{"@nul", "-"}, Null: true, Lines: true}, stdin: "{\"id\":1,\"response\":\"x\"}\n{\"id\":2,\"response\":\"y\"}\n", want: []string{`1 "x"`, `2 "y"`}},
		{name: "an @ alone is a file", in: Source{Names: []string{"@"}}, want: []string{"@"}},
		{name: "JSON Lines", in: Source{Names: []string{"lines"}, Lines: true}, want: []string{
			`one "PHNh"`, `lines:3: "lines", line 3: a JSON object such as {"id":"1","response":"PHNhbWxw…"} is expected, the line is none`,
			`7 "UmVz"`, `lines:5 "x"`, `five: "lines", line 6: a JSON object with a field "response" is expected, it has none`,
			`six: "lines", line 7: the field "response" is expected to be a string, it is a JSON number`,
		}},
		{name: "JSON Lines on standard input", in: Source{Names: []string{"-"}, Lines: true}, stdin: `{"response":""}`, want: []string{`-:1 ""`}},
		{name: "JSON Lines in a folder", in: Source{Names: []string{"."}, Patterns: []string{"lines"}, Lines: true}, want: []string{
			`one "PHNh"`, `lines:3: "lines", line 3: a JSON object such as {"id":"1","response":"PHNhbWxw…"} is expected, the line is none`,
			`7 "UmVz"`, `lines:5 "x"`, `five: "lines", line 6: a JSON object with a field "response" is expected, it has none`,
			`six: "lines", line 7: the field "response" is expected to be a string, it is a JSON number`,
		}},
	} {
		c.in.Stdin = strings.NewReader(c.stdin)
		if diff := cmp.Diff(c.want, told(&c.in)); diff != "" {
			t.Errorf("%s (-want +found)\n%s", c.name, diff)
		}
	}
}

// What a line tells of its message reaches the message.
func TestLineTells(t *testing.T) {
	s := &Source{Names: []string{"-"}, Lines: true, Stdin: strings.NewReader(`{"id":"x","response":"y","url":"https://sp.example.com/acs","captured_at":"2026-09-11T13:00:00+02:00"}`)}
	for i := range s.Inputs() {
		if i.URL != "https://sp.example.com/acs" || !i.Captured.Equal(time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)) || i.Name != "x" {
			t.Errorf("%+v", i)
		}
	}
}

// An id is told as it stands; what is neither text nor number is none.
func TestLineIDs(t *testing.T) {
	for id, want := range map[string]string{
		`"a b"`: "a b", `"7"`: "7", `7`: "7", `0`: "0", `-12`: "-12", `12345678`: "12345678", `9007199254740993`: "9007199254740993", `1.50`: "1.50", `1e3`: "1e3",
		`""`: "-:1", `null`: "-:1", `true`: "-:1", `{"a":1}`: "-:1", `[1]`: "-:1", `"\u001b[31m\n::error::x"`: "\x1b[31m\n::error::x",
	} {
		s := &Source{Names: []string{"-"}, Lines: true, Stdin: strings.NewReader(`{"response":"y","id":` + id + `}`)}
		for i := range s.Inputs() {
			if i.Name != want || i.Err != nil {
				t.Errorf("%s: %q, %v, want %q", id, i.Name, i.Err, want)
			}
		}
	}
}

// Of the URL that a line tells, reports do not repeat the message.
func TestURLOfALine(t *testing.T) {
	for url, want := range map[string]string{
		"https://sp.example.com/acs?tenant=1": "https://sp.example.com/acs?tenant=1", "https://sp.example.com/acs?a=1&SAMLResponse=PHNh": "https://sp.example.com/acs",
		"https://sp.example.com/acs?samlresponse=PHNh": "https://sp.example.com/acs", "https://sp.example.com/acs?wresult=%3C&wa=x": "https://sp.example.com/acs", "https://sp.example.com/SAMLResponse=": "https://sp.example.com/SAMLResponse=",
	} {
		s := &Source{Names: []string{"-"}, Lines: true, Stdin: strings.NewReader(`{"response":"y","url":"` + url + `"}`)}
		for i := range s.Inputs() {
			if i.URL != want || i.Err != nil {
				t.Errorf("%s: %q, %v", url, i.URL, i.Err)
			}
		}
	}
}

// What is wrong with a line is told for what it is.
func TestLineFaults(t *testing.T) {
	for line, want := range map[string]string{
		`{"response":"y","captured_at":"2026-09-11 11:00"}`:          `line 1: the field "captured_at" is expected to be a time of RFC 3339 such as 2026-09-11T11:00:00Z, it is "2026-09-11 11:00"`,
		`{"response":"y","captured_at":1789123456}`:                  `line 1: the field "captured_at" is expected to be a string, it is a JSON number`,
		`{"response":"y","url":["a"]}`:                               `line 1: the field "url" is expected to be a string, it is a JSON array`,
		"{\"response\":\"y\xff\"}":                                   "line 1: JSON is expected, which is text in UTF-8, found other bytes",
		`["y"]`:                                                      `line 1: a JSON object such as {"id":"1","response":"PHNhbWxw…"} is expected, the line is none`,
		`{"id":"` + strings.Repeat("x", 2049) + `","response":"y"}`:  `line 1: the field "id" is expected to have at most 2048 bytes, it has 2049`,
		`{"url":"` + strings.Repeat("x", 2049) + `","response":"y"}`: `line 1: the field "url" is expected to have at most 2048 bytes, it has 2049`,
		`{"id":"` + strings.Repeat("x", 2048) + `","response":"y","url":"x?SAMLResponse=` + strings.Repeat("y", 3000) + `"}`: "<nil>",
		`null`:                                `line 1: a JSON object with a field "response" is expected, it has none`,
		`{"response":"y","captured_at":null}`: "<nil>",
	} {
		s := &Source{Names: []string{"-"}, Lines: true, Stdin: strings.NewReader(line), Quote: strconv.Quote}
		for i := range s.Inputs() {
			if found := fmt.Sprint(i.Err); found != want {
				t.Errorf("%.100s: %s", line, found)
			}
		}
	}
}

// A byte order mark, with which programs of Windows begin a file, is no part of
// the first name or line.
func TestByteOrderMark(t *testing.T) {
	for want, s := range map[string]Source{
		"a": {Names: []string{"@-"}, Stdin: strings.NewReader("\ufeffa\r\n\ufeffb\r\n")}, `x "y"`: {Names: []string{"-"}, Lines: true, Stdin: strings.NewReader("\ufeff" + `{"id":"x","response":"y"}`)},
	} {
		if got := told(&s); got[0] != want || len(got) == 2 && got[1] != "\ufeffb" {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Stopping early stops the walk, whatever the inputs stand in.
func TestInputsStop(t *testing.T) {
	tree(t, map[string]string{"a/1": "", "a/2": "", "list": "a/1\na/2\n", "lines": "{\"response\":\"1\"}\n{\"response\":\"2\"}\n"})
	for _, s := range []Source{
		{Names: []string{"a", "list"}}, {Names: []string{"@list", "list"}}, {Names: []string{"lines", "list"}, Lines: true, Quote: strconv.Quote}, {Names: []string{"-"}, Null: true, Stdin: strings.NewReader("1\x002\x00")},
	} {
		n := 0
		for range s.Inputs() {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%v: %d inputs after the first", s.Names, n)
		}
	}
}

// A message may be as long as a container in a line of its own, and a name as long
// as a path.
func TestLengths(t *testing.T) {
	long := strings.Repeat("x", 20<<20)
	for name, s := range map[string]Source{
		"JSON Lines": {Names: []string{"-"}, Lines: true, Stdin: strings.NewReader(`{"response":"` + long + `"}`)}, "NUL": {Names: []string{"-"}, Null: true, Stdin: strings.NewReader(long)},
	} {
		for i := range s.Inputs() {
			if i.Err != nil || len(i.Data) != len(long) {
				t.Errorf("%s: %d bytes, %v", name, len(i.Data), i.Err)
			}
		}
	}
	path := strings.Repeat("a/", 2000)
	for length, want := range map[int]string{len(path): path, longestName + 1: "@-"} {
		text := path
		if length > len(path) {
			text = strings.Repeat("x", length)
		}
		s := &Source{Names: []string{"@-"}, Stdin: strings.NewReader(text + "\n"), Quote: strconv.Quote}
		for i := range s.Inputs() {
			if i.Name != want || (i.Err == nil) != (want == path) {
				t.Errorf("a name of %d bytes: %.20q, %v", length, i.Name, i.Err)
			}
		}
	}
}

// A piece that is too long is told and passed over: what comes after it is read.
func TestPieces(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil}, {"a", []string{"a"}}, {"a\n", []string{"a"}}, {"a\n\nb", []string{"a", "", "b"}},
		{"a\n" + long + "\nb", []string{"a", "long", "b"}}, {long, []string{"long"}}, {long + "\n", []string{"long"}},
		{long[:100_000] + "\n" + long[:100_001] + "\nc", []string{long[:100_000], "long", "c"}},
	} {
		var got []string
		for piece, err := range pieces(strings.NewReader(c.text), '\n', 100_000) {
			switch {
			case errors.Is(err, errLong):
				got = append(got, "long")
			case err != nil:
				t.Errorf("%.20q: %v", c.text, err)
			default:
				got = append(got, string(piece))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%.20q: %.60q", c.text, got)
		}
	}
}

// A stream that breaks ends with its error, once.
func TestPiecesOfABrokenStream(t *testing.T) {
	in := io.MultiReader(strings.NewReader("a\nb"), errReader{})
	var got []string
	for piece, err := range pieces(in, '\n', 100) {
		got = append(got, fmt.Sprintf("%s %v", piece, err))
	}
	if want := []string{"a <nil>", "b broken"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("broken") }

func TestCheckPattern(t *testing.T) {
	for pattern, good := range map[string]bool{"*.b64": true, "a/[bc]?": true, "[": false, `a\`: false, "**/*.b64": false, "a/**": false} {
		if err := CheckPattern(pattern); (err == nil) != good {
			t.Errorf("%s: %v", pattern, err)
		}
	}
}

// The total is known where it can be counted without reading what comes once.
func TestCount(t *testing.T) {
	tree(t, map[string]string{"a/1": "", "a/2": "", "list": "a\na/1\n", "-": "", "@": ""})
	for _, c := range []struct {
		in Source
		n  int
		ok bool
	}{
		{Source{Names: []string{"a", "-", "list"}}, 4, true}, {Source{Names: []string{"@list"}}, 3, true}, {Source{Names: []string{"@-"}}, 0, false}, {Source{Names: []string{"@"}}, 1, true}, {Source{Names: []string{"@missing"}}, 0, false}, {Source{Names: []string{"@a"}}, 0, false},
		{Source{Names: []string{"-"}, Null: true}, 0, false}, {Source{Names: []string{"list"}, Lines: true}, 0, false},
	} {
		stdin := strings.NewReader("a\n")
		c.in.Stdin = stdin
		if n, ok := c.in.Count(); n != c.n || ok != c.ok || stdin.Len() != 2 {
			t.Errorf("%v: %d, %t, and %d of 2 bytes are left on standard input", c.in.Names, n, ok, stdin.Len())
		}
	}
}
