package saml

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// pack gives base64 as it stands in an X509Certificate.
func pack(der []byte) string { return base64.StdEncoding.EncodeToString(der) }

// testCertificate gives the DER of a certificate made for tests.
func testCertificate(t testing.TB, p samltest.Product, k samltest.Key) []byte {
	t.Helper()
	c, err := k.Certificate(p)
	if err != nil {
		t.Fatal(err)
	}
	return c.Raw
}

// entra and okta are sound certificates of two keys.
func entra(t testing.TB) []byte { return testCertificate(t, samltest.Entra, samltest.CurrentKey) }
func okta(t testing.TB) []byte  { return testCertificate(t, samltest.Okta, samltest.CurrentKey) }

func sum(der []byte) string { return fmt.Sprintf("%x", sha256.Sum256(der)) }

const idpID = "https://idp.example.com/"

// descriptor writes a KeyDescriptor with a certificate text.
func descriptor(use, certificate string) string {
	if use != "" {
		use = ` use="` + use + `"`
	}
	return `<KeyDescriptor` + use + `><KeyInfo xmlns="` + nsSignature + `"><X509Data><X509Certificate>` + certificate + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
}

// idp writes an EntityDescriptor with an IDPSSODescriptor around its keys.
func idp(id string, keys ...string) string {
	return `<EntityDescriptor xmlns="` + nsMetadata + `" entityID="` + id + `"><IDPSSODescriptor protocolSupportEnumeration="` + nsProtocol + `">` +
		strings.Join(keys, "") + `<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>`
}

