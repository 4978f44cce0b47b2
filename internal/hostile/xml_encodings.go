package hostile

import (
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
)

// wide gives a text in UTF-16.
func wide(order binary.AppendByteOrder, mark bool) func(string) []byte {
	return func(text string) []byte {
		var out []byte
		if mark {
			out = order.AppendUint16(out, 0xfeff)
		}
		for _, u := range utf16.Encode([]rune(text)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
}

// encodings are texts that are not UTF-8, or say so, and characters that XML
// does not know.
func encodings() []recipe {
	declaring := func(name, encoding string) recipe {
		return recipe{name: name, codes: "encoding-unsupported", attack: prolog(`<?xml version="1.0" encoding="` + encoding + `"?>`)}
	}
	holding := func(name, code, octets string) recipe {
		return recipe{name: name, codes: code, attack: func(p *paper) { p.swap(">dana.fixture@example.com<", ">"+octets+"dana<") }}
	}
	return of("X6", Holder, nil,
		recipe{name: "utf-16-le", codes: "encoding-unsupported", post: wide(binary.LittleEndian, true)},
		recipe{name: "utf-16-be", codes: "encoding-unsupported", post: wide(binary.BigEndian, true)},
		recipe{name: "utf-16-le-without-mark", codes: "encoding-unsupported", post: wide(binary.LittleEndian, false)},
		declaring("declared-utf-16", "UTF-16"), declaring("declared-utf-7", "UTF-7"), declaring("declared-latin-1", "ISO-8859-1"), declaring("declared-ebcdic", "IBM037"), declaring("declared-unknown", "attacker"),
		holding("invalid", "encoding-unsupported", "\xff"), holding("overlong", "encoding-unsupported", "\xc0\xaf"), holding("surrogate", "encoding-unsupported", "\xed\xa0\x80"),
		holding("cut-short", "encoding-unsupported", "\xe2\x82"), holding("beyond-unicode", "encoding-unsupported", "\xf4\x90\x80\x80"),
		holding("nul", "xml-malformed", "\x00"), holding("escape", "xml-malformed", "\x1b[2J"), holding("no-character", "xml-malformed", "\ufffe"),
		holding("nul-reference", "xml-malformed", "&#0;"), holding("surrogate-reference", "xml-malformed", "&#xD800;"), holding("control-reference", "xml-malformed", "&#x1b;"),
		holding("reference-beyond-unicode", "xml-malformed", "&#x110000;"), holding("reference-overflow", "xml-malformed", "&#4294967393;"),
		recipe{name: "byte-order-mark-honest", want: Passes, codes: "byte-order-mark", attack: func(p *paper) { p.text = "\ufeff" + p.text }},
		recipe{name: "declared-us-ascii-honest", want: Passes, attack: prolog(`<?xml version="1.0" encoding="US-ASCII"?>`)},
		recipe{name: "declared-utf-8-honest", want: Passes, attack: prolog(`<?xml version='1.0' encoding='utf-8' ?>`)},
	)
}

// transports are what tools and careless hands make of a response, and messages
// that are something else.
func transports() []recipe {
	encoded := func(text string) []byte { return []byte(base64.StdEncoding.EncodeToString([]byte(text))) }
	said := func(markup string) func(string) []byte { return func(string) []byte { return []byte(markup) } }
	return of("X10", Holder, nil,
		recipe{name: "indented", codes: "digest-mismatch", attack: func(p *paper) {
			p.after(nameID, "\n    ")
			p.before("Assertion/Conditions", "\n  ")
		}},
		recipe{name: "pretty-printed", codes: "signature-mismatch", attack: func(p *paper) { p.text = strings.ReplaceAll(p.text, "><", ">\n<") }},
		recipe{name: "smart-quotes", codes: "xml-malformed", attack: swapping(`Version="2.0"`, `Version=“2.0”`)},
		recipe{name: "cut", codes: "capture-truncated", post: func(s string) []byte { return []byte(s[:len(s)*2/3]) }},
		recipe{name: "cut-base64", codes: "capture-truncated", post: func(s string) []byte { return encoded(s)[:4095] }},
		recipe{name: "base64-twice", want: Warned, codes: "base64-twice", post: func(s string) []byte { return encoded(string(encoded(s))) }},
		recipe{name: "percent-encoded", want: Warned, codes: "url-encoding-kept", post: func(s string) []byte { return []byte(url.QueryEscape(string(encoded(s)))) }},
		recipe{name: "html-escaped", want: Warned, codes: "html-escaped", post: func(s string) []byte {
			return []byte(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s))
		}},
		recipe{name: "plus-lost", want: Warned, codes: "base64-plus-lost", post: func(s string) []byte { return []byte(strings.ReplaceAll(string(encoded(s)), "+", " ")) }},
		recipe{name: "html-page", by: Anybody, unsigned: true, codes: "message-not-response", post: said("<!DOCTYPE html><html><head><title>Sign in</title></head><body>attacker</body></html>")},
		recipe{name: "logout-response", by: Anybody, unsigned: true, codes: "message-not-response", post: said(`<LogoutResponse xmlns="` + protocolSpace + `" ID="_a" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"/>`)},
		recipe{name: "ws-federation", by: Anybody, unsigned: true, codes: "message-not-response", post: said(`<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"/>`)},
		recipe{name: "bare-assertion", codes: "message-not-response", attack: func(p *paper) { p.text = p.raw("Assertion") }},
		recipe{name: "garbage", by: Anybody, unsigned: true, codes: "message-not-response", post: said("attacker §§§ attacker")},
		recipe{name: "form-with-two-forged-first", codes: "message-multiple signature-missing", post: twoFields(true)},
		recipe{name: "form-with-two-forged-last", codes: "message-multiple", post: twoFields(false)},
		recipe{name: "two-base64", codes: "xml-malformed", post: func(s string) []byte { return append(encoded(s), encoded(forgedResponse)...) }},
		recipe{name: "two-base64-forged-first", codes: "base64-malformed", post: func(s string) []byte { return append(encoded(forgedResponse+"  "), encoded(s)...) }},
		recipe{name: "soap-honest", want: Passes, codes: "envelope-removed", attack: func(p *paper) {
			p.text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` + p.root().Raw() + "</s:Body></s:Envelope>"
		}},
		recipe{name: "soap-with-two-responses", codes: "message-not-response", attack: func(p *paper) {
			p.text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` + forgedResponse + p.root().Raw() + "</s:Body></s:Envelope>"
		}},
		recipe{name: "base64-honest", want: Passes, post: encoded},
		recipe{name: "form-honest", want: Passes, post: func(s string) []byte {
			return []byte("SAMLResponse=" + url.QueryEscape(string(encoded(s))) + "&RelayState=x")
		}},
	)
}

// twoFields posts two responses in one form: frameworks take the first, or the
// last.
func twoFields(forgedFirst bool) func(string) []byte {
	return func(text string) []byte {
		fields := []string{text, forgedResponse}
		if forgedFirst {
			slices.Reverse(fields)
		}
		for i, f := range fields {
			fields[i] = "SAMLResponse=" + url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(f)))
		}
		return []byte(strings.Join(fields, "&"))
	}
}

