package saml

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

var signatureRules = slices.Concat(signedRules, integrityRules, gateRules, algorithmRules, keyHintRules, witnessRules)

// The rules on what is signed at all.
var signedRules = []*rule{
	{
		Rule: Rule{
			Code: "signature-missing", Stage: StageSignature, Severity: Error,
			Title:       "nothing is signed",
			Explanation: "neither the Response nor the Assertion has a Signature as its child, so that anybody can have written the message; a Signature elsewhere in the document proves something else",
			Fix:         "switch signing on at the identity provider, of the assertion for AWS; if it signs, the signature was stripped on the way",
			Sources:     []Source{profiles("4.1.4.5"), core("5.1"), awsRecorded},
			AWS:         answerSigned(Observed),
		},
		proves: true, needs: []*need{needDocument, needMessage, needSuccess, needContent, needExamined}, judge: func(f *facts, report func(Fault)) {
			if !f.signed(f.shape.response) && !f.signed(f.assertion) && !f.signedBelow() {
				report(Fault{Place: f.content.Place(), Message: "a Signature is expected on the Assertion or on the Response, neither has one" + f.elsewhere() + f.onlyEncrypted(), AWS: f.unsignedAnswer()})
			}
		},
	},
	{
		Rule: Rule{
			Code: "assertion-unsigned", Stage: StageSignature, Severity: Error, Profiles: onlyAWS,
			Title:       "only the Response is signed",
			Explanation: "a signature on the Response alone is sound SAML: it covers the assertion too. AWS asks for a signature on the Assertion itself and was observed to refuse a response without one; a signature on the Response beside it is optional",
			Fix:         "sign the assertion: in Entra ID set the signing option to \"Sign SAML assertion\" (or \"Sign SAML response and assertion\"); in ADFS Set-AdfsRelyingPartyTrust -SamlResponseSignature AssertionOnly or MessageAndAssertion; in Okta set Assertion Signature to Signed; in Keycloak switch Sign Assertions on; in Google Workspace leave \"Signed response\" unchecked",
			Sources:     []Source{awsRecorded, awsAssertions},
			AWS:         answerSigned(Observed),
		},
		needs: []*need{needDocument, needMessage, needSuccess, needContent, needExamined}, judge: func(f *facts, report func(Fault)) {
			if f.signed(f.shape.response) && !f.signed(f.assertion) {
				report(Fault{Place: f.content.Place(), Message: "AWS expects a Signature on the Assertion, only the Response has one", AWS: f.unsignedAnswer()})
			}
		},
	},
}

func (f *facts) signed(e xmldoc.Element) bool { return len(f.signaturesOf(e)) > 0 }

// signedBelow reports whether a Signature refers to the Response or the
// Assertion that it stands deep inside: signature-misplaced says the rest.
func (f *facts) signedBelow() bool {
	return slices.ContainsFunc(f.signatures, func(s *xmlsig.Signature) bool {
		return slices.ContainsFunc(s.References, func(r xmlsig.Reference) bool {
			mine := r.Target == f.assertion || r.Target == f.shape.response && f.shape.response.Present()
			return mine && r.Target.Contains(s.Element.Node)
		})
	})
}

// unsignedAnswer is the answer to an Assertion without a Signature: on record
// are plain ones only, so that it is inferred for one that was encrypted.
func (f *facts) unsignedAnswer() []Answer {
	if f.wrapper().Present() {
		return answerSigned(Inferred)
	}
	return nil
}

// elsewhere names the first Signature that is a child of something else.
func (f *facts) elsewhere() string {
	if len(f.signatures) == 0 {
		return ""
	}
	return "; a Signature stands in " + f.signatures[0].Parent.Path()
}

// onlyEncrypted warns those who take encryption for authentication.
func (f *facts) onlyEncrypted() string {
	if !f.wrapper().Present() {
		return ""
	}
	return "; that the Assertion is encrypted proves nothing: the certificate it takes is public"
}

