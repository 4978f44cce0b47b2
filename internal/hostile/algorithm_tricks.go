package hostile

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

const (
	more    = "http://www.w3.org/2001/04/xmldsig-more#"
	encrypt = "http://www.w3.org/2001/04/xmlenc#"
)

// algorithmTricks are algorithms that prove nothing, or that are not what the
// key is for.
func algorithmTricks() []recipe {
	naming := func(name, algorithm, code string) recipe {
		return recipe{name: name, codes: code, attack: func(p *paper) {
			p.replace("Assertion", p.forgedSigned(""))
			p.set(signedInfo+"/SignatureMethod", "Algorithm", algorithm)
		}}
	}
	digesting := func(name, algorithm, code string) recipe {
		return recipe{name: name, codes: code, by: Provider, info: setting(reference+"/DigestMethod", "Algorithm", algorithm)}
	}
	with := func(signature, digest string) func(*xmlsig.SignOptions) {
		return func(o *xmlsig.SignOptions) { o.SignatureMethod, o.DigestMethod = signature, digest }
	}
	return join(
		of("K9", Holder, only("entra", "okta"),
			naming("none", "none", "algorithm-unsupported"), naming("none-uri", signatureSpace+"none", "algorithm-unsupported"), naming("empty", "", "algorithm-unsupported"),
			naming("unknown", "https://example.com/sign", "algorithm-unsupported"), naming("padded", " "+more+"rsa-sha256 ", "algorithm-unsupported"),
			naming("upper-case", strings.ToUpper(more+"rsa-sha256"), "algorithm-unsupported"), naming("slash", more+"rsa-sha256/", "algorithm-unsupported"),
			digesting("digest-empty", "", "algorithm-unsupported"), digesting("digest-unknown", "https://example.com/digest", "algorithm-unsupported"),
			digesting("digest-padded", encrypt+"sha256 ", "algorithm-unsupported"), digesting("digest-none", "none", "algorithm-unsupported"),
			recipe{name: "canonicalization-unknown", codes: "canonicalization-unsupported", attack: func(p *paper) {
				p.replace("Assertion", p.forgedSigned(""))
				p.set(signedInfo+"/CanonicalizationMethod", "Algorithm", "https://example.com/c14n")
			}},
			recipe{name: "sha512-honest", by: Provider, want: Passes, tune: with(more+"rsa-sha512", encrypt+"sha512")}),
		of("K10", Provider, only("entra", "okta"),
			naming("md5", more+"rsa-md5", "algorithm-unsupported"), digesting("digest-md5", more+"md5", "algorithm-unsupported"),
			recipe{name: "sha1", want: Warned, codes: "algorithm-weak", tune: with(signatureSpace+"rsa-sha1", signatureSpace+"sha1")},
			recipe{name: "sha1-digest", want: Warned, codes: "algorithm-weak", tune: with(more+"rsa-sha256", signatureSpace+"sha1")},
			recipe{name: "sha1-named-after-capture", by: Holder, codes: "signature-mismatch", attack: setting(signedInfo+"/SignatureMethod", "Algorithm", signatureSpace+"rsa-sha1")},
			recipe{name: "sha384-honest", want: Passes, tune: with(more+"rsa-sha384", more+"sha384")}),
		of("K11", Holder, only("entra", "okta"),
			naming("ecdsa", more+"ecdsa-sha256", "signature-mismatch"), naming("dsa", signatureSpace+"dsa-sha1", "algorithm-unsupported"),
			naming("dsa-sha256", "http://www.w3.org/2009/xmldsig11#dsa-sha256", "algorithm-unsupported"), naming("pss", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "signature-mismatch"),
			naming("eddsa", "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "algorithm-unsupported"),
			recipe{name: "pss-honest", by: Provider, want: Passes, codes: "witness-unavailable", tune: with("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "")}),
		of("K14", Provider, only("okta"), curves()...),
	)
}

// curves are values of ECDSA.
func curves() []recipe {
	curve := func(m *paper) {
		cert, err := samltest.ECKey.Certificate("")
		if err != nil {
			m.fail("%w", err)
			return
		}
		m.content(metadataCertificate, base64.StdEncoding.EncodeToString(cert.Raw))
	}
	signing := func(o *xmlsig.SignOptions) {
		signer, err := samltest.ECKey.Signer("")
		if err == nil {
			o.Key, o.Certificates, o.SignatureMethod = signer, nil, ""
			o.KeyInfo = xmlsig.StyleNone
		}
	}
	forging := func(value func(n *big.Int) (r, s *big.Int)) func(*paper) {
		return func(p *paper) {
			p.text = forge(p.text)
			p.signedByAttacker(p.find("Assertion").Get("ID"), func(o *xmlsig.SignOptions) { o.KeyInfo = xmlsig.StyleNone })
			p.set(signedInfo+"/SignatureMethod", "Algorithm", more+"ecdsa-sha256")
			signer, err := samltest.ECKey.Certificate("")
			public, ok := signer.PublicKey.(*ecdsa.PublicKey)
			if err != nil || !ok {
				p.fail("no key of ECDSA: %w", err)
				return
			}
			p.sealed(signature, func([]byte) []byte {
				r, s := value(public.Params().N)
				return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
			})
		}
	}
	zero := func(*big.Int) (r, s *big.Int) { return new(big.Int), new(big.Int) }
	order := func(n *big.Int) (r, s *big.Int) { return n, n }
	one := func(*big.Int) (r, s *big.Int) { return big.NewInt(1), big.NewInt(1) }
	return []recipe{
		{name: "zero", by: Anybody, codes: "signature-mismatch", unsigned: true, metadata: curve, attack: forging(zero)},
		{name: "order", by: Anybody, codes: "signature-mismatch", unsigned: true, metadata: curve, attack: forging(order)},
		{name: "one", by: Anybody, codes: "signature-mismatch", unsigned: true, metadata: curve, attack: forging(one)},
		{name: "asn1", codes: "signature-mismatch", metadata: curve, tune: signing, attack: asDER},
		{name: "raw-honest", want: Passes, codes: "witness-unavailable", metadata: curve, tune: signing},
	}
}

// asDER writes r and s as other software does.
func asDER(p *paper) {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(p.find(signature+"/SignatureValue").Text()), ""))
	if err != nil || len(raw)%2 != 0 {
		p.fail("no value of ECDSA: %w", err)
		return
	}
	half := len(raw) / 2
	der, err := asn1.Marshal([]*big.Int{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])})
	if err != nil {
		p.fail("%w", err)
	}
	p.content(signature+"/SignatureValue", base64.StdEncoding.EncodeToString(der))
}

