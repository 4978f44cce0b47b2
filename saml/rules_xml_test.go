package saml

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// goodResponse is a response in which the rules of the stages xml, conditions
// and subject and those on time find nothing, judged as goodOptions say.
const goodResponse = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="2026-09-11T10:00:00Z">` +
	`<saml:Issuer>https://idp.example.com/</saml:Issuer>` +
	`<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
	`<saml:Assertion ID="_a" Version="2.0" IssueInstant="2026-09-11T10:00:00.000Z">` +
	`<saml:Issuer>https://idp.example.com/</saml:Issuer>` +
	`<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">dana@example.com</saml:NameID>` +
	`<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-09-11T10:05:00Z" Recipient="https://sp.example.com/acs"/></saml:SubjectConfirmation></saml:Subject>` +
	`<saml:Conditions NotBefore="2026-09-11T09:55:00Z" NotOnOrAfter="2026-09-11T11:00:00Z"><saml:AudienceRestriction><saml:Audience>https://sp.example.com/metadata</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
	`<saml:AttributeStatement><saml:Attribute Name="displayName"><saml:AttributeValue>Dana Example</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>` +
	`<saml:AuthnStatement AuthnInstant="2026-07-01T08:00:00Z" SessionNotOnOrAfter="2026-09-11T18:00:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
	`</saml:Assertion></samlp:Response>`

func goodOptions() Options {
	return Options{Time: time.Date(2026, 9, 11, 10, 1, 0, 0, time.UTC),
		Audiences: []string{"https://sp.example.com/metadata"}, Recipients: []string{"https://sp.example.com/acs"}}
}

// editedResponse gives the good response with texts replaced, two by two; each has to
// be there.
func editedResponse(t *testing.T, pairs ...string) string {
	t.Helper()
	out := goodResponse
	for p := range slices.Chunk(pairs, 2) {
		if !strings.Contains(out, p[0]) {
			t.Fatalf("the good response does not hold %q", p[0])
		}
		out = strings.Replace(out, p[0], p[1], 1)
	}
	return out
}

func judgedXML(t *testing.T, xml string, o Options) *Report {
	t.Helper()
	return Check(&Message{capture: captureFacts{form: FormXML, xml: xml}}, nil, o)
}

// ownRules are the tables that the tests of this file and its neighbours are
// about.
func ownRules() map[string]*rule {
	own := map[string]*rule{}
	for _, r := range slices.Concat(xmlRules, timeRules, conditionRules, subjectRules) {
		own[r.Code] = r
	}
	return own
}

// codesOf gives "severity code" of the findings of ownRules, in order.
func codesOf(r *Report) []string {
	own := ownRules()
	var out []string
	for _, f := range r.Findings {
		if own[f.Code] != nil {
			out = append(out, string(f.Severity)+" "+f.Code)
		}
	}
	return out
}

func found(r *Report, code string) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == code })
}

// findingOf gives the first finding of a code.
func findingOf(t *testing.T, r *Report, code string) Finding {
	t.Helper()
	for _, f := range r.Findings {
		if f.Code == code {
			return f
		}
	}
	t.Fatalf("no finding %s among %v", code, codesOf(r))
	return Finding{}
}

// A ruleCase is one document and exactly what the rules find in it.
type ruleCase struct {
	name  string
	edits []string // two by two, of goodResponse
	set   func(*Options)
	want  []string // "severity code"
	says  []string // what the message of the first finding holds
}

func (c ruleCase) run(t *testing.T) {
	t.Helper()
	o := goodOptions()
	if c.set != nil {
		c.set(&o)
	}
	r := judgedXML(t, editedResponse(t, c.edits...), o)
	if got := codesOf(r); !slices.Equal(got, c.want) {
		t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		return
	}
	for _, s := range c.says {
		code := strings.Fields(c.want[0])[1]
		if m := findingOf(t, r, code).Message; !strings.Contains(m, s) {
			t.Errorf("%s: the message of %s does not say %q: %s", c.name, code, s, m)
		}
	}
}

const (
	goodStart     = `<samlp:Response `
	goodNameID    = `dana@example.com</saml:NameID>`
	goodAudience  = `>https://sp.example.com/metadata</saml:Audience>`
	goodAttribute = `>Dana Example</saml:AttributeValue>`
)

