package claims

import (
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// providerRules are the rules on what the SAML provider in IAM is set to and
// what metadata it has stored.
var providerRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "provider-encryption-required", Stage: saml.StageDecrypt, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SAML provider that wants encrypted assertions",
			Explanation: "the SAML provider in IAM has AssertionEncryptionMode Required, so that it refuses an assertion that is not encrypted",
			Fix:         "switch assertion encryption on at the identity provider, with the certificate of the provider's metadata, or set the provider's AssertionEncryptionMode to Allowed",
			Sources:     []saml.Source{sourceProvider, sourceGetProvider, sourceRecorded},
			AWS:         []saml.Answer{answerStructure(saml.Observed)},
		},
		needs: []*need{needContent, needAccount, needStored},
		judge: func(f *facts, report reporter) {
			if !f.report.Encrypted() {
				f.eachProvider(f.content, report, func(p *saml.Provider) string {
					if p.EncryptionMode != "Required" {
						return ""
					}
					return "an encrypted assertion is expected, since the AssertionEncryptionMode of %s is \"Required\"; the assertion is not encrypted"
				})
			}
		},
	}, {
		Rule: saml.Rule{
			Code: "provider-key-missing", Stage: saml.StageDecrypt, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SAML provider without a key to decrypt with",
			Explanation: "the assertion is encrypted, and the SAML provider in IAM has no private key, so that AWS cannot decrypt it",
			Fix:         "add the private key to the SAML provider (aws iam update-saml-provider --add-private-key) whose certificate the identity provider encrypts with, or switch encryption off at the identity provider",
			Sources:     []saml.Source{sourceProvider, sourceGetProvider},
			AWS:         []saml.Answer{answerStructure(saml.Inferred)},
		},
		needs: []*need{needAccount, needStored},
		judge: func(f *facts, report reporter) {
			if f.report.Encrypted() {
				f.eachProvider(f.report.Response, report, func(p *saml.Provider) string {
					if !p.HasPrivateKeys || p.PrivateKeys > 0 {
						return ""
					}
					return "a private key is expected in %s, since the assertion is encrypted; its PrivateKeyList is empty"
				})
			}
		},
	}, {
		Rule: saml.Rule{
			Code: codeExceeds, Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "DurationSeconds over the role's MaxSessionDuration",
			Explanation: "the API gives no longer sessions than the role's MaxSessionDuration, which is 3600 seconds unless it was raised. The limit does not hold for console sessions, whose length SessionDuration sets",
			Fix:         "ask for a shorter session, or raise the MaxSessionDuration of the role (aws iam update-role --max-session-duration)",
			Sources:     []saml.Source{sourceTroubleshoot, sourceOperation, sourceDurationAnswer},
			AWS:         []saml.Answer{bySTS("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", saml.Documented)},
		},
		needs: needsTrust, rest: (*facts).untrusted, judge: eachTrust(judgeExceeds),
	}, {
		Rule: saml.Rule{
			Code: "provider-metadata-stale", Stage: saml.StageTrust, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SAML provider with other metadata than the identity provider's",
			Explanation: "the metadata that the SAML provider in IAM has stored does not have the key that signed the response, or describes another issuer, while the response is sound by the metadata that is given. IAM keeps what was uploaded and fetches nothing anew: after a rollover of the signing certificate it has to be given the new metadata",
			Fix:         "update the provider with the identity provider's present metadata: aws iam update-saml-provider --saml-metadata-document",
			Sources:     []saml.Source{sourceTroubleshoot, sourceProvider, sourceRecorded},
			AWS:         []saml.Answer{bySTS("InvalidIdentityToken", "Response signature invalid", saml.Observed)},
		},
		needs: []*need{needContent, needIAM, needOutput}, judge: judgeStale,
	},
}

// eachProvider asks about the provider of each pair. Where no output is given
// for an ARN, what the metadata says of its provider is said once, for all
// pairs and also for none.
func (f *facts) eachProvider(whole placed, report reporter, fault func(*saml.Provider) string) {
	if own := f.anyJudged(func(v *roleValue) bool { return f.detailOf(v) != nil }); !own && f.known.stored != nil {
		if text := fault(f.known.stored); text != "" {
			report(whole, saml.Fault{Message: fmt.Sprintf(text, "the SAML provider")})
		}
		return
	}
	for v := range f.judged() {
		p := f.providerOf(v)
		if p == nil {
			continue
		}
		if text := fault(p); text != "" {
			report(v, saml.Fault{Message: fmt.Sprintf(text, quote(v.pair.Provider))})
		}
	}
}

// judgeExceeds leaves a DurationSeconds that is out of range in any case to
// duration-out-of-range.
func judgeExceeds(f *facts, t *trust, report reporter) {
	n, most := f.options.Duration, t.role.maxSession
	if most > 0 && n > most && n <= longestSession {
		report(t, saml.Fault{Message: fmt.Sprintf("a DurationSeconds of at most %d is expected, the MaxSessionDuration of the role %s; %d is asked for", most, quote(t.role.arn.Name), n)})
	}
}

// toldAlready are the findings of package saml that tell already that issuer and
// metadata, or key and metadata, do not go together.
var toldAlready = []string{"issuer-mismatch", "metadata-entity-missing", "signature-key-unknown", "metadata-tenant-wide"}

func judgeStale(f *facts, report reporter) {
	if slices.ContainsFunc(f.report.Findings, func(g saml.Finding) bool { return slices.Contains(toldAlready, g.Code) }) {
		return
	}
	issuer := f.content.Issuer().Text
	for v := range f.judged() {
		switch m := f.detailOf(v); {
		case m == nil, issuer == "":
		case !m.Describes(issuer):
			report(v, saml.Fault{
				Message: fmt.Sprintf("the metadata that the SAML provider %s has stored is expected to describe the issuer %s, it does not%s", quote(v.pair.Provider), quote(issuer), storedWords(m, issuer)),
				AWS:     []saml.Answer{bySTS("InvalidIdentityToken", "Issuer not present in specified provider", saml.Documented)},
			})
		case !m.HoldsSigners(issuer, f.report):
			report(v, saml.Fault{Message: fmt.Sprintf("the metadata that the SAML provider %s has stored is expected to have the key that signed the response, which the given metadata has; the stored one lacks it", quote(v.pair.Provider))})
		}
	}
}

// storedWords names the issuers of stored metadata.
func storedWords(m *saml.Metadata, issuer string) string {
	var ids []string
	for _, e := range m.Entities() {
		ids = append(ids, e.ID)
	}
	if _, how := saml.Difference(ids, issuer); how != "" {
		return "; compared with its " + quoteAll(ids) + " " + how
	}
	return "; it describes " + quoteAll(ids)
}
