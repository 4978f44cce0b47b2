package hostile

import (
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// wrappingsOfText split values, or change how what is signed is read.
func wrappingsOfText() []recipe {
	return join(
		of("W23", Holder, assertionSigned(),
			recipe{name: "response-issuer", codes: "response-issuer-mismatch", want: Warned, attack: containing("Issuer", "https://attacker.example.com/")},
			recipe{name: "assertion-behind-verified-response", codes: "response-signature-broken", shapes: bothSigned(), attack: func(p *paper) {
				p.set("", "Destination", "https://attacker.example.com/saml")
			}},
			recipe{name: "subject-edited", codes: "digest-mismatch", attack: containing(nameID, "attacker@example.com")},
			recipe{name: "role-edited", codes: "digest-mismatch", attack: func(p *paper) { p.swap(":role/Admin", ":role/attacker") }},
			recipe{name: "rewritten-markup-honest", want: Passes, attack: rewritten}),
		of("W24", Holder, assertionSigned(),
			recipe{name: "prefixes-rebound-in-response", want: Warned, codes: "schema-violation", attack: func(p *paper) { p.before("Assertion", rebinding) }},
			recipe{name: "prefixes-rebound-in-extensions-honest", want: Passes, attack: func(p *paper) {
				p.before("Status", p.wrapped("", "Extensions", rebinding))
			}},
			recipe{name: "prefixes-rebound-in-keyinfo", want: Passes, attack: appending(signature+"/KeyInfo", rebinding)},
			recipe{name: "forged-in-rebound-prefix", codes: "assertion-multiple", attack: func(p *paper) {
				p.before("Assertion", `<y:Assertion xmlns:y="`+assertionSpace+`" ID="`+forgedID+`" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"><y:Issuer>x</y:Issuer></y:Assertion>`)
			}}),
		of("W25", Holder, assertionSigned(),
			splitting("nameid", nameID, "<!-- -->", "comment-in-value"),
			splitting("session-name", session+"/AttributeValue", "<!--x-->", "comment-in-value"),
			splitting("role", roles+"/AttributeValue", "<!-- -->", "comment-in-value"),
			splitting("audience", audience, "<!---->", "comment-in-value"),
			splitting("issuer", "Assertion/Issuer", "<!-- -->", "comment-in-value"),
			recipe{name: "comment-first", codes: "comment-in-value", attack: func(p *paper) { p.prepend(nameID, "<!-- -->") }},
			recipe{name: "comment-last", codes: "comment-in-value", attack: func(p *paper) { p.append(nameID, "<!-- -->") }},
			recipe{name: "comment-outside-values-honest", want: Passes, attack: func(p *paper) {
				p.before(nameID, "<!-- who -->")
				p.before("Assertion/Conditions", "<!-- when -->")
			}}),
		of("W26", Holder, assertionSigned(),
			splitting("nameid", nameID, "<?p not-an-?>", "instruction-in-value"),
			splitting("session-name", session+"/AttributeValue", "<?p?>", "instruction-in-value"),
			splitting("audience", audience, "<?p x?>", "instruction-in-value"),
			recipe{name: "instruction-signed", by: Provider, codes: "instruction-in-value", issue: func(p *paper) { p.prepend(nameID, "<?p not-an-?>") }},
			recipe{name: "instruction-before-root-honest", want: Passes, attack: func(p *paper) { p.text = "<?style none?>" + p.root().Raw() }}),
	)
}

// wrappingsOfMarkup write values in other ways, or let a provider do so.
func wrappingsOfMarkup() []recipe {
	return join(
		of("W27", Holder, assertionSigned(),
			recipe{name: "cdata-nameid", want: Passes, codes: "cdata-in-value", attack: func(p *paper) {
				p.content(nameID, "<![CDATA["+p.find(nameID).Text()+"]]>")
			}},
			recipe{name: "cdata-session-name", want: Passes, codes: "cdata-in-value", attack: func(p *paper) { p.append(session+"/AttributeValue", "<![CDATA[]]>") }},
			recipe{name: "character-reference-honest", want: Passes, attack: func(p *paper) {
				p.content(session+"/AttributeValue", "&#100;&#x61;na.fixture@example.com")
			}},
			recipe{name: "cdata-forged", codes: "digest-mismatch cdata-in-value", attack: func(p *paper) {
				p.content(nameID, "attacker@<![CDATA[example.com]]>")
			}},
			recipe{name: "cdata-unrelated-honest", want: Passes, shapes: only("entra"), attack: func(p *paper) { p.swap(">Dana<", "><![CDATA[Dana]]><") }}),
		of("W28", Provider, assertionSigned(), injections()...),
	)
}

// rebinding is an element that means nothing, in whose prefixes others mean a lot.
const rebinding = `<y:x xmlns:y="` + elsewhere + `" xmlns:saml="` + elsewhere + `" xmlns:saml2="` + elsewhere + `" xmlns:ds="` + elsewhere + `" xmlns:xs="` + elsewhere + `"/>`

// splitting puts markup that a digest does not cover into the middle of a value.
func splitting(name, path, markup, code string) recipe {
	return recipe{name: name, codes: code, attack: func(p *paper) {
		text := p.find(path).Content()
		p.content(path, text[:len(text)/2]+markup+text[len(text)/2:])
	}}
}

// rewritten is what a serialiser may do to markup without breaking a signature.
func rewritten(p *paper) {
	p.swap(`Version="2.0"`, `Version='2.0'`)
	p.swap(`</`+p.tag("", "Status")+`>`, `</`+p.tag("", "Status")+"\n>")
}

// injections are what users type who know that a provider pastes it into its
// XML as it is, and what it signs then.
func injections() []recipe {
	second := func(p *paper) { p.after(nameID, p.wrapped(nameID, "NameID", "injected@example.com")) }
	attribute := func(name, value string) func(*paper) {
		return func(p *paper) {
			markup := p.wrapped(statement, "AttributeValue", value)
			markup = p.wrapped(statement, "Attribute", markup)
			p.append(statement, markup)
			tag := p.tag(statement, "Attribute")
			p.swap("<"+tag+"><", "<"+tag+` Name="`+name+`"><`)
		}
	}
	withComments := func(o *xmlsig.SignOptions) {
		o.Transforms = []string{xmlsig.EnvelopedSignature, xmlsig.ExclusiveC14NWithComments}
	}
	return []recipe{
		{name: "second-nameid", codes: "element-repeated", issue: second},
		{name: "second-session-name", want: Warned, codes: "attribute-duplicate", issue: attribute(awsAttribute+"RoleSessionName", user)},
		{name: "second-attribute", want: Warned, codes: "attribute-duplicate", issue: doing(attribute("urn:example:uid", "dana"), attribute("urn:example:uid", "injected"))},
		{name: "comment-swallows", want: Warned, codes: "comment-signed", issue: func(p *paper) { p.append(statement, "<!-- the rest -->") }, tune: withComments},
		{name: "comment-in-nameid", codes: "comment-in-value", issue: func(p *paper) { p.append(nameID, "<!-- the rest -->") }, tune: withComments},
		{name: "escaped-honest", want: Passes, issue: func(p *paper) {
			attribute("urn:example:note", "&lt;/NameID&gt;&lt;!--")(p)
		}},
	}
}
