package saml

import (
	"encoding/xml"
	"fmt"

	crewjam "github.com/crewjam/saml"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// Schema gives the assertion as the type of github.com/crewjam/saml, for
// programs that work with that library. It is built from the verified octets
// and nothing else. That type keeps less than SAML can say: one Audience of
// each restriction, and no structured attribute values.
func (a *Assertion) Schema() (out *crewjam.Assertion, err error) {
	// The decoder is a third party's: what it does with input that it does not
	// expect must not end the caller's program.
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("the assertion does not fit crewjam/saml's type: %v", r)
		}
	}()
	octets, err := xmlsig.Canonicalize(nil, a.element, xmldoc.Element{}, xmlsig.ExclusiveC14N, nil)
	if err != nil {
		return nil, fmt.Errorf("the assertion does not fit crewjam/saml's type: %w", err)
	}
	out = new(crewjam.Assertion)
	if err := xml.Unmarshal(octets, out); err != nil {
		return nil, fmt.Errorf("the assertion does not fit crewjam/saml's type: %w", err)
	}
	return out, nil
}
