package samltest

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// transportFaults are what tools and people do to a response on its way.
func transportFaults() []Mutation {
	const nameID = "Assertion/Subject/NameID"
	return []Mutation{
		{Name: "nameid-edited", Doc: "NameID is another user's", edit: containing(nameID, "admin@example.com")},
		{Name: "nameid-masked", Doc: "NameID was masked before the response was passed on", edit: containing(nameID, "***")},
		{Name: "role-edited", Doc: "the first role is another", edit: rolePair(func(r, p string) string {
			return r[:strings.LastIndexByte(r, '/')+1] + "Owner," + p
		})},
		{Name: "destination-edited", Doc: "Destination is another: it belongs to the Response, not to the Assertion", edit: setting("", "Destination", "https://signin.aws.amazon.com/saml#2")},
		{Name: "attribute-added", Doc: "an attribute was added", edit: attributeAdded(awsAttribute+"SourceIdentity", "admin")},
		{Name: "pretty-printed", Doc: "the XML was indented by a formatter", edit: prettyPrinted("\n")},
		{Name: "carriage-returns", Doc: "the XML was indented, and its carriage returns were kept as references", edit: prettyPrinted("&#13;\n")},
		{Name: "comment-inserted", Doc: "a comment was put into NameID: the digest does not cover comments", edit: func(d *draft) {
			text := d.find(nameID).Content()
			at := min(4, len(text))
			d.setContent(nameID, text[:at]+"<!-- -->"+text[at:])
		}},
		{Name: "comments-many", Doc: "65 comments were put in front of the Conditions", edit: func(d *draft) {
			d.before("Assertion/Conditions", strings.Repeat("<!---->", 65))
		}},
		{Name: "instruction-inserted", Doc: "a processing instruction was put into NameID", edit: func(d *draft) {
			d.setContent(nameID, d.find(nameID).Content()+"<?end?>")
		}},
		{Name: "namespace-relative", Doc: "a namespace that is no absolute URI is declared on the Response", edit: func(d *draft) {
			e := d.find("")
			at := e.Offset() + 1 + len(e.QName())
			d.splice(at, at, ` xmlns:n="1"`)
		}},
		{Name: "declaration-latin1", Doc: "an XML declaration says ISO-8859-1", edit: func(d *draft) {
			d.text = `<?xml version="1.0" encoding="ISO-8859-1"?>` + d.text[d.find("").Offset():]
		}},
		{Name: "doctype-added", Doc: "a document type declaration was put in front", edit: func(d *draft) {
			at := d.find("").Offset()
			d.splice(at, at, "<!DOCTYPE Response>")
		}},
		{Name: "byte-order-mark", Doc: "a byte order mark stands before the XML", edit: func(d *draft) { d.text = "\ufeff" + d.text }},
		{Name: "text-outside", Doc: "text follows the document", edit: func(d *draft) { d.text += "SAMLResponse" }},
		{Name: "xml-cut", Doc: "the last fifth of the XML is missing", edit: func(d *draft) { d.text = d.text[:len(d.text)*4/5] }},
	}
}

// prettyPrinted puts each tag that is not next to text on a line of its own.
func prettyPrinted(lineBreak string) func(*draft) {
	return func(d *draft) {
		root := d.find("")
		var b strings.Builder
		b.WriteString(d.text[:root.Offset()])
		indented(&b, root, lineBreak, "")
		d.splice(0, len(d.text), b.String())
	}
}

func indented(b *strings.Builder, e xmldoc.Element, lineBreak, indent string) {
	if !firstChild(e).Present() {
		b.WriteString(e.Raw())
		return
	}
	b.WriteString(e.StartTag())
	for c := range e.Children() {
		b.WriteString(lineBreak + indent + "  ")
		indented(b, c, lineBreak, indent+"  ")
	}
	b.WriteString(lineBreak + indent + "</" + e.QName() + ">")
}

// firstChild gives the first child element.
func firstChild(e xmldoc.Element) xmldoc.Element {
	for c := range e.Children() {
		return c
	}
	return xmldoc.Element{}
}
