package saml

import "fmt"

var encryptSource = Source{"XML Encryption Syntax and Processing 1.1", "https://www.w3.org/TR/xmlenc-core1/"}

// The rules on encrypted parts.
var decryptRules = []*rule{
	{
		Rule: Rule{
			Code: "encryption-key-missing", Stage: StageDecrypt, Severity: Error,
			Title:       "the assertion is encrypted and there is no key for it",
			Explanation: "the Response holds an EncryptedAssertion; without the private key of its recipient nothing inside can be read or verified, and the response stays unverified",
			Fix:         "capture a response of an application that does not encrypt, or switch token encryption off for a test sign-in",
			Sources:     []Source{core("2.3.4"), encryptSource, {"AWS IAM User Guide, Create and manage a SAML identity provider: encrypted assertions", urlIAM + "id_roles_providers_create_saml.html"}},
		},
		needs: []*need{needDocument, needResponse, needSuccess}, judge: func(f *facts, report func(Fault)) {
			missing := sparing(report)
			for _, e := range f.inner.encrypted {
				missing(func() Fault {
					return Fault{Place: placeOf(e), Message: "the assertion is encrypted " + describeEncryption(e).words() + "; there is no key to decrypt it with"}
				})
			}
		},
	},
	{
		Rule: Rule{
			Code: "nameid-encrypted", Stage: StageDecrypt, Severity: Warning,
			Title:       "the subject's identifier is encrypted by itself",
			Explanation: "an EncryptedID stands in place of the NameID. AWS documents the encryption of whole assertions only",
			Fix:         "send a plain NameID, and encrypt the whole assertion where that is wanted",
			Sources:     []Source{core("2.2.4"), awsProvider},
		},
		needs: []*need{needDocument, needMessage}, judge: judgeEncrypted("EncryptedID", "the identifier"),
	},
	{
		Rule: Rule{
			Code: "attribute-encrypted", Stage: StageDecrypt, Severity: Warning,
			Title:       "an attribute is encrypted by itself",
			Explanation: "an EncryptedAttribute stands among the attributes. AWS documents the encryption of whole assertions only, so that a claim inside it may never be seen",
			Fix:         "send plain attributes, and encrypt the whole assertion where that is wanted",
			Sources:     []Source{core("2.7.3.2"), awsProvider},
		},
		needs: []*need{needDocument, needMessage}, judge: judgeEncrypted("EncryptedAttribute", "an attribute"),
	},
}

func judgeEncrypted(local, what string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		encrypted := sparing(report)
		for _, c := range encryptions(f.shape.root, local) {
			encrypted(func() Fault {
				return Fault{Place: placeOf(c.element), Message: fmt.Sprintf("%s is encrypted %s", what, c.words())}
			})
		}
	}
}

// judgeWeakEncryption adds to the rule algorithm-weak what is weak in the
// encryption of the message.
func judgeWeakEncryption(f *facts, report func(Fault)) {
	weak := sparing(report)
	for _, local := range []string{"EncryptedAssertion", "EncryptedID", "EncryptedAttribute"} {
		for _, c := range encryptions(f.shape.root, local) {
			for _, w := range c.weak() {
				weak(func() Fault { return Fault{Place: placeOf(c.element), Message: w} })
			}
		}
	}
}
