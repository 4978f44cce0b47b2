package hostile

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// decrypting marks recipes whose documents are read with the key.
func decrypting(all []recipe) []recipe {
	for i := range all {
		all[i].decrypt = true
	}
	return all
}

// encryptions are encrypted assertions that nobody signed, or that stand beside
// others.
func encryptions() []recipe {
	shapes := only("entra", "adfs", "okta")
	unproved := func(p *paper) {
		p.text = forge(p.text)
		encrypting(gcm())(p)
	}
	forgedBeside := func(before bool) func(*paper) { // a forged one, encrypted, beside the genuine one
		return func(p *paper) {
			markup := p.encrypted(p.forged(forgedID), gcm())
			if before {
				p.before("Assertion", markup)
				return
			}
			p.after("Assertion", markup)
		}
	}
	return decrypting(join(
		of("E1", Anybody, shapes,
			recipe{name: "unsigned", codes: "signature-missing", unsigned: true, attack: unproved},
			recipe{name: "signed-by-attacker", codes: "signature-key-unknown", unsigned: true, attack: func(p *paper) {
				p.text = forge(p.text)
				p.signedByAttacker(p.find("Assertion").Get("ID"))
				encrypting(gcm())(p)
			}},
			recipe{name: "genuine-signature-inside", by: Holder, codes: "digest-mismatch", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(""))
				encrypting(gcm())(p)
			}},
			recipe{name: "signed-inside-honest", by: Provider, want: Passes, envelop: encrypting(gcm())},
			recipe{name: "captured-and-encrypted-by-holder-honest", by: Holder, want: Passes, attack: encrypting(gcm())}),
		of("E2", Holder, shapes,
			recipe{name: "encrypted-forged-first", codes: "assertion-multiple", attack: forgedBeside(true)},
			recipe{name: "encrypted-forged-last", codes: "assertion-multiple", attack: forgedBeside(false)},
			recipe{name: "plain-forged-first", codes: "assertion-multiple", envelop: encrypting(gcm()), attack: func(p *paper) { p.before("EncryptedAssertion", forgedAssertion) }},
			recipe{name: "plain-forged-last", codes: "assertion-multiple", envelop: encrypting(gcm()), attack: func(p *paper) { p.after("EncryptedAssertion", forgedAssertion) }},
			recipe{name: "two-encrypted", codes: "assertion-multiple", envelop: encrypting(gcm()), attack: func(p *paper) {
				p.before("EncryptedAssertion", p.encrypted(forgedAssertion, gcm()))
			}},
			recipe{name: "swapped-under-signed-response", codes: "digest-mismatch", shapes: []shape{{"entra", "response"}, {"okta", "response"}}, envelop: encrypting(gcm()), attack: func(p *paper) {
				p.replace("EncryptedAssertion", p.encrypted(forgedAssertion, gcm()))
			}},
			recipe{name: "one-encrypted-honest", by: Provider, want: Passes, envelop: encrypting(gcm())}),
	))
}

