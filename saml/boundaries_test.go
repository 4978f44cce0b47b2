package saml

import (
	"strings"
	"testing"
	"time"
)

// Under the profile saml one bearer confirmation that holds is enough (Core
// 2.4.1); AWS takes one alone, so that each of them counts.
func TestWhichConfirmationsCount(t *testing.T) {
	passed := strings.Replace(goodConfirmation, goodDataEnd, `NotOnOrAfter="2026-09-11T10:00:30Z"`, 1)
	for name, c := range map[string]struct {
		confirmations string
		profile       Profile
		want          bool // assertion-expired
	}{
		"one of two holds":              {passed + goodConfirmation, ProfileSAML, false},
		"one of two holds, first":       {goodConfirmation + passed, ProfileSAML, false},
		"one of two holds, under aws":   {passed + goodConfirmation, ProfileAWS, true},
		"none holds":                    {passed + passed, ProfileSAML, true},
		"one holds for somebody else's": {passed + strings.Replace(goodConfirmation, "sp.example.com", "sp.example.net", 1), ProfileSAML, true},
	} {
		o := goodOptions()
		o.Profile = c.profile
		if got := found(judgedXML(t, editedResponse(t, goodConfirmation, c.confirmations), o), "assertion-expired"); got != c.want {
			t.Errorf("%s: assertion-expired is %v", name, got)
		}
	}
}

// The metadata is past its validUntil from that very instant on.
func TestValidUntilIsTheFirstInstantPast(t *testing.T) {
	m := mustParse(t, strings.Replace(idp(idpID, descriptor("", pack(entra(t)))), " entityID", ` validUntil="2026-09-11T11:00:00Z" entityID`, 1))
	end := time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]bool{end.Add(-time.Millisecond): false, end: true} {
		got := false
		for _, f := range CheckMetadata(m, Options{Time: at}) {
			got = got || f.Code == "metadata-expired"
		}
		if got != want {
			t.Errorf("at %s: metadata-expired is %v", at, got)
		}
	}
}
