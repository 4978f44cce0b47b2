package claims

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

func TestParseEndpoint(t *testing.T) {
	tests := []struct {
		url       string
		partition string
		region    string
		kind      EndpointKind
		basis     saml.Basis
	}{
		{"https://signin.aws.amazon.com/saml", "aws", "", EndpointGlobal, saml.Documented},
		{"https://eu-central-1.signin.aws.amazon.com/saml", "aws", "eu-central-1", EndpointRegional, saml.Documented},
		{"https://mx-central-1.signin.aws.amazon.com/saml", "aws", "mx-central-1", EndpointRegional, saml.Documented},
		{"https://signin.amazonaws.cn/saml", "aws-cn", "", EndpointGlobal, saml.Documented},
		{"https://cn-northwest-1.signin.amazonaws.cn/saml", "aws-cn", "cn-northwest-1", EndpointRegional, saml.Inferred},
		{"https://signin.amazonaws-us-gov.com/saml", "aws-us-gov", "", EndpointGlobal, saml.Documented},
		{"https://us-gov-east-1.signin.amazonaws-us-gov.com/saml", "aws-us-gov", "us-gov-east-1", EndpointRegional, saml.Inferred},
		{"https://signin-fips.amazonaws-us-gov.com/saml", "aws-us-gov", "", EndpointGlobal, saml.Inferred},
		{"https://us-gov-west-1.signin-fips.amazonaws-us-gov.com/saml", "aws-us-gov", "us-gov-west-1", EndpointRegional, saml.Inferred},
		{"https://signin.c2shome.ic.gov/saml", "aws-iso", "", EndpointGlobal, saml.Documented},
		{"https://us-iso-east-1.signin.c2shome.ic.gov/saml", "aws-iso", "us-iso-east-1", EndpointRegional, saml.Inferred},
		{"https://signin.sc2shome.sgov.gov/saml", "aws-iso-b", "", EndpointGlobal, saml.Documented},
		{"https://us-isob-east-1.signin.sc2shome.sgov.gov/saml", "aws-iso-b", "us-isob-east-1", EndpointRegional, saml.Inferred},
		{"https://us-isof-south-1.signin.csphome.hci.ic.gov/saml", "aws-iso-f", "us-isof-south-1", EndpointRegional, saml.Inferred},
		{"https://eu-isoe-west-1.signin.csphome.adc-e.uk/saml", "aws-iso-e", "eu-isoe-west-1", EndpointRegional, saml.Inferred},
		{"https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml", "aws-eusc", "eusc-de-east-1", EndpointRegional, saml.Inferred},
		{"https://signin.aws.amazon.com/saml/acs/SAMLSPH4D4VUKVI56COEHT", "aws", "", EndpointProvider, saml.Documented},
		{"https://us-west-2.signin.aws.amazon.com/saml/acs/SAMLSP4JNM8VGQQQ72G2BM", "aws", "us-west-2", EndpointProvider, saml.Documented},
		{"https://signin.amazonaws.cn/saml/acs/SAMLSPH4D4VUKVI56COEHT", "aws-cn", "", EndpointProvider, saml.Inferred},
		{"https://signin.aws.amazon.com/static/saml", "aws", "", EndpointStatic, saml.Inferred},
		{"https://us-gov-west-1.signin.amazonaws-us-gov.com/saml/acs/SAMLSPH4D4VUKVI56COEHT", "aws-us-gov", "us-gov-west-1", EndpointProvider, saml.Inferred},
		{"https://il-central-1.signin.aws.amazon.com/saml", "aws", "il-central-1", EndpointRegional, saml.Documented},
		{"https://cn-north-1.signin.amazonaws.cn/saml", "aws-cn", "cn-north-1", EndpointRegional, saml.Inferred},
	}
	for _, tt := range tests {
		e, ok := ParseEndpoint(tt.url)
		if !ok || e.Partition != tt.partition || e.Region != tt.region || e.Kind != tt.kind || e.Basis != tt.basis || e.Flaw != "" {
			t.Errorf("%s: %+v, %v", tt.url, e, ok)
		}
		if e.Source.Text == "" || e.Source.URL == "" {
			t.Errorf("%s has no source", tt.url)
		}
		if e.FIPS != strings.Contains(tt.url, "fips") {
			t.Errorf("%s: FIPS %v", tt.url, e.FIPS)
		}
	}
}

