package hostile

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// signedInfoShapes are References and transforms other than the ones that SAML
// asks for. What the identity provider signs so is signed with its key: there
// the signature value holds, and the gate alone refuses.
func signedInfoShapes() []recipe {
	return join(
		of("S4", Provider, only("entra", "okta"),
			recipe{name: "no-reference", codes: "reference-missing", info: dropping(reference)},
			recipe{name: "same-twice", codes: "reference-multiple", info: repeating(reference)},
			recipe{name: "other-first", codes: "reference-multiple", info: func(p *paper) { p.before(reference, otherReference(p)) }},
			recipe{name: "other-last", codes: "reference-multiple", info: func(p *paper) { p.after(reference, otherReference(p)) }},
			recipe{name: "good-then-bad-digest", codes: "reference-multiple", info: func(p *paper) {
				p.after(reference, strings.Replace(p.raw(reference), p.find(reference+"/DigestValue").Content(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", 1))
			}},
			recipe{name: "captured-extra", by: Holder, codes: "reference-multiple", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(forgedID))
				p.after(reference, strings.Replace(p.raw(reference), `URI="`, `URI="#`+forgedID+`" x="`, 1))
			}},
			recipe{name: "reference-id-honest", want: Passes, info: setting(reference, "Id", "_reference")}),
		of("S5", Provider, only("entra", "okta"), uris()...),
		of("S7", Provider, only("entra", "okta"), transforms()...),
		of("S8", Provider, assertionSigned(),
			recipe{name: "exclusive-with-comments", want: Warned, codes: "transform-nonstandard", tune: transforming(xmlsig.EnvelopedSignature, xmlsig.ExclusiveC14NWithComments)},
			recipe{name: "exclusive-with-comment-inside", want: Warned, codes: "comment-signed", issue: beforeThat(statement, "<!-- x -->"), tune: transforming(xmlsig.EnvelopedSignature, xmlsig.ExclusiveC14NWithComments)},
			recipe{name: "comment-taken-out", by: Holder, want: Warned, codes: "transform-nonstandard", issue: beforeThat(statement, "<!-- x -->"),
				tune: transforming(xmlsig.EnvelopedSignature, xmlsig.ExclusiveC14NWithComments), attack: swapping("<!-- x -->", "")},
			recipe{name: "comment-not-signed-honest", want: Passes, issue: beforeThat(statement, "<!-- x -->")}),
		of("S9", Provider, assertionSigned(),
			recipe{name: "inclusive", want: Warned, codes: "transform-nonstandard", tune: transforming(xmlsig.EnvelopedSignature, xmlsig.C14N10)},
			recipe{name: "inclusive-1.1", want: Warned, codes: "transform-nonstandard", tune: transforming(xmlsig.EnvelopedSignature, xmlsig.C14N11)},
			recipe{name: "inclusive-signed-info", want: Warned, codes: "canonicalization-nonstandard", tune: func(o *xmlsig.SignOptions) { o.Canonicalization = xmlsig.C14N10 }},
			recipe{name: "inclusive-moved", by: Holder, codes: "digest-mismatch", tune: transforming(xmlsig.EnvelopedSignature, xmlsig.C14N10), attack: setting("", "xmlns:proxy", "urn:example:proxy")},
			recipe{name: "inclusive-signed-info-moved", by: Holder, codes: "signature-mismatch", tune: func(o *xmlsig.SignOptions) { o.Canonicalization = xmlsig.C14N10 }, attack: setting("", "xmlns:proxy", "urn:example:proxy")},
			recipe{name: "exclusive-moved-honest", by: Holder, want: Passes, attack: setting("", "xmlns:proxy", "urn:example:proxy")}),
	)
}

// otherReference gives a Reference to the Response, without a transform.
func otherReference(p *paper) string {
	id := p.find("").Get("ID")
	return strings.Replace(p.raw(reference), "#"+p.find("Assertion").Get("ID"), "#"+id, 1)
}

func transforming(algorithms ...string) func(*xmlsig.SignOptions) {
	return func(o *xmlsig.SignOptions) { o.Transforms, o.PrefixList = algorithms, "" }
}

// uris are URIs that are not # and the ID of the parent, signed so, and set so
// by an attacker around a forged Assertion.
func uris() []recipe {
	out := []recipe{
		{name: "absent", codes: "reference-mismatch", info: unsetting(reference, "URI")},
		{name: "id-missing", codes: "attribute-required-missing reference-mismatch", info: doing(unsetting("Assertion", "ID"), setting(reference, "URI", ""))},
		{name: "full-xpointer", codes: "reference-mismatch", info: func(p *paper) {
			p.set(reference, "URI", "#xpointer(id('"+p.find("Assertion").Get("ID")+"'))")
		}},
		{name: "without-sign", codes: "reference-external", info: func(p *paper) { p.set(reference, "URI", p.find("Assertion").Get("ID")) }},
		{name: "other-first-letter", codes: "reference-external", info: func(p *paper) { p.set(reference, "URI", "x"+p.find("Assertion").Get("ID")) }},
		{name: "escaped-honest", want: Passes, info: func(p *paper) {
			p.setRaw(reference, "URI", "&#35;"+p.find("Assertion").Get("ID"))
		}},
	}
	for name, uri := range map[string][2]string{
		"empty": {"", "reference-mismatch"}, "sign-alone": {"#", "reference-mismatch"}, "other-id": {"#_other", "reference-mismatch"},
		"root-xpointer": {"#xpointer(/)", "reference-mismatch"}, "http": {"http://attacker.example.com/x.xml", "reference-external"},
		"file": {"file:///etc/passwd", "reference-external"}, "path": {"../assertion.xml", "reference-external"}, "cid": {"cid:attacker", "reference-external"},
	} {
		out = append(out,
			recipe{name: name, codes: uri[1], info: setting(reference, "URI", uri[0])},
			recipe{name: name + "-captured", by: Holder, codes: uri[1], shapes: only("entra"), attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(forgedID))
				p.set(reference, "URI", uri[0])
			}})
	}
	return sorted(out)
}

