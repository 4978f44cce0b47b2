package saml_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// TestOctetsMayExceedTheLimitsOfTheCapture: exclusive canonicalization declares
// a prefix again at every element that uses it, so that the octets of a
// document within the limits can have more declarations than a capture may.
func TestOctetsMayExceedTheLimitsOfTheCapture(t *testing.T) {
	var declarations, attributes strings.Builder
	for i := range 30 {
		fmt.Fprintf(&declarations, ` xmlns:p%d="urn:example:%d"`, i, i)
		fmt.Fprintf(&attributes, ` p%d:a=""`, i)
	}
	xml := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	xml = strings.Replace(xml, "<Assertion ", "<Assertion"+declarations.String()+" ", 1)
	xml = strings.Replace(xml, "<AttributeStatement>", "<AttributeStatement>"+strings.Repeat(`<Attribute Name="x"`+attributes.String()+`/>`, 100), 1)
	_, id, _ := strings.Cut(xml, "<Assertion"+declarations.String()+` ID="`)
	id, _, _ = strings.Cut(id, `"`)
	signer, err := samltest.CurrentKey.Signer(samltest.Entra)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := xmlsig.Sign([]byte(xml), id, xmlsig.SignOptions{Key: signer})
	if err != nil {
		t.Fatal(err)
	}
	r := saml.Check(saml.Decode(signed), metadataOf(t, samltest.Login{}), saml.Options{Time: samltest.Instant().Add(time.Minute)})
	if !r.Verified || r.Assertion.NameID().Text == "" {
		t.Errorf("not verified: %v; %s", codesOf(r.Findings), r.Signatures[0].Explanation)
	}
}

// TestEmptyElementsHaveTwoTagsInTheOctets: as many tokens as a capture with
// empty-element tags may have are not enough for its canonical form.
func TestEmptyElementsHaveTwoTagsInTheOctets(t *testing.T) {
	xml := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	xml = strings.Replace(xml, "<AttributeStatement>", `<AttributeStatement><Attribute Name="x">`+strings.Repeat("<AttributeValue/>", 2000)+"</Attribute>", 1)
	xml = signAs(t, xml, idAfter(t, xml, "<Assertion"))
	limits := saml.MessageLimits()
	if err := limits.Set("tokens", 2400); err != nil {
		t.Fatal(err)
	}
	r := saml.Check(saml.Decode([]byte(xml)), metadataOf(t, samltest.Login{}), saml.Options{Limits: &limits, Time: samltest.Instant().Add(time.Minute)})
	if !r.Verified {
		t.Errorf("verdict %s, findings %v", r.Verdict, codesOf(r.Findings))
	}
}
