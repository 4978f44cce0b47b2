package saml

import (
	"fmt"
	"slices"
)

var (
	encryptSource = Source{"XML Encryption Syntax and Processing 1.1", "https://www.w3.org/TR/xmlenc-core1/"}
	breakSource   = Source{"Jager and Somorovsky, How to Break XML Encryption, 2011", "https://dl.acm.org/doi/10.1145/2046707.2046756"}
	awsEncryption = Source{"AWS IAM User Guide, Create and manage a SAML identity provider: encrypted assertions", urlIAM + "id_roles_providers_create_saml.html"}
)

var decryptRules = slices.Concat(encryptedAssertionRules, contextRules, encryptedPartRules)

// The rules on an encrypted assertion that cannot be read.
var encryptedAssertionRules = []*rule{
	{
		Rule: Rule{
			Code: "encryption-key-missing", Stage: StageDecrypt, Severity: Error,
			Title:       "the assertion is encrypted and there is no key for it",
			Explanation: "the Response holds an EncryptedAssertion; without the private key of its recipient nothing inside can be read or verified, and the response stays unverified. What stands around it is judged all the same",
			Fix:         "give the private key that belongs to the certificate it is encrypted for, with --key (Options.DecryptionKeys in a program); or capture a response of an application that does not encrypt, or switch token encryption off for a test sign-in",
			Sources:     []Source{core("2.3.4"), encryptSource, awsEncryption},
			Unsettled:   "AWS accepts what the assertion says, which cannot be read without the key",
		},
		needs: encryptedNeeds, judge: judgeEncryptedAssertions(noKey, func(f *facts, c *encryption) string {
			return "the assertion is encrypted " + c.words() + "; there is no key to decrypt it with" + f.signedAround()
		}),
	},
	{
		Rule: Rule{
			Code: "encryption-unsupported", Stage: StageDecrypt, Severity: Error,
			Title:       "the assertion is encrypted in a way that is not read",
			Explanation: "the EncryptedAssertion names an algorithm that is none of AES-CBC, AES-GCM and 3DES for the data and RSA-OAEP and RSA 1.5 for its key, or it has a form that SAML does not allow or that is refused for safety: ciphertext that stands elsewhere, several EncryptedData, no EncryptedKey, a value that is no base64 or has a length that no cipher makes. Nothing inside is read or verified. No key is needed to see that",
			Fix:         "encrypt with AES-GCM (or AES-CBC, for receivers that know nothing else) and RSA-OAEP, ciphertext and EncryptedKey inside the EncryptedAssertion",
			Sources:     []Source{core("2.3.4"), encryptSource, awsEncryption},
			Unsettled:   "AWS decrypts what is encrypted like this, and accepts what it holds",
		},
		needs: encryptedNeeds, judge: judgeEncryptedAssertions(unsupported, func(f *facts, c *encryption) string {
			return "the assertion is encrypted " + c.words() + ", which cannot be decrypted here: " + c.reason
		}),
	},
	{
		Rule: Rule{
			Code: "decryption-failed", Stage: StageDecrypt, Severity: Error,
			Title:       "no key decrypts the assertion",
			Explanation: "keys were given, and none of them turns the EncryptedAssertion into XML: it was encrypted for another key, it was changed or damaged after that, or, where CBC encrypts it, what is inside is not one assertion. Which step failed is not said, on purpose: from such answers those who can have ciphertexts judged find out what is inside",
			Fix:         "give the private key that belongs to the certificate which the identity provider encrypts with now (in Entra ID: Token encryption; in AWS the keys of the IAM SAML provider), and take the response as the browser posts it",
			Sources:     []Source{core("2.3.4"), encryptSource, breakSource, awsEncryption},
			Unsettled:   "AWS has the key that decrypts the assertion, and accepts what it says",
		},
		needs: encryptedNeeds, judge: judgeEncryptedAssertions(failed, func(f *facts, c *encryption) string {
			return "the assertion is encrypted " + c.words() + "; " + f.triedWords()
		}),
	},
	{
		Rule: Rule{
			Code: "plaintext-malformed", Stage: StageDecrypt, Severity: Error,
			Title:       "what is encrypted is not one assertion",
			Explanation: "an EncryptedAssertion holds one Assertion, in which or around which every prefix is declared that it uses. Something else inside, such as a Response, a second EncryptedAssertion or two elements, is how attacks lead a receiver that reads carelessly; it is not read here. That is told of AES-GCM alone, whose ciphertext nobody changes without the session key; of CBC decryption-failed is all that is said",
			Fix:         "let the identity provider encrypt one Assertion, with its namespaces declared on it",
			Sources:     []Source{core("2.3.4"), core("2.2.4"), encryptSource},
			Unsettled:   "AWS accepts such a plaintext",
		},
		needs: encryptedNeeds, judge: judgeEncryptedAssertions(unfit, func(f *facts, c *encryption) string {
			return "one Assertion is expected in what is encrypted, " + c.reason
		}),
	},
}

