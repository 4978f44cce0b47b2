package saml

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// The rules on the XML, before anything of SAML is looked at.
var xmlRules = slices.Concat(documentRules, idRules, valueRules)

var (
	xmlSpec     = Source{"Extensible Markup Language (XML) 1.0, fifth edition", "https://www.w3.org/TR/xml/"}
	xmlNames    = Source{"Namespaces in XML 1.0, third edition", "https://www.w3.org/TR/xml-names/"}
	xmlC14N     = Source{"Canonical XML 1.0, section 1.3", "https://www.w3.org/TR/2001/REC-xml-c14n-20010315"}
	xmlEntities = Source{"OWASP: XML External Entity Prevention", "https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html"}
	roundTrip   = Source{"CVE-2020-29509: XML that readers understand differently", "https://nvd.nist.gov/vuln/detail/CVE-2020-29509"}
	rubyParsers = Source{"CVE-2025-25291: two parsers, two readings of one response", "https://nvd.nist.gov/vuln/detail/CVE-2025-25291"}
	voidC14N    = Source{"CVE-2025-66568: canonicalisation that fails is taken for empty", "https://nvd.nist.gov/vuln/detail/CVE-2025-66568"}
)

var needXML = &need{func(f *facts) bool { return f.message.capture.xml != "" }, "the capture holds no XML"}

