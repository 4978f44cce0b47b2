package saml_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// having gives a document that has exactly n of what a limit bounds.
var having = map[string]func(n int) string{
	"bytes":    func(n int) string { return padded(n, "<Response>"+strings.Repeat("<!-- -->", 8), "</Response>") },
	"elements": func(n int) string { return "<Response>" + strings.Repeat("<b/>", n-1) + "</Response>" },
	"tokens": func(n int) string {
		return "<Response>" + strings.Repeat("x<b>x</b>", 49_000) + strings.Repeat("x<![CDATA[]]>", (n-2)/2-98_000) + strings.Repeat("x", n%2) + "</Response>"
	},
	"depth": func(n int) string {
		return "<Response>" + strings.Repeat("<a>", n-1) + strings.Repeat("</a>", n-1) + "</Response>"
	},
	"attributes": func(n int) string {
		return "<Response" + numbered(n, ` a%d=""`) + "/>"
	},
	"name":         func(n int) string { return "<Response><" + strings.Repeat("b", n) + "/></Response>" },
	"value":        func(n int) string { return `<Response b="` + strings.Repeat("x", n) + `"/>` },
	"declarations": func(n int) string { return "<Response" + numbered(n, ` xmlns:a%d="urn:x"`) + "/>" },
	"declarations-in-scope": func(n int) string {
		return "<Response>" + strings.Repeat(`<a xmlns="urn:a" xmlns:b="urn:b">`, n/2) + "<a" + strings.Repeat(` xmlns="urn:a"`, n%2) + "/>" + strings.Repeat("</a>", n/2) + "</Response>"
	},
	"declarations-in-document": func(n int) string { // 4 for each of the elements, and as many more
		elements := max(4, n/20)
		all := 4*elements + n
		var b strings.Builder
		b.WriteString("<Response>")
		for i := range elements - 1 {
			k := all / (elements - 1)
			if i < all%(elements-1) {
				k++
			}
			b.WriteString("<a" + numbered(k, ` xmlns:a%d="urn:x"`) + "/>")
		}
		return b.String() + "</Response>"
	},
	"comments": func(n int) string {
		return "<Response>" + strings.Repeat("<!---->", n/2) + strings.Repeat("<?a?>", n-n/2) + "</Response>"
	},
}

func padded(n int, start, end string) string {
	out := start
	const most = 200 << 10
	for len(out)+len(end) < n {
		k := min(most, n-len(out)-len(end))
		if k < 4 {
			out += strings.Repeat("x", k)
			continue
		}
		out += "<b/>" + strings.Repeat("x", k-4)
	}
	return out + end
}