func mustParse(t testing.TB, text string) *Metadata {
	t.Helper()
	m, err := ParseMetadata([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// keySums gives the SHA-256 of the certificates of an entity's signing keys.
func keySums(e *Entity) []string {
	out := []string{}
	for _, k := range e.SigningKeys() {
		out = append(out, strings.ToLower(strings.ReplaceAll(k.SHA256, ":", "")))
	}
	return out
}

func damages(e *Entity) (out []string) {
	for _, d := range e.ready().damages {
		out = append(out, d.reason)
	}
	return out
}

func armour(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestCertificateTexts(t *testing.T) {
	a, b := entra(t), okta(t)
	one, two := []string{sum(a)}, []string{sum(a), sum(b)}
	folded := strings.Join(slices.Collect(slices.Values(chunks(pack(a), 64))), "\r\n   ")
	for name, c := range map[string]struct {
		text   string
		keys   []string
		damage string // part of the first damage; empty for none
	}{
		"plain":                 {pack(a), one, ""},
		"folded":                {"\n  " + folded + "\n", one, ""},
		"carriage references":   {strings.ReplaceAll(folded, "\r\n", "&#13;\n"), one, ""},
		"CDATA":                 {"<![CDATA[" + pack(a) + "]]>", one, ""},
		"comment inside":        {pack(a)[:100] + "<!-- -->" + pack(a)[100:], one, ""},
		"PEM armour":            {armour(a), one, "PEM armour"},
		"PEM in one line":       {strings.ReplaceAll(armour(a), "\n", " "), one, "PEM armour"},
		"PEM without an end":    {armour(a)[:strings.Index(armour(a), "-----END")], one, "PEM armour"},
		"PEM of a bundle":       {armour(a) + armour(b), two, "2 certificates in one element"},
		"PEM of a key":          {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", nil, `PEM of another kind ("PRIVATE KEY")`},
		"PEM cut at its head":   {"-----BEGIN CERTIFI", nil, "PEM armour without a certificate"},
		"base64 of PEM":         {pack([]byte(armour(a))), one, "base64 around base64 and PEM armour"},
		"base64 twice":          {pack([]byte(pack(a))), one, "base64 around base64"},
		"base64 thrice":         {pack([]byte(pack([]byte(pack(a))))), nil, "it holds is no DER"},
		"subject line":          {"subject=CN = idp\nissuer=CN = idp\n" + folded, one, "lines of remarks"},
		"comment marks":         {strings.ReplaceAll(folded, "\r\n", "\n# "), one, "comment marks"},
		"written line breaks":   {strings.ReplaceAll(folded, "\r\n   ", `\n`), one, `line breaks written as \n`},
		"seams of literals":     {strings.ReplaceAll(folded, "\r\n   ", "\\n\" +\n  \""), one, "quotes of a program's source"},
		"invisible characters":  {"\ufeff" + pack(a) + "\u200b", one, "invisible characters"},
		"base64url":             {strings.NewReplacer("+", "-", "/", "_").Replace(pack(a)), one, "base64url"},
		"no padding":            {strings.TrimRight(pack(append(slices.Clone(b), make([]byte, 3-len(b)%3+1)...)), "="), []string{sum(b)}, "missing padding and 2 bytes after the certificate"},
		"glued DER":             {pack(slices.Concat(a, b)), two, "2 certificates in one element"},
		"glued base64":          {pack(append(slices.Clone(a), 0)[:len(a)]) + pack(b), two, "2 certificates in one element"},
		"bytes behind":          {pack(append(slices.Clone(a), 0, 0, 0)), one, "3 bytes after the certificate"},
		"truncated":             {pack(a[:len(a)/3*3-60]), nil, "truncated"},
		"truncated base64":      {pack(a)[:1001], nil, "its base64 stops early, after 1001 characters"},
		"second truncated":      {pack(slices.Concat(a, b[:300])), one, "truncated: it has 300 bytes"},
		"no base64":             {"see " + "the attached file!", nil, `it is not base64 (character 19 is "!")`},
		"empty":                 {" \n ", nil, "it is empty"},
		"other DER":             {pack([]byte{0x30, 3, 2, 1, 0}), nil, "no X.509 certificate"},
		"no DER":                {pack([]byte("hello, world")), nil, "no DER"},
		"unknown length":        {pack([]byte{0x30, 0x80, 0, 0}), nil, "truncated"},
		"a lone byte":           {pack([]byte{0x30}), nil, "truncated"},
		"bits after the base64": {pack(a)[:4] + "=" + pack(a)[4:], nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustParse(t, idp(idpID, descriptor("signing", c.text), descriptor("", pack(testCertificate(t, "", samltest.ECKey)))))
			e := m.Entities()[0]
			want := append(slices.Clone(c.keys), sum(testCertificate(t, "", samltest.ECKey)))
			if got := keySums(e); !slices.Equal(got, want) {
				t.Errorf("keys %v, want %v (damages %q)", got, want, damages(e))
			}
			switch got := damages(e); {
			case c.damage == "" && c.keys != nil && len(got) > 0:
				t.Errorf("damages %q, want none", got)
			case c.damage != "" && (len(got) == 0 || !strings.Contains(got[0], c.damage)):
				t.Errorf("damages %q, want %q", got, c.damage)
			case c.keys == nil && len(got) == 0:
				t.Error("no damage is named")
			}
		})
	}
}

func chunks(s string, n int) (out []string) {
	for len(s) > n {
		out, s = append(out, s[:n]), s[n:]
	}
	return append(out, s)
}

// edited gives a certificate with one DER byte string replaced by another of
// the same length; its signature no longer fits, which nobody asks.
func edited(t *testing.T, der []byte, old, new string) []byte {
	t.Helper()
	if strings.Count(string(der), old) == 0 || len(old) != len(new) {
		t.Fatalf("the certificate does not hold % x", old)
	}
	return []byte(strings.Replace(string(der), old, new, 1))
}

// Go's x509 refuses these certificates; their keys are read all the same.
func TestCertificatesThatGoRefuses(t *testing.T) {
	der := entra(t)
	good, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	serial := string(good.SerialNumber.Bytes())
	negative := edited(t, der, serial, "\xff"+serial[1:])
	if _, err := x509.ParseCertificate(negative); err == nil {
		t.Fatal("Go reads the certificate, so that the test proves nothing")
	}
	e := mustParse(t, idp(idpID, descriptor("signing", pack(negative)))).Entities()[0]
	k := e.SigningKeys()
	if len(k) != 1 {
		t.Fatalf("%d keys, want 1: %q", len(k), damages(e))
	}
	if !good.PublicKey.(*rsa.PublicKey).Equal(k[0].Public) {
		t.Error("another key is read")
	}
	if k[0].Subject != good.Subject.String() || !k[0].NotAfter.Equal(good.NotAfter) || !k[0].NotBefore.Equal(good.NotBefore) {
		t.Errorf("read %q %v %v", k[0].Subject, k[0].NotBefore, k[0].NotAfter)
	}
	if e.keys[0].SPKI != sha256.Sum256(good.RawSubjectPublicKeyInfo) {
		t.Error("the fingerprint of the key differs")
	}
	if d := e.damages; len(d) != 1 || d[0].kind != strangeCertificate {
		t.Errorf("damages %+v", d)
	}
}

// selfSigned makes a certificate of a template and a key.
func selfSigned(t testing.TB, template *x509.Certificate, public, private any) []byte {
	t.Helper()
	if template.SerialNumber == nil {
		template.SerialNumber = big.NewInt(7)
	}
	if template.NotAfter.IsZero() {
		template.NotBefore, template.NotAfter = samltest.Instant().AddDate(-1, 0, 0), samltest.Instant().AddDate(1, 0, 0)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func newEC(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestRepeatedExtension(t *testing.T) {
	key := newEC(t)
	ext := pkix.Extension{Id: []int{1, 2, 3, 4}, Value: []byte{4, 0}}
	other := pkix.Extension{Id: []int{1, 2, 3, 5}, Value: []byte{4, 0}}
	der := selfSigned(t, &x509.Certificate{Subject: pkix.Name{CommonName: "idp.example.com"}, ExtraExtensions: []pkix.Extension{ext, other}}, key.Public(), key)
	der = edited(t, der, "\x06\x03\x2a\x03\x05", "\x06\x03\x2a\x03\x04")
	e := mustParse(t, idp(idpID, descriptor("", pack(der)))).Entities()[0]
	if len(e.SigningKeys()) != 1 || len(e.damages) != 1 || e.damages[0].kind != repeatedExtension {
		t.Errorf("keys %v, damages %+v", e.SigningKeys(), e.damages)
	}
}

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

func TestWalk(t *testing.T) {
	der := okta(t)
	want, _ := x509.ParseCertificate(der)
	got, ok := walk(der)
	if !ok || string(got.spki) != string(want.RawSubjectPublicKeyInfo) || got.subject != want.Subject.String() || !got.notAfter.Equal(want.NotAfter) {
		t.Errorf("walked %+v, want %v", got, want.Subject)
	}
	for n := range len(der) {
		if w, ok := walk(der[:n]); ok {
			t.Fatalf("%d of %d bytes are walked: %+v", n, len(der), w)
		}
	}
	if subjectOf([]byte{4, 0}) != "" || !derTime([]byte{4, 0}).IsZero() {
		t.Error("what is no name or time is read as one")
	}
	for _, bad := range []string{"\x30\x00", "\x30\x02\x30\x00", "\x30\x02\x04\x00", "\x30\x0e\x30\x0c\x04\x00\x30\x00\x30\x00\x30\x00\x30\x00\x30\x00", "\x30\x0e\x30\x0c\x02\x00\x30\x00\x30\x00\x30\x00\x30\x00\x04\x00"} {
		if _, ok := walk([]byte(bad)); ok {
			t.Errorf("% x is walked", bad)
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

func group(entities ...string) string {
	return `<EntitiesDescriptor xmlns="` + nsMetadata + `">` + strings.Join(entities, "") + `</EntitiesDescriptor>`
}

func TestChoose(t *testing.T) {
	a, b, c := descriptor("signing", pack(entra(t))), descriptor("signing", pack(okta(t))), descriptor("", pack(testCertificate(t, "", samltest.ECKey)))
	const other, third = "https://other.example.com/", "https://third.example.com/"
	for name, x := range map[string]struct {
		m                 *Metadata
		issuer            string
		keys              int
		mismatch, missing bool
		hints             int
	}{
		"none":                      {nil, idpID, 0, false, false, 0},
		"its own":                   {mustParse(t, idp(idpID, a)), idpID, 1, false, false, 0},
		"lone with another ID":      {mustParse(t, idp(idpID, a)), other, 1, true, false, 0},
		"differs by a slash":        {mustParse(t, idp(idpID, a)), strings.TrimRight(idpID, "/"), 1, true, false, 0},
		"no issuer":                 {mustParse(t, idp(idpID, a)), "", 1, false, false, 0},
		"aggregate, nested":         {mustParse(t, group(idp(idpID, a), group(idp(other, b)))), other, 1, false, false, 1},
		"aggregate without it":      {mustParse(t, group(idp(idpID, a), idp(other, b))), third, 0, false, true, 2},
		"aggregate, no issuer":      {mustParse(t, group(idp(idpID, a), idp(other, b))), "", 0, false, true, 2},
		"two files united":          {JoinMetadata(mustParse(t, idp(idpID, a)), nil, mustParse(t, idp(idpID, b))), idpID, 2, false, false, 0},
		"the same twice":            {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(idpID, a))), idpID, 1, false, false, 0},
		"two files, another ID":     {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(idpID, b))), other, 2, true, false, 0},
		"two files, one fits":       {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(other, b))), other, 1, false, false, 1},
		"two files, none fits":      {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(other, b))), third, 0, false, true, 2},
		"lone certificate":          {mustParse(t, armour(entra(t))), third, 1, false, false, 0},
		"certificate beside others": {JoinMetadata(mustParse(t, armour(entra(t))), mustParse(t, group(idp(idpID, b), idp(other, c)))), idpID, 2, false, false, 1},
		"certificate, none fits":    {JoinMetadata(mustParse(t, armour(entra(t))), mustParse(t, idp(idpID, b))), third, 1, false, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			got := x.m.choose(x.issuer)
			if len(got.keys) != x.keys || got.mismatch != x.mismatch || got.missing != x.missing || len(got.hints) != x.hints {
				t.Errorf("%d keys, mismatch %v, missing %v, %d hints; want %+v", len(got.keys), got.mismatch, got.missing, len(got.hints), x)
			}
		})
	}
	if JoinMetadata() != nil || JoinMetadata(nil) != nil {
		t.Error("nothing is joined to something")
	}
	one := mustParse(t, idp(idpID, a))
	if JoinMetadata(nil, one) != one {
		t.Error("one part is not given back as it is")
	}
	joined := JoinMetadata(JoinMetadata(one, mustParse(t, idp(other, b))), mustParse(t, idp(third, c)))
	one.Source = "one.xml"
	if n := len(joined.Files()); n != 3 || len(joined.Entities()) != 3 || joined.Entities()[0].Source() != "one.xml" {
		t.Errorf("%d files, %d entities", n, len(joined.Entities()))
	}
	if use := joined.Entities()[0].use(); use != (MetadataUse{Source: "one.xml", EntityID: idpID, Keys: 1}) {
		t.Errorf("use %+v", use)
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

func TestUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		reason MetadataReason
		words  []string
	}{
		"empty":                {"", MetadataEmpty, []string{"found nothing", "download"}},
		"blank":                {"\ufeff \r\n", MetadataEmpty, nil},
		"HTML":                 {"<!DOCTYPE html><html><head><title>\n Sign in to\n your account</title>", MetadataHTML, []string{`titled "Sign in to your account"`}},
		"HTML with an error":   {"<!-- x --><HTML><body>AADSTS700016: Application not found", MetadataHTML, []string{"AADSTS700016"}},
		"XHTML":                {"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><title></title>", MetadataHTML, []string{"a web page (HTML);"}},
		"cut comment":          {"<!-- x", MetadataMalformed, nil},
		"cut":                  {idp(idpID)[:150], MetadataMalformed, []string{"stops early"}},
		"not well-formed":      {"<a></b>", MetadataMalformed, []string{"line 1"}},
		"DOCTYPE":              {"<!DOCTYPE x><x/>", MetadataMalformed, []string{"document type declaration"}},
		"Latin-1":              {"<?xml version='1.0' encoding='ISO-8859-1'?><x/>", MetadataMalformed, []string{"UTF-8"}},
		"UTF-16":               {"\xff\xfe<\x00x\x00/\x00>\x00", MetadataMalformed, []string{"UTF-16"}},
		"too deep":             {strings.Repeat("<x>", 65) + strings.Repeat("</x>", 65), MetadataLimit, []string{"limits"}},
		"response":             {`<samlp:Response xmlns:samlp="` + nsProtocol + `"/>`, MetadataOther, []string{"a SAML response", "as the message to check"}},
		"assertion":            {`<Assertion xmlns="` + nsAssertion + `"/>`, MetadataOther, []string{"a SAML assertion"}},
		"request":              {`<AuthnRequest xmlns="` + nsProtocol + `"/>`, MetadataOther, []string{"AuthnRequest"}},
		"base64 of a response": {pack([]byte(`<Response xmlns="` + nsProtocol + `"/>`)), MetadataOther, []string{"a SAML response"}},
		"no namespace":         {`<EntityDescriptor entityID="x"/>`, MetadataOther, []string{`in the namespace ""`}},
		"feed":                 {`<rss/>`, MetadataOther, []string{`root element is "rss"`}},
		"WSDL":                 {`<definitions xmlns="urn:example"/>`, MetadataOther, []string{`of the namespace "urn:example"`}},
		"no entity":            {group(), MetadataNoProvider, []string{"without an EntityDescriptor"}},
		"no role":              {`<EntityDescriptor xmlns="` + nsMetadata + `" entityID="x"/>`, MetadataNoProvider, []string{"without an IDPSSODescriptor"}},
		"no ID":                {strings.Replace(idp(idpID), `entityID="`+idpID+`"`, "", 1), MetadataNoProvider, []string{"without an entityID"}},
		"service provider":     {strings.ReplaceAll(idp(idpID), "IDPSSODescriptor", "SPSSODescriptor"), MetadataServiceOnly, []string{"identity provider that signs"}},
		"JSON list":            {`{"SAMLProviderList":[]}`, MetadataJSON, []string{"list-saml-providers"}},
		"JSON without":         {`{"SAMLProviderUUID":"x"}`, MetadataJSON, []string{"SAMLMetadataDocument"}},
		"JSON cut":             {`{"SAML`, MetadataJSON, nil},
		"JSON of HTML":         {`{"SAMLMetadataDocument":"<html>"}`, MetadataHTML, []string{"JSON whose SAMLMetadataDocument is a web page"}},
		"JSON in JSON":         {`{"SAMLMetadataDocument":"{\"SAMLMetadataDocument\":\"x\"}"}`, MetadataJSON, nil},
		"JWT":                  {"eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", MetadataNotXML, []string{"JSON Web Token"}},
		"text":                 {"metadata: see https://idp.example.com", MetadataNotXML, []string{`beginning with "metadata: se";`}},
		"short text":           {"hi!", MetadataNotXML, []string{`"hi!"`}},
		"binary":               {"\x00\x01\xff\xfe", MetadataNotXML, []string{"binary"}},
		"zeros":                {"\x00\x00", MetadataNotXML, []string{"binary"}},
		"broken PEM":           {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", MetadataCertificate, []string{"no certificate can be read"}},
		"odd certificate":      {armour([]byte{0x30, 3, 2, 1, 0}), MetadataCertificate, []string{"no X.509 certificate"}},
		"private key":          {"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", MetadataCertificate, []string{"a private key without a certificate"}},
		"public key":           {"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", MetadataCertificate, []string{"without a CERTIFICATE block"}},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := ParseMetadata([]byte(c.text))
			var e *MetadataError
			if m != nil || !errors.As(err, &e) || e.Reason != c.reason {
				t.Fatalf("got %v, %v, want reason %q", m, err, c.reason)
			}
			for _, w := range append(c.words, "federation metadata is expected, found ") {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
			if (e.Reason == MetadataLimit || e.Reason == MetadataMalformed && name != "UTF-16") && errors.Unwrap(err) == nil {
				t.Error("the scanner's error is lost")
			}
		})
	}
}

func TestForms(t *testing.T) {
	xml := idp(idpID, descriptor("signing", pack(entra(t))))
	quoted := strings.ReplaceAll(strings.ReplaceAll(xml, `"`, `\"`), "/", `\/`)
	json := `{"SAMLMetadataDocument":"` + quoted + `","SAMLProviderUUID":"U","AssertionEncryptionMode":"Required","PrivateKeyList":[{"KeyId":"SAMLPKEXAMPLE","Timestamp":1.0}]}`
	wide := []byte{0xff, 0xfe}
	big := []byte{0xfe, 0xff}
	for _, c := range []byte(json) {
		wide, big = append(wide, c, 0), append(big, 0, c)
	}
	chain := "Bag Attributes\n    friendlyName: idp\nsubject=CN=x\n" + armour(entra(t)) + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + armour(okta(t))
	for name, c := range map[string]struct {
		text string
		id   string
		keys int
	}{
		"XML":                   {xml, idpID, 1},
		"BOM":                   {"\ufeff" + xml, idpID, 1},
		"blanks before":         {"\n\n  <?xml version='1.0'?>" + xml, idpID, 1},
		"browser's view":        {browserNote + " associated with it.\n" + xml, idpID, 1},
		"base64 of XML":         {pack([]byte(xml)), idpID, 1},
		"JSON":                  {json, idpID, 1},
		"JSON in UTF-16":        {string(wide), idpID, 1},
		"JSON in UTF-16, big":   {string(big), idpID, 1},
		"JSON string":           {`"` + quoted + `"`, idpID, 1},
		"PEM":                   {armour(entra(t)), "", 1},
		"PEM with more":         {chain, "", 2},
		"PEM of CRLF":           {strings.ReplaceAll(armour(entra(t)), "\n", "\r\n"), "", 1},
		"DER":                   {string(entra(t)), "", 1},
		"bare base64":           {pack(entra(t)), "", 1},
		"one bad beside a good": {armour([]byte{0x30, 3, 2, 1, 0}) + armour(entra(t)), "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustParse(t, c.text)
			e := m.Entities()
			if len(e) != 1 || e[0].ID != c.id || e[0].Lone() != (c.id == "") || len(e[0].SigningKeys()) != c.keys || keySums(e[0])[0] != sum(entra(t)) {
				t.Errorf("got %+v", e)
			}
			if p := m.Provider(); strings.HasPrefix(name, "JSON") && name != "JSON string" {
				if p == nil || *p != (Provider{UUID: "U", EncryptionMode: "Required", PrivateKeys: 1, HasPrivateKeys: true}) {
					t.Errorf("provider %+v", p)
				}
			} else if p != nil {
				t.Errorf("provider %+v, want none", p)
			}
		})
	}
	if (*Metadata)(nil).Provider() != nil || (*Metadata)(nil).Entities() != nil {
		t.Error("no metadata says something")
	}
}

