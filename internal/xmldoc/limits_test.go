package xmldoc

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// small is a set of limits that a test can reach by hand.
func small() Limits {
	return Limits{Bytes: 200, Elements: 4, Tokens: 10, Depth: 3, Attributes: 2, NameBytes: 5, ValueBytes: 8,
		Declarations: 2, InScope: 3, DeclarationBase: 1, Asides: 2}
}

// Each limit lets exactly as many pass as it says, and names itself when there
// is one more.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		limit                  string
		at, over               string
		found, allowed, offset int
	}{
		{"bytes", "<a>" + strings.Repeat("<!--"+strings.Repeat("x", 89)+"-->", 2) + " </a>", "<a>" + strings.Repeat("<!--"+strings.Repeat("x", 89)+"-->", 2) + "  </a>", 201, 200, 0},
		{"elements", "<a><b/><b/><b/></a>", "<a><b/><b/><b/><c/></a>", 5, 4, 15},
		{"tokens", "<a>x<b/>x<b/>x<b/>x<!----></a>", "<a>x<b/>x<b/>x<b/>x<!---->x</a>", 11, 10, 27},
		{"depth", "<a><b><c/></b></a>", "<a><b><c><d/></c></b></a>", 4, 3, 9},
		{"attributes", "<a b='' c='' xmlns='u:v'/>", "<a b='' c='' xmlns='u:v' d=''/>", 3, 2, 25},
		{"name", "<abcde/>", "<abcdef/>", 6, 5, 1},
		{"name", "<a bcdé=''/>", "<a bcdéf=''/>", 6, 5, 3},
		{"name", "<a xmlns='u:345'/>", "<a xmlns='u:3456'/>", 6, 5, 10},
		{"name", "<a><?bcdef?></a>", "<a><?bcdefg?></a>", 6, 5, 5},
		{"name", "<a>&#x026;</a>", "<a>&#x0026;</a>", 6, 5, 3},
		{"value", "<a b='12345678'/>", "<a b='123456789'/>", 9, 8, 6},
		{"value", "<a>12345678</a>", "<a>123456789</a>", 9, 8, 3},
		{"value", "<a><![CDATA[12345678]]></a>", "<a><![CDATA[123456789]]></a>", 9, 8, 3},
		{"comments", "<a><!----><?b?></a>", "<a><!----><?b?><!----></a>", 3, 2, 15},
		{"comments", "<!----><a/><?b?>", "<!----><a/><?b?><?c?>", 3, 2, 16},
	} {
		checkLimit(t, small(), c.limit, c.at, c.over, Error{Found: c.found, Allowed: c.allowed, Offset: c.offset})
	}
}

func checkLimit(t *testing.T, l Limits, limit, at, over string, want Error) {
	t.Helper()
	if _, err := Parse([]byte(at), l); err != nil {
		t.Errorf("%s: what the limit allows is refused: %v", limit, err)
	}
	_, err := Parse([]byte(over), l)
	var e *Error
	switch {
	case !errors.As(err, &e) || e.Kind != Limit || e.Limit != limit:
		t.Errorf("%s: one too many gives %v", limit, err)
	case e.Found != want.Found || e.Allowed != want.Allowed || e.Offset != want.Offset:
		t.Errorf("%s: found %d, allowed %d, offset %d; want %d, %d, %d", limit, e.Found, e.Allowed, e.Offset, want.Found, want.Allowed, want.Offset)
	case !strings.Contains(e.Reason, fmt.Sprintf("%q is reached: %d found, %d allowed", limit, want.Found, want.Allowed)):
		t.Errorf("%s: the reason is %q", limit, e.Reason)
	}
}

