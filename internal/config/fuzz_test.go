package config

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzConfig: whatever the file, an error names a line of it (but for an alias to
// nothing) and is of bounded length, and what is taken meets what is promised of it.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{whole, "", "metdata: x", "profile: [aws", "a: &a [*a]", "ignore:\n- {code: assertion-expired, reason: r, until: 2027-01-31}\n",
		"metadata: [-, '//x', \"./-\"]", "---\n---\n", "audience: \"\\u202e\"\n", "\ufeffprofile: aws", "<<: 1", "? [a]\n: b", "!!str 1: 2", "\xff\xfea\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse(Name, data, onlySome)
		if err != nil {
			mustName(t, err, strings.Count(string(data), "\n")+strings.Count(string(data), "\r")+len(data)+1)
			return
		}
		for _, m := range file.Metadata {
			if m.Value == "" || m.Value == "-" || m.Line < 1 || strings.HasPrefix(filepath.ToSlash(m.Value), "//") {
				t.Errorf("metadata %+v", m)
			}
		}
		for _, i := range file.Ignore {
			if onlySome(i.Code) != nil || strings.TrimSpace(i.Reason) == "" || i.Line < 1 {
				t.Errorf("ignored: %+v", i)
			}
		}
		for _, all := range [][]Text{file.Audiences, file.Recipients} {
			for _, a := range all {
				if strings.TrimSpace(a.Value) == "" || len(a.Value) > longestText {
					t.Errorf("a pattern %+v", a)
				}
			}
		}
	})
}

func mustName(t *testing.T, err error, lines int) {
	t.Helper()
	var fault *Error
	if !errors.As(err, &fault) {
		t.Fatalf("%T: %v", err, err)
	}
	if fault.Line < 1 && !strings.Contains(fault.Text, "unknown anchor") || fault.Line > lines {
		t.Errorf("line %d of %d: %s", fault.Line, lines, fault.Text)
	}
	if text := strings.ReplaceAll(err.Error(), "…", ""); len(text) > 500 {
		t.Errorf("%d bytes: %q", len(text), text)
	}
}