func TestParseEndpointRefuses(t *testing.T) {
	for _, url := range []string{
		"", "https://signin.aws.amazon.com", "http://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml/",
		"https://signin.aws.amazon.com/saml#2", "https://SIGNIN.aws.amazon.com/saml", "https://signin.aws.amazon.com/SAML",
		"https://signin.aws.amazon.com.example.com/saml", "https://xsignin.aws.amazon.com/saml", "https://signin.csphome.adc-e.uk/saml",
		"https://signin.aws.amazon.com/static/saml-metadata.xml", "https://signin.aws.amazon.com:443/saml", "not-a-url",
		"https://user@signin.aws.amazon.com/saml", "https://user:x@signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml?x=1", "https://signin.aws.amazon.com//saml",
		"https://signin.aws.amazon.com/saml ", " https://signin.aws.amazon.com/saml", "HTTPS://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml/acs",
		"https://signin.aws.amazon.co/saml", "https://signin.amazonaws.com/saml", "https://signin.amazonaws.com.cn/saml", "https://sign-in.aws.amazon.com/saml",
		"https://signin.aws.amaz\u043en.com/saml", "https://signin.aws.amazon.com./saml", "https://console.aws.amazon.com/saml", "https://signin.amazonaws-eusc.eu/saml",
		"https://signin.csphome.hci.ic.gov/saml", "https://signin-fips.aws.amazon.com/saml", "https://signin-fips.amazonaws.cn/saml",
	} {
		if e, ok := ParseEndpoint(url); ok {
			t.Errorf("%q is taken for %+v", url, e)
		}
	}
}

func TestEndpointFlaws(t *testing.T) {
	for _, url := range []string{
		"https://www.signin.aws.amazon.com/saml", "https://cn-north-1.signin.aws.amazon.com/saml", "https://us-east-1.signin.amazonaws.cn/saml",
		"https://a.us-east-1.signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml/acs/", "https://signin.aws.amazon.com/saml/acs/SAML-SP",
		"https://signin.aws.amazon.com/saml/acs/samlsph4d4vukvi56coeht", "https://us-east-1.signin.aws.amazon.com/saml/acs/A/B",
	} {
		if e, ok := ParseEndpoint(url); !ok || e.Flaw == "" {
			t.Errorf("%q: %+v, %v, want a flaw", url, e, ok)
		}
	}
}

func TestAudiencePartition(t *testing.T) {
	tests := map[string]string{
		"urn:amazon:webservices": "aws", "urn:amazon:webservices:govcloud": "aws-us-gov", "urn:amazon:webservices:cn-north-1": "aws-cn",
		"https://signin.aws.amazon.com/saml": "aws", "https://signin.amazonaws.cn/saml": "aws-cn", "https://signin.amazonaws-us-gov.com/saml": "aws-us-gov",
		"https://eu-west-1.signin.aws.amazon.com/saml": "aws", "https://signin.aws.amazon.com/saml/acs/SAMLSPH4D4VUKVI56COEHT": "aws",
		"urn:amazon:webservices:cn-northwest-1": "aws-cn", "https://us-iso-west-1.signin.c2shome.ic.gov/saml": "aws-iso", "https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml": "aws-eusc",
		"urn:amazon:webservices:isb": "", "urn:amazon:webservices:": "", "URN:AMAZON:WEBSERVICES": "", "urn:amazon:webservices:us-gov-west-1": "", "urn:amazon:webservices:111122223333": "",
		"urn:amazon:appstream": "", "urn:amazon:cognito:sp:us-east-1_EXAMPLE": "", "https://signin.aws.amazon.com/static/saml-metadata.xml": "",
		"urn:amazon:webservices:clientvpn": "", "urn:amazon:webservices ": "", "https://signin.aws.amazon.com/static/saml": "", "https://signin.aws.amazon.com/saml#2": "",
	}
	for text, want := range tests {
		if got, ok := AudiencePartition(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", text, got, ok, want)
		}
	}
}

