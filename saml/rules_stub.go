package saml

import (
	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

var metadataRules []*rule

var _ = xmldoc.Element{}
var _ = xmlsig.Key{}
