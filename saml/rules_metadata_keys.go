package saml

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

var metadataKeyRules = []*rule{
	{
		Rule: Rule{
			Code: "metadata-key-missing", Stage: StageMetadata, Severity: Error,
			Title:       "the metadata has no signing key",
			Explanation: "no KeyDescriptor for signing in the entity's IDPSSODescriptor gives a key, so that no signature can be verified. Keys in WS-Federation RoleDescriptor elements and keys for encryption do not count. IAM was observed to take such metadata all the same: the provider then never verifies anything",
			Fix:         "download the metadata anew; in ADFS and Entra ID it has an IDPSSODescriptor with a KeyDescriptor use=\"signing\"",
			Sources:     []Source{metadataSpec("2.4.1.1"), awsRecorded},
			AWS:         answerSignature(Inferred),
		},
		needs: needsEntry, judge: judgeKeyMissing,
	},
	{
		Rule: Rule{
			Code: "metadata-certificate-malformed", Stage: StageMetadata, Severity: Warning,
			Title:       "a certificate in the metadata is malformed",
			Explanation: "the text of an X509Certificate has to be the base64 of one DER certificate, blanks and line breaks allowed. What could be understood is used; the other certificates are used as they are. Stricter readers, AWS among them, refuse the whole file for one such certificate",
			Fix:         "put the certificate in as base64 of its DER form, without PEM lines, or download the metadata anew",
			Sources:     []Source{xmldsig("4.5.4"), awsRecorded, awsTroubleshoot},
			AWS:         answerProvider("InvalidInput", unparsed, Observed),
		},
		needs: needsKeys, judge: judgeCertificateMalformed,
	},
	{
		Rule: Rule{
			Code: "key-weak", Stage: StageMetadata, Severity: Warning, Varies: "error where the signature needs a key that is never used, and for keys that AWS refuses under the profile aws",
			Title:       "a signing key is weak",
			Explanation: "RSA keys under 2048 bits and keys with the exponent 3 are weak by today's measure. Keys under 1024 bits, with the exponent 1 or of more than 16384 bits are never used to verify: anybody could have signed, or the work is without bound. AWS refuses metadata with a key under 1024 bits",
			Fix:         "have the identity provider make a new signing certificate with an RSA key of 2048 bits or more",
			Sources:     []Source{{"NIST SP 800-131A Revision 2, section 3", "https://doi.org/10.6028/NIST.SP.800-131Ar2"}, awsProvider, awsTroubleshoot},
			Unsettled:   "STS verifies with a key of this size",
		},
		needs: needsKeys, judge: judgeKeyWeak,
	},
	{
		Rule: Rule{
			Code: "metadata-keys-many", Stage: StageMetadata, Severity: Warning, Profiles: onlyAWS,
			Title:       "the metadata has more keys than IAM takes",
			Explanation: "IAM takes at most 10 keys for a SAML provider",
			Fix:         "upload metadata with the keys that are in use: the present signing key and, during a rollover, the next one",
			Sources:     []Source{iamGuide("IAM and AWS STS quotas", "reference_iam-quotas")},
		},
		needs: needsEntry, judge: judgeKeysMany,
	},
	{
		Rule: Rule{
			Code: "metadata-tenant-wide", Stage: StageMetadata, Severity: Warning,
			Title:       "the metadata is the tenant's, the signature the application's",
			Explanation: "every application in Entra ID signs with a certificate of its own (CN=Microsoft Azure Federated SSO Certificate). The message shows such a certificate, and the metadata has none: it is the metadata of the whole tenant, which lists other keys. Whether the certificate is really the application's, only the right metadata tells",
			Fix:         "download the application's own metadata: its App Federation Metadata Url, which ends in ?appid= and the application's ID, and update the IAM SAML provider with it",
			Sources: []Source{{"Microsoft Entra: manage certificates for federated single sign-on", urlEntra + "identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on"},
				{"Microsoft identity platform: federation metadata", "https://learn.microsoft.com/en-us/entra/identity-platform/federation-metadata"}, awsTroubleshoot},
			AWS:      answerSignature(Documented),
			Replaces: []string{"signature-key-unknown"},
		},
		needs: []*need{needDocument, needSignature, needMetadata, needEntity, needEntry}, judge: judgeTenantWide,
	},
}

func judgeKeyMissing(f *facts, report func(Fault)) {
	if f.message != nil {
		if len(f.choice.keys) == 0 {
			e := f.choice.described[0]
			report(Fault{Message: fmt.Sprintf("a signing key is expected in the IDPSSODescriptor of %s, %s", quote(e.ID), e.whyNoKey())})
		}
		return
	}
	places := f.placer()
	for _, e := range f.choice.described {
		if len(e.ready().keys) == 0 {
			place, _ := places.of(e, e.element)
			report(Fault{Place: place, Message: fmt.Sprintf("a signing key is expected in the IDPSSODescriptor of %s, %s", quote(e.ID), e.whyNoKey())})
		}
	}
}

