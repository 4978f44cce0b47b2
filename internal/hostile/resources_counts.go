package hostile

import (
	"fmt"
	"strings"
)

// numbered gives n texts made of the format, each with its number.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// counts are documents with very many comments or declarations.
func counts() []recipe {
	const limit = "limit-exceeded"
	prefixes, thirtyThree, thirtyTwo := numbered(1000, ` xmlns:p%[1]d="urn:x:%[1]d"`), numbered(33, ` xmlns:p%[1]d="urn:x:%[1]d"`), numbered(32, ` xmlns:p%[1]d="urn:x:%[1]d"`)
	comments := func(n int) string { return strings.Repeat("<!---->", n) }
	return join(
		of("D3", Holder, nil,
			recipe{name: "64000-in-signed-info", codes: limit, attack: func(p *paper) { p.swap("<SignedInfo>", "<SignedInfo>"+comments(64_000)) }},
			recipe{name: "64000-in-assertion", codes: limit, attack: func(p *paper) { p.swap("<Conditions", comments(64_000)+"<Conditions") }},
			recipe{name: "64000-instructions", codes: limit, attack: extended(strings.Repeat("<?a?>", 64_000))},
			recipe{name: "65", codes: limit, attack: extended(comments(65))},
			recipe{name: "64-honest", want: Passes, attack: func(p *paper) { p.swap("<Conditions", comments(64)+"<Conditions") }}),
		of("D4", Holder, nil,
			recipe{name: "1000-prefixes-900-elements", codes: limit, attack: extended("<a" + prefixes + ">" + strings.Repeat("<b/>", 900) + "</a>")},
			recipe{name: "33-on-one", codes: limit, attack: extended("<a" + thirtyThree + "/>")},
			recipe{name: "many-in-scope", codes: limit, attack: extended(strings.Repeat(`<a xmlns:p="urn:p" xmlns:q="urn:q" xmlns:r="urn:r">`, 30) + strings.Repeat("</a>", 30))},
			recipe{name: "many-in-document", codes: limit, attack: extended(strings.Repeat("<a"+thirtyTwo+"/>", 500))},
			recipe{name: "prefixes-in-assertion", codes: limit, attack: func(p *paper) { p.swap("<Conditions", "<Conditions"+prefixes) }},
			recipe{name: "30-honest", want: Passes, attack: extended("<a" + thirtyTwo + "/>")}),
	)
}

// countsOfParts are documents with very many attributes, or parts of Signatures.
func countsOfParts() []recipe {
	const limit = "limit-exceeded"
	sixtyFour := numbered(64, ` a%d=""`)
	return join(
		of("D5", Holder, nil,
			recipe{name: "40000-attributes", codes: limit, attack: extended("<a" + numbered(40_000, ` a%d=""`) + "/>")},
			recipe{name: "65-attributes", codes: limit, attack: extended("<a" + sixtyFour + ` more=""/>`)},
			recipe{name: "long-name", codes: limit, attack: extended("<" + strings.Repeat("a", 513) + "/>")},
			recipe{name: "long-attribute", codes: limit, attack: extended(`<a b="` + strings.Repeat("a", 256<<10+1) + `"/>`)},
			recipe{name: "long-text", codes: limit, attack: extended("<a>" + strings.Repeat("a", 256<<10+1) + "</a>")},
			recipe{name: "long-prefix", codes: limit, attack: extended("<" + strings.Repeat("a", 600) + ":b/>")},
			recipe{name: "64-attributes-honest", want: Passes, attack: extended("<a" + sixtyFour + "/>")},
			recipe{name: "long-value-honest", by: Provider, want: Passes, issue: adding(`Name="urn:example:note"`, strings.Repeat("x", 20_000))}),
		of("D6", Holder, nil,
			recipe{name: "200-signatures", codes: limit, attack: func(p *paper) { extended(strings.Repeat(p.raw(signature), 200))(p) }},
			recipe{name: "1000-references", codes: "reference-multiple", attack: func(p *paper) { p.after(reference, strings.Repeat(p.raw(reference), 999)) }},
			recipe{name: "1000-transforms", codes: "transform-unsupported", attack: func(p *paper) {
				p.append(reference+"/Transforms", strings.Repeat(`<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>`, 999))
			}},
			recipe{name: "1000-certificates", codes: limit, attack: func(p *paper) {
				p.after(signature+"/KeyInfo/X509Data/X509Certificate", strings.Repeat("<X509Certificate>AAAA</X509Certificate>", 1000))
			}},
			recipe{name: "1000-key-names-honest", want: Passes, attack: appending(signature+"/KeyInfo", strings.Repeat("<KeyName>a</KeyName>", 1000))},
			recipe{name: "prefix-list", codes: limit, by: Provider, info: func(p *paper) {
				p.swap(`<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></Transform>`, `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="`+strings.Repeat("a ", 1000)+`"/></Transform>`)
			}},
			recipe{name: "ten-certificates-honest", want: Passes, codes: "keyinfo-malformed", attack: func(p *paper) {
				p.after(signature+"/KeyInfo/X509Data/X509Certificate", strings.Repeat("<X509Certificate>AAAA</X509Certificate>", 9))
			}}),
	)
}
