package saml

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

var (
	commentAttacks = Source{"CVE-2017-11427 and others: comments that cut a NameID short", "https://www.kb.cert.org/vuls/id/475445"}
	digestComment  = Source{"CVE-2025-29775: a comment inside DigestValue", "https://nvd.nist.gov/vuln/detail/CVE-2025-29775"}
	securityReport = Source{"Unicode Technical Report 36, Unicode Security Considerations", "https://www.unicode.org/reports/tr36/"}
	securityScript = Source{"Unicode Technical Standard 39, Unicode Security Mechanisms", "https://www.unicode.org/reports/tr39/"}
)

// The rules on values whose text is not what it seems.
var valueRules = []*rule{
	{
		Rule: Rule{
			Code: "comment-in-value", Stage: StageXML, Severity: Error,
			Title:       "a comment stands inside a value",
			Explanation: "a strict reader takes all text of an element, across comments; a careless one stops at the first comment and reads a shorter name. Canonicalisation drops comments, so whoever holds a captured response can put one in, and the signature still holds: an account that ends in a name of one's own choosing becomes somebody else's. No identity provider writes such a comment",
			Fix:         "take the response from the identity provider anew; if it was captured so, treat it as an attack and look where it came from",
			Sources:     []Source{commentAttacks, digestComment, xmldsig("6.5")},
			Unsettled:   "STS reads the value with or without what stands behind the comment",
		},
		proves: true, needs: []*need{needDocument}, judge: judgeSplitValues(xmldoc.CommentNode, "a comment"),
	},
	{
		Rule: Rule{
			Code: "instruction-in-value", Stage: StageXML, Severity: Error,
			Title:       "a processing instruction stands inside a value",
			Explanation: "readers differ on the text of an element with a processing instruction inside: some join what stands around it, some stop there, some take it for text. It is part of what a signature covers, so that in a signed message only the identity provider can have written it; none does",
			Fix:         "take the response from the identity provider anew; if it was captured so, treat it as an attack and look where it came from",
			Sources:     []Source{{"XML 1.0, section 2.6 (processing instructions)", "https://www.w3.org/TR/xml/#sec-pi"}, commentAttacks},
			Unsettled:   "STS reads the value with or without what stands behind the instruction",
		},
		proves: true, needs: []*need{needDocument}, judge: judgeSplitValues(xmldoc.InstructionNode, "a processing instruction"),
	},
	{
		Rule: Rule{
			Code: "element-in-value", Stage: StageXML, Severity: Error,
			Title:       "an element stands inside a value",
			Explanation: "the value is text by the schema, and readers differ on its text once an element stands inside: some join all text, some stop at the element, and a Signature inside is cut out by its own transform. Either the identity provider puts unescaped text of users into its XML, so that users can write markup, or the message was tampered with",
			Fix:         "let the identity provider escape what it puts into the response; if it sends plain values, treat the message as an attack and look where it came from",
			Sources:     []Source{core("2.2.3"), core("2.7.3.1.1"), commentAttacks},
			Unsettled:   "STS reads the text inside the element as part of the value",
		},
		proves: true, needs: []*need{needDocument}, judge: judgeSplitValues(xmldoc.ElementNode, "an element"),
	},
	{
		Rule: Rule{
			Code: "cdata-in-value", Stage: StageXML, Severity: Info,
			Title:       "a value is written as a CDATA section",
			Explanation: "a CDATA section is text like any other, and canonicalisation turns it into plain text. A few readers overlook it and see an empty or a shorter value",
			Fix:         "let the identity provider write plain text with references such as &amp;",
			Sources:     []Source{{"XML 1.0, section 2.7 (CDATA sections)", "https://www.w3.org/TR/xml/#sec-cdata-sect"}, xmlC14N},
		},
		needs: []*need{needDocument}, judge: func(f *facts, report func(Fault)) {
			section := sparing(report)
			for _, o := range f.survey.values {
				if o.at.Kind() == xmldoc.CDATANode {
					section(func() Fault {
						return Fault{Place: placeOfNode(o.at), Message: "plain text is expected in " + o.value().Local() + ", a CDATA section is found"}
					})
				}
			}
		},
	},
	{
		Rule: Rule{
			Code: "comment-signed", Stage: StageXML, Severity: Warning,
			Title:       "a comment is part of what is signed",
			Explanation: "the signature is made with a canonicalisation that keeps comments, and there is a comment in what it covers. A verifier without that variant, or one that drops comments on its way, finds another digest; SAML wants signatures that do not depend on comments",
			Fix:         "choose exclusive canonicalisation without comments (http://www.w3.org/2001/10/xml-exc-c14n#) at the identity provider, or remove the comment from its template",
			Sources:     []Source{core("5.4.3"), core("5.4.4"), xmldsig("6.5")},
			Unsettled:   "STS verifies a signature that covers comments",
		},
		needs: []*need{needDocument, needSignature}, judge: judgeSignedComments,
	},
	{
		Rule: Rule{
			Code: "text-confusable", Stage: StageXML, Severity: Warning,
			Title:       "a value is not what it looks like",
			Explanation: "the value holds characters that show nothing, turn others around, or look like others: control and invisible characters, bidirectional controls, tags, full-width forms, letters of another script, or a spelling that is not in Normalization Form C. To a person it looks like a name that it is not, and comparisons byte by byte fail without a visible reason. Names that people have, in any script, are not meant",
			Fix:         "type the value anew at its source, in the directory or in the configuration of the application, instead of pasting it from a document or a chat",
			Sources:     []Source{securityReport, securityScript, {"Unicode Standard Annex 15, Unicode Normalization Forms", "https://www.unicode.org/reports/tr15/"}},
		},
		needs: []*need{needDocument}, judge: judgeConfusables,
	},
}

