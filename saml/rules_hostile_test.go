package saml

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestHostileContentIsJudgedInTime: documents with a fault on each of their
// elements cost no more than a moment. What is bounded by the square of the
// size takes minutes with these.
func TestHostileContentIsJudgedInTime(t *testing.T) {
	own := slices.Collect(maps.Values(ownRules()))
	bearer := `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>`
	for name, xml := range map[string]string{
		"confirmations without data":      editedResponse(t, goodConfirmation, strings.Repeat(bearer, 13000)),
		"confirmations beside a good one": editedResponse(t, goodConfirmation, goodConfirmation+strings.Repeat(bearer, 13000)),
		"one ID":                          editedResponse(t, goodAttribute, "><x xmlns=''>"+strings.Repeat(`<x ID="a"/>`, 45000)+"</x></saml:AttributeValue>"),
		"malformed IDs":                   editedResponse(t, goodAttribute, "><x xmlns=''>"+strings.Repeat(`<x ID="1"/>`, 45000)+"</x></saml:AttributeValue>"),
		"unknown conditions":              editedResponse(t, goodRestriction, goodRestriction+strings.Repeat("<saml:x/>", 45000)),
		"other audiences":                 editedResponse(t, goodRestriction, strings.Repeat("<saml:AudienceRestriction><saml:Audience>\u0430</saml:Audience></saml:AudienceRestriction>", 11000)),
		"names inside names":              editedResponse(t, goodNameID, strings.Repeat("<saml:NameID>\u0430a", 50)+strings.Repeat("\u0430a ", 60000)+strings.Repeat("</saml:NameID>", 50)+"</saml:NameID>"),
		"marks":                           editedResponse(t, goodNameID, strings.Repeat("\u0335", 100000)+"</saml:NameID>"),
		"malformed times":                 editedResponse(t, goodAuthn(), strings.Repeat(`<saml:AuthnStatement AuthnInstant="x"/>`, 25000)),
	} {
		o := goodOptions()
		o.Audiences = slices.Repeat([]string{"https://*.example.com/metadata"}, 60)
		f := gather(&Message{capture: captureFacts{xml: xml}}, nil, &o)
		if f.doc == nil {
			t.Errorf("%s: %v", name, f.refusal)
			continue
		}
		start := time.Now()
		findings, _ := judgeAll(f, own)
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%s: judged in %v", name, d)
		} else {
			t.Logf("%s: %v", name, d)
		}
		if len(findings) == 0 {
			t.Errorf("%s: nothing is found", name)
		}
		for _, finding := range findings {
			if len(finding.Message) > 4096 {
				t.Errorf("%s: a message of %s has %d bytes", name, finding.Code, len(finding.Message))
			}
		}
	}
}
