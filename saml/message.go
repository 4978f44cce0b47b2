package saml

import "time"

// Form is the form in which a message was captured.
type Form string

// The forms.
const (
	FormXML        Form = "xml"
	FormBase64     Form = "base64"
	FormBase64URL  Form = "base64url"
	FormURLEncoded Form = "url-encoded"
	FormForm       Form = "form"    // an HTML form's body: SAMLResponse=…&RelayState=…
	FormDeflate    Form = "deflate" // as in the HTTP-Redirect binding
	FormText       Form = "text"    // around a message, or none of the others
	FormHAR        Form = "har"     // the archive of a browser's network log
	FormHTML       Form = "html"    // a page whose form posts itself
	FormTracer     Form = "tracer"  // the export of SAML-tracer
	FormCurl       Form = "curl"    // a command or call that repeats the request
	FormHTTP       Form = "http"    // HTTP messages, as proxies export them
	FormJSON       Form = "json"    // a field of it
	FormAWS        Form = "aws"     // a call of AssumeRoleWithSAML: command line, code or form body
)

// A Message is one captured message, decoded as far as it goes. Decode and
// DecodeAll make it; they never fail: what is wrong with a capture is a finding
// of Check.
type Message struct {
	Source   string    // file name, "-" for standard input; the caller's to set
	Index    int       // number of the message within its source, from 0
	URL      string    // where it was posted, if the capture tells
	Captured time.Time // when it was captured; zero if the capture does not tell
	HTTPDate time.Time // the Date header of the answer that carried it; zero if the capture does not tell
	Requests []Request // AuthnRequests that were sent before it, in their order, if the capture tells
	capture  captureFacts
}

// Form gives the form in which the message was captured.
func (m *Message) Form() Form { return m.capture.form }

// XML gives a copy of the decoded document; nil if there is none.
func (m *Message) XML() []byte {
	if m.capture.xml == "" {
		return nil
	}
	return []byte(m.capture.xml)
}

// Steps gives what Decode undid, in order, as lines such as
// "base64: 9112 characters".
func (m *Message) Steps() []string { return m.capture.steps }

// RelayState gives the RelayState that a form body carried beside the message.
func (m *Message) RelayState() string { return m.capture.relayState }

// EncodedLength gives the length in characters of the document as base64
// without line breaks, which is what STS is sent; 0 if there is no document.
func (m *Message) EncodedLength() int { return m.capture.encoded }

// captureFacts is what Decode found, without judging it. rules_capture.go
// turns it into findings.
type captureFacts struct {
	form       Form
	xml        string // empty where decoding failed
	steps      []string
	relayState string

	empty        bool     // nothing but blanks
	fields       bool     // the message was a field of a form or query, which tells whether a RelayState came with it
	noField      bool     // a form body or URL without a SAML message
	rivals       int      // further fields of a form that hold another message than the one that is judged
	layers       []string // layers too many, in the order in which they were undone: "url-encoded", "html-escaped", "base64", "base64url"
	plusLost     int      // blanks that were turned back into "+"
	deflated     bool     // the message was DEFLATEd
	inflateFault string   // why the DEFLATEd message cannot be inflated, a lower-case sentence
	encoded      int      // length in characters of the document as base64 without line breaks
	tooLarge     *sizeFault
	broken       *base64Fault
	length       int    // length in bytes of the captured text, blanks around it left out
	symbols      int    // length in characters of the innermost base64 text, line breaks left out
	cut          string // why the container says that it cut the message, a lower-case sentence; empty where it does not
	container    string // the name of a container without any response
	lacks        string // why there is none in it, a lower-case sentence
	other        string // what the text is when it is no SAML message: one of the kinds in decode_other.go
	text         string // the beginning of such a text, for reading AADSTS codes and titles; at most 64 KiB
}

type sizeFault struct {
	limit          string // "input", "inflated", "layers", "container"
	found, allowed int
}

// base64Fault is where and why base64 stops being base64.
type base64Fault struct {
	offset  int  // 0-based, in bytes of the base64 text, or of the capture where nothing was undone before
	char    rune // the character found there; 0 at the end of the text
	reason  string
	ended   bool // the text stops early: a length that no base64 has
	decoded bool // what was encoded is known nevertheless
}
