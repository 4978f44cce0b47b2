// Package claims judges what a SAML response says to AWS: which roles, for how
// long, under which session name, with which tags.
//
// # The flow
//
// [Check] runs [saml.Check] with AWS's expectations: the audiences and the
// sign-in endpoints of every partition, unless [Options] give others. It then
// gathers the claims of the assertion as facts, judges its own rules on them,
// and merges the findings of both packages in the order of the stages.
//
//	message := saml.Decode(captured)
//	report := claims.Check(message, metadata, claims.Options{})
//	if report.Verdict != saml.Pass {
//		for _, f := range report.Findings {
//			fmt.Println(f.Severity, f.Code, f.Path, f.Message)
//		}
//	}
//
// # Verified or not
//
// The claims of a [Report] are what the message says. They prove something only
// where Report.SAML.Verified is true; otherwise every finding on them is marked
// unverified. A program that lets somebody in looks at the verdict first.
//
// # What AWS does, and what it documents
//
// A finding says that a response is not right for AWS. Each rule names its
// sources, and the answers of AWS that it names bear a basis: observed,
// documented or inferred. Where nothing is known of AWS's answer, none is named.
//
// # Building blocks
//
// [ParseARN] reads the ARN of a role or a SAML provider and says at which
// character a text departs from the grammar. [ParseEndpoint] and
// [AudiencePartition] know the sign-in endpoints and audiences of all
// partitions. [Rules] and [AllRules] give every rule in words; [ExplainMessage]
// leads from an error message of AWS back to them.
//
// # Compatibility
//
// Codes of rules, fields of the JSON form and the meaning of the zero
// [Options] are kept; new ones may be added.
package claims
