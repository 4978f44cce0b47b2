package claims

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// awsMessages are the messages that AWS documents on its page of SAML errors,
// that were recorded, or that users quote, each with the code that comes with
// it, written here apart from the table.
var awsMessages = []struct{ text, code, detail string }{
	{"Your request included an invalid SAML response. To logout, click here.", "", ""},
	{"RoleSessionName is required in AuthnResponse", "InvalidIdentityToken", ""},
	{"Not authorized to perform sts:AssumeRoleWithSAML", "AccessDenied", ""},
	{"RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", "InvalidIdentityToken", ""},
	{"RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,32}", "InvalidIdentityToken", ""},
	{`Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"`, "InvalidIdentityToken", ""},
	{"Response signature invalid", "InvalidIdentityToken", ""},
	{"Invalid private key.", "", ""},
	{"Failed to remove private key.", "InvalidInput", ""},
	{"Failed to remove private key because the Key ID does not match a private key.", "", ""},
	{"Failed to assume role: Issuer not present in specified provider", "InvalidIdentityToken", "AuthSamlInvalidSamlResponseException"},
	{"Issuer not present in specified provider", "InvalidIdentityToken", "AuthSamlInvalidSamlResponseException"},
	{"Could not parse metadata.", "InvalidInput", ""},
	{"Unable to parse metadata", "InvalidInput", ""},
	{"Unable to update identity provider. No updates are defined for metadata or encryption assertion.", "ValidationError", ""},
	{"Unable to set assertion encryption mode to Required because no private key is provided.", "ValidationError", ""},
	{"Failed to set assertion encryption mode to Required because no private key is present.", "InvalidInput", ""},
	{"Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.", "", ""},
	{"Specified provider doesn't exist", "InvalidIdentityToken", "AuthSamlManifestNotFoundException"},
	{"Requested DurationSeconds exceeds MaxSessionDuration set for this role.", "ValidationError", ""},
	{"The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", "ValidationError", ""},
	{"Private key limit of 2 is reached.", "LimitExceeded", ""},
	{"Response does not contain the required audience.", "", ""},
	{"Invalid base64 SAMLResponse", "InvalidIdentityToken", "AuthSamlInvalidSamlResponseException"},
	{"Response (with optional signature) must contain an assertion with a mandatory signature", "InvalidIdentityToken", "AuthSamlInvalidSamlResponseException"},
	{"SAML Assertion doesn't contain the requested Role and Metadata in the attributes", "InvalidIdentityToken", ""},
	{"Response has expired", "ExpiredTokenException", ""},
	{"Token must be redeemed within 5 minutes of issuance", "ExpiredTokenException", ""},
	{"Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter", "InvalidIdentityToken", ""},
	{"Unable to validate tags", "ValidationError", ""},
	{"Packed size of session tags consumes 498% of allotted space.", "PackedPolicyTooLarge", ""},
	{"Request ARN is invalid", "ValidationError", ""},
	{"Principal ARN is invalid", "ValidationError", ""},
	{"1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200", "ValidationError", ""},
	{"1 validation error detected: Value '' at 'principalArn' failed to satisfy constraint: Member must have length greater than or equal to 20", "ValidationError", ""},
	{"2 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value '' at 'principalArn' failed to satisfy constraint: Member must have length greater than or equal to 20", "ValidationError", ""},
	{"SAML Providers must reference at least one SAML assertion issuer.", "", ""},
	{"Manifest not found for arn arn:aws:iam::111122223333:saml-provider/Example", "NoSuchEntity", ""},
	{"Federated principals must be valid domain names or SAML metadata ARNs", "MalformedPolicyDocument", ""},
	{`AssumeRolepolicy contained an invalid principal: "STAR":"*".`, "MalformedPolicyDocument", ""},
	{"Not authorized to perform sts:AssumeRole", "AccessDenied", ""},
	{"Not authorized to perform sts:TagSession", "AccessDenied", ""},
	{"User: arn:aws:sts::111122223333:assumed-role/Admin/jane is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/Next", "AccessDenied", ""},
}

