package samltest

import (
	"fmt"
	"strings"
)

// structureFaults are faults of an identity provider in the structure of the
// assertion, and parts that it encrypts.
func structureFaults() []Mutation {
	const nameID = "Assertion/Subject/NameID"
	return []Mutation{
		{Name: "nameid-element", Doc: "NameID holds an element", edit: func(d *draft) {
			d.append(nameID, `<x xmlns="https://example.com/ns"/>`)
		}},
		{Name: "nameid-twice", Doc: "the Subject has two NameIDs", edit: func(d *draft) { d.after(nameID, d.raw(nameID)) }},
		{Name: "nameid-foreign", Doc: "a NameID of another namespace stands beside the right one", edit: func(d *draft) {
			d.after(nameID, `<NameID xmlns="https://example.com/ns">admin@example.com</NameID>`)
		}},
		{Name: "id-xml", Doc: "the Assertion has an xml:id beside its ID", edit: setting("Assertion", "xml:id", "_other")},
		{Name: "attribute-statement-empty", Doc: "a second AttributeStatement is empty", edit: func(d *draft) {
			d.after(attributes, "<"+tag(d.find(attributes), "AttributeStatement")+"/>")
		}},
		{Name: "subject-last", Doc: "the Subject stands behind the Conditions", edit: func(d *draft) {
			raw := d.raw("Assertion/Subject")
			d.drop("Assertion/Subject")
			d.after("Assertion/Conditions", raw)
		}},
		{Name: "nameid-encrypted", Doc: "an EncryptedID stands in the place of NameID", edit: func(d *draft) {
			d.replace(nameID, ciphertext(tag(d.find(nameID), "EncryptedID")))
		}},
		{Name: "attribute-encrypted", Doc: "an attribute is encrypted", edit: func(d *draft) {
			d.append(attributes, ciphertext(tag(d.find(attributes), "EncryptedAttribute")))
		}},
		{Name: "nameid-encrypted-readable", Doc: "an EncryptedID for EncryptionKey stands in the place of NameID", edit: func(d *draft) {
			d.encryptPart(nameID, "EncryptedID")
		}},
		{Name: "attribute-encrypted-readable", Doc: "the attribute Role is encrypted for EncryptionKey", edit: func(d *draft) {
			d.encryptPart(attributes+"/Attribute(Role)", "EncryptedAttribute")
		}},
		{Name: "assertion-encrypted", Doc: "an EncryptedAssertion, whose ciphertext means nothing, stands in the place of the Assertion", edit: func(d *draft) {
			name := tag(d.find("Assertion"), "EncryptedAssertion")
			declaration := "xmlns"
			if p := d.find("Assertion").Prefix(); p != "" {
				declaration += ":" + p
			}
			d.replace("Assertion", strings.Replace(ciphertext(name), "<"+name, fmt.Sprintf(`<%s %s="%s"`, name, declaration, assertionSpace), 1))
		}},
		{Name: "tags-many", Doc: "51 principal tags", edit: func(d *draft) {
			for i := range 51 {
				attributeAdded(fmt.Sprintf("%sPrincipalTag:Team%02d", awsAttribute, i), "red")(d)
			}
		}},
		{Name: "source-identity-twice", Doc: "SourceIdentity has two values", edit: attributeAdded(awsAttribute+"SourceIdentity", user, "other@example.com")},
	}
}

// ciphertext gives an encrypted element of this name. Nothing decrypts it.
func ciphertext(name string) string {
	const enc = "http://www.w3.org/2001/04/xmlenc#"
	value := strings.Repeat("AAECAwQFBgcICQoLDA0ODw", 4) + "=="
	return "<" + name + `><xenc:EncryptedData xmlns:xenc="` + enc + `" Type="` + enc + `Element">` +
		`<xenc:EncryptionMethod Algorithm="` + enc + `aes256-cbc"/>` +
		`<ds:KeyInfo xmlns:ds="` + signatureSpace + `"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="` + enc + `rsa-oaep-mgf1p"/>` +
		"<xenc:CipherData><xenc:CipherValue>" + value + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>" +
		"<xenc:CipherData><xenc:CipherValue>" + value + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></" + name + ">"
}
