package saml

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A chain names the key of the certificate that it ends with; whoever issued it
// does not sign messages.
func TestIssuingCertificateIsNoSigningKey(t *testing.T) {
	authority, leaf := newEC(t), newEC(t)
	root := selfSigned(t, &x509.Certificate{Subject: pkix.Name{CommonName: "authority"}, IsCA: true, BasicConstraintsValid: true}, authority.Public(), authority)
	parent, err := x509.ParseCertificate(root)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(8), Subject: pkix.Name{CommonName: "leaf"}, NotBefore: parent.NotBefore, NotAfter: parent.NotAfter}
	issued, err := x509.CreateCertificate(rand.Reader, template, parent, leaf.Public(), authority)
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range [][][]byte{{issued, root}, {root, issued}} {
		text := pack(order[0]) + "</X509Certificate><X509Certificate>" + pack(order[1])
		m := mustParse(t, idp(idpID, descriptor("signing", text)))
		if got := keySums(m.Entities()[0]); !slices.Equal(got, []string{sum(issued)}) {
			t.Errorf("keys %v, want the leaf's %s alone", got, sum(issued))
		}
		if hints := m.choose(idpID).hints; len(hints) != 1 || hints[0].From != "a certification authority in the metadata" {
			t.Errorf("hints %+v", hints)
		}
	}
	// Two self-signed certificates of one name issued nothing but themselves.
	again := newEC(t)
	twin := selfSigned(t, &x509.Certificate{Subject: pkix.Name{CommonName: "authority"}}, again.Public(), again)
	m := mustParse(t, idp(idpID, descriptor("", pack(root)+"</X509Certificate><X509Certificate>"+pack(twin))))
	if got := keySums(m.Entities()[0]); !slices.Equal(got, []string{sum(root), sum(twin)}) {
		t.Errorf("keys %v, want both", got)
	}
}

func TestManyCertificatesInOneKeyInfo(t *testing.T) {
	text := strings.Repeat(pack(entra(t))+"</X509Certificate><X509Certificate>", 11) + pack(okta(t))
	e := mustParse(t, idp(idpID, descriptor("", text))).Entities()[0]
	if slices.Contains(keySums(e), sum(okta(t))) || !strings.Contains(strings.Join(damages(e), ""), "at most 10 certificates") {
		t.Errorf("keys %v, damages %q", keySums(e), damages(e))
	}
}