// wrappings are the forms in which programs show a message; %c stands for the
// code and %m for the message.
var wrappings = []string{
	"%m",
	"Error: %m",
	"  %m \n",
	"“%m”",
	"%m (Service: AWSSecurityTokenService; Status Code: 400; Error Code: %c; Request ID: 12345678-1234-1234-1234-123456789012; Proxy: null)",
	"%m (Service: AWSSecurityTokenService; Status Code: 400; Error Code: %c; Request ID: 12345678-1234-1234-1234-123456789012; Proxy: null). Please try again.",
	"%m (Service: AWSSecurityTokenService; Status Code: 400; Error Code: %c; Request ID: …)",
	"Error: %m (service: AWSOpenIdDiscoveryService; status code: 400; error code: %c)",
	"%m (Service: Sts, Status Code: 400, Request ID: 12345678-1234-1234-1234-123456789012)",
	"%m Please try again.",
	"An error occurred (%c) when calling the AssumeRoleWithSAML operation: %m",
	"botocore.exceptions.ClientError: An error occurred (%c) when calling the AssumeRoleWithSAML operation: %m",
	"operation error STS: AssumeRoleWithSAML, https response error StatusCode: 400, RequestID: 12345678-1234-1234-1234-123456789012, api error %c: %m",
	"operation error STS: AssumeRoleWithSAML, https response error StatusCode: 400, RequestID: 12345678-1234-1234-1234-123456789012, %c: %m",
	"%c: %m\n\tstatus code: 400, request id: 12345678-1234-1234-1234-123456789012",
	`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>%c</Code><Message>%m</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
	"[ERROR] %m [400]",
	"time=2026-09-11 level=error msg='%m'",
}

// rowOf gives the one row that a text holds.
func rowOf(t *testing.T, text string) (Message, bool) {
	t.Helper()
	found, ok := ExplainMessage(text)
	if !ok || len(found) != 1 {
		t.Errorf("%q: %d messages, known %v", text, len(found), ok)
		return Message{}, false
	}
	return found[0], true
}

func TestEveryMessageIsKnown(t *testing.T) {
	for _, want := range awsMessages {
		plain, ok := rowOf(t, want.text)
		if !ok {
			continue
		}
		if plain.Code != want.code || plain.Detail != want.detail {
			t.Errorf("%q comes with the code %q (%q), want %q (%q)", want.text, plain.Code, plain.Detail, want.code, want.detail)
		}
		escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", "'", "&#39;", `"`, "&quot;")
		for _, w := range wrappings {
			for _, text := range []string{want.text, strings.TrimSuffix(want.text, ".")} {
				if strings.HasPrefix(w, "<") {
					text = escape.Replace(text)
				}
				shown := strings.NewReplacer("%m", text, "%c", or(want.code, "InvalidIdentityToken")).Replace(w)
				folded := strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(shown, " ", "\r\n  "), "'", "’"))
				for _, form := range []string{shown, folded} {
					if got, ok := rowOf(t, form); ok && got.Text != plain.Text {
						t.Errorf("%q is taken for %q", form, got.Text)
					}
				}
			}
		}
	}
}

// JSON escapes quotes within a message.
func TestMessagesInJSON(t *testing.T) {
	for _, w := range []string{
		`{"Error":{"Code":"InvalidIdentityToken","Message":"%m","Type":"Sender"},"RequestId":"1"}`,
		`{"eventSource":"sts.amazonaws.com","eventName":"AssumeRoleWithSAML","errorCode":"InvalidIdentityToken","errorMessage":"%m"}`,
		"{\n  \"errorCode\" : \"InvalidIdentityToken\",\n  \"errorMessage\" : \"%m\"\n}",
	} {
		for _, want := range awsMessages {
			text := strings.ReplaceAll(want.text, `"`, `\"`)
			plain, _ := rowOf(t, want.text)
			if got, ok := rowOf(t, strings.ReplaceAll(w, "%m", text)); ok && got.Text != plain.Text {
				t.Errorf("%q in %s is taken for %q", want.text, w, got.Text)
			}
		}
	}
}

