package saml_test

import (
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A part is something that a limit outside the scanner bounds. No flag raises one.
type part struct {
	limit    string
	allowed  int
	having   func(t *testing.T, n int) string // a response with n of it
	verified bool                             // as many as are allowed do not keep it from being verified
}

func parts() map[string]part {
	return map[string]part{
		"Signatures": {"signatures", 16, func(t *testing.T, n int) string {
			xml := issue(t, samltest.Login{})
			return strings.Replace(xml, "<samlp:Status>", "<samlp:Extensions>"+strings.Repeat(between(t, xml, "<Signature ", "</Signature>"), n-1)+"</samlp:Extensions><samlp:Status>", 1)
		}, false},
		"References": {"references", 16, func(t *testing.T, n int) string {
			return repeated(t, issue(t, samltest.Login{}), "<Reference ", "</Reference>", n)
		}, false},
		"transforms": {"transforms", 4, func(t *testing.T, n int) string {
			return repeated(t, issue(t, samltest.Login{}), "<Transform ", "/>", n-1) // it has another one
		}, false},
		"prefixes of a transform":          {"prefixes", 32, prefixed(func(o *xmlsig.SignOptions, list string) { o.PrefixList = list }), true},
		"prefixes of the canonicalization": {"prefixes", 32, prefixed(func(o *xmlsig.SignOptions, list string) { o.MethodPrefixList = list }), true},
		"certificates": {"certificates", 10, signedWith(func(o *xmlsig.SignOptions, n int) {
			o.Certificates = slices.Repeat(o.Certificates, n)
		}), true},
		"certificates of several X509Data": {"certificates", 10, func(t *testing.T, n int) string {
			return repeated(t, signedWith(func(*xmlsig.SignOptions, int) {})(t, 0), "<X509Data>", "</X509Data>", n)
		}, true},
		"encrypted parts": {"encrypted-parts", 32, func(t *testing.T, n int) string {
			return repeated(t, issue(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}}), "<EncryptedAssertion", "</EncryptedAssertion>", n)
		}, false},
		"layers": {"layers", 8, func(t *testing.T, n int) string {
			text := issue(t, samltest.Login{})
			for range n - 1 { // the last layer is the XML
				text = base64.StdEncoding.EncodeToString([]byte(text))
			}
			return text
		}, true},
	}
}

// signedWith gives responses that the identity provider signs so.
func signedWith(tune func(o *xmlsig.SignOptions, n int)) func(*testing.T, int) string {
	return func(t *testing.T, n int) string {
		t.Helper()
		key, err := samltest.CurrentKey.Signer(samltest.Entra)
		if err != nil {
			t.Fatal(err)
		}
		certificate, err := samltest.CurrentKey.Certificate(samltest.Entra)
		if err != nil {
			t.Fatal(err)
		}
		o := xmlsig.SignOptions{Key: key, Certificates: [][]byte{certificate.Raw}}
		tune(&o, n)
		bare := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
		out, err := xmlsig.Sign([]byte(bare), idAfter(t, bare, "<Assertion"), o)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
}

// prefixed gives responses with n prefixes in a PrefixList, those above the limit
// added after signing, since nothing of ours signs them.
func prefixed(tune func(o *xmlsig.SignOptions, list string)) func(*testing.T, int) string {
	return func(t *testing.T, n int) string {
		t.Helper()
		most := min(n, 32)
		xml := signedWith(func(o *xmlsig.SignOptions, _ int) { tune(o, numbered(most, "p%d ")) })(t, n)
		return edited(t, xml, edit{` PrefixList="`, ` PrefixList="` + strings.Repeat("more ", n-most)})
	}
}

// between gives the first stretch of a text from a start to an end.
func between(t *testing.T, text, start, end string) string {
	t.Helper()
	from := strings.Index(text, start)
	if from < 0 || !strings.Contains(text[from:], end) {
		t.Fatalf("there is no %s", start)
	}
	return text[from : from+strings.Index(text[from:], end)+len(end)]
}

// repeated gives a text with n of what stands there once.
func repeated(t *testing.T, text, start, end string, n int) string {
	t.Helper()
	one := between(t, text, start, end)
	return strings.Replace(text, one, strings.Repeat(one, n), 1)
}

// TestEachPart: as many parts as a limit allows are read; one more is a finding
// that says which limit, how many are found and allowed, and nothing is verified.
func TestEachPart(t *testing.T) {
	signer, err := samltest.EncryptionKey.Signer("")
	if err != nil {
		t.Fatal(err)
	}
	key, ok := signer.(*rsa.PrivateKey)
	if !ok {
		t.Fatal("an RSA key is expected")
	}
	metadata := metadataOf(t, samltest.Login{})
	for name, p := range parts() {
		check := func(n int) (verified bool, said []string) {
			r := saml.Check(saml.Decode([]byte(p.having(t, n))), metadata, saml.Options{Time: samltest.Instant().Add(time.Minute), DecryptionKeys: []*rsa.PrivateKey{key}})
			for _, f := range r.Findings {
				if f.Code == "limit-exceeded" && strings.HasPrefix(f.Message, fmt.Sprintf("the limit %q ", p.limit)) {
					said = append(said, f.Message)
				}
			}
			return r.Verified, said
		}
		if verified, said := check(p.allowed); verified != p.verified || len(said) > 0 {
			t.Errorf("%s: %d are allowed, verified is %v, found %q", name, p.allowed, verified, said)
		}
		verified, said := check(p.allowed + 1)
		want := fmt.Sprintf("the limit %q allows %d, at least %d are found", p.limit, p.allowed, p.allowed+1)
		if verified || len(said) != 1 || !strings.HasPrefix(said[0], want) || strings.Contains(said[0], "--limit") {
			t.Errorf("%s: one above, verified is %v, found %q, want %q", name, verified, said, want)
		}
	}
}
