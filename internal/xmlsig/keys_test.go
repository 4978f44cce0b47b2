package xmlsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"slices"
	"strings"
	"testing"
)

func examineOne(t testing.TB, xml string, keys []Key, o Options) *Signature {
	t.Helper()
	got := Examine(parseTest(t, xml), keys, o)
	if len(got) != 1 {
		t.Fatalf("%d Signatures, want 1", len(got))
	}
	return got[0]
}

// The forms of RSA-PSS; xmlsec1 1.2.37 has none, so the outside witness is Go's
// own crypto/rsa, called here with the salt that the specification says.
func TestRSAPSS(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	digest := func(h string) string { return `<DigestMethod xmlns="` + Space + `" Algorithm="` + h + `"/>` }
	params := func(inner string) string {
		return `<pss:RSAPSSParams xmlns:pss="` + space2007 + `">` + inner + `</pss:RSAPSSParams>`
	}
	mask := func(inner string) string {
		return `<pss:MaskGenerationFunction Algorithm="` + mgf1 + `">` + inner + `</pss:MaskGenerationFunction>`
	}
	sha384 := spaceMore + "sha384"
	for _, c := range []struct {
		method, params string
		hash           crypto.Hash
		salt           int
		unsupported    string
	}{
		{method: "sha1-rsa-MGF1", hash: crypto.SHA1, salt: 20},
		{method: "sha224-rsa-MGF1", hash: crypto.SHA224, salt: 28},
		{method: "sha256-rsa-MGF1", hash: crypto.SHA256, salt: 32},
		{method: "sha384-rsa-MGF1", hash: crypto.SHA384, salt: 48},
		{method: "sha512-rsa-MGF1", hash: crypto.SHA512, salt: 64},
		{method: "rsa-pss", hash: crypto.SHA256, salt: 32},
		{method: "rsa-pss", params: params(""), hash: crypto.SHA256, salt: 32},
		{method: "rsa-pss", params: params(digest(sha384) + mask(digest(sha384))), hash: crypto.SHA384, salt: 48},
		{method: "rsa-pss", params: params(digest(sha384) + mask(digest(sha384)) + `<pss:SaltLength>20</pss:SaltLength><pss:TrailerField>1</pss:TrailerField>`), hash: crypto.SHA384, salt: 20},
		{method: "rsa-pss", params: params(digest(sha384)), unsupported: "one hash for the message and another for the mask"},
		{method: "rsa-pss", params: params(digest("urn:x")), unsupported: "not supported"},
		{method: "rsa-pss", params: params(mask(digest("urn:x"))), unsupported: "not supported"},
		{method: "rsa-pss", params: params(strings.ReplaceAll(mask(""), mgf1, "urn:x")), unsupported: "mask generation function"},
		{method: "rsa-pss", params: params(`<pss:SaltLength>0</pss:SaltLength>`), unsupported: "salt length"},
		{method: "rsa-pss", params: params(`<pss:SaltLength>-1</pss:SaltLength>`), unsupported: "salt length"},
		{method: "rsa-pss", params: params(`<pss:TrailerField>2</pss:TrailerField>`), unsupported: "trailer field"},
	} {
		o := id.options()
		o.SignatureMethod, o.SignatureParams = space2007+c.method, c.params
		xml, err := Sign([]byte(message), "_a", o)
		if c.unsupported != "" {
			if err == nil || !strings.Contains(err.Error(), c.unsupported) {
				t.Errorf("%s %s: error %v", c.method, c.params, err)
			}
			plain := signTest(t, message, "_a", id.options())
			s := examineOne(t, rewrite(t, plain, `Algorithm="`+spaceMore+`rsa-sha256">`, `Algorithm="`+space2007+`rsa-pss">`+c.params), []Key{id.key}, Options{})
			if s.State != Unsupported || !slices.Contains(codes(s, false), "algorithm-unsupported") || !strings.Contains(s.Reason, c.unsupported) {
				t.Errorf("%s: %s %s %v", c.params, s.State, s.Reason, codes(s, false))
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		s := examineOne(t, string(xml), []Key{id.key}, Options{})
		if s.Verified == nil || s.Witness != CannotJudge || !strings.Contains(s.WitnessReason, "RSA-PSS") {
			t.Errorf("%s %s: %s", c.method, c.params, s.Explanation)
		}
		octets, err := Canonicalize(nil, s.SignedInfo, s.Element, ExclusiveC14N, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := rsa.VerifyPSS(&rsaSigner().PublicKey, c.hash, sum(c.hash, octets), s.Value, &rsa.PSSOptions{SaltLength: c.salt}); err != nil {
			t.Errorf("%s %s: %v", c.method, c.params, err)
		}
	}
}

func TestRefusedKeys(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	huge := new(big.Int).Lsh(big.NewInt(1), maxModulusBits)
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		public crypto.PublicKey
		want   string
	}{
		{&small.PublicKey, ""},
		{&ecSigner(t, elliptic.P256()).PublicKey, ""},
		{&rsa.PublicKey{N: new(big.Int).Rsh(small.N, 1), E: 65537}, "1023 bits"},
		{&rsa.PublicKey{N: huge, E: 65537}, "16385 bits"},
		{&rsa.PublicKey{N: small.N, E: 1}, "exponent of 1"},
		{struct{}{}, "struct {}"},
		{edwards.Public(), "ed25519"},
		{nil, "<nil>"},
	} {
		if got := Refusal(c.public); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%T: %q, want %q", c.public, got, c.want)
		}
	}
	if _, err := NewPublicKey(struct{}{}); err == nil {
		t.Error("a Key is made of nothing")
	}
}

// K12: with an exponent of 1 the value is the padding itself, so that anybody
// can make it; neither Key.Refused nor the guard lets it verify.
func TestExponentOneNeverVerifies(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	for _, refused := range []string{"", "for another reason"} {
		key := Key{Public: &rsa.PublicKey{N: rsaSigner().N, E: 1}, Refused: refused}
		xml := signTest(t, message, "_a", id.options())
		s := examineOne(t, xml, []Key{key}, Options{})
		if s.State != Unknown || s.Valid || s.Verified != nil || s.Foreign == nil {
			t.Errorf("state %s, valid %v, foreign %v", s.State, s.Valid, s.Foreign)
		}
	}
	sound := id.key
	sound.Refused = "refused by the caller"
	if s := examineOne(t, signTest(t, message, "_a", id.options()), []Key{sound}, Options{}); s.Valid || s.State != Unknown || !strings.Contains(s.Reason, "refused by the caller") {
		t.Errorf("a refused key: %s %s", s.State, s.Reason)
	}
}

// K1, K2, K5: only given keys count, and each of them is tried.
func TestKeys(t *testing.T) {
	mine, other := newIdentity(t, rsaSigner()), newIdentity(t, otherSigner())
	ec := newIdentity(t, ecSigner(t, elliptic.P256()))
	xml := signTest(t, message, "_a", mine.options())
	bare := signTest(t, message, "_a", SignOptions{Key: mine.signer, KeyInfo: StyleNone})
	value := signTest(t, message, "_a", SignOptions{Key: mine.signer, KeyInfo: StyleValue})
	ecValue := signTest(t, message, "_a", SignOptions{Key: ec.signer, KeyInfo: StyleValue, Prefix: "ds"})
	hint := Options{Hints: []Hint{{Key: other.key, From: "another"}, {Key: mine.key, From: "an encryption key of the metadata"}}}
	for _, c := range []struct {
		name, xml string
		keys      []Key
		options   Options
		state     State
		from      string // of the foreign key
		says      string
	}{
		{"the key", xml, []Key{mine.key}, Options{}, Holds, "", "SignedInfo is authentic"},
		{"K5 the second key", xml, []Key{other.key, ec.key, mine.key}, Options{}, Holds, "", "CN=idp.example.com"},
		{"K5 the second key, no KeyInfo", bare, []Key{other.key, mine.key}, Options{}, Holds, "", "authentic"},
		{"K1, K2 a key in KeyInfo with the subject of the trusted one", xml, []Key{other.key}, Options{}, Broken, "the KeyInfo certificate", "proves nothing"},
		{"K1 an RSA key value", value, []Key{other.key}, Options{}, Broken, "the KeyInfo key value", "SubjectPublicKeyInfo has SHA-256"},
		{"K1 an EC key value", ecValue, []Key{other.key}, Options{}, Broken, "the KeyInfo key value", "proves nothing"},
		{"no keys", xml, nil, Options{}, Unknown, "the KeyInfo certificate", "no key is given"},
		{"no keys, no KeyInfo", bare, nil, Options{}, Unknown, "", "no key is given"},
		{"a hint", bare, []Key{other.key}, hint, Broken, "an encryption key of the metadata", "proves nothing"},
		{"a hint that KeyInfo shows too", xml, []Key{other.key}, hint, Broken, "an encryption key of the metadata", "proves nothing"},
		{"nothing verifies", bare, []Key{other.key}, Options{}, Broken, "", "no given key verifies"},
		{"no key of the kind", bare, []Key{ec.key}, Options{}, Broken, "", "none of the keys is of the kind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := examineOne(t, c.xml, c.keys, c.options)
			if s.State != c.state || s.Valid != (c.state == Holds) || !strings.Contains(s.Explanation, c.says) {
				t.Errorf("%s: %s", s.State, s.Explanation)
			}
			if s.References[0].State != Holds {
				t.Errorf("reference: %s", s.References[0].Reason)
			}
			if (s.Foreign != nil) != (c.from != "") || s.Foreign != nil && s.Foreign.From != c.from {
				t.Errorf("foreign %+v, want %q", s.Foreign, c.from)
			}
			if c.state != Holds && (s.Verified != nil || s.Witness != NotAsked) {
				t.Errorf("verified %v, witness %s", s.Verified, s.Witness)
			}
		})
	}
}