// xmlCases yield a rule of the stage xml, or nearly.
var xmlCases = []ruleCase{
	{name: "the good response"},
	{name: "an attribute twice", edits: []string{`ID="_r"`, `ID="_r" ID="_s"`}, want: []string{"error xml-malformed"}, says: []string{"well-formed XML is expected"}},
	{name: "text after the root", edits: []string{`</samlp:Response>`, `</samlp:Response>x`}, want: []string{"error xml-malformed"}},
	{name: "a blank after the root", edits: []string{`</samlp:Response>`, "</samlp:Response>\n"}},
	{name: "an undeclared prefix", edits: []string{`<saml:Conditions `, `<saml:Conditions xsi:type="x" `}, want: []string{"error xml-malformed"}},
	{name: "cut off: another rule's", edits: []string{`</samlp:Response>`, ``}},
	{name: "Latin-1 bytes", edits: []string{goodNameID, "dan\xe9</saml:NameID>"}, want: []string{"error encoding-unsupported"}},
	{name: "a declaration of Latin-1", edits: []string{goodStart, `<?xml version="1.0" encoding="ISO-8859-1"?>` + goodStart, goodNameID, "dan\u00e9</saml:NameID>"}, want: []string{"error encoding-unsupported"}},
	{name: "a declaration of UTF-8", edits: []string{goodStart, `<?xml version="1.0" encoding="utf-8"?>` + goodStart}},
	{name: "a DOCTYPE", edits: []string{goodStart, `<!DOCTYPE r>` + goodStart}, want: []string{"error doctype-present"}},
	{name: "a comment before the root", edits: []string{goodStart, `<!-- DOCTYPE -->` + goodStart}},
	{name: "too deep", set: func(o *Options) { l := MessageLimits(); l.Depth = 4; o.Limits = &l }, want: []string{"error limit-exceeded"}, says: []string{`"depth"`, "--limit depth=1000, the most that is safe"}},
	{name: "just deep enough", set: func(o *Options) { l := MessageLimits(); l.Depth = 5; o.Limits = &l }},
	{name: "a relative namespace", edits: []string{`<saml:Conditions `, `<saml:Conditions xmlns:n="1" `}, want: []string{"error namespace-relative"}, says: []string{`"xmlns:n"`, `"1"`}},
	{name: "an absolute namespace", edits: []string{`<saml:Conditions `, `<saml:Conditions xmlns:n="urn:x-example:1" `}},
	{name: "an ID twice", edits: []string{`<saml:Assertion ID="_a"`, `<saml:Assertion ID="_r"`}, want: []string{"error id-duplicate"}, says: []string{"/Response/@ID", "/Response/Assertion/@ID", `"_r"`}},
	{name: "an ID twice, on a foreign element", edits: []string{goodAttribute, `><x ID="_a" xmlns="urn:x-example:x"/></saml:AttributeValue>`}, want: []string{"error id-duplicate"}},
	{name: "an Id that is none of these", edits: []string{goodAttribute, `><x Id="_a" xmlns="urn:x-example:x"/></saml:AttributeValue>`}},
	{name: "an ID twice, once as SAML 1.1 names it", edits: []string{goodAttribute, `><Assertion AssertionID="_a" xmlns="urn:oasis:names:tc:SAML:1.0:assertion"/></saml:AttributeValue>`}, want: []string{"error id-duplicate"}},
	{name: "an AssertionID on an element of another name", edits: []string{goodAttribute, `><x AssertionID="_a" xmlns="urn:x-example:x"/></saml:AttributeValue>`}},
	{name: "an xml:id of the same value", edits: []string{goodAttribute, `><x xml:id="_a" xmlns="urn:x-example:x"/></saml:AttributeValue>`}, want: []string{"error id-duplicate"}},
	{name: "a prefixed ID", edits: []string{`<saml:Assertion `, `<saml:Assertion saml:ID="_b" `}, want: []string{"error id-misplaced"}, says: []string{`"saml:ID"`}},
	{name: "xml:id on a SAML element", edits: []string{`<saml:Assertion `, `<saml:Assertion xml:id="_b" `}, want: []string{"error id-misplaced"}},
	{name: "Id on a SAML element", edits: []string{`<saml:Subject>`, `<saml:Subject Id="_b">`}, want: []string{"error id-misplaced"}},
	{name: "Id on an element of XML-DSig", edits: []string{goodAttribute, `><x:Object Id="_b" xmlns:x="http://www.w3.org/2000/09/xmldsig#"/></saml:AttributeValue>`}},
	{name: "an ID that begins with a digit", edits: []string{`ID="_a"`, `ID="1a"`}, want: []string{"warning id-malformed"}, says: []string{`it begins with "1"`}},
	{name: "an ID with a colon", edits: []string{`ID="_a"`, `ID="a:b"`}, want: []string{"warning id-malformed"}, says: []string{`character 2 is ":"`}},
	{name: "an ID with blanks around", edits: []string{`ID="_a"`, `ID=" _a"`}, want: []string{"warning id-malformed"}, says: []string{"white space"}},
	{name: "an empty ID", edits: []string{`ID="_a"`, `ID=""`}, want: []string{"warning id-malformed"}, says: []string{"it is empty"}},
	{name: "an ID with all that a name may hold", edits: []string{`ID="_a"`, `ID="é-1.x_"`}},
	{name: "a comment in NameID", edits: []string{goodNameID, `dana@example.com<!--x-->.evil.example</saml:NameID>`}, want: []string{"error comment-in-value"},
		says: []string{`strict reader sees "dana@example.com.evil.example"`, `sees "dana@example.com"`}},
	{name: "two comments in one value", edits: []string{goodAttribute, `>D<!--x-->ana<!--y--></saml:AttributeValue>`}, want: []string{"error comment-in-value"}},
	{name: "a comment at the end of a value", edits: []string{goodAudience, `>https://sp.example.com/metadata<!--x--></saml:Audience>`}, want: []string{"error comment-in-value"}, says: []string{"to every reader"}},
	{name: "a comment between elements", edits: []string{`<saml:Subject>`, `<saml:Subject><!--x-->`}},
	{name: "an instruction in Issuer", edits: []string{`https://idp.example.com/</saml:Issuer>`, `https://idp<?x y?>.example.com/</saml:Issuer>`}, want: []string{"error instruction-in-value"}, says: []string{`"x"`}},
	{name: "an instruction beside the root", edits: []string{`</samlp:Response>`, `</samlp:Response><?x y?>`}},
	{name: "an element in NameID", edits: []string{goodNameID, `dana@example.com<b xmlns=""/>.evil.example</saml:NameID>`}, want: []string{"error element-in-value"}, says: []string{`"b"`}},
	{name: "an element beside text in an AttributeValue", edits: []string{goodAttribute, `>Dana<b xmlns=""/></saml:AttributeValue>`}, want: []string{"error element-in-value"}},
	{name: "a structured AttributeValue", edits: []string{goodAttribute, `> <saml:NameID>x</saml:NameID> </saml:AttributeValue>`}},
	{name: "CDATA in a value", edits: []string{goodAttribute, `><![CDATA[Dana]]></saml:AttributeValue>`}, want: []string{"info cdata-in-value"}},
	{name: "a reference in a value", edits: []string{goodAttribute, `>D&amp;na</saml:AttributeValue>`}},
	{name: "a Cyrillic letter in NameID", edits: []string{goodNameID, "d\u0430na@example.com</saml:NameID>"}, want: []string{"warning text-confusable"}, says: []string{"U+0430", "character 2"}},
	{name: "a zero width space in an AttributeValue", edits: []string{goodAttribute, ">Dana\u200b</saml:AttributeValue>"}, want: []string{"warning text-confusable"}},
	{name: "a blank after NameID", edits: []string{goodNameID, "dana@example.com </saml:NameID>"}, want: []string{"warning text-confusable"}, says: []string{"white space at the end"}},
	{name: "a blank after an AttributeValue", edits: []string{goodAttribute, ">Dana </saml:AttributeValue>"}},
	{name: "a name with accents", edits: []string{goodAttribute, ">Zoë Müller-Łukasiewicz</saml:AttributeValue>"}},
	{name: "a structured value is no text", edits: []string{goodAttribute, ">\n<x xmlns=''>\u200b</x></saml:AttributeValue>"}},
	{name: "an audience with a zero width space: audience-mismatch says it", edits: []string{goodAudience, ">https://sp.example.com/metadata\u200b</saml:Audience>"}, want: []string{"error audience-mismatch"}, says: []string{"U+200B"}},
	{name: "a byte order mark", edits: []string{goodStart, "\ufeff" + goodStart}, want: []string{"info byte-order-mark"}},
	{name: "a comment that is signed", edits: []string{`<saml:Subject>`, withComments + `<saml:Subject><!--x-->`}, want: []string{"warning comment-signed"}},
	{name: "no comment where comments are signed", edits: []string{`<saml:Subject>`, withComments + `<saml:Subject>`}},
	{name: "a comment outside what is signed", edits: []string{`<saml:Subject>`, withComments + `<saml:Subject>`, `</saml:Assertion>`, `</saml:Assertion><!--x-->`}},
	{name: "a comment and a signature without comments", edits: []string{`<saml:Subject>`, strings.ReplaceAll(withComments, "WithComments", "") + `<saml:Subject><!--x-->`}},
}

