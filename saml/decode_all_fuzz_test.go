package saml

import (
	"slices"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/seeds"
)

// FuzzDecodeAll: whatever a capture holds there is a message, each has its index,
// its times are in UTC and its form is one of those that there are; what is no
// container is decoded as Decode does it.
func FuzzDecodeAll(f *testing.F) {
	seeds.Add(f, 60, seeds.Tools(f))
	seeds.Add(f, 200, seeds.Captures(f))
	known := []Form{FormXML, FormBase64, FormBase64URL, FormURLEncoded, FormForm, FormDeflate, FormText, FormHAR, FormHTML, FormTracer, FormCurl, FormHTTP, FormJSON, FormAWS}
	f.Fuzz(func(t *testing.T, data []byte) {
		all := DecodeAll(data)
		if len(all) == 0 {
			t.Fatal("no message")
		}
		for i, m := range all {
			if m.Index != i || !slices.Contains(known, m.Form()) || !inUTC(m.Captured) || !inUTC(m.HTTPDate) || len(m.Requests) > mostRequests {
				t.Errorf("message %d: %d, %q, %s, %s, %d requests", i, m.Index, m.Form(), m.Captured, m.HTTPDate, len(m.Requests))
			}
			stepsAreTold(t, m)
		}
		if alone := Decode(data); len(all) == 1 && alone.capture.xml != "" && all[0].Form() == alone.Form() && all[0].capture.xml != alone.capture.xml {
			t.Errorf("%q, alone %q", all[0].capture.xml, alone.capture.xml)
		}
	})
}

func inUTC(t time.Time) bool { return t.IsZero() || t.Location() == time.UTC }
