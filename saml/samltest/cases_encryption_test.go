package samltest

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// withKey is the flag that gives the private key.
const withKey = "--key=idp/encryption.key"

// encryptedLike gives a sign-in at Entra that encrypts as Entra does.
func encryptedLike(sign Placement, mutations ...string) Login {
	return Login{Sign: sign, Encrypt: Encryption{Algorithm: "aes256-cbc"}, Mutations: mutations}
}

func encryptionCases() []testCase {
	gcm := Encryption{Algorithm: "aes256-gcm", Transport: "rsa-oaep", Digest: "sha256", MGF: "mgf1sha256"}
	return []testCase{
		{name: "encryption-key-missing", why: "The Assertion is encrypted and no key is given: unverified, no rows about its content.", login: encryptedLike(SignAssertion)},
		{name: "encryption-key-missing.signed", why: "The Response around the EncryptedAssertion is signed: that much can be told without the key.", login: Login{Sign: SignBoth, Encrypt: gcm}},
		{name: "encryption-key-missing.near", why: "With the key it is read and passes: the Signature is inside.", login: Login{Encrypt: gcm}, flags: withKey},
		{name: "encryption-key-missing.near-beside", why: "The EncryptedKey may stand beside EncryptedData.", login: Login{Encrypt: Encryption{Algorithm: "aes128-cbc", Beside: true}}, flags: withKey},
		{name: "decryption-failed", why: "It is encrypted for another key than the one that is given.", login: Login{Encrypt: Encryption{Key: NextKey}}, flags: withKey},
		{name: "decryption-failed.changed", why: "The ciphertext was changed; which step fails is not told.", login: encryptedLike(SignAssertion, "ciphertext-changed"), flags: withKey},
		{name: "decryption-failed.wrapped", why: "The EncryptedKey was changed; the words are the same.", login: encryptedLike(SignAssertion, "encrypted-key-changed"), flags: withKey},
		{name: "decryption-failed.near", why: "Without a key nothing can fail.", login: encryptedLike(SignAssertion, "ciphertext-changed")},
		{name: "encryption-unsupported", why: "Ciphertext that stands elsewhere is never fetched.", login: encryptedLike(SignAssertion, "ciphertext-referred"), flags: withKey},
		{name: "encryption-unsupported.algorithm", why: "Nobody knows this cipher; no key is needed to see that.", login: encryptedLike(SignAssertion, "encryption-algorithm-unknown")},
		{name: "encryption-unsupported.damaged", why: "No private key has an EncryptedKey of this length, as everybody sees.", login: mutation("assertion-encrypted"), flags: withKey},
		{name: "encryption-unsupported.near", why: "3DES and RSA 1.5 are weak, and read.", login: Login{Encrypt: Encryption{Algorithm: "tripledes-cbc", Transport: "rsa-1_5"}}, flags: withKey},
		{name: "plaintext-malformed", why: "A whole Response is encrypted where an Assertion belongs.", form: encrypting(func(r string) string { return r }), flags: withKey},
		{name: "plaintext-malformed.prefix", why: "The Assertion uses a prefix that is declared nowhere.", form: encrypting(prefixed("saml")), flags: withKey},
		{name: "plaintext-malformed.namespace", why: "Its prefix is declared on the Response, where it stands for the protocol: no Assertion of SAML.", form: encrypting(prefixed("samlp")), flags: withKey},
		{name: "plaintext-context", why: "The Assertion was encrypted without the declaration of its prefix, which the EncryptedAssertion has; its Signature covers it.", login: Login{Product: Okta, Encrypt: Encryption{Lean: true}}, metadata: "idp/okta.xml", flags: withKey},
		{name: "plaintext-context.default", why: "The Assertion has no prefix, and its namespace is declared outside.", login: Login{Encrypt: Encryption{Lean: true}}, flags: withKey},
		{name: "plaintext-context.around", why: "The Signature of the Response covers the declaration too, as the EncryptedAssertion has the same prefix.", login: Login{Product: Keycloak, Sign: SignResponse, Encrypt: Encryption{Lean: true}}, metadata: "idp/keycloak.xml", flags: withKey + " --profile=saml --at=2026-09-11T11:00:30Z"},
		{name: "plaintext-context.near", why: "The Assertion was encrypted with the declarations that it needs.", login: Login{Product: Okta, Encrypt: Encryption{Algorithm: "aes256-cbc"}}, metadata: "idp/okta.xml", flags: withKey},
		{name: "plaintext-malformed.near", why: "An XML declaration before the Assertion does no harm.", form: encrypting(func(r string) string {
			return `<?xml version="1.0"?>` + r[strings.Index(r, "<Assertion"):strings.Index(r, "</Assertion>")+len("</Assertion>")]
		}), flags: withKey},
		{name: "signature-missing.encrypted", why: "Anybody can encrypt for a public certificate: it proves nothing.", login: Login{Encrypt: Encryption{Mutations: []string{"signature-stripped"}}}, flags: withKey},
		{name: "assertion-unsigned.encrypted", why: "The Response's Signature covers the ciphertext; AWS wants one inside.", login: encryptedLike(SignResponse), flags: withKey},
		{name: "assertion-unsigned.near-encrypted", why: "Elsewhere the Response's Signature is enough.", login: encryptedLike(SignResponse), flags: withKey + " --profile=saml"},
		{name: "response-signature-broken.encrypted", why: "The Signature inside holds, the one on the Response does not.", login: encryptedLike(SignBoth, "destination-edited"), flags: withKey},
		{name: "digest-mismatch.encrypted", why: "The ciphertext was exchanged under the Response's Signature.", login: encryptedLike(SignBoth, "ciphertext-changed"), flags: withKey},
		{name: "digest-mismatch.inside", why: "NameID was edited before the Assertion was encrypted.", login: Login{Encrypt: Encryption{Mutations: []string{"nameid-edited"}}}, flags: withKey},
		{name: "comment-in-value.encrypted", why: "What is encrypted is looked at as anything else.", login: Login{Encrypt: Encryption{Mutations: []string{"comment-inserted"}}}, flags: withKey},
		{name: "role-missing.encrypted", why: "The claims inside are judged too.", login: Login{Encrypt: gcm, Mutations: []string{"role-missing"}}, flags: withKey},
		{name: "nameid-encrypted.readable", why: "With the key the identifier is read; the warning stays.", login: mutation("nameid-encrypted-readable"), flags: withKey},
		{name: "nameid-encrypted.near", why: "The identifier inside an encrypted Assertion is plain.", login: Login{Encrypt: gcm}, flags: withKey},
		{name: "attribute-encrypted.readable", why: "With the key the roles are read; the warning stays.", login: mutation("attribute-encrypted-readable"), flags: withKey},
		{name: "attribute-encrypted.unread", why: "Without the key there is no Role.", login: mutation("attribute-encrypted-readable")},
	}
}

// prefixed makes a plaintext of the Assertion, whose element has a prefix.
func prefixed(prefix string) func(string) string {
	return func(r string) string {
		assertion := r[strings.Index(r, "<Assertion") : strings.Index(r, "</Assertion>")+len("</Assertion>")]
		return strings.NewReplacer("<Assertion ", "<"+prefix+":Assertion ", "</Assertion>", "</"+prefix+":Assertion>").Replace(assertion)
	}
}

// encrypting makes a form that puts an EncryptedAssertion in the place of the
// Assertion, which holds a text made of the response.
func encrypting(plaintext func(response string) string) func(Response) string {
	return func(r Response) string {
		o, err := Encryption{Algorithm: "aes256-gcm"}.options(Entra)
		if err != nil {
			return ""
		}
		o.Wrapper, o.Namespace, o.Random = "EncryptedAssertion", assertionSpace, strings.NewReader(strings.Repeat("made for tests ", 100))
		text, err := xmlenc.Encrypt([]byte(plaintext(string(r))), o)
		if err != nil {
			return ""
		}
		d := &draft{text: string(r)}
		d.replace("Assertion", text)
		return d.text
	}
}
