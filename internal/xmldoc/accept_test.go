package xmldoc

import (
	"slices"
	"strings"
	"testing"
)

func parse(t *testing.T, src string) *Document {
	t.Helper()
	d, err := Parse([]byte(src), MessageLimits())
	if err != nil {
		t.Fatalf("%.80q is refused: %v", src, err)
	}
	return d
}

// accepted are well-formed documents of the constructs that refusals come near.
var accepted = []string{
	"<a/>", "<a></a>", "<a\n></a\n>", "<a />", " \t\r\n<a/>\n", "\uFEFF<a/>",
	"<?xml version='1.0'?><a/>", "\uFEFF<?xml version=\"1.0\" encoding='utf-8'?><a/>",
	"<?xml\tversion = '1.0'\r\nencoding\n=\"UTF-8\" standalone='yes' ?><a/>",
	"<?xml version='1.0' standalone=\"no\"?>\n<a/>", "<?xml version='1.0' encoding='US-ASCII'?><a/>",
	"<?xml-stylesheet href='b'?><a/><?b?><!-- c -->", "<a><?xmlb c?><?b\tc??></a>", "<a><?b <c>&d;--]]>?></a>",
	"<a><!----><!-- > - & < ]]> --><!---> --></a>", "<a><![CDATA[]]><![CDATA[<&]] >]]>></a>", "<a>]]</a>", "<a>]]<![CDATA[]]]]>></a>",
	"<a>&#93;]></a>", "<a b=']]>'/>", "<a b='>\"' c=\"'\"/>", "<a>\u007F\u0085\u00A0\uFFFD\U0001F600\U0010FFFF</a>",
	"<_/>", "<é/>", "<a·/>", "<a\u0301/>", "<a\u203F/>", "<\U00010000/>", "<a-.1/>", "<\u200C/>", "<\u037F/>",
	"<a xmlns:xml='" + XMLSpace + "' xml:lang='en' xml:id='b'/>", "<a xmlns='u:v'><b xmlns=''/></a>",
	"<a xmlns='u:v' xmlns:b='u:v' c='' b:c=''/>", "<xmlfoo:a xmlns:xmlfoo='u:v'/>", "<a xmlns:b='u:v' xmlns:B='u:w' b:c='' B:c=''/>",
	"<a xmlns:_='u:v'><_:b xmlns:_='u:w'/><_:b/></a>", "<a xml='' xmlnsb=''/>", "<b:a c:d='' xmlns:b='u:v' xmlns:c='u:w'/>",
	"<a>&#9;&#xA;&#13;&#x10FFFF;&#xFFFD;&#x00000000000000000026;&#" + strings.Repeat("0", 400) + "38;</a>",
}

func TestParseAccepts(t *testing.T) {
	for _, src := range accepted {
		parse(t, src)
	}
}

// Values are those that the named sections of XML 1.0 give.
func TestText(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"<a/>", ""},
		{"<a>b</a>", "b"},
		{"<a>b\r\nc\rd\n\r\n\re</a>", "b\nc\nd\n\n\ne"},                         // 2.11
		{"<a>&#13;\r\n&#xD;&#10;</a>", "\r\n\r\n"},                              // 2.11: not from references
		{"<a>&lt;&gt;&amp;&apos;&quot;&#38;lt;</a>", "<>&'\"&lt;"},              // 4.4, 4.6
		{"<a>&#x1F600;&#x00e9;&#233;</a>", "\U0001F600éé"},                      // 4.1
		{"<a>b<!-- c -->d<?e f?>g</a>", "bdg"},                                  // W25
		{"<a><!-- c -->d</a>", "d"},                                             //
		{"<a><![CDATA[<b>&amp;\r\n\r]]]]><![CDATA[>]]></a>", "<b>&amp;\n\n]]>"}, // 2.7
		{"<a>b<c>d<e/>f</c><g>h</g>i</a>", "bdfhi"},
		{"<a>\t b \n</a>", "\t b \n"},
	} {
		if got := parse(t, c.src).Root().Text(); got != c.want {
			t.Errorf("the text of %q is %q; want %q", c.src, got, c.want)
		}
	}
}

func TestFirstText(t *testing.T) {
	for src, want := range map[string]string{
		"<a>b&amp;<![CDATA[c]]>d<!---->e</a>": "b&cd", "<a><b/>c</a>": "", "<a>b<?c?>d</a>": "b", "<a/>": "",
	} {
		if got := parse(t, src).Root().FirstText(); got != want {
			t.Errorf("the first text of %q is %q; want %q", src, got, want)
		}
	}
}

// Section 3.3.3: literal white space becomes blanks, a line end one; what a
// reference names stays.
func TestAttributeValue(t *testing.T) {
	for _, c := range []struct {
		raw, want string
		plain     bool
	}{
		{"b", "b", true}, {"", "", true}, {" b  c ", " b  c ", true}, {"é]]>", "é]]>", true},
		{"b\r\nc\rd\ne\tf", "b c d e f", false}, {"\r\n\r\n\n\r", "    ", false},
		{"&#13;&#10;&#9;&#x20;", "\r\n\t ", false}, {"&lt;&amp;&quot;", "<&\"", false}, {"&#38;#38;", "&#38;", false},
	} {
		a := parse(t, "<a b=\""+c.raw+"\"/>").Root().Attr("", "b")
		if a.Value() != c.want || a.Plain() != c.plain || a.Raw() != c.raw {
			t.Errorf("%q gives %q, plain %v; want %q, %v", c.raw, a.Value(), a.Plain(), c.want, c.plain)
		}
	}
}