func TestKeyValues(t *testing.T) {
	rsaCert, _ := x509.ParseCertificate(entra(t))
	ecCert, _ := x509.ParseCertificate(testCertificate(t, "", samltest.ECKey))
	rsaKey, ecKey := rsaCert.PublicKey.(*rsa.PublicKey), ecCert.PublicKey.(*ecdsa.PublicKey)
	point, err := ecKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	rsaText := func(modulus []byte, exponent string) string {
		return `<RSAKeyValue><Modulus>` + pack(modulus) + `</Modulus><Exponent>` + exponent + `</Exponent></RSAKeyValue>`
	}
	ecText := func(curve string) string {
		return `<ECKeyValue xmlns="` + nsSignature11 + `"><NamedCurve URI="urn:oid:` + curve + `"/><PublicKey>` + pack(point) + `</PublicKey></ECKeyValue>`
	}
	for name, c := range map[string]struct {
		inside string
		spki   []byte // of the key; nil if there is none
		refuse bool
	}{
		"RSA":              {"<KeyValue>" + rsaText(rsaKey.N.Bytes(), "AQAB") + "</KeyValue>", rsaCert.RawSubjectPublicKeyInfo, false},
		"EC":               {"<KeyValue>" + ecText("1.2.840.10045.3.1.7") + "</KeyValue>", ecCert.RawSubjectPublicKeyInfo, false},
		"DER":              {`<DEREncodedKeyValue xmlns="` + nsSignature11 + `">` + pack(ecCert.RawSubjectPublicKeyInfo) + `</DEREncodedKeyValue>`, ecCert.RawSubjectPublicKeyInfo, false},
		"beside its own":   {"<X509Data><X509Certificate>" + pack(entra(t)) + "</X509Certificate></X509Data><KeyValue>" + rsaText(rsaKey.N.Bytes(), "AQAB") + "</KeyValue>", rsaCert.RawSubjectPublicKeyInfo, false},
		"exponent 1":       {"<KeyValue>" + rsaText(rsaKey.N.Bytes(), "AQ==") + "</KeyValue>", nil, true},
		"exponent 4":       {"<KeyValue>" + rsaText(rsaKey.N.Bytes(), "BA==") + "</KeyValue>", nil, true},
		"even modulus":     {"<KeyValue>" + rsaText(append(rsaKey.N.Bytes(), 0), "AQAB") + "</KeyValue>", nil, true},
		"large exponent":   {"<KeyValue>" + rsaText(rsaKey.N.Bytes(), pack([]byte{1, 0, 0, 0, 1})) + "</KeyValue>", nil, true},
		"huge exponent":    {"<KeyValue>" + rsaText(rsaKey.N.Bytes(), pack([]byte{1, 0, 0, 0, 0, 0, 0, 0, 1})) + "</KeyValue>", nil, false},
		"no exponent":      {"<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue></KeyValue>", nil, false},
		"no modulus":       {"<KeyValue><RSAKeyValue><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>", nil, false},
		"zero":             {"<KeyValue>" + rsaText([]byte{0}, "AQAB") + "</KeyValue>", nil, false},
		"odd base64":       {"<KeyValue><RSAKeyValue><Modulus>!</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>", nil, false},
		"P-384 point else": {"<KeyValue>" + ecText("1.3.132.0.34") + "</KeyValue>", nil, false},
		"P-521 point else": {"<KeyValue>" + ecText("1.3.132.0.35") + "</KeyValue>", nil, false},
		"unknown curve":    {"<KeyValue>" + ecText("1.3.132.0.10") + "</KeyValue>", nil, false},
		"DSA":              {"<KeyValue><DSAKeyValue/></KeyValue>", nil, false},
		"bad DER":          {`<DEREncodedKeyValue xmlns="` + nsSignature11 + `">AAAA</DEREncodedKeyValue>`, nil, false},
		"no DER":           {`<DEREncodedKeyValue xmlns="` + nsSignature11 + `"/>`, nil, false},
		"name alone":       {"<KeyName>idp</KeyName>", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := mustParse(t, idp(idpID, `<KeyDescriptor><KeyInfo xmlns="`+nsSignature+`">`+c.inside+`</KeyInfo></KeyDescriptor>`)).Entities()[0]
			keys := e.ready().keys
			switch {
			case c.refuse:
				if len(keys) != 1 || keys[0].Refused == "" {
					t.Errorf("keys %+v, want a refused one", keys)
				}
			case c.spki == nil:
				if len(keys) != 0 || len(e.damages) == 0 && name != "name alone" {
					t.Errorf("keys %+v, damages %q", keys, damages(e))
				}
			case len(keys) != 1 || keys[0].Refused != "" || keys[0].SPKI != sha256.Sum256(c.spki):
				t.Errorf("keys %+v, damages %q", keys, damages(e))
			}
		})
	}
}

// A key of RSASSA-PSS (RFC 4055) is an RSA key that Go does not read.
func TestPSSKey(t *testing.T) {
	rsaCert, _ := x509.ParseCertificate(entra(t))
	pss := []byte(strings.Replace(string(rsaCert.RawSubjectPublicKeyInfo), "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", 1))
	public, err := publicKeyOf(pss)
	if err != nil || !rsaCert.PublicKey.(*rsa.PublicKey).Equal(public) {
		t.Errorf("read %v, %v", public, err)
	}
	for _, bad := range [][]byte{nil, {0x30, 0}, pss[:40], {0x30, 4, 0x30, 0, 3, 0}} {
		if k, err := publicKeyOf(bad); err == nil {
			t.Errorf("% x is read as %v", bad, k)
		}
	}
}

