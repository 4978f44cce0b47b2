package render

import "github.com/samlcheck/samlcheck/saml"

// The objects of SARIF 2.1.0 as far as they are written, in the order of its
// section 3.

type sarifArtifactLocation struct {
	URI         string       `json:"uri"`
	Base        string       `json:"uriBaseId,omitempty"`
	Index       *int         `json:"index,omitempty"`
	Description *sarifString `json:"description,omitempty"`
}

// A sarifString is a message, or a message string, in plain text.
type sarifString struct {
	Text string `json:"text"`
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool           `json:"tool"`
	Invocations []sarifInvocation   `json:"invocations"`
	Artifacts   []sarifArtifact     `json:"artifacts"`
	ColumnKind  string              `json:"columnKind"`
	Results     []sarifResult       `json:"results"`
	Properties  *sarifRunProperties `json:"properties,omitempty"` // where messages are judged
}

type sarifRunProperties struct {
	Messages []sarifMessage `json:"messages"`
}

// A sarifMessage is the verdict on one message; those without findings have no
// result to stand at.
type sarifMessage struct {
	Artifact int    `json:"artifact"`
	Index    int    `json:"index"`
	Profile  string `json:"profile"`
	Verdict  string `json:"verdict"`
	Verified bool   `json:"verified"`
	// Config is the configuration file that was read, and which of its settings hold.
	Config *saml.ObjectConfig `json:"config,omitempty"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	InformationURI string      `json:"informationUri"`
	Version        string      `json:"version,omitempty"`
	Rules          []sarifRule `json:"rules"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool                `json:"executionSuccessful"`
	ExitCode            int                 `json:"exitCode"`
	Notifications       []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifString     `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}

type sarifArtifact struct {
	Location sarifArtifactLocation `json:"location"`
	Parent   *int                  `json:"parentIndex,omitempty"`
	MIMEType string                `json:"mimeType,omitempty"`
	Roles    []string              `json:"roles,omitempty"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    *int               `json:"ruleIndex,omitempty"`
	Level        string             `json:"level"`
	Message      sarifString        `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	Properties   *sarifProperties   `json:"properties,omitempty"` // of a finding
}

// sarifProperties are what the report says of a finding beyond SARIF.
type sarifProperties struct {
	Stage      string        `json:"stage"`
	Index      int           `json:"index"`
	Offset     int           `json:"offset"`
	Unverified bool          `json:"unverified"`
	Fix        string        `json:"fix"`
	AWS        []saml.Answer `json:"aws"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifString   `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifactLocation `json:"artifactLocation"`
	Region   *sarifRegion          `json:"region,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

type sarifLogical struct {
	FullName string `json:"fullyQualifiedName"`
	Kind     string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification"`
}

type sarifRule struct {
	ID            string              `json:"id"`
	Short         sarifString         `json:"shortDescription"`
	Full          sarifString         `json:"fullDescription"`
	Help          sarifString         `json:"help"`
	HelpURI       string              `json:"helpUri,omitempty"`
	Configuration sarifConfiguration  `json:"defaultConfiguration"`
	Properties    sarifRuleProperties `json:"properties"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifRuleProperties struct {
	Tags  []string `json:"tags"`
	Stage string   `json:"stage,omitempty"` // of a finding
}
