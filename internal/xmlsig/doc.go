// Package xmlsig canonicalises, checks and explains the XML signatures of a
// SAML document, and makes them for tests.
//
// Examine looks at every ds:Signature of a document that package xmldoc has
// read, on the tree as it was captured, and keeps three things apart:
//
//   - whether the signature is valid as XML-DSig says it, with one of the given
//     keys (Valid): so says xmlsec1 with that key, too;
//   - what makes it untrustworthy all the same (Faults): the gate of a SAML
//     message is narrower than XML-DSig, because what a signature covers and
//     what a reader reads must be one thing;
//   - what goxmldsig, the second witness, says of those that pass both.
//
// Only from a signature that passes all three is a Verified made. It owns the
// octets that were digested, and values are read from those alone.
//
// The gate judges the signature and its references. Whether comments,
// instructions or elements split a value inside what is covered, and whether
// the covered element stands where it may stand, is for the reader of the
// octets to judge.
//
// All work is bounded by the size of the document times a constant: the numbers
// of signatures, references, transforms, prefixes and keys of a KeyInfo are
// limited, and so is how often the document is digested.
package xmlsig
