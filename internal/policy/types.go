// Package policy evaluates the policy language of AWS IAM offline: documents in
// JSON, held against one request whose context is known in part. It knows
// nothing of SAML beyond the provider that a caller comes from. What it cannot
// know it calls undecided, and it says by which key; a denial is explained by
// the statement that came nearest.
//
// Comparisons have three values. A statement applies where its action, its
// principal and all its conditions do; one that fails by what is known fails,
// whatever else is unknown. An explicit Deny wins over an Allow, and what
// nothing allows is denied (IAM User Guide, "Policy evaluation logic"). An Allow
// or a Deny that rests on what is unknown makes the outcome undecided, unless
// the other statements decide whatever it may be.
//
// Unknown, besides keys that the context does not know, is what the
// documentation leaves open, each with its reason:
//   - a Deny whose Principal is {"AWS": "*"} or an account: that such a Principal
//     does not admit a SAML caller is recorded of an Allow, and of a Deny nothing
//     is; a NotPrincipal that names these, and a NotPrincipal in an Allow;
//   - a key with several values under an operator without ForAnyValue or
//     ForAllValues, where not all values give the same result;
//   - ForAnyValue with IfExists on an absent key, where two pages disagree; a
//     variable with several values under a negated operator; a variable's value
//     with a wildcard in it under an operator that takes wildcards;
//   - values that the operator cannot read, such as NumericEquals with a word;
//   - comparisons that hostile input makes longer than a bound.
//
// Names of elements, principal types and operators are taken as documented, case
// and all; IAM is on record with refusing "stringEquals" as an invalid condition
// type. Condition keys and actions are not case-sensitive (IAM User Guide, "IAM
// JSON policy elements: Condition" and "Action").
//
// Pages of the IAM User Guide are named in comments by their file, such as
// reference_policies_elements_condition_operators.
package policy

// A Document is a policy.
type Document struct {
	Version    string // "2012-10-17" or "2008-10-17", which is the default; policy variables need the former
	ID         string
	Statements []Statement
}

// A Statement is one statement of a Document.
type Statement struct {
	Number     int    // from 1, in the order of the document
	SID        string // often empty
	Effect     Effect
	Principal  Principals
	Not        bool     // Principal is a NotPrincipal
	Actions    []string // with wildcards
	NotActions bool     // Actions are those of a NotAction
	Conditions []Condition
}

// Effect is what a Statement does with what it matches.
type Effect string

// The effects.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Principals are those that a Statement names, by type: "Federated", "AWS",
// "Service", "CanonicalUser". "*" alone is type "*".
type Principals map[string][]string

// A Condition is one operator with one key and its values, as it stands.
type Condition struct {
	Operator string   // such as ForAnyValue:StringLikeIfExists
	Key      string   // as it is written
	Values   []string // booleans and numbers as text
}

// A Request is what a Document is asked.
type Request struct {
	// Federated is the ARN of the identity provider that the caller comes from.
	Federated string
	Action    string // such as sts:AssumeRoleWithSAML
	Context   Context
	// Steps are what is left for this evaluation and others that share them; nil
	// where the bound of a single one is enough.
	Steps *int
}

// A Context tells of condition keys. Keys are given in lower case, those with a
// tag's name (aws:requesttag/department) too.
type Context interface {
	// Lookup gives the values of a key. Absent keys have known true and no
	// values; a key that cannot be known has known false, and why.
	Lookup(key string) (values []string, known bool, why string)
}

// Outcome is the answer to a Request.
type Outcome string

// The outcomes.
const (
	Allowed   Outcome = "allowed"
	Denied    Outcome = "denied"    // by an explicit Deny, or because nothing allows
	Undecided Outcome = "undecided" // it depends on what cannot be known
)

// A Decision is the outcome with its reasons.
type Decision struct {
	Outcome Outcome
	// Statement decided: the one that allows, or the explicit Deny. Nil where
	// nothing allows, and where the outcome is Undecided.
	Statement *Statement
	// Deciding is how Statement was compared; nil where Statement is.
	Deciding *Match
	// Nearest is, where no statement allows for certain and none denies for
	// certain, the Allow statement that fits the request best; nil where the
	// document has none for the action. What kept it from allowing is its Caller,
	// or its first Check that does not hold.
	Nearest *Match
	// Unknown lists, where the outcome is Undecided, the checks that decide and
	// cannot be known. One of a principal has the operator Principal or
	// NotPrincipal.
	Unknown []Check
	// Vacuous lists the conditions that hold only because their key is absent,
	// in the statement that allows.
	Vacuous []Check
}

// A Match is how one statement was compared with the request.
type Match struct {
	Statement *Statement
	Principal bool // the principal fits, for certain
	Action    bool // the action fits
	// Caller is how the principal was compared: its Operator is Principal or
	// NotPrincipal, its Key the type that the result rests on or empty, its
	// Values those of that type, and its Reason tells why a principal that looks
	// as if it fitted does not.
	Caller Check
	// Checks are the conditions in the order of the document.
	Checks []Check
}

// A Check is one condition as it was compared.
type Check struct {
	Condition
	State Truth
	// Had are the values of the key in the request; Absent says that it has none.
	Had    []string
	Absent bool
	Wanted []string // the values of the condition, its variables resolved
	Reason string   // why it is Unknown, or why it does not hold where that is not plain
	// Vacuous says that it holds because the key is absent, where the operator
	// is ForAllValues.
	Vacuous bool
}

// Truth is what became of a comparison.
type Truth string

// The truth of a comparison.
const (
	True    Truth = "true"
	False   Truth = "false"
	Unknown Truth = "unknown"
)
