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
	rest, found := strings.CutPrefix(url, "https://")
	if !found {
		return Endpoint{}, false
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 0 {
		return Endpoint{}, false
	}
	for _, p := range partitionTable {
		if e, ok := p.endpoint(rest[:slash]); ok {
			return e.withPath(rest[slash:], p)
		}
	}
	return Endpoint{}, false
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
				e.Basis = saml.Inferred
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
		e.Kind, e.Basis = EndpointStatic, saml.Inferred
	case provider:
		e.Kind, e.ProviderID, e.Source = EndpointProvider, id, p.acs.source
		if e.Basis == saml.Documented {
			e.Basis = p.acs.basis
		}
		if e.Flaw == "" && (!all(id, isUpperOrDigit) || len(id) < shortestProviderID || len(id) > longestProviderID) {
			e.Flaw = quote(id) + " is no ID of a SAML provider (22 to 64 capital letters and digits, such as SAMLSP...)"
		}
	default:
		return Endpoint{}, false
	}
	return e, true
}

// AudiencePartition tells which partition an audience belongs to: a URN of AWS
// or a sign-in URL.
func AudiencePartition(text string) (string, bool) {
	for _, p := range partitionTable {
		for _, a := range p.audiences {
			if a.urn == text {
				return p.name, true
			}
		}
	}
	e, ok := ParseEndpoint(text)
	if !ok || e.Kind == EndpointStatic || e.Flaw != "" {
		return "", false
	}
	return e.Partition, true
}

// Recipients gives the patterns of the recipients that AWS IAM takes, in every
// partition; * stands for any characters. FIPS hosts are among them, because
// nothing says that they do not serve SAML: recipient-variant tells that their
// use is not confirmed.
func Recipients() []string {
	var out []string
	for _, p := range partitionTable {
		if p.global.basis != "" {
			out = append(out, "https://"+p.host+"/saml", "https://"+p.host+"/saml/acs/*")
		}
		out = append(out, "https://*."+p.host+"/saml", "https://*."+p.host+"/saml/acs/*")
		if p.fips != "" {
			out = append(out, "https://"+p.fips+"/saml", "https://*."+p.fips+"/saml")
		}
	}
	return out
}

// Audiences gives the patterns of the audiences that AWS IAM takes, in every
// partition: URNs and the sign-in URLs.
func Audiences() []string {
	var out []string
	for _, p := range partitionTable {
		for _, a := range p.audiences {
			out = append(out, a.urn)
		}
	}
	return append(out, Recipients()...)
}

// DoubtfulRecipients gives the patterns of recipients that AWS documented in
// 2023 and no longer does.
func DoubtfulRecipients() []string {
	var out []string
	for _, p := range partitionTable {
		out = append(out, "https://"+p.host+"/static/saml", "https://*."+p.host+"/static/saml")
	}
	return out
}