// ciphertexts are changed, cut and malformed ones, and weak ways to encrypt.
func ciphertexts() []recipe {
	changed := func(name string, o xmlenc.EncryptOptions, path string, change func([]byte) []byte, code string) recipe {
		return recipe{name: name, by: Holder, codes: code, envelop: encrypting(o), attack: tampered(path, change)}
	}
	const failed, unread = "decryption-failed", "encryption-unsupported"
	rsa15 := xmlenc.EncryptOptions{Algorithm: xmlenc.AES256GCM, Transport: xmlenc.Space + "rsa-1_5"}
	triple := xmlenc.EncryptOptions{Algorithm: xmlenc.Space + "tripledes-cbc"}
	e6 := []recipe{
		{name: "short-key-of-3des", codes: failed, envelop: encrypting(triple), attack: rewrapped(make([]byte, 8))},
		{name: "short-key-of-aes", codes: failed, envelop: encrypting(gcm()), attack: rewrapped(make([]byte, 5))},
		{name: "wrapped-key-empty", codes: unread, envelop: encrypting(gcm()), attack: containing(wrappedKey, "")},
		{name: "wrapped-key-short", codes: failed, envelop: encrypting(gcm()), attack: tampered(wrappedKey, cutTo(100))},
		{name: "no-base64", codes: unread, envelop: encrypting(gcm()), attack: containing(ciphertext, "§§§")},
		{name: "no-cipher-data", codes: unread, envelop: encrypting(gcm()), attack: dropping(encryptedData + "/CipherData")},
		{name: "no-data", codes: unread, envelop: encrypting(gcm()), attack: dropping(encryptedData)},
		{name: "no-method", codes: unread, envelop: encrypting(gcm()), attack: dropping(encryptedMethod)},
		{name: "whole-honest", by: Provider, want: Passes, envelop: encrypting(gcm())},
	}
	for _, n := range []int{0, 1, 5, 15, 16, 17, 31, 37} {
		e6 = append(e6, changed(fmt.Sprintf("cbc-%d-octets", n), cbc(), ciphertext, cutTo(n), unread))
	}
	for n, code := range map[int]string{0: unread, 5: unread, 16: unread, 27: unread, 28: failed, 37: failed} {
		e6 = append(e6, changed(fmt.Sprintf("gcm-%d-octets", n), gcm(), ciphertext, cutTo(n), code))
	}
	return decrypting(join(
		of("E3", Provider, nil,
			changed("first-block", cbc(), ciphertext, flipped(0), failed), changed("middle", cbc(), ciphertext, flipped(800), failed),
			changed("last-block", cbc(), ciphertext, flipped(-1), failed), changed("padding", cbc(), ciphertext, flipped(-17), failed), changed("block-cut-off", cbc(), ciphertext, func(b []byte) []byte { return b[:len(b)-16] }, failed),
			recipe{name: "cbc", want: Warned, codes: "algorithm-weak", envelop: encrypting(cbc())},
			recipe{name: "3des", want: Warned, codes: "algorithm-weak", envelop: encrypting(triple)},
			recipe{name: "gcm-honest", want: Passes, envelop: encrypting(gcm())}),
		of("E4", Provider, nil,
			recipe{name: "rsa-1.5", want: Warned, codes: "algorithm-weak", envelop: encrypting(rsa15)},
			changed("wrapped-key-flipped", rsa15, wrappedKey, flipped(50), failed), changed("wrapped-key-zero", rsa15, wrappedKey, func(b []byte) []byte { return make([]byte, len(b)) }, failed),
			changed("wrapped-key-ones", rsa15, wrappedKey, func(b []byte) []byte { return []byte(strings.Repeat("\xff", len(b))) }, failed),
			recipe{name: "oaep-honest", want: Passes, envelop: encrypting(gcm())}),
		of("E5", Holder, nil,
			changed("tag-flipped", gcm(), ciphertext, flipped(-1), failed), changed("tag-cut", gcm(), ciphertext, func(b []byte) []byte { return b[:len(b)-4] }, failed),
			changed("tag-gone", gcm(), ciphertext, func(b []byte) []byte { return b[:len(b)-16] }, failed), changed("text-flipped", gcm(), ciphertext, flipped(200), failed), changed("nonce-flipped", gcm(), ciphertext, flipped(0), failed),
			changed("tag-zero", gcm(), ciphertext, func(b []byte) []byte { clear(b[len(b)-16:]); return b }, failed),
			recipe{name: "renamed-to-cbc", codes: unread, envelop: encrypting(gcm()), attack: setting(encryptedMethod, "Algorithm", xmlenc.AES256CBC)},
			recipe{name: "tag-whole-honest", by: Provider, want: Passes, envelop: encrypting(gcm())}),
		of("E6", Holder, nil, sorted(e6)...),
		of("E7", Holder, nil, keyReferences()...),
		of("E9", Holder, nil,
			changed("wrapped-key", gcm(), wrappedKey, flipped(50), failed), changed("tag", gcm(), ciphertext, flipped(-1), failed), changed("padding", cbc(), ciphertext, flipped(-17), failed),
			changed("wrapped-key-of-rsa-1.5", rsa15, wrappedKey, flipped(50), failed),
			recipe{name: "session-key-of-attacker", codes: failed, envelop: encrypting(gcm()), attack: rewrapped(make([]byte, 32))},
			recipe{name: "readable-honest", by: Provider, want: Passes, envelop: encrypting(gcm())}),
	))
}

// keyReferences are ciphertexts and keys that stand elsewhere.
func keyReferences() []recipe {
	const x = `<xenc:CipherReference xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" URI="http://attacker.example.com/x"/>`
	const retrieval = `<ds:RetrievalMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey" URI="`
	enveloped := func(name, code string, edit func(*paper)) recipe {
		return recipe{name: name, codes: code, envelop: encrypting(gcm()), attack: edit}
	}
	return []recipe{
		enveloped("cipher-reference", "encryption-unsupported", containing(encryptedData+"/CipherData", x)),
		enveloped("cipher-reference-of-key", "encryption-unsupported", containing(encryptedKey+"/CipherData", x)),
		enveloped("retrieval-http", "encryption-unsupported", containing(encryptedData+"/KeyInfo", retrieval+`http://attacker.example.com/k"/>`)),
		enveloped("retrieval-of-nothing", "encryption-unsupported", containing(encryptedData+"/KeyInfo", retrieval+`#_nothing"/>`)),
		enveloped("retrieval-of-itself", "encryption-unsupported", doing(setting(encryptedData, "Id", "_itself"), containing(encryptedData+"/KeyInfo", retrieval+`#_itself"/>`))),
		enveloped("many-keys", "encryption-unsupported", func(p *paper) { p.after(encryptedKey, strings.Repeat(p.raw(encryptedKey), 40)) }),
		enveloped("key-in-key", "encryption-unsupported", func(p *paper) {
			p.content(encryptedKey, `<ds:KeyInfo xmlns:ds="`+signatureSpace+`">`+p.raw(encryptedKey)+"</ds:KeyInfo>")
		}),
		{name: "recipients-honest", by: Provider, want: Passes, envelop: encrypting(xmlenc.EncryptOptions{Algorithm: xmlenc.AES256GCM, To: []xmlenc.Recipient{{Name: "urn:amazon:webservices"}}})},
		{name: "several-keys-honest", by: Provider, want: Passes, envelop: encrypting(xmlenc.EncryptOptions{Algorithm: xmlenc.AES256GCM, To: []xmlenc.Recipient{{Name: "a"}, {Name: "b"}}})},
		{name: "key-beside-honest", by: Provider, want: Passes, envelop: encrypting(xmlenc.EncryptOptions{Algorithm: xmlenc.AES256GCM, Beside: true})},
	}
}

