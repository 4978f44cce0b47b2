package xmldoc

import (
	"errors"
	"strings"
	"testing"
)

// A refusal is a document that XML 1.0 (fifth edition), Namespaces in XML 1.0
// (third edition) or this package's own rules forbid. Line and column were
// counted by hand.
type refusal struct {
	name, src    string
	kind         Kind
	line, column int
	reason       string // a part of it

	// expat says why expat, another parser, accepts the same bytes: empty if
	// it refuses them too.
	expat string
}

const (
	ownRule = "we refuse what XML allows"
	lenient = "expat is lenient"
)

var refusals = []refusal{
	// Section 2.1: one element, nothing outside it.
	{"empty", "", Truncated, 1, 1, "has no element", ""},
	{"blank", " \n ", Truncated, 2, 2, "has no element", ""},
	{"comment only", "<!-- a -->", Truncated, 1, 11, "has no element", ""},
	{"text before", "x<a/>", Malformed, 1, 1, "before the root", ""},
	{"text after", "<a/>\n x", Malformed, 2, 2, "after the root", ""},
	{"two roots", "<a/><b/>", Malformed, 1, 5, `second root element, "b"`, ""},
	{"reference outside", "<a/>&#32;", Malformed, 1, 5, "after the root", ""},
	{"CDATA outside", "<![CDATA[]]><a/>", Malformed, 1, 1, "CDATA section stands outside", ""},
	{"end tag first", "</a>", Malformed, 1, 1, "before the root", ""},
	{"end tag after", "<a/></a>", Malformed, 1, 5, "after the root", ""},
	{"second mark", "<a/>\uFEFF", Malformed, 1, 5, "after the root", ""},

	// Section 2.2: characters.
	{"NUL", "<a>\x00</a>", Malformed, 1, 4, "U+0000", ""},
	{"C0", "<a>\n\x0B</a>", Malformed, 2, 1, "U+000B", ""},
	{"escape in attribute", "<a b='\x1B'/>", Malformed, 1, 7, "U+001B", ""},
	{"U+FFFE", "<a>é\uFFFE</a>", Malformed, 1, 5, "U+FFFE", ""},
	{"U+FFFF in CDATA", "<a><![CDATA[\uFFFF]]></a>", Malformed, 1, 13, "U+FFFF", ""},
	{"C0 in comment", "<a><!--\x01--></a>", Malformed, 1, 8, "U+0001", ""},
	{"C0 in instruction", "<a><?p \x01?></a>", Malformed, 1, 8, "U+0001", ""},
	{"C0 in open comment", "<a><!-- \x01", Malformed, 1, 9, "U+0001", ""},
	{"C0 in open value", "<a b='\x01", Malformed, 1, 7, "U+0001", ""},

	// Section 2.3: names.
	{"digit first", "<1/>", Malformed, 1, 2, `cannot start with "1"`, ""},
	{"hyphen first", "<a -b=''/>", Malformed, 1, 4, `cannot start with "-"`, ""},
	{"multiplication sign", "<\u00D7/>", Malformed, 1, 2, `"\u00d7"`, ""},
	{"Greek question mark", "<a\u037E/>", Malformed, 1, 3, "white space is missing", ""},
	{"blank first", "< a/>", Malformed, 1, 2, `cannot start with " "`, ""},
	{"no name", "<>", Malformed, 1, 2, `cannot start with ">"`, ""},

	// Section 2.4: character data.
	{"bare ampersand", "<a>x & y</a>", Malformed, 1, 6, `write "&amp;"`, ""},
	{"ampersand before tag", "<a>&</a>", Malformed, 1, 4, `write "&amp;"`, ""},
	{"unfinished reference", "<a>&amp</a>", Malformed, 1, 4, `write "&amp;"`, ""},
	{"query string", "<a b='?x=1&y=2'/>", Malformed, 1, 11, `write "&amp;"`, ""},
	{"]]> in text", "<a>x]]></a>", Malformed, 1, 5, `"]]>" stands in text`, ""},
	{"]]]> in text", "<a>]]]></a>", Malformed, 1, 5, `"]]>" stands in text`, ""},

	// Sections 2.5 to 2.7: comments, instructions, CDATA sections.
	{"two hyphens", "<a><!-- a -- b --></a>", Malformed, 1, 11, `"--" stands`, ""},
	{"three hyphens", "<a><!-- a ---></a>", Malformed, 1, 11, `"--" stands`, ""},
	{"target xml", "<a><?xml version='1.0'?></a>", Malformed, 1, 4, "very start", ""},
	{"target XML", "<a><?XML x?></a>", Malformed, 1, 6, `"XML" of a processing instruction is reserved`, ""},
	{"target XmL first", "<?XmL version='1.0'?><a/>", Malformed, 1, 3, "is reserved", ""},
	{"target with colon", "<a><?b:c d?></a>", Malformed, 1, 6, "holds a colon", ""},
	{"no target", "<a><? b?></a>", Malformed, 1, 6, `cannot start with " "`, ""},
	{"target ends badly", "<a><?b=c?></a>", Malformed, 1, 7, "white space is missing after the target", ""},
	{"lower-case cdata", "<a><![cdata[]]></a>", Malformed, 1, 4, `"<!" starts neither`, ""},
	{"open CDATA", "<a><![CDATA[ ]] ></a>", Truncated, 1, 22, "inside a CDATA section", ""},
	{"open comment", "<a><!-- ></a>", Truncated, 1, 14, "inside a comment", ""},
	{"open instruction", "<a><?p ></a>", Truncated, 1, 13, "inside a processing instruction", ""},

	// Section 2.8: prolog.
	{"DOCTYPE", "<!DOCTYPE a><a/>", Doctype, 1, 1, "document type declaration", ownRule},
	{"DOCTYPE with entity", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Doctype, 2, 1, "document type declaration", ownRule},
	{"DOCTYPE inside", "<a><!DOCTYPE a></a>", Doctype, 1, 4, "document type declaration", ""},
	{"html doctype", "<!doctype html><html></html>", Malformed, 1, 1, `"<!" starts neither`, ""},
	{"directive", "<a><!ELEMENT a ANY></a>", Malformed, 1, 4, `"<!" starts neither`, ""},
	{"nested directive", "<!<a>><a/>", Malformed, 1, 1, `"<!" starts neither`, ""},
	{"blank before declaration", " <?xml version='1.0'?><a/>", Malformed, 1, 2, "very start", ""},
	{"comment before declaration", "<!----><?xml version='1.0'?><a/>", Malformed, 1, 8, "very start", ""},
	{"two declarations", "<?xml version='1.0'?><?xml version='1.0'?><a/>", Malformed, 1, 22, "very start", ""},
	{"declaration without version", "<?xml encoding='UTF-8'?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration empty", "<?xml?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration order", "<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration standalone", "<?xml version='1.0' standalone='maybe'?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration without blank", "<?xml version='1.0'encoding='UTF-8'?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration quotes", "<?xml version='1.0\"?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration upper case", "<?xml VERSION='1.0'?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"declaration not closed", "<?xml version='1.0'><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"encoding empty", "<?xml version='1.0' encoding=''?><a/>", Malformed, 1, 1, "declaration is malformed", ""},
	{"version 1.1", "<?xml version='1.1'?><a/>", Malformed, 1, 16, `XML "1.1"; only XML 1.0`, ownRule},
	{"version 2.0", "<?xml version='2.0'?><a/>", Malformed, 1, 16, `XML "2.0"`, lenient},

	// Section 2.11 and 3.1: tags.
	{"attribute twice", "<a\n b='' b=''/>", Malformed, 2, 7, `"b" stands twice`, ""},
	{"no blank between attributes", "<a b=''c=''/>", Malformed, 1, 8, `missing before "c"`, ""},
	{"no value", "<a b/>", Malformed, 1, 5, `"b" has no value`, ""},
	{"no quotes", "<a b=c/>", Malformed, 1, 6, `"b" is not quoted`, ""},
	{"smart quotes", "<a b=\u201Cc\u201D/>", Malformed, 1, 6, "is not quoted", ""},
	{"< in value", "<a b='<'/>", Malformed, 1, 7, `"<" stands in an attribute value`, ""},
	{"quote missing", "<a b='c><d/></a>", Malformed, 1, 9, `"<" stands in an attribute value`, ""},
	{"slash inside", "<a / >", Malformed, 1, 4, `cannot start with "/"`, ""},
	{"crossed", "<a>\r\n<b></a></b>", Malformed, 2, 4, `end tag of "b" is expected, "a" is found`, ""},
	{"longer end", "<a></ab>", Malformed, 1, 4, `end tag of "a" is expected, "ab" is found`, ""},
	{"shorter end", "<ab></a>", Malformed, 1, 5, `end tag of "ab" is expected, "a" is found`, ""},
	{"end letter case", "<a></A>", Malformed, 1, 4, `"A" is found`, ""},
	{"end blank first", "<a></ a>", Malformed, 1, 4, `" a" is found`, ""},
	{"end attribute", "<a></a b=''>", Malformed, 1, 4, `end tag of "a" is expected`, ""},
	{"not closed", "<a><b></b>", Truncated, 1, 11, `inside the element "a"`, ""},
	{"deep not closed", "<a>\n<é:b xmlns:é='u:v'>t", Truncated, 2, 21, `element "\u00e9:b"`, ""},

	// Section 4.1: references.
	{"entity", "<a>&nbsp;</a>", Malformed, 1, 4, `entity "nbsp" is not declared`, ""},
	{"entity letter case", "<a>&AMP;</a>", Malformed, 1, 4, `entity "AMP"`, ""},
	{"reference zero", "<a>&#0;</a>", Malformed, 1, 4, `"#0" names no XML character`, ""},
	{"reference C0", "<a>&#x1F;</a>", Malformed, 1, 4, `"#x1F"`, ""},
	{"reference surrogate", "<a b='&#xD800;'/>", Malformed, 1, 7, `"#xD800"`, ""},
	{"reference low surrogate", "<a>&#57343;</a>", Malformed, 1, 4, `"#57343"`, ""},
	{"reference U+FFFE", "<a>&#xFFFE;</a>", Malformed, 1, 4, `"#xFFFE"`, ""},
	{"reference too large", "<a>&#x110000;</a>", Malformed, 1, 4, `"#x110000"`, ""},
	{"reference wraps", "<a>&#4294967334;</a>", Malformed, 1, 4, `"#4294967334"`, ""},
	{"reference upper-case X", "<a>&#X26;</a>", Malformed, 1, 4, `"#X26" names no`, ""},
	{"reference without digits", "<a>&#;</a>", Malformed, 1, 4, `"#" names no`, ""},
	{"reference without hex", "<a>&#x;</a>", Malformed, 1, 4, `"#x" names no`, ""},
	{"reference two bases", "<a>&#x0x26;</a>", Malformed, 1, 4, `"#x0x26" names no`, ""},
	{"reference underscore", "<a>&#3_8;</a>", Malformed, 1, 4, `"#3_8" names no`, ""},
	{"reference sign", "<a>&#+38;</a>", Malformed, 1, 4, `write "&amp;"`, ""},
	{"reference minus", "<a>&#-38;</a>", Malformed, 1, 4, `"#-38" names no`, ""},
	{"reference full-width digit", "<a>&#\uFF11;</a>", Malformed, 1, 4, "names no", ""},
	{"reference empty", "<a>&;</a>", Malformed, 1, 4, `write "&amp;"`, ""},
	{"reference hash twice", "<a>&##38;</a>", Malformed, 1, 4, `write "&amp;"`, ""},
	{"reference hex letter", "<a>&#38a;</a>", Malformed, 1, 4, `"#38a" names no`, ""},

	// Section 4.3.3: encodings.
	{"UTF-16 with mark", "\xFF\xFE<\x00a\x00/\x00>\x00", Encoding, 1, 1, "UTF-16", ownRule},
	{"UTF-16 big-endian", "\xFE\xFF\x00<\x00a\x00/\x00>", Encoding, 1, 1, "UTF-16", ownRule},
	{"UTF-16 bare", "<\x00a\x00/\x00>\x00", Encoding, 1, 1, "UTF-16", ownRule},
	{"UTF-16 bare big-endian", "\x00<\x00a\x00/\x00>", Encoding, 1, 1, "UTF-16", ownRule},
	{"UTF-32", "\x00\x00\x00<\x00\x00\x00a", Encoding, 1, 1, "UTF-32", ""},
	{"UTF-32 with mark", "\xFF\xFE\x00\x00<\x00\x00\x00", Encoding, 1, 1, "UTF-32", ""},
	{"Latin-1 bytes", "<a>\nM\xFCller</a>", Encoding, 2, 2, "0xFC is not UTF-8", ""},
	{"Latin-1 declared", "<?xml version='1.0' encoding='ISO-8859-1'?><a>M\xFCller</a>", Encoding, 1, 31, `"ISO-8859-1"; only UTF-8`, ownRule},
	{"Latin-1 declared over UTF-8", "<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>", Encoding, 1, 31, `"ISO-8859-1"; only UTF-8`, ownRule},
	{"UTF-16 declared", "<?xml version='1.0' encoding='UTF-16'?><a/>", Encoding, 1, 31, `"UTF-16"`, ""},
	{"UTF-7 declared", "<?xml version='1.0' encoding='UTF-7'?><a/>", Encoding, 1, 31, `"UTF-7"`, ""},
	{"UTF8 without hyphen", "<?xml version='1.0' encoding='UTF8'?><a/>", Encoding, 1, 31, `"UTF8"`, lenient},
	{"US-ASCII that lies", "<?xml version='1.0' encoding='us-ascii'?><a>ü</a>", Encoding, 1, 45, "0xC3 is not ASCII", ""},
	{"US-ASCII after a mark", "\uFEFF<?xml version='1.0' encoding='US-ASCII'?><a/>", Encoding, 1, 31, "byte order mark", lenient},
	{"overlong", "<a>\xC0\xBC</a>", Encoding, 1, 4, "0xC0", ""},
	{"encoded surrogate", "<a>\xED\xA0\x80</a>", Encoding, 1, 4, "0xED", ""},
	{"beyond Unicode", "<a>\xF4\x90\x80\x80</a>", Encoding, 1, 4, "0xF4", ""},
	{"stray continuation", "<a>\x80</a>", Encoding, 1, 4, "0x80", ""},
	{"half a character after the root", "<a/>\xC3", Encoding, 1, 5, "0xC3", ""},

	// Namespaces in XML 1.0, sections 2 to 7.
	{"undeclared prefix", "<a:b/>", Malformed, 1, 2, `prefix "a" is not declared`, ""},
	{"undeclared attribute prefix", "<a b:c=''/>", Malformed, 1, 4, `prefix "b" is not declared`, ""},
	{"prefix letter case", "<p:a xmlns:P='u:v'/>", Malformed, 1, 2, `prefix "p" is not declared`, ""},
	{"declared on the child only", "<a><p:b/><c xmlns:p='u:v'/></a>", Malformed, 1, 5, `prefix "p"`, ""},
	{"out of scope again", "<a><c xmlns:p='u:v'/><p:b/></a>", Malformed, 1, 23, `prefix "p"`, ""},
	{"two colons", "<a xmlns:a='u:v' a:b:c=''/>", Malformed, 1, 18, "no name with a prefix", ""},
	{"double colon", "<x::y xmlns:x='u:v'/>", Malformed, 1, 2, "no name with a prefix", ""},
	{"colon first", "<:a/>", Malformed, 1, 2, "no name with a prefix", ""},
	{"colon first in attribute", "<a :b='c'/>", Malformed, 1, 4, "no name with a prefix", ""},
	{"colon last", "<a: xmlns:a='u:v'/>", Malformed, 1, 2, "no name with a prefix", ""},
	{"local name with digit", "<a:1 xmlns:a='u:v'/>", Malformed, 1, 2, "no name with a prefix", ""},
	{"prefix taken back", "<a xmlns:b=''/>", Malformed, 1, 4, "XML 1.1", ""},
	{"no prefix declared", "<a xmlns:='u:v'/>", Malformed, 1, 4, "declares no prefix", ""},
	{"prefix with colon", "<a xmlns:b:c='u:v'/>", Malformed, 1, 4, "declares no prefix", ""},
	{"xmlns declared", "<a xmlns:xmlns='u:v'/>", Malformed, 1, 4, `"xmlns" cannot be declared`, ""},
	{"xmlns bound to its own", "<a xmlns:xmlns='" + XMLNSSpace + "'/>", Malformed, 1, 4, `"xmlns" cannot be declared`, ""},
	{"xmlns as element prefix", "<xmlns:a/>", Malformed, 1, 2, `prefix "xmlns" is not declared`, ""},
	{"xml rebound", "<a xmlns:xml='u:v'/>", Malformed, 1, 4, `"xml" is bound to another`, ""},
	{"xml taken back", "<a xmlns:xml=''/>", Malformed, 1, 4, `"xml" is bound to another`, ""},
	{"xml namespace on another prefix", "<a xmlns:b='" + XMLSpace + "'/>", Malformed, 1, 4, `is bound by "xmlns:b"`, ""},
	{"xml namespace as default", "<a xmlns='" + XMLSpace + "'/>", Malformed, 1, 4, `is bound by "xmlns"`, ""},
	{"xml namespace by reference", "<a xmlns:b='&#x68;" + XMLSpace[1:] + "'/>", Malformed, 1, 4, `is bound by "xmlns:b"`, ""},
	{"xmlns namespace as default", "<a xmlns='" + XMLNSSpace + "'/>", Malformed, 1, 4, `prefix "xmlns" is bound by "xmlns"`, ""},
	{"xmlns namespace on a prefix", "<a xmlns:b='" + XMLNSSpace + "'/>", Malformed, 1, 4, `prefix "xmlns" is bound by "xmlns:b"`, ""},
	{"declared twice", "<a xmlns:b='u:v' xmlns:b='u:w'/>", Malformed, 1, 18, `"xmlns:b" stands twice`, ""},
	{"default declared twice", "<a xmlns='u:v' xmlns='u:v'/>", Malformed, 1, 16, `"xmlns" stands twice`, ""},
	{"expanded name twice, prefixes of two lengths", "<a xmlns:b='u:v' xmlns:cc='u:v' b:d='' cc:d=''/>", Malformed, 1, 40, `"cc:d" stands twice in one tag, first written "b:d"`, ""},
	{"expanded name twice", "<a xmlns:b='u:v' xmlns:c='u:v' b:d='' c:d=''/>", Malformed, 1, 39, `"c:d" stands twice in one tag, first written "b:d"`, ""},
	{"expanded name twice, inherited", "<a xmlns:b='u:v'><a xmlns:c='u:&#118;' b:d='' c:d=''/></a>", Malformed, 1, 47, `first written "b:d"`, ""},
}

