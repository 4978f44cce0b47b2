package claims

import (
	"regexp"

	"github.com/samlcheck/samlcheck/saml"
)

// A known is a statement about AWS with what it rests on. The zero known is
// that of a statement which nothing supports.
type known struct {
	basis  saml.Basis
	source saml.Source
}

// partition is one row of the table of partitions: names of Regions, where
// its users sign in with SAML, and what audiences are sent there.
type partition struct {
	name     string
	region   *regexp.Regexp
	host     string // https://HOST/saml, and https://REGION.HOST/saml
	global   known  // of the host without a Region; zero where none is known
	local    known  // of the host with a Region
	acs      known  // of the path /saml/acs/ID
	metadata known  // of AWS's own SAML metadata, /static/saml-metadata.xml
	note     string // on the hosts with a Region
	fips     string // another host of the same kind whose use for SAML is not confirmed
	// audiences are the URNs; the sign-in URLs are audiences too.
	audiences []audience
}

type audience struct {
	urn string
	known
	note     string
	doubtful bool // it was seen, but too seldom to be taken for right
}

var (
	sourceEndpoints  = saml.Source{Text: "AWS General Reference, AWS Sign-In endpoints", URL: "https://docs.aws.amazon.com/general/latest/gr/signin-service.html"}
	sourceCDK        = saml.Source{Text: "AWS CDK, region-info: SAML sign-on URLs", URL: "https://github.com/aws/aws-cdk"}
	sourceModels     = saml.Source{Text: "AWS service models (sign-in endpoint rules, partitions) as shipped in botocore", URL: "https://github.com/boto/botocore"}
	sourceMetadata   = saml.Source{Text: "SAML metadata that AWS publishes for sign-in", URL: "https://signin.aws.amazon.com/static/saml-metadata.xml"}
	sourceRelying    = iamGuide("Configure your SAML 2.0 IdP with relying party trust", "id_roles_providers_create_saml_relying-party")
	sourceRelyingCN  = saml.Source{Text: "AWS China, IAM User Guide, relying party trust", URL: "https://docs.amazonaws.cn/en_us/IAM/latest/UserGuide/id_roles_providers_create_saml_relying-party.html"}
	sourceGovCloud   = saml.Source{Text: "aws-adfs, README: provider identifiers of partitions", URL: "https://github.com/venth/aws-adfs"}
	sourceCloudpods  = saml.Source{Text: "cloudpods, SAML identity provider for clouds: entity ID of AWS China", URL: "https://github.com/yunion/cloudpods"}
	sourceUnofficial = saml.Source{Text: "a comment in one script for AWS China; nothing of AWS names it", URL: ""}
)

const (
	noteHostOnly  = "the host is that of the SDK's rules for sign-in; the path is taken from the other partitions"
	noteAsGlobal  = "the host is that of the SDK's rules for sign-in; the path is that of the host without a Region"
	noteUSEast1   = "us-east-1 itself is served by the host without a Region"
	notePathOfAWS = "the path is documented for partition aws"
	noteStatic    = "AWS documented it in 2023 for partition aws as a URL to send responses to, and no longer does"
	noteFIPS      = "the host exists for sign-in; whether it serves SAML is not confirmed"
)

// The hosts with a Region of all partitions but aws come from the SDK's rules
// for sign-in, which name no path: so they are inferred as endpoints for SAML.
var partitionTable = []*partition{
	{
		name: "aws", region: regexp.MustCompile(`^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$`), host: "signin.aws.amazon.com", note: noteUSEast1,
		global: known{saml.Documented, sourceAssertions}, local: known{saml.Documented, sourceEndpoints}, acs: known{saml.Documented, sourceProvider},
		metadata:  known{saml.Documented, sourceRelying},
		audiences: []audience{{urn: "urn:amazon:webservices", known: known{saml.Documented, sourceMetadata}}},
	}, {
		name: "aws-cn", region: regexp.MustCompile(`^cn-\w+-\d+$`), host: "signin.amazonaws.cn", note: noteAsGlobal,
		global: known{saml.Documented, sourceCDK}, local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
		metadata: known{saml.Documented, sourceRelyingCN},
		audiences: []audience{
			{urn: "urn:amazon:webservices:cn-north-1", known: known{saml.Inferred, sourceCloudpods}, note: "seen in the configurations of several tools and identity providers"},
			{urn: "urn:amazon:webservices:cn-northwest-1", known: known{saml.Inferred, sourceUnofficial}, doubtful: true,
				note: "not taken for right: urn:amazon:webservices:cn-north-1 is the one that set-ups in use name, for both Regions"},
		},
	}, {
		name: "aws-us-gov", region: regexp.MustCompile(`^us-gov-\w+-\d+$`), host: "signin.amazonaws-us-gov.com", note: noteAsGlobal, fips: "signin-fips.amazonaws-us-gov.com",
		global: known{saml.Documented, sourceCDK}, local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
		metadata:  known{saml.Inferred, sourceRelying},
		audiences: []audience{{urn: "urn:amazon:webservices:govcloud", known: known{saml.Inferred, sourceGovCloud}, note: "seen in the configurations of several tools"}},
	}, {
		name: "aws-iso", region: regexp.MustCompile(`^us-iso-\w+-\d+$`), host: "signin.c2shome.ic.gov", note: noteAsGlobal,
		global: known{saml.Documented, sourceCDK}, local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
		metadata: known{saml.Inferred, sourceRelying},
	}, {
		name: "aws-iso-b", region: regexp.MustCompile(`^us-isob-\w+-\d+$`), host: "signin.sc2shome.sgov.gov", note: noteAsGlobal,
		global: known{saml.Documented, sourceCDK}, local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider},
		metadata: known{saml.Inferred, sourceRelying},
	}, {
		name: "aws-iso-e", region: regexp.MustCompile(`^eu-isoe-\w+-\d+$`), host: "signin.csphome.adc-e.uk", note: noteHostOnly,
		local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider}, metadata: known{saml.Inferred, sourceRelying},
	}, {
		name: "aws-iso-f", region: regexp.MustCompile(`^us-isof-\w+-\d+$`), host: "signin.csphome.hci.ic.gov", note: noteHostOnly,
		local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider}, metadata: known{saml.Inferred, sourceRelying},
	}, {
		name: "aws-eusc", region: regexp.MustCompile(`^eusc-de-\w+-\d+$`), host: "signin.amazonaws-eusc.eu", note: noteHostOnly,
		local: known{saml.Inferred, sourceModels}, acs: known{saml.Inferred, sourceProvider}, metadata: known{saml.Inferred, sourceRelying},
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