func TestNamespaces(t *testing.T) {
	d := parse(t, `<a xmlns="u:d" xmlns:p="u:p" b="1" p:b="2" xml:b="3"><p:c xmlns="" xmlns:p="u:q"><d p:b="4"/></p:c><p:e/></a>`)
	var got []string
	for e := range d.Elements() {
		got = append(got, "{"+e.Space()+"}"+e.Local()+" "+e.Prefix())
		for a := range e.Attrs() {
			got = append(got, "@{"+a.Space()+"}"+a.Local()+" "+a.Prefix()+"="+a.Value())
		}
	}
	want := []string{"{u:d}a ", "@{}b =1", "@{u:p}b p=2", "@{" + XMLSpace + "}b xml=3", "{u:q}c p", "{}d ", "@{u:q}b p=4", "{u:p}e p"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q; want %q", got, want)
	}
	root := d.Root()
	inner := root.Child("u:q", "c").Child("", "d")
	for _, c := range []struct {
		e             Element
		prefix, space string
		bound         bool
	}{
		{inner, "", "", true}, {inner, "p", "u:q", true}, {inner, "xml", XMLSpace, true}, {inner, "q", "", false},
		{root, "", "u:d", true}, {root, "p", "u:p", true}, {parse(t, "<a/>").Root(), "", "", true},
	} {
		if space, bound := c.e.Resolve(c.prefix); space != c.space || bound != c.bound {
			t.Errorf("%s resolves %q to %q, %v; want %q, %v", c.e.Path(), c.prefix, space, bound, c.space, c.bound)
		}
	}
	if root.Get("b") != "1" || root.Attr("u:p", "b").Value() != "2" || root.Attr("u:d", "b").Present() || root.AttrCount() != 3 || root.DeclarationCount() != 2 {
		t.Error("attributes are not told apart by namespace")
	}
	declared := slices.Collect(root.Child("u:q", "c").Declarations())
	if !slices.Equal(declared, []Declaration{{"", "", strings.Index(d.Source(), `xmlns=""`)}, {"p", "u:q", strings.Index(d.Source(), `xmlns:p="u:q"`)}}) {
		t.Errorf("the declarations are %v", declared)
	}
}

// RFC 3986, sections 3 and 4.3, and the shapes of W21 and W22.
func TestRelativeNamespaces(t *testing.T) {
	for _, uri := range []string{
		"urn:oasis:names:tc:SAML:2.0:assertion", "http://www.w3.org/2000/09/xmldsig#", "HTTP://u@h:80/%7Ea;b=c?d/?e#f?/", "a+b-c.1:x",
		"http://[2001:db8::1]:443/x", "file:///a", "mailto:a@example.com", "x:", "http://h", "urn:a%C3%A9", "tag:example.com,2026:a",
	} {
		if d := parse(t, "<a xmlns:n='"+uri+"'/>"); len(d.RelativeNamespaces()) != 0 {
			t.Errorf("%q is taken for relative", uri)
		}
	}
	for _, uri := range []string{
		"1", "a/b", "../a", "#a", "?a", "//h/a", ":a", "1a:b", "a_b:c", "é:a", " urn:a", "urn:a ", "urn:a b", "urn:é", "http://example.com\u0080",
		"urn:%zz", "urn:a%4", "urn:a#b#c", "urn:[a]", "http://[::1/x", "http://[1.2.3.4]/", "http://[fe80::1%25eth0]/", "http://h:x/", "http://h[1]/", "http://a@b@h/",
		"http://[::1]x/", "urn:&lt;a>", "urn:a\\b", "urn:a^b", "urn:{a}", "urn:a|b", "urn:`a", "urn:\u007F", "urn:a&#10;",
	} {
		d := parse(t, "<a xmlns='u:v' xmlns:n=\""+uri+"\"/>")
		if got := d.RelativeNamespaces(); len(got) != 1 || got[0].Prefix != "n" || got[0].Offset != 15 {
			t.Errorf("%q gives %v; want the declaration of n", uri, got)
		}
	}
	if d := parse(t, "<a xmlns=''/>"); len(d.RelativeNamespaces()) != 0 {
		t.Error("taking the default namespace back is no relative name")
	}
}

func TestIsNCName(t *testing.T) {
	for s, want := range map[string]bool{
		"_a": true, "a-1.b": true, "é": true, "": false, "1a": false, "-a": false, "a:b": false, ":": false, "a b": false, "a\x00": false, "a\xFF": true,
	} {
		if strings.ToValidUTF8(s, "") == s && IsNCName(s) != want {
			t.Errorf("IsNCName(%q) is %v", s, !want)
		}
	}
}
