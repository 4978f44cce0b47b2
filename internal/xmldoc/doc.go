// Package xmldoc reads an XML document strictly, in one pass over its bytes,
// before any other library sees them.
//
// It accepts what is well-formed under XML 1.0 (fifth edition) and Namespaces
// in XML 1.0 (third edition), in UTF-8, without a document type declaration
// and within the given limits, and refuses all else with a place and a reason.
// What it accepts becomes a compact tree of offsets into the source: nothing is
// copied, rewritten or normalised in place, so every value can be read again
// exactly as it was written.
package xmldoc

// The namespaces that XML itself reserves.
const (
	XMLSpace   = "http://www.w3.org/XML/1998/namespace"
	XMLNSSpace = "http://www.w3.org/2000/xmlns/"
)
