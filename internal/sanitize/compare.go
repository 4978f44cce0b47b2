package sanitize

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// A Difference is a finding that the capture and the fixture do not share.
type Difference struct {
	Code     string        `json:"code"`
	Severity saml.Severity `json:"severity"`
	More     int           `json:"more"` // how many more the fixture has; negative: fewer
}

func (d Difference) String() string {
	if d.More > 0 {
		return fmt.Sprintf("%s (%s): %d more than in the capture", d.Code, d.Severity, d.More)
	}
	return fmt.Sprintf("%s (%s): %d fewer than in the capture", d.Code, d.Severity, -d.More)
}

// An outcome is what a check tells.
type outcome struct {
	verified bool
	findings []saml.Finding
}

func check(m *saml.Message, metadata *saml.Metadata, o claims.Options) outcome {
	if o.Profile == saml.ProfileSAML {
		r := saml.Check(m, metadata, o.Options)
		return outcome{r.Verified, r.Findings}
	}
	r := claims.Check(m, metadata, o)
	return outcome{r.SAML.Verified, r.Findings}
}

var errVerified = errors.New("nothing is written: the fixture verifies with the metadata of the capture, which must not be")

// onContainer are the codes that speak of what stood around the message: of where
// and when it was posted, and of a request beside it. A fixture is the message
// alone.
var onContainer = set("posted-elsewhere clock-offset redemption-late relay-state-changed request-endpoint-mismatch request-unanswered message-multiple message-missing")

// compare encodes the fixture, and holds its findings against those of the
// capture.
func (s *Sanitizer) compare(m *saml.Message, f *Fixture) error {
	before := check(m, s.metadata, s.options.Check)
	f.Text = s.encoded(f.XML, before.findings)
	fixture := saml.Decode(f.Text)
	if s.files != nil && check(fixture, s.metadata, s.freshOptions(true)).verified {
		return errVerified
	}
	after := check(fixture, s.fresh, s.freshOptions(false))
	f.Lost, f.Left = differences(before.findings, after.findings)
	if before.verified != after.verified {
		f.Lost = append(f.Lost, Difference{Code: "verified", Severity: saml.Error, More: more(after.verified)})
	}
	return nil
}

func more(verified bool) int {
	if verified {
		return 1
	}
	return -1
}

// freshOptions gives the options of the check as they are for the fixture.
func (s *Sanitizer) freshOptions(old bool) claims.Options {
	o := s.options.Check
	o.RequestID = s.m.value(o.RequestID, plainText)
	o.Role = s.m.value(o.Role, roleText)
	o.Audiences, o.Recipients = s.patterns(o.Audiences), s.patterns(o.Recipients)
	if len(o.DecryptionKeys) > 0 && s.used != nil {
		keys := []*rsa.PrivateKey{s.used}
		if old {
			keys = append(keys, s.keys...)
		}
		o.DecryptionKeys = keys
	}
	return o
}

func (s *Sanitizer) patterns(all []string) []string {
	out := slices.Clone(all)
	for i := range out {
		out[i] = s.m.value(out[i], plainText)
	}
	return out
}

// differences counts the findings of each code and severity. What a finding says
// of the container is no difference, as the fixture has none.
func differences(before, after []saml.Finding) (lost []Difference, left []string) {
	counts, capture := map[Difference]int{}, map[string]bool{}
	var order []Difference
	count := func(findings []saml.Finding, by int) {
		for _, f := range findings {
			kind := Difference{Code: f.Code, Severity: f.Severity}
			if _, known := counts[kind]; !known {
				order = append(order, kind)
			}
			counts[kind] += by
			if f.Stage == saml.StageCapture {
				capture[f.Code] = true
			}
		}
	}
	count(before, -1)
	count(after, 1)
	for _, d := range order {
		d.More = counts[Difference{Code: d.Code, Severity: d.Severity}]
		switch {
		case d.More == 0:
		case onContainer[d.Code] || d.More < 0 && capture[d.Code]:
			left = append(left, d.Code)
		default:
			lost = append(lost, d)
		}
	}
	return lost, left
}
