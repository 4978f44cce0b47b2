package claims

import (
	"strings"
	"testing"
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