func TestOtherTextsAreNoMessages(t *testing.T) {
	for _, text := range []string{
		"", " ", "Response signature is invalid", "Response signature invalidated", "The response has expired", "Response has expired tokens in it",
		"Token must be redeemed within 50 minutes of issuance", "RoleSessionName is required", "Could not parse metadata file", "Not authorized to perform iam:PassRole",
		"Not authorized", "Private key limit of 20 is reached.", "Request ARN is valid", "Specified provider does not exist", "Response signature", "signature invalid",
		"Access denied by policy", "InvalidIdentityToken: something new", "my colleague says response signature invalid again",
	} {
		if found, ok := ExplainMessage(text); ok {
			t.Errorf("%q is taken for %q", text, found[0].Text)
		}
	}
}

func TestCodesAlone(t *testing.T) {
	for text, want := range map[string]int{
		"InvalidIdentityToken": 10, "invalididentitytoken.": 10, "InvalidIdentityTokenException": 10, "ExpiredTokenException": 2, "ExpiredToken": 2, "AccessDenied": 2, "AccessDeniedException": 2,
		"IDPRejectedClaim": 1, "RegionDisabledException": 1, "PackedPolicyTooLarge": 1, "MalformedPolicyDocument": 3, "AuthSamlInvalidSamlResponseException": 3, "AuthSamlManifestNotFoundException": 1,
		"An error occurred (AccessDenied) when calling the AssumeRoleWithSAML operation": 2, `{"errorCode":"AccessDenied"}`: 2, "Error Code: ExpiredTokenException; Request ID: 12345678-1234-1234-1234-123456789012": 2,
	} {
		found, ok := ExplainMessage(text)
		if !ok || len(found) != want {
			t.Errorf("%q: %d messages, known %v, want %d", text, len(found), ok, want)
		}
		for _, m := range found {
			if !strings.HasPrefix(normalise(text), plainCode(m.Code)) && m.Detail == "" && !strings.Contains(normalise(text), plainCode(m.Code)) {
				t.Errorf("%q gives %q with the code %s", text, m.Text, m.Code)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	for text, want := range map[string]string{
		"Response signature is not valid, signature invalid":            "Response signature invalid",
		"InvalidIdentityToken: Response signature was found invalid":    "Response signature invalid",
		"The provider specified doesn't seem to exist":                  "Specified provider doesn't exist",
		"RoleSessionName is required":                                   "RoleSessionName is required in AuthnResponse",
		"You are not authorized to perform: sts:AssumeRoleWithSAML now": "Not authorized to perform sts:AssumeRoleWithSAML",
	} {
		near, ok := ExplainMessage(text)
		if ok || len(near) == 0 || len(near) > mostNear || near[0].Text != want {
			t.Errorf("%q: known %v, nearest %+v, want %q", text, ok, near, want)
		}
	}
	if near, ok := ExplainMessage("the coffee machine is out of order"); ok || len(near) > 0 {
		t.Errorf("the coffee machine is near %+v", near)
	}
}

func TestSeveralMessagesInOneText(t *testing.T) {
	found, ok := ExplainMessage("first: Response has expired.\nthen: Response signature invalid.")
	if !ok || len(found) != 2 || found[0].Text != "Response has expired" || found[1].Text != "Response signature invalid" {
		t.Errorf("%v %+v", ok, found)
	}
}

// Whatever the text, the answer comes at once: only its beginning is read.
func TestLongTexts(t *testing.T) {
	if _, ok := ExplainMessage(strings.Repeat("A", 1<<22) + ": Response has expired"); ok {
		t.Error("a text behind 4 MiB was read")
	}
	for _, unit := range []string{"1 validation error detected: Value '", "not authorized to perform sts:", "user: ", "(", "\x00\xff"} {
		ExplainMessage(strings.Repeat(unit, longestText/len(unit)+1))
	}
	if _, ok := ExplainMessage("Response has expired" + strings.Repeat(" ", 1<<20)); !ok {
		t.Error("blanks behind a message hide it")
	}
}

// What the rules say that AWS answers is a message of the table, and the rule
// stands among its causes.
func TestRulesAreCauses(t *testing.T) {
	all := Messages()
	for _, a := range answersOf(t) {
		if a.Code != "Success" && messageOf(all, a) < 0 {
			t.Errorf("a finding names the answer %+v, which the table does not have", a)
		}
	}
	for _, r := range AllRules() {
		for _, a := range r.AWS {
			if a.Code == "Success" {
				continue
			}
			i := messageOf(all, a)
			if i < 0 {
				t.Errorf("%s names the answer %+v, which the table does not have", r.Code, a)
				continue
			}
			if !slices.ContainsFunc(all[i].Causes, func(c Cause) bool { return slices.Contains(c.Codes, r.Code) }) {
				t.Errorf("%s is no cause of %q", r.Code, all[i].Text)
			}
		}
	}
}

// accountRules are those of trust policies, accounts and decryption. Causes may
// name them whether or not this build has them.
var accountRules = []string{
	"role-unknown", "provider-unknown", "trust-principal-mismatch", "trust-condition-failed", "trust-tag-action-missing", "trust-source-identity-action-missing",
	"provider-metadata-stale", "provider-encryption-required", "provider-key-missing", "decryption-failed", "encryption-unsupported", "duration-exceeds-role",
}

func TestMessageTable(t *testing.T) {
	rules := map[string]bool{}
	for _, r := range AllRules() {
		rules[r.Code] = true
	}
	for _, m := range Messages() {
		name := or(m.Text, m.Code)
		if name == "" || m.When == "" || m.Meaning == "" || len(m.Causes) == 0 || len(m.Sources) == 0 || !slices.Contains(bases, m.Basis) || !slices.Contains([]string{"sts", "console", "iam", ""}, m.By) {
			t.Errorf("%q lacks something: %+v", name, m)
		}
		seen := map[string]bool{}
		for _, c := range m.Causes {
			if c.What == "" || c.Look == "" || !slices.Contains(bases, c.Basis) || strings.HasSuffix(c.What, ".") || strings.HasSuffix(c.Look, ".") {
				t.Errorf("%q: a cause without words or basis, or with a full stop: %+v", name, c)
			}
			for _, code := range c.Codes {
				if !rules[code] && !slices.Contains(accountRules, code) {
					t.Errorf("%q names %s, which is no rule", name, code)
				}
				if seen[code] {
					t.Errorf("%q names %s twice", name, code)
				}
				seen[code] = true
			}
		}
	}
}

// A cause is no better known than the best of the rules that show it and name
// this answer. Of a malformed time, one place is on record; the rule is for all.
func TestCausesAreKnownAsTheRulesKnowThem(t *testing.T) {
	all := Messages()
	strength := func(b saml.Basis) int { return slices.Index(bases, b) }
	best := map[string]saml.Basis{}
	for _, r := range AllRules() {
		for _, a := range r.AWS {
			if i := messageOf(all, a); i >= 0 {
				key := all[i].Text + r.Code
				best[key] = better(best[key], a.Basis)
			}
		}
	}
	for _, m := range all {
		for _, c := range m.Causes {
			known := saml.Basis("")
			for _, code := range c.Codes {
				if b, ok := best[m.Text+code]; ok {
					known = better(known, b)
				}
			}
			if known != "" && strength(c.Basis) < strength(known) && !slices.Contains(c.Codes, "time-malformed") {
				t.Errorf("%q: the cause %q is called %s, its rules only %s", or(m.Text, m.Code), c.What, c.Basis, known)
			}
		}
	}
}

// Nothing that nobody has confirmed is stated as a fact.
func TestUnconfirmedIsSaidToBe(t *testing.T) {
	for text, want := range map[string]string{
		"Response does not contain the required audience.": "nobody has quoted it",
		"Unable to validate tags":                          "nor is it on record what exactly leads to it",
		"IDPRejectedClaim":                                 "it was not seen in use",
	} {
		found, ok := ExplainMessage(text)
		if !ok || !strings.Contains(found[0].Meaning, want) {
			t.Errorf("%q does not say %q: %+v", text, want, found)
		}
	}
	for _, m := range Messages() {
		for _, c := range m.Causes {
			if slices.Contains(c.Codes, "status-not-success") && c.Basis != saml.Inferred || m.By == "console" && c.Basis == saml.Observed {
				t.Errorf("%q: %q is %s", or(m.Text, m.Code), c.What, c.Basis)
			}
		}
	}
}