// whyNoKey says what stands where a signing key should.
func (e *Entity) whyNoKey() string {
	unread := 0
	for _, d := range e.damages {
		if !d.keyUsed() {
			unread++
		}
	}
	if unread > 0 {
		return fmt.Sprintf("%s there, which cannot be read", isAre(unread, "certificate or key", "certificates or keys"))
	}
	for _, role := range e.roles() {
		for _, d := range role.ChildrenNamed(nsMetadata, "KeyDescriptor") {
			for c := range d.Children() {
				if c.Local() == "KeyInfo" && c.Space() != nsSignature {
					return fmt.Sprintf("its KeyInfo stands in the namespace %s instead of %s", quote(c.Space()), quote(nsSignature))
				}
			}
		}
	}
	var other []string
	for _, h := range e.hints {
		if !slices.Contains(other, h.From) {
			other = append(other, h.From)
		}
	}
	if len(other) > 0 {
		return "there is none; what there is does not count: " + joinWords(other)
	}
	return "there is none"
}

func isAre(n int, one, many string) string {
	if n == 1 {
		return "1 " + one + " is"
	}
	return fmt.Sprintf("%d %s are", n, many)
}

func judgeCertificateMalformed(f *facts, report func(Fault)) {
	places := f.placer()
	for _, e := range f.choice.entities {
		for _, d := range e.ready().damages {
			place, where := places.of(e, d.element)
			what := "a certificate is expected as base64 of its DER form, "
			if d.number > 0 {
				what = fmt.Sprintf("certificate %d of %s is expected to be sound, ", d.number, e.metadata.inFile())
			}
			fault := Fault{Place: place, Message: what + d.reason + d.consequence() + where}
			fault.AWS, fault.NoAnswer = d.answer()
			report(fault)
		}
	}
}

func (d damage) consequence() string {
	if d.keyUsed() {
		return "; its key is used all the same"
	}
	return "; it is left out"
}

// answer gives what AWS says: it was observed to refuse a certificate that
// cannot be decoded, documents the same of a repeated extension, and nobody
// recorded what it says of the other oddities.
func (d damage) answer() (answers []Answer, none bool) {
	switch d.kind {
	case unreadableCertificate:
		return nil, false
	case repairedCertificate:
		return answerProvider("InvalidInput", unparsed, Inferred), false
	case repeatedExtension:
		return answerProvider("InvalidInput", unparsed, Documented), false
	}
	return nil, true
}

// mostProviderKeys is the quota of IAM.
const mostProviderKeys = 10

func judgeKeysMany(f *facts, report func(Fault)) {
	places := f.placer()
	for _, e := range f.choice.described {
		if len(e.ready().keys) <= mostProviderKeys {
			continue
		}
		distinct := map[[32]byte]bool{}
		for _, k := range e.ready().keys {
			distinct[k.SPKI] = true
		}
		if n := len(distinct); n > mostProviderKeys {
			place, where := places.of(e, e.element)
			report(Fault{Place: place, Message: fmt.Sprintf("at most %d signing keys are expected for %s, %d are there%s", mostProviderKeys, quote(e.ID), n, where)})
		}
	}
}

// What tells the keys of Entra ID apart.
const (
	entraEntity      = "https://sts.windows.net/"
	entraApplication = "Microsoft Azure Federated SSO Certificate"
)

func judgeTenantWide(f *facts, report func(Fault)) {
	certified := slices.ContainsFunc(f.choice.keys, func(k xmlsig.Key) bool { return k.Refused == "" && k.Certificate != nil })
	if !f.entityKnown() || !certified || slices.ContainsFunc(f.choice.keys, isApplicationKey) {
		return
	}
	for _, s := range f.signatures {
		if s.Key != nil || s.Foreign == nil || !strings.HasPrefix(s.Foreign.From, "the KeyInfo") || !isApplicationKey(s.Foreign.Key) {
			continue
		}
		if e := f.choice.described[0]; strings.HasPrefix(e.ID, entraEntity) {
			report(Fault{Message: fmt.Sprintf("metadata of the application is expected (with ?appid=), %s of %s lists %s and none of an application, while the signature's certificate is %s",
				e.metadata.inFile(), quote(e.ID), count(len(f.choice.keys), "other key"), quote(s.Foreign.Certificate.Subject.String()))})
			return
		}
	}
}

func isApplicationKey(k xmlsig.Key) bool {
	return k.Certificate != nil && k.Certificate.Subject.CommonName == entraApplication
}
