package samltest

import "github.com/samlcheck/samlcheck/internal/xmlsig"

// styles are other ways to sign than the product's: legal XML Signature, of
// which SAML advises against some and forbids others.
func styles() []Mutation {
	const inclusive = xmlsig.C14N10
	return []Mutation{
		{Name: "style-transform-inclusive", Doc: "signed with the transform C14N 1.0", edit: tuning(func(o *xmlsig.SignOptions) {
			o.Transforms = []string{xmlsig.EnvelopedSignature, inclusive}
		})},
		{Name: "style-transform-enveloped", Doc: "signed with the enveloped-signature transform alone", edit: tuning(func(o *xmlsig.SignOptions) {
			o.Transforms = []string{xmlsig.EnvelopedSignature}
		})},
		{Name: "style-transform-comments", Doc: "signed with comments, and there is one", edit: func(d *draft) {
			d.before("Assertion/Conditions", "<!-- made by hand -->")
			d.tune = append(d.tune, func(o *xmlsig.SignOptions) {
				o.Transforms = []string{xmlsig.EnvelopedSignature, xmlsig.ExclusiveC14NWithComments}
			})
		}},
		{Name: "style-method-inclusive", Doc: "SignedInfo is canonicalised with C14N 1.0", edit: tuning(func(o *xmlsig.SignOptions) { o.Canonicalization = inclusive })},
		{Name: "style-reference-empty", Doc: "signed with a Reference to the whole document", edit: tuning(func(o *xmlsig.SignOptions) { o.URI = new(string) })},
		{Name: "style-keyinfo-value", Doc: "KeyInfo holds the key, no certificate", edit: tuning(func(o *xmlsig.SignOptions) { o.KeyInfo = xmlsig.StyleValue })},
		{Name: "style-keyinfo-none", Doc: "there is no KeyInfo", edit: tuning(func(o *xmlsig.SignOptions) { o.KeyInfo = xmlsig.StyleNone })},
		{Name: "style-keyinfo-retrieval", Doc: "KeyInfo says where to fetch the key", edit: tuning(func(o *xmlsig.SignOptions) { o.KeyInfo = xmlsig.StyleRetrieval })},
	}
}

func tuning(change func(*xmlsig.SignOptions)) func(*draft) {
	return func(d *draft) { d.tune = append(d.tune, change) }
}
