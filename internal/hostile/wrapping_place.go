package hostile

import "strings"

// wrappingsOfPlace hide what is signed, or move the Signature.
func wrappingsOfPlace() []recipe {
	return join(
		of("W9", Holder, assertionSigned(),
			recipe{name: "second-signed-info", codes: "signature-malformed", attack: secondSignedInfo},
			recipe{name: "second-signed-info-before", codes: "signature-malformed", attack: func(p *paper) {
				p.before(signedInfo, strings.Replace(p.raw(signedInfo), "#", "#x", 1))
			}},
			twoSignatures()),
		of("W10", Holder, assertionSigned(),
			recipe{name: "forged-last", codes: "assertion-multiple", attack: addForged(false, forgedID)},
			recipe{name: "forged-last-same-id", codes: "assertion-multiple id-duplicate", attack: addForged(false, "")},
			recipe{name: "forged-last-without-id", codes: "assertion-multiple attribute-required-missing", attack: doing(addForged(false, forgedID), swapping(`ID="`+forgedID+`" `, ""))},
			recipe{name: "genuine-twice", codes: "assertion-multiple id-duplicate", attack: repeating("Assertion")},
			recipe{name: "one-assertion-honest", by: Provider, want: Passes, shapes: only("entra", "okta")}),
		of("W11", Holder, assertionSigned(),
			recipe{name: "genuine-in-extensions", codes: "assertion-misplaced", attack: hide("Extensions")},
			recipe{name: "genuine-in-status-detail", codes: "assertion-misplaced", attack: hide("StatusDetail")},
			recipe{name: "genuine-in-wrapper", codes: "assertion-misplaced", attack: hide("x:wrap")},
			recipe{name: "genuine-in-encrypted-assertion", codes: "assertion-misplaced", attack: hide("EncryptedAssertion")},
			recipe{name: "genuine-in-soap-header", codes: "signature-missing", shapes: only("entra", "okta"), attack: func(p *paper) {
				genuine := p.raw("Assertion")
				p.text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>` + genuine + "</s:Header><s:Body>" + forgedResponse + "</s:Body></s:Envelope>"
			}},
			recipe{name: "response-in-extensions", codes: "assertion-misplaced", shapes: responseSigned(), attack: hideResponse("Extensions")},
			recipe{name: "response-in-status-detail", codes: "assertion-misplaced", shapes: responseSigned(), attack: hideResponse("StatusDetail")},
			recipe{name: "response-in-response", codes: "assertion-misplaced", shapes: responseSigned(), attack: hideResponse("")},
			recipe{name: "status-detail-honest", by: Holder, want: Passes, attack: func(p *paper) {
				p.append("Status", p.wrapped("", "StatusDetail", `<x:hint xmlns:x="`+elsewhere+`">none</x:hint>`))
			}}),
		of("W12", Holder, assertionSigned(),
			recipe{name: "signature-on-response-with-object", codes: "signature-malformed reference-mismatch", attack: func(p *paper) {
				sig := p.take(signature)
				genuine := p.raw("Assertion")
				p.replace("Assertion", p.forged(forgedID))
				p.after("Issuer", p.insert(sig, object, genuine))
			}},
			recipe{name: "signature-of-response-on-assertion", codes: "reference-mismatch", shapes: responseSigned(), attack: func(p *paper) {
				p.after("Assertion/Issuer", p.take("Signature"))
			}},
			recipe{name: "signature-of-response-on-assertion-and-forged", codes: "reference-mismatch digest-mismatch", shapes: responseSigned(), attack: func(p *paper) {
				p.after("Assertion/Issuer", p.take("Signature"))
				p.content(nameID, "attacker@example.com")
			}},
			recipe{name: "signature-copied-to-response", codes: "reference-mismatch", attack: func(p *paper) {
				p.after("Issuer", p.raw(signature))
			}},
			twoSignatures()),
	)
}

// wrappingsBeside move the Signature, or give it a decoy.
func wrappingsBeside() []recipe {
	moved := func(to string) func(*paper) { return moveSignature(to, true) }
	return join(
		of("W13", Holder, assertionSigned(),
			recipe{name: "beside-before", codes: "reference-mismatch", attack: func(p *paper) { p.after("Issuer", p.take(signature)) }},
			recipe{name: "beside-after", codes: "reference-mismatch", attack: func(p *paper) { p.after("Assertion", p.take(signature)) }},
			recipe{name: "around", codes: "signature-malformed", attack: func(p *paper) {
				sig := p.take(signature)
				p.replace("Assertion", p.insert(sig, object, p.raw("Assertion")))
			}},
			recipe{name: "last-child-honest", by: Holder, want: Warned, codes: "signature-misplaced", attack: moveSignature("Assertion", false)}),
		of("W14", Holder, responseSigned(),
			recipe{name: "decoy-second", codes: "signature-multiple", attack: decoy(true, false)},
			recipe{name: "decoy-first", codes: "signature-multiple", attack: decoy(false, false)},
			recipe{name: "decoy-with-object", codes: "signature-multiple signature-malformed", attack: decoy(true, true)},
			twoSignatures()),
		of("W15", Holder, nil, otherMessages()...),
		of("W16", Holder, assertionSigned(),
			recipe{name: "in-subject", codes: "signature-misplaced", attack: moved("Assertion/Subject")},
			recipe{name: "in-conditions", codes: "signature-misplaced", attack: moved("Assertion/Conditions")},
			recipe{name: "in-statement", codes: "signature-misplaced", attack: moved(statement)},
			recipe{name: "last-child-honest", want: Warned, codes: "signature-misplaced", attack: moveSignature("Assertion", false)}),
		of("W17", Holder, assertionSigned(),
			recipe{name: "splits-nameid", codes: "element-in-value", attack: splitBySignature(nameID)},
			recipe{name: "splits-session-name", codes: "element-in-value", attack: splitBySignature(session + "/AttributeValue")},
			recipe{name: "splits-audience", codes: "element-in-value", attack: splitBySignature(audience), shapes: only("entra", "okta")},
			recipe{name: "first-child-honest", want: Warned, codes: "signature-misplaced", attack: func(p *paper) { p.prepend("Assertion", p.take(signature)) }}),
	)
}

// secondSignedInfo gives the Signature a second SignedInfo, which fits the forged
// Assertion that carries it.
func secondSignedInfo(p *paper) {
	f := &paper{text: p.text, err: p.err}
	f.replace("Assertion", p.forged(forgedID))
	second := strings.Replace(p.raw(signedInfo), "#"+p.find("Assertion").Get("ID"), "#"+forgedID, 1)
	second = strings.Replace(second, p.find(reference+"/DigestValue").Content(), f.digest("Assertion"), 1)
	p.after(signature+"/SignatureValue", second)
	sig := p.take(signature)
	genuine := p.raw("Assertion")
	p.replace("Assertion", p.forged(forgedID))
	p.after("Assertion/Issuer", sig)
	p.before("Status", p.wrapped("", "Extensions", genuine))
}

// hide puts the genuine Assertion into an element where none belongs, and a
// forged one where readers look.
func hide(in string) func(*paper) {
	return func(p *paper) {
		genuine := p.raw("Assertion")
		p.replace("Assertion", p.forged(forgedID))
		switch in {
		case "Extensions":
			p.before("Status", p.wrapped("", in, genuine))
		case "StatusDetail":
			p.append("Status", p.wrapped("", in, genuine))
		case "EncryptedAssertion":
			p.after("Assertion", `<saml:EncryptedAssertion xmlns:saml="`+assertionSpace+`">`+genuine+"</saml:EncryptedAssertion>")
		default:
			p.after("Assertion", `<x:wrap xmlns:x="`+elsewhere+`">`+genuine+"</x:wrap>")
		}
	}
}

// hideResponse puts the genuine Response into a forged one.
func hideResponse(in string) func(*paper) {
	return func(p *paper) {
		genuine := p.root().Raw()
		p.text = forgedResponse
		switch in {
		case "Extensions":
			p.before("Status", p.wrapped("", in, genuine))
		case "StatusDetail":
			p.append("Status", p.wrapped("", in, genuine))
		default:
			p.before("Assertion", genuine)
		}
	}
}

// moveSignature moves the Signature to the end of an element inside what it
// signs: the enveloped-signature transform finds it there too.
func moveSignature(to string, front bool) func(*paper) {
	return func(p *paper) {
		sig := p.take(signature)
		if front {
			p.prepend(to, sig)
			return
		}
		p.append(to, sig)
	}
}

// splitBySignature puts the Signature into the middle of a text that it signs.
func splitBySignature(path string) func(*paper) {
	return func(p *paper) {
		sig := p.take(signature)
		text := p.find(path).Content()
		p.content(path, text[:len(text)/2]+sig+text[len(text)/2:])
	}
}

// decoy keeps a genuine signed Response that says nothing, and gives it a second
// Signature with the genuine value around what is forged.
func decoy(after, inObject bool) func(*paper) {
	return func(p *paper) {
		sig := p.raw("Signature")
		second := strings.Replace(sig, `URI="#`, `URI="#`+forgedID, 1)
		if inObject {
			second = p.insert(second, object, p.forged(forgedID))
		} else {
			p.replace("Assertion", p.forged(forgedID))
		}
		if after {
			p.after("Signature", second)
			return
		}
		p.before("Signature", second)
	}
}

// otherMessages are signed messages of the same key that are no sign-in.
func otherMessages() []recipe {
	const in = `xmlns="` + protocolSpace + `" ID="_other" Version="2.0" IssueInstant="2026-09-11T11:00:00Z"`
	issuer := `<a:Issuer xmlns:a="` + assertionSpace + `">https://sts.windows.net/5f0c1e2d-0000-4000-8000-00000000a001/</a:Issuer>`
	logout := "<LogoutResponse " + in + ">" + issuer + `<Status><StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></Status></LogoutResponse>`
	request := "<AuthnRequest " + in + ">" + issuer + "</AuthnRequest>"
	entity := `<EntityDescriptor xmlns="` + metadataSpace + `" ID="_other" entityID="https://example.com/"/>`
	issued := func(markup string) func(*paper) { return func(p *paper) { p.text = markup } }
	beside := func(p *paper) {
		other := p.root().Raw()
		p.text = forgedResponse
		p.before("Status", p.wrapped("", "Extensions", other))
	}
	stolen := func(p *paper) {
		sig := p.raw("Signature")
		p.text = forgedResponse
		p.set("", "ID", "_other")
		p.after("Issuer", sig)
	}
	inside := func(p *paper) { p.append("", forgedAssertion) }
	response := []shape{{"entra", "response"}}
	return []recipe{
		{name: "logout-response", codes: "message-not-response", shapes: response, issue: issued(logout), attack: inside},
		{name: "authn-request", codes: "message-not-response", shapes: response, issue: issued(request), attack: inside},
		{name: "logout-response-beside", codes: "signature-misplaced", shapes: response, issue: issued(logout), attack: beside},
		{name: "metadata-beside", codes: "signature-misplaced", shapes: response, issue: issued(strings.Replace(entity, "/>", "> </EntityDescriptor>", 1)), attack: beside},
		{name: "signature-of-logout-response", codes: "digest-mismatch", shapes: response, issue: issued(logout), attack: stolen},
		{name: "error-response", codes: "status-not-success", shapes: response, issue: doing(dropping("Assertion"), setting("Status/StatusCode", "Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")), attack: inside},
		{name: "reference-type-honest", by: Provider, want: Passes, shapes: only("entra", "adfs"), info: func(p *paper) {
			p.set(reference, "Type", "http://www.w3.org/2000/09/xmldsig#Object")
		}},
	}
}
