package saml

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// sampleXML has every kind of byte that an encoding may spoil: blanks, plus
// signs, slashes, references, quotes and letters outside ASCII. Its length is a
// multiple of 3, so that its base64 ends in a plus sign.
const sampleXML = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" ` +
	`Destination='https://signin.aws.amazon.com/saml'><a>1+1 &lt; 3 &amp;amp; é ≥ 100%41 \n ???>>></a></samlp:Response>` + "\r\n<!-- a+b/c=> -->"

func encode64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func fold(s string, width int, lineEnd string) string {
	var b strings.Builder
	for ; len(s) > width; s = s[width:] {
		b.WriteString(s[:width] + lineEnd)
	}
	return b.String() + s
}

func squeeze(t testing.TB, xml string, writer func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := writer(&b)
	if _, err := io.WriteString(w, xml); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func deflate(t testing.TB, xml string) string {
	return squeeze(t, xml, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, 9)
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

func quoteJSON(t testing.TB, s string) string {
	t.Helper()
	out, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// escapeAll writes every character that is no letter or digit as an escape.
func escapeAll(s, before, after string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && isAlphanumeric(byte(r)) {
			b.WriteRune(r)
			continue
		}
		const digits = "0123456789abcdef"
		b.WriteString(before + string(digits[r>>4]) + string(digits[r&15]) + after)
	}
	return b.String()
}

// An encoding is one of the forms in which a message is captured, and what
// Decode should say of it.
type encoding struct {
	name   string
	encode func(t testing.TB, xml string) string
	form   Form
	layers []string
}

func encodings() []encoding {
	plain := func(f func(string) string) func(testing.TB, string) string {
		return func(_ testing.TB, xml string) string { return f(xml) }
	}
	b64 := func(f func(string) string) func(testing.TB, string) string {
		return func(_ testing.TB, xml string) string { return f(encode64(xml)) }
	}
	return []encoding{
		{"raw XML", plain(func(s string) string { return s }), FormXML, nil},
		{"base64", b64(func(s string) string { return s }), FormBase64, nil},
		{"base64 with a byte order mark", b64(func(s string) string { return "\ufeff" + s + "\n" }), FormBase64, nil},
		{"base64 in lines of 76", b64(func(s string) string { return fold(s, 76, "\r\n") }), FormBase64, nil},
		{"base64 in lines of 7", b64(func(s string) string { return fold(s, 7, "\n") }), FormBase64, nil},
		{"base64 in indented lines", b64(func(s string) string { return "   " + fold(s, 64, "\n   ") }), FormBase64, nil},
		{"base64 in lines with trailing blanks", b64(func(s string) string { return fold(s, 64, " \n") }), FormBase64, nil},
		{"base64 with tabs", b64(func(s string) string { return fold(s, 9, "\t") }), FormBase64, nil},
		{"base64 whose lines were joined by blanks", b64(func(s string) string { return fold(s, 76, " ") }), FormBase64, nil},
		{"base64 without padding", b64(func(s string) string { return strings.TrimRight(s, "=") }), FormBase64, nil},
		{"base64 in double quotes", b64(func(s string) string { return `"` + s + `"` }), FormBase64, nil},
		{"base64 in single quotes", b64(func(s string) string { return " '" + s + "',\n" }), FormBase64, nil},
		{"base64 in typographic quotes", b64(func(s string) string { return "“" + s + "”" }), FormBase64, nil},
		{"base64 in backticks", b64(func(s string) string { return "`" + s + "`" }), FormBase64, nil},
		{"base64 percent-encoded", b64(url.QueryEscape), FormURLEncoded, []string{"url-encoded"}},
		{"base64 percent-encoded twice", b64(func(s string) string { return url.QueryEscape(url.QueryEscape(s)) }), FormURLEncoded, []string{"url-encoded", "url-encoded"}},
		{"base64 in lower-case percent-encoding", b64(func(s string) string { return escapeAll(s, "%", "") }), FormURLEncoded, []string{"url-encoded"}},
		{"form", b64(func(s string) string { return "SAMLResponse=" + url.QueryEscape(s) + "&RelayState=x%26y" }), FormForm, nil},
		{"form, RelayState first", b64(func(s string) string { return "RelayState=a+b%3D&SAMLResponse=" + url.QueryEscape(s) }), FormForm, nil},
		{"form in lines", b64(func(s string) string { return "RelayState=&SAMLResponse=" + url.QueryEscape(fold(s, 76, "\r\n")) }), FormForm, nil},
		{"form whose escapes were undone", b64(func(s string) string { return "SAMLResponse=" + s + "&RelayState=" }), FormForm, nil},
		{"form encoded twice", b64(func(s string) string { return "SAMLResponse=" + url.QueryEscape(url.QueryEscape(s)) }), FormForm, []string{"url-encoded"}},
		{"form as a whole percent-encoded", b64(func(s string) string { return url.QueryEscape("SAMLResponse=" + url.QueryEscape(s)) }), FormURLEncoded, []string{"url-encoded"}},
		{"form fields in lines", b64(func(s string) string { return "RelayState=x\nSAMLResponse=" + s + "\nRelayState=y" }), FormForm, nil},
		{"name and colon", b64(func(s string) string { return "SAMLResponse: " + s }), FormForm, nil},
		{"names and colons", b64(func(s string) string { return "RelayState: \nSAMLResponse: " + s + "\nSigAlg: x" }), FormForm, nil},
		{"name and tab", b64(func(s string) string { return "SAMLResponse\t" + s + "\n" }), FormForm, nil},
		{"a piece of JSON", b64(func(s string) string { return `"SAMLResponse": "` + s + `",` }), FormForm, nil},
		{"form of XML", plain(func(s string) string { return "SAMLResponse=" + url.QueryEscape(s) }), FormForm, nil},
		{"XML percent-encoded, blanks as plus", plain(url.QueryEscape), FormURLEncoded, []string{"url-encoded"}},
		{"XML percent-encoded, blanks as %20", plain(func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }), FormURLEncoded, []string{"url-encoded"}},
		{"XML HTML-escaped", plain(html.EscapeString), FormXML, []string{"html-escaped"}},
		{"base64 HTML-escaped, hexadecimal", b64(func(s string) string { return escapeAll(s, "&#x", ";") }), FormBase64, []string{"html-escaped"}},
		{"base64 HTML-escaped, decimal", b64(func(s string) string {
			return strings.NewReplacer("+", "&#43;", "=", "&#61;", "/", "&#47;").Replace(s)
		}), FormBase64, []string{"html-escaped"}},
		{"form HTML-escaped", b64(func(s string) string { return html.EscapeString("RelayState=a&SAMLResponse=" + url.QueryEscape(s)) }), FormForm, []string{"html-escaped"}},
		{"base64 as a JSON string", func(t testing.TB, s string) string { return quoteJSON(t, fold(encode64(s), 76, "\r\n")) }, FormBase64, nil},
		{"base64 with JSON escapes", b64(func(s string) string { return escapeAll(s, `\u00`, "") }), FormBase64, nil},
		{"base64 with escaped slashes", b64(func(s string) string { return strings.ReplaceAll(s, "/", `\/`) }), FormBase64, nil},
		{"XML as a JSON string", quoteJSON, FormXML, nil},
		{"base64url", plain(func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) }), FormBase64URL, []string{"base64url"}},
		{"base64url without padding", plain(func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }), FormBase64URL, []string{"base64url"}},
		{"base64 twice", b64(encode64), FormBase64, []string{"base64"}},
		{"base64 three times", b64(func(s string) string { return encode64(encode64(s)) }), FormBase64, []string{"base64", "base64"}},
		{"base64 of lines of base64", b64(func(s string) string { return encode64(fold(s, 76, "\n")) }), FormBase64, []string{"base64"}},
		{"base64 of percent-encoding", b64(func(s string) string { return encode64(url.QueryEscape(s)) }), FormBase64, []string{"url-encoded", "base64"}},
		{"DEFLATE in base64", func(t testing.TB, s string) string { return encode64(deflate(t, s)) }, FormDeflate, nil},
		{"redirect", func(t testing.TB, s string) string {
			return "https://sp.example.com/acs?SAMLResponse=" + url.QueryEscape(encode64(deflate(t, s))) + "&RelayState=r&SigAlg=x#top"
		}, FormDeflate, nil},
		{"query", func(t testing.TB, s string) string {
			return "?RelayState=r&SAMLResponse=" + url.QueryEscape(encode64(deflate(t, s)))
		}, FormDeflate, nil},
		{"zlib in base64", func(t testing.TB, s string) string {
			return encode64(squeeze(t, s, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }))
		}, FormDeflate, nil},
		{"gzip in base64", func(t testing.TB, s string) string {
			return encode64(squeeze(t, s, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }))
		}, FormDeflate, nil},
		{"gzip of XML", func(t testing.TB, s string) string {
			return squeeze(t, s, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
		}, FormXML, nil},
		{"raw DEFLATE", func(t testing.TB, s string) string { return deflate(t, s) }, FormXML, nil},
		{"data URL", b64(func(s string) string { return "data:text/xml;base64," + s }), FormBase64, nil},
		{"data URL percent-encoded", b64(func(s string) string { return "data:application/xml;base64," + url.PathEscape(s) }), FormBase64, nil},
		{"data URL of XML", plain(func(s string) string { return "data:text/xml," + strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }), FormXML, nil},
		{"base64 in UTF-16", b64(func(s string) string {
			var b strings.Builder
			for _, r := range "\ufeff" + s + "\r\n" {
				b.WriteByte(byte(r))
				b.WriteByte(byte(r >> 8))
			}
			return b.String()
		}), FormBase64, nil},
	}
}

