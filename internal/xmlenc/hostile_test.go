package xmlenc

import (
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

// made puts an encrypted part together from octets and markup of any kind.
type made struct {
	wrapper   string // content of the wrapper, %s for EncryptedData
	algorithm string
	data      string // content of EncryptedData behind KeyInfo
	keys      string // content of KeyInfo
}

func (m made) text() string {
	if m.wrapper == "" {
		m.wrapper = "%s"
	}
	if m.algorithm == "" {
		m.algorithm = `<x:EncryptionMethod Algorithm="` + AES128CBC + `"/>`
	}
	data := fmt.Sprintf(`<x:EncryptedData Id="_data">%s<ds:KeyInfo>%s</ds:KeyInfo>%s</x:EncryptedData>`, m.algorithm, m.keys, m.data)
	return fmt.Sprintf(`<saml:EncryptedAssertion xmlns:saml="%s" xmlns:x="%s" xmlns:xe="%s" xmlns:ds="%s">`, saml, Space, Space11, spaceSignature) +
		strings.ReplaceAll(m.wrapper, "%s", data) + `</saml:EncryptedAssertion>`
}

// value gives CipherData of n octets.
func value(n int) string {
	return "<x:CipherData><x:CipherValue>" + base64.StdEncoding.EncodeToString(make([]byte, n)) + "</x:CipherValue></x:CipherData>"
}

func methodOf(algorithm string) string { return `<x:EncryptionMethod Algorithm="` + algorithm + `"/>` }

// keyFor gives an EncryptedKey of 2048 bits.
func keyFor(transport string) string { return keyOf(methodOf(transport), value(256)) }

func keyOf(method, data string) string {
	return "<x:EncryptedKey>" + method + data + "</x:EncryptedKey>"
}

type malformedCase struct {
	name string
	m    made
	want string
}

func malformedData() []malformedCase {
	good := keyFor(RSA15)
	return []malformedCase{
		{"no EncryptedData", made{wrapper: "<!-- -->"}, "EncryptedAssertion holds no EncryptedData"},
		{"two EncryptedData", made{wrapper: "%s%s", keys: good, data: value(32)}, "more than one EncryptedData"},
		{"a stranger", made{wrapper: "%s<saml:Assertion/>", keys: good, data: value(32)}, `found "saml:Assertion"`},
		{"no algorithm", made{algorithm: "<!-- -->", keys: good, data: value(32)}, "names no Algorithm"},
		{"two algorithms", made{algorithm: methodOf(AES128CBC) + methodOf(AES256CBC), keys: good, data: value(32)}, "more than one EncryptionMethod"},
		{"no CipherData", made{keys: good}, "EncryptedData holds no CipherData"},
		{"no CipherValue", made{keys: good, data: "<x:CipherData/>"}, "CipherData holds no CipherValue"},
		{"two CipherValues", made{keys: good, data: "<x:CipherData><x:CipherValue>AA==</x:CipherValue><x:CipherValue>AA==</x:CipherValue></x:CipherData>"}, "more than one CipherValue"},
		{"CipherReference", made{keys: good, data: `<x:CipherData><x:CipherReference URI="http://169.254.169.254/"/></x:CipherData>`}, `"http://169.254.169.254/", which is never fetched`},
		{"CipherReference of the key", made{keys: keyOf(methodOf(RSA15), `<x:CipherData><x:CipherReference URI="file:///etc/passwd"/></x:CipherData>`), data: value(32)}, "never fetched"},
		{"not base64", made{keys: good, data: "<x:CipherData><x:CipherValue>AA=</x:CipherValue></x:CipherData>"}, "is expected to be base64"},
		{"loose base64", made{keys: good, data: "<x:CipherData><x:CipherValue>AB==</x:CipherValue></x:CipherData>"}, "is expected to be base64"},
		{"comment in base64", made{keys: good, data: "<x:CipherData><x:CipherValue>AA<!-- -->==</x:CipherValue></x:CipherData>"}, "found markup in it"},
		{"element in base64", made{keys: good, data: "<x:CipherData><x:CipherValue>AA<x:y/>==</x:CipherValue></x:CipherData>"}, "found markup in it"},
		{"CBC of 0", made{keys: good, data: "<x:CipherData><x:CipherValue> </x:CipherValue></x:CipherData>"}, "is empty"},
		{"CBC of 5", made{keys: good, data: value(5)}, "found 5 octets"},
		{"CBC of the vector alone", made{keys: good, data: value(16)}, "found 16 octets"},
		{"CBC of 37", made{keys: good, data: value(37)}, "whole blocks of 16 octets, at least one, found 37 octets"},
		{"3DES of 8", made{algorithm: methodOf(TripleDESCBC), keys: good, data: value(8)}, "whole blocks of 8 octets, at least one, found 8 octets"},
		{"GCM of 27", made{algorithm: methodOf(AES256GCM), keys: good, data: value(27)}, "at least 28 octets"},
	}
}

func malformedKeys() []malformedCase {
	good := keyFor(RSA15)
	return []malformedCase{
		{"no EncryptedKey", made{data: value(32)}, "there is no EncryptedKey"},
		{"key of 5", made{keys: keyOf(methodOf(RSA15), value(5)), data: value(32)}, "the modulus of an RSA key, found 5 octets"},
		{"key of 4096 octets", made{keys: keyOf(methodOf(RSA15), value(4096)), data: value(32)}, "found 4096 octets"},
		{"17 keys", made{keys: strings.Repeat(good, 17), data: value(32)}, "at most 16 EncryptedKeys are expected, found 17"},
		{"nested key", made{keys: keyOf(methodOf(RSA15), "<ds:KeyInfo>"+good+"</ds:KeyInfo>"+value(256)), data: value(32)}, "an EncryptedKey stands inside an EncryptedKey"},
		{"two digests", made{keys: keyOf(`<x:EncryptionMethod Algorithm="`+RSAOAEP+`"><ds:DigestMethod Algorithm="a"/><ds:DigestMethod Algorithm="b"/></x:EncryptionMethod>`, value(256)), data: value(32)}, "more than one DigestMethod"},
		{"digest without name", made{keys: keyOf(`<x:EncryptionMethod Algorithm="`+RSAOAEP+`"><ds:DigestMethod/></x:EncryptionMethod>`, value(256)), data: value(32)}, "the DigestMethod of an EncryptedKey names no Algorithm"},
		{"OAEPparams", made{keys: keyOf(`<x:EncryptionMethod Algorithm="`+RSAOAEP+`"><x:OAEPparams>?</x:OAEPparams></x:EncryptionMethod>`, value(256)), data: value(32)}, "OAEPparams is expected to be base64"},
		{"same Id", made{keys: good + `<x:y Id="_data"/>`, data: value(32)}, `two elements have the Id "_data"`},
		{"key elsewhere", made{keys: `<ds:RetrievalMethod URI="https://example.com/key"/>` + good, data: value(32)}, `"https://example.com/key", which is never fetched`},
		{"key nowhere", made{keys: `<ds:RetrievalMethod URI="#_none"/>` + good, data: value(32)}, `no EncryptedKey in the encrypted part has that Id`},
		{"key is the data", made{keys: `<ds:RetrievalMethod URI="#_data"/>` + good, data: value(32)}, `no EncryptedKey in the encrypted part has that Id`},
		{"transformed key", made{keys: `<ds:RetrievalMethod URI="#_k"><ds:Transforms/></ds:RetrievalMethod>` + strings.Replace(good, "EncryptedKey", `EncryptedKey Id="_k"`, 1), data: value(32)}, "found Transforms in it"},
		{"two KeyInfos", made{keys: good + "</ds:KeyInfo><ds:KeyInfo>", data: value(32)}, "more than one KeyInfo"},
	}
}

// Every form that is wrong is told without a key, and no key is used on it.
func TestMalformed(t *testing.T) {
	for _, c := range slices.Concat(malformedData(), malformedKeys()) {
		p := Read(parse(t, c.m.text()))
		if !strings.Contains(p.Fault, c.want) {
			t.Errorf("%s: expected a fault with %q, found %q", c.name, c.want, p.Fault)
		}
		var malformed *MalformedError
		if _, err := p.Decrypt([]*rsa.PrivateKey{key()}); !errors.As(err, &malformed) || malformed.Why != p.Fault {
			t.Errorf("%s: expected the fault as error, found %v", c.name, err)
		}
	}
}

func TestUnsupported(t *testing.T) {
	oaep := func(inside string) string {
		return keyOf(`<x:EncryptionMethod Algorithm="`+RSAOAEP+`">`+inside+`</x:EncryptionMethod>`, value(256))
	}
	for _, c := range []struct {
		m    made
		want string
	}{
		{made{algorithm: methodOf(Space + "des-cbc"), keys: keyFor(RSA15), data: value(5)}, `the encryption algorithm "http://www.w3.org/2001/04/xmlenc#des-cbc"`},
		{made{keys: keyOf(methodOf(Space+"kw-aes256"), value(40)), data: value(32)}, `the symmetric key wrap "http://www.w3.org/2001/04/xmlenc#kw-aes256"`},
		{made{keys: keyOf(methodOf("urn:x"), value(40)), data: value(32)}, `the key transport "urn:x"`},
		{made{keys: keyOf("", value(40)), data: value(32)}, "an EncryptedKey that names no algorithm"},
		{made{keys: oaep(`<ds:DigestMethod Algorithm="` + spaceMore + `md5"/>`), data: value(32)}, `RSA-OAEP with the digest "http://www.w3.org/2001/04/xmldsig-more#md5"`},
		{made{keys: oaep(`<xe:MGF Algorithm="urn:mgf"/>`), data: value(32)}, `RSA-OAEP with the mask generation function "urn:mgf"`},
		{made{keys: `<x:AgreementMethod Algorithm="` + Space11 + `ECDH-ES"/>`, data: value(32)}, `key agreement with "http://www.w3.org/2009/xmlenc11#ECDH-ES"`},
		{made{keys: keyOf(methodOf("urn:x"), value(40)) + keyFor(RSA15), data: value(32)}, ""}, // one recipient is enough
	} {
		p := Read(parse(t, c.m.text()))
		if p.Fault != "" || p.Unsupported() != c.want {
			t.Errorf("expected %q, found %q (fault %q)", c.want, p.Unsupported(), p.Fault)
		}
		var unsupported *UnsupportedError
		if _, err := p.Decrypt([]*rsa.PrivateKey{key()}); errors.As(err, &unsupported) != (c.want != "") {
			t.Errorf("%q: found %v", c.want, err)
		}
	}
}

// What a cipher decides gives one error with one text, whichever step it was.
func TestOneErrorForEveryCipher(t *testing.T) {
	for _, a := range dataAlgorithms() {
		for _, transport := range []string{RSAOAEPMGF1P, RSAOAEP, RSA15} {
			text := encrypt(t, assertion, EncryptOptions{Algorithm: a, Transport: transport})
			p := Read(parse(t, text))
			try := func(what string, p *Part, keys ...*rsa.PrivateKey) {
				if got, err := p.Decrypt(keys); err != ErrDecrypt || got != nil {
					t.Errorf("%s, %s, %s: expected %q, found %q and %v", a, transport, what, ErrDecrypt, got, err)
				}
			}
			try("another key", p, otherKey())
			try("the key is all zero", withKey(p, make([]byte, 256)), key())
			try("the key is larger than the modulus", withKey(p, []byte(strings.Repeat("\xff", 256))), key())
			changed := append([]byte{}, p.Keys[0].wrapped...)
			changed[255] ^= 1
			try("the key was changed", withKey(p, changed), key())
			// In CBC mode this bit is the highest of the count of the padding.
			block, _ := dataAlgorithmOf(a)
			try("padding or tag", withData(p, len(p.ciphertext)-1-block.block), key())
		}
	}
	// An empty plaintext is no XML; with CBC that looks like a wrong key.
	p := Read(parse(t, encrypt(t, "", EncryptOptions{})))
	if _, err := p.Decrypt([]*rsa.PrivateKey{key()}); err != ErrDecrypt {
		t.Errorf("expected %q, found %v", ErrDecrypt, err)
	}
}

// withKey gives the part with other octets as its EncryptedKey.
func withKey(p *Part, wrapped []byte) *Part {
	q := *p
	q.Keys = append([]EncryptedKey{}, p.Keys...)
	q.Keys[0].wrapped = wrapped
	return &q
}

// withData gives the part with one bit of its ciphertext changed.
func withData(p *Part, at int) *Part {
	q := *p
	q.ciphertext = append([]byte{}, p.ciphertext...)
	q.ciphertext[at] ^= 0x80
	return &q
}

// A session key of another length than the data's algorithm has, wrapped in
// good order.
func TestSessionKeyOfAnotherLength(t *testing.T) {
	for _, transport := range []string{RSAOAEPMGF1P, RSAOAEP, RSA15} {
		for _, n := range []int{0, 8, 16, 24, 33} {
			o := EncryptOptions{Transport: transport}.filled()
			e := &encrypter{EncryptOptions: o}
			wrapped := e.wrap(&key().PublicKey, make([]byte, n))
			p := withKey(Read(parse(t, encrypt(t, assertion, o))), wrapped)
			if _, err := p.Decrypt([]*rsa.PrivateKey{key()}); err != ErrDecrypt || e.err != nil {
				t.Errorf("%s, %d octets: expected %q, found %v (%v)", transport, n, ErrDecrypt, err, e.err)
			}
		}
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	p := Read(parse(t, encrypt(t, assertion, EncryptOptions{})))
	if _, err := p.Decrypt(nil); err != ErrNoKey {
		t.Errorf("expected %v, found %v", ErrNoKey, err)
	}
	// Numbers of the length that matters; no key of them is ever used.
	short := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: otherKey().Primes[0], E: 65537}, D: big.NewInt(3)}
	half := &rsa.PrivateKey{PublicKey: key().PublicKey, D: big.NewInt(3)}
	weak := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 511), E: 65537}}
	for _, c := range []struct {
		keys []*rsa.PrivateKey
		want string
	}{
		{[]*rsa.PrivateKey{weak}, "an RSA private key that is incomplete or has less than 1024 bits is not supported"},
		{[]*rsa.PrivateKey{half}, ErrDecrypt.Error()},
		{[]*rsa.PrivateKey{{PublicKey: key().PublicKey}}, "an RSA private key that is incomplete or has less than 1024 bits is not supported"},
		{[]*rsa.PrivateKey{nil, {}}, "an RSA private key that is incomplete or has less than 1024 bits is not supported"},
		{[]*rsa.PrivateKey{short, weak}, "(64, 128 octets), found 256 octets"},
	} {
		if _, err := p.Decrypt(c.keys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("expected %q, found %v", c.want, err)
		}
	}
}

