package saml

import (
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// read reads the envelope and the assertion: from verified octets where an
// accepted signature covers them, else from the capture. It reports whether the
// assertion is proved.
func (f *facts) read() (proved bool) {
	in, response := f.verifiedOf(f.shape.response)
	signed := in != nil
	if !signed {
		in, response = f.capture(f.shape.response), f.shape.response
	}
	f.response = readResponse(in, response)
	f.response.Signed = signed
	if readable := f.inner.readable(); len(readable) > 0 {
		f.assertion = readable[0]
		proved = f.readAssertion(in, response)
	}
	return proved
}

// capture reads the document of an element: what was captured, or what was
// decrypted out of it.
func (f *facts) capture(e xmldoc.Element) *reading {
	return &reading{doc: e.Document(), decrypt: f.decryptInside}
}

// decryptInside opens an identifier or attribute.
func (f *facts) decryptInside(part, source xmldoc.Element, wanted string) xmldoc.Element {
	return f.decrypt(part, source, wanted).root
}

// readAssertion reads the assertion. It is proved where it lies in octets that
// an accepted signature covers, its own or the Response's.
func (f *facts) readAssertion(inResponse *reading, response xmldoc.Element) (proved bool) {
	in, e := f.verifiedOf(f.assertion)
	if in == nil && f.response.Signed {
		in, e = f.insideResponse(inResponse, response)
	}
	if proved = in != nil; !proved {
		in, e = f.capture(f.assertion), f.assertion
	}
	c := readAssertion(in, e)
	f.content = &c
	return proved
}

// insideResponse gives the assertion as it stands in the octets that a
// signature of the Response covers. One that is encrypted there is what those
// octets decrypt to: ciphertext and encrypted key are both covered then.
func (f *facts) insideResponse(in *reading, response xmldoc.Element) (*reading, xmldoc.Element) {
	wrapper := f.wrapper()
	if !wrapper.Present() {
		return in, response.Child(nsAssertion, "Assertion")
	}
	if !f.encryptions[wrapper].again(response.Child(nsAssertion, "EncryptedAssertion")) {
		return nil, xmldoc.Element{}
	}
	return f.capture(f.assertion), f.assertion
}

// wrapper gives the EncryptedAssertion that the assertion was decrypted from;
// none for one that stands in the capture.
func (f *facts) wrapper() xmldoc.Element {
	if !f.assertion.Present() {
		return xmldoc.Element{}
	}
	return f.assertion.Document().Origin().Parent()
}

// trusted reports whether nothing around an accepted signature speaks against
// it: every other Signature of the message is accepted too, and no value is
// split by a comment, an instruction or an element.
func (f *facts) trusted() bool {
	for _, s := range f.signatures {
		if s.Verified == nil && !quoted(s.Element) && !around(s.Element) {
			return false
		}
	}
	whole := f.assertion
	if w := f.wrapper(); w.Present() {
		whole = w
	}
	for _, o := range f.survey.values {
		if o.splits && (encloses(whole, o.at) || f.response.Signed && encloses(f.shape.response, o.at)) {
			return false
		}
	}
	return f.tooMany == 0 && !f.repeatsIDs()
}

// repeatsIDs reports whether an ID of the assertion stands in another document
// of the message too: a reader that puts what it decrypts in its place sees it
// twice. Within one document the examination of signatures looks for that.
func (f *facts) repeatsIDs() bool {
	if len(f.trees) == 1 {
		return false
	}
	in := map[string]*xmldoc.Document{}
	for _, id := range f.survey.ids {
		value, here := id.a.Value(), id.e.Document()
		if d := in[value]; d != nil && d != here {
			return true
		}
		in[value] = here
	}
	return false
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
			in.decrypt = f.decryptInside
			f.octets = append(f.octets, root.Document())
			return in, root
		}
	}
	return nil, xmldoc.Element{}
}
