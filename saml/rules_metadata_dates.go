package saml

import (
	"fmt"
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// awsDates are the sources of what AWS makes of the dates of certificates.
var awsDates = []Source{metadataSpec("2.4.1.1"), awsProvider, awsRecorded}

var metadataDateRules = []*rule{
	{
		Rule: Rule{
			Code: "certificate-expired", Stage: StageMetadata, Severity: Warning,
			Title:       "the certificate of the signing key has expired",
			Explanation: "SAML trusts the key that the metadata names; the certificate is its wrapping, and its dates decide nothing. AWS says that it pays no heed to them and was observed to accept such a signature; other service providers refuse it, and Entra ID changes to a valid inactive certificate by itself once the active one has expired",
			Fix:         "make a new signing certificate at the identity provider, and upload metadata with both before it becomes active",
			Sources:     awsDates,
			AWS:         answerAccepted(Observed),
		},
		needs: needsKeys, judge: judgeCertificates(func(f *facts, k *declaredKey) string {
			if k.notAfter.After(f.now) {
				return ""
			}
			return fmt.Sprintf("expired on %s, %s ago", stamp(k.notAfter), daysText(daysBetween(k.notAfter, f.now)))
		}),
	},
	{
		Rule: Rule{
			Code: "certificate-not-yet-valid", Stage: StageMetadata, Severity: Warning,
			Title:       "the certificate of the signing key is not valid yet",
			Explanation: "the certificate's validity begins later than the time as of which the message is judged. AWS says that it pays no heed to these dates; other service providers refuse the signature",
			Fix:         "check the clock of the identity provider and the time that is judged for (--at)",
			Sources:     awsDates,
			AWS:         answerAccepted(Inferred),
		},
		needs: needsKeys, judge: judgeCertificates(func(f *facts, k *declaredKey) string {
			if !k.notBefore.After(f.now) {
				return ""
			}
			return fmt.Sprintf("is valid from %s on, in %s", stamp(k.notBefore), daysText(daysBetween(f.now, k.notBefore)))
		}),
	},
	{
		Rule: Rule{
			Code: "certificate-expiring", Stage: StageMetadata, Severity: Warning,
			Title:       "the certificate of the signing key expires soon",
			Explanation: "the identity provider will soon sign with another certificate. The keys that AWS knows are those of the metadata that was uploaded: it does not fetch them. Entra ID sends mail 60, 30 and 7 days before",
			Fix:         "make the next certificate at the identity provider, download the metadata, and run aws iam update-saml-provider in every account before it becomes active",
			Sources:     append(awsDates[:1:1], Source{"Microsoft Entra: manage certificates for federated single sign-on", urlEntra + "identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on"}, awsTroubleshoot),
		},
		needs: needsKeys, judge: judgeCertificates(func(f *facts, k *declaredKey) string {
			left := k.notAfter.Sub(f.now)
			for _, days := range []int{7, 30, 60} {
				if left > 0 && left <= time.Duration(days)*24*time.Hour {
					return fmt.Sprintf("expires on %s, in %s: within %d days", stamp(k.notAfter), daysText(daysBetween(f.now, k.notAfter)), days)
				}
			}
			return ""
		}),
	},
}

// judgeCertificates applies a judgement on dates to the certificates of the
// keys that signed the message, or of every signing key where there is none.
func judgeCertificates(fault func(f *facts, k *declaredKey) string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		places := f.placer()
		for _, k := range f.signingKeys() {
			if k.notAfter.IsZero() || f.message != nil && !f.signedWith(k.SPKI) {
				continue
			}
			if words := fault(f, k.declaredKey); words != "" {
				place, where := places.of(k.entity, k.element)
				report(Fault{Place: place, Message: fmt.Sprintf("the certificate %s (SHA-256 %s) %s%s", quote(k.subject), k.shown().SHA256, words, where)})
			}
		}
	}
}

// signedWith reports whether the key verifies a signature of the message.
func (f *facts) signedWith(spki [32]byte) bool {
	return slices.ContainsFunc(f.signatures, func(s *xmlsig.Signature) bool { return s.Key != nil && s.Key.SPKI == spki })
}
