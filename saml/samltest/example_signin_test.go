package samltest_test

import (
	"crypto/rsa"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// t stands for the argument of a test.
var t = new(testing.T)

// check judges a response as a service provider would that is not AWS.
func check(response samltest.Response, metadata []byte, options saml.Options) *saml.Report {
	known, err := saml.ParseMetadata(metadata)
	if err != nil {
		panic(err)
	}
	options.Time, options.Audiences = samltest.Instant(), []string{"https://signin.aws.amazon.com/saml"}
	return saml.Check(saml.Decode([]byte(response.Base64())), known, options)
}

// In a test one line gives a signed response as Entra shapes it, and the metadata
// that proves it.
func ExampleSignIn() {
	response, metadata := samltest.SignIn(t, samltest.Login{})

	fmt.Println(check(response, metadata, saml.Options{}).Verdict)
	// Output: pass
}

// A table of what a service has to refuse.
func ExampleLogin_With() {
	login := samltest.Login{Product: samltest.Okta, SessionName: "dana"}
	for _, fault := range []string{"audience-other", "nameid-edited", "signature-stripped"} {
		response, metadata := samltest.SignIn(t, login.With(fault))
		report := check(response, metadata, saml.Options{})
		fmt.Println(fault, report.Verdict, report.Verified)
	}
	// Output:
	// audience-other fail true
	// nameid-edited fail false
	// signature-stripped fail false
}

// A sign-in that the service provider asked for answers its request.
func ExampleLogin_inResponseTo() {
	response, metadata := samltest.SignIn(t, samltest.Login{InResponseTo: "_request-1"})

	fmt.Println(check(response, metadata, saml.Options{RequestID: "_request-1"}).Verdict)
	fmt.Println(check(response, metadata, saml.Options{RequestID: "_request-2"}).Verdict)
	// Output:
	// pass
	// fail
}

// Only who has the key reads an assertion that is encrypted.
func ExampleDecryptionKey() {
	response, metadata := samltest.SignIn(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}})

	fmt.Println(check(response, metadata, saml.Options{}).Verdict)
	fmt.Println(check(response, metadata, saml.Options{DecryptionKeys: []*rsa.PrivateKey{samltest.DecryptionKey(t)}}).Verdict)
	// Output:
	// unverified
	// pass
}

// A key is rolled over: before, while both keys are published, and after.
func ExampleMetadata_rollover() {
	response, before := samltest.SignIn(t, samltest.Login{Key: samltest.NextKey})
	for _, keys := range [][]samltest.Key{{samltest.CurrentKey, samltest.NextKey}, {samltest.NextKey}} {
		metadata, err := samltest.Metadata{Keys: keys}.XML()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(len(keys), check(response, metadata, saml.Options{}).Verdict)
	}
	fmt.Println("before", check(response, before, saml.Options{}).Verdict)
	// Output:
	// 2 pass
	// 1 pass
	// before fail
}

// The handler of a service is tested with the POST that a browser would send.
func ExampleResponse_FormBody() {
	response, metadata := samltest.SignIn(t, samltest.Login{Recipient: "https://sp.example.com/acs"})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		xml := saml.Decode([]byte(r.PostFormValue("SAMLResponse")))
		known, err := saml.ParseMetadata(metadata)
		if err != nil {
			t.Fatal(err)
		}
		report := saml.Check(xml, known, saml.Options{Time: samltest.Instant().Add(time.Minute), Recipients: []string{"https://sp.example.com/acs"},
			Audiences: []string{"https://signin.aws.amazon.com/saml"}})
		if report.Verdict != saml.Pass {
			http.Error(w, "go away", http.StatusForbidden)
			return
		}
		fmt.Fprintln(w, "hello", report.Assertion.NameID().Text, "from", r.PostFormValue("RelayState"))
	})

	request := httptest.NewRequest(http.MethodPost, "/acs", strings.NewReader(response.FormBody("/home")))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	fmt.Print(answer.Code, " ", answer.Body)
	// Output: 200 hello dana.fixture@example.com from /home
}
