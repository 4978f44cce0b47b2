package saml_test

import (
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

func keysOf(t *testing.T, id string, keys ...samltest.Key) *saml.Metadata {
	t.Helper()
	data, err := samltest.Metadata{Product: samltest.Okta, EntityID: id, Keys: keys}.XML()
	if err != nil {
		t.Fatal(err)
	}
	m, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Other metadata holds what signed if it has the key for the issuer; what it
// says of another issuer does not count.
func TestHoldsSigners(t *testing.T) {
	response, err := samltest.Login{Product: samltest.Okta, Sign: samltest.SignBoth}.Response()
	if err != nil {
		t.Fatal(err)
	}
	given := keysOf(t, "", samltest.CurrentKey)
	r := saml.Check(saml.Decode(response), given, saml.Options{Time: samltest.Instant().Add(time.Minute)})
	if !r.Verified {
		t.Fatalf("not verified: %v", r.Findings)
	}
	issuer := r.Assertion.Issuer().Text
	for name, tt := range map[string]struct {
		metadata         *saml.Metadata
		describes, holds bool
	}{
		"the same":               {given, true, true},
		"both keys":              {keysOf(t, "", samltest.NextKey, samltest.CurrentKey), true, true},
		"the next key":           {keysOf(t, "", samltest.NextKey), true, false},
		"the key of another":     {keysOf(t, "http://www.okta.com/other", samltest.CurrentKey), false, false},
		"joined":                 {saml.JoinMetadata(keysOf(t, "", samltest.NextKey), given), true, true},
		"none":                   {nil, false, false},
		"joined without the key": {saml.JoinMetadata(keysOf(t, "", samltest.NextKey), keysOf(t, "http://www.okta.com/other", samltest.CurrentKey)), true, false},
	} {
		if got := tt.metadata.Describes(issuer); got != tt.describes {
			t.Errorf("%s: describes the issuer: %v", name, got)
		}
		if got := tt.metadata.HoldsSigners(issuer, r); got != tt.holds {
			t.Errorf("%s: holds the signers: %v", name, got)
		}
	}
	if r.Encrypted() {
		t.Error("it is called encrypted")
	}
}

// What get-saml-provider says stays known when other metadata is joined to it;
// that of two providers does not.
func TestProviderOfJoinedMetadata(t *testing.T) {
	parse := func(mode string) *saml.Metadata {
		m, err := saml.ParseMetadata([]byte(`{"SAMLMetadataDocument":"<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example.com/\"><IDPSSODescriptor/></EntityDescriptor>","AssertionEncryptionMode":"` + mode + `"}`))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	plain := keysOf(t, "", samltest.CurrentKey)
	if p := saml.JoinMetadata(plain, parse("Required")).Provider(); p == nil || p.EncryptionMode != "Required" {
		t.Errorf("found %+v", p)
	}
	if p := saml.JoinMetadata(parse("Required"), parse("Allowed")).Provider(); p != nil {
		t.Errorf("found %+v of two providers", p)
	}
	if p := plain.Provider(); p != nil {
		t.Errorf("found %+v in federation metadata", p)
	}
}

func TestDifference(t *testing.T) {
	want, words := saml.Difference([]string{"https://example.com/", "https://example.net/saml"}, "https://example.net/saml/")
	if want != "https://example.net/saml" || words != "a slash at its end is too much" {
		t.Errorf("got %q, %q", want, words)
	}
	if want, words := saml.Difference([]string{"a"}, "urn:b"); want != "" || words != "" {
		t.Errorf("got %q, %q", want, words)
	}
}
