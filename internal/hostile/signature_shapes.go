package hostile

import "strings"

// signatureShapes are Signatures that are not built as one.
func signatureShapes() []recipe {
	sv, ki, dv := signature+"/SignatureValue", signature+"/KeyInfo", reference+"/DigestValue"
	forgedWith := func(edit func(*paper)) func(*paper) { // a forged Assertion carries the genuine Signature, edited
		return func(p *paper) {
			p.replace("Assertion", p.forgedSigned(""))
			edit(p)
		}
	}
	fitting := func(p *paper) string { // a SignedInfo that fits the forged Assertion
		return strings.Replace(p.raw(signedInfo), p.find(dv).Content(), p.digest("Assertion"), 1)
	}
	return join(
		of("S1", Holder, assertionSigned(),
			recipe{name: "forged-first", codes: "signature-malformed", attack: forgedWith(func(p *paper) { p.before(signedInfo, fitting(p)) })},
			recipe{name: "forged-last", codes: "signature-malformed", attack: forgedWith(func(p *paper) { p.after(sv, fitting(p)) })},
			recipe{name: "forged-in-object", codes: "signature-malformed", attack: forgedWith(func(p *paper) {
				p.append(signature, p.wrapped(signature, "Object", fitting(p)))
			})},
			recipe{name: "twin-elsewhere", codes: "signature-malformed", attack: forgedWith(func(p *paper) {
				p.before(signedInfo, `<SignedInfo xmlns="`+elsewhere+`"><DigestValue>`+p.digest("Assertion")+"</DigestValue></SignedInfo>")
			})},
			recipe{name: "reference-elsewhere-honest", want: Passes, shapes: only("entra", "okta"), attack: func(p *paper) { p.set(signature, "xmlns:unused", elsewhere) }}),
		of("S2", Holder, assertionSigned(),
			recipe{name: "comment-forged", codes: "comment-in-value", attack: forgedWith(func(p *paper) { p.prepend(dv, "<!--"+p.digest("Assertion")+"-->") })},
			recipe{name: "forged-comment", codes: "comment-in-value", attack: forgedWith(func(p *paper) {
				p.content(dv, p.digest("Assertion")+"<!--"+p.find(dv).Content()+"-->")
			})},
			recipe{name: "comment-alone", codes: "comment-in-value", attack: func(p *paper) { p.append(dv, "<!-- -->") }},
			recipe{name: "instruction", codes: "instruction-in-value", attack: func(p *paper) { p.append(dv, "<?x?>") }},
			recipe{name: "element", codes: "element-in-value", attack: func(p *paper) { p.append(dv, `<x xmlns="`+elsewhere+`"/>`) }},
			recipe{name: "comment-in-signature-value", codes: "comment-in-value", attack: func(p *paper) { p.append(sv, "<!-- -->") }},
			recipe{name: "comment-in-signed-info", codes: "signature-malformed", attack: func(p *paper) { p.append(signedInfo, "<!-- -->") }},
			recipe{name: "comment-in-keyinfo-honest", want: Passes, codes: "keyinfo-malformed", shapes: only("entra", "okta"), attack: func(p *paper) {
				p.append(ki+"/X509Data/X509Certificate", "<!-- -->")
			}}),
		of("S3", Holder, assertionSigned(),
			recipe{name: "signature-value-twice", codes: "signature-malformed", attack: repeating(sv)},
			recipe{name: "signature-value-of-attacker-first", codes: "signature-malformed", attack: func(p *paper) {
				p.before(sv, p.wrapped(signature, "SignatureValue", "AAAA"))
			}},
			recipe{name: "keyinfo-twice", codes: "signature-malformed", attack: repeating(ki)},
			twiceSigned("digest-value", dv), twiceSigned("digest-method", reference+"/DigestMethod"),
			twiceSigned("canonicalization", signedInfo+"/CanonicalizationMethod"), twiceSigned("signature-method", signedInfo+"/SignatureMethod"),
			twiceSigned("transforms", reference+"/Transforms"),
			recipe{name: "certificate-twice-honest", want: Passes, shapes: only("entra", "okta"), attack: repeating(ki + "/X509Data/X509Certificate")}),
	)
}

