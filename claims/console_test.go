package claims_test

import (
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// Without a usable role the page answers by itself: whether the signature holds
// is for STS, which is not asked then.
func TestPageWithoutRoleNeedsNoSignature(t *testing.T) {
	for _, test := range []struct {
		login samltest.Login
		code  string
		own   bool // the page's own answer
	}{
		{samltest.Login{Mutations: []string{"role-missing"}}, "", true},
		{samltest.Login{Mutations: []string{"role-missing"}, Algorithm: samltest.ECDSASHA256}, "", true},
		{samltest.Login{}, claims.Undetermined, false},
		{samltest.Login{Mutations: []string{"role-missing", "doctype-added"}}, claims.Undetermined, false},
	} {
		message, _, options := signed(t, test.login)
		r := claims.Check(message, nil, options)
		console := r.AWS.Console
		if console.Code != test.code || (console.Message != "") != test.own || test.own && console.Basis != saml.Documented {
			t.Errorf("%v: %+v", test.login.Mutations, *console)
		}
		if r.AWS.STS.Code != claims.Undetermined {
			t.Errorf("%v: STS %s, though nothing tells whether the signature holds", test.login.Mutations, r.AWS.STS.Code)
		}
	}
}
