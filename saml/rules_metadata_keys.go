package saml

import (
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

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
			e := f.described()[0]
			report(Fault{Message: fmt.Sprintf("a signing key is expected in the IDPSSODescriptor of %s, %s", quote(e.ID), e.whyNoKey())})
		}
		return
	}
	places := f.placer()
	for _, e := range f.described() {
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

// signingKeys gives the signing keys of the chosen entities, each public key
// once, in the report on metadata once for each entity. Of several certificates
// of one key it takes the one that is valid, or else ends last: a key that was
// certified again is not expired.
func (f *facts) signingKeys() (out []entityKey) {
	index := map[[32]byte]int{}
	for _, e := range f.choice.entities {
		if f.message == nil {
			clear(index)
		}
		for i := range e.ready().declared {
			k := &e.declared[i]
			at, known := index[k.SPKI]
			switch {
			case !known:
				index[k.SPKI] = len(out)
				out = append(out, entityKey{e, k})
			case k.outlives(out[at].declaredKey, f.now):
				out[at] = entityKey{e, k}
			}
		}
	}
	return out
}

// entityKey is a key and whose it is.
type entityKey struct {
	entity *Entity
	*declaredKey
}

// outlives reports whether the certificate of k is better than that of old.
func (k *declaredKey) outlives(old *declaredKey, at time.Time) bool {
	if k.valid(at) != old.valid(at) {
		return k.valid(at)
	}
	return k.notAfter.After(old.notAfter)
}

func (k *declaredKey) valid(at time.Time) bool {
	return !k.notBefore.After(at) && k.notAfter.After(at)
}

func judgeKeyWeak(f *facts, report func(Fault)) {
	places := f.placer()
	usable := slices.ContainsFunc(f.choice.keys, func(k xmlsig.Key) bool { return k.Refused == "" })
	for _, k := range f.signingKeys() {
		weakness := k.weakness()
		if weakness == "" {
			continue
		}
		place, where := places.of(k.entity, k.element)
		fault := Fault{Place: place, Severity: Warning, Message: k.name() + weakness + where}
		if k.tooShort() {
			fault.AWS = answerProvider("InvalidInput", unparsed, Documented)
		}
		if k.Refused != "" && (f.profile == ProfileAWS && k.tooShort() || f.needsKey(k.declaredKey, usable)) {
			fault.Severity = Error
		}
		report(fault)
	}
}

// weakness says what is weak about a key, in words that follow its name; empty
// for a sound one.
func (k *declaredKey) weakness() string {
	if k.Refused != "" {
		return " has " + k.Refused + ": it is never used to verify"
	}
	public, ok := k.Public.(*rsa.PublicKey)
	switch {
	case ok && public.N.BitLen() < soundRSA:
		return fmt.Sprintf(" has an RSA modulus of %d bits, %d or more are expected", public.N.BitLen(), soundRSA)
	case ok && public.E == 3:
		return " has the RSA exponent 3, 65537 is usual"
	}
	return ""
}

// tooShort reports whether AWS refuses the key, as it documents.
func (k *declaredKey) tooShort() bool {
	p, ok := k.Public.(*rsa.PublicKey)
	return ok && p.N.BitLen() < 1024
}

// name names the key in a sentence.
func (k *declaredKey) name() string {
	if k.subject == "" {
		return "the signing key with the fingerprint " + fingerprint(k.SPKI[:])
	}
	return "the signing key of " + quote(k.subject)
}

// needsKey reports whether a signature of the message can only be meant for
// this key: its KeyInfo shows it, or the metadata has no key that is usable.
func (f *facts) needsKey(k *declaredKey, usable bool) bool {
	return slices.ContainsFunc(f.signatures, func(s *xmlsig.Signature) bool {
		return !s.Valid && (!usable || slices.ContainsFunc(s.KeyInfo.Certificates, func(c xmlsig.KeyInfoCertificate) bool {
			return c.Certificate != nil && sha256.Sum256(c.Certificate.RawSubjectPublicKeyInfo) == k.SPKI
		}))
	})
}

// mostProviderKeys is the quota of IAM.
const mostProviderKeys = 10

func judgeKeysMany(f *facts, report func(Fault)) {
	places := f.placer()
	for _, e := range f.described() {
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
		if e := f.described()[0]; strings.HasPrefix(e.ID, entraEntity) {
			report(Fault{Message: fmt.Sprintf("metadata of the application is expected (with ?appid=), %s of %s lists %s and none of an application, while the signature's certificate is %s",
				e.metadata.inFile(), quote(e.ID), count(len(f.choice.keys), "other key"), quote(s.Foreign.Certificate.Subject.String()))})
			return
		}
	}
}

func isApplicationKey(k xmlsig.Key) bool {
	return k.Certificate != nil && k.Certificate.Subject.CommonName == entraApplication
}
