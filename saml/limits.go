package saml

import (
	"fmt"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// Limits bounds the XML of a message: a document that has more of something
// than its limit says is not judged, and limit-exceeded says which. Start from
// MessageLimits and change what has to be changed: more than MostOf tells of one
// is taken for that.
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

// MessageLimits gives the default limits.
func MessageLimits() Limits { return Limits(xmldoc.MessageLimits()) }

// LimitNames gives the names that Set knows, which are those of the findings.
// What else a finding calls a limit cannot be changed.
func LimitNames() []string { return xmldoc.LimitNames() }

// Set sets the limit of this name. The error says what is wrong with a name
// that is not known, and with a value that is not positive or more than is safe.
func (l *Limits) Set(name string, value int) error {
	inner := xmldoc.Limits(*l)
	if err := inner.Set(name, value); err != nil {
		return err
	}
	*l = Limits(inner)
	return nil
}

// MostOf gives the most that Set takes for the limit of this name; 0 for a name
// that is not known.
func MostOf(name string) int { return xmldoc.Most(name) }

// Value gives the limit of this name; 0 for a name that is not known.
func (l *Limits) Value(name string) int {
	inner := xmldoc.Limits(*l)
	return inner.Value(name)
}

// limitWords says which limit it is, what was found, and what is allowed.
func limitWords(name string, found, allowed int) string {
	return fmt.Sprintf("the limit %q allows %d, at least %d are found", name, allowed, found)
}

// raisedBy names the flag that raises the limit far enough, if it can be raised
// that far. Where what would be enough cannot be told, since the rest was not
// read, it is the most that is safe.
func (f *facts) raisedBy(e *xmldoc.Error) string {
	most := xmldoc.Most(e.Limit)
	enough := xmldoc.Enough(f.message.capture.xml, e.Limit, e.Found)
	switch {
	case e.Allowed >= most:
		return "; that is the most that is safe"
	case enough == 0:
		return fmt.Sprintf("; --limit %s=%d, the most that is safe, raises it", e.Limit, most)
	case enough > most:
		return fmt.Sprintf("; --limit %s=%d is the most that is safe, and may not be enough", e.Limit, most)
	}
	return fmt.Sprintf("; --limit %s=%d would let it pass if nothing else is too large", e.Limit, enough)
}

// limits gives the limits to keep to.
func (o *Options) limits() xmldoc.Limits {
	if o.Limits == nil {
		return xmldoc.MessageLimits()
	}
	return xmldoc.Limits(*o.Limits).Safe()
}