// The URLs at which AWS publishes metadata are known, and are no endpoints.
func TestParseMetadataURL(t *testing.T) {
	for url, want := range map[string]Endpoint{
		"https://signin.aws.amazon.com/static/saml-metadata.xml":                                  {Partition: "aws", Basis: saml.Documented},
		"https://eu-west-1.signin.aws.amazon.com/static/saml-metadata.xml":                        {Partition: "aws", Region: "eu-west-1", Basis: saml.Documented},
		"https://us-west-2.signin.aws.amazon.com/static/saml/" + providerA + "/saml-metadata.xml": {Partition: "aws", Region: "us-west-2", ProviderID: providerA, Basis: saml.Documented},
		"https://cn-north-1.signin.amazonaws.cn/static/saml-metadata.xml":                         {Partition: "aws-cn", Region: "cn-north-1", Basis: saml.Documented},
		"https://signin.amazonaws-us-gov.com/static/saml-metadata.xml":                            {Partition: "aws-us-gov", Basis: saml.Inferred},
	} {
		got, ok := ParseMetadataURL(url)
		if !ok || got.Kind != EndpointMetadata || got.Partition != want.Partition || got.Region != want.Region || got.ProviderID != want.ProviderID || got.Basis != want.Basis {
			t.Errorf("%s: %+v, %v", url, got, ok)
		}
	}
	for _, url := range []string{
		"https://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/static/saml", "https://signin.aws.amazon.com/static/saml-metadata.xml/",
		"http://signin.aws.amazon.com/static/saml-metadata.xml", "https://signin.aws.amazon.com/static/saml-metadata.xml?x", "https://signin.example.com/static/saml-metadata.xml",
		"https://signin.aws.amazon.com/static/saml/short/saml-metadata.xml", "https://signin.aws.amazon.com/saml-metadata.xml",
	} {
		if got, ok := ParseMetadataURL(url); ok {
			t.Errorf("%q is taken for %+v", url, got)
		}
	}
}

// Metadata's own URL as Recipient is a mismatch, and is said to be that.
func TestMetadataURLAsRecipient(t *testing.T) {
	const url = "https://signin.aws.amazon.com/static/saml-metadata.xml"
	for code, s := range map[string]said{"recipient-mismatch": {recipient: url}, "audience-mismatch": {audience: url}} {
		f, found := find(check(t, s), code)
		if !found || f.Severity != saml.Error || !strings.Contains(f.Message, "publishes its SAML metadata in partition aws") {
			t.Errorf("%s: %+v, %v", code, f, found)
		}
	}
}

// An audience that one script names is no reason to call a response wrong, nor
// right.
func TestDoubtfulAudience(t *testing.T) {
	const urn = "urn:amazon:webservices:cn-northwest-1"
	china := said{recipient: "https://signin.amazonaws.cn/saml", audience: urn, attributes: []string{roles(chinaPair), session("jane")}}
	r := check(t, china)
	f, found := find(r, "audience-mismatch")
	if !found || f.Severity != saml.Warning || !strings.Contains(f.Message, "nothing confirms it") {
		t.Errorf("%+v, %v", f, found)
	}
	if f, found := find(r, "role-partition-endpoint"); found {
		t.Errorf("its partition is China's: %+v", f)
	}
	if slices.Contains(Audiences(), urn) || !slices.Contains(Audiences(), "urn:amazon:webservices:cn-north-1") {
		t.Error("the audiences that AWS takes are wrong")
	}
	given := Options{Options: saml.Options{Audiences: []string{"https://app.example.com/"}}}
	if f, _ := find(checkWith(t, china, given), "audience-mismatch"); f.Severity != saml.Error {
		t.Errorf("another audience was asked for: %+v", f)
	}
}

