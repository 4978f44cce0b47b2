package hostile

import (
	"fmt"
	"strings"
)

// wrappingsOfNames play with IDs, names and namespaces, and with what readers
// take for the same.
func wrappingsOfNames() []recipe {
	ids := func(name string) func(*paper) { // the forged one claims the genuine ID by another attribute
		return func(p *paper) {
			id := p.find("Assertion").Get("ID")
			p.replace("Assertion", strings.Replace(p.forgedSigned(forgedID), " ", " "+name+`="`+id+`" `, 1))
		}
	}
	return join(
		of("W18", Holder, assertionSigned(),
			recipe{name: "object-has-the-id", codes: "signature-malformed id-duplicate", attack: func(p *paper) {
				id := p.find("Assertion").Get("ID")
				p.append(signature, strings.Replace(p.wrapped(signature, "Object", p.forged(forgedID)), "Object", `Object Id="`+id+`"`, 1))
			}},
			recipe{name: "signed-manifest", by: Provider, codes: "reference-mismatch signature-malformed", shapes: only("entra", "okta"), info: manifest},
			recipe{name: "signed-object", by: Provider, codes: "reference-mismatch signature-malformed", shapes: only("entra", "okta"), info: func(p *paper) {
				p.append(signature, strings.Replace(p.wrapped(signature, "Object", p.forged(forgedID)), "Object", `Object Id="_object"`, 1))
				p.set(reference, "URI", "#_object")
				p.content(reference+"/DigestValue", p.digest(signature+"/Object"))
			}},
			recipe{name: "keyinfo-id-honest", want: Passes, shapes: only("entra", "okta"), attack: setting(signature+"/KeyInfo", "Id", "_keyinfo")}),
		of("W19", Holder, assertionSigned(),
			recipe{name: "xml-id", codes: "id-misplaced", attack: ids("xml:id")},
			recipe{name: "prefixed-id", codes: "id-misplaced", attack: ids(`xmlns:evil="` + elsewhere + `" evil:ID`)},
			recipe{name: "capital-small-id", codes: "id-misplaced", attack: ids("Id")},
			recipe{name: "small-id", codes: "id-misplaced", attack: ids("id")},
			recipe{name: "xml-id-on-response", codes: "id-misplaced", attack: func(p *paper) { p.set("", "xml:id", p.find("Assertion").Get("ID")) }},
			recipe{name: "blank-after-id", codes: "reference-mismatch", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(p.find("Assertion").Get("ID")+" "))
			}},
			recipe{name: "id-by-reference", codes: "digest-mismatch", attack: func(p *paper) {
				id := p.find("Assertion").Get("ID")
				p.replace("Assertion", p.forgedSigned(""))
				p.setRaw("Assertion", "ID", fmt.Sprintf("&#%d;", id[0])+id[1:])
			}},
			recipe{name: "id-of-other-case", codes: "reference-mismatch", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(strings.ToUpper(p.find("Assertion").Get("ID"))+"A"))
			}},
			recipe{name: "signature-id-honest", want: Passes, shapes: only("entra", "okta"), attack: setting(signature, "Id", "_signature")}),
	)
}

// wrappingsOfNamespaces have right names in wrong namespaces.
func wrappingsOfNamespaces() []recipe {
	return join(
		of("W20", Holder, assertionSigned(),
			recipe{name: "signature-elsewhere", codes: "element-foreign", attack: func(p *paper) {
				p.replace("Assertion", p.forged(forgedID))
				p.after("Assertion/Issuer", `<Signature xmlns="`+elsewhere+`"><SignatureValue>AAAA</SignatureValue></Signature>`)
			}},
			recipe{name: "assertion-elsewhere", want: Warned, codes: "element-foreign", attack: foreignAssertion(elsewhere)},
			recipe{name: "assertion-of-saml-1", want: Warned, codes: "element-foreign", attack: foreignAssertion("urn:oasis:names:tc:SAML:1.0:assertion")},
			recipe{name: "assertion-without-namespace", want: Warned, codes: "element-foreign", attack: foreignAssertion("")},
			recipe{name: "nameid-elsewhere", codes: "element-foreign", attack: func(p *paper) {
				p.before("Assertion/Subject", `<Subject xmlns="`+elsewhere+`"><NameID>attacker@example.com</NameID></Subject>`)
			}},
			recipe{name: "fixed-by-attlist", codes: "doctype-present", attack: func(p *paper) {
				p.text = `<!DOCTYPE Response [<!ATTLIST Signature xmlns CDATA #FIXED "` + signatureSpace + `">]>` + p.root().Raw()
			}},
			recipe{name: "unused-namespaces-honest", want: Passes, attack: doing(
				setting("", "xmlns:unused", elsewhere), setting("Status", "xmlns:unused2", "urn:example:unused"))}),
	)
}

