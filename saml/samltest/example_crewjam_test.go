package samltest_test

import (
	"encoding/xml"
	"fmt"
	"net/url"

	crewjam "github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// A service provider that is built on crewjam/saml takes the sign-in. Its clock is
// set, since the sign-ins of this package are issued at one instant.
func Example_crewjam() {
	now, clock := crewjam.TimeNow, crewjam.Clock
	defer func() { crewjam.TimeNow, crewjam.Clock = now, clock }()
	crewjam.TimeNow, crewjam.Clock = samltest.Instant, dsig.NewFakeClockAt(samltest.Instant())
	response, metadata := samltest.SignIn(t, samltest.Login{Audience: "https://sp.example.com/", Recipient: "https://sp.example.com/acs"})

	var provider crewjam.EntityDescriptor
	if err := xml.Unmarshal(metadata, &provider); err != nil {
		t.Fatal(err)
	}
	acs, err := url.Parse("https://sp.example.com/acs")
	if err != nil {
		t.Fatal(err)
	}
	service := crewjam.ServiceProvider{EntityID: "https://sp.example.com/", AcsURL: *acs, IDPMetadata: &provider, AllowIDPInitiated: true}
	assertion, err := service.ParseXMLResponse(response, nil, *acs)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(assertion.Subject.NameID.Value)
	// Output: dana.fixture@example.com
}
