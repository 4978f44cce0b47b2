package saml

import (
	"fmt"
	"testing"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// roleSizes are the numbers of roles that are measured.
func roleSizes() []int { return []int{10, 100, 1200} }

// offering gives the base64 of a sign-in at Entra that offers this many roles,
// and its metadata.
func offering(tb testing.TB, roles int) ([]byte, *Metadata) {
	tb.Helper()
	login := samltest.Login{}
	for i := range roles {
		login.Roles = append(login.Roles, fmt.Sprintf("arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Entra", i))
	}
	response, err := login.Response()
	if err != nil {
		tb.Fatal(err)
	}
	source, err := login.Metadata()
	if err != nil {
		tb.Fatal(err)
	}
	metadata, err := ParseMetadata(source)
	if err != nil {
		tb.Fatal(err)
	}
	return []byte(response.Base64()), metadata
}

// BenchmarkDecode decodes one message.
func BenchmarkDecode(b *testing.B) {
	for _, roles := range roleSizes() {
		text, _ := offering(b, roles)
		b.Run(fmt.Sprint(roles), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if Decode(text).XML() == nil {
					b.Fatal("no XML")
				}
			}
		})
	}
}
