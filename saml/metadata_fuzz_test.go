package saml

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// Whatever the input: no crash, an error that says something, or keys each of
// which stands in a KeyDescriptor for signing of an IDPSSODescriptor.
func FuzzParseMetadata(f *testing.F) {
	a, b := descriptor("signing", pack(entra(f))), descriptor("encryption", armour(okta(f)))
	for _, seed := range []string{"", idp(idpID, a, b), group(idp("x", b), group(idp("y", a))), armour(entra(f)), string(okta(f)), "<html><title>x", pack([]byte(idp(idpID))),
		`{"SAMLMetadataDocument":"<x/>"}`, idp(idpID, descriptor("", armour(entra(f))+"subject=x\n#"+pack(okta(f)))), strings.Replace(idp(idpID, a), "IDPSSO", "SPSSO", 2)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ParseMetadata(data)
		if (m == nil) == (err == nil) {
			t.Fatalf("metadata %v, error %v", m, err)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) {
				t.Errorf("the error holds a control character: %q", err)
			}
			return
		}
		for _, e := range m.Entities() {
			for _, k := range e.ready().declared {
				if !e.Lone() && !signs(k.element) {
					t.Errorf("a key of %s", k.element.Path())
				}
				if k.Public == nil && k.Refused == "" {
					t.Errorf("a usable key that is none: %+v", k)
				}
			}
		}
		for _, finding := range CheckMetadata(m, Options{Profile: ProfileAWS}) {
			if finding.Message == "" || finding.Code == "" {
				t.Errorf("an empty finding: %+v", finding)
			}
		}
	})
}

// signs reports whether an element stands where signing keys do.
func signs(e xmldoc.Element) bool {
	for ; e.Present() && !e.Is(nsMetadata, "KeyDescriptor"); e = e.Parent() {
	}
	use := e.Attr("", "use")
	return e.Parent().Is(nsMetadata, "IDPSSODescriptor") && (!use.Present() || slices.Contains([]string{"", "signing"}, use.Value()))
}

func BenchmarkParseMetadata(b *testing.B) {
	key := descriptor("signing", pack(entra(b)))
	var many []string
	for i := range 5000 {
		many = append(many, idp(fmt.Sprintf("https://idp%d.example.com/", i), key))
	}
	for name, text := range map[string]string{"one": idp(idpID, key), "aggregate": group(append(many, idp(idpID, key))...)} {
		b.Run(name, func(b *testing.B) {
			data := []byte(text)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				m, err := ParseMetadata(data)
				if err != nil || len(m.choose(idpID).keys) != 1 {
					b.Fatal(err)
				}
			}
		})
	}
}
