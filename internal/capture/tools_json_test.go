package capture

import (
	"fmt"
	"strings"
)

const trailSource = "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html"

// trailed writes an event of CloudTrail.
func trailed(name, failure string) string {
	return `{"eventVersion":"1.08","userIdentity":{"type":"SAMLUser","principalId":"x:dana@example.com","userName":"dana@example.com","identityProvider":"x"},"eventTime":"2026-09-11T11:00:03Z","eventSource":"sts.amazonaws.com","eventName":"` + name +
		`","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.7","userAgent":"AWS Signin, aws-internal/3",` + failure + `"requestParameters":{"sAMLAssertionID":"_a75c6e0e-0000-4000-8000-000000000100","roleSessionName":"dana","durationSeconds":3600,"roleArn":"arn:aws:iam::111122223333:role/Admin","principalArn":"arn:aws:iam::111122223333:saml-provider/Entra"},` +
		`"responseElements":null,"requestID":"00000000-0000-4000-8000-000000000101","eventID":"00000000-0000-4000-8000-000000000102","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}`
}

const denied = `"errorCode":"AccessDenied","errorMessage":"User: x is not authorized to perform: sts:AssumeRoleWithSAML",`

func jsonTools() []tool {
	json := func(m ...wantedMessage) wanted { return wanted{kind: JSON, name: "JSON", messages: m} }
	return []tool{
		{"json-field.txt", "https://datatracker.ietf.org/doc/html/rfc8259", func(s scene) string {
			return "{\n  \"url\": \"" + signIn + "\",\n  \"time\": \"2026-09-11T11:00:01Z\",\n  \"form\": {\"SAMLResponse\": [" + strings.ReplaceAll(quote(s.response), "/", `\/`) + "], \"RelayState\": [\"" + console + "\"]}\n}\n"
		}, json(wantedMessage{field: Response, octets: response, relay: console, url: signIn, time: "2026-09-11T11:00:01Z", where: "field SAMLResponse"})},
		// JSON Lines of a log, the second with the form body in a string.
		{"json-lines.txt", "https://jsonlines.org/", func(s scene) string {
			return `{"level":"info","msg":"start"}` + "\n" + `{"level":"debug","timestamp":"2026-09-11T11:00:01Z","saml_response":` + quote(s.response) + "}\n" + `{"level":"debug","msg":` + quote("POST /saml body="+s.body+" status=200") + "}\n"
		}, json(wantedMessage{field: Response, octets: response, time: "2026-09-11T11:00:01Z", where: "document 2 of 3, field SAMLResponse"},
			wantedMessage{field: Response, octets: response, relay: console, where: "document 3 of 3, string with a message in it"})},
		// What API Gateway hands to a function.
		{"json-lambda.txt", "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html", func(s scene) string {
			return fmt.Sprintf(`{"version":"2.0","routeKey":"POST /saml","rawPath":"/saml","rawQueryString":"","headers":{"content-type":"application/x-www-form-urlencoded","host":"sp.example.com"},"requestContext":{"http":{"method":"POST","path":"/saml"}},"body":%q,"isBase64Encoded":true}`, encode64(s.body))
		}, json(wantedMessage{field: Response, octets: response, relay: console, where: "string with a form"})},
		{"json-lambda-plain.txt", "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html", func(s scene) string {
			return fmt.Sprintf(`{"resource":"/saml","path":"/saml","httpMethod":"POST","body":%q,"isBase64Encoded":false}`, s.body)
		}, json(wantedMessage{field: Response, octets: response, relay: console, where: "string with a form"})},
		// The log line of a container, with JSON in its string.
		{"json-nested.txt", "https://docs.docker.com/engine/logging/drivers/json-file/", func(s scene) string {
			return `{"log":` + quote(`{"request":{"SAMLAssertion":`+quote(s.response)+`}}`+"\n") + `,"stream":"stdout","time":"2026-09-11T11:00:01.000Z"}`
		}, json(wantedMessage{field: Response, octets: response, time: "2026-09-11T11:00:01Z", where: "field SAMLResponse"})},
		// Only the request.
		{"json-request.txt", "https://datatracker.ietf.org/doc/html/rfc8259", func(scene) string { return `{"SAMLRequest":` + quote(deflated) + `}` },
			wanted{kind: JSON, name: "JSON", lacks: "no SAMLResponse", messages: []wantedMessage{{field: Request, octets: asked, where: "field SAMLRequest"}}}},
		{"json-cut.txt", "https://datatracker.ietf.org/doc/html/rfc8259", func(s scene) string { return `{"SAMLResponse":"` + s.response[:4000] },
			json(wantedMessage{field: Response, octets: response, where: "field SAMLResponse", added: "ends inside the value"})},
		{"trail-records.txt", trailSource, func(scene) string {
			return `{"Records":[` + trailed("AssumeRoleWithSAML", "") + "," + trailed("AssumeRoleWithSAML", denied) + `]}`
		}, wanted{kind: CloudTrail, name: "CloudTrail event", lacks: `never holds the response (2 events AssumeRoleWithSAML: AWS answered "AccessDenied", "User: x is not authorized`}},
		{"trail-event.txt", trailSource, func(scene) string { return trailed("ConsoleLogin", "") },
			wanted{kind: CloudTrail, name: "CloudTrail event", lacks: "(1 event ConsoleLogin: AWS answered without an error)"}},
		// aws cloudtrail lookup-events.
		{"trail-lookup.txt", "https://docs.aws.amazon.com/cli/latest/reference/cloudtrail/lookup-events.html", func(scene) string {
			return `{"Events":[{"EventId":"00000000-0000-4000-8000-000000000102","EventName":"AssumeRoleWithSAML","EventTime":"2026-09-11T11:00:03+00:00","EventSource":"sts.amazonaws.com","Resources":[],"CloudTrailEvent":` + quote(trailed("AssumeRoleWithSAML", denied)) + `}]}`
		}, wanted{kind: CloudTrail, name: "CloudTrail event", lacks: `(1 event AssumeRoleWithSAML: AWS answered "AccessDenied"`}},
	}
}

