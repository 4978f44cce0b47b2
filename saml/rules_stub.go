package saml

import (
	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

var captureRules, xmlRules, metadataRules, signatureRules, decryptRules, conditionRules, subjectRules []*rule

func (f *facts) signatureReports() []Signature { return nil }
func (e *Entity) use() MetadataUse             { return MetadataUse{} }

// Decode …
func Decode(data []byte) *Message { return nil }

var _ = xmldoc.Element{}
var _ = xmlsig.Key{}