func numbered(n int, form string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

var advised = regexp.MustCompile(`--limit ([a-z-]+)=(\d+)`)

// TestEachLimit: exactly as many of a thing as its limit says are read; one more is
// a finding that says which, how many, how many are allowed, and the flag that
// raises it; and with that value the document is read.
func TestEachLimit(t *testing.T) {
	defaults := saml.MessageLimits()
	for _, name := range saml.LimitNames() {
		t.Run(name, func(t *testing.T) {
			document, allowed := having[name], defaults.Value(name)
			if m := exceeded(document(allowed), nil); m != "" {
				t.Errorf("at the limit: %s", m)
			}
			over := document(allowed + 1)
			m := exceeded(over, nil)
			if want := fmt.Sprintf("the limit %q allows ", name); !strings.HasPrefix(m, want) || name != "declarations-in-document" && !strings.HasPrefix(m, fmt.Sprintf("%s%d, at least %d are found; ", want, allowed, allowed+1)) {
				t.Errorf("one above: %q", m)
			}
			flag := advised.FindStringSubmatch(m)
			if flag == nil || flag[1] != name {
				t.Fatalf("no flag raises it: %q", m)
			}
			value, err := strconv.Atoi(flag[2])
			if err != nil {
				t.Fatal(err)
			}
			raised := saml.MessageLimits()
			if err := raised.Set(name, value); err != nil {
				t.Fatalf("the flag is refused: %v", err)
			}
			if m := exceeded(over, &raised); strings.Contains(m, strconv.Quote(name)) {
				t.Errorf("with what the flag says: %s", m)
			}
		})
	}
}

// TestLimitsBeyondWhatIsSafe: no flag is named that is refused.
func TestLimitsBeyondWhatIsSafe(t *testing.T) {
	if m := exceeded(having["comments"](20_000), nil); !strings.HasSuffix(m, "--limit comments=16384 is the most that is safe, and may not be enough") {
		t.Error(m)
	}
	limits := saml.MessageLimits()
	if err := limits.Set("comments", saml.MostOf("comments")); err != nil {
		t.Fatal(err)
	}
	if m := exceeded(having["comments"](20_000), &limits); !strings.HasSuffix(m, `allows 16384, at least 16385 are found; that is the most that is safe`) {
		t.Error(m)
	}
	if saml.MostOf("elephants") != 0 || limits.Value("elephants") != 0 {
		t.Error("a limit that is not known has a value")
	}
}

// exceeded gives what is said of a limit that a document exceeds; empty for none.
func exceeded(document string, limits *saml.Limits) string {
	for _, f := range saml.Check(saml.Decode([]byte(document)), nil, saml.Options{Limits: limits}).Findings {
		if f.Code == "limit-exceeded" {
			return f.Message
		}
	}
	return ""
}

// TestLimitsOfTheInput: a capture of 2 MiB, and 8 encodings around a message.
func TestLimitsOfTheInput(t *testing.T) {
	limits := saml.MessageLimits()
	if err := limits.Set("bytes", saml.MostOf("bytes")); err != nil {
		t.Fatal(err)
	}
	if m := exceeded(having["bytes"](2<<20), &limits); m != "" {
		t.Error(m)
	}
	if m := exceeded(having["bytes"](2<<20+1), &limits); m != `the limit "input" allows 2097152, at least 2097153 are found` {
		t.Error(m)
	}
}

// TestCeilings: a signed message as large and as dense as the limits can be set
// for is read by both verifiers in bounded time and memory.
func TestCeilings(t *testing.T) {
	if testing.Short() || racing {
		t.Skip("the ceilings take seconds, and far longer with the race detector")
	}
	limits := saml.MessageLimits()
	for _, name := range saml.LimitNames() {
		if err := limits.Set(name, saml.MostOf(name)); err != nil {
			t.Fatal(err)
		}
	}
	bare := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	assertion := idAfter(t, bare, "<Assertion")
	for name, dense := range map[string]string{
		"elements":   strings.Repeat("<a/>", 450_000),
		"attributes": strings.Repeat("<a"+numbered(250, ` a%d=""`)+"/>", 800),
		"depth":      strings.Repeat(strings.Repeat("<a>", 990)+strings.Repeat("</a>", 990), 250),
		"comments":   strings.Repeat("<!---->x", 16_000),
	} {
		t.Run(name, func(t *testing.T) {
			xml := signAs(t, strings.Replace(bare, "</AttributeValue>", dense+"</AttributeValue>", 1), assertion)
			metadata := metadataOf(t, samltest.Login{})
			before, start := allocated(), cpuTime(t)
			r := saml.Check(saml.Decode([]byte(xml)), metadata, saml.Options{Time: samltest.Instant().Add(time.Minute), Limits: &limits})
			spent, bytes := cpuTime(t)-start, allocated()-before
			t.Logf("%d bytes: %v, %d MiB, %s", len(xml), spent, bytes>>20, r.Signatures[0].Witness)
			if spent > 20*time.Second || bytes > 2<<30 {
				t.Errorf("%v and %d MiB", spent, bytes>>20)
			}
			if len(r.Signatures) != 1 || !r.Signatures[0].Verified {
				t.Errorf("not verified: %v", codesOf(r.Findings))
			}
		})
	}
}

// TestLimitsAreHeldToWhatIsSafe: also those that are not made by Set.
func TestLimitsAreHeldToWhatIsSafe(t *testing.T) {
	limits := saml.MessageLimits()
	limits.Depth = 40_000
	if m := exceeded(having["depth"](saml.MostOf("depth")), &limits); m != "" {
		t.Errorf("at the most that is safe: %s", m)
	}
	if m, want := exceeded(having["depth"](saml.MostOf("depth")+1), &limits), `the limit "depth" allows 1000, `; !strings.HasPrefix(m, want) {
		t.Errorf("%q, want %q", m, want)
	}
}
