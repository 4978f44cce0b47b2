package claims

import (
	"fmt"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// verified is a message that offers n roles, judged by package saml.
func verified(tb testing.TB, n int) (message *saml.Message, metadata *saml.Metadata, report *saml.Report, options Options) {
	tb.Helper()
	login := samltest.Login{Roles: many(n, func(i int) string {
		return fmt.Sprintf("arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Entra", i)
	})}
	response, err := login.Response()
	if err != nil {
		tb.Fatal(err)
	}
	source, err := login.Metadata()
	if err != nil {
		tb.Fatal(err)
	}
	if metadata, err = saml.ParseMetadata(source); err != nil {
		tb.Fatal(err)
	}
	options = Options{Options: saml.Options{Time: samltest.Instant(), SkipWitness: true}}
	message = saml.Decode([]byte(response.Base64()))
	return message, metadata, saml.Check(message, metadata, options.forAWS()), options
}

// BenchmarkOwn measures what this package does beside package saml: claims,
// findings and predictions of a message that is verified already.
func BenchmarkOwn(b *testing.B) {
	for _, n := range []int{10, 100, 1200} {
		message, metadata, report, options := verified(b, n)
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

// What a role costs is its row in the report with the path in it, and what is
// kept while it is judged: 1.8 times the bytes of its value in the XML. The
// number of allocations is that of one role and of a thousand.
func TestClaimsAllocateLittle(t *testing.T) {
	for _, n := range []int{100, 1200} {
		message, metadata, report, options := verified(t, n)
		size := len(message.XML())
		once := func() { judge(message, metadata, report, options) }
		got := testing.AllocsPerRun(5, once)
		if _, bytes := costOf(once); got > 110 || bytes > 2*uint64(size) {
			t.Errorf("%d roles: %v things and %d bytes are allocated for %d bytes of XML, at most 110 things and twice the bytes are expected", n, got, bytes, size)
		}
	}
}
