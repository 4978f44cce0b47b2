package saml

import "github.com/samlcheck/samlcheck/internal/xmldoc"

// Limits bounds the XML of a message: a document that has more of something
// than its limit says is not judged, and limit-exceeded says which. Start from
// MessageLimits and change what has to be changed.
type Limits struct {
	Bytes           int // length of the document in bytes
	Elements        int // elements in the document
	Tokens          int // tags, runs of text, CDATA sections, comments and processing instructions
	Depth           int // nesting of elements; the root is at depth 1
	Attributes      int // attributes of one element, namespace declarations not counted
	NameBytes       int // length of a name in bytes
	ValueBytes      int // length of one attribute value or one run of text as written, in bytes
	Declarations    int // namespace declarations of one element
	InScope         int // namespace declarations on an element and its ancestors, overridden ones too
	DeclarationBase int // declarations in the document: at most 4 for each element, and this many more
	Asides          int // comments and processing instructions
}

// MessageLimits gives the default limits.
func MessageLimits() Limits { return Limits(xmldoc.MessageLimits()) }

// LimitNames gives the names that Set knows, which are those of the findings.
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

// limits gives the limits to keep to.
func (o *Options) limits() xmldoc.Limits {
	if o.Limits == nil {
		return xmldoc.MessageLimits()
	}
	return xmldoc.Limits(*o.Limits)
}
