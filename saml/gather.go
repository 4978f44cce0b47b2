package saml

import (
	"errors"
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// gather collects the facts in the order of the flow: document, kind of
// message, metadata, signatures, and what the assertion says.
func gather(message *Message, metadata *Metadata, options *Options) *facts {
	f := &facts{options: options, profile: options.profile(), now: options.now(), message: message, metadata: metadata}
	f.parse()
	if f.doc == nil {
		return f
	}
	f.shape = findShape(f.doc.Root())
	f.inner = findInner(f.shape)
	f.choice = metadata.choose(f.claimedIssuer())
	f.examine()
	f.values = oddities(f.doc, f.options.TextAttributes)
	f.departures = departures(f.shape.root)
	f.read()
	return f
}

func (f *facts) parse() {
	xml := f.message.XML()
	if xml == nil {
		return
	}
	doc, err := xmldoc.Parse(xml, f.options.limits())
	if err != nil {
		errors.As(err, &f.refusal)
		return
	}
	f.doc = doc
}

// findShape tells what the document is. Only a Response at the root, or in the
// body of a known envelope, is a response: never one found by searching.
func findShape(root xmldoc.Element) shape {
	s := shape{root: root}
	e := root
	if e.Is(nsSOAP11, "Envelope") || e.Is(nsSOAP12, "Envelope") {
		if body := e.Child(e.Space(), "Body"); only(body).Space() == nsProtocol {
			s.unwrapped, e = "SOAP", only(body)
		}
	}
	if e.Is(nsProtocol, "ArtifactResponse") {
		if r := e.Child(nsProtocol, "Response"); r.Present() {
			s.unwrapped, e = "ArtifactResponse", r
		}
	}
	switch {
	case e.Is(nsProtocol, "Response"):
		s.response = e
	case e == root && e.Is(nsAssertion, "Assertion"):
		s.assertion = e
	}
	return s
}

// only gives the single child element of e, or none.
func only(e xmldoc.Element) xmldoc.Element {
	var found xmldoc.Element
	for c := range e.Children() {
		if found.Present() {
			return xmldoc.Element{}
		}
		found = c
	}
	return found
}

func findInner(s shape) inner {
	if s.assertion.Present() {
		return inner{plain: []xmldoc.Element{s.assertion}}
	}
	return inner{
		plain:     s.response.ChildrenNamed(nsAssertion, "Assertion"),
		encrypted: s.response.ChildrenNamed(nsAssertion, "EncryptedAssertion"),
	}
}

// claimedIssuer gives the issuer by which metadata is chosen: the assertion's,
// else the response's.
func (f *facts) claimedIssuer() string {
	for _, e := range slices.Concat(f.inner.plain, []xmldoc.Element{f.shape.response, f.shape.root}) {
		if issuer := e.Child(nsAssertion, "Issuer"); issuer.Present() {
			return issuer.Text()
		}
	}
	return ""
}

func (f *facts) examine() {
	options := xmlsig.Options{SkipWitness: f.options.SkipWitness, Hints: f.choice.hints}
	f.signatures = xmlsig.Examine(f.doc, f.choice.keys, options)
	f.tooMany = xmlsig.Count(f.doc) > xmlsig.MaxSignatures
}

// read reads the envelope and the assertion: from verified octets where an
// accepted signature covers them, else from the capture.
func (f *facts) read() {
	capture := &reading{}
	in, response := f.verifiedOf(f.shape.response)
	signed := in != nil
	if !signed {
		in, response = capture, f.shape.response
	}
	f.response = readResponse(in, response)
	f.response.Signed = signed
	if len(f.inner.plain) > 0 {
		f.readAssertion(capture, in, response)
	}
}

// readAssertion reads the first plain assertion. It is verified when it is the
// only one, lies in octets that an accepted signature covers, its own or the
// Response's, and nothing else in the message speaks against it.
func (f *facts) readAssertion(capture, inResponse *reading, response xmldoc.Element) {
	assertion := f.inner.plain[0]
	in, e := f.verifiedOf(assertion)
	if in == nil && f.response.Signed {
		in, e = inResponse, response.Child(nsAssertion, "Assertion")
	}
	if in == nil {
		in, e = capture, assertion
	} else {
		f.verified = f.inner.count() == 1 && f.trusted(assertion)
	}
	c := readAssertion(in, e)
	f.content = &c
}

// trusted reports whether nothing around an accepted signature speaks against
// it: every other Signature of the message is accepted too, and no value is
// split by a comment, an instruction or an element.
func (f *facts) trusted(assertion xmldoc.Element) bool {
	for _, s := range f.signatures {
		if s.Verified == nil && !quoted(s.Element) && !around(s.Element) {
			return false
		}
	}
	for _, o := range f.values {
		if o.splits && (assertion.Contains(o.at) || f.response.Signed && f.shape.response.Contains(o.at)) {
			return false
		}
	}
	return !f.tooMany
}

// quoted reports whether a Signature belongs to something that the message
// merely quotes: an assertion given as advice or as the value of an attribute.
// It is signed by whom it may be; nothing that is read rests on it.
func quoted(e xmldoc.Element) bool {
	for p := e.Parent(); p.Present() && !p.Is(nsProtocol, "Response"); p = p.Parent() {
		if isAdvice(p) || p.Is(nsAssertion, "AttributeValue") {
			return true
		}
	}
	return false
}

// around reports whether a Signature stands outside the Response, in a SOAP
// header or on an ArtifactResponse: it does not speak of what is read either.
func around(e xmldoc.Element) bool {
	for p := e.Parent(); p.Present(); p = p.Parent() {
		if p.Is(nsProtocol, "Response") || p.Is(nsAssertion, "Assertion") && !p.Parent().Present() {
			return false
		}
	}
	return true
}

// verifiedOf scans the octets of an accepted signature of e.
func (f *facts) verifiedOf(e xmldoc.Element) (*reading, xmldoc.Element) {
	for _, s := range f.signaturesOf(e) {
		if s.Verified == nil {
			continue
		}
		if in, root, ok := readVerified(s.Verified, f.options.limits()); ok {
			return in, root
		}
	}
	return nil, xmldoc.Element{}
}