func TestParseRefuses(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			d, err := Parse([]byte(c.src), MessageLimits())
			var e *Error
			switch {
			case err == nil || !errors.As(err, &e):
				t.Fatalf("Parse gives %v, %v; want an *Error", d, err)
			case d != nil:
				t.Error("a document is given beside the error")
			case e.Kind != c.kind || !strings.Contains(e.Reason, c.reason):
				t.Errorf("%s: %s; want %s: …%s…", e.Kind, e.Reason, c.kind, c.reason)
			case e.Line != c.line || e.Column != c.column:
				t.Errorf("%v; want line %d, column %d", e, c.line, c.column)
			}
		})
	}
}

// Error texts are printed: whatever the document holds, they are one line of
// printable characters and not long.
func TestReasonsArePrintable(t *testing.T) {
	long := "a" + strings.Repeat("é", 200)
	for _, src := range []string{
		"<a><" + long + "></a>", "<a>&" + long + ";</a>", "<a></" + long + "\n\u202E>", "<a \u202E=''/>",
		"<" + long + ":a/>", "<a " + long + "/>", "<a><?" + long + ":?></a>", "<a " + long + "='' " + long + "=''/>",
		"<" + long + ">", "<?xml version='\x1B[31m'?><a/>", "<a>&#" + strings.Repeat("9", 400) + ";</a>",
	} {
		_, err := Parse([]byte(src), MessageLimits())
		if err == nil {
			t.Errorf("%.20q is accepted", src)
			continue
		}
		for _, r := range err.Error() {
			if r != '…' && (r < ' ' || r > '~') {
				t.Errorf("the text holds %U: %q", r, err)
				break
			}
		}
		if len(err.Error()) > 500 || strings.Contains(err.Error(), `\xc`) {
			t.Errorf("the text is long or cuts a character: %v", err)
		}
	}
}
