package xmldoc

import (
	"fmt"
	"strings"
)

// Limits bounds what Parse accepts. A limit is checked before the thing that
// it bounds is built, so that a hostile document costs no more than its bytes.
// A document may have exactly as many of a thing as its limit says.
type Limits struct {
	Bytes           int // length of the document in bytes
	Elements        int // elements in the document
	Tokens          int // tags, runs of text, CDATA sections, comments and processing instructions
	Depth           int // nesting of elements; the root is at depth 1
	Attributes      int // attributes of one element, namespace declarations not counted
	NameBytes       int // length of a name, or of a namespace name as written, in bytes
	ValueBytes      int // length of one attribute value or one run of text as written, in bytes
	Declarations    int // namespace declarations of one element
	InScope         int // namespace declarations on an element and its ancestors, overridden ones too
	DeclarationBase int // declarations in the document: at most 4 for each element, and this many more
	Asides          int // comments and processing instructions
}

// MessageLimits are the limits for a SAML message.
func MessageLimits() Limits {
	return Limits{
		Bytes:           1 << 20,
		Elements:        50_000,
		Tokens:          250_000,
		Depth:           64,
		Attributes:      64,
		NameBytes:       512,
		ValueBytes:      256 << 10,
		Declarations:    32,
		InScope:         64,
		DeclarationBase: 64,
		Asides:          64,
	}
}

// MetadataLimits are the limits for federation metadata, which may be an
// aggregate of thousands of entities.
func MetadataLimits() Limits {
	l := MessageLimits()
	l.Bytes = 64 << 20
	l.Elements = 2_000_000
	l.Tokens = 10_000_000
	l.Asides = 256
	return l
}

// mostBytes keeps every offset within an int32.
const mostBytes = 1 << 30

// A ceiling is how far a limit may be raised and where it is kept.
type ceiling struct {
	name  string
	most  int
	field func(*Limits) *int
}

// ceilings holds every limit under the name that Error.Limit gives it, with the
// most that is safe in a message, also for the second verifier, which builds
// trees of its own and copies them.
//
//   - bytes: a capture has 2 MiB at most. With as many elements as that holds,
//     both verifiers together take about a second.
//   - elements, tokens: 2 MiB of <a/>, and a text between any two.
//   - depth: encoding/xml and etree descend by recursion, for which a thousand
//     levels are nothing; the other libraries of the kind stop at 1,024.
//   - attributes: those of one element are told apart by a table of their names.
//   - declarations: two of one element are compared with each other, which is
//     quadratic in their number, and there are at most as many as the bytes hold:
//     the sum is bounded by bytes times the ceiling.
//   - declarations-in-scope: a prefix is sought among all of them.
//   - declarations-in-document: Canonical XML 1.0 repeats what is in scope on the
//     element that is signed; only in scope counts.
//   - name, value: they are read in one pass, and never compared with all others.
//   - comments: each splits a text, which is put together again once.
func ceilings() []ceiling {
	return []ceiling{
		{"bytes", 2 << 20, func(l *Limits) *int { return &l.Bytes }},
		{"elements", 500_000, func(l *Limits) *int { return &l.Elements }},
		{"tokens", 1_000_000, func(l *Limits) *int { return &l.Tokens }},
		{"depth", 1_000, func(l *Limits) *int { return &l.Depth }},
		{"attributes", 256, func(l *Limits) *int { return &l.Attributes }},
		{"name", 32 << 10, func(l *Limits) *int { return &l.NameBytes }},
		{"value", 2 << 20, func(l *Limits) *int { return &l.ValueBytes }},
		{"declarations", 256, func(l *Limits) *int { return &l.Declarations }},
		{"declarations-in-scope", 512, func(l *Limits) *int { return &l.InScope }},
		{"declarations-in-document", 100_000, func(l *Limits) *int { return &l.DeclarationBase }},
		{"comments", 16_384, func(l *Limits) *int { return &l.Asides }},
	}
}

// WidestLimits are the most of everything that Set takes or metadata may have.
func WidestLimits() Limits {
	l := MetadataLimits()
	for _, c := range ceilings() {
		*c.field(&l) = max(*c.field(&l), c.most)
	}
	return l
}

// Safe gives the limits, none of them beyond the most that Set takes.
func (l Limits) Safe() Limits {
	for _, c := range ceilings() {
		*c.field(&l) = min(*c.field(&l), c.most)
	}
	return l
}

// LimitNames gives the names of the limits, as Error.Limit and Set use them.
func LimitNames() []string {
	var names []string
	for _, c := range ceilings() {
		names = append(names, c.name)
	}
	return names
}

// Set changes one limit of those for a message. It takes 1 up to what is safe,
// which is at least the value in MessageLimits. The value of
// declarations-in-document is DeclarationBase: what a document may have beyond
// four for each element.
func (l *Limits) Set(name string, value int) error {
	for _, c := range ceilings() {
		switch {
		case c.name != name:
			continue
		case value < 1 || value > c.most:
			return fmt.Errorf("the limit %q takes 1 to %d, found %d", name, c.most, value)
		}
		*c.field(l) = value
		return nil
	}
	return fmt.Errorf("a limit is expected (%s), found %s", strings.Join(LimitNames(), ", "), quote(name))
}
