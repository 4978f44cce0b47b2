// Package capture finds the SAML messages in what people capture: the archive
// of a browser's network log, the export of a tracer or a proxy, a command that
// repeats a request, a page, a mail. What it looks at is the content, never the
// name of a file.
//
// It takes a message out of what it stands in and undoes what the container
// itself did to it (JSON escapes, quoting of a shell, character references of
// HTML, quoted-printable). Everything below that, from the form body to the XML,
// is left for package saml to decode and to judge.
package capture

import "time"

// Most is how many bytes a container may have; what is larger is not looked
// into.
const Most = 256 << 20

// Kind is the kind of a container.
type Kind string

// The kinds. The empty one stands for a text that is no container: it is
// decoded as it stands.
const (
	None       Kind = ""
	HAR        Kind = "har"
	Tracer     Kind = "tracer" // SAML-tracer and the like
	Curl       Kind = "curl"   // a command of a shell that sends a request, or that of fetch
	HTML       Kind = "html"   // a page with a form that posts itself
	HTTP       Kind = "http"   // HTTP messages as text, and the exports of Burp, mitmproxy and Fiddler
	JSON       Kind = "json"   // with a field that holds a message
	Text       Kind = "text"   // mail, ticket or notes around a message
	AWS        Kind = "aws"    // a command of the AWS CLI
	CloudTrail Kind = "cloudtrail"
)

// Field names what carries a message.
type Field string

// The fields.
const (
	Response Field = "SAMLResponse"
	Request  Field = "SAMLRequest"
	Result   Field = "wresult" // WS-Federation
)

// A Message is one message in a container.
type Message struct {
	Field      Field
	Text       []byte    // what saml.Decode takes: a form body, a query, or the value of the field
	RelayState string    // where the container tells it apart from Text
	Method     string    // of the HTTP request; empty where the container does not tell
	URL        string    // where it was sent, without what carries the message; empty where the container does not tell
	Time       time.Time // when it was sent; zero where the container does not tell
	Date       time.Time // Date of the HTTP answer that brought the message to the browser; zero where the container does not tell
	Where      string    // its place in words, such as "entry 12 of 300, request body"
	Cut        string    // why the container itself says that it was cut, as a lower-case sentence; empty where it does not
}

// A Found is what a container holds.
type Found struct {
	Kind     Kind
	Name     string    // of the kind of container, in words, such as "HAR archive of Firefox"
	Messages []Message // in the order in which they were sent
	Lacks    string    // why there is no response among them, and where it may be found, as a lower-case sentence; empty where there is one
}