// signatureLacks are Signatures of which something is missing, or that do not hold.
func signatureLacks() []recipe {
	sv, ki, dv := signature+"/SignatureValue", signature+"/KeyInfo", reference+"/DigestValue"
	return join(
		of("S6", Anybody, nil,
			recipe{name: "empty", codes: "signature-malformed", unsigned: true, attack: bare("")},
			recipe{name: "only-keyinfo", codes: "signature-malformed", unsigned: true, attack: bare(`<KeyInfo/>`)},
			recipe{name: "only-value", codes: "signature-malformed", unsigned: true, attack: bare(`<SignatureValue>AAAA</SignatureValue>`)},
			recipe{name: "empty-signed-info", codes: "reference-missing", unsigned: true, attack: bare(`<SignedInfo/><SignatureValue>AAAA</SignatureValue>`)},
			recipe{name: "empty-parts", codes: "signature-malformed", unsigned: true, attack: bare(`<SignedInfo><CanonicalizationMethod/><SignatureMethod/><Reference/></SignedInfo><SignatureValue/>`)},
			missing("signature-value", sv, "signature-malformed"), missing("signed-info", signedInfo, "signature-malformed"), missing("digest-value", dv, "signature-malformed"),
			missing("digest-method", reference+"/DigestMethod", "signature-malformed"), missing("signature-method", signedInfo+"/SignatureMethod", "signature-malformed"),
			missing("canonicalization", signedInfo+"/CanonicalizationMethod", "signature-malformed"), missing("reference", reference, "reference-missing"),
			recipe{name: "keyinfo-missing-honest", by: Holder, want: Passes, shapes: only("entra", "okta"), attack: dropping(ki)}),
		of("S11", Anybody, assertionSigned(),
			recipe{name: "unsigned", codes: "signature-missing", unsigned: true, attack: forgery},
			recipe{name: "stripped", by: Holder, codes: "signature-missing", attack: doing(dropping(signature), forgery)},
			recipe{name: "renamed", by: Holder, codes: "element-foreign signature-missing", attack: func(p *paper) {
				p.replace(signature, strings.ReplaceAll(p.raw(signature), signatureSpace, "http://www.w3.org/2000/09/xmldsig"))
				p.text = forge(p.text)
			}},
			recipe{name: "emptied", by: Holder, codes: "signature-malformed", attack: doing(containing(signature, ""), forgery)},
			recipe{name: "keyless-metadata", by: Holder, codes: "metadata-key-missing", shapes: only("okta"), metadata: func(m *paper) { m.drop("IDPSSODescriptor/KeyDescriptor") }},
			recipe{name: "response-signature-stripped-honest", by: Holder, want: Passes, shapes: []shape{{"entra", "both"}, {"keycloak", "both"}}, attack: dropping("Signature")}),
		of("S12", Holder, bothSigned(),
			recipe{name: "response-broken", codes: "response-signature-broken", attack: func(p *paper) { p.set("", "Consent", "urn:oasis:names:tc:SAML:2.0:consent:obtained") }},
			recipe{name: "assertion-broken", by: Provider, codes: "digest-mismatch", envelop: containing(nameID, "attacker@example.com")},
			recipe{name: "both-hold-honest", by: Provider, want: Passes, shapes: []shape{{"entra", "both"}, {"okta", "both"}}}),
	)
}

// twiceSigned makes a part of SignedInfo stand twice in what is signed.
func twiceSigned(name, path string) recipe {
	return recipe{name: name + "-twice", by: Provider, codes: "signature-malformed", shapes: only("entra", "okta"), info: repeating(path)}
}

// missing takes a part out of a genuine Signature.
func missing(name, path, code string) recipe {
	return recipe{name: name + "-missing", by: Holder, codes: code, attack: func(p *paper) { p.drop(path) }}
}

// bare gives a forged Assertion a Signature with this content.
func bare(content string) func(*paper) {
	return func(p *paper) {
		p.text = forge(p.text)
		p.after("Assertion/Issuer", `<Signature xmlns="`+signatureSpace+`">`+content+"</Signature>")
	}
}
