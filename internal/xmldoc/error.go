package xmldoc

import "fmt"

// Kind says why Parse refuses a document.
type Kind string

// The kinds of refusal.
const (
	Malformed Kind = "malformed" // not well-formed, or not namespace-well-formed
	Truncated Kind = "truncated" // well-formed as far as it goes, but it stops early
	Encoding  Kind = "encoding"  // not UTF-8, or a declaration of another encoding
	Doctype   Kind = "doctype"   // a document type declaration
	Limit     Kind = "limit"     // larger than the limits allow
)

// An Error tells why and where a document was refused.
type Error struct {
	Kind   Kind
	Offset int // 0-based, in bytes, a byte order mark not counted
	Line   int // 1-based
	Column int // 1-based, in characters
	Reason string

	// For Kind Limit: which limit (named as in the table of limits), what was
	// found (at least) and what is allowed.
	Limit          string
	Found, Allowed int
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}
