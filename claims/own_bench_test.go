package claims

import (
	"fmt"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// BenchmarkOwn measures what this package does beside package saml: claims,
// findings and predictions of a message that is verified already.
func BenchmarkOwn(b *testing.B) {
	for _, n := range []int{10, 100, 1200} {
		login := samltest.Login{Roles: many(n, func(i int) string {
			return fmt.Sprintf("arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Entra", i)
		})}
		response, err := login.Response()
		if err != nil {
			b.Fatal(err)
		}
		source, err := login.Metadata()
		if err != nil {
			b.Fatal(err)
		}
		metadata, err := saml.ParseMetadata(source)
		if err != nil {
			b.Fatal(err)
		}
		options := Options{Options: saml.Options{Time: samltest.Instant(), SkipWitness: true}}
		message := saml.Decode([]byte(response.Base64()))
		report := saml.Check(message, metadata, options.forAWS())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r := judge(message, metadata, report, options); len(r.Roles) != n || r.Verdict == "" {
					b.Fatal(r.Findings)
				}
			}
		})
	}
}
