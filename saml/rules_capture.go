package saml

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// The rules on how the message was captured and encoded, and on what it is.
var captureRules = slices.Concat(encodingRules, layerRules, kindRules, postRules)

var (
	rfc4648       = Source{"RFC 4648, sections 3 and 4 (base64)", "https://www.rfc-editor.org/rfc/rfc4648#section-4"}
	rfc4648URL    = Source{"RFC 4648, section 5 (base64url)", "https://www.rfc-editor.org/rfc/rfc4648#section-5"}
	formEncoding  = Source{"WHATWG URL Standard, application/x-www-form-urlencoded", "https://url.spec.whatwg.org/#application/x-www-form-urlencoded"}
	htmlEscaping  = Source{"WHATWG HTML Standard, character references", "https://html.spec.whatwg.org/multipage/syntax.html#character-references"}
	linuxTerminal = Source{"termios(3), canonical mode: a line has at most 4096 characters", "https://man7.org/linux/man-pages/man3/termios.3.html"}
)

const captureAgain = "capture the response again: in the browser's developer tools, network log, the POST to the service provider, copy the value of the form field SAMLResponse"

var encodingRules = []*rule{
	{
		Rule: Rule{
			Code: "input-empty", Stage: StageCapture, Severity: Error,
			Title:       "nothing was captured",
			Explanation: "the input holds nothing but blanks, so there is no response to judge. A command that failed before a pipe, a clipboard that was cleared or a file that was never written are the usual causes",
			Fix:         captureAgain,
			Sources:     []Source{bindings("3.5.4")},
		},
		proves: true, judge: func(f *facts, report func(Fault)) {
			if f.message.capture.empty {
				report(Fault{Message: "a SAML response is expected, the input is empty or blank"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "message-missing", Stage: StageCapture, Severity: Error,
			Title:       "the capture holds no SAML message",
			Explanation: "the capture is a form body or a URL, and it has no field that carries a SAML message, or an empty one. Another request of the sign-in was captured than the POST to the service provider",
			Fix:         captureAgain,
			Sources:     []Source{bindings("3.5.4"), bindings("3.4.4")},
		},
		proves: true, judge: func(f *facts, report func(Fault)) {
			if f.message.capture.noField {
				report(Fault{Message: "a field SAMLResponse with a value is expected, there is none"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "message-multiple", Stage: StageCapture, Severity: Error,
			Title:       "the form holds several messages",
			Explanation: "the form has the field of the message more than once, with different values. Which of them counts is not laid down: some frameworks hand the first to the service provider, some the last, some join them. A proxy or check that looks at one and a service provider that reads the other see two sign-ins, which is a known attack (HTTP parameter pollution). The first was judged",
			Fix:         "send the field once; where the sign-in page does not, something between it and the service provider added a field",
			Sources:     []Source{formEncoding, bindings("3.5.4"), {"CWE-235, improper handling of extra parameters", "https://cwe.mitre.org/data/definitions/235.html"}},
			Unsettled:   "AWS reads the first of several fields",
		},
		judge: func(f *facts, report func(Fault)) {
			if n := f.message.capture.rivals; n > 0 {
				report(Fault{Message: "one message is expected in the form, " + count(n, "further field") + " of the same name with another value found; the first is judged"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "base64-malformed", Stage: StageCapture, Severity: Error,
			Title:       "the text is not base64",
			Explanation: "the message is meant to be base64 and breaks its rules in a way that no usual accident explains, so that what was sent cannot be told from the capture. Stray bits at the end, which a lenient decoder drops, show that the text was changed or made by a faulty encoder",
			Fix:         captureAgain + ", whole and without editing it",
			Sources:     []Source{rfc4648, bindings("3.5.4")},
			Unsettled:   "AWS was sent these very characters",
		},
		proves: true, judge: judgeBase64,
	},
	{
		Rule: Rule{
			Code: "base64-plus-lost", Stage: StageCapture, Severity: Warning,
			Title:       "plus signs of the base64 were turned into blanks",
			Explanation: "in a form body a plus sign stands for a blank; where base64 is put into a form without percent-encoding, or a form is decoded twice, each + becomes a blank. The blanks were read as plus signs again, and the signature was judged on the repaired bytes. A service provider that does not repair them refuses the response",
			Fix:         "where only the capture was decoded twice, nothing is wrong with the sign-in: copy the value as the browser sent it; where a program posts the response, let it percent-encode the value, so that + becomes %2B",
			Sources:     []Source{formEncoding, bindings("3.5.4")},
		},
		judge: func(f *facts, report func(Fault)) {
			if n := f.message.capture.plusLost; n > 0 {
				report(Fault{Message: count(n, "blank") + " found where a plus sign of the base64 belongs; the signature was judged on the repaired bytes"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "capture-truncated", Stage: StageCapture, Severity: Error,
			Title:       "the capture stops early or is damaged at its end",
			Explanation: "the message ends before it is complete. Nearly always the tool that it went through cut it: a terminal in line mode takes no more than 4,095 characters of a line on Linux and 1,024 on macOS, and tools that show requests shorten long values. The response itself may be sound",
			Fix:         "copy the value again, whole, and give it as a file, through a pipe (pbpaste, xclip, Get-Clipboard) or at the prompt of samlcheck, which takes a line of any length",
			Sources:     []Source{linuxTerminal, rfc4648, bindings("3.5.4")},
			Unsettled:   "AWS was sent the whole response",
		},
		proves: true, judge: judgeTruncated,
	},
	{
		Rule: Rule{
			Code: "deflate-on-post", Stage: StageCapture, Severity: Error,
			Title:       "the response is compressed",
			Explanation: "DEFLATE belongs to the HTTP-Redirect binding, and a response to a browser sign-in must not be sent by it; in the HTTP-POST binding the field holds the base64 of the XML itself. A service provider decodes the base64 and finds no XML",
			Fix:         "set the response binding of the identity provider or of the application to HTTP-POST, or take the compression out of the program that posts the response",
			Sources:     []Source{profiles("4.1.2"), bindings("3.4.4.1"), bindings("3.5.4"), awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		proves: true, judge: func(f *facts, report func(Fault)) {
			c := &f.message.capture
			if c.deflated && c.tooLarge == nil && (f.doc == nil || f.shape.response.Present()) {
				report(Fault{Message: "the base64 of XML is expected, the base64 of compressed XML (DEFLATE) is found"})
			}
		},
	},
}

func judgeBase64(f *facts, report func(Fault)) {
	b := f.message.capture.broken
	if b == nil || b.ended || b.decoded && (f.cutShort() || f.message.capture.inflateFault != "") {
		return // capture-truncated says it
	}
	found := "the end of the text"
	if b.char != 0 {
		found = fmt.Sprintf("%s (U+%04X)", quote(string(b.char)), b.char)
	}
	text := fmt.Sprintf("base64 is expected, at offset %d of it stands %s: %s", b.offset, found, b.reason)
	if b.decoded {
		text += "; the rest was judged without it"
	}
	report(Fault{Message: text})
}

// cutShort reports whether the XML stops early.
func (f *facts) cutShort() bool { return f.refusal != nil && f.refusal.Kind == xmldoc.Truncated }

// startTag is the beginning of a start tag, with its name.
var startTag = regexp.MustCompile(`<([^\s<>/?!]{1,120})`)

// lacksLast reports whether only the last character of the root's end tag is
// missing.
func lacksLast(xml string) bool {
	root := startTag.FindStringSubmatch(xml)
	return root != nil && strings.HasSuffix(xml, "</"+root[1])
}

func judgeTruncated(f *facts, report func(Fault)) {
	c := &f.message.capture
	switch {
	case f.cutShort():
		text := fmt.Sprintf("a whole XML document is expected, it stops after %s: %s", count(len(c.xml), "byte"), f.refusal.Reason)
		if c.symbols > 0 && lacksLast(c.xml) {
			text += "; only the last \">\" is missing, as happens where a plus sign at the end of the base64 was taken for a blank and trimmed"
		}
		report(Fault{Place: Place{Line: f.refusal.Line, Column: f.refusal.Column, Offset: f.refusal.Offset}, Message: text + cutBy(c)})
	case c.broken != nil && c.broken.ended:
		report(Fault{Message: fmt.Sprintf("base64 in groups of 4 characters is expected, it stops at offset %d: %s%s", c.broken.offset, c.broken.reason, cutBy(c))})
	case c.inflateFault != "":
		report(Fault{Message: "compressed XML is expected, it cannot be inflated whole: " + c.inflateFault + cutBy(c)})
	}
}

// cuts are the lengths at which tools cut a text, and which tool.
var cuts = []struct {
	length int
	tool   string
}{
	{1024, "a terminal in line mode on macOS cuts a line"},
	{4095, "a terminal in line mode on Linux cuts a line"},
	{32768, "tools that show the requests of a browser cut a value"},
}

// cutBy names the tool that cut the capture, by what its container says or by
// its length.
func cutBy(c *captureFacts) string {
	if c.cut != "" {
		return "; " + c.cut
	}
	for _, length := range []int{c.length, c.symbols} {
		for _, cut := range cuts {
			if length >= cut.length-2 && length <= cut.length+2 {
				return fmt.Sprintf("; the capture has %d characters, about where %s", length, cut.tool)
			}
		}
	}
	return ""
}

var layerRules = []*rule{
	layerRule(layerBase64, "base64-twice", "the message is base64 twice",
		"the SAMLResponse field holds base64 of the XML, encoded once; here base64 of base64 is found. A program that encodes what is encoded already, or a tool that encodes what it exports, is the usual cause. It was undone here; a service provider does not do so",
		"where a program sends the response on, let it pass the value of the field as it is; where only the capture is so, nothing is wrong with the sign-in",
		bindings("3.5.4"), rfc4648),
	layerRule(layerPercent, "url-encoding-kept", "the message is still percent-encoded",
		"percent-encoding protects a value inside a form body and is undone by the receiver; here it is still around the value. It was undone here. STS takes the bare base64, so that a value copied from the raw body has to be decoded first",
		"decode the value once before it is passed on, as a form decoder does; for samlcheck it may stay",
		formEncoding, bindings("3.5.4"), awsOperation),
	layerRule(layerHTML, "html-escaped", "the message is still HTML-escaped",
		"identity providers write the value into an HTML form, some with character references such as &#43; for +, which a browser undoes. A program that cuts the value out of the page by hand has to undo them too. It was done here",
		"read the page with an HTML parser, or undo the character references before the value is passed on; for samlcheck they may stay",
		htmlEscaping, bindings("3.5.4")),
	layerRule(layerBase64URL, "base64url-used", "the message is base64url",
		"the binding uses the standard alphabet with + and /; here - and _ stand in their place, as in tokens of OpenID Connect. It was read all the same; a strict service provider refuses it",
		"encode the response with the standard base64 alphabet and with padding",
		rfc4648URL, bindings("3.5.4")),
}

// layerRule makes the rule for an encoding that is one too many.
func layerRule(layer, code, title, explanation, fix string, sources ...Source) *rule {
	return &rule{
		Rule: Rule{Code: code, Stage: StageCapture, Severity: Warning, Title: title, Explanation: explanation, Fix: fix, Sources: sources},
		judge: func(f *facts, report func(Fault)) {
			all := f.message.capture.layers
			if slices.Contains(all, layer) {
				report(Fault{Message: "expected the base64 of the XML alone, found it with further layers, which were undone in this order: " + strings.Join(all, ", ")})
			}
		},
	}
}
