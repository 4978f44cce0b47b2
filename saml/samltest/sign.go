package samltest

import (
	"fmt"
	"regexp"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// methods gives the names that XML Signature has for an algorithm.
func (a Algorithm) methods() (signature, digest string, err error) {
	const more, enc = "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2001/04/xmlenc#"
	switch a {
	case RSASHA256:
		return more + "rsa-sha256", enc + "sha256", nil
	case RSASHA1:
		return signatureSpace + "rsa-sha1", signatureSpace + "sha1", nil
	case ECDSASHA256:
		return more + "ecdsa-sha256", enc + "sha256", nil
	}
	return "", "", fmt.Errorf("the algorithm is expected to be one of %q, found %q", []Algorithm{RSASHA256, RSASHA1, ECDSASHA256}, a)
}

// sign signs what the login says, the Assertion first: the Response's digest
// covers its Signature. An Assertion that is to be encrypted is so in between.
func (d *draft) sign() {
	d.signAssertion()
	d.signResponse()
}

func (d *draft) signAssertion() {
	switch d.login.Sign {
	case SignAssertion, SignResponse, SignBoth:
	default:
		d.fail("the placement is expected to be one of %q, found %q", []Placement{SignAssertion, SignResponse, SignBoth}, d.login.Sign)
	}
	if d.login.Sign != SignResponse && d.has("Assertion") {
		d.signElement("Assertion")
	}
}

func (d *draft) signResponse() {
	if d.login.Sign != SignAssertion {
		d.signElement("")
	}
}

func (d *draft) signElement(path string) {
	id := d.find(path).Get("ID")
	if d.err != nil {
		return
	}
	text, err := signed(d.text, id, d.login.Product, d.login.Key, d.login.Algorithm, d.tune...)
	if err != nil {
		d.fail("%w", err)
		return
	}
	d.text = string(text)
}

// signed signs the element of this ID in the manner of the product, and with
// what is to be other than its manner.
func signed(text, id string, p Product, k Key, a Algorithm, tune ...func(*xmlsig.SignOptions)) ([]byte, error) {
	key, err := k.Signer(p)
	if err != nil {
		return nil, err
	}
	cert, err := k.Certificate(p)
	if err != nil {
		return nil, err
	}
	o := style(p)
	o.Key, o.Certificates = key, [][]byte{cert.Raw}
	if o.SignatureMethod, o.DigestMethod, err = a.methods(); err != nil {
		return nil, err
	}
	for _, change := range tune {
		change(&o)
	}
	out, err := xmlsig.Sign([]byte(text), id, o)
	if err != nil {
		return nil, fmt.Errorf("signing %q: %w", id, err)
	}
	return selfClosed(out, p), nil
}

// style gives how the Signatures of a product look.
func style(p Product) xmlsig.SignOptions {
	switch p {
	case ADFS:
		return xmlsig.SignOptions{Prefix: "ds", KeyInfo: xmlsig.StyleADFS}
	case Okta:
		return xmlsig.SignOptions{Prefix: "ds", PrefixList: "xs", Fold: 76}
	case Keycloak:
		return xmlsig.SignOptions{Prefix: "dsig", KeyInfo: xmlsig.StyleSeveral}
	}
	return xmlsig.SignOptions{}
}

// selfClosed writes the empty elements of Signatures as the products do. The
// canonical form, and so the signature, stays as it is.
func selfClosed(text []byte, p Product) []byte {
	end := `"/>`
	if p == ADFS {
		end = `" />`
	}
	empty := regexp.MustCompile(`"></(?:\w+:)?(?:CanonicalizationMethod|SignatureMethod|Transform|DigestMethod)>`)
	return empty.ReplaceAll(text, []byte(end))
}