func TestShown(t *testing.T) {
	c, _ := samltest.CurrentKey.Certificate(samltest.Keycloak)
	text := strings.Replace(idp(idpID, descriptor("signing", pack(c.Raw)), descriptor("", pack(testCertificate(t, "", samltest.ECKey)))), `<SingleSign`,
		`<Extensions xmlns:ui="`+nsMetadataUI+`"><ui:UIInfo><ui:DisplayName xml:lang="en"> Example IdP </ui:DisplayName></ui:UIInfo></Extensions>`+
			`<SingleLogoutService Binding="b" Location="https://idp.example.com/slo" ResponseLocation="https://idp.example.com/r"/><NameIDFormat> f </NameIDFormat><SingleSign`, 1)
	text = strings.Replace(text, `</IDPSSODescriptor>`, `</IDPSSODescriptor><Organization><OrganizationDisplayName>Example IdP</OrganizationDisplayName><OrganizationDisplayName>Example Ltd</OrganizationDisplayName></Organization>`, 1)
	text = strings.Replace(group(text), `<EntitiesDescriptor`, `<EntitiesDescriptor validUntil="2026-09-12T00:00:00Z"`, 1)
	e := mustParse(t, strings.Replace(text, "<EntityDescriptor", `<EntityDescriptor validUntil="2027-01-01T00:00:00Z"`, 1)).Entities()[0]
	if want := time.Date(2026, 9, 12, 0, 0, 0, 0, time.UTC); !e.ValidUntil.Equal(want) {
		t.Errorf("valid until %v, want the group's %v", e.ValidUntil, want)
	}
	want := []Endpoint{{"SingleLogoutService", "b", "https://idp.example.com/slo", "https://idp.example.com/r"}, {"SingleSignOnService", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "https://idp.example.com/sso", ""}}
	if got := e.Endpoints(); !slices.Equal(got, want) {
		t.Errorf("endpoints %+v", got)
	}
	if got := e.Names(); !slices.Equal(got, []string{"Example IdP", "Example Ltd"}) {
		t.Errorf("names %q", got)
	}
	if got := e.NameIDFormats(); !slices.Equal(got, []string{"f"}) {
		t.Errorf("formats %q", got)
	}
	k := e.SigningKeys()
	if k[0].Algorithm != "RSA" || k[0].Bits != 2048 || k[0].Use != "signing" || k[0].Subject != c.Subject.String() || k[1].Algorithm != "ECDSA" || k[1].Bits != 256 || k[1].Use != "" {
		t.Errorf("keys %+v", k)
	}
	if days, ok := k[0].DaysLeft(c.NotAfter.Add(-36 * time.Hour)); days != 1 || !ok {
		t.Errorf("%d days left, want 1", days)
	}
	if days, _ := k[0].DaysLeft(c.NotAfter.Add(time.Hour)); days != -1 {
		t.Errorf("%d days left, want -1", days)
	}
	if _, ok := (SigningKey{}).DaysLeft(time.Now()); ok {
		t.Error("a bare key has days left")
	}
}

