package hostile

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/pem"
	"hash"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// keyTricks are forgeries that rely on a key that no metadata has.
func keyTricks() []recipe {
	unproved := func(style xmlsig.KeyInfoStyle) func(*paper) {
		return func(p *paper) {
			p.text = forge(p.text)
			p.signedByAttacker(p.find("Assertion").Get("ID"), func(o *xmlsig.SignOptions) { o.KeyInfo = style })
		}
	}
	return join(
		of("K1", Anybody, assertionSigned(),
			recipe{name: "certificate", codes: "signature-key-unknown", unsigned: true, attack: unproved(xmlsig.StyleCertificate)},
			recipe{name: "key-value", codes: "signature-key-unknown", unsigned: true, attack: unproved(xmlsig.StyleValue)},
			recipe{name: "key-name", codes: "signature-mismatch", unsigned: true, attack: unproved(xmlsig.StyleName)},
			recipe{name: "no-keyinfo", codes: "signature-mismatch", unsigned: true, attack: unproved(xmlsig.StyleNone)},
			recipe{name: "genuine-certificate-second", codes: "signature-key-unknown", unsigned: true, shapes: only("entra", "okta"), attack: func(p *paper) {
				unproved(xmlsig.StyleCertificate)(p)
				p.append(signature+"/KeyInfo/X509Data", p.wrapped(signature, "X509Certificate", genuineCertificate(p)))
			}},
			recipe{name: "genuine-certificate-shown", codes: "signature-mismatch", unsigned: true, shapes: only("entra", "okta"), attack: func(p *paper) {
				unproved(xmlsig.StyleCertificate)(p)
				p.content(signature+"/KeyInfo/X509Data/X509Certificate", genuineCertificate(p))
			}},
			recipe{name: "response-signed", codes: "signature-key-unknown", unsigned: true, attack: func(p *paper) {
				p.text = forge(p.text)
				p.signedByAttacker(p.find("").Get("ID"))
			}},
			recipe{name: "own-certificate-honest", by: Provider, want: Passes, shapes: only("entra", "okta")}),
		of("K2", Anybody, only("entra"),
			recipe{name: "copied-names", codes: "signature-key-unknown", unsigned: true, attack: unproved(xmlsig.StyleCertificate)},
			recipe{name: "copied-names-genuine-key-name", codes: "signature-key-unknown", unsigned: true, attack: func(p *paper) {
				unproved(xmlsig.StyleCertificate)(p)
				p.prepend(signature+"/KeyInfo", p.wrapped(signature, "KeyName", "CN=Microsoft Azure Federated SSO Certificate"))
			}},
			recipe{name: "reissued-honest", by: Provider, want: Passes, codes: "certificate-reissued", tune: certificateOf(samltest.ReissuedKey)}),
		of("K8", Anybody, nil, macs()...),
	)
}

// genuineCertificate gives the certificate that the provider of the Issuer has,
// as its metadata tells everybody.
func genuineCertificate(p *paper) string {
	product := samltest.Entra
	if p.find("").Prefix() == "saml2p" {
		product = samltest.Okta
	}
	cert, err := samltest.CurrentKey.Certificate(product)
	if err != nil {
		p.fail("%w", err)
		return ""
	}
	return base64.StdEncoding.EncodeToString(cert.Raw)
}

// certificateOf shows the certificate of this key, whatever key signs.
func certificateOf(k samltest.Key) func(*xmlsig.SignOptions) {
	return func(o *xmlsig.SignOptions) {
		if cert, err := k.Certificate(samltest.Entra); err == nil {
			o.Certificates = [][]byte{cert.Raw}
		}
	}
}

// macs are forgeries whose value is an HMAC with something public for its key.
func macs() []recipe {
	const more = "http://www.w3.org/2001/04/xmldsig-more#"
	mac := func(algorithm string, make func() hash.Hash, key func(der []byte) []byte, inside string) func(*paper) {
		return func(p *paper) {
			p.text = forge(p.text)
			p.signedByAttacker(p.find("Assertion").Get("ID"))
			der, err := base64.StdEncoding.DecodeString(genuineCertificate(p))
			if err != nil {
				p.fail("%w", err)
			}
			p.set(signedInfo+"/SignatureMethod", "Algorithm", algorithm)
			p.content(signedInfo+"/SignatureMethod", inside)
			p.sealed(signature, func(octets []byte) []byte {
				h := hmac.New(make, key(der))
				h.Write(octets)
				return h.Sum(nil)
			})
		}
	}
	asDER := func(der []byte) []byte { return der }
	asPEM := func(der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	}
	asNothing := func([]byte) []byte { return nil }
	return []recipe{
		{name: "sha256-pem", codes: "algorithm-unsupported", unsigned: true, attack: mac(more+"hmac-sha256", sha256.New, asPEM, "")},
		{name: "sha256-der", codes: "algorithm-unsupported", unsigned: true, attack: mac(more+"hmac-sha256", sha256.New, asDER, "")},
		{name: "sha1-pem", codes: "algorithm-unsupported", unsigned: true, attack: mac(signatureSpace+"hmac-sha1", sha1.New, asPEM, "")},
		{name: "sha1-empty", codes: "algorithm-unsupported", unsigned: true, attack: mac(signatureSpace+"hmac-sha1", sha1.New, asNothing, "")},
		{name: "output-length-zero", codes: "algorithm-unsupported", unsigned: true, attack: mac(signatureSpace+"hmac-sha1", sha1.New, asNothing, `<HMACOutputLength xmlns="`+signatureSpace+`">0</HMACOutputLength>`)},
		{name: "output-length-in-rsa", by: Holder, codes: "signature-malformed", attack: func(p *paper) {
			p.content(signedInfo+"/SignatureMethod", `<HMACOutputLength xmlns="`+signatureSpace+`">0</HMACOutputLength>`)
		}},
		{name: "rsa-honest", by: Provider, want: Passes},
	}
}