// The rules on whether the signatures hold.
var integrityRules = []*rule{
	{
		Rule: Rule{
			Code: "digest-mismatch", Stage: StageSignature, Severity: Error,
			Title:       "the content was changed after signing",
			Explanation: "the digest that was signed is not the digest of the content: something in the signed element is not as the identity provider wrote it. Honest causes are pretty-printing, changed line ends, a text editor, masked values or a program that parses and writes the XML again; the other cause is a forgery",
			Fix:         "take the SAMLResponse parameter as the browser posts it, untouched; if it fails like that, look at what stands between identity provider and service provider",
			Sources:     []Source{xmldsig("3.2.1"), awsRecorded, awsTroubleshoot},
			AWS:         answerSignature(Observed),
		},
		proves: true, needs: []*need{needDocument, needSignature}, judge: judgeDigest,
	},
	{
		Rule: Rule{
			Code: "signature-mismatch", Stage: StageSignature, Severity: Error,
			Title:       "no known key verifies the signature",
			Explanation: "none of the signing keys of the metadata verifies the SignatureValue over SignedInfo, and no key that the message itself shows does either: SignedInfo or SignatureValue was changed after signing, or the key is another one that the message does not show",
			Fix:         "take the SAMLResponse parameter as the browser posts it; compare the certificate that the identity provider signs with now with the one in the metadata, and bring both up to date",
			Sources:     []Source{xmldsig("3.2.2"), awsRecorded, awsTroubleshoot},
			AWS:         answerSignature(Observed),
		},
		proves: true, needs: []*need{needDocument, needSignature, needMetadata, needEntity}, judge: judgeSignatureValue,
	},
	{
		Rule: Rule{
			Code: "signature-key-unknown", Stage: StageSignature, Severity: Error,
			Title:       "the key that signed is not in the metadata",
			Explanation: "the signature is sound under a key that the message itself shows, but that key is none of the metadata's: anybody can sign with a key of his own. Honest causes are a rolled-over signing certificate, metadata of another application (each Entra ID application has a certificate of its own), or of another tenant",
			Fix:         "download the federation metadata of this very application anew (in Entra ID the App Federation Metadata Url, which ends in ?appid=) and update the IAM SAML provider with it (aws iam update-saml-provider); if the certificate is not the identity provider's, the response is forged",
			Sources:     []Source{awsTroubleshoot, awsRecorded, core("5.4.5"), {"Microsoft Entra: manage certificates for federated single sign-on", urlEntra + "identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on"}},
			AWS:         answerSignature(Observed),
		},
		proves: true, needs: []*need{needDocument, needSignature, needMetadata, needEntity}, judge: judgeForeignKey,
	},
	{
		Rule: Rule{
			Code: "response-signature-broken", Stage: StageSignature, Severity: Error,
			Title:       "the signature of the Response does not hold",
			Explanation: "the Assertion's own signature holds, that of the Response around it does not: the envelope was changed after signing, or was signed with another key. Every signature that is there must hold; AWS verifies the one on the Response too, though it does not ask for one",
			Fix:         "take the response as the browser posts it; if it fails like that, sign with one key, or sign the assertion alone",
			Sources:     []Source{awsRecorded, core("5.3")},
			AWS:         answerSignature(Observed),
		},
		proves: true, needs: []*need{needDocument, needSignature}, judge: func(f *facts, report func(Fault)) {
			for _, s := range f.signatures {
				if f.brokenAround(s) {
					report(Fault{Place: placeOf(s.Element), Message: "the signature of the Assertion holds, the one of the Response does not: " + s.Explanation})
				}
			}
		},
	},
}

// brokenAround reports whether s is a broken signature of a Response whose
// Assertion has a signature that holds.
func (f *facts) brokenAround(s *xmlsig.Signature) bool {
	if s.Parent != f.shape.response || s.Valid || !f.shape.response.Present() || !f.bad(s) {
		return false
	}
	for _, a := range f.inner.readable() {
		if slices.ContainsFunc(f.signaturesOf(a), func(o *xmlsig.Signature) bool { return o.Valid }) {
			return true
		}
	}
	return false
}

// bad reports whether a signature is proved broken or signed by a foreign key.
func (f *facts) bad(s *xmlsig.Signature) bool {
	return s.State == xmlsig.Broken || s.Foreign != nil && s.Key == nil && f.entityKnown() || brokenReference(s) != nil
}

func brokenReference(s *xmlsig.Signature) *xmlsig.Reference {
	for i := range s.References {
		if s.References[i].State == xmlsig.Broken {
			return &s.References[i]
		}
	}
	return nil
}

// entityKnown reports whether the metadata describes the very issuer and has a
// key of it that is used, so that a key that it lacks is a foreign one.
func (f *facts) entityKnown() bool {
	return f.metadata != nil && !f.choice.mismatch && slices.ContainsFunc(f.choice.keys, func(k xmlsig.Key) bool { return k.Refused == "" })
}

