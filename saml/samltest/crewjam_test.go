package samltest

import (
	"encoding/xml"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"
)

// crewjam gives the NameID that a service provider built on crewjam/saml, and
// so on goxmldsig, would believe half a minute after the issue.
func crewjam(t *testing.T, l Login, text []byte) (nameID string, err error) {
	t.Helper()
	now := Instant().Add(30 * time.Second)
	before, clock := saml.TimeNow, saml.Clock
	saml.TimeNow, saml.Clock = func() time.Time { return now }, dsig.NewFakeClockAt(now)
	defer func() { saml.TimeNow, saml.Clock = before, clock }()
	endpoint, err := url.Parse(signIn)
	if err != nil {
		t.Fatal(err)
	}
	sp := saml.ServiceProvider{EntityID: signIn, AcsURL: *endpoint, AllowIDPInitiated: true, IDPMetadata: entity(t, l)}
	assertion, err := sp.ParseXMLResponse(text, nil, *endpoint)
	if err != nil {
		var invalid *saml.InvalidResponseError
		if errors.As(err, &invalid) {
			err = invalid.PrivateErr
		}
		return "", err
	}
	return assertion.Subject.NameID.Value, nil
}

// entity reads the login's metadata with crewjam/saml, which wants one entity.
func entity(t *testing.T, l Login) *saml.EntityDescriptor {
	t.Helper()
	text, err := l.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "EntitiesDescriptor") {
		var all saml.EntitiesDescriptor
		if err := xml.Unmarshal(text, &all); err != nil || len(all.EntityDescriptors) != 1 {
			t.Fatalf("expected one entity, found %d (%v)", len(all.EntityDescriptors), err)
		}
		return &all.EntityDescriptors[0]
	}
	var one saml.EntityDescriptor
	if err := xml.Unmarshal(text, &one); err != nil {
		t.Fatal(err)
	}
	return &one
}

// goxmldsig takes ECDSA signatures in ASN.1 only (its issue 163), so those are
// left to xmlsec1.
func TestCrewjamAcceptsGoodResponses(t *testing.T) {
	for _, l := range logins() {
		if l.Algorithm == ECDSASHA256 {
			continue
		}
		t.Run(l.title(), func(t *testing.T) {
			h, err := l.Product.habits()
			if err != nil {
				t.Fatal(err)
			}
			if got, err := crewjam(t, l, issue(t, l)); err != nil || got != h.nameID {
				t.Errorf("expected the NameID %q, found %q (%v)", h.nameID, got, err)
			}
		})
	}
}
