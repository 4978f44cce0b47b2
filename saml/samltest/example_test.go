package samltest_test

import (
	"crypto/rsa"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A sound sign-in and the metadata that proves it.
func ExampleLogin() {
	login := samltest.Login{
		Product: samltest.Okta,
		Roles:   []string{"arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/Okta"},
	}
	response, err := login.Response()
	if err != nil {
		fmt.Println(err)
		return
	}
	metadata, err := login.Metadata()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(string(response), "111122223333:role/Admin"))
	fmt.Println(strings.Contains(string(metadata), "IDPSSODescriptor"))
	fmt.Println(response.FormBody("")[:13])
	// Output:
	// true
	// true
	// SAMLResponse=
}

// A response that was edited on its way.
func ExampleLogin_mutations() {
	login := samltest.Login{Mutations: []string{"nameid-edited"}}
	response, err := login.Response()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(string(response), ">admin@example.com</NameID>"))
	// Output: true
}

// Every mutation has a name and says what it does.
func ExampleMutations() {
	for _, m := range samltest.Mutations() {
		if strings.HasPrefix(m.Name, "audience-") {
			fmt.Printf("%s (%s): %s\n", m.Name, m.When, m.Doc)
		}
	}
	// Output:
	// audience-other (before-signing): the Audience is another service
	// audience-slash (before-signing): the Audience has a slash at its end
	// audience-missing (before-signing): Conditions hold no AudienceRestriction
}

// The metadata of a provider that is rolling its key over.
func ExampleMetadata() {
	metadata, err := samltest.Metadata{Keys: []samltest.Key{samltest.CurrentKey, samltest.NextKey}}.XML()
	if err != nil {
		fmt.Println(err)
		return
	}
	saml := string(metadata)[strings.Index(string(metadata), "<IDPSSODescriptor"):]
	fmt.Println(strings.Count(saml, `use="signing"`), "signing keys")
	// Output: 2 signing keys
}

// The tests of a service: a sound sign-in passes, an edited one does not.
func Example() {
	login := samltest.Login{}
	data, err := login.Metadata()
	if err != nil {
		fmt.Println(err)
		return
	}
	metadata, err := saml.ParseMetadata(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, mutations := range [][]string{nil, {"nameid-edited"}, {"audience-other"}} {
		login.Mutations = mutations
		response, err := login.Response()
		if err != nil {
			fmt.Println(err)
			return
		}
		report := saml.Check(saml.Decode([]byte(response.Base64())), metadata,
			saml.Options{Time: samltest.Instant(), Audiences: []string{"https://signin.aws.amazon.com/saml"}})
		fmt.Println(mutations, report.Verdict)
		for _, f := range report.Findings {
			fmt.Println(" ", f.Code)
		}
	}
	// Output:
	// [] pass
	// [nameid-edited] fail
	//   digest-mismatch
	// [audience-other] fail
	//   audience-mismatch
}

// An assertion that is encrypted for a service, and the service that has the key.
func ExampleEncryption() {
	login := samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}}
	response, err := login.Response()
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := login.Metadata()
	if err != nil {
		fmt.Println(err)
		return
	}
	metadata, err := saml.ParseMetadata(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	signer, err := samltest.EncryptionKey.Signer(login.Product)
	if err != nil {
		fmt.Println(err)
		return
	}
	options := saml.Options{Time: samltest.Instant(), Audiences: []string{"https://signin.aws.amazon.com/saml"}}
	fmt.Println(saml.Check(saml.Decode(response), metadata, options).Verdict)
	if key, ok := signer.(*rsa.PrivateKey); ok {
		options.DecryptionKeys = []*rsa.PrivateKey{key}
	}
	fmt.Println(saml.Check(saml.Decode(response), metadata, options).Verdict)
	// Output:
	// unverified
	// pass
}
