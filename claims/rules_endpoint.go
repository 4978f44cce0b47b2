package claims

import (
	"fmt"

	"github.com/samlcheck/samlcheck/saml"
)

var endpointRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "recipient-variant", Stage: saml.StageSubject, Severity: saml.Info, Varies: "warning where the ID in /saml/acs/ID is not the SAML provider's", Profiles: onlyAWS,
			Title:       "regional or provider-specific recipient",
			Explanation: "the Recipient becomes saml:aud, the key that trust policies compare with. It is one of AWS's endpoints, but not the global URL: roles whose trust policy lists only the global URL under SAML:aud deny",
			Fix:         "list this URL in the condition on SAML:aud of each role's trust policy, beside the global one",
			Sources:     []saml.Source{sourceAssertions, sourceConditions, sourceRoleForSAML, sourceProvider, sourceRecorded},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Observed)},
		},
		needs: needPresent,
		judge: judgeRecipientVariant,
	}, {
		Rule: saml.Rule{
			Code: "recipient-client", Stage: saml.StageSubject, Severity: saml.Info, Profiles: onlyAWS,
			Title:       "response for a program on the user's machine",
			Explanation: "Recipient and audience lead to the user's own machine while the response offers roles: a client listens there and calls AssumeRoleWithSAML with what it receives, as the Athena and Redshift drivers and awsaml do. The STS API takes any recipient; the console's sign-in page is not involved",
			Fix:         "nothing, if such a client is meant; a condition on SAML:aud in the trust policy has to name this URL",
			Sources:     []saml.Source{sourceAthena, sourceAWSAML, sourceRecorded},
			AWS:         []saml.Answer{bySTS("Success", "", saml.Observed)},
		},
		needs: needPresent,
		judge: judgeRecipientClient,
	},
}

func judgeRecipientVariant(f *facts, report reporter) {
	e := f.endpoint
	if e == nil {
		return
	}
	var kind string
	switch {
	case e.Kind == EndpointProvider:
		kind = "the endpoint of the SAML provider with the ID " + quote(e.ProviderID)
	case e.Kind == EndpointRegional:
		kind = "the endpoint of the Region " + e.Region
	case e.FIPS:
		kind = "an endpoint"
	default:
		return
	}
	if e.FIPS {
		kind += " on a FIPS host, whose use for SAML is not confirmed,"
	}
	fault := saml.Fault{Message: fmt.Sprintf("the recipient %s is %s in partition %s, not the global URL; roles whose trust policy lists only the global URL under SAML:aud deny", quote(f.recipient.Text), kind, e.Partition)}
	if other := f.otherProviderID(e.ProviderID); other != "" {
		fault.Severity = saml.Warning
		fault.Message += "; " + other
	}
	if e.Kind == EndpointProvider && !isProviderID(e.ProviderID) && f.otherProviderID(e.ProviderID) == "" {
		fault.Severity = saml.Warning
		fault.Message += fmt.Sprintf("; the ID of a SAML provider has %d to %d characters, this one has %d", shortestProviderID, longestProviderID, len(e.ProviderID))
	}
	report(f.recipient, fault)
}

// otherProviderID tells of a provider whose ID is known and is another one than
// the recipient's; empty where a provider of the response has it.
func (f *facts) otherProviderID(id string) (words string) {
	for v := range f.judged() {
		p := f.providerOf(v)
		switch {
		case id == "", p == nil, p.UUID == "":
		case p.UUID == id:
			return ""
		case words == "":
			words = fmt.Sprintf("the ID of the SAML provider %s is another one, %s: AWS documents the provider's own for sign-in, and the STS API was observed to take another", quote(v.pair.Provider), quote(p.UUID))
		}
	}
	return words
}

func judgeRecipientClient(f *facts, report reporter) {
	audiences := f.audiences
	if len(f.named[nameRole]) == 0 || len(audiences) == 0 || !isLoopback(f.recipient.Text) {
		return
	}
	for _, a := range audiences {
		if !isLoopback(a.Text) {
			return
		}
	}
	report(f.recipient, saml.Fault{Message: fmt.Sprintf("the recipient %s and the audience %s lead to the user's own machine: the response is for a client there, which calls STS itself", quote(f.recipient.Text), quote(audiences[0].Text))})
}
