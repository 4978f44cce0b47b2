package saml

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

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
