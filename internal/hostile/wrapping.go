package hostile

import "strings"

// wrappings are the eight shapes of J. Somorovsky and others ("On Breaking SAML:
// Be Whoever You Want to Be", 2012). Each keeps the genuine element somewhere,
// so that its Signature still finds what it signs.
func wrappings() []recipe {
	return join(
		of("W1", Holder, responseSigned(),
			recipe{name: "in-signature-last", codes: "signature-malformed", attack: wrapResponse(last, forgedID)},
			recipe{name: "in-signature-first", codes: "signature-malformed", attack: wrapResponse(first, forgedID)},
			recipe{name: "in-signature-same-id", codes: "signature-malformed id-duplicate", attack: wrapResponse(last, "")},
			recipe{name: "in-object", codes: "signature-malformed", attack: wrapResponse(object, forgedID)},
			recipe{name: "in-keyinfo", codes: "reference-mismatch", attack: wrapResponse(keyInfo, forgedID)},
			twoSignatures()),
		of("W2", Holder, responseSigned(),
			recipe{name: "before-signature", codes: "reference-mismatch", attack: siblingResponse(true, forgedID)},
			recipe{name: "after-signature", codes: "reference-mismatch", attack: siblingResponse(false, forgedID)},
			recipe{name: "before-signature-same-id", codes: "id-duplicate", attack: siblingResponse(true, "")},
			twoSignatures()),
		of("W3", Holder, assertionSigned(),
			recipe{name: "forged-first", codes: "assertion-multiple", attack: addForged(true, forgedID)},
			recipe{name: "forged-first-same-id", codes: "assertion-multiple id-duplicate", attack: addForged(true, "")},
			recipe{name: "forged-first-signed-by-attacker", codes: "assertion-multiple", attack: doing(addForged(true, forgedID), func(p *paper) { p.signedByAttacker(forgedID) })},
			recipe{name: "forged-first-in-signed-response", codes: "assertion-multiple response-signature-broken", shapes: bothSigned(), attack: addForged(true, forgedID)},
			twoSignatures()),
		of("W4", Holder, assertionSigned(),
			recipe{name: "genuine-in-forged", codes: "assertion-misplaced", attack: nest("")},
			recipe{name: "genuine-in-subject", codes: "assertion-misplaced", attack: nest("Subject")},
			recipe{name: "genuine-in-value", codes: "element-in-value", attack: nest("AttributeStatement/Attribute(RoleSessionName)/AttributeValue")},
			recipe{name: "genuine-in-advice", codes: "signature-missing assertion-misplaced", attack: nest("Advice")},
			recipe{name: "advice-honest", by: Provider, want: Warned, codes: "assertion-misplaced", issue: advice}),
	)
}

// wrappingsAround are those in which a forged Assertion takes the Signature along,
// or hides in Extensions.
func wrappingsAround() []recipe {
	return join(
		of("W5", Holder, assertionSigned(),
			recipe{name: "genuine-after", codes: "reference-mismatch", attack: carry(forgedID, "after")},
			recipe{name: "genuine-before", codes: "reference-mismatch", attack: carry(forgedID, "before")},
			recipe{name: "genuine-after-same-id", codes: "id-duplicate", attack: carry("", "after")},
			twoSignatures()),
		of("W6", Holder, assertionSigned(),
			recipe{name: "genuine-in-signature", codes: "signature-malformed", attack: carry(forgedID, last)},
			recipe{name: "genuine-in-signature-first", codes: "signature-malformed", attack: carry(forgedID, first)},
			recipe{name: "genuine-in-keyinfo", codes: "reference-mismatch", attack: carry(forgedID, keyInfo)},
			recipe{name: "genuine-in-signature-same-id", codes: "signature-malformed id-duplicate", attack: carry("", last)},
			twoSignatures()),
		of("W7", Holder, assertionSigned(),
			recipe{name: "forged-in-extensions-same-id", codes: "id-duplicate", attack: extend("", 0)},
			recipe{name: "forged-in-extensions", codes: "assertion-misplaced", attack: extend(forgedID, 0)},
			recipe{name: "forged-deep-in-extensions", codes: "assertion-misplaced", attack: extend(forgedID, 3)},
			recipe{name: "extensions-honest", by: Holder, want: Passes, attack: func(p *paper) {
				p.before("Status", p.wrapped("", "Extensions", `<x:hint xmlns:x="`+elsewhere+`">none</x:hint>`))
			}}),
		of("W8", Holder, assertionSigned(),
			recipe{name: "genuine-in-object-same-id", codes: "signature-malformed id-duplicate", attack: carry("", object)},
			recipe{name: "genuine-in-object", codes: "signature-malformed", attack: carry(forgedID, object)},
			recipe{name: "signature-in-object-of-attacker", codes: "signature-malformed signature-key-unknown", attack: func(p *paper) {
				genuine := p.raw("Assertion")
				p.replace("Assertion", p.forged(forgedID))
				p.signedByAttacker(forgedID)
				p.replace(signature, p.insert(p.raw(signature), object, genuine))
			}},
			twoSignatures()),
	)
}