func TestDecodeUndoesEveryEncoding(t *testing.T) {
	for _, padding := range []string{"", " ", "  "} {
		xml := sampleXML + "<!--" + padding + "-->"
		for _, e := range encodings() {
			m := Decode([]byte(e.encode(t, xml)))
			if string(m.XML()) != xml {
				t.Errorf("%s: decoded %q, steps %q", e.name, m.XML(), m.Steps())
				continue
			}
			if m.Form() != e.form || !slices.Equal(m.capture.layers, e.layers) {
				t.Errorf("%s: form %s, layers %q; want %s, %q", e.name, m.Form(), m.capture.layers, e.form, e.layers)
			}
			if want := len(encode64(xml)); m.EncodedLength() != want {
				t.Errorf("%s: encoded length %d, want %d", e.name, m.EncodedLength(), want)
			}
			if f := m.capture; f.plusLost != 0 || f.broken != nil || f.tooLarge != nil || f.other != "" || f.empty || f.noField {
				t.Errorf("%s: a flawless capture has the faults %+v", e.name, f)
			}
		}
	}
}

// Hostile captures take time in proportion to their size: ten times what an
// honest one of the size takes would show a loop within a loop.
func TestDecodeIsLinear(t *testing.T) {
	for _, unit := range []string{"&", "&#", "&#43;", `\`, `\u002b`, "%", "%25", "=", "SAMLResponse", "SAMLResponse=", "SAMLResponse\n",
		"\n", " ", "A ", "AAAA\n", "<", "<?", "<!--", "<?a?>", "eyJ", "eyJ.", "-", "_", "\"", "'", "“", "{", "data:", "\x00", "é", "\xff"} {
		for _, start := range []string{"", "x", "PHNh", "{", "SAMLResponse=", "SAMLResponse", "https://a?", "data:,"} {
			text := start + strings.Repeat(unit, (256<<10)/len(unit)) + ";"
			began := time.Now()
			Decode([]byte(text))
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("%q and many of %q took %s", start, unit, took)
			}
		}
	}
}

// TestTextBeforeTheRoot: raw XML is judged as it stands, so that text around it
// is a fault of the XML.
func TestTextBeforeTheRoot(t *testing.T) {
	const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"/>`
	for _, text := range []string{"foo" + xml, "foo <?xml version=\"1.0\"?>" + xml, xml + "foo"} {
		m := Decode([]byte(text))
		r := Check(m, nil, Options{})
		if m.Form() != FormXML || len(r.Findings) == 0 || r.Findings[0].Code != "xml-malformed" || r.Verdict != Fail {
			t.Errorf("%s: form %s, %v", text, m.Form(), r.Findings)
		}
	}
	if m := Decode([]byte("a Response is expected")); m.XML() != nil {
		t.Error("text that only speaks of a Response is read as XML")
	}
}
