package xmldoc

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestUndeclared(t *testing.T) {
	for text, want := range map[string]struct {
		prefixes []string
		before   string // what stands before the offset
	}{
		`<a xmlns="urn:a"/>`: {nil, `<a`},
		`<a/>`:               {[]string{""}, `<a`},
		`<a xmlns=""/>`:      {nil, `<a`},
		`<p:a q:b="1" p:c="2" xml:lang="en"><r:d/><p:e/></p:a>`:               {[]string{"p", "q", "r"}, `<p:a`},
		`<p:a xmlns:p="urn:p"><b xmlns:q="urn:q"><q:c/></b><q:d/></p:a>`:      {[]string{"", "q"}, `<p:a`},
		`<?xml version="1.0"?><!--<x>--><p:a xmlns:q="urn:p" p:x="" q:x=""/>`: {[]string{"p"}, `<?xml version="1.0"?><!--<x>--><p:a`},
		"\uFEFF<p:a/>": {[]string{"p"}, "\uFEFF<p:a"},
	} {
		prefixes, offset, err := Undeclared([]byte(text), MessageLimits())
		if err != nil || !slices.Equal(prefixes, want.prefixes) || offset != len(want.before) {
			t.Errorf("%s: prefixes %q at %d, %v; expected %q at %d", text, prefixes, offset, err, want.prefixes, len(want.before))
		}
	}
	for _, text := range []string{`<p:a><p:b></p:a>`, `<p:a/><p:b/>`, `<p:a p:x="" p:x=""/>`, `<a xmlns:p=""/>`, `<:a/>`, `<!DOCTYPE a><p:a/>`, ``} {
		if _, _, err := Undeclared([]byte(text), MessageLimits()); err == nil {
			t.Errorf("%s: expected a refusal", text)
		}
	}
}

// Of prefixes that are not declared there may be as many as of declarations in
// scope.
func TestUndeclaredIsBounded(t *testing.T) {
	limits := MessageLimits()
	text := func(n int) []byte {
		var b strings.Builder
		b.WriteString("<a xmlns=''>")
		for i := range n {
			b.WriteString("<p" + strconv.Itoa(i) + ":b/>")
		}
		return []byte(b.String() + "</a>")
	}
	if prefixes, _, err := Undeclared(text(limits.InScope), limits); err != nil || len(prefixes) != limits.InScope {
		t.Errorf("%d prefixes, %v", len(prefixes), err)
	}
	if _, _, err := Undeclared(text(limits.InScope+1), limits); err == nil || !strings.Contains(err.Error(), "declarations") {
		t.Errorf("one more than the limit: %v", err)
	}
}