func TestUses(t *testing.T) {
	a, b := pack(entra(t)), pack(okta(t))
	federation := `<RoleDescriptor xmlns:xsi="` + nsSchema + `" xmlns:fed="` + nsFederation + `" xsi:type="fed:SecurityTokenServiceType" ServiceDisplayName="Example" protocolSupportEnumeration="` + nsFederation + `">` + descriptor("signing", b) + `</RoleDescriptor>`
	text := strings.Replace(idp(idpID, descriptor("signing", a), descriptor("encryption", pack(testCertificate(t, "", samltest.EncryptionKey)))), `<IDPSSODescriptor`, federation+
		`<SPSSODescriptor protocolSupportEnumeration="`+nsProtocol+`">`+descriptor("signing", pack(testCertificate(t, "", samltest.NextKey)))+`</SPSSODescriptor><IDPSSODescriptor`, 1)
	m := mustParse(t, text)
	if got := keySums(m.Entities()[0]); !slices.Equal(got, []string{sum(entra(t))}) {
		t.Errorf("signing keys %v", got)
	}
	c := m.choose(idpID)
	var from []string
	for _, h := range c.hints {
		from = append(from, h.From)
	}
	slices.Sort(from)
	want := []string{"a WS-Federation key of the metadata", "a key of the service provider part of the metadata", "an encryption key of the metadata"}
	if !slices.Equal(from, want) {
		t.Errorf("hints %q, want %q", from, want)
	}
	// The WS-Federation key that is the signing key too is no hint.
	same := mustParse(t, strings.ReplaceAll(text, b, a))
	if n := len(same.choose(idpID).hints); n != 2 {
		t.Errorf("%d hints, want 2", n)
	}
	if names := m.Entities()[0].Names(); !slices.Equal(names, []string{"Example"}) {
		t.Errorf("names %q", names)
	}
}

func TestManyKeysAreBounded(t *testing.T) {
	var m xmlsigKeys
	e := &Entity{ID: idpID}
	e.once.Do(func() {})
	for i := range 300 {
		k := m.next(i)
		e.keys = append(e.keys, k)
	}
	md := &Metadata{index: map[string][]*Entity{}}
	md.add(e)
	c := md.choose(idpID)
	if len(c.keys) != 300 || c.keys[255].Refused != "" || c.keys[256].Refused == "" || e.keys[256].Refused != "" {
		t.Errorf("%d keys, the 257th refused for %q", len(c.keys), c.keys[256].Refused)
	}
}

// xmlsigKeys makes keys that differ in their fingerprint only.
type xmlsigKeys struct{}

func (xmlsigKeys) next(i int) xmlsig.Key {
	return xmlsig.Key{Public: &rsa.PublicKey{N: big.NewInt(1), E: 65537}, SPKI: sha256.Sum256([]byte{byte(i), byte(i >> 8)})}
}

// A key that the metadata lists for another use is told as that, though the
// response carries its certificate: it is not made to look alike.
func TestKeyOfAnotherUseIsTold(t *testing.T) {
	issuer := mustParse(t, published(t, samltest.Metadata{})).Entities()[0].ID
	m := mustParse(t, idp(issuer, descriptor("signing", pack(testCertificate(t, samltest.Entra, samltest.NextKey))), descriptor("encryption", pack(entra(t)))))
	r := Check(response(t, samltest.Login{}), m, Options{Time: samltest.Instant()})
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Code == "signature-key-unknown" })
	if r.Verified || i < 0 {
		t.Fatalf("verified %v, findings %+v", r.Verified, r.Findings)
	}
	if text := r.Findings[i].Message; !strings.Contains(text, "an encryption key of the metadata verifies it") || strings.Contains(text, "look alike") {
		t.Errorf("the message is %q", text)
	}
}
