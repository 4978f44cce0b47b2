package hostile_test

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/hostile"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A document that a holder of a captured response can make holds no signature
// of the identity provider but those that were captured; one that anybody can
// make holds none. Raising a value to the public exponent tells: only who has
// the key makes one that is padded then (RFC 8017, section 9.2).
func TestOnlyTheProviderSigns(t *testing.T) {
	keys, carried := providerKeys(t), 0
	for _, d := range documents(t) {
		switch {
		case d.By == hostile.Anybody && len(d.Caught) > 0:
			t.Errorf("%s: anybody can make it, of a captured signature", d.Name)
		case d.By == hostile.Holder && len(d.Caught) == 0 && !d.Encrypted:
			t.Errorf("%s: nothing was captured", d.Name)
		case d.By == hostile.Provider:
			continue
		}
		for _, value := range signatureValues(d.Text) {
			if !genuine(keys, value) {
				continue
			}
			carried++
			if !slices.ContainsFunc(d.Caught, func(c string) bool { return bytes.Equal(octets(c), octets(value)) }) {
				t.Errorf("%s: it holds a signature of the identity provider that was not captured", d.Name)
			}
		}
	}
	if carried < 500 {
		t.Errorf("500 captured signatures at least are expected around which something was edited, found %d", carried)
	}
}

func providerKeys(t *testing.T) []*rsa.PublicKey {
	t.Helper()
	var out []*rsa.PublicKey
	for _, p := range samltest.Products() {
		cert, err := samltest.CurrentKey.Certificate(p)
		if err != nil {
			t.Fatal(err)
		}
		key, ok := cert.PublicKey.(*rsa.PublicKey)
		if !ok {
			t.Fatalf("the key of %s is not of RSA", p)
		}
		out = append(out, key)
	}
	return out
}

var signatureValue = regexp.MustCompile(`SignatureValue[^>]*>([^<]{300,})<`)

func signatureValues(text []byte) []string {
	var out []string
	for _, m := range signatureValue.FindAllSubmatch(text, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// octets decodes base64 as leniently as one may.
func octets(value string) []byte {
	value = strings.Map(func(r rune) rune {
		if strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", r) {
			return r
		}
		return -1
	}, strings.ReplaceAll(value, "&#13;", ""))
	out, err := base64.RawStdEncoding.DecodeString(value)
	if err != nil {
		return nil
	}
	return out
}

func genuine(keys []*rsa.PublicKey, value string) bool {
	return slices.ContainsFunc(keys, func(k *rsa.PublicKey) bool {
		number := new(big.Int).SetBytes(octets(value))
		if number.Cmp(k.N) >= 0 || number.BitLen() < 1024 {
			return false
		}
		padded := number.Exp(number, big.NewInt(int64(k.E)), k.N).FillBytes(make([]byte, k.Size()))
		return bytes.HasPrefix(padded, []byte("\x00\x01\xff\xff\xff\xff\xff\xff\xff\xff"))
	})
}
