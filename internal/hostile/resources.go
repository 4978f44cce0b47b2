package hostile

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
)

// extended puts markup into Extensions, which nobody signs in these shapes.
func extended(markup string) func(*paper) {
	return func(p *paper) { p.swapBefore("Status", p.tag("", "Extensions"), markup) }
}

// swapBefore puts an element in front of another. It does not parse what it puts
// there: that is what the receiver is for.
func (p *paper) swapBefore(next, name, markup string) {
	tag := "<" + p.tag("", next)
	p.swap(tag, "<"+name+">"+markup+"</"+name+">"+tag)
}

func nested(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }

// deflated compresses a text that so many MiB of blanks follow.
func deflated(text string, blanks int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil
	}
	_, err = w.Write([]byte(text))
	mebibyte := bytes.Repeat([]byte(" "), 1<<20)
	for range blanks {
		if err == nil {
			_, err = w.Write(mebibyte)
		}
	}
	if err != nil || w.Close() != nil {
		return nil
	}
	return b.Bytes()
}

// sizes are documents that are deep, long, or larger than they look.
func sizes() []recipe {
	const limit = "limit-exceeded"
	padded := func(n int) func(*paper) { return func(p *paper) { p.text += strings.Repeat(" ", n-len(p.text)) } }
	base64d := func(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b)) }
	return join(
		of("D1", Holder, nil,
			recipe{name: "64-deep-below", codes: limit, attack: extended(nested(63))},
			recipe{name: "100000-deep", codes: limit, attack: extended(nested(100_000))},
			recipe{name: "100000-deep-in-signature", codes: limit, attack: func(p *paper) { p.swap("<KeyInfo>", nested(100_000)+"<KeyInfo>") }},
			recipe{name: "20000-open", by: Anybody, unsigned: true, codes: limit, attack: func(p *paper) { p.text = strings.Repeat(`<Response xmlns="`+protocolSpace+`">`, 20_000) }},
			recipe{name: "60-deep-honest", want: Passes, attack: extended(nested(60))}),
		of("D2", Holder, nil,
			recipe{name: "60000-elements", codes: limit, attack: extended(strings.Repeat("<a/>", 60_000))},
			recipe{name: "1100-elements-unsigned-honest", want: Passes, attack: extended(strings.Repeat("<a/>", 1100))},
			recipe{name: "15000-elements-honest", want: Passes, attack: extended(strings.Repeat("<a/>", 15_000))},
			recipe{name: "1200-values-honest", by: Provider, want: Passes, issue: adding(`Name="urn:example:groups"`, strings.Split(strings.Repeat("g ", 1199)+"g", " ")...)},
			recipe{name: "1200-values-and-forged", by: Holder, codes: "digest-mismatch", issue: adding(`Name="urn:example:groups"`, strings.Split(strings.Repeat("g ", 1199)+"g", " ")...), attack: containing(nameID, "attacker@example.com")}),
		of("D7", Holder, nil,
			recipe{name: "bomb", by: Anybody, unsigned: true, codes: limit, post: func(s string) []byte { return base64d(deflated(s, 40)) }},
			recipe{name: "bomb-in-redirect", by: Anybody, unsigned: true, codes: limit, post: func(s string) []byte {
				return []byte("SAMLResponse=" + url.QueryEscape(string(base64d(deflated(s, 4)))))
			}},
			recipe{name: "deflated", codes: "deflate-on-post", post: func(s string) []byte { return base64d(deflated(s, 0)) }},
			recipe{name: "trailing-data", codes: "deflate-on-post capture-truncated", post: func(s string) []byte { return base64d(append(deflated(s, 0), deflated(forgedResponse, 0)...)) }},
			recipe{name: "plain-honest", want: Passes, post: func(s string) []byte { return base64d([]byte(s)) }}),
		of("D8", Holder, nil,
			recipe{name: "over-a-mebibyte", codes: limit, attack: padded(1<<20 + 1)},
			recipe{name: "16-mebibytes", codes: limit, attack: padded(16 << 20)},
			recipe{name: "16-mebibytes-of-base64", codes: limit, attack: padded(12 << 20), post: func(s string) []byte { return base64d([]byte(s)) }},
			recipe{name: "16-mebibytes-of-garbage", by: Anybody, unsigned: true, codes: limit, post: func(string) []byte { return bytes.Repeat([]byte("§"), 8<<20) }},
			recipe{name: "70-kibibytes-honest", want: Passes, attack: padded(70 << 10)}),
		of("D10", Holder, nil,
			recipe{name: "just-below-the-limits", codes: "response-oversize", attack: func(p *paper) {
				extended(strings.Repeat("<a b='c'>d</a>", 49_000))(p)
			}},
			recipe{name: "usual-honest", by: Provider, want: Passes, shapes: assertionSigned()}),
	)
}

