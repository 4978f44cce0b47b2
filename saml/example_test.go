package saml_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A service provider of its own, with what it expects.
func ExampleCheck() {
	captured, _ := samltest.Login{}.Response()
	federation, _ := samltest.Login{}.Metadata()

	metadata, err := saml.ParseMetadata(federation)
	if err != nil {
		fmt.Println(err)
		return
	}
	report := saml.Check(saml.Decode(captured), metadata, saml.Options{
		Audiences:  []string{"https://sp.example.com"},
		Recipients: []string{"https://signin.aws.amazon.com/saml"},
		Time:       samltest.Instant().Add(time.Minute),
	})
	fmt.Println(report.Verdict, report.Verified)
	for _, f := range report.Findings {
		fmt.Println(f.Severity, f.Code, f.Path)
	}
	// Output:
	// fail true
	// error audience-mismatch /Response/Assertion/Conditions/AudienceRestriction/Audience
}

// The verdict comes first. What is believed is then read from the Assertion,
// which is nil where nothing proves the response.
func ExampleAssertion() {
	federation, _ := samltest.Login{}.Metadata()
	metadata, _ := saml.ParseMetadata(federation)
	for _, mutations := range [][]string{nil, {"nameid-edited"}} {
		captured, _ := samltest.Login{Mutations: mutations}.Response()
		report := saml.Check(saml.Decode(captured), metadata, saml.Options{Time: samltest.Instant()})
		if report.Verdict != saml.Pass {
			fmt.Println("nobody is signed in:", report.Verdict, report.Assertion == nil)
			continue
		}
		fmt.Println("signed in:", report.Assertion.NameID().Text)
	}
	// Output:
	// signed in: dana.fixture@example.com
	// nobody is signed in: fail true
}

// What is no metadata is told by its reason.
func ExampleParseMetadata() {
	_, err := saml.ParseMetadata([]byte("<!DOCTYPE html><html><head><title>Sign in</title></head></html>"))
	var unusable *saml.MetadataError
	if errors.As(err, &unusable) {
		fmt.Println(unusable.Reason)
	}
	// Output: html
}
