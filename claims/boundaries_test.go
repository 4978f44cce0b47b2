package claims_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// STS takes 100,000 characters of base64: 75,000 bytes and no more. That a
// response is longer can be seen on the capture, whatever proves it.
func TestOversizeBeginsBeyondTheLimit(t *testing.T) {
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[int]bool{75_000: false, 75_001: true} {
		xml := string(response) + strings.Repeat(" ", size-len(response))
		r := claims.Check(saml.Decode([]byte(xml)), nil, claims.Options{Options: saml.Options{Time: samltest.Instant()}})
		i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == "response-oversize" })
		if (i >= 0) != want {
			t.Errorf("%d bytes: oversize is %v", size, i >= 0)
		}
		if i >= 0 && r.Findings[i].Unverified {
			t.Error("the length of a capture is called unverified")
		}
		// The limit is that of the API's parameter; whether the sign-in page has
		// it is not confirmed.
		if page := r.AWS.Console; (page.Code == claims.Undetermined && strings.Contains(page.Reason, "takes a response of this length")) != want {
			t.Errorf("%d bytes: the sign-in page is foretold to answer %+v", size, *page)
		}
	}
}