// twoSignatures is what honest providers send that looks like wrapping: a signed
// Response around a signed Assertion.
func twoSignatures() recipe {
	return recipe{name: "signed-twice-honest", by: Provider, want: Passes, shapes: []shape{{"keycloak", "both"}, {"entra", "both"}}}
}

// wrapResponse makes the Response a forged one that holds the genuine one inside
// its Signature.
func wrapResponse(at corner, id string) func(*paper) {
	return func(p *paper) {
		sig, genuine := p.forgeWhole(id)
		p.after("Issuer", p.insert(sig, at, genuine))
	}
}

// forgeWhole makes the Response a forged one, with another ID where one is given,
// and gives the genuine Signature and the genuine Response without it.
func (p *paper) forgeWhole(id string) (sig, genuine string) {
	sig, genuine = p.take("Signature"), p.raw("")
	p.text = forge(p.text)
	if id != "" {
		p.set("", "ID", id)
		p.set("Assertion", "ID", id+"-assertion")
	}
	return sig, genuine
}

// siblingResponse puts the genuine Response beside its Signature.
func siblingResponse(before bool, id string) func(*paper) {
	return func(p *paper) {
		sig, genuine := p.forgeWhole(id)
		if before {
			p.after("Issuer", genuine+sig)
			return
		}
		p.after("Issuer", sig+genuine)
	}
}

// addForged puts a forged Assertion beside the genuine one.
func addForged(before bool, id string) func(*paper) {
	return func(p *paper) {
		if before {
			p.before("Assertion", p.forged(id))
			return
		}
		p.after("Assertion", p.forged(id))
	}
}

// nest puts the genuine Assertion into a forged one: at the end of the element
// at the path, which is made for Advice.
func nest(inside string) func(*paper) {
	return func(p *paper) {
		genuine := p.raw("Assertion")
		p.replace("Assertion", p.forged(forgedID))
		if inside == "Advice" {
			p.after("Assertion/Conditions", p.wrapped("Assertion", "Advice", genuine))
			return
		}
		p.append(strings.TrimSuffix("Assertion/"+inside, "/"), genuine)
	}
}

// advice puts an honest Assertion of the same user into Advice.
func advice(p *paper) {
	other := &paper{text: p.text}
	other.set("Assertion", "ID", "_advice")
	p.after("Assertion/Conditions", p.wrapped("Assertion", "Advice", other.raw("Assertion")))
}

// carry lets a forged Assertion carry the genuine Signature, and puts the
// genuine Assertion, without it, before or after it, or into the Signature.
func carry(id string, at corner) func(*paper) {
	return func(p *paper) {
		forged := p.forged(id)
		sig := p.take(signature)
		genuine := p.raw("Assertion")
		p.replace("Assertion", forged)
		switch at {
		case "before":
			p.after("Assertion/Issuer", sig)
			p.before("Assertion", genuine)
		case "after":
			p.after("Assertion/Issuer", sig)
			p.after("Assertion", genuine)
		default:
			p.after("Assertion/Issuer", p.insert(sig, at, genuine))
		}
	}
}

// extend puts a forged Assertion into Extensions, below so many elements.
func extend(id string, depth int) func(*paper) {
	return func(p *paper) {
		markup := p.forged(id)
		for range depth {
			markup = `<x:wrap xmlns:x="` + elsewhere + `">` + markup + "</x:wrap>"
		}
		p.before("Status", p.wrapped("", "Extensions", markup))
	}
}