// transforms are lists of transforms that SAML does not allow or advises against.
func transforms() []recipe {
	const transform = `<Transform xmlns="` + signatureSpace + `" Algorithm="`
	listed := func(algorithms ...string) func(*paper) {
		return func(p *paper) {
			var b strings.Builder
			for _, a := range algorithms {
				b.WriteString(transform + a + `"></Transform>`)
			}
			p.content(reference+"/Transforms", b.String())
		}
	}
	const xslt, xpath = "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116"
	enveloped, exclusive := xmlsig.EnvelopedSignature, xmlsig.ExclusiveC14N
	out := []recipe{
		{name: "xslt", codes: "transform-unsupported", info: func(p *paper) {
			p.prepend(reference+"/Transforms", transform+xslt+`"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/></Transform>`)
		}},
		{name: "xpath", codes: "transform-unsupported", info: func(p *paper) {
			p.prepend(reference+"/Transforms", transform+xpath+`"><XPath xmlns="`+signatureSpace+`">not(ancestor-or-self::NameID)</XPath></Transform>`)
		}},
		{name: "enveloped-alone", want: Warned, codes: "transform-nonstandard", tune: transforming(enveloped)},
		{name: "none-dropped", codes: "transform-nonstandard", info: dropping(reference + "/Transforms")},
		{name: "inclusive-namespaces-honest", want: Passes, tune: func(o *xmlsig.SignOptions) { o.PrefixList = "xs xsi" }},
		{name: "usual-honest", want: Passes},
		{name: "captured-xslt", by: Holder, codes: "transform-unsupported", attack: func(p *paper) {
			p.replace("Assertion", p.forgedSigned(""))
			listed(xslt)(p)
		}},
	}
	for name, list := range map[string][]string{
		"xpath-filter-2":    {"http://www.w3.org/2002/06/xmldsig-filter2", exclusive},
		"base64":            {signatureSpace + "base64"},
		"unknown":           {enveloped, "https://example.com/c14n"},
		"decryption":        {enveloped, "http://www.w3.org/2002/07/decrypt#XML", exclusive},
		"twice-enveloped":   {enveloped, enveloped, exclusive},
		"twice-exclusive":   {enveloped, exclusive, exclusive},
		"wrong-order":       {exclusive, enveloped},
		"empty-name":        {enveloped, ""},
		"padded-name":       {enveloped + " ", exclusive},
		"relationship":      {"http://schemas.openxmlformats.org/package/2006/RelationshipTransform", exclusive},
		"sts-dereferencing": {"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"},
	} {
		out = append(out, recipe{name: name, codes: "transform-unsupported", info: listed(list...)})
	}
	return sorted(out)
}