// wrappingsOfParsers rely on parsers and canonicalisers that fail.
func wrappingsOfParsers() []recipe {
	const voidDigest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	return join(
		of("W21", Holder, assertionSigned(),
			recipe{name: "relative-namespace", codes: "namespace-relative", attack: setting("", "xmlns:n", "1")},
			recipe{name: "relative-namespace-on-forged", codes: "namespace-relative", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(""))
				p.set("Assertion", "xmlns:n", "1")
			}},
			recipe{name: "relative-namespace-in-signature", codes: "namespace-relative", attack: setting(signature+"/KeyInfo", "xmlns:n", "1")},
			recipe{name: "digest-of-nothing", codes: "signature-malformed", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(""))
				p.content(reference+"/DigestValue", voidDigest)
			}},
			recipe{name: "digest-of-nothing-signed", by: Provider, codes: "signature-malformed", shapes: only("entra", "okta"), info: containing(reference+"/DigestValue", voidDigest)},
			recipe{name: "urn-namespace-honest", want: Passes, shapes: only("entra", "okta"), attack: setting("", "xmlns:n", "urn:example:n")}),
		of("W22", Holder, assertionSigned(),
			recipe{name: "doctype-hides-comment", codes: "doctype-present", attack: func(p *paper) {
				p.before("Assertion", p.forged(forgedID))
				p.text = `<!DOCTYPE r SYSTEM 'x"><!--'>` + p.root().Raw()
			}},
			recipe{name: "control-in-namespace", codes: "namespace-relative", attack: setting("", "xmlns:n", "http://example.com\u0080")},
			recipe{name: "entity-in-id", codes: "xml-malformed", attack: func(p *paper) { p.setRaw("Assertion", "ID", "&i;") }},
			recipe{name: "comment-with-dashes", codes: "xml-malformed", attack: func(p *paper) {
				p.swap("<"+p.tag("", "Status"), "<!-- -- --><"+p.tag("", "Status"))
			}},
			recipe{name: "comment-honest", want: Passes, attack: func(p *paper) { p.before("Status", "<!-- sent by a proxy -->") }}),
	)
}

// forgedSigned gives a forged Assertion that carries the genuine Signature.
func (p *paper) forgedSigned(id string) string {
	f := &paper{text: p.text, err: p.err}
	f.replace("Assertion", p.forged(id))
	f.after("Assertion/Issuer", p.raw(signature))
	if f.err != nil {
		p.fail("%w", f.err)
	}
	return f.raw("Assertion")
}

// foreignAssertion puts an Assertion of another namespace in front.
func foreignAssertion(space string) func(*paper) {
	return func(p *paper) {
		markup := strings.Replace(forgedAssertion, `<Assertion xmlns="`+assertionSpace+`"`, `<Assertion xmlns="`+space+`"`, 1)
		p.before("Assertion", markup)
	}
}

// manifest signs a Manifest instead of the Assertion.
func manifest(p *paper) {
	ref := p.raw(reference)
	p.append(signature, strings.Replace(p.wrapped(signature, "Object", p.wrapped(signature, "Manifest", ref)), "Manifest", `Manifest Id="_manifest"`, 1))
	p.set(reference, "URI", "#_manifest")
	p.set(reference, "Type", signatureSpace+"Manifest")
	p.content(reference+"/DigestValue", p.digest(signature+"/Object/Manifest"))
}
