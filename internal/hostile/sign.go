package hostile

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// style gives how the Signatures of a product look.
func style(p samltest.Product) xmlsig.SignOptions {
	switch p {
	case samltest.ADFS:
		return xmlsig.SignOptions{Prefix: "ds", KeyInfo: xmlsig.StyleADFS}
	case samltest.Okta:
		return xmlsig.SignOptions{Prefix: "ds", PrefixList: "xs", Fold: 76}
	case samltest.Keycloak:
		return xmlsig.SignOptions{Prefix: "dsig", KeyInfo: xmlsig.StyleSeveral}
	}
	return xmlsig.SignOptions{}
}

// sign signs what the shape signs, the Assertion first.
func (r recipe) sign(p *paper, s shape) {
	o := style(s.product)
	key, err := samltest.CurrentKey.Signer(s.product)
	if err != nil {
		p.fail("%w", err)
		return
	}
	cert, err := samltest.CurrentKey.Certificate(s.product)
	if err != nil {
		p.fail("%w", err)
		return
	}
	o.Key, o.Certificates = key, [][]byte{cert.Raw}
	if r.tune != nil {
		r.tune(&o)
	}
	if s.sign != samltest.SignResponse {
		p.signed("Assertion", o)
		r.reseal(p, signature, o.Key)
	}
	if r.envelop != nil {
		r.envelop(p)
	}
	if s.sign == samltest.SignResponse || s.sign == samltest.SignBoth {
		p.signed("", o)
		if s.sign == samltest.SignResponse {
			r.reseal(p, "Signature", o.Key)
		}
	}
}

func (p *paper) signed(path string, o xmlsig.SignOptions) {
	id := p.find(path).Get("ID")
	if p.err != nil {
		return
	}
	text, err := xmlsig.Sign([]byte(p.text), id, o)
	if err != nil {
		p.fail("signing %q: %w", id, err)
		return
	}
	p.text = string(text)
}

// reseal edits what was signed and signs the SignedInfo that results.
func (r recipe) reseal(p *paper, at string, key crypto.Signer) {
	if r.info == nil {
		return
	}
	r.info(p)
	octets, err := xmlsig.Canonicalize(nil, p.find(at+"/SignedInfo"), xmldoc.Element{}, xmlsig.ExclusiveC14N, nil)
	private, ok := key.(*rsa.PrivateKey)
	if err == nil && !ok {
		err = errors.New("an RSA key is expected")
	}
	if err != nil || p.err != nil {
		p.fail("sealing: %w", err)
		return
	}
	sum := sha256.Sum256(octets)
	value, err := rsa.SignPKCS1v15(nil, private, crypto.SHA256, sum[:])
	if err != nil {
		p.fail("%w", err)
		return
	}
	p.content(at+"/SignatureValue", base64.StdEncoding.EncodeToString(value))
}
