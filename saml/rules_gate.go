package saml

import (
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// gateSources are the sections that say how a SAML message is signed.
// The recorded answers are what those of AWS are concluded from.
var gateSources = []Source{core("5.4"), core("5.4.2"), awsRecorded}

// attackSource describes the attacks that the gate keeps out.
var attackSource = Source{"Somorovsky et al., On Breaking SAML: Be Whoever You Want to Be, 2012", "https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky"}

// gateRule makes the rule for a fault that the examination of signatures names
// by this code. A mere remark is a warning where the rule is an error.
func gateRule(proves bool, r Rule) *rule {
	r.Stage = StageSignature
	return &rule{Rule: r, proves: proves, needs: []*need{needDocument, needSignature}, judge: func(f *facts, report func(Fault)) {
		found := sparing(report)
		for _, s := range f.signatures {
			if quoted(s.Element) {
				continue
			}
			for _, fault := range s.Faults {
				if fault.Code == r.Code {
					found(func() Fault { return gateFault(r.Severity, s, fault) })
				}
			}
		}
	}}
}

// gateFault makes the finding of a fault of a Signature, under a rule of this
// severity. What stands around the message is not what is believed.
func gateFault(usual Severity, s *xmlsig.Signature, fault xmlsig.Fault) Fault {
	out := Fault{Message: fault.Message, Place: placeOfFault(s, fault)}
	if usual == Error && (fault.Remark || around(s.Element)) {
		out.Severity, out.NoAnswer = Warning, true
		out.Unsettled = "STS accepts a Signature of this form"
	}
	return out
}

// alsoJudge gives the rule a second judge, and takes away the need for a
// Signature: the second one looks elsewhere.
func alsoJudge(second func(*facts, func(Fault)), r *rule) *rule {
	first := r.judge
	r.needs = []*need{needDocument}
	r.judge = func(f *facts, report func(Fault)) { first(f, report); second(f, report) }
	return r
}

// The rules on the shape of a Signature.
var gateRules = []*rule{
	gateRule(true, Rule{
		Code: "signature-misplaced", Severity: Error, Varies: "warning where it is a child of what it signs, but not directly after Issuer",
		Title:       "a Signature stands in the wrong place",
		Explanation: "the Signature of a SAML message is a direct child of the element that it signs, directly after Issuer; one that stands elsewhere proves something else than what is read, which is what signature-wrapping attacks are made of",
		Fix:         "take the response from the identity provider anew; one that signs in another place is misconfigured or not a SAML 2.0 product",
		Sources:     append(slices.Clone(gateSources), attackSource), AWS: answerSignature(Inferred),
	}),
	gateRule(true, Rule{
		Code: "signature-multiple", Severity: Error,
		Title:       "an element has several Signatures",
		Explanation: "an element has at most one Signature; with two, one reader verifies the first and another the second",
		Fix:         "sign once; if the identity provider does, the response was tampered with",
		Sources:     append(slices.Clone(gateSources), attackSource), AWS: answerSignature(Inferred),
	}),
	gateRule(true, Rule{
		Code: "signature-malformed", Severity: Error,
		Title:       "a Signature is not built as one",
		Explanation: "a Signature holds SignedInfo, SignatureValue and perhaps KeyInfo, once each and in that order, and nothing else stands inside SignedInfo than what XML Signature defines: an Object, a second SignedInfo or a comment is where known attacks hide what was really signed",
		Fix:         "take the response from the identity provider anew; if it is built like that there, another signing component is needed",
		Sources:     []Source{xmldsig("4.1"), core("5.4"), awsRecorded, {"CVE-2025-29774 and CVE-2025-29775: several SignedInfo, comments in DigestValue", "https://github.com/node-saml/xml-crypto/security/advisories"}, attackSource}, AWS: answerSignature(Inferred),
	}),
	gateRule(true, Rule{
		Code: "reference-missing", Severity: Error,
		Title:       "the signature refers to nothing",
		Explanation: "SignedInfo has no Reference, so that the signature covers no content at all",
		Fix:         "sign the assertion with one Reference to its ID",
		Sources:     gateSources, AWS: answerSignature(Inferred),
	}),
	gateRule(true, Rule{
		Code: "reference-multiple", Severity: Error,
		Title:       "the signature has several References",
		Explanation: "SAML allows one Reference, to the element that the Signature is a child of; with several, readers differ on which one counts (CVE-2026-33487)",
		Fix:         "sign with one Reference to the ID of the element",
		Sources:     gateSources, AWS: answerSignature(Inferred),
	}),
	gateRule(true, Rule{
		Code: "reference-mismatch", Severity: Error,
		Title:       "the signature refers to something else than its parent",
		Explanation: "the URI of the Reference is # and the ID of the element that the Signature is a child of; another one, an empty or an absent one leaves open what is proved, even where the mathematics holds",
		Fix:         "sign the element by its own ID; if the identity provider does, the response was tampered with",
		Sources:     append(slices.Clone(gateSources), attackSource), AWS: answerSignature(Inferred),
	}),
	gateRule(true, Rule{
		Code: "reference-external", Severity: Error,
		Title:       "the signature refers to another document",
		Explanation: "the URI of the Reference leads out of the message; samlcheck never fetches anything, and SAML allows only a reference to the element itself",
		Fix:         "sign the element by its own ID",
		Sources:     gateSources, AWS: answerSignature(Inferred),
	}),
}

// The rules on algorithms.
var algorithmRules = []*rule{
	gateRule(false, Rule{
		Code: "transform-unsupported", Severity: Error,
		Title:       "a transform is not allowed in SAML",
		Explanation: "SAML allows the enveloped-signature transform and exclusive canonicalization; XPath, XSLT, Base64 and others let a signature cover something else than what is read",
		Fix:         "sign with the transforms enveloped-signature and exclusive canonicalization",
		Sources:     []Source{core("5.4.4")},
		Unsettled:   "STS accepts such a transform",
	}),
	gateRule(false, Rule{
		Code: "canonicalization-unsupported", Severity: Error,
		Title:       "the canonicalization is not supported",
		Explanation: "CanonicalizationMethod names an algorithm that is none of exclusive C14N 1.0, C14N 1.0 and C14N 1.1, so that SignedInfo cannot be brought into the form that was signed",
		Fix:         "sign with exclusive canonicalization (http://www.w3.org/2001/10/xml-exc-c14n#)",
		Sources:     []Source{core("5.4.3")},
		Unsettled:   "STS accepts such a canonicalization",
	}),
	gateRule(false, Rule{
		Code: "algorithm-unsupported", Severity: Error,
		Title:       "an algorithm is not supported",
		Explanation: "the signature or digest algorithm is none that can prove a SAML message: HMAC needs a secret that both sides share and is the mark of an attack that uses the public certificate as one, \"none\" proves nothing, and MD5 and DSA are broken or out of use",
		Fix:         "sign with RSA and SHA-256",
		Sources:     []Source{core("5.4.1"), {"CVE-2025-48994: HMAC keyed with the public certificate", "https://nvd.nist.gov/vuln/detail/CVE-2025-48994"}, xmldsig("6.1")},
		Unsettled:   "STS accepts such an algorithm",
	}),
	gateRule(false, Rule{
		Code: "transform-nonstandard", Severity: Warning,
		Title:       "the transforms are not the usual ones",
		Explanation: "SAML asks for exclusive canonicalization; an inclusive one breaks when the assertion is moved into another envelope, one with comments signs comments too, and without any the default applies, which libraries read differently",
		Fix:         "sign with the transforms enveloped-signature and exclusive canonicalization without comments",
		Sources:     []Source{core("5.4.3"), core("5.4.4")},
		Unsettled:   "STS accepts such a transform",
	}),
	gateRule(false, Rule{
		Code: "canonicalization-nonstandard", Severity: Warning,
		Title:       "the canonicalization is not the usual one",
		Explanation: "SAML asks for exclusive canonicalization of SignedInfo; an inclusive one depends on namespaces around the Signature, so that moving it into another envelope breaks it",
		Fix:         "sign with exclusive canonicalization without comments",
		Sources:     []Source{core("5.4.3")},
		Unsettled:   "STS accepts such a canonicalization",
	}),
	alsoJudge(judgeWeakEncryption, gateRule(false, Rule{
		Code: "algorithm-weak", Severity: Warning,
		Title:       "an algorithm is weak",
		Explanation: "SHA-1 and SHA-224 are no longer thought safe for signatures; many receivers (OpenJDK 17 and later, for one) refuse SHA-1. Whether AWS accepts it is not on record. AES-CBC and 3DES encrypt without integrity, and RSA 1.5 key transport can be attacked through error messages",
		Fix:         "sign with RSA-SHA256 (in Entra ID set the signing algorithm to SHA-256, in ADFS the secure hash algorithm of the relying party trust); encrypt with AES-GCM and RSA-OAEP",
		Sources:     []Source{{"RFC 9231, Additional XML Security URIs, section 2", "https://www.rfc-editor.org/rfc/rfc9231"}, {"Jager and Somorovsky, How to Break XML Encryption, 2011", "https://dl.acm.org/doi/10.1145/2046707.2046756"}},
		Unsettled:   "STS accepts such an algorithm",
	})),
}

// The rules on what a Signature says about its key, and on the form of values.
var keyHintRules = []*rule{
	{
		Rule: Rule{
			Code: "certificate-reissued", Stage: StageSignature, Severity: Info,
			Title:       "the key is known, its certificate is another",
			Explanation: "the certificate in KeyInfo holds the key of the metadata, but is another certificate: it was issued anew for the same key. The signature is sound; receivers that compare whole certificates refuse it",
			Fix:         "bring the metadata up to date, so that both show the same certificate",
			Sources:     []Source{core("5.4.5")},
		},
		needs: []*need{needDocument, needSignature, needMetadata}, judge: judgeReissued,
	},
	gateRule(false, Rule{
		Code: "keyinfo-mismatch", Severity: Info,
		Title:       "KeyInfo shows a certificate that did not sign",
		Explanation: "the first certificate in KeyInfo is not that of the key which verifies the signature; KeyInfo is a hint that samlcheck does not rely on, but receivers that look only at this certificate refuse the response",
		Fix:         "configure the identity provider to send the certificate of the key that it signs with, first",
		Sources:     []Source{core("5.4.5"), xmldsig("4.5")},
	}),
	gateRule(false, Rule{
		Code: "keyinfo-malformed", Severity: Info,
		Title:       "KeyInfo cannot be read",
		Explanation: "a certificate in KeyInfo is damaged, or KeyInfo points elsewhere by RetrievalMethod, which samlcheck never follows; the signature is verified with the keys of the metadata all the same",
		Fix:         "configure the identity provider to send its certificate as plain base64 of the DER form",
		Sources:     []Source{core("5.4.5"), xmldsig("4.5.4")},
	}),
	gateRule(false, Rule{
		Code: "base64-unused-bits", Severity: Warning,
		Title:       "base64 has bits set that mean nothing",
		Explanation: "the last character of a base64 value carries bits that belong to no byte and are set, so that several texts stand for the same value; strict decoders refuse it, and a genuine one is rare",
		Fix:         "take the response as the browser posts it",
		Sources:     []Source{{"RFC 4648, section 3.5", "https://www.rfc-editor.org/rfc/rfc4648#section-3.5"}},
		Unsettled:   "STS accepts base64 with unused bits that are set",
	}),
}

func judgeReissued(f *facts, report func(Fault)) {
	for _, s := range f.signatures {
		if s.Key == nil || s.Key.Certificate == nil || len(s.KeyInfo.Certificates) == 0 {
			continue
		}
		shown := s.KeyInfo.Certificates[0]
		if shown.Certificate == nil || f.inMetadata(shown.Certificate.Raw) || !sameKey(shown.Certificate, s.Key.Certificate) {
			continue
		}
		report(Fault{Place: placeOf(shown.Element), Message: "the certificate in KeyInfo is not one of the metadata's, but holds the same key as " + quote(s.Key.Certificate.Subject.String())})
	}
}
