package samltest

import "strings"

// signatureFaults are what is done to a Signature itself.
func signatureFaults() []Mutation {
	return []Mutation{
		{Name: "signature-stripped", Doc: "every Signature was taken out", edit: func(d *draft) { d.strip() }},
		{Name: "signature-twice", Doc: "the Signature stands there twice", edit: func(d *draft) {
			at := d.signature()
			d.after(at, d.raw(at))
		}},
		{Name: "signature-moved", Doc: "the Signature was moved to the end of its parent", edit: func(d *draft) {
			at := d.signature()
			raw := d.raw(at)
			d.drop(at)
			d.append(strings.TrimSuffix(strings.TrimSuffix(at, "Signature"), "/"), raw)
		}},
		{Name: "signature-object", Doc: "an Object was put into the Signature", edit: func(d *draft) {
			d.append(d.signature(), "<"+tag(d.find(d.signature()), "Object")+">x</"+tag(d.find(d.signature()), "Object")+">")
		}},
		{Name: "signed-info-twice", Doc: "SignedInfo stands there twice", edit: func(d *draft) {
			at := d.signature() + "/SignedInfo"
			d.after(at, d.raw(at))
		}},
		{Name: "signature-value-edited", Doc: "SignatureValue was changed", edit: changing("SignatureValue")},
		{Name: "signature-value-cut", Doc: "SignatureValue has lost its end", edit: func(d *draft) {
			at := d.signature() + "/SignatureValue"
			text := d.find(at).Text()
			d.setContent(at, text[:len(text)/8*4])
		}},
		{Name: "signature-value-damaged", Doc: "SignatureValue holds a character that is none of base64", edit: func(d *draft) {
			at := d.signature() + "/SignatureValue"
			d.setContent(at, "*"+d.find(at).Content())
		}},
		{Name: "digest-edited", Doc: "DigestValue was changed", edit: changing("SignedInfo/Reference/DigestValue")},
		{Name: "digest-commented", Doc: "a comment was put into DigestValue", edit: func(d *draft) {
			d.append(d.signature()+"/SignedInfo/Reference/DigestValue", "<!-- -->")
		}},
		{Name: "digest-recomputed", Doc: "NameID is another user's and DigestValue was recomputed, SignatureValue is the old one", edit: digestRecomputed},
	}
}

// signedInfoFaults are what is done to what SignedInfo says.
func signedInfoFaults() []Mutation {
	return []Mutation{
		{Name: "reference-empty", Doc: "the Reference has an empty URI", edit: reference("")},
		{Name: "reference-other", Doc: "the Reference names another ID", edit: reference("#_other")},
		{Name: "reference-external", Doc: "the Reference names another document", edit: reference("https://example.com/assertion.xml")},
		{Name: "reference-twice", Doc: "the Reference stands there twice", edit: func(d *draft) {
			at := d.signature() + "/SignedInfo/Reference"
			d.after(at, d.raw(at))
		}},
		{Name: "reference-dropped", Doc: "the Reference was taken out", edit: func(d *draft) { d.drop(d.signature() + "/SignedInfo/Reference") }},
		{Name: "canonicalization-unknown", Doc: "SignedInfo says that it is canonicalised in a way that nobody knows", edit: func(d *draft) {
			d.set(d.signature()+"/SignedInfo/CanonicalizationMethod", "Algorithm", "https://example.com/c14n")
		}},
		{Name: "transform-xslt", Doc: "the first Transform is XSLT", edit: func(d *draft) {
			d.set(d.signature()+"/SignedInfo/Reference/Transforms/Transform", "Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")
		}},
		{Name: "algorithm-hmac", Doc: "the signature algorithm is HMAC", edit: algorithm("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")},
		{Name: "algorithm-none", Doc: "the signature algorithm is none", edit: algorithm("none")},
	}
}

// keyInfoFaults are what is done to the hint on the key, to the form of the
// value, and to all of the signature.
func keyInfoFaults() []Mutation {
	return []Mutation{
		{Name: "keyinfo-dropped", Doc: "KeyInfo was taken out: the signature holds", edit: func(d *draft) { d.drop(d.signature() + "/KeyInfo") }},
		{Name: "keyinfo-other", Doc: "KeyInfo has the attacker's certificate: the signature holds with the key of the metadata", edit: keyInfoOther},
		{Name: "keyinfo-damaged", Doc: "the certificate in KeyInfo has lost its end: the signature holds", edit: func(d *draft) {
			at := d.signature() + "/KeyInfo/X509Data/X509Certificate"
			text := d.find(at).Text()
			d.setContent(at, text[:len(text)/8*4])
		}},
		{Name: "signature-bits", Doc: "bits of SignatureValue that mean nothing are set: the signature holds", edit: unusedBits},
		{Name: "attacker-key", Doc: "NameID is another user's and all is signed anew with the attacker's key", edit: func(d *draft) {
			d.setContent("Assertion/Subject/NameID", "admin@example.com")
			d.signAnew(AttackerKey)
		}},
	}
}

// signature gives the path of the Assertion's Signature, else the Response's.
func (d *draft) signature() string {
	if d.has("Assertion/Signature") {
		return "Assertion/Signature"
	}
	return "Signature"
}

// strip takes every Signature out.
func (d *draft) strip() {
	for _, at := range []string{"Assertion/Signature", "Signature"} {
		if d.has(at) {
			d.drop(at)
		}
	}
}

func (d *draft) signAnew(k Key) {
	d.strip()
	d.login.Key = k
	d.sign()
}

// changing exchanges the first character of a base64 value for another.
func changing(below string) func(*draft) {
	return func(d *draft) {
		at := d.signature() + "/" + below
		text := d.find(at).Text()
		other := "A"
		if strings.HasPrefix(text, other) {
			other = "B"
		}
		d.setContent(at, other+text[min(1, len(text)):])
	}
}

// unusedBits sets the last of the bits that the base64 of 256 octets has over.
func unusedBits(d *draft) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	at := d.signature() + "/SignatureValue"
	text := d.find(at).Text()
	digits := strings.TrimRight(text, "=")
	if digits == text {
		d.fail("SignatureValue has no bits over")
		return
	}
	last := len(digits) - 1
	d.setContent(at, text[:last]+string(alphabet[strings.IndexByte(alphabet, text[last])+1])+text[last+1:])
}

func reference(uri string) func(*draft) {
	return func(d *draft) { d.set(d.signature()+"/SignedInfo/Reference", "URI", uri) }
}

func algorithm(name string) func(*draft) {
	return func(d *draft) { d.set(d.signature()+"/SignedInfo/SignatureMethod", "Algorithm", name) }
}

func digestRecomputed(d *draft) {
	old, k := d.find(d.signature()+"/SignatureValue").Content(), d.login.Key
	info := d.raw(d.signature() + "/KeyInfo")
	d.setContent("Assertion/Subject/NameID", "admin@example.com")
	d.signAnew(AttackerKey)
	d.setContent(d.signature()+"/SignatureValue", old)
	d.replace(d.signature()+"/KeyInfo", info)
	d.login.Key = k
}

func keyInfoOther(d *draft) {
	cert, err := AttackerKey.Certificate(d.login.Product)
	if err != nil {
		d.fail("%w", err)
		return
	}
	d.setContent(d.signature()+"/KeyInfo/X509Data/X509Certificate", encoded(cert))
}
