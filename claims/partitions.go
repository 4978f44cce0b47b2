package claims

import (
	"regexp"

	"github.com/samlcheck/samlcheck/saml"
)

// A known is a statement about AWS with what it rests on.
type known struct {
	basis  saml.Basis
	source saml.Source
}

// partition is one row of the table of partitions: names of Regions, where
// its users sign in with SAML, and what audiences are sent there.
type partition struct {
	name   string
	region *regexp.Regexp
	host   string // https://HOST/saml, and https://REGION.HOST/saml
	global known  // of the host without a Region; zero where none is known
	local  known  // of the host with a Region
	acs    known  // of the path /saml/acs/ID
	fips   string // another host of the same kind whose use for SAML is not confirmed
	// audiences are the URNs; the sign-in URLs are audiences too.
	audiences []audience
}

type audience struct {
	urn string
	known
}

var (
	sourceEndpoints = saml.Source{Text: "AWS General Reference, AWS Sign-In endpoints", URL: "https://docs.aws.amazon.com/general/latest/gr/signin-service.html"}
	sourceCDK       = saml.Source{Text: "AWS CDK, region-info: SAML sign-on URLs", URL: "https://github.com/aws/aws-cdk"}
	sourceModels    = saml.Source{Text: "AWS service models (sign-in endpoint rules, partitions) as shipped in botocore", URL: "https://github.com/boto/botocore"}
	sourceSAML2AWS  = saml.Source{Text: "saml2aws, default audience and providers' configurations", URL: "https://github.com/Versent/saml2aws"}
)

// The rows of aws-iso-e, aws-iso-f and aws-eusc are inferred: their hosts are
// those of the SDK's rules for sign-in, the path is taken from the others.
var partitionTable = []*partition{
	{
		name: "aws", region: regexp.MustCompile(`^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$`), host: "signin.aws.amazon.com",
		global: known{saml.Documented, sourceAssertions}, local: known{saml.Documented, sourceEndpoints}, acs: known{saml.Documented, sourceProvider},
		audiences: []audience{{"urn:amazon:webservices", known{saml.Documented, sourceAssertions}}},
	}, {
		name: "aws-cn", region: regexp.MustCompile(`^cn-\w+-\d+$`), host: "signin.amazonaws.cn",
		global: known{saml.Documented, sourceCDK}, local: known{saml.Documented, sourceModels}, acs: known{saml.Inferred, sourceProvider},
		audiences: []audience{
			{"urn:amazon:webservices:cn-north-1", known{saml.Inferred, sourceSAML2AWS}},
			{"urn:amazon:webservices:cn-northwest-1", known{saml.Inferred, sourceSAML2AWS}},
		},
	}, {
		name: "aws-us-gov", region: regexp.MustCompile(`^us-gov-\w+-\d+$`), host: "signin.amazonaws-us-gov.com", fips: "signin-fips.amazonaws-us-gov.com",
		global: known{saml.Documented, sourceCDK}, local: known{saml.Documented, sourceModels}, acs: known{saml.Inferred, sourceProvider},
		audiences: []audience{{"urn:amazon:webservices:govcloud", known{saml.Inferred, sourceSAML2AWS}}},
	}, {
		name: "aws-iso", region: regexp.MustCompile(`^us-iso-\w+-\d+$`), host: "signin.c2shome.ic.gov",
		global: known{saml.Documented, sourceCDK}, local: known{saml.Documented, sourceModels}, acs: known{saml.Inferred, sourceProvider},
	}, {
		name: "aws-iso-b", region: regexp.MustCompile(`^us-isob-\w+-\d+$`), host: "signin.sc2shome.sgov.gov",
		global: known{saml.Documented, sourceCDK}, local: known{saml.Documented, sourceModels}, acs: known{saml.Inferred, sourceProvider},
	}, {
		name: "aws-iso-e", region: regexp.MustCompile(`^eu-isoe-\w+-\d+$`), host: "signin.csphome.adc-e.uk",
		local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
	}, {
		name: "aws-iso-f", region: regexp.MustCompile(`^us-isof-\w+-\d+$`), host: "signin.csphome.hci.ic.gov",
		local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
	}, {
		name: "aws-eusc", region: regexp.MustCompile(`^eusc-de-\w+-\d+$`), host: "signin.amazonaws-eusc.eu",
		local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
	},
}

// Partitions gives the names of all partitions of AWS.
func Partitions() []string {
	var out []string
	for _, p := range partitionTable {
		out = append(out, p.name)
	}
	return out
}