var documentRules = []*rule{
	{
		Rule: Rule{
			Code: "xml-malformed", Stage: StageXML, Severity: Error,
			Title:       "the XML is not well-formed",
			Explanation: "the document breaks a rule of XML or of its namespaces, so that a strict parser refuses it whole. Lenient parsers go on and each makes something else of it, which attacks on SAML have used; nothing in such a document is read here. The honest cause is nearly always the way of the text into the capture: an editor, a mail program, a log that escapes or cuts",
			Fix:         "capture the response again, as the base64 of the SAMLResponse field in the browser's network log, not as text copied from a page or a log; if it comes from the identity provider so, report it to its maker",
			Sources:     []Source{xmlSpec, xmlNames, roundTrip, awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		proves: true, needs: []*need{needXML}, judge: judgeRefusal(xmldoc.Malformed, "well-formed XML is expected: "),
	},
	{
		Rule: Rule{
			Code: "encoding-unsupported", Stage: StageXML, Severity: Error,
			Title:       "the XML is not in UTF-8",
			Explanation: "the bytes are not UTF-8, or the XML declaration names another encoding than the one that they are in. Readers that trust the declaration and readers that look at the bytes then see different text, so neither reading is trusted",
			Fix:         "have the identity provider send UTF-8, which every product does by default; check that the capture was not saved again by an editor in another encoding",
			Sources:     []Source{{"XML 1.0, section 4.3.3 (character encoding in entities)", "https://www.w3.org/TR/xml/#charencoding"}},
			Unsettled:   "STS reads a response in this encoding",
		},
		proves: true, needs: []*need{needXML}, judge: judgeRefusal(xmldoc.Encoding, ""),
	},
	{
		Rule: Rule{
			Code: "doctype-present", Stage: StageXML, Severity: Error,
			Title:       "the XML has a document type declaration",
			Explanation: "a DOCTYPE can define entities, default attributes and IDs, and so change what the document says, read files or exhaust memory. No identity provider sends one in a SAML response; attackers do, to show one document to the verifier and another to the reader",
			Fix:         "take the response from the identity provider anew; if it was captured so, treat it as an attack and look where it came from",
			Sources:     []Source{xmlEntities, rubyParsers, {"XML 1.0, section 2.8 (prolog and document type declaration)", "https://www.w3.org/TR/xml/#sec-prolog-dtd"}},
			Unsettled:   "STS reads a response with a document type declaration",
		},
		proves: true, needs: []*need{needXML}, judge: judgeRefusal(xmldoc.Doctype, ""),
	},
	{
		Rule: Rule{
			Code: "limit-exceeded", Stage: StageXML, Severity: Error,
			Title:       "the message is larger than the limits allow",
			Explanation: "samlcheck bounds what it reads, so that a hostile message cannot exhaust time or memory. Real responses stay far below these limits; one that does not is either no response or made to do harm. It says nothing about whether the message is genuine: it was not judged",
			Fix:         "check that the capture is one response and nothing else; if it is, raise the limit where the message names a value for --limit (Options.Limits in a program)",
			Sources:     []Source{{"OWASP: XML Security Cheat Sheet", "https://cheatsheetseries.owasp.org/cheatsheets/XML_Security_Cheat_Sheet.html"}},
			Unsettled:   "the response is sound beyond the limit that was reached here",
		},
		judge: judgeLimits,
	},
	{
		Rule: Rule{
			Code: "namespace-relative", Stage: StageXML, Severity: Error,
			Title:       "a namespace name is no absolute URI",
			Explanation: "canonicalisation has to fail on a document with a relative namespace name, and there are verifiers that take the failure for an empty text, whose digest anybody can compute: a signature then proves nothing. No identity provider writes such a name",
			Fix:         "take the response from the identity provider anew; if it was captured so, treat it as an attack and look where it came from",
			Sources:     []Source{xmlC14N, voidC14N, {"RFC 3986, section 4.3", "https://www.rfc-editor.org/rfc/rfc3986#section-4.3"}},
			Unsettled:   "STS accepts such a namespace name",
		},
		proves: true, needs: []*need{needDocument}, judge: judgeRelativeNamespaces,
	},
	{
		Rule: Rule{
			Code: "byte-order-mark", Stage: StageXML, Severity: Info,
			Title:       "a byte order mark stands before the XML",
			Explanation: "the three bytes EF BB BF before the document are allowed in XML and are no part of it. Some readers trip over them, and AWS names them as a cause for metadata that cannot be parsed",
			Fix:         "save the file without a byte order mark; if the identity provider sends it, no harm is known for responses",
			Sources:     []Source{{"XML 1.0, section 4.3.3 (character encoding in entities)", "https://www.w3.org/TR/xml/#charencoding"}, awsTroubleshoot},
		},
		needs: []*need{needDocument}, judge: func(f *facts, report func(Fault)) {
			if f.doc.HasBOM() {
				report(Fault{Message: "the XML is expected to start with a tag or an XML declaration, the byte order mark U+FEFF stands before it"})
			}
		},
	},
}

// judgeRefusal makes a judge that reports why the scanner refused a document.
func judgeRefusal(kind xmldoc.Kind, wanted string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		if r := f.refusal; r != nil && r.Kind == kind {
			report(Fault{Place: placeOfRefusal(r), Message: wanted + r.Reason})
		}
	}
}

func placeOfRefusal(e *xmldoc.Error) Place {
	return Place{Line: e.Line, Column: e.Column, Offset: e.Offset}
}

func judgeLimits(f *facts, report func(Fault)) {
	if r := f.refusal; r != nil && r.Kind == xmldoc.Limit {
		report(Fault{Place: placeOfRefusal(r), Message: limitWords(r.Limit, r.Found, r.Allowed) + f.raisedBy(r)})
	}
	if l := f.message.capture.tooLarge; l != nil {
		report(Fault{Message: limitWords(l.limit, l.found, l.allowed)})
	}
	if f.tooMany > 0 {
		report(Fault{Message: limitWords("signatures", f.tooMany, xmlsig.MaxSignatures) + "; the others are not examined, and nothing is verified"})
	}
	if f.tooManyParts {
		report(Fault{Message: limitWords("encrypted-parts", mostDecrypted+1, mostDecrypted) + "; the others are not decrypted"})
	}
	if f.operations > mostOperations {
		report(Fault{Message: limitWords("private-key-operations", f.operations, mostOperations) + "; not every key is tried on every encrypted part"})
	}
	exceeded := sparing(report)
	for _, s := range f.signatures {
		for _, fault := range s.Faults {
			if fault.Code == "limit-exceeded" {
				exceeded(func() Fault {
					return Fault{Place: placeOfFault(s, fault), Message: limitWords(fault.Limit, fault.Found, fault.Allowed)}
				})
			}
		}
	}
}

func judgeRelativeNamespaces(f *facts, report func(Fault)) {
	wrong := sparing(report)
	for _, doc := range f.trees {
		relativeNamespaces(doc, wrong)
	}
}

func relativeNamespaces(doc *xmldoc.Document, wrong func(func() Fault)) {
	relative := map[int]bool{}
	for _, d := range doc.RelativeNamespaces() {
		relative[d.Offset] = true
	}
	if len(relative) == 0 {
		return
	}
	for e := range doc.Elements() {
		for d := range e.Declarations() {
			if relative[d.Offset] {
				wrong(func() Fault {
					name := strings.TrimSuffix("xmlns:"+d.Prefix, ":")
					return Fault{Place: placeAt(e.Path()+"/@"+name, e.Node, d.Offset), Message: fmt.Sprintf("an absolute URI is expected as the namespace name of %s, %s is found", quote(name), quote(d.Space))}
				})
			}
		}
	}
}
