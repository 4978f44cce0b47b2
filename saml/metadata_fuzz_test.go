package saml

import (
	"fmt"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/seeds"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// FuzzParseMetadata: whatever the input, an error that says something, or keys
// each of which stands in a KeyDescriptor for signing of an IDPSSODescriptor; the
// memory is bounded by the size; the same bytes give the same keys again.
func FuzzParseMetadata(f *testing.F) {
	seeds.Add(f, 9, seeds.Metadata(f))
	a, b := descriptor("signing", pack(entra(f))), descriptor("encryption", armour(okta(f)))
	for _, seed := range []string{"", idp(idpID, a, b), group(idp("x", b), group(idp("y", a))), armour(entra(f)), string(okta(f)), "<html><title>x", pack([]byte(idp(idpID))),
		`{"SAMLMetadataDocument":"<x/>"}`, idp(idpID, descriptor("", armour(entra(f))+"subject=x\n#"+pack(okta(f)))), strings.Replace(idp(idpID, a), "IDPSSO", "SPSSO", 2)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := allocated()
		m, err := ParseMetadata(data)
		if took := allocated() - before; took > 4<<20+uint64(200*len(data)) {
			t.Errorf("%d bytes of metadata took %d bytes of memory", len(data), took)
		}
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
		if again, err := ParseMetadata(data); err != nil || !slices.Equal(fingerprints(m), fingerprints(again)) {
			t.Errorf("read again it has other keys: %v", err)
		}
		for _, finding := range CheckMetadata(m, Options{Profile: ProfileAWS}) {
			if finding.Message == "" || finding.Code == "" {
				t.Errorf("an empty finding: %+v", finding)
			}
		}
	})
}

// fingerprints gives the keys of all entities that can be used.
func fingerprints(m *Metadata) []string {
	var out []string
	for _, e := range m.Entities() {
		for _, k := range e.ready().keys {
			if k.Refused == "" {
				out = append(out, fmt.Sprintf("%s %x", e.ID, k.SPKI))
			}
		}
	}
	return out
}

// allocated gives the bytes that were ever allocated.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
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