const stsCommand = "https://docs.aws.amazon.com/cli/latest/reference/sts/assume-role-with-saml.html"

func awsTools() []tool {
	const name = "call of AssumeRoleWithSAML"
	const arns = "--role-arn arn:aws:iam::111122223333:role/Admin --principal-arn arn:aws:iam::111122223333:saml-provider/Entra "
	given := wanted{kind: AWS, name: name, messages: []wantedMessage{{field: Response, octets: response, where: "SAMLAssertion"}}}
	return []tool{
		{"call-cli.txt", stsCommand, func(s scene) string {
			return "aws sts assume-role-with-saml " + arns + "--saml-assertion " + s.response + "\n"
		}, given},
		{"call-cli-lines.txt", stsCommand, func(s scene) string {
			return "$ aws sts assume-role-with-saml \\\n    " + arns + "\\\n    --saml-assertion='" + s.response + "' \\\n    --duration-seconds 3600\n"
		}, given},
		{"call-cli-file.txt", stsCommand, func(scene) string {
			return "aws sts assume-role-with-saml " + arns + "--saml-assertion file://samlresponse.log"
		},
			wanted{kind: AWS, name: name, lacks: `out of the file "samlresponse.log"`}},
		{"call-powershell.txt", "https://docs.aws.amazon.com/powershell/latest/reference/items/Use-STSRoleWithSAML.html", func(s scene) string {
			return "Use-STSRoleWithSAML -SAMLAssertion \"" + s.response + "\" `\n    -PrincipalArn arn:aws:iam::111122223333:saml-provider/Entra -RoleArn arn:aws:iam::111122223333:role/Admin\n"
		}, given},
		{"call-boto.txt", "https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/sts/client/assume_role_with_saml.html", func(s scene) string {
			return "response = client.assume_role_with_saml(\n    RoleArn='arn:aws:iam::111122223333:role/Admin',\n    PrincipalArn='arn:aws:iam::111122223333:saml-provider/Entra',\n    SAMLAssertion='" + s.response + "',\n    DurationSeconds=3600,\n)\n"
		}, given},
		// The body of the request itself.
		{"call-body.txt", "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html", func(s scene) string {
			return "Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FAdmin&SAMLAssertion=" + strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(s.response) + "&DurationSeconds=3600"
		}, given},
	}
}
