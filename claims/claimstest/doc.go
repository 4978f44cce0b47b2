// Package claimstest runs a folder of captured responses under go test: each
// fixture is a capture with a small YAML beside it that says what is wanted of it,
// as "samlcheck test" runs them.
//
//	func TestSignIns(t *testing.T) { claimstest.Golden(t, "testdata/signins") }
//
// A capture may be in any form that samlcheck takes, and beside sign-in.b64 stands
// sign-in.yaml:
//
//	metadata: metadata.xml
//	want:
//	  verdict: pass
//	  roles:
//	    - arn:aws:iam::111122223333:role/Admin
//
// All keys are told in docs/fixtures.md of the module. With SAMLCHECK_UPDATE=1 in
// the environment what is found is logged and written into the YAML, to be read
// and committed:
//
//	SAMLCHECK_UPDATE=1 go test -v ./...
//
// A captured response is a credential while it is valid, and holds personal data
// for ever: commit what "samlcheck sanitize" made of it, or what package samltest
// makes.
package claimstest