// plaintexts are encrypted contents that are not one assertion on its own.
func plaintexts() []recipe {
	const malformed = "plaintext-malformed"
	whole := func(make func(p *paper) string) func(*paper) { return enclosing(make) }
	text := func(s string) func(*paper) { return enclosing(func(*paper) string { return s }) }
	inside := func(edit func(*paper)) func(*paper) { // edits the document, then encrypts what the Assertion has become
		return doing(edit, encrypting(gcm()))
	}
	return decrypting(of("E8", Holder, nil,
		recipe{name: "empty", by: Anybody, unsigned: true, codes: malformed, attack: text("")},
		recipe{name: "comment", by: Anybody, unsigned: true, codes: malformed, attack: text("<!-- attacker -->")},
		recipe{name: "text", by: Anybody, unsigned: true, codes: malformed, attack: text("attacker")},
		recipe{name: "two-roots", codes: malformed, attack: whole(func(p *paper) string { return p.raw("Assertion") + forgedAssertion })},
		recipe{name: "two-roots-forged-first", codes: malformed, attack: whole(func(p *paper) string { return forgedAssertion + p.raw("Assertion") })},
		recipe{name: "doctype", codes: malformed, attack: whole(func(p *paper) string { return "<!DOCTYPE x>" + p.raw("Assertion") })},
		recipe{name: "response", codes: malformed, attack: whole(func(p *paper) string { return p.root().Raw() })},
		recipe{name: "closes-the-wrapper", codes: malformed, attack: whole(func(p *paper) string { return p.raw("Assertion") + "</saml:EncryptedAssertion>" + forgedAssertion })},
		recipe{name: "encrypted-again", codes: malformed, attack: doing(encrypting(gcm()), func(p *paper) {
			p.replace("EncryptedAssertion", p.encrypted(p.raw("EncryptedAssertion"), gcm()))
		})},
		recipe{name: "wrapping-4", codes: "assertion-misplaced", attack: inside(nest(""))},
		recipe{name: "wrapping-6", codes: "signature-malformed", attack: inside(carry(forgedID, last))},
		recipe{name: "wrapping-8", codes: "signature-malformed id-duplicate", attack: inside(carry("", object))},
		recipe{name: "comment-in-nameid", codes: "comment-in-value", attack: inside(func(p *paper) { p.append(nameID, "<!-- -->") })},
		recipe{name: "id-outside-too", codes: "id-duplicate", attack: func(p *paper) {
			id := p.find("Assertion").Get("ID")
			encrypting(gcm())(p)
			p.set("", "ID", id)
		}},
		recipe{name: "context", want: Warned, codes: "plaintext-context", shapes: only("keycloak"), attack: func(p *paper) {
			markup := p.encrypted(p.raw("Assertion"), gcm())
			p.replace("Assertion", markup)
		}},
		recipe{name: "prefix-rebound-outside", codes: malformed, shapes: only("keycloak"), attack: func(p *paper) {
			p.replace("Assertion", strings.ReplaceAll(p.encrypted(p.raw("Assertion"), gcm()), "saml:EncryptedAssertion", "samla:EncryptedAssertion"))
			p.swap(`<samla:EncryptedAssertion xmlns:saml="`+assertionSpace+`"`, `<samla:EncryptedAssertion xmlns:samla="`+assertionSpace+`" xmlns:saml="`+elsewhere+`"`)
		}},
		recipe{name: "declaration-honest", want: Passes, attack: whole(func(p *paper) string { return `<?xml version="1.0"?>` + p.raw("Assertion") })},
		recipe{name: "alone-honest", by: Provider, want: Passes, shapes: only("entra", "adfs", "okta"), envelop: encrypting(gcm())},
	))
}
