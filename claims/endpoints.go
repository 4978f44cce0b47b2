package claims

import (
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// EndpointKind says what a URL of AWS sign-in is for.
type EndpointKind string

// The kinds of URL.
const (
	EndpointGlobal   EndpointKind = "global"   // https://HOST/saml
	EndpointRegional EndpointKind = "regional" // https://REGION.HOST/saml
	EndpointProvider EndpointKind = "provider" // https://[REGION.]HOST/saml/acs/ID
	EndpointStatic   EndpointKind = "static"   // https://[REGION.]HOST/static/saml, in AWS's documentation of 2023
	EndpointMetadata EndpointKind = "metadata" // https://[REGION.]HOST/static/saml-metadata.xml: where AWS publishes its SAML metadata
)

// An Endpoint is a URL to which a SAML response for AWS IAM is posted.
type Endpoint struct {
	Partition  string
	Region     string // empty for a host without a Region
	ProviderID string // the ID in /saml/acs/ID
	Kind       EndpointKind
	FIPS       bool       // a FIPS host, whose use for SAML is not confirmed
	Basis      saml.Basis // how the URL is known
	Source     saml.Source
	// Flaw says what is wrong with Region or ProviderID where the URL has the
	// form of an endpoint and cannot be one; empty if nothing is.
	Flaw string
}

// IDs of SAML providers have 22 to 64 characters.
const (
	shortestProviderID = 22
	longestProviderID  = 64
)

// ParseEndpoint tells whether a URL is a SAML endpoint of AWS sign-in, in any
// partition. URLs are compared byte by byte, as a service provider does.
func ParseEndpoint(url string) (Endpoint, bool) {
	e, path, p := signInHost(url)
	if p == nil {
		return Endpoint{}, false
	}
	return e.withPath(path, p)
}

// ParseMetadataURL tells whether a URL is one at which AWS publishes its SAML
// metadata: no endpoint, but sometimes entered where one belongs.
func ParseMetadataURL(url string) (Endpoint, bool) {
	e, path, p := signInHost(url)
	if p == nil || e.FIPS || p.metadata.basis == "" {
		return Endpoint{}, false
	}
	id, found := strings.CutPrefix(path, "/static/saml/")
	id, provider := strings.CutSuffix(id, "/saml-metadata.xml")
	switch {
	case path == "/static/saml-metadata.xml":
		e.Basis, e.Source = p.metadata.basis, p.metadata.source
	case found && provider && isProviderID(id):
		e.ProviderID, e.Basis, e.Source = id, p.providerMetadata().basis, p.providerMetadata().source
	default:
		return Endpoint{}, false
	}
	e.Kind = EndpointMetadata
	return e, true
}

// signInHost cuts a URL whose host is one of AWS sign-in; its partition is nil for
// any other.
func signInHost(url string) (e Endpoint, path string, of *partition) {
	rest, found := strings.CutPrefix(url, "https://")
	slash := strings.IndexByte(rest, '/')
	if !found || slash < 0 {
		return Endpoint{}, "", nil
	}
	for _, p := range partitionTable {
		if e, ok := p.endpoint(rest[:slash]); ok {
			return e, rest[slash:], p
		}
	}
	return Endpoint{}, "", nil
}

// isProviderID tells whether a text can be the SAMLProviderUUID of a provider.
func isProviderID(id string) bool {
	return all(id, isUpperOrDigit) && len(id) >= shortestProviderID && len(id) <= longestProviderID
}

// endpoint tells whether a host is one of the partition's.
func (p *partition) endpoint(host string) (Endpoint, bool) {
	e := Endpoint{Partition: p.name}
	for _, own := range []string{p.host, p.fips} {
		region, regional := strings.CutSuffix(host, "."+own)
		switch {
		case own == "":
		case host == own && p.global.basis != "":
			e.Kind, e.Basis, e.Source = EndpointGlobal, p.global.basis, p.global.source
		case regional:
			e.Kind, e.Region, e.Basis, e.Source = EndpointRegional, region, p.local.basis, p.local.source
			if !p.region.MatchString(region) {
				e.Flaw = quote(region) + " is no name of a Region of partition " + p.name
			}
		}
		if e.Kind != "" {
			if e.FIPS = own == p.fips; e.FIPS {
				e.Basis, e.Source = saml.Inferred, sourceModels
			}
			return e, true
		}
	}
	return e, false
}

func (e Endpoint) withPath(path string, p *partition) (Endpoint, bool) {
	id, provider := strings.CutPrefix(path, "/saml/acs/")
	switch {
	case path == "/saml":
	case path == "/static/saml":
		e.Kind, e.Basis, e.Source = EndpointStatic, saml.Inferred, sourceAssertions
	case provider:
		e.Kind, e.ProviderID, e.Source = EndpointProvider, id, p.acs.source
		if e.Basis == saml.Documented {
			e.Basis = p.acs.basis
		}
		// Of another length it is the endpoint of a provider that cannot exist,
		// which recipient-variant remarks: STS was observed to take it.
		if e.Flaw == "" && (id == "" || !all(id, isUpperOrDigit)) {
			e.Flaw = quote(id) + " is no ID of a SAML provider (22 to 64 capital letters and digits, such as SAMLSP...)"
		}
	default:
		return Endpoint{}, false
	}
	return e, true
}
