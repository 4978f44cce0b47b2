package saml_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

const (
	bearerEnd    = `</SubjectConfirmation>`
	bearerStart  = `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">`
	bearerData   = `<SubjectConfirmationData NotOnOrAfter="2026-09-11T12:00:00.000Z" Recipient="https://signin.aws.amazon.com/saml"`
	bearerOf     = bearerStart + `<SubjectConfirmationData NotOnOrAfter="2026-09-11T12:00:00.000Z" InResponseTo="_other" Recipient="`
	bearerOther  = bearerOf + `https://other.example.com/saml"/>` + bearerEnd
	bearerSecond = bearerOf + `https://signin.aws.amazon.com/saml"/>` + bearerEnd
)

func envelopeFindings(t *testing.T, e edit, o saml.Options) []saml.Finding {
	t.Helper()
	o.Time = samltest.Instant().Add(time.Minute)
	return saml.Check(saml.Decode([]byte(edited(t, issue(t, samltest.Login{}), e))), nil, o).Findings
}

// Under saml one bearer confirmation is enough (Core 2.4.1): the envelope is
// held against that one, wherever it stands.
func TestEnvelopeGoesByTheConfirmationThatCounts(t *testing.T) {
	aws := []string{"https://signin.aws.amazon.com/saml"}
	for name, c := range map[string]struct {
		edit    edit
		options saml.Options
		code    string
		want    bool
	}{
		"another Recipient first": {edit{bearerStart, bearerOther + bearerStart}, saml.Options{Recipients: aws}, "destination-mismatch:warning", false},
		"another Recipient alone": {edit{bearerData, strings.Replace(bearerData, "signin", "other", 1)}, saml.Options{}, "destination-mismatch:warning", true},
		"an empty Recipient":      {edit{bearerData, strings.Replace(bearerData, "https://signin.aws.amazon.com/saml", " ", 1)}, saml.Options{}, "destination-mismatch:warning", false},
		"the answer second": {edit{`Destination`, `InResponseTo="_q" Destination`, bearerData, bearerData + ` InResponseTo="_q"`, bearerStart, bearerSecond + bearerStart},
			saml.Options{RequestID: "_q"}, "request-unexpected", false},
		"no answer": {edit{`Destination`, `InResponseTo="_q" Destination`, bearerStart, bearerSecond + bearerStart},
			saml.Options{RequestID: "_q"}, "request-unexpected", true},
	} {
		if got := codesOf(envelopeFindings(t, c.edit, c.options)); slices.Contains(got, c.code) != c.want {
			t.Errorf("%s: %v, want %s: %v", name, got, c.code, c.want)
		}
	}
}

// A failure without an assertion has no SubjectConfirmationData to speak of.
func TestUnansweredFailure(t *testing.T) {
	xml := issue(t, samltest.Login{Mutations: []string{"status-denied"}})
	r := saml.Check(saml.Decode([]byte(xml)), nil, saml.Options{RequestID: "_q", Time: samltest.Instant()})
	for _, f := range r.Findings {
		if f.Code == "request-unexpected" {
			if strings.Contains(f.Message, "SubjectConfirmationData") || !strings.Contains(f.Message, "the Response has no InResponseTo") {
				t.Errorf("the message is %s", f.Message)
			}
			return
		}
	}
	t.Errorf("request-unexpected is expected, found %v", codesOf(r.Findings))
}

// What AWS answers is said under its own profile alone.
func TestAnswersUnderOneProfile(t *testing.T) {
	strip := edit{bearerData, strings.Replace(bearerData, ` Recipient="https://signin.aws.amazon.com/saml"`, "", 1)}
	for profile, want := range map[saml.Profile]int{saml.ProfileAWS: 1, saml.ProfileSAML: 0} {
		findings := envelopeFindings(t, strip, saml.Options{Profile: profile})
		i := slices.IndexFunc(findings, func(f saml.Finding) bool { return f.Code == "recipient-missing" })
		if i < 0 {
			t.Fatalf("recipient-missing is expected under %s, found %v", profile, codesOf(findings))
		}
		if got := findings[i].AWS; len(got) != want || got == nil {
			t.Errorf("under %s AWS answers %v, want %d answers", profile, got, want)
		}
	}
	metadata, err := saml.ParseMetadata([]byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><IDPSSODescriptor/></EntityDescriptor>`))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range saml.CheckMetadata(metadata, saml.Options{}) {
		if len(f.AWS) > 0 {
			t.Errorf("%s: AWS answers %v", f.Code, f.AWS)
		}
	}
}