// Key values that cannot be read are remarks, never errors.
func TestBadKeyValues(t *testing.T) {
	id, ec := newIdentity(t, rsaSigner()), newIdentity(t, ecSigner(t, elliptic.P521()))
	value := signTest(t, message, "_a", SignOptions{Key: id.signer, KeyInfo: StyleValue})
	ecValue := signTest(t, message, "_a", SignOptions{Key: ec.signer, KeyInfo: StyleValue})
	modulus := cut(t, value, "<Modulus>", "</Modulus>")
	exponent := cut(t, value, "<Exponent>", "</Exponent>")
	huge := base64.StdEncoding.EncodeToString(make([]byte, maxModulusBits/8+2))
	for _, xml := range []string{
		rewrite(t, value, modulus, "<Modulus>*</Modulus>"),
		rewrite(t, value, modulus, "<Modulus/>"),
		rewrite(t, value, modulus, "<Modulus>"+huge+"</Modulus>"),
		rewrite(t, value, exponent, "<Exponent>*</Exponent>"),
		rewrite(t, value, exponent, "<Exponent>AA==</Exponent>"),
		rewrite(t, ecValue, "1.3.132.0.35", "1.3.132.0.10"),
		rewrite(t, ecValue, "1.3.132.0.35", "1.2.840.10045.3.1.7"),
		rewrite(t, ecValue, "<dsig11:PublicKey>", "<dsig11:PublicKey>*"),
	} {
		s := examineOne(t, xml, []Key{id.key, ec.key}, Options{})
		if s.Verified == nil || s.KeyInfo.KeyValue != nil || !slices.Contains(codes(s, true), "keyinfo-malformed") {
			t.Errorf("%v %v %v", s.Verified != nil, s.KeyInfo.KeyValue, codes(s, true))
		}
	}
	for _, c := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384()} {
		id := newIdentity(t, ecSigner(t, c))
		s := examineOne(t, signTest(t, message, "_a", SignOptions{Key: id.signer, KeyInfo: StyleValue}), []Key{id.key}, Options{})
		if got, ok := s.KeyInfo.KeyValue.(*ecdsa.PublicKey); !ok || !got.Equal(id.signer.Public()) {
			t.Errorf("%s: key value %v", c.Params().Name, s.KeyInfo.KeyValue)
		}
	}
	names := examineOne(t, signTest(t, message, "_a", SignOptions{Key: id.signer, KeyInfo: StyleName}), []Key{id.key}, Options{})
	if !slices.Equal(names.KeyInfo.KeyNames, []string{"signing key"}) {
		t.Errorf("key names %q", names.KeyInfo.KeyNames)
	}
}

