package claims

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// service is a service provider of AWS that is not IAM: another audience,
// another endpoint, other attributes.
type service struct {
	OtherService
	audience  func(string) bool // nil where no audience tells
	recipient func(string) bool // nil where no recipient tells
	private   bool              // what tells it is no form of AWS's: see Note
}

// An OtherService is a service provider of AWS that takes SAML responses itself,
// apart from AWS IAM. In its forms NAME and ID stand for what varies.
type OtherService struct {
	Name       string
	Audiences  []string // the forms of its audience
	Recipients []string // the forms of its assertion consumer service
	Source     saml.Source
	Note       string
}

// OtherServices gives the service providers of AWS that are told from AWS IAM.
func OtherServices() []OtherService {
	var out []OtherService
	for _, s := range services {
		out = append(out, s.OtherService)
	}
	return out
}

var services = []*service{
	{
		OtherService: OtherService{
			Name:       "AWS IAM Identity Center",
			Audiences:  []string{"https://REGION.signin.aws.amazon.com/platform/saml/ID"},
			Recipients: []string{"https://REGION.signin.aws.amazon.com/platform/saml/acs/ID", "https://REGION.signin.aws/platform/saml/acs/ID", "https://REGION.sso.signin.aws/platform/saml/acs/ID"},
			Source:     saml.Source{Text: "Microsoft, configure AWS IAM Identity Center for single sign-on", URL: "https://learn.microsoft.com/en-us/entra/identity/saas-apps/aws-single-sign-on-tutorial"},
			Note:       "the forms below signin.aws were seen in configurations",
		},
		audience: isIdentityCenter, recipient: isIdentityCenter,
	}, {
		OtherService: OtherService{
			Name:       "Amazon Cognito",
			Audiences:  []string{"urn:amazon:cognito:sp:ID"},
			Recipients: []string{"https://NAME.auth.REGION.amazoncognito.com/saml2/idpresponse"},
			Source:     saml.Source{Text: "Amazon Cognito Developer Guide, things to know about SAML identity providers", URL: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-things-to-know.html"},
			Note:       "a user pool may have a domain of its own; its audience tells it",
		},
		audience: prefixed("urn:amazon:cognito:sp:"), recipient: onHost(".amazoncognito.com", "/saml2/idpresponse"),
	}, {
		OtherService: OtherService{
			Name:       "AWS Client VPN",
			Audiences:  []string{"urn:amazon:webservices:clientvpn"},
			Recipients: []string{"http://127.0.0.1:35001", "https://self-service.clientvpn.amazonaws.com/api/auth/sso/saml"},
			Source:     saml.Source{Text: "AWS Client VPN Administrator Guide, SAML 2.0-based federated authentication", URL: "https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/federated-authentication.html"},
			Note:       "the first is the port at which the VPN client listens, the second the self-service portal",
		},
		audience: oneOf("urn:amazon:webservices:clientvpn"), recipient: oneOf("http://127.0.0.1:35001", "http://127.0.0.1:35001/", "https://self-service.clientvpn.amazonaws.com/api/auth/sso/saml"),
	}, {
		OtherService: OtherService{
			Name:      "Amazon AppStream 2.0",
			Audiences: []string{"urn:amazon:appstream"},
			Source:    saml.Source{Text: "Amazon AppStream 2.0 Administration Guide, setting up SAML", URL: "https://docs.aws.amazon.com/appstream2/latest/developerguide/external-identity-providers-setting-up-saml.html"},
			Note:      "a private convention of some set-ups, to tell AppStream from the console: AWS documents for AppStream 2.0, as for WorkSpaces, the sign-in URL and the audience of IAM, with a relay state",
		},
		audience: oneOf("urn:amazon:appstream"), private: true,
	}, {
		OtherService: OtherService{
			Name:       "Amazon Managed Grafana",
			Audiences:  []string{"https://ID.grafana-workspace.REGION.amazonaws.com/saml/metadata"},
			Recipients: []string{"https://ID.grafana-workspace.REGION.amazonaws.com/saml/acs"},
			Source:     saml.Source{Text: "Amazon Managed Grafana User Guide, using SAML with your workspace", URL: "https://docs.aws.amazon.com/grafana/latest/userguide/authentication-in-AMG-SAML.html"},
		},
		audience: isGrafana("/saml/metadata"), recipient: isGrafana("/saml/acs"),
	}, {
		OtherService: OtherService{
			Name:       "Amazon OpenSearch Service (OpenSearch Dashboards)",
			Audiences:  []string{"https://NAME.REGION.es.amazonaws.com"},
			Recipients: []string{"https://NAME.REGION.es.amazonaws.com/_dashboards/_opendistro/_security/saml/acs", "https://NAME.REGION.es.amazonaws.com/_dashboards/_opendistro/_security/saml/acs/idpinitiated"},
			Source:     saml.Source{Text: "SIEM on Amazon OpenSearch Service (AWS), SAML authentication", URL: "https://github.com/aws-samples/siem-on-amazon-opensearch-service"},
			Note:       "a domain may have an endpoint of its own, which nothing tells from other service providers",
		},
		audience:  onHost(".es.amazonaws.com", ""),
		recipient: onHost(".es.amazonaws.com", "/_dashboards/_opendistro/_security/saml/acs", "/_dashboards/_opendistro/_security/saml/acs/idpinitiated"),
	}, {
		OtherService: OtherService{
			Name:       "Amazon OpenSearch Serverless (OpenSearch Dashboards)",
			Audiences:  []string{"aws:opensearch:ACCOUNT", "aws:opensearch:ACCOUNT:NAME"},
			Recipients: []string{"https://collection.REGION.aoss.amazonaws.com/_saml/acs"},
			Source:     saml.Source{Text: "Amazon OpenSearch Service Developer Guide, SAML authentication for OpenSearch Serverless", URL: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-saml.html"},
		},
		audience: isServerless, recipient: onHost(".aoss.amazonaws.com", "/_saml/acs"),
	},
}

func prefixed(prefix string) func(string) bool {
	return func(s string) bool { return strings.HasPrefix(s, prefix) }
}

func oneOf(texts ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(texts, s) }
}

// onHost knows URLs whose host ends in a suffix, with one of the paths.
func onHost(suffix string, paths ...string) func(string) bool {
	return func(s string) bool {
		host, path, ok := cutURL(s)
		return ok && strings.HasSuffix(host, suffix) && slices.Contains(paths, path)
	}
}

// cutURL cuts an https URL into a host name and all that follows. It knows no
// URL with a user, a port or capital letters in the host.
func cutURL(s string) (host, path string, ok bool) {
	rest, ok := strings.CutPrefix(s, "https://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		rest, path = rest[:i], rest[i:]
	}
	plain := func(r rune) bool { return r >= 'a' && r <= 'z' || isDigit(r) || r == '-' || r == '.' }
	return rest, path, ok && all(rest, plain)
}

// isIdentityCenter knows https://REGION.signin.aws.amazon.com/platform/saml/…
// of all partitions and the newer hosts below signin.aws.
func isIdentityCenter(s string) bool {
	host, path, ok := cutURL(s)
	ours := func(suffix string) bool { return strings.HasSuffix(host, "."+suffix) }
	return ok && strings.HasPrefix(path, "/platform/saml/") &&
		(ours("signin.aws") || slices.ContainsFunc(partitionTable, func(p *partition) bool { return ours(p.host) }))
}

func isGrafana(path string) func(string) bool {
	on := onHost(".amazonaws.com", path)
	return func(s string) bool { return on(s) && strings.Contains(s, ".grafana-workspace.") }
}

// isServerless knows the entity IDs aws:opensearch:ACCOUNT and what may follow.
func isServerless(s string) bool {
	rest, found := strings.CutPrefix(s, "aws:opensearch:")
	account, _, _ := strings.Cut(rest, ":")
	return found && len(account) == 12 && allDigits(account)
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
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}
