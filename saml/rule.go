package saml

import "slices"

// Stage is a step of the flow; rules are judged and findings are listed in the
// order of the stages.
type Stage string

// The stages in order.
const (
	StageCapture    Stage = "capture"
	StageXML        Stage = "xml"
	StageMessage    Stage = "message"
	StageMetadata   Stage = "metadata"
	StageSignature  Stage = "signature"
	StageDecrypt    Stage = "decrypt"
	StageConditions Stage = "conditions"
	StageSubject    Stage = "subject"
	StageClaims     Stage = "claims"
	StageTrust      Stage = "trust"
)

var stages = []Stage{StageCapture, StageXML, StageMessage, StageMetadata, StageSignature,
	StageDecrypt, StageConditions, StageSubject, StageClaims, StageTrust}

// Stages gives all stages in order.
func Stages() []Stage { return slices.Clone(stages) }

// Before reports whether s comes before t.
func (s Stage) Before(t Stage) bool { return slices.Index(stages, s) < slices.Index(stages, t) }

// Severity says how grave a finding is.
type Severity string

// The severities. An error breaks a MUST of SAML, is refused by AWS as AWS
// documents or was observed to do, or leaves the integrity unproved. A warning
// may fail somewhere, or soon. Info is worth knowing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

var severities = []Severity{Info, Warning, Error}

// AtLeast reports whether s is as grave as t.
func (s Severity) AtLeast(t Severity) bool {
	return slices.Index(severities, s) >= slices.Index(severities, t)
}

// Profile says for what kind of service provider a response is judged.
type Profile string

// The profiles.
const (
	ProfileAWS  Profile = "aws"  // AWS IAM: the AWS claims are judged too
	ProfileSAML Profile = "saml" // any other service provider
)

// Basis says how a statement about AWS is known.
type Basis string

// The bases, best first.
const (
	Observed   Basis = "observed"   // an answer of AWS is on record
	Documented Basis = "documented" // AWS says so in its documentation or service models
	Inferred   Basis = "inferred"   // concluded from the other two, or reported by users
)

// An Answer is what AWS answers because of a fault.
type Answer struct {
	By      string `json:"by"`   // "sts", "console", "trust-policy" or "iam"
	Code    string `json:"code"` // such as InvalidIdentityToken
	Message string `json:"message"`
	Basis   Basis  `json:"basis"`
}

// A Source is where a statement comes from: a section of a standard, a page of
// a vendor, or a report. URL is empty where there is no stable one.
type Source struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// A Rule is everything that samlcheck says of one kind of fault, save whether a
// message has it.
type Rule struct {
	Code     string // a slug <thing>-<fault>; never renamed, never reused
	Stage    Stage
	Severity Severity  // the usual one
	Varies   string    // when a finding has another severity, in words; often empty
	Profiles []Profile // in which it holds; nil is all
	Title    string    // a few words, lower case
	// Explanation says what is wrong and why it matters, in one paragraph.
	Explanation string
	Fix         string // what to do about it
	Sources     []Source
	AWS         []Answer // what AWS answers because of it; empty where nothing is known
	// Unsettled says, in words that go on from "whether ", what is not known of
	// AWS's answer to this fault: no success is predicted beside it. Empty where
	// AWS holds the answer, or AWS does not look at such a thing.
	Unsettled string
	// Replaces names the rules whose findings are dropped where this one finds
	// something: they would say the same thing less precisely.
	Replaces []string
}

// Holds reports whether the rule is judged under the profile.
func (r *Rule) Holds(p Profile) bool {
	return len(r.Profiles) == 0 || slices.Contains(r.Profiles, p)
}

// A Place is where in the decoded XML something stands. The zero Place is
// nowhere: the thing has no place of its own, or there is no XML.
type Place struct {
	Path   string // local names from the root, with [n] among several; @name for an attribute
	Line   int    // 1-based
	Column int    // 1-based, in characters
	Offset int    // 0-based, in bytes
}

// A Finding is one fault in one message.
type Finding struct {
	Code       string   `json:"code"`
	Severity   Severity `json:"severity"`
	Stage      Stage    `json:"stage"`
	Path       string   `json:"path"`
	Line       int      `json:"line"`
	Column     int      `json:"column"`
	Offset     int      `json:"offset"`
	Message    string   `json:"message"`
	Fix        string   `json:"fix"`
	Unverified bool     `json:"unverified"` // it speaks of something that no signature proves
	Ignored    bool     `json:"ignored"`    // Options.Ignore names its code
	AWS        []Answer `json:"aws"`
	Sources    []Source `json:"sources"`
	// Unsettled is what is not known of AWS's answer to it: see Rule.
	Unsettled string `json:"-"`
}

// Fault is one occurrence of a rule's fault, as its judge reports it.
// The zero Severity and Fix stand for those of the rule; a nil AWS too, with
// what of it is unsettled.
type Fault struct {
	Place    Place
	Severity Severity
	Message  string // a lower-case sentence: expected, found, kind of difference
	Fix      string
	AWS      []Answer
	NoAnswer bool // AWS does not answer to this occurrence, whatever the rule says
	// Unsettled stands in place of the rule's.
	Unsettled string
}

// Finding makes a finding of the rule from one fault.
func (r *Rule) Finding(f Fault) Finding {
	out := Finding{Code: r.Code, Severity: f.Severity, Stage: r.Stage, Path: f.Place.Path, Line: f.Place.Line,
		Column: f.Place.Column, Offset: f.Place.Offset, Message: f.Message, Fix: f.Fix, AWS: f.AWS, Sources: r.Sources}
	if out.Severity == "" {
		out.Severity = r.Severity
	}
	if out.Fix == "" {
		out.Fix = r.Fix
	}
	out.Unsettled = f.Unsettled
	if out.AWS == nil && !f.NoAnswer {
		out.AWS = r.AWS
		if out.Unsettled == "" {
			out.Unsettled = r.Unsettled
		}
	}
	if out.AWS == nil {
		out.AWS = []Answer{}
	}
	if out.Sources == nil {
		out.Sources = []Source{}
	}
	return out
}

// A Skip says why rules were not judged.
type Skip struct {
	Codes  []string `json:"codes"`
	Reason string   `json:"reason"`
}
