package saml

import (
	"iter"
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// facts is everything that was gathered about one message, without judging it.
// Rules read it and nothing else.
type facts struct {
	options *Options
	profile Profile
	now     time.Time

	message *Message
	doc     *xmldoc.Document // nil where there is no well-formed document
	// trees are the captured document, then what was decrypted.
	trees    []*xmldoc.Document
	octets   []*xmldoc.Document // what accepted signatures cover, as it was read
	refusal  *xmldoc.Error      // why the scanner refused it
	shape    shape
	response Response
	inner    inner

	metadata   *Metadata // nil where none is given
	choice     *choice
	signing    []entityKey // see signingKeys; nil until they are asked for
	signatures []*xmlsig.Signature
	tooMany    int // Signatures of the message where it has more than are examined, else 0
	survey     survey

	encryptions  map[xmldoc.Element]*encryption // what was to be decrypted, by its element in the capture
	parts        map[string][]*encryption       // all encrypted parts, by name; see encrypted
	decrypted    int                            // how many parts keys were tried on
	tooManyParts bool                           // more parts than keys are tried on
	operations   int                            // what decrypting has cost: see mostOperations

	assertion xmldoc.Element // that is read, in the capture or in what was decrypted; zero if there is none
	content   *content       // what it says; nil if there is none
	verified  bool
}

// shape is what kind of message the document is.
type shape struct {
	root      xmldoc.Element
	response  xmldoc.Element // zero where the message holds none
	assertion xmldoc.Element // a bare Assertion at the root
	unwrapped string         // the envelope that was taken off: "SOAP", "ArtifactResponse"
}

// inner is what assertions the Response has as children.
type inner struct {
	plain     []xmldoc.Element
	encrypted []xmldoc.Element // EncryptedAssertions
	opened    []xmldoc.Element // the Assertions inside those that were decrypted
}

// readable gives the assertions that can be read.
func (i inner) readable() []xmldoc.Element { return slices.Concat(i.plain, i.opened) }

func (i inner) count() int { return len(i.plain) + len(i.encrypted) }

// A need is a fact without which a rule cannot be judged.
type need struct {
	met    func(*facts) bool
	reason string // why rules are skipped, a lower-case sentence
}

// The needs, in the order in which they fail.
var (
	needDocument  = &need{func(f *facts) bool { return f.doc != nil }, "the capture holds no well-formed XML"}
	needResponse  = &need{func(f *facts) bool { return f.shape.response.Present() }, "the message is no SAML 2.0 response"}
	needMessage   = &need{func(f *facts) bool { return f.shape.response.Present() || f.shape.assertion.Present() }, "the message is no SAML 2.0 response"}
	needSuccess   = &need{func(f *facts) bool { return f.succeeded() }, "the identity provider reports no success"}
	needContent   = &need{func(f *facts) bool { return f.content != nil }, "there is no assertion that can be read"}
	needMetadata  = &need{func(f *facts) bool { return f.metadata != nil }, "no metadata is given"}
	needEntity    = &need{func(f *facts) bool { return len(f.choice.entities) > 0 }, "the metadata does not describe the issuer"}
	needAudience  = &need{func(f *facts) bool { return f.options.Audiences != nil }, "no audience is expected"}
	needRecipient = &need{func(f *facts) bool { return f.options.Recipients != nil }, "no recipient is expected"}
	needSignature = &need{func(f *facts) bool { return len(f.signatures) > 0 }, "no signature was read"}
	needExamined  = &need{func(f *facts) bool { return f.tooMany == 0 }, "the message has more Signatures than are examined"}
)

// succeeded reports whether an assertion may be expected: a bare assertion, or
// a Response whose status is Success.
func (f *facts) succeeded() bool {
	if f.shape.assertion.Present() {
		return true
	}
	return f.shape.response.Present() && len(f.response.StatusCodes) > 0 && f.response.StatusCodes[0] == statusSuccess
}

// signaturesOf gives the signatures that are children of e.
func (f *facts) signaturesOf(e xmldoc.Element) []*xmlsig.Signature {
	var out []*xmlsig.Signature
	for _, s := range f.signatures {
		if e.Present() && s.Parent == e {
			out = append(out, s)
		}
	}
	return out
}

// elements gives every element of the message in document order, and then those
// of what was decrypted.
func (f *facts) elements() iter.Seq[xmldoc.Element] {
	return func(yield func(xmldoc.Element) bool) {
		for _, d := range f.trees {
			for e := range d.Elements() {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// encloses reports whether n lies inside e, be it in what was decrypted there.
func encloses(e xmldoc.Element, n xmldoc.Node) bool {
	for n.Present() && n.Document() != e.Document() {
		n = n.Document().Origin().Node
	}
	return e.Contains(n)
}
