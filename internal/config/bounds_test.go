package config

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestBounds: what is far too large is refused soon, however it is built.
func TestBounds(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'm'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	most := func(s string) string { return strings.Repeat(s, MostBytes/len(s)) }
	for name, data := range map[string]string{
		"too long":         strings.Repeat("#", MostBytes+1),
		"many files":       "metadata: [" + strings.Repeat("a,", mostEntries+1) + "]",
		"a long text":      "audience: " + strings.Repeat("a", longestText+1),
		"aliases":          bomb,
		"open brackets":    most("["),
		"open braces":      most("{a: "),
		"deep lists":       most("- "),
		"many keys":        most("a: b\n"),
		"many questions":   most("? "),
		"anchors":          most("&a "),
		"tags":             most("!a "),
		"quotes":           most("'"),
		"many documents":   most("---\n"),
		"long key":         most("k") + ": a",
		"directives":       most("%YAML 1.2\n"),
		"long scalar":      "|\n" + most(" a\n")[3:],
		"keys of flow":     "{" + most("a,")[3:],
		"nested questions": most("[?"),
	} {
		start := time.Now()
		f, err := Parse(Name, []byte(data), onlySome)
		var fault *Error
		if f != nil || !errors.As(err, &fault) {
			t.Errorf("%s: Parse gives %+v and %v", name, f, err)
		} else if len(err.Error()) > 500 {
			t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
		}
		if spent := time.Since(start); spent > 10*time.Second {
			t.Errorf("%s: it took %s", name, spent)
		}
	}
	if _, err := Parse(Name, []byte("metadata: ["+strings.Repeat("a,", mostEntries)+"]\naudience: "+strings.Repeat("a", longestText)), onlySome); err != nil {
		t.Errorf("as much as is allowed: %v", err)
	}
	if _, err := Parse(Name, []byte(strings.Repeat("#", MostBytes)), onlySome); err != nil {
		t.Errorf("as long as is allowed: %v", err)
	}
}
