package saml

import (
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// The place of a fault costs as much as its element has siblings: it is looked
// up for faults that are listed, and not for those that are only counted.
func TestGateFaultsBeyondTheListHaveNoPlace(t *testing.T) {
	f := gather(Decode([]byte(`<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>`)), nil, &Options{})
	s := f.signatures[0]
	s.Faults = nil
	for range mostPerRule + 10 {
		s.Faults = append(s.Faults, xmlsig.Fault{Code: "x", Message: "m"}, xmlsig.Fault{Code: "limit-exceeded"}, xmlsig.Fault{Code: "comment-signed"})
	}
	for name, judge := range map[string]func(*facts, func(Fault)){
		"gate":     gateRule(true, Rule{Code: "x"}).judge,
		"limits":   judgeLimits,
		"comments": judgeSignedComments,
	} {
		placed, all := 0, 0
		judge(f, func(fault Fault) {
			all++
			if fault.Place.Path != "" {
				placed++
			}
		})
		if all != mostPerRule+10 || placed != mostPerRule {
			t.Errorf("%s: %d faults with %d places, want %d with %d", name, all, placed, mostPerRule+10, mostPerRule)
		}
	}
}
