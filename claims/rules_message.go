package claims

import (
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// longestResponse is the most characters of base64 that the parameter
// SAMLAssertion of AssumeRoleWithSAML takes.
const longestResponse = 100000

var messageRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "response-oversize", Stage: saml.StageCapture, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "response longer than STS takes",
			Explanation: "AssumeRoleWithSAML takes a response of at most 100,000 characters of base64. Users of many roles grow beyond that, because every role adds a pair of ARNs. Whether the console's sign-in page has the same limit is not known",
			Fix:         "send fewer roles to this user: assign fewer, filter the groups that become roles, or split the accounts over several applications",
			Sources:     []saml.Source{sourceOperation, sourceQuotas},
			AWS:         []saml.Answer{bySTS("ValidationError", "", saml.Documented)},
		},
		needs: []*need{needEncoded},
		judge: judgeOversize,
	}, {
		Rule: saml.Rule{
			Code: "service-other", Stage: saml.StageMessage, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "response for another AWS service",
			Explanation: "the recipient or the audience is that of another service provider of AWS. Such a response has other attributes and is of no use for AssumeRoleWithSAML or the console's sign-in page for IAM roles. What is said about recipient, audience, roles and session name would only repeat that",
			Fix:         "capture the response of the application that signs in to AWS accounts with IAM roles, or check this one with --profile saml and the audience and recipient of its service",
			Sources:     serviceSources(),
			Unsettled:   "STS is called with a response that is meant for another service",
			Replaces:    replacedByService(),
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			if f.service == nil {
				return
			}
			var at placed = f.content
			for _, v := range slices.Concat(f.audiences, []saml.Value{f.recipient}) {
				if v.Text == f.told && v.Present() {
					at = v
				}
			}
			report(at, saml.Fault{Message: f.service.told(f.told)})
		},
	},
}

func (s *service) told(by string) string {
	out := fmt.Sprintf("expected a response for AWS IAM, found one for %s: %s is its address", s.Name, quote(by))
	if s.private {
		out = fmt.Sprintf("expected a response for AWS IAM, found one that names %s, which stands for %s: %s", quote(by), s.Name, s.Note)
	}
	return out
}

func serviceSources() []saml.Source {
	var out []saml.Source
	for _, s := range services {
		out = append(out, s.Source)
	}
	return out
}

func judgeOversize(f *facts, report reporter) {
	length := f.message.EncodedLength()
	if length <= longestResponse {
		return
	}
	message := fmt.Sprintf("expected at most %d characters of base64, found %d", longestResponse, length)
	if n := len(f.roles); n > 0 {
		bytes := f.bytesPerRole()
		// Base64 makes four characters of three bytes.
		over := (length - longestResponse + 3) / 4 * 3
		fit := max(0, n-(over+bytes-1)/bytes)
		message += fmt.Sprintf("; it offers %s of about %d bytes each, of which about %d would fit", count(n, "role"), bytes, fit)
	}
	report(nil, saml.Fault{Message: message})
}

// sampledRoles is how many values the average is taken of.
const sampledRoles = 50

// bytesPerRole gives the average size of a value of the Role attribute with the
// tags around it: from the distances of the values in the document, or from
// their texts where there is but one.
func (f *facts) bytesPerRole() int {
	total, n := 0, 0
	for i := 1; i < min(len(f.roles), sampledRoles); i++ {
		// A value much farther off stands in another Attribute.
		usual := len(f.roles[i-1].Text) + len("<AttributeValue></AttributeValue>")
		if step := f.roles[i].Offset() - f.roles[i-1].Offset(); step > 0 && step < 2*usual {
			total, n = total+step, n+1
		}
	}
	if n == 0 {
		return len(f.roles[0].Text) + len("<AttributeValue></AttributeValue>")
	}
	return total / n
}
