package xmldoc

import (
	"errors"
	"strings"
	"testing"
)

// cutSample has each construct, with characters of two, three and four bytes
// in each place where they may stand.
const cutSample = "\uFEFF<?xml version='1.0' encoding=\"UTF-8\" standalone='yes'?>\r\n<!-- é - €--><?é \U0001F600 ?>\n" +
	"<é:Response xmlns:é=\"urn:a&amp;b\"\n xmlns='u:v' ID='_1' é:b = \"&#x26;€&lt;\r\n\" >\r\n" +
	" text é€\U0001F600 &amp;&#233;&#xE9; ]] ] > <![CDATA[ <a> ]] \U0001F600 ]]> <!-- - € --> <?q?><?xmlq r='é'??>" +
	"<b/><é:c \n xml:lang='en'/><d\t></d > <ab c=''>é</ab>\n</é:Response >\n<!-- é --><?z?>\n"

// A well-formed document that is cut anywhere is truncated, never malformed and
// never in another encoding: that is what tells the user to copy again.
func TestCutAnywhere(t *testing.T) {
	// The document is complete after the root and after each token behind it.
	complete := make(map[int]bool)
	for _, end := range []string{"</é:Response >", "</é:Response >\n", "</é:Response >\n<!-- é -->", "</é:Response >\n<!-- é --><?z?>"} {
		complete[strings.Index(cutSample, end)+len(end)] = true
	}
	for i := range len(cutSample) {
		_, err := Parse([]byte(cutSample[:i]), MessageLimits())
		var e *Error
		switch {
		case err == nil:
			if !complete[i] {
				t.Errorf("cut at %d (%q): accepted", i, cutSample[max(0, i-20):i])
			}
		case complete[i]:
			t.Errorf("cut at %d (%q): %v; want it accepted", i, cutSample[max(0, i-20):i], err)
		case !errors.As(err, &e) || e.Kind != Truncated:
			t.Errorf("cut at %d (%q): %v; want it truncated", i, cutSample[max(0, i-20):i], err)
		case e.Offset > i:
			t.Errorf("cut at %d: the place %d lies behind the end", i, e.Offset)
		}
	}
}

// What is wrong before the cut is told, not hidden by it.
func TestCutAfterFault(t *testing.T) {
	for src, want := range map[string]Kind{
		"<a>x & y": Malformed, "<a>&#xZ": Malformed, "<a>&1": Malformed, "<a b='x & y": Malformed, "<a b='x&#12g": Malformed,
		"<a>]]>": Malformed, "<a><b></c": Malformed, "<a><![CDATA[\x00": Malformed, "<a><!DOCTYPE": Doctype, "<?xml version='1.0'><a": Malformed,
		"x": Malformed, "<a/>\xE2\x82": Encoding, "<a>\x80\xC3": Encoding, "\x80": Encoding, "<a b='' b=''>\xC3": Malformed,
		// These may go on well.
		"<a>&am": Truncated, "<a>&": Truncated, "<a>&#": Truncated, "<a>&#x": Truncated, "<a>&#x2": Truncated, "<a>&#3": Truncated, "<a>&é": Truncated,
		"<a b='&#x2": Truncated, "<a>\xE2\x82": Truncated, "<a b='\xC3": Truncated, "<a\xC3": Truncated, "<\xC3": Truncated, "<a><!--\xF0\x9F\x98": Truncated,
		"<a></": Truncated, "<abc></ab": Truncated, "<abc></abc": Truncated, "<abc></abc ": Truncated, "\xEF": Truncated, "\xEF\xBB": Truncated, "\uFEFF": Truncated,
		"<": Truncated, "<!": Truncated, "<?": Truncated, "<!D": Truncated, "<a><![CDA": Truncated, "<!-": Truncated, "<a b": Truncated, "<a b=": Truncated, "<a b='c'/": Truncated,
	} {
		_, err := Parse([]byte(src), MessageLimits())
		var e *Error
		if !errors.As(err, &e) || e.Kind != want {
			t.Errorf("%q gives %v; want %s", src, err, want)
		}
	}
}