// withComments is a Signature of the assertion that keeps comments.
const withComments = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>` +
	`<ds:Reference URI="#xpointer(id('_a'))"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"/></ds:Transforms>` +
	`<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>`

func TestXMLRules(t *testing.T) {
	for _, c := range xmlCases {
		t.Run(c.name, c.run)
	}
}

func TestLimitsOfTheCapture(t *testing.T) {
	m := &Message{capture: captureFacts{tooLarge: &sizeFault{limit: "inflated", found: 2 << 20, allowed: 1 << 20}}}
	got := findingOf(t, Check(m, nil, goodOptions()), "limit-exceeded").Message
	if want := `the limit "inflated" allows 1048576, at least 2097152 are found`; !strings.HasPrefix(got, want) {
		t.Errorf("limit-exceeded says %q, want %q", got, want)
	}
}

func TestLimitsOfSignatures(t *testing.T) {
	r := judgedXML(t, editedResponse(t, `<saml:Subject>`, strings.Repeat(withComments, 17)+`<saml:Subject>`), goodOptions())
	if m := findingOf(t, r, "limit-exceeded").Message; !strings.Contains(m, `limit "signatures" allows 16, at least 17`) {
		t.Errorf("limit-exceeded says %q", m)
	}
	if r.Verdict == Pass || r.Verified {
		t.Errorf("verdict %s, verified %v", r.Verdict, r.Verified)
	}
	r = judgedXML(t, editedResponse(t, `<saml:Subject>`, strings.Repeat(withComments, 16)+`<saml:Subject>`), goodOptions())
	if found(r, "limit-exceeded") {
		t.Error("16 Signatures are too many")
	}
	many := strings.Replace(withComments, "</ds:Transforms>", strings.Repeat(`<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>`, 3)+"</ds:Transforms>", 1)
	r = judgedXML(t, editedResponse(t, `<saml:Subject>`, many+`<saml:Subject>`), goodOptions())
	if m := findingOf(t, r, "limit-exceeded").Message; !strings.Contains(m, `"transforms"`) {
		t.Errorf("limit-exceeded says %q", m)
	}
}