// K14 and what else can be wrong with a SignatureValue.
func TestExplanationOfSignatureValue(t *testing.T) {
	mine, ec := newIdentity(t, rsaSigner()), newIdentity(t, ecSigner(t, elliptic.P256()))
	xml := signTest(t, message, "_a", mine.options())
	ecXML := signTest(t, message, "_a", SignOptions{Key: ec.signer})
	replace := func(xml string, value []byte) string {
		return rewrite(t, xml, cut(t, xml, "<SignatureValue>", "</SignatureValue>"), "<SignatureValue>"+base64.StdEncoding.EncodeToString(value)+"</SignatureValue>")
	}
	of := examineOne(t, ecXML, []Key{ec.key}, Options{})
	der, err := ec.signer.Sign(rand.Reader, of.hashed, crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	value := examineOne(t, xml, []Key{mine.key}, Options{}).Value
	indented := xml
	for _, part := range []string{"<SignatureMethod", "<Reference", "<DigestMethod", "<DigestValue", "</SignedInfo"} {
		indented = rewrite(t, indented, part, "\n  "+part)
	}
	for _, c := range []struct {
		name, xml string
		key       Key
		says      string
	}{
		{"K14 ASN.1", replace(ecXML, der), ec.key, "ASN.1"},
		{"K14 zeros", replace(ecXML, make([]byte, 64)), ec.key, "no given key verifies"},
		{"K14 too long", replace(ecXML, append([]byte{0}, of.Value...)), ec.key, "65 bytes, where the key makes 64"},
		{"truncated", replace(xml, value[:200]), mine.key, "200 bytes, where the key makes 256, so it is truncated"},
		{"of a larger key", replace(xml, make([]byte, 512)), mine.key, "512 bytes, where the key makes 256, so it is made by a larger"},
		{"empty", replace(xml, nil), mine.key, "0 bytes"},
		{"no base64", rewrite(t, xml, "<SignatureValue>", "<SignatureValue>!"), mine.key, "no base64"},
		{"SignedInfo re-indented", indented, mine.key, "re-indented"},
		{"another SignedInfo", rewrite(t, xml, `URI="#_a"`, `URI="#_a" Type="urn:x"`), mine.key, "no given key verifies"},
		{"content changed", rewrite(t, xml, "alice", "mallory"), mine.key, "digest expected"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := examineOne(t, c.xml, []Key{c.key}, Options{})
			if s.Valid || s.Verified != nil || !strings.Contains(s.Explanation, c.says) {
				t.Errorf("valid %v: %s", s.Valid, s.Explanation)
			}
		})
	}
}