// judgeSplitValues makes a judge that reports values which a node of the kind
// interrupts, with what a strict and what a careless reader sees; once for each
// value.
func judgeSplitValues(kind xmldoc.NodeKind, what string) func(*facts, func(Fault)) {
	return func(f *facts, report func(Fault)) {
		var last xmldoc.Element
		split := sparing(report)
		for _, o := range f.survey.values {
			if o.at.Kind() != kind || o.value() == last {
				continue
			}
			last = o.value()
			split(func() Fault {
				return Fault{Place: placeOfNode(o.at), Message: fmt.Sprintf("text alone is expected in %s, %s is found inside: %s", o.value().Local(), nodeWords(o.at, what), bothReadings(o.value()))}
			})
		}
	}
}

func nodeWords(n xmldoc.Node, what string) string {
	switch n.Kind() {
	case xmldoc.ElementNode:
		return what + " " + quote(n.AsElement().Local())
	case xmldoc.InstructionNode:
		return what + " " + quote(n.Target())
	}
	return what + " " + quote(n.Content())
}

// bothReadings shows a value as a strict and as a careless reader sees it.
func bothReadings(e xmldoc.Element) string {
	strict, careless := e.Text(), e.FirstText()
	if strict == careless {
		return "the text is " + quote(strict) + " to every reader"
	}
	return fmt.Sprintf("a strict reader sees %s, one that stops there sees %s", quote(strict), quote(careless))
}

// judgeSignedComments reports what the examination of signatures remarks on.
func judgeSignedComments(f *facts, report func(Fault)) {
	signed := sparing(report)
	for _, s := range f.signatures {
		for _, fault := range s.Faults {
			if fault.Code == "comment-signed" {
				signed(func() Fault { return Fault{Place: placeOfFault(s, fault), Message: fault.Message} })
			}
		}
	}
}

func placeOfFault(s *xmlsig.Signature, fault xmlsig.Fault) Place {
	if !fault.Element.Present() {
		return placeOf(s.Element)
	}
	return placeOfAttr(fault.Element, fault.Attr)
}

// judgeConfusables looks at the values that people compare by eye.
func judgeConfusables(f *facts, report func(Fault)) {
	odd := sparing(report)
	for _, e := range f.survey.unplain {
		text := ownText(e)
		if blank(text) {
			continue
		}
		kind, _ := comparedByEye(e.Local())
		if remarks := confusable(text, kind); len(remarks) > 0 && !f.namedElsewhere(e, text) {
			odd(func() Fault {
				return Fault{Place: placeOf(e), Message: fmt.Sprintf("%s holds what a reader does not see or takes for something else, %s: %s", e.Local(), quote(text), remarkWords(remarks))}
			})
		}
	}
}

// comparedByEye tells the elements of SAML's assertions whose text people
// compare, and what is usual in it.
func comparedByEye(local string) (kind textKind, compared bool) {
	switch local {
	case "NameID":
		return textKind{ends: true}, true
	case "AttributeValue":
		return textKind{lines: true}, true
	}
	return textKind{}, local == "Issuer" || local == "Audience"
}

// ownText gives the text of an element without that of elements inside, so
// that values inside values are not looked at over and over.
func ownText(e xmldoc.Element) string {
	var b strings.Builder
	for n := range e.Nodes() {
		b.WriteString(n.Text())
	}
	return b.String()
}

// namedElsewhere reports whether a rule on mismatch names the blank or the
// look-alike more precisely: audience-mismatch and issuer-mismatch.
func (f *facts) namedElsewhere(e xmldoc.Element, text string) bool {
	var wants []string
	switch {
	case e.Local() == "Audience":
		wants = f.options.Audiences
	case e.Local() == "Issuer" && f.choice.mismatch:
		for _, entity := range f.choice.entities {
			wants = append(wants, entity.ID)
		}
	}
	if len(text) > mostCompared {
		return false
	}
	for _, w := range wants {
		if whiteSpaceDiffers(w, text) != "" || invisibleDiffers(w, text) != "" || lookAlike(w, text) != "" {
			return true
		}
	}
	return false
}

// remarkWords lists at most five remarks.
func remarkWords(remarks []remark) string {
	const most = 5
	var out []string
	for i, m := range remarks {
		if i == most {
			out = append(out, fmt.Sprintf("%d more", len(remarks)-most))
			break
		}
		out = append(out, m.String())
	}
	return strings.Join(out, ", ")
}
