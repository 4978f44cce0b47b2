package claims

import (
	"net"
	"net/url"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// service is a service provider of AWS that is not IAM: another audience,
// another endpoint, other attributes.
type service struct {
	name      string
	audience  func(string) bool // nil where no audience tells
	recipient func(string) bool // nil where no recipient tells
	source    saml.Source
}

var services = []*service{
	{
		name: "AWS IAM Identity Center", audience: isIdentityCenter, recipient: isIdentityCenter,
		source: saml.Source{Text: "Microsoft, configure AWS IAM Identity Center for single sign-on", URL: "https://learn.microsoft.com/en-us/entra/identity/saas-apps/aws-single-sign-on-tutorial"},
	}, {
		name: "Amazon Cognito", audience: prefixed("urn:amazon:cognito:sp:"),
		recipient: onHost(".amazoncognito.com", "/saml2/idpresponse"),
		source:    saml.Source{Text: "Amazon Cognito Developer Guide, things to know about SAML identity providers", URL: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-things-to-know.html"},
	}, {
		name: "AWS Client VPN", audience: prefixed("urn:amazon:webservices:clientvpn"),
		recipient: isClientVPN,
		source:    saml.Source{Text: "AWS Client VPN Administrator Guide, SAML 2.0-based federated authentication", URL: "https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/federated-authentication.html"},
	}, {
		name: "Amazon AppStream 2.0", audience: prefixed("urn:amazon:appstream"),
		source: saml.Source{Text: "audiences of AWS service providers seen in public configurations", URL: ""},
	}, {
		name: "Amazon Managed Grafana", audience: onHost(".amazonaws.com", "/saml/metadata"),
		recipient: onHost(".amazonaws.com", "/saml/acs"),
		source:    saml.Source{Text: "Amazon Managed Grafana User Guide, using SAML with your workspace", URL: "https://docs.aws.amazon.com/grafana/latest/userguide/authentication-in-AMG-SAML.html"},
	},
}

func prefixed(prefix string) func(string) bool {
	return func(s string) bool { return strings.HasPrefix(s, prefix) }
}

func onHost(suffix, path string) func(string) bool {
	return func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.Scheme == "https" && strings.HasSuffix(u.Host, suffix) && u.Path == path
	}
}

// isIdentityCenter knows https://REGION.signin.aws.amazon.com/platform/saml/…
// and the newer hosts below signin.aws.
func isIdentityCenter(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && strings.HasPrefix(u.Path, "/platform/saml/") &&
		(strings.HasSuffix(u.Host, ".signin.aws.amazon.com") || strings.HasSuffix(u.Host, ".signin.aws") ||
			strings.HasSuffix(u.Host, ".signin.amazonaws.cn") || strings.HasSuffix(u.Host, ".signin.amazonaws-us-gov.com"))
}

// isClientVPN knows the self-service portal and the port at which the VPN
// client listens.
func isClientVPN(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Host == "self-service.clientvpn.amazonaws.com" || u.Host == "127.0.0.1:35001")
}

// serviceOf tells which other service a message is for. The recipient decides:
// a message that is posted to AWS sign-in is for IAM, whatever its audience.
func serviceOf(recipient string, audiences []saml.Value) (*service, string) {
	if _, ok := ParseEndpoint(recipient); ok {
		return nil, ""
	}
	for _, s := range services {
		if s.recipient != nil && s.recipient(recipient) {
			return s, recipient
		}
		for _, a := range audiences {
			if s.audience != nil && s.audience(a.Text) {
				return s, a.Text
			}
		}
	}
	return nil, ""
}

// isLoopback tells whether a URL leads to the user's own machine.
func isLoopback(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