// Several recipients: any one's key is enough, in any order.
func TestSeveralRecipients(t *testing.T) {
	for _, a := range dataAlgorithms() {
		for _, beside := range []bool{false, true} {
			p := Read(parse(t, encrypt(t, assertion, EncryptOptions{Algorithm: a, Beside: beside, To: []Recipient{
				{Key: &otherKey().PublicKey, Name: "https://other.example.com/"}, {Key: &key().PublicKey, Name: "https://sp.example.com/"}}})))
			if len(p.Keys) != 2 || p.Keys[1].Recipient != "https://sp.example.com/" {
				t.Errorf("expected two EncryptedKeys with their Recipients, found %d", len(p.Keys))
			}
			for _, k := range []*rsa.PrivateKey{key(), otherKey()} {
				if got, err := p.Decrypt([]*rsa.PrivateKey{k}); err != nil || string(got) != assertion {
					t.Errorf("%s: found %q and %v", a, got, err)
				}
			}
		}
	}
}

// The dearest part that a message has room for costs no more than a moment:
// every EncryptedKey an operation of RSA and a pass over the ciphertext.
func TestCostIsBounded(t *testing.T) {
	m := made{algorithm: methodOf(TripleDESCBC), keys: strings.Repeat(keyFor(RSAOAEP), MostKeys), data: value(180_000)}
	p := Read(parse(t, m.text()))
	began := time.Now()
	if _, err := p.Decrypt([]*rsa.PrivateKey{key(), otherKey()}); err != ErrDecrypt {
		t.Errorf("expected %q, found %v (fault %q)", ErrDecrypt, err, p.Fault)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}