// Every form is known to the parser as what the table says that it is.
func TestEndpointFormsAreParsed(t *testing.T) {
	region := map[string]string{"aws": "eu-west-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-east-1", "aws-iso": "us-iso-east-1", "aws-iso-b": "us-isob-east-1", "aws-iso-e": "eu-isoe-west-1", "aws-iso-f": "us-isof-south-1", "aws-eusc": "eusc-de-east-1"}
	for _, f := range Endpoints() {
		url := strings.NewReplacer("REGION", region[f.Partition], "/ID", "/"+providerA).Replace(f.URL)
		parse := ParseEndpoint
		if f.Kind == EndpointMetadata {
			parse = ParseMetadataURL
		}
		e, ok := parse(url)
		if !ok || e.Flaw != "" || e.Partition != f.Partition || e.Kind != f.Kind || e.FIPS != f.FIPS || e.Basis != f.Basis || e.Source != f.Source {
			t.Errorf("%s of the table %+v is %+v, %v", url, f, e, ok)
		}
	}
}

// What the patterns let through is an endpoint, and every endpoint of the table
// is let through, each by its own list.
func TestPatterns(t *testing.T) {
	for _, p := range slices.Concat(Recipients(), Audiences(), DoubtfulRecipients()) {
		region := map[string]string{"aws-cn": "cn-north-1", "aws-us-gov": "us-gov-east-1", "aws-iso": "us-iso-east-1", "aws-iso-b": "us-isob-east-1", "aws-iso-e": "eu-isoe-west-1", "aws-iso-f": "us-isof-south-1", "aws-eusc": "eusc-de-east-1"}
		if strings.HasPrefix(p, "urn:") {
			continue
		}
		if !strings.HasPrefix(p, "https://") {
			t.Errorf("%q is no URL", p)
		}
		one := strings.Replace(p, "/acs/*", "/acs/"+providerA, 1)
		for _, part := range partitionTable {
			if strings.Contains(one, "*."+part.host+"/") || part.fips != "" && strings.Contains(one, "*."+part.fips+"/") {
				one = strings.Replace(one, "*", or(region[part.name], "eu-west-1"), 1)
			}
		}
		e, ok := ParseEndpoint(one)
		if global := strings.Contains(p, "//signin.csphome") || strings.Contains(p, "//signin.amazonaws-eusc"); !global && (!ok || e.Flaw != "") {
			t.Errorf("%q (%q) is no endpoint: %+v", p, one, e)
		}
	}
	for _, r := range Recipients() {
		if strings.Contains(r, "static") {
			t.Errorf("%q is expected although it is doubtful", r)
		}
	}
}

func TestPartitionTableHasBasisAndSource(t *testing.T) {
	want := []string{"aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"}
	if got := Partitions(); !slices.Equal(got, want) {
		t.Errorf("partitions %v, want %v", got, want)
	}
	for _, p := range partitionTable {
		rows := []known{p.local, p.acs}
		if p.global.basis != "" {
			rows = append(rows, p.global)
		}
		for _, a := range p.audiences {
			if !a.doubtful { // what is doubtful may lack a page to point to
				rows = append(rows, a.known)
			}
		}
		for _, k := range rows {
			if k.basis == "" || k.source.Text == "" || k.source.URL == "" {
				t.Errorf("%s: a row without basis or source: %+v", p.name, k)
			}
		}
	}
	for _, s := range services {
		if s.Source.Text == "" || s.Source.URL == "" || s.audience == nil && s.recipient == nil {
			t.Errorf("%s lacks its source or what tells it", s.Name)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	tests := map[string]bool{"http://localhost:2600/sso/saml": true, "http://127.0.0.1:4589/": true, "http://127.8.0.1/": true, "http://[::1]:80/x": true,
		"https://localhost/": true, "http://localhost.example.com/": false, "http://128.0.0.1/": false, "ftp://localhost/": false, "localhost": false, "": false, "http://[::1": false}
	for url, want := range tests {
		if got := isLoopback(url); got != want {
			t.Errorf("%q: %v, want %v", url, got, want)
		}
	}
}