// values are long ones of types that are parsed, and what is costly to
// canonicalise, sort or compare.
func values() []recipe {
	const conditions = "Assertion/Conditions"
	long := strings.Repeat("9", 100_000)
	var sorting strings.Builder
	for i := range 60 {
		fmt.Fprintf(&sorting, ` z%d="&#9;&amp;&quot;"`, 99-i)
	}
	costly := strings.Repeat("<a"+sorting.String()+">&amp;&gt;&#13;</a>", 500)
	return join(
		of("D9", Provider, nil,
			recipe{name: "fraction", codes: "time-malformed", issue: setting(conditions, "NotOnOrAfter", "2026-09-11T12:00:00."+long+"Z")},
			recipe{name: "year", codes: "time-malformed", issue: setting(conditions, "NotBefore", long+"-09-11T12:00:00Z")},
			recipe{name: "duration", codes: "session-duration-range", issue: containing(statement+"/Attribute(SessionDuration)/AttributeValue", long)},
			recipe{name: "role", codes: "role-arn-malformed", issue: rolesAre("arn:aws:iam::111122223333:role/" + strings.Repeat("a/", 50_000) + ",arn:aws:iam::111122223333:saml-provider/x")},
			recipe{name: "commas", codes: "role-pair-malformed", issue: rolesAre(strings.Repeat("arn:,", 20_000))},
			recipe{name: "session-name", codes: "session-name-malformed", issue: containing(session+"/AttributeValue", strings.Repeat("#", 50_000))},
			recipe{name: "nameid-of-marks", want: Warned, codes: "text-confusable", issue: containing(nameID, "d"+strings.Repeat("\u0301", 10_000))},
			recipe{name: "reference", by: Holder, codes: "reference-mismatch", attack: setting(reference, "URI", "#"+strings.Repeat("a", 100_000))},
			recipe{name: "signature-value", by: Holder, codes: "signature-mismatch", attack: func(p *paper) { p.content(signature+"/SignatureValue", strings.Repeat("AAAA", 50_000)) }},
			recipe{name: "fraction-honest", want: Passes, codes: "time-nonstandard", issue: setting(conditions, "NotOnOrAfter", "2026-09-11T12:00:00.1234567Z")}),
		of("D11", Holder, nil,
			recipe{name: "forged-costly", codes: "digest-mismatch", attack: func(p *paper) { p.append(statement, costly) }},
			recipe{name: "forged-costly-of-unknown-key", by: Anybody, codes: "signature-key-unknown", unsigned: true, attack: func(p *paper) {
				p.text = forge(p.text)
				p.append(statement, costly)
				p.signedByAttacker(p.find("Assertion").Get("ID"))
			}},
			recipe{name: "sixteen-costly-signatures", codes: "signature-misplaced", attack: func(p *paper) {
				p.append(statement, costly)
				extended(strings.Repeat(p.raw(signature), 15))(p)
			}},
			recipe{name: "declarations-before-signature", codes: "limit-exceeded", attack: extended(strings.Repeat(`<a xmlns:p="urn:p">`, 1000) + strings.Repeat("</a>", 1000))},
			recipe{name: "costly-unsigned-honest", want: Passes, attack: extended(strings.Repeat("<a"+sorting.String()+"/>", 20))}),
	)
}