func TestEntityDescriptor(t *testing.T) {
	text := strings.Replace(idp(idpID, descriptor("signing", "garbage"), descriptor("signing", armour(entra(t)))), `<SingleSign`,
		`<ArtifactResolutionService index="3" Binding="b" Location="urn:odd"/><SingleLogoutService Binding="b" Location="l"/><ManageNameIDService Binding="b" Location="l"/>`+
			`<NameIDFormat>f</NameIDFormat><NameIDMappingService Binding="b" Location="l"/><AssertionIDRequestService Binding="b" Location="l"/><SingleSignOnService Binding="b"/><x:y xmlns:x="urn:x"/><SingleSign`, 1)
	text = strings.Replace(text, "<IDPSSODescriptor", `<IDPSSODescriptor cacheDuration="soon" WantAuthnRequestsSigned="true"`, 1)
	got, err := mustParse(t, text).EntityDescriptor("")
	if err != nil {
		t.Fatal(err)
	}
	role := got.IDPSSODescriptors[0]
	if got.EntityID != idpID || len(role.KeyDescriptors) != 1 || role.KeyDescriptors[0].KeyInfo.X509Data.X509Certificates[0].Data != pack(entra(t)) {
		t.Errorf("got %+v", got)
	}
	if len(role.SingleSignOnServices) != 1 || role.SSODescriptor.ArtifactResolutionServices[0].Index != 3 || len(role.SingleLogoutServices) != 1 ||
		len(role.ManageNameIDServices) != 1 || len(role.NameIDMappingServices) != 1 || len(role.AssertionIDRequestServices) != 1 || role.NameIDFormats[0] != "f" || !*role.WantAuthnRequestsSigned {
		t.Errorf("role %+v", role)
	}
	two := mustParse(t, group(idp(idpID), idp("https://other.example.com/")))
	if got, err := two.EntityDescriptor("https://other.example.com/"); err != nil || got.EntityID != "https://other.example.com/" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, c := range []struct {
		m  *Metadata
		id string
	}{{nil, ""}, {two, ""}, {two, "x"}, {mustParse(t, armour(entra(t))), ""}} {
		if got, err := c.m.EntityDescriptor(c.id); err == nil {
			t.Errorf("%q gives %+v", c.id, got)
		}
	}
}

