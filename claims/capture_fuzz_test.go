package claims_test

import (
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/seeds"
	"github.com/samlcheck/samlcheck/saml"
)

// mostCaptured is how many messages of a capture are judged here.
const mostCaptured = 8

// FuzzCapture: whatever is done to the capture of a tool, of each message in it
// nothing is believed that no genuine message says.
func FuzzCapture(f *testing.F) {
	j := newTribunal(f)
	seeds.Add(f, 60, seeds.Tools(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		all := saml.DecodeAll(data)
		if len(data) > mostFuzzed {
			return
		}
		for _, m := range all[:min(len(all), mostCaptured)] {
			j.isSound(t, claims.Check(m, j.metadata, j.options))
		}
	})
}
