package saml

import (
	"errors"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// gather collects the facts in the order of the flow: document, kind of
// message, what an encrypted assertion holds, metadata, signatures, and what the
// assertion says.
func gather(message *Message, metadata *Metadata, options *Options) *facts {
	f := &facts{options: options, profile: options.profile(), now: options.now(), message: message, metadata: metadata, choice: &choice{}}
	f.parse()
	if f.doc == nil {
		return f
	}
	f.shape = findShape(f.doc.Root())
	f.inner = findInner(f.shape)
	f.decryptAssertions()
	f.choice = metadata.choose(f.claimedIssuer())
	f.examine()
	proved := f.read()
	f.survey = f.look()
	f.verified = proved && f.inner.count() == 1 && f.trusted()
	return f
}

func (f *facts) parse() {
	if f.message.capture.xml == "" {
		return
	}
	doc, err := xmldoc.ParseString(f.message.capture.xml, f.options.limits())
	if err != nil {
		errors.As(err, &f.refusal)
		return
	}
	f.doc, f.trees = doc, []*xmldoc.Document{doc}
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

// decryptAssertions opens the encrypted assertions: whose metadata counts may
// stand inside only.
func (f *facts) decryptAssertions() {
	for _, e := range f.inner.encrypted {
		if c := f.decrypt(e, e, "Assertion"); c.root.Present() {
			f.inner.opened = append(f.inner.opened, c.root)
		}
	}
}

// claimedIssuer gives the issuer by which metadata is chosen: the assertion's,
// else the response's.
func (f *facts) claimedIssuer() string {
	for _, e := range append(f.inner.readable(), f.shape.response, f.shape.root) {
		if issuer := e.Child(nsAssertion, "Issuer"); issuer.Present() {
			return issuer.Text()
		}
	}
	return ""
}

func (f *facts) examine() {
	options := xmlsig.Options{SkipWitness: f.options.SkipWitness, Hints: f.choice.hints}
	total := 0
	for _, d := range f.trees {
		total += xmlsig.Count(d)
		if options.Signatures = xmlsig.MaxSignatures - len(f.signatures); options.Signatures > 0 {
			f.signatures = append(f.signatures, xmlsig.Examine(d, f.choice.keys, options)...)
		}
	}
	if total > xmlsig.MaxSignatures {
		f.tooMany = total
	}
}
