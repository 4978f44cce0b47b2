package claims_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// harmless are the mutations after signing that leave a response verified, for
// each the reason.
var harmless = map[string]string{
	"signature-moved":    "real products put the Signature elsewhere: a warning",
	"byte-order-mark":    "it is no part of the document",
	"destination-edited": "the Assertion's Signature does not cover the Response",
	"keyinfo-dropped":    "the key comes from the metadata",
	"keyinfo-other":      "the key comes from the metadata",
	"keyinfo-damaged":    "the key comes from the metadata",
	"signature-bits":     "the bits mean nothing",
}

// Whatever is done to a response after signing, at every product and wherever
// the Signature stands, a name that was not signed is never believed, and what
// is verified has a reason to be.
func TestMutationsAreNeverBelieved(t *testing.T) {
	judged := 0
	for _, product := range samltest.Products() {
		for _, sign := range []samltest.Placement{samltest.SignAssertion, samltest.SignResponse, samltest.SignBoth} {
			login := samltest.Login{Product: product, Sign: sign}
			metadata, genuine := metadataOf(t, login), checkLogin(t, login, nil)
			if genuine != nil {
				t.Fatalf("%s signed on %s: verified without metadata", product, sign)
			}
			name := checkLogin(t, login, metadata).NameID().Text
			for _, m := range samltest.Mutations() {
				login.Mutations = []string{m.Name}
				if _, err := login.Response(); m.When == samltest.BeforeSigning || err != nil {
					continue // it needs a Signature elsewhere
				}
				judged++
				a := checkLogin(t, login, metadata)
				switch {
				case a == nil:
				case a.NameID().Text != name:
					t.Errorf("%s signed on %s, %s: %q is believed, %q was signed", product, sign, m.Name, a.NameID().Text, name)
				case harmless[m.Name] == "":
					t.Errorf("%s signed on %s, %s: it is verified, and nothing says why", product, sign, m.Name)
				}
			}
		}
	}
	if judged < 400 {
		t.Errorf("400 mutated responses at least are expected, %d were judged", judged)
	}
}

// checkLogin gives the verified Assertion of a sign-in; nil if it is not verified.
func checkLogin(t *testing.T, login samltest.Login, metadata *saml.Metadata) *saml.Assertion {
	t.Helper()
	response, err := login.Response()
	if err != nil {
		t.Fatal(err)
	}
	r := claims.Check(saml.Decode(response), metadata, claims.Options{Options: saml.Options{Time: samltest.Instant().Add(30 * time.Second)}})
	if (r.SAML.Assertion != nil) != r.SAML.Verified || r.Verdict == saml.Pass && !r.SAML.Verified {
		t.Errorf("%+v: verified is %t, the verdict %s", login, r.SAML.Verified, r.Verdict)
	}
	return r.SAML.Assertion
}

func metadataOf(t *testing.T, login samltest.Login) *saml.Metadata {
	t.Helper()
	data, err := login.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := saml.ParseMetadata(data)
	if err != nil {
		t.Fatal(err)
	}
	return metadata
}

// What every capture of testdata says, the five faults of the broken one
// together in one run.
func TestCaptures(t *testing.T) {
	short := []string{"lifetime-short"}
	kept := []string{"url-encoding-kept"}
	want := map[string][]string{
		"entra-good.b64": nil, "entra-good.form": nil, "entra-good.xml": nil, "entra-good-folded.b64": nil, "entra-good.urlencoded": kept,
		"okta-good.b64": nil, "okta-good.form": nil, "okta-good.xml": nil, "okta-good.urlencoded": kept,
		"adfs-good.b64": {"role-pair-reversed"}, "adfs-good.form": {"role-pair-reversed"}, "adfs-good.xml": {"role-pair-reversed"},
		"adfs-good.urlencoded": {"url-encoding-kept", "role-pair-reversed"},
		"keycloak-good.b64":    short, "keycloak-good.form": short, "keycloak-good.xml": short,
		"keycloak-good.urlencoded":  {"url-encoding-kept", "lifetime-short"},
		"entra-sp-initiated.b64":    {"request-unexpected"},
		"entra-response-signed.b64": {"assertion-unsigned"},
		"entra-pretty-printed.xml":  {"signature-mismatch"},
		"entra-broken.b64":          {"digest-mismatch", "assertion-expired", "audience-mismatch", "role-pair-malformed", "session-name-malformed"},
	}
	fails := []string{"entra-response-signed.b64", "entra-pretty-printed.xml", "entra-broken.b64"}
	files, err := os.ReadDir(filepath.Join(testdata, "captures"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file.IsDir() {
			continue // what tools make of a capture is held by package capture
		}
		codes, known := want[file.Name()]
		if !known {
			t.Errorf("nothing says what %s yields", file.Name())
			continue
		}
		verdict := saml.Pass
		if slices.Contains(fails, file.Name()) {
			verdict = saml.Fail
		}
		got, found := checkCapture(t, file.Name())
		if diff := cmp.Diff(codes, found); got != verdict || diff != "" {
			t.Errorf("%s: expected %s, found %s, codes (-want +found)\n%s", file.Name(), verdict, got, diff)
		}
	}
}

func checkCapture(t *testing.T, name string) (verdict saml.Verdict, codes []string) {
	t.Helper()
	product, _, _ := strings.Cut(name, "-")
	capture, err := os.ReadFile(filepath.Join(testdata, "captures", name))
	if err != nil {
		t.Fatal(err)
	}
	at := samltest.Instant().Add(30 * time.Second)
	if name == "entra-broken.b64" {
		at = samltest.Instant().Add(4 * time.Minute)
	}
	metadata := metadataOf(t, samltest.Login{Product: samltest.Product(product)})
	r := claims.Check(saml.Decode(capture), metadata, claims.Options{Options: saml.Options{Time: at}})
	for _, f := range r.Findings {
		codes = append(codes, f.Code)
	}
	return r.Verdict, codes
}