// ownSignatures gives the signatures that are judged: those that the message
// merely quotes are not, nor those around it, and a broken one on the Response
// around a sound Assertion has a rule of its own.
func (f *facts) ownSignatures() []*xmlsig.Signature {
	return slices.DeleteFunc(slices.Clone(f.signatures), func(s *xmlsig.Signature) bool {
		return quoted(s.Element) || around(s.Element) || f.brokenAround(s)
	})
}

func judgeDigest(f *facts, report func(Fault)) {
	for _, s := range f.ownSignatures() {
		r := brokenReference(s)
		if r == nil || s.State == xmlsig.Broken && s.Foreign == nil {
			continue
		}
		place := r.Element
		if v := place.Child(nsSignature, "DigestValue"); v.Present() {
			place = v
		}
		report(Fault{Place: placeOf(place), Message: s.Explanation})
	}
}

func judgeSignatureValue(f *facts, report func(Fault)) {
	for _, s := range f.ownSignatures() {
		if s.State == xmlsig.Broken && s.Foreign == nil {
			report(Fault{Place: placeOf(signatureValue(s)), Message: s.Explanation})
		}
	}
}

func judgeForeignKey(f *facts, report func(Fault)) {
	if !f.entityKnown() {
		return
	}
	for _, s := range f.ownSignatures() {
		if s.Key == nil && s.Foreign != nil {
			report(Fault{Place: placeOf(signatureValue(s)), Message: s.Explanation + f.whoseKey(s)})
		}
	}
}

// whoseKey compares the certificate of a foreign key with those of the
// metadata, for the likely cause.
func (f *facts) whoseKey(s *xmlsig.Signature) string {
	cert := s.Foreign.Certificate
	known := func(h xmlsig.Hint) bool { return h.SPKI == s.Foreign.SPKI }
	if cert == nil || slices.ContainsFunc(f.choice.hints, known) {
		return "" // the explanation tells where a hint is from
	}
	for _, k := range f.choice.keys {
		if k.Certificate == nil || k.Certificate.Subject.String() != cert.Subject.String() {
			continue
		}
		if cert.NotBefore.After(k.Certificate.NotBefore) {
			return "; it has the same subject as one of the metadata and is newer, as after a rollover (or it is another application's, or made to look alike)"
		}
		return "; it has the same subject as one of the metadata, but is another key: another application's, or made to look alike"
	}
	return ""
}

func signatureValue(s *xmlsig.Signature) xmldoc.Element {
	if s.SignatureValue.Present() {
		return s.SignatureValue
	}
	return s.Element
}

// The rules that say what the second verifier says.
var witnessRules = []*rule{
	{
		Rule: Rule{
			Code: "verifiers-disagree", Stage: StageSignature, Severity: Error,
			Title:       "the two verifiers do not agree",
			Explanation: "samlcheck's own engine accepts the signature and goxmldsig, which is asked as a second witness, does not, and the document has none of the constructs that goxmldsig is known to misjudge; the response is not called verified",
			Fix:         "please report it, with a response made for tests or sanitized, never with a real one",
			Sources:     []Source{{"goxmldsig, the XML Signature library that is the second witness", "https://github.com/russellhaering/goxmldsig"}},
			Unsettled:   "STS reads the signature as the one verifier or as the other",
		},
		needs: []*need{needDocument, needSignature}, judge: judgeDispute,
	},
	{
		Rule: Rule{
			Code: "witness-unavailable", Stage: StageSignature, Severity: Info,
			Title:       "the second verifier cannot judge this document",
			Explanation: "the document has a construct that goxmldsig is known to misjudge or not to know, so that the signature rests on samlcheck's own engine, which was tested against xmlsec1 for this construct; a service provider that is built on goxmldsig refuses the response",
			Fix:         "nothing has to be done for AWS; for a service provider written in Go avoid the construct",
			Sources:     []Source{{"goxmldsig, issues on ECDSA and canonicalization", "https://github.com/russellhaering/goxmldsig/issues"}},
		},
		needs: []*need{needDocument, needSignature}, judge: judgeWitness(xmlsig.CannotJudge, "goxmldsig cannot judge the signature"),
	},
}

func judgeDispute(f *facts, report func(Fault)) {
	judgeWitness(xmlsig.Disagrees, "our engine accepts the signature, goxmldsig does not")(f, report)
	judgeWitness(xmlsig.Crashed, "our engine accepts the signature, goxmldsig crashes on it")(f, report)
}

func judgeWitness(w xmlsig.Witness, text string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		for _, s := range f.signatures {
			if s.Witness == w {
				report(Fault{Place: placeOf(s.Element), Message: strings.TrimSuffix(text+": "+s.WitnessReason, ": ")})
			}
		}
	}
}