// Declarations count three ways, so each has limits of its own here.
func TestLimitsOfDeclarations(t *testing.T) {
	l := MessageLimits()
	l.Declarations = 2
	checkLimit(t, l, "declarations", "<a xmlns='u:a' xmlns:b='u:b'/>", "<a xmlns='u:a' xmlns:b='u:b' c='' xmlns:d='u:d'/>",
		Error{Found: 3, Allowed: 2, Offset: 34})
	l = MessageLimits()
	l.InScope = 2
	checkLimit(t, l, "declarations-in-scope", "<a xmlns='u:a'><b xmlns='u:b'/><b xmlns='u:b'></b><b xmlns='u:b'/></a>", "<a xmlns='u:a'><b xmlns='u:b'><c xmlns='u:c'/></b></a>",
		Error{Found: 3, Allowed: 2, Offset: 33})
	l = MessageLimits()
	l.DeclarationBase = 1
	five := "<a xmlns='u:a' xmlns:b='u:b' xmlns:c='u:c' xmlns:d='u:d' xmlns:e='u:e'"
	checkLimit(t, l, "declarations-in-document", five+"/>", five+" xmlns:f='u:f'/>", Error{Found: 6, Allowed: 5, Offset: 71})
	// The next element brings four more.
	checkLimit(t, l, "declarations-in-document", five+"><b xmlns='u:1' xmlns:f='u:f' xmlns:g='u:g' xmlns:h='u:h'/></a>",
		five+"><b xmlns='u:1' xmlns:f='u:f' xmlns:g='u:g' xmlns:h='u:h' xmlns:i='u:i'/></a>", Error{Found: 10, Allowed: 9, Offset: 128})
}

// The defaults are those of the table of limits.
func TestDefaultLimits(t *testing.T) {
	message := Limits{1_048_576, 50_000, 250_000, 64, 64, 512, 262_144, 32, 64, 64, 64}
	metadata := message
	metadata.Bytes, metadata.Elements, metadata.Tokens, metadata.Asides = 67_108_864, 2_000_000, 10_000_000, 256
	if MessageLimits() != message || MetadataLimits() != metadata {
		t.Errorf("the limits are %+v and %+v", MessageLimits(), MetadataLimits())
	}
	checkLimit(t, message, "depth", strings.Repeat("<a>", 64)+strings.Repeat("</a>", 64), strings.Repeat("<a>", 65), Error{Found: 65, Allowed: 64, Offset: 192})
}

func TestSetLimit(t *testing.T) {
	names := []string{"bytes", "elements", "tokens", "depth", "attributes", "name", "value", "declarations", "declarations-in-scope", "declarations-in-document", "comments"}
	if !slices.Equal(LimitNames(), names) {
		t.Fatalf("the names are %q", LimitNames())
	}
	var l Limits
	for i, name := range names {
		if err := l.Set(name, i+1); err != nil {
			t.Error(err)
		}
	}
	if want := (Limits{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}); l != want {
		t.Errorf("set to %+v; want %+v", l, want)
	}
	for _, c := range ceilings() {
		m := MessageLimits()
		if c.most < m.Value(c.name) || Most(c.name) != c.most {
			t.Errorf("the default of %s lies above its ceiling", c.name)
		}
		for _, bad := range []int{-1, 0, c.most + 1} {
			if err := m.Set(c.name, bad); err == nil || !strings.Contains(err.Error(), fmt.Sprint(c.most)) {
				t.Errorf("%s = %d gives %v", c.name, bad, err)
			}
		}
		if m != MessageLimits() {
			t.Errorf("a refused value of %s is kept", c.name)
		}
	}
	if err := l.Set("depth", 1_001); err == nil {
		t.Error("a depth is allowed that other libraries stop at")
	}
	if err := l.Set("Depth\x1b", 1); err == nil || !strings.Contains(err.Error(), `found "Depth\x1b"`) || !strings.Contains(err.Error(), "bytes, elements") {
		t.Errorf("an unknown name gives %v", err)
	}
}

func TestLimitsBeyondInt32(t *testing.T) {
	l := MetadataLimits()
	l.Bytes = 1 << 62
	if _, err := Parse([]byte("<a/>"), l); err != nil {
		t.Error(err)
	}
	var e *Error
	if _, err := Parse([]byte("<a/>"), Limits{}); !errors.As(err, &e) || e.Kind != Limit || e.Limit != "bytes" {
		t.Errorf("the zero Limits allow something: %v", err)
	}
}
