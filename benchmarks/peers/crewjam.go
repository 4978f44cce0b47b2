package main

import (
	"errors"
	"net/url"
	"time"

	"github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/samlcheck/samlcheck/benchmarks/peers/line"
)

// signIn is where AWS takes responses, and the audience that it expects.
const signIn = "https://signin.aws.amazon.com/saml"

// crewjam is crewjam/saml's whole check of a response, as a service provider
// runs it that takes sign-ins it has not asked for.
func (k known) crewjam() (line.Load, error) {
	saml.TimeNow, saml.Clock = func() time.Time { return k.now }, dsig.NewFakeClockAt(k.now)
	endpoint, err := url.Parse(signIn)
	if err != nil {
		return nil, err
	}
	provider := saml.ServiceProvider{EntityID: signIn, AcsURL: *endpoint, AllowIDPInitiated: true, IDPMetadata: k.entity}
	return func(xml []byte) func() error {
		return func() error {
			assertion, err := provider.ParseXMLResponse(xml, nil, *endpoint)
			var invalid *saml.InvalidResponseError
			if errors.As(err, &invalid) {
				return invalid.PrivateErr
			}
			if err == nil && assertion.Subject.NameID.Value == "" {
				return errors.New("no NameID was read")
			}
			return err
		}
	}, nil
}
