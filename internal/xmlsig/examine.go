package xmlsig

import "github.com/samlcheck/samlcheck/internal/xmldoc"

// Examine finds every ds:Signature of the document and checks each with every
// given key.
func Examine(doc *xmldoc.Document, keys []Key, options Options) []*Signature { return nil }
