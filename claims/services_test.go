package claims

import (
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// What AWS and the vendors of identity providers print for each service is
// known by itself: a recipient without an audience, an audience without a
// recipient.
func TestServicesAreTold(t *testing.T) {
	recipients := map[string]string{
		"https://eu-west-1.signin.aws.amazon.com/platform/saml/acs/4ac38751-0000-4000-8000-000000000001": "IAM Identity Center",
		"https://us-west-2.sso.signin.aws/platform/saml/acs/4ac38751-0000-4000-8000-000000000001":        "IAM Identity Center",
		"https://us-west-2.signin.aws/platform/saml/acs/4ac38751-0000-4000-8000-000000000001":            "IAM Identity Center",
		"https://cn-north-1.signin.amazonaws.cn/platform/saml/acs/4ac38751-0000-4000-8000-000000000001":  "IAM Identity Center",
		"https://example.auth.us-east-1.amazoncognito.com/saml2/idpresponse":                             "Cognito",
		"https://example.auth-fips.us-gov-west-1.amazoncognito.com/saml2/idpresponse":                    "Cognito",
		"http://127.0.0.1:35001": "Client VPN",
		"https://self-service.clientvpn.amazonaws.com/api/auth/sso/saml":                                                "Client VPN",
		"https://g-0000000000.grafana-workspace.us-east-1.amazonaws.com/saml/acs":                                       "Managed Grafana",
		"https://search-example-abc.us-east-1.es.amazonaws.com/_dashboards/_opendistro/_security/saml/acs":              "OpenSearch Service",
		"https://search-example-abc.us-east-1.es.amazonaws.com/_dashboards/_opendistro/_security/saml/acs/idpinitiated": "OpenSearch Service",
		"https://collection.us-east-1.aoss.amazonaws.com/_saml/acs":                                                     "OpenSearch Serverless",
	}
	for url, want := range recipients {
		if s, told := serviceOf(url, nil); s == nil || !strings.Contains(s.Name, want) || told != url {
			t.Errorf("%s: %+v, %q, want %s", url, s, told, want)
		}
	}
	audiences := map[string]string{
		"https://eu-west-1.signin.aws.amazon.com/platform/saml/d-0000000000": "IAM Identity Center", "urn:amazon:cognito:sp:us-east-1_EXAMPLE": "Cognito",
		"urn:amazon:webservices:clientvpn": "Client VPN", "urn:amazon:appstream": "AppStream", "https://g-0000000000.grafana-workspace.us-east-1.amazonaws.com/saml/metadata": "Managed Grafana",
		"https://search-example-abc.us-east-1.es.amazonaws.com": "OpenSearch Service", "aws:opensearch:111122223333": "OpenSearch Serverless", "aws:opensearch:111122223333:mine": "OpenSearch Serverless",
	}
	for text, want := range audiences {
		if s, told := serviceOf("", []saml.Value{{Text: text}}); s == nil || !strings.Contains(s.Name, want) || told != text {
			t.Errorf("%s: %+v, %q, want %s", text, s, told, want)
		}
	}
}

func TestServicesAreNotTold(t *testing.T) {
	for _, text := range []string{
		"", "urn:amazon:webservices", "urn:amazon:webservices:clientvpn2", "urn:amazon:appstreams", "urn:amazon:redshift", "aws:opensearch:1111", "aws:opensearch:11112222333x",
		"https://app.example.com/saml2/idpresponse", "https://amazoncognito.com.example.com/saml2/idpresponse", "https://user@example.auth.us-east-1.amazoncognito.com/saml2/idpresponse",
		"http://example.auth.us-east-1.amazoncognito.com/saml2/idpresponse", "https://example.auth.us-east-1.amazoncognito.com:8443/saml2/idpresponse", "https://example.auth.us-east-1.amazoncognito.com/saml2/idpresponse?x=1",
		"https://portal.sso.us-east-1.amazonaws.com/saml/metadata", "https://self-service.clientvpn.amazonaws.com/", "http://127.0.0.1:35002", "https://127.0.0.1:35001",
		"https://eu-west-1.signin.aws.example.com/platform/saml/acs/1", "https://evilsignin.aws.amazon.com/platform/saml/acs/1", "https://signin.aws.amazon.com/saml",
		"https://app.example.com/_dashboards/_opendistro/_security/saml/acs", "https://collection.us-east-1.aoss.amazonaws.com/_saml/acs/",
	} {
		if s, _ := serviceOf(text, []saml.Value{{Text: text}}); s != nil {
			t.Errorf("%q is taken for %s", text, s.Name)
		}
	}
}

// AppStream itself is signed in to by IAM's URL and audience: the finding says
// whose the other audience is.
func TestAppStreamIsAPrivateConvention(t *testing.T) {
	f, found := find(check(t, said{recipient: "https://idp.example.com/appstream", audience: "urn:amazon:appstream"}), "service-other")
	if !found || !strings.Contains(f.Message, "a private convention of some set-ups") || !strings.Contains(f.Message, "the audience of IAM, with a relay state") {
		t.Errorf("%+v, %v", f, found)
	}
	if f, found := find(check(t, said{audience: "urn:amazon:appstream"}), "service-other"); found {
		t.Errorf("posted to AWS sign-in, it is for IAM: %+v", f)
	}
}