var encryptedNeeds = []*need{needDocument, needResponse, needSuccess}

// judgeEncryptedAssertions makes a judge of the encrypted assertions with which
// it came to this.
func judgeEncryptedAssertions(came opening, words func(*facts, *encryption) string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		found := sparing(report)
		for _, e := range f.inner.encrypted {
			if c := f.encryptions[e]; c.opening == came {
				found(func() Fault { return Fault{Place: placeOf(e), Message: words(f, c)} })
			}
		}
	}
}

// signedAround says what can be told of the signature all the same.
func (f *facts) signedAround() string {
	switch {
	case f.response.Signed:
		return ". The signature of the Response holds and covers the encrypted assertion as it stands; whether the assertion is signed too cannot be seen"
	case f.signed(f.shape.response):
		return ""
	}
	return ". The Response is not signed; whether the assertion is cannot be seen"
}

// triedWords names the keys that did not decrypt a part.
func (f *facts) triedWords() string {
	keys := f.options.DecryptionKeys
	if len(keys) == 1 {
		return "the key given does not decrypt it (SHA-256 of its public half: " + keysWords(keys) + ")"
	}
	return fmt.Sprintf("none of the %s given decrypts it (SHA-256 of the public half: %s)", count(len(keys), "key"), keysWords(keys))
}

// The rules on what is encrypted by itself.
var encryptedPartRules = []*rule{
	{
		Rule: Rule{
			Code: "nameid-encrypted", Stage: StageDecrypt, Severity: Warning,
			Title:       "the subject's identifier is encrypted by itself",
			Explanation: "an EncryptedID stands in place of the NameID. AWS documents the encryption of whole assertions only. With the key for it the identifier is read as if it stood there",
			Fix:         "send a plain NameID, and encrypt the whole assertion where that is wanted",
			Sources:     []Source{core("2.2.4"), awsProvider},
			Unsettled:   "AWS reads an identifier that is encrypted by itself",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeEncrypted("EncryptedID", "the identifier"),
	},
	{
		Rule: Rule{
			Code: "attribute-encrypted", Stage: StageDecrypt, Severity: Warning,
			Title:       "an attribute is encrypted by itself",
			Explanation: "an EncryptedAttribute stands among the attributes. AWS documents the encryption of whole assertions only, so that a claim inside it may never be seen. With the key for it the attribute is read as if it stood there",
			Fix:         "send plain attributes, and encrypt the whole assertion where that is wanted",
			Sources:     []Source{core("2.7.3.2"), awsProvider},
			Unsettled:   "AWS reads an attribute that is encrypted by itself",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeEncrypted("EncryptedAttribute", "an attribute"),
	},
}

func judgeEncrypted(local, what string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		found := sparing(report)
		for _, c := range f.encrypted(local) {
			found(func() Fault {
				return Fault{Place: placeOf(c.element), Message: fmt.Sprintf("%s is encrypted %s%s", what, c.words(), f.cameOf(c))}
			})
		}
	}
}

// cameOf says what came of an encrypted identifier or attribute.
func (f *facts) cameOf(c *encryption) string {
	switch c.opening {
	case opened:
		return "; it is read with the key " + keyName(c.key)
	case unsupported:
		return "; it cannot be decrypted here: " + c.reason
	case failed:
		return "; " + f.triedWords()
	case unfit:
		return "; it is not read, for " + c.reason
	}
	return ""
}

// judgeWeakEncryption adds to the rule algorithm-weak what is weak in the
// encryption of the message.
func judgeWeakEncryption(f *facts, report func(Fault)) {
	weak := sparing(report)
	for _, local := range encryptedNames {
		for _, c := range f.encrypted(local) {
			for _, w := range c.weak() {
				weak(func() Fault { return w.fault(c) })
			}
		}
	}
}

func (w weakness) fault(c *encryption) Fault {
	out := Fault{Place: placeOf(c.element), Message: w.words, NoAnswer: true, Unsettled: w.unsettled}
	if w.accepted {
		out.AWS = []Answer{{By: "sts", Code: "Success", Basis: Observed}}
	}
	return out
}