// weakKeys are keys of RSA with which anybody can sign.
func weakKeys() []recipe {
	from, until := valid()
	three := func() (crypto.PublicKey, error) {
		key, err := keyOfThree()
		if err != nil {
			return nil, err
		}
		return key.Public(), nil
	}
	short := func() (crypto.PublicKey, error) { return shortKey().Public(), nil }
	forging := func(p *paper) {
		p.text = forge(p.text)
		p.signedByAttacker(p.find("Assertion").Get("ID"), func(o *xmlsig.SignOptions) { o.KeyInfo = xmlsig.StyleNone })
	}
	sealing := func(value func(octets []byte) []byte) func(*paper) {
		return func(p *paper) {
			forging(p)
			p.sealed(signature, value)
		}
	}
	weak := func(o *xmlsig.SignOptions) {
		if signer, err := samltest.WeakKey.Signer(""); err == nil {
			o.Key, o.KeyInfo = signer, xmlsig.StyleNone
		}
	}
	byThree := func(o *xmlsig.SignOptions) {
		if key, err := keyOfThree(); err == nil {
			o.Key, o.KeyInfo = key, xmlsig.StyleNone
		}
	}
	return of("K12", Anybody, only("okta"),
		recipe{name: "exponent-1", codes: "key-weak", unsigned: true, attack: sealing(func(o []byte) []byte { return padded(o, 256) }), metadata: func(m *paper) {
			d := strings.Replace(hugeValue(2048), ">AQAB<", ">AQ==<", 1)
			m.content(metadataDescriptor+"/KeyInfo", d)
		}},
		recipe{name: "512-bits", codes: "key-weak", unsigned: true, metadata: certifying(short, from, until), attack: sealing(func(o []byte) []byte {
			key := shortKey()
			return new(big.Int).Exp(new(big.Int).SetBytes(padded(o, 64)), key.D, key.N).FillBytes(make([]byte, 64))
		})},
		recipe{name: "cube-root", codes: "key-weak signature-mismatch", unsigned: true, metadata: certifying(three, from, until), attack: sealing(func(o []byte) []byte { return rooted(o, 256) })},
		recipe{name: "1024-bits", by: Provider, want: Warned, codes: "key-weak", tune: weak, metadata: func(m *paper) {
			m.replace(metadataDescriptor, descriptor(m, samltest.WeakKey))
		}},
		recipe{name: "exponent-3", by: Provider, want: Warned, codes: "key-weak", tune: byThree, metadata: certifying(three, from, until)},
		recipe{name: "2048-bits-honest", by: Provider, want: Passes},
	)
}
