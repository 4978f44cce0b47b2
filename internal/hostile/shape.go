package hostile

import (
	"regexp"
	"strings"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A shape is how a product writes a response, and what of it it signs.
type shape struct {
	product samltest.Product
	sign    samltest.Placement
}

func (s shape) String() string {
	out := string(s.product)
	if out == "" {
		out = string(samltest.Entra)
	}
	if s.sign != "" && s.sign != samltest.SignAssertion {
		out += "-" + string(s.sign)
	}
	return out
}

// every gives the shape of every product with this signed.
func every(sign samltest.Placement) []shape {
	var out []shape
	for _, p := range samltest.Products() {
		out = append(out, shape{p, sign})
	}
	return out
}

func assertionSigned() []shape { return every(samltest.SignAssertion) }
func responseSigned() []shape  { return every(samltest.SignResponse) }
func bothSigned() []shape      { return every(samltest.SignBoth) }

// only gives shapes of these products with the Assertion signed.
func only(products ...samltest.Product) []shape {
	var out []shape
	for _, p := range products {
		out = append(out, shape{p, samltest.SignAssertion})
	}
	return out
}

// A lab keeps what it made: issuing is what takes the time.
type lab struct {
	responses map[shape]string
	stripped  map[shape]string
	published map[samltest.Product][]byte
}

func newLab() *lab {
	return &lab{map[shape]string{}, map[shape]string{}, map[samltest.Product][]byte{}}
}

// login is who signs in: a user with two roles, a tag and a source identity.
func (s shape) login() samltest.Login {
	const aws = awsAttribute
	sign := s.sign
	if sign == "" {
		sign = samltest.SignAssertion
	}
	return samltest.Login{Product: s.product, Sign: sign, Attributes: []samltest.Attribute{
		{Name: aws + "PrincipalTag:Team", Values: []string{"red"}},
		{Name: aws + "TransitiveTagKeys", Values: []string{"Team"}},
		{Name: aws + "SourceIdentity", Values: []string{user}},
	}}
}

// signed gives the genuine response.
func (l *lab) signed(s shape) (string, error) {
	if text, ok := l.responses[s]; ok {
		return text, nil
	}
	text, err := s.login().Response()
	l.responses[s] = string(text)
	return string(text), err
}

// unsigned gives the response as it is before it is signed.
func (l *lab) unsigned(s shape) (string, error) {
	if text, ok := l.stripped[s]; ok {
		return text, nil
	}
	text, err := l.signed(s)
	p := &paper{text: text, err: err}
	for _, at := range []string{"Assertion/Signature", "Signature"} {
		if p.has(at) {
			p.drop(at)
		}
	}
	l.stripped[s] = p.text
	return p.text, p.err
}

func (l *lab) metadata(s shape) ([]byte, error) {
	if text, ok := l.published[s.product]; ok {
		return text, nil
	}
	text, err := s.login().Metadata()
	l.published[s.product] = text
	return text, err
}

var signatureValue = regexp.MustCompile(`<(?:\w+:)?SignatureValue>([^<]*)<`)

// signatureValues gives the base64 of every SignatureValue, without blanks.
func signatureValues(text string) []string {
	var out []string
	for _, m := range signatureValue.FindAllStringSubmatch(text, -1) {
		out = append(out, strings.Join(strings.Fields(m[1]), ""))
	}
	return out
}
