package claims_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// storedWith gives a SAML provider that has stored the metadata with a key.
func storedWith(t *testing.T, key samltest.Key) *claims.IAM {
	t.Helper()
	metadata, err := samltest.Metadata{Keys: []samltest.Key{key}}.XML()
	if err != nil {
		t.Fatal(err)
	}
	output, err := json.Marshal(map[string]any{"SAMLProviderUUID": "SAMLSP0TESTPROVIDER0000", "SAMLMetadataDocument": string(metadata),
		"AssertionEncryptionMode": "Allowed", "CreateDate": "2026-09-11T11:00:00Z", "ValidUntil": "2126-09-11T11:00:00Z"})
	if err != nil {
		t.Fatal(err)
	}
	iam, err := claims.ParseIAMProvider("arn:aws:iam::111122223333:saml-provider/WAAD", output)
	if err != nil {
		t.Fatal(err)
	}
	return iam
}

func metadataWith(t *testing.T, key samltest.Key) *saml.Metadata {
	t.Helper()
	return parsedMetadata(t, samltest.Metadata{Keys: []samltest.Key{key}}.XML)
}

// STS verifies with what the provider has stored; what the report calls
// verified rests on the user's metadata alone.
func TestPredictionGoesByTheStoredMetadata(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/Admin"
	for name, c := range map[string]struct {
		signed   samltest.Key
		metadata samltest.Key
		none     bool // no metadata is given
		stored   samltest.Key
		verdict  saml.Verdict
		code     string
		message  string
	}{
		"all the same":               {verdict: saml.Pass, code: claims.Success},
		"the user's metadata is old": {signed: samltest.NextKey, stored: samltest.NextKey, verdict: saml.Fail, code: claims.Success},
		"the stored metadata is old": {signed: samltest.NextKey, metadata: samltest.NextKey, verdict: saml.Fail, code: "InvalidIdentityToken", message: "Response signature invalid"},
		"no metadata, stored right":  {none: true, verdict: saml.Unverified, code: claims.Success},
		"no metadata, stored old":    {none: true, signed: samltest.NextKey, verdict: saml.Unverified, code: "InvalidIdentityToken", message: "Response signature invalid"},
		"an attacker's":              {signed: samltest.AttackerKey, verdict: saml.Fail, code: "InvalidIdentityToken", message: "Response signature invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := samltest.Login{Key: c.signed}.Response()
			if err != nil {
				t.Fatal(err)
			}
			metadata := metadataWith(t, c.metadata)
			if c.none {
				metadata = nil
			}
			options := claims.Options{Role: role, IAM: storedWith(t, c.stored)}
			options.Time = samltest.Instant().Add(time.Minute)
			report := claims.Check(saml.Decode([]byte(response.Base64())), metadata, options)
			if got := report.AWS.STS; report.Verdict != c.verdict || got.Code != c.code || got.Message != c.message {
				t.Errorf("verdict %s, STS %s %q (%s)", report.Verdict, got.Code, got.Message, got.Reason)
			}
		})
	}
}

// A role that the response does not offer is answered by the same provider as
// those that it offers, where they have the same one.
func TestPredictionForRoleNotOfferedGoesByTheStoredMetadata(t *testing.T) {
	const account = "arn:aws:iam::111122223333:"
	login := samltest.Login{Key: samltest.NextKey, Roles: []string{account + "role/Admin," + account + "saml-provider/WAAD"}}
	response, err := login.Response()
	if err != nil {
		t.Fatal(err)
	}
	options := claims.Options{Role: account + "role/Other", IAM: storedWith(t, samltest.NextKey)}
	options.Time = samltest.Instant().Add(time.Minute)
	for name, metadata := range map[string]*saml.Metadata{"the user's metadata is old": metadataWith(t, samltest.CurrentKey), "no metadata": nil} {
		r := claims.Check(saml.Decode([]byte(response.Base64())), metadata, options)
		if got := r.AWS.STS; got.Message != "SAML Assertion doesn't contain the requested Role and Metadata in the attributes" || r.Roles[0].STS.Code != claims.Success {
			t.Errorf("%s: STS %s %q (%s), the role that is offered %s", name, got.Code, got.Message, got.Reason, r.Roles[0].STS.Code)
		}
	}
}

// The issuer is held against the stored metadata too.
func TestPredictionGoesByTheStoredIssuer(t *testing.T) {
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	data, err := samltest.Metadata{EntityID: "https://other.example/"}.XML()
	if err != nil {
		t.Fatal(err)
	}
	other, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	options := claims.Options{Role: "arn:aws:iam::111122223333:role/Admin", IAM: storedWith(t, samltest.CurrentKey)}
	options.Time = samltest.Instant().Add(time.Minute)
	report := claims.Check(saml.Decode([]byte(response.Base64())), other, options)
	if got := report.AWS.STS; report.Verdict != saml.Fail || !hasFinding(report, "issuer-mismatch") || got.Code != claims.Success {
		t.Errorf("verdict %s, STS %s %q (%s)", report.Verdict, got.Code, got.Message, got.Reason)
	}
}

// Of several roles that succeed the answer is that of one whose trust policy was
// judged, though another stands before it.
func TestJudgedRoleBeforeUnjudged(t *testing.T) {
	login := samltest.Login{Sign: samltest.SignAssertion, Roles: []string{
		"arn:aws:iam::111122223333:role/First,arn:aws:iam::111122223333:saml-provider/WAAD",
		"arn:aws:iam::111122223333:role/Second,arn:aws:iam::111122223333:saml-provider/WAAD"}}
	message, metadata, options := signed(t, login)
	options.IAM = parsed(t, `{"Role":`+iamRole("Second", "WAAD", "{}")+`}`)
	r := claims.Check(message, metadata, options)
	if got := r.AWS.STS; r.Roles[0].STS.Code != claims.Success || got.Code != claims.Success || got.Role != r.Roles[1].Role || got.Reason != "" {
		t.Errorf("STS %s for %s (%s); the first role %s (%s)", got.Code, got.Role, got.Reason, r.Roles[0].STS.Code, r.Roles[0].STS.Reason)
	}
}

// An encrypted assertion that cannot be read names no provider: the only one
// that is described is meant.
func TestProviderWithoutKeySaidWithoutDecrypting(t *testing.T) {
	response, err := samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}}.Response()
	if err != nil {
		t.Fatal(err)
	}
	for keys, want := range map[string]bool{`[]`: true, `[{"KeyId":"SAMLPKEXAMPLE","Timestamp":"2026-09-11T11:00:00Z"}]`: false} {
		metadata, err := samltest.Login{}.Metadata()
		if err != nil {
			t.Fatal(err)
		}
		document, err := json.Marshal(string(metadata))
		if err != nil {
			t.Fatal(err)
		}
		iam, err := claims.ParseIAMProvider("arn:aws:iam::111122223333:saml-provider/WAAD",
			[]byte(`{"SAMLMetadataDocument":`+string(document)+`,"AssertionEncryptionMode":"Allowed","PrivateKeyList":`+keys+`}`))
		if err != nil {
			t.Fatal(err)
		}
		options := claims.Options{IAM: iam}
		options.Time = samltest.Instant().Add(time.Minute)
		report := claims.Check(saml.Decode([]byte(response.Base64())), metadataWith(t, samltest.CurrentKey), options)
		if got := hasFinding(report, "provider-key-missing"); got != want {
			t.Errorf("PrivateKeyList %s: provider-key-missing %t, want %t", keys, got, want)
		}
	}
}
