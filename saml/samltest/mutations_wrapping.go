package samltest

import "strings"

// wrappings are the eight shapes of signature wrapping that J. Somorovsky and
// others described ("On Breaking SAML: Be Whoever You Want to Be", 2012). Each
// keeps the genuine element somewhere, so that the Signature still finds what
// it signs, and puts a forged one with another NameID where readers look.
func wrappings() []Mutation {
	return []Mutation{
		{Name: "wrapping-1", Doc: "the genuine Response is a child of the forged one's Signature (the Response must be signed)", edit: func(d *draft) { d.wrapResponse(true) }},
		{Name: "wrapping-2", Doc: "the genuine Response stands before the Signature in the forged one (the Response must be signed)", edit: func(d *draft) { d.wrapResponse(false) }},
		{Name: "wrapping-3", Doc: "the forged Assertion stands before the genuine one", edit: func(d *draft) { d.before("Assertion", d.forged("_forged")) }},
		{Name: "wrapping-4", Doc: "the forged Assertion contains the genuine one", edit: func(d *draft) {
			genuine := d.raw("Assertion")
			d.replace("Assertion", d.forged("_forged"))
			d.append("Assertion", genuine)
		}},
		{Name: "wrapping-5", Doc: "the forged Assertion carries the Signature, the genuine one follows without it", edit: func(d *draft) { d.wrapAssertion("_forged", "") }},
		{Name: "wrapping-6", Doc: "the forged Assertion carries the Signature, which contains the genuine one", edit: func(d *draft) { d.wrapAssertion("_forged", "Signature") }},
		{Name: "wrapping-7", Doc: "a forged Assertion of the same ID stands in Extensions", edit: func(d *draft) {
			extensions := tag(d.find(""), "Extensions")
			d.before("Status", "<"+extensions+">"+d.forged(d.find("Assertion").Get("ID"))+"</"+extensions+">")
		}},
		{Name: "wrapping-8", Doc: "the forged Assertion keeps the ID, the genuine one is an Object of its Signature", edit: func(d *draft) {
			d.wrapAssertion(d.find("Assertion").Get("ID"), "Object")
		}},
	}
}

// forged gives the Assertion without its Signature, with this ID and another
// NameID.
func (d *draft) forged(id string) string {
	f := &draft{text: d.text, err: d.err}
	if f.has("Assertion/Signature") {
		f.drop("Assertion/Signature")
	}
	f.set("Assertion", "ID", id)
	f.setContent("Assertion/Subject/NameID", "admin@example.com")
	raw := f.raw("Assertion")
	if f.err != nil {
		d.fail("%w", f.err)
	}
	return raw
}

// wrapAssertion puts a forged Assertion with the genuine Signature in the place
// of the Assertion. The genuine one goes into the Signature, into an Object in
// it, or, for an empty place, behind the forged one.
func (d *draft) wrapAssertion(id, place string) {
	const at = "Assertion/Signature"
	forged, signature := d.forged(id), d.raw(at)
	object := tag(d.find(at), "Object")
	d.drop(at)
	genuine := d.raw("Assertion")
	d.replace("Assertion", forged)
	d.after("Assertion/Issuer", signature)
	switch place {
	case "Signature":
		d.append(at, genuine)
	case "Object":
		d.append(at, "<"+object+">"+genuine+"</"+object+">")
	default:
		d.after("Assertion", genuine)
	}
}

// wrapResponse makes the Response a forged one that holds the genuine one,
// inside its Signature or before it.
func (d *draft) wrapResponse(inside bool) {
	signature := d.raw("Signature")
	d.drop("Signature")
	genuine := d.raw("")
	d.set("", "ID", "_forged")
	d.set("Assertion", "ID", "_forged-assertion")
	d.setContent("Assertion/Subject/NameID", "admin@example.com")
	if inside {
		end := strings.LastIndex(signature, "</")
		d.after("Issuer", signature[:max(end, 0)]+genuine+signature[max(end, 0):])
		return
	}
	d.after("Issuer", genuine+signature)
}
