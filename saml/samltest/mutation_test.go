package samltest

import (
	"slices"
	"strings"
	"testing"
)

// mutated gives a login with one mutation, shaped so that the mutation finds
// what it needs.
func mutated(p Product, name string) Login {
	l := Login{Product: p, Mutations: []string{name}}
	switch name {
	case "wrapping-1", "wrapping-2":
		l.Sign = SignResponse
	case "wrapping-3", "wrapping-4", "wrapping-5", "wrapping-6", "wrapping-7", "wrapping-8":
		l.Sign = SignAssertion
	}
	for _, m := range encryptionFaults() {
		if m.Name == name {
			l.Encrypt = Encryption{Algorithm: "aes256-cbc"}
		}
	}
	return l
}

func TestMutationsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Mutations() {
		if seen[m.Name] || m.Name == "" || m.Doc == "" || strings.HasSuffix(m.Doc, ".") {
			t.Errorf("%q: expected a name of its own and a line without a full stop, found %q", m.Name, m.Doc)
		}
		seen[m.Name] = true
	}
	if len(seen) < 100 {
		t.Errorf("expected 100 mutations at least, found %d", len(seen))
	}
}

// Every mutation changes every product's response, but for those that need
// what only some products write.
func TestMutationsFitEveryProduct(t *testing.T) {
	unfit := map[string]Product{"role-pair-reversed": ADFS} // AD FS writes pairs that way
	for _, p := range Products() {
		for _, m := range Mutations() {
			text, err := mutated(p, m.Name).Response()
			switch {
			case unfit[m.Name] == p:
			case err != nil:
				t.Errorf("%s: %v", p, err)
			case slices.Equal(text, issue(t, Login{Product: p, Sign: mutated(p, m.Name).Sign, Encrypt: mutated(p, m.Name).Encrypt})):
				t.Errorf("%s: %s changes nothing", p, m.Name)
			}
		}
	}
}

// A fault of the identity provider leaves the signature whole: what xmlsec1
// cannot check then has no Signature or no ID.
func TestFaultsBeforeSigningAreSigned(t *testing.T) {
	unsigned := map[string]string{
		"assertion-missing":   "nothing is left that Entra would sign",
		"assertion-encrypted": "the Signature would be inside",
		"status-denied":       "nothing is left that Entra would sign",
	}
	for _, m := range Mutations() {
		if m.When != BeforeSigning {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			text := issue(t, mutated(Entra, m.Name))
			if got, want := xmlsec1(t, text, certificate(t, Entra, CurrentKey)), unsigned[m.Name] == ""; got != want {
				t.Errorf("expected xmlsec1 to say %t, found %t", want, got)
			}
		})
	}
}

// What happens to a response after signing is refused by xmlsec1, or is a
// trick that another check must stop: the reason is given here, and that a
// service provider built on crewjam/saml does not believe the forged name.
func TestFaultsAfterSigningAreSeen(t *testing.T) {
	holds := map[string]string{
		"comment-inserted":   "canonicalisation drops comments; the text is the same to who reads all of it",
		"comments-many":      "canonicalisation drops comments",
		"byte-order-mark":    "it is no part of the document",
		"destination-edited": "the Assertion's Signature does not cover it",
		"doctype-added":      "xmlsec1 reads document types; SAML needs none",
		"signature-moved":    "the enveloped-signature transform takes it out wherever it stands",
		"signature-object":   "nothing signs an Object that no Reference names",
		"digest-commented":   "canonicalisation drops comments",
		"signature-bits":     "the bits mean nothing",
		"keyinfo-dropped":    "the key comes from the metadata",
		"keyinfo-other":      "the key comes from the metadata",
		"wrapping-2":         "the Signature still finds the genuine Response",
		"wrapping-3":         "the Signature still finds the genuine Assertion",
		"wrapping-4":         "the Signature still finds the genuine Assertion",
		"wrapping-5":         "the Signature still finds the genuine Assertion",
		"declaration-latin1": "every character is ASCII",
	}
	for _, m := range Mutations() {
		if m.When != AfterSigning {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			l := mutated(Entra, m.Name)
			text := issue(t, l)
			held := xmlsec1(t, text, certificate(t, Entra, CurrentKey))
			if held != (holds[m.Name] != "") {
				t.Errorf("xmlsec1 says %t, expected because %q", held, holds[m.Name])
			}
			if nameID, err := crewjam(t, l, text); err == nil && nameID != user {
				t.Errorf("crewjam/saml believes %q", nameID)
			}
		})
	}
}
