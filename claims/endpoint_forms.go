package claims

import (
	"slices"
	"strings"
	"sync"

	"github.com/samlcheck/samlcheck/saml"
)

// An EndpointForm is one form that URLs of AWS sign-in have.
type EndpointForm struct {
	Partition string
	Kind      EndpointKind
	URL       string // REGION stands for a Region, ID for the ID of a SAML provider
	FIPS      bool   // a FIPS host, whose use for SAML is not confirmed
	Basis     saml.Basis
	Source    saml.Source
	Note      string
}

// Endpoints gives every form of URL that [ParseEndpoint] and
// [ParseMetadataURL] know, partition by partition.
func Endpoints() []EndpointForm { return slices.Clone(endpointForms()) }

var endpointForms = sync.OnceValue(func() []EndpointForm {
	var out []EndpointForm
	for _, p := range partitionTable {
		out = append(out, p.forms()...)
	}
	return out
})

func (p *partition) forms() []EndpointForm {
	var out []EndpointForm
	add := func(kind EndpointKind, url string, k known, note string) {
		if k.basis != "" {
			out = append(out, EndpointForm{p.name, kind, url, strings.Contains(url, p.fips) && p.fips != "", k.basis, k.source, note})
		}
	}
	note := ""
	if p.acs.basis != saml.Documented {
		note = notePathOfAWS
	}
	for _, host := range []string{p.host, "REGION." + p.host} {
		kind, k, about := EndpointGlobal, p.global, ""
		if host != p.host {
			kind, k, about = EndpointRegional, p.local, p.note
		}
		if k.basis == "" {
			continue
		}
		add(kind, "https://"+host+"/saml", k, about)
		add(EndpointProvider, "https://"+host+"/saml/acs/ID", p.acs, note)
		add(EndpointStatic, "https://"+host+"/static/saml", known{saml.Inferred, sourceAssertions}, noteStatic)
		add(EndpointMetadata, "https://"+host+"/static/saml-metadata.xml", p.metadata, "")
		add(EndpointMetadata, "https://"+host+"/static/saml/ID/saml-metadata.xml", p.providerMetadata(), "for a SAML provider that demands encryption")
	}
	if p.fips != "" {
		unconfirmed := known{saml.Inferred, sourceModels}
		add(EndpointGlobal, "https://"+p.fips+"/saml", unconfirmed, noteFIPS)
		add(EndpointRegional, "https://REGION."+p.fips+"/saml", unconfirmed, noteFIPS)
	}
	return out
}

// providerMetadata is what the metadata of one provider's endpoint rest on: AWS
// documents their address for partition aws.
func (p *partition) providerMetadata() known {
	if p.acs.basis != saml.Documented {
		return known{saml.Inferred, sourceRelying}
	}
	return p.metadata
}

// patterns gives the URLs of some kinds with * where anything may stand.
func patterns(kinds ...EndpointKind) []string {
	var out []string
	for _, f := range endpointForms() {
		if slices.Contains(kinds, f.Kind) {
			out = append(out, strings.NewReplacer("REGION", "*", "acs/ID", "acs/*").Replace(f.URL))
		}
	}
	return out
}

// Recipients gives the patterns of the recipients that AWS IAM takes, in every
// partition; * stands for any characters. FIPS hosts are among them, because
// nothing says that they do not serve SAML: recipient-variant tells that their
// use is not confirmed.
func Recipients() []string { return slices.Clone(recipients()) }

// recipients gives [Recipients], audiences [Audiences] and doubtfulRecipients
// [DoubtfulRecipients], made once, for readers that do not change them.
var (
	recipients = sync.OnceValue(func() []string {
		return patterns(EndpointGlobal, EndpointRegional, EndpointProvider)
	})
	audiences = sync.OnceValue(func() []string {
		var out []string
		for _, a := range knownAudiences() {
			if !a.Doubtful {
				out = append(out, a.URN)
			}
		}
		return append(out, recipients()...)
	})
	doubtfulRecipients = sync.OnceValue(func() []string { return patterns(EndpointStatic) })
)

// Audiences gives the patterns of the audiences that AWS IAM takes, in every
// partition: URNs and the sign-in URLs.
func Audiences() []string { return slices.Clone(audiences()) }

// DoubtfulRecipients gives the patterns of recipients that AWS documented in
// 2023 and no longer does.
func DoubtfulRecipients() []string { return slices.Clone(doubtfulRecipients()) }

// A KnownAudience is a URN that stands for AWS IAM as a service provider. The
// sign-in URLs of [Endpoints] are audiences too.
type KnownAudience struct {
	Partition string
	URN       string
	Doubtful  bool // it was seen, but too seldom to be taken for right
	Basis     saml.Basis
	Source    saml.Source
	Note      string
}

// KnownAudiences gives all audiences of AWS IAM that are no URLs.
func KnownAudiences() []KnownAudience { return slices.Clone(knownAudiences()) }

var knownAudiences = sync.OnceValue(func() []KnownAudience {
	var out []KnownAudience
	for _, p := range partitionTable {
		for _, a := range p.audiences {
			out = append(out, KnownAudience{p.name, a.urn, a.doubtful, a.basis, a.source, a.note})
		}
	}
	return out
})

// AudiencePartition tells which partition an audience belongs to: a URN of AWS
// or a sign-in URL.
func AudiencePartition(text string) (string, bool) {
	for _, a := range knownAudiences() {
		if a.URN == text {
			return a.Partition, true
		}
	}
	e, ok := ParseEndpoint(text)
	if !ok || e.Kind == EndpointStatic || e.Flaw != "" {
		return "", false
	}
	return e.Partition, true
}
