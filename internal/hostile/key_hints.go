package hostile

import (
	"crypto"
	"encoding/base64"
	"math/big"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// keyHints are keys that are other than they were, or stand in other certificates.
func keyHints() []recipe {
	none := func(o *xmlsig.SignOptions) { o.KeyInfo = xmlsig.StyleNone }
	from, until := valid()
	okta := func() (crypto.PublicKey, error) {
		key, err := privateKey(samltest.CurrentKey, samltest.Okta)
		if err != nil {
			return nil, err
		}
		return key.Public(), nil
	}
	return join(
		of("K3", Provider, only("entra"),
			recipe{name: "reissued-honest", want: Passes, codes: "certificate-reissued", tune: certificateOf(samltest.ReissuedKey)},
			recipe{name: "reissued-and-forged", by: Holder, codes: "digest-mismatch", tune: certificateOf(samltest.ReissuedKey), attack: containing(nameID, "attacker@example.com")}),
		of("K4", Provider, only("okta"),
			recipe{name: "expired", want: Warned, codes: "certificate-expired", metadata: certifying(okta, from, samltest.Instant().AddDate(0, 0, -3))},
			recipe{name: "not-yet-valid", want: Warned, codes: "certificate-not-yet-valid", metadata: certifying(okta, samltest.Instant().AddDate(0, 0, 3), until)},
			recipe{name: "expired-and-forged", by: Holder, codes: "digest-mismatch certificate-expired", metadata: certifying(okta, from, samltest.Instant().AddDate(0, 0, -3)), attack: containing(nameID, "attacker@example.com")},
			recipe{name: "valid-honest", want: Passes, metadata: certifying(okta, from, until)}),
		of("K5", Provider, only("okta"),
			recipe{name: "next-first-honest", want: Passes, tune: none, metadata: nextKey(true)},
			recipe{name: "next-last-honest", want: Passes, tune: none, metadata: nextKey(false)},
			recipe{name: "rolled-over", codes: "signature-key-unknown", metadata: func(m *paper) {
				m.replace(metadataDescriptor, descriptor(m, samltest.NextKey))
			}},
			recipe{name: "forged-under-rollover", by: Anybody, codes: "signature-mismatch", unsigned: true, metadata: nextKey(true), attack: func(p *paper) {
				p.text = forge(p.text)
				p.signedByAttacker(p.find("Assertion").Get("ID"), none)
			}}),
	)
}

// keyInfoHints are what KeyInfo of a genuine Signature can show.
func keyInfoHints() []recipe {
	info := signature + "/KeyInfo"
	shown := info + "/X509Data/X509Certificate"
	return join(
		of("K6", Holder, only("entra", "okta"),
			recipe{name: "attackers-certificate", want: Passes, codes: "keyinfo-mismatch", attack: func(p *paper) { p.content(shown, attackerCertificate(p)) }},
			recipe{name: "attackers-certificate-first", want: Passes, codes: "keyinfo-mismatch", attack: func(p *paper) {
				p.prepend(info+"/X509Data", p.wrapped(info, "X509Certificate", attackerCertificate(p)))
			}},
			recipe{name: "chain-honest", want: Passes, attack: func(p *paper) {
				p.append(info+"/X509Data", p.wrapped(info, "X509Certificate", attackerCertificate(p)))
			}},
			recipe{name: "cut-certificate", want: Passes, codes: "keyinfo-malformed", attack: containing(shown, "MIIC")},
			recipe{name: "empty-data-honest", want: Passes, attack: containing(info+"/X509Data", "")},
			recipe{name: "empty-keyinfo-honest", want: Passes, attack: containing(info, "")},
			recipe{name: "hint-of-attacker-and-forged", codes: "digest-mismatch", attack: func(p *paper) {
				p.content(shown, attackerCertificate(p))
				p.content(nameID, "attacker@example.com")
			}}),
		of("K7", Holder, only("entra", "okta"),
			retrieval("http", "http://attacker.example.com/key.crt"), retrieval("file", "file:///etc/passwd"),
			retrieval("metadata-address", "http://169.254.169.254/latest/meta-data/"), retrieval("itself", "#_retrieval"),
			recipe{name: "agreement", want: Passes, attack: func(p *paper) {
				p.content(info, `<xenc:AgreementMethod xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Algorithm="http://attacker.example.com/"/>`)
			}},
			recipe{name: "key-name-honest", want: Passes, attack: func(p *paper) { p.content(info, p.wrapped(info, "KeyName", "http://example.com/key")) }}),
		of("K13", Holder, only("okta"),
			recipe{name: "huge-in-metadata", by: Provider, want: Warned, codes: "key-weak", metadata: hugeKey},
			recipe{name: "huge-in-keyinfo", want: Passes, codes: "keyinfo-malformed", attack: func(p *paper) { p.content(info, hugeValue(65536*4)) }},
			recipe{name: "huge-in-keyinfo-and-forged", codes: "digest-mismatch", attack: func(p *paper) {
				p.content(info, hugeValue(65536*4))
				p.content(nameID, "attacker@example.com")
			}},
			recipe{name: "4096-bits-beside-honest", by: Provider, want: Passes, metadata: func(m *paper) { addKey(m, 4096) }}),
	)
}

func retrieval(name, uri string) recipe {
	return recipe{name: name, want: Passes, codes: "keyinfo-malformed", attack: func(p *paper) {
		p.append(signature+"/KeyInfo", `<RetrievalMethod xmlns="`+signatureSpace+`" Id="_retrieval" URI="`+uri+`"/>`)
	}}
}

func attackerCertificate(p *paper) string {
	cert, err := samltest.AttackerKey.Certificate("")
	if err != nil {
		p.fail("%w", err)
		return ""
	}
	return base64.StdEncoding.EncodeToString(cert.Raw)
}

// descriptor gives a KeyDescriptor of another key, as Okta writes it.
func descriptor(m *paper, k samltest.Key) string {
	cert, err := k.Certificate("")
	if err != nil {
		m.fail("%w", err)
		return ""
	}
	d := &paper{text: m.text, err: m.err}
	d.content(metadataCertificate, base64.StdEncoding.EncodeToString(cert.Raw))
	return d.raw(metadataDescriptor)
}

func nextKey(first bool) func(*paper) {
	return func(m *paper) {
		markup := descriptor(m, samltest.NextKey)
		if first {
			m.before(metadataDescriptor, markup)
			return
		}
		m.after(metadataDescriptor, markup)
	}
}

func hugeKey(m *paper) { addKey(m, 32768) }

// addKey gives the metadata a second key of so many bits.
func addKey(m *paper, bits int) {
	d := &paper{text: m.text, err: m.err}
	d.content(metadataDescriptor+"/KeyInfo", hugeValue(bits))
	m.after(metadataDescriptor, d.raw(metadataDescriptor))
}

// hugeValue gives a KeyValue of RSA.
func hugeValue(bits int) string {
	modulus := base64.StdEncoding.EncodeToString(odd(bits).Bytes())
	exponent := base64.StdEncoding.EncodeToString(big.NewInt(65537).Bytes())
	return `<KeyValue xmlns="` + signatureSpace + `"><RSAKeyValue><Modulus>` + modulus + "</Modulus><Exponent>" + exponent + "</Exponent></RSAKeyValue></KeyValue>"
}
