package claims_test

import (
	"fmt"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// roleSizes are the numbers of roles that are measured: few, many, and more
// than other libraries take.
func roleSizes() []int { return []int{10, 100, 1200} }

// offering is a sign-in at Entra that offers this many roles.
func offering(roles int) samltest.Login {
	login := samltest.Login{}
	for i := range roles {
		login.Roles = append(login.Roles, fmt.Sprintf("arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Entra", i))
	}
	return login
}

// captured gives the base64 of a login's response, and its metadata.
func captured(tb testing.TB, login samltest.Login) ([]byte, *saml.Metadata) {
	tb.Helper()
	response, err := login.Response()
	if err != nil {
		tb.Fatal(err)
	}
	source, err := login.Metadata()
	if err != nil {
		tb.Fatal(err)
	}
	metadata, err := saml.ParseMetadata(source)
	if err != nil {
		tb.Fatal(err)
	}
	return []byte(response.Base64()), metadata
}

// BenchmarkCheck decodes and judges one message, with all findings, claims and
// predictions.
func BenchmarkCheck(b *testing.B) {
	for _, roles := range roleSizes() {
		text, metadata := captured(b, offering(roles))
		for _, skip := range []bool{true, false} {
			name := map[bool]string{true: "alone", false: "witness"}[skip]
			b.Run(fmt.Sprintf("%d/%s", roles, name), func(b *testing.B) {
				options := claims.Options{Options: saml.Options{Time: samltest.Instant(), SkipWitness: skip}}
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					r := claims.Check(saml.Decode(text), metadata, options)
					if !r.SAML.Verified {
						b.Fatal(r.Findings)
					}
					r.Release()
				}
			})
		}
	}
}