// TestRefusalsProve: what the scanner refuses is proved wrong without any key,
// but for what is merely too large.
func TestRefusalsProve(t *testing.T) {
	for code, want := range map[string]Verdict{"<!DOCTYPE r>": Fail, "<x>": Fail} {
		if got := judgedXML(t, code+goodResponse, goodOptions()).Verdict; got != want {
			t.Errorf("%s: verdict %s, want %s", code, got, want)
		}
	}
	l := MessageLimits()
	l.Elements = 3
	o := goodOptions()
	o.Limits = &l
	if got := judgedXML(t, goodResponse, o).Verdict; got != Unverified {
		t.Errorf("too many elements: verdict %s, want %s", got, Unverified)
	}
}

// TestRefusalSkipsTheRest: one cause gives one finding.
func TestRefusalSkipsTheRest(t *testing.T) {
	r := judgedXML(t, goodResponse+"x", goodOptions())
	if len(r.Findings) == 0 || r.Findings[0].Code != "xml-malformed" || r.Findings[0].Line != 1 || r.Findings[0].Offset != len(goodResponse) {
		t.Errorf("findings: %+v", r.Findings)
	}
	for _, s := range r.Skipped {
		if slices.Contains(s.Codes, "audience-mismatch") && s.Reason == needDocument.reason {
			return
		}
	}
	t.Errorf("audience-mismatch is not skipped for want of a document: %v", r.Skipped)
}

// TestEveryRuleIsComplete: each rule of these tables has its words, its
// sources, a case that yields it; every case that yields nothing is a near miss
// of one.
func TestEveryRuleIsComplete(t *testing.T) {
	yielded := map[string]bool{}
	for _, c := range slices.Concat(xmlCases, contentCases) {
		for _, w := range c.want {
			yielded[strings.Fields(w)[1]] = true
		}
	}
	for code, r := range ownRules() {
		if r.Title == "" || r.Explanation == "" || r.Fix == "" || len(r.Sources) == 0 {
			t.Errorf("%s lacks title, explanation, fix or sources", code)
		}
		for _, s := range r.Sources {
			if s.Text == "" || !strings.HasPrefix(s.URL, "https://") {
				t.Errorf("%s: source %+v", code, s)
			}
		}
		for _, text := range []string{r.Title, r.Explanation, r.Fix} {
			if strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q ends in a full stop", code, text)
			}
		}
		if !yielded[code] {
			t.Errorf("no case yields %s", code)
		}
	}
}
