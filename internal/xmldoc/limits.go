package xmldoc

// Limits bounds what Parse accepts. A limit is checked before the thing that
// it bounds is built, so that a hostile document costs no more than its bytes.
// A document may have exactly as many of a thing as its limit says.
type Limits struct {
	Bytes           int // length of the document in bytes
	Elements        int // elements in the document
	Tokens          int // tags, runs of text, CDATA sections, comments and processing instructions
	Depth           int // nesting of elements; the root is at depth 1
	Attributes      int // attributes of one element, namespace declarations not counted
	NameBytes       int // length of a name in bytes
	ValueBytes      int // length of one attribute value or one run of text as written, in bytes
	Declarations    int // namespace declarations of one element
	InScope         int // namespace declarations in scope at one element
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