func TestNearest(t *testing.T) {
	m := mustParse(t, group(idp("https://sts.example.com/a/"), idp("https://sts.example.com/b/"), idp("https://sts.example.com/abcd/"), idp("http://STS.example.com/a"),
		idp("urn:elsewhere:entirely"), idp("https://sts.example.com/a/"), idp("https://"+strings.Repeat("long.", 40))))
	if got, want := m.nearest("https://sts.example.com/a"), []string{"https://sts.example.com/a/", "http://STS.example.com/a", "https://sts.example.com/b/"}; !slices.Equal(got, want) {
		t.Errorf("nearest %q, want %q", got, want)
	}
	if got := m.nearest("urn:nothing:like:it:at:all"); len(got) > 1 {
		t.Errorf("nearest %q", got)
	}
	if got := m.nearest(strings.Repeat("x", 1000)); got != nil {
		t.Errorf("nearest %q", got)
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"aaaaaaaa", "bbbbbbbb", 4}} {
		if got := distance(c.a, c.b, 3); got != c.want {
			t.Errorf("distance of %q and %q is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// xmlsigKeys makes keys that differ in their fingerprint only.
type xmlsigKeys struct{}

func (xmlsigKeys) next(i int) xmlsig.Key {
	return xmlsig.Key{Public: &rsa.PublicKey{N: big.NewInt(1), E: 65537}, SPKI: sha256.Sum256([]byte{byte(i), byte(i >> 8)})}
}