// xmlHabits are instructions, line breaks, and what xml: attributes hand down.
func xmlHabits() []recipe {
	return join(
		of("X8", Holder, nil,
			recipe{name: "stylesheet-before-root", want: Passes, attack: prolog(`<?xml-stylesheet type="text/xsl" href="http://attacker.example.com/x.xsl"?>`)},
			recipe{name: "in-role", codes: "instruction-in-value", attack: func(p *paper) { p.append(roles+"/AttributeValue", "<?x?>") }},
			recipe{name: "in-issuer", codes: "instruction-in-value", attack: func(p *paper) { p.append("Assertion/Issuer", "<?x?>") }},
			recipe{name: "in-signed-info", codes: "signature-malformed", attack: func(p *paper) { p.append(signedInfo, "<?x?>") }},
			recipe{name: "in-signature-value", codes: "instruction-in-value", attack: func(p *paper) { p.append(signature+"/SignatureValue", "<?x?>") }},
			recipe{name: "between-elements-honest", by: Provider, want: Passes, issue: beforeThat(statement, "<?proxy none?>")},
			recipe{name: "outside-what-is-signed-honest", want: Passes, attack: beforeThat("Status", "<?proxy none?>")}),
		of("X9", Holder, nil,
			recipe{name: "line-break-in-signed-attribute", codes: "digest-mismatch", attack: func(p *paper) {
				p.setRaw(bearerData, "Recipient", "https://signin.aws.amazon.com/saml\n")
			}},
			recipe{name: "crlf-in-signed-text", codes: "digest-mismatch", attack: func(p *paper) { p.append(nameID, "&#13;\n") }},
			recipe{name: "tab-for-blank-honest", by: Provider, want: Passes, codes: "witness-unavailable", issue: appending(statement,
				`<Attribute Name="urn:example:note" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic" FriendlyName="two words"><AttributeValue>x</AttributeValue></Attribute>`),
				attack: func(p *paper) { p.swap("two words", "two\nwords") }},
			recipe{name: "crlf-between-elements-honest", by: Provider, want: Passes, issue: beforeThat(statement, "\n"), attack: func(p *paper) {
				p.swap("\n<AttributeStatement", "\r\n<AttributeStatement")
			}}),
		of("X11", Holder, nil,
			recipe{name: "xml-id", codes: "id-misplaced", attack: setting("", "xml:id", "_attacker")},
			recipe{name: "xml-id-signed", by: Provider, codes: "id-misplaced", issue: setting("Assertion", "xml:id", "_other")},
			recipe{name: "lang-inherited-by-inclusive", codes: "digest-mismatch", tune: transforming(signatureSpace+"enveloped-signature", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"), attack: setting("", "xml:lang", "en")},
			recipe{name: "base-on-response", want: Warned, codes: "schema-violation", attack: setting("", "xml:base", "http://attacker.example.com/")},
			recipe{name: "space-on-assertion", by: Provider, want: Warned, codes: "schema-violation", issue: setting("Assertion", "xml:space", "preserve")},
			recipe{name: "lang-in-value-honest", by: Provider, want: Passes, issue: appending(statement,
				`<Attribute Name="urn:example:note"><AttributeValue xml:lang="de">Hallo</AttributeValue></Attribute>`)}),
	)
}
