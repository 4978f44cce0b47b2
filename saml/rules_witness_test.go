package saml

import (
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// TestDisputesAreTold: a witness that says no, and one that crashes, make one and
// the same finding, which tells them apart.
func TestDisputesAreTold(t *testing.T) {
	for witness, want := range map[xmlsig.Witness]string{
		xmlsig.Agrees:      "",
		xmlsig.CannotJudge: "",
		xmlsig.Disagrees:   "our engine accepts the signature, goxmldsig does not: it says so",
		xmlsig.Crashed:     "our engine accepts the signature, goxmldsig crashes on it",
	} {
		s := &xmlsig.Signature{Witness: witness}
		if witness != xmlsig.Crashed {
			s.WitnessReason = "it says so"
		}
		got := ""
		judgeDispute(&facts{signatures: []*xmlsig.Signature{s}}, func(f Fault) { got += f.Message })
		if got != want {
			t.Errorf("%s: %q, want %q", witness, got, want)
		}
	}
}
