package saml

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// pack gives base64 as it stands in an X509Certificate.
func pack(der []byte) string { return base64.StdEncoding.EncodeToString(der) }

// testCertificate gives the DER of a certificate made for tests.
func testCertificate(t testing.TB, p samltest.Product, k samltest.Key) []byte {
	t.Helper()
	c, err := k.Certificate(p)
	if err != nil {
		t.Fatal(err)
	}
	return c.Raw
}

// entra and okta are sound certificates of two keys.
func entra(t testing.TB) []byte { return testCertificate(t, samltest.Entra, samltest.CurrentKey) }
func okta(t testing.TB) []byte  { return testCertificate(t, samltest.Okta, samltest.CurrentKey) }

func sum(der []byte) string { return fmt.Sprintf("%x", sha256.Sum256(der)) }

const idpID = "https://idp.example.com/"

// descriptor writes a KeyDescriptor with a certificate text.
func descriptor(use, certificate string) string {
	if use != "" {
		use = ` use="` + use + `"`
	}
	return `<KeyDescriptor` + use + `><KeyInfo xmlns="` + nsSignature + `"><X509Data><X509Certificate>` + certificate + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
}

// idp writes an EntityDescriptor with an IDPSSODescriptor around its keys.
func idp(id string, keys ...string) string {
	return `<EntityDescriptor xmlns="` + nsMetadata + `" entityID="` + id + `"><IDPSSODescriptor protocolSupportEnumeration="` + nsProtocol + `">` +
		strings.Join(keys, "") + `<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>`
}

func mustParse(t testing.TB, text string) *Metadata {
	t.Helper()
	m, err := ParseMetadata([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// keySums gives the SHA-256 of the certificates of an entity's signing keys.
func keySums(e *Entity) []string {
	out := []string{}
	for _, k := range e.SigningKeys() {
		out = append(out, strings.ToLower(strings.ReplaceAll(k.SHA256, ":", "")))
	}
	return out
}

func damages(e *Entity) (out []string) {
	for _, d := range e.ready().damages {
		out = append(out, d.reason)
	}
	return out
}

func armour(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func group(entities ...string) string {
	return `<EntitiesDescriptor xmlns="` + nsMetadata + `">` + strings.Join(entities, "") + `</EntitiesDescriptor>`
}

func TestChoose(t *testing.T) {
	a, b, c := descriptor("signing", pack(entra(t))), descriptor("signing", pack(okta(t))), descriptor("", pack(testCertificate(t, "", samltest.ECKey)))
	const other, third = "https://other.example.com/", "https://third.example.com/"
	for name, x := range map[string]struct {
		m                 *Metadata
		issuer            string
		keys              int
		mismatch, missing bool
		hints             int
	}{
		"none":                      {nil, idpID, 0, false, false, 0},
		"its own":                   {mustParse(t, idp(idpID, a)), idpID, 1, false, false, 0},
		"lone with another ID":      {mustParse(t, idp(idpID, a)), other, 1, true, false, 0},
		"differs by a slash":        {mustParse(t, idp(idpID, a)), strings.TrimRight(idpID, "/"), 1, true, false, 0},
		"no issuer":                 {mustParse(t, idp(idpID, a)), "", 1, false, false, 0},
		"aggregate, nested":         {mustParse(t, group(idp(idpID, a), group(idp(other, b)))), other, 1, false, false, 1},
		"aggregate without it":      {mustParse(t, group(idp(idpID, a), idp(other, b))), third, 0, false, true, 2},
		"aggregate, no issuer":      {mustParse(t, group(idp(idpID, a), idp(other, b))), "", 0, false, true, 2},
		"two files united":          {JoinMetadata(mustParse(t, idp(idpID, a)), nil, mustParse(t, idp(idpID, b))), idpID, 2, false, false, 0},
		"the same twice":            {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(idpID, a))), idpID, 1, false, false, 0},
		"two files, another ID":     {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(idpID, b))), other, 2, true, false, 0},
		"two files, one fits":       {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(other, b))), other, 1, false, false, 1},
		"two files, none fits":      {JoinMetadata(mustParse(t, idp(idpID, a)), mustParse(t, idp(other, b))), third, 0, false, true, 2},
		"lone certificate":          {mustParse(t, armour(entra(t))), third, 1, false, false, 0},
		"certificate beside others": {JoinMetadata(mustParse(t, armour(entra(t))), mustParse(t, group(idp(idpID, b), idp(other, c)))), idpID, 2, false, false, 1},
		"certificate, none fits":    {JoinMetadata(mustParse(t, armour(entra(t))), mustParse(t, idp(idpID, b))), third, 1, false, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			got := x.m.choose(x.issuer)
			if len(got.keys) != x.keys || got.mismatch != x.mismatch || got.missing != x.missing || len(got.hints) != x.hints {
				t.Errorf("%d keys, mismatch %v, missing %v, %d hints; want %+v", len(got.keys), got.mismatch, got.missing, len(got.hints), x)
			}
		})
	}
	if JoinMetadata() != nil || JoinMetadata(nil) != nil {
		t.Error("nothing is joined to something")
	}
	one := mustParse(t, idp(idpID, a))
	if JoinMetadata(nil, one) != one {
		t.Error("one part is not given back as it is")
	}
	joined := JoinMetadata(JoinMetadata(one, mustParse(t, idp(other, b))), mustParse(t, idp(third, c)))
	one.Source = "one.xml"
	if n := len(joined.Files()); n != 3 || len(joined.Entities()) != 3 || joined.Entities()[0].Source() != "one.xml" {
		t.Errorf("%d files, %d entities", n, len(joined.Entities()))
	}
	if use := joined.Entities()[0].use(); use != (MetadataUse{Source: "one.xml", EntityID: idpID, Keys: 1}) {
		t.Errorf("use %+v", use)
	}
}

func TestShown(t *testing.T) {
	c, _ := samltest.CurrentKey.Certificate(samltest.Keycloak)
	text := strings.Replace(idp(idpID, descriptor("signing", pack(c.Raw)), descriptor("", pack(testCertificate(t, "", samltest.ECKey)))), `<SingleSign`,
		`<Extensions xmlns:ui="`+nsMetadataUI+`"><ui:UIInfo><ui:DisplayName xml:lang="en"> Example IdP </ui:DisplayName></ui:UIInfo></Extensions>`+
			`<SingleLogoutService Binding="b" Location="https://idp.example.com/slo" ResponseLocation="https://idp.example.com/r"/><NameIDFormat> f </NameIDFormat><SingleSign`, 1)
	text = strings.Replace(text, `</IDPSSODescriptor>`, `</IDPSSODescriptor><Organization><OrganizationDisplayName>Example IdP</OrganizationDisplayName><OrganizationDisplayName>Example Ltd</OrganizationDisplayName></Organization>`, 1)
	text = strings.Replace(group(text), `<EntitiesDescriptor`, `<EntitiesDescriptor validUntil="2026-09-12T00:00:00Z"`, 1)
	e := mustParse(t, strings.Replace(text, "<EntityDescriptor", `<EntityDescriptor validUntil="2027-01-01T00:00:00Z"`, 1)).Entities()[0]
	if want := time.Date(2026, 9, 12, 0, 0, 0, 0, time.UTC); !e.ValidUntil.Equal(want) {
		t.Errorf("valid until %v, want the group's %v", e.ValidUntil, want)
	}
	want := []Endpoint{{"SingleLogoutService", "b", "https://idp.example.com/slo", "https://idp.example.com/r"}, {"SingleSignOnService", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "https://idp.example.com/sso", ""}}
	if got := e.Endpoints(); !slices.Equal(got, want) {
		t.Errorf("endpoints %+v", got)
	}
	if got := e.Names(); !slices.Equal(got, []string{"Example IdP", "Example Ltd"}) {
		t.Errorf("names %q", got)
	}
	if got := e.NameIDFormats(); !slices.Equal(got, []string{"f"}) {
		t.Errorf("formats %q", got)
	}
	k := e.SigningKeys()
	if k[0].Algorithm != "RSA" || k[0].Bits != 2048 || k[0].Use != "signing" || k[0].Subject != c.Subject.String() || k[1].Algorithm != "ECDSA" || k[1].Bits != 256 || k[1].Use != "" {
		t.Errorf("keys %+v", k)
	}
	if days, ok := k[0].DaysLeft(c.NotAfter.Add(-36 * time.Hour)); days != 1 || !ok {
		t.Errorf("%d days left, want 1", days)
	}
	if days, _ := k[0].DaysLeft(c.NotAfter.Add(time.Hour)); days != -1 {
		t.Errorf("%d days left, want -1", days)
	}
	if _, ok := (SigningKey{}).DaysLeft(time.Now()); ok {
		t.Error("a bare key has days left")
	}
}

func TestEntityDescriptor(t *testing.T) {
	text := strings.Replace(idp(idpID, descriptor("signing", "garbage"), descriptor("signing", armour(entra(t)))), `<SingleSign`,
		`<ArtifactResolutionService index="3" Binding="b" Location="urn:odd"/><SingleLogoutService Binding="b" Location="l"/><ManageNameIDService Binding="b" Location="l"/>`+
			`<NameIDFormat>f</NameIDFormat><NameIDMappingService Binding="b" Location="l"/><AssertionIDRequestService Binding="b" Location="l"/><SingleSignOnService Binding="b"/><x:y xmlns:x="urn:x"/><SingleSign`, 1)
	text = strings.Replace(text, "<IDPSSODescriptor", `<IDPSSODescriptor cacheDuration="soon" WantAuthnRequestsSigned="true"`, 1)
	got, err := mustParse(t, text).EntityDescriptor("")
	if err != nil {
		t.Fatal(err)
	}
	role := got.IDPSSODescriptors[0]
	if got.EntityID != idpID || len(role.KeyDescriptors) != 1 || role.KeyDescriptors[0].KeyInfo.X509Data.X509Certificates[0].Data != pack(entra(t)) {
		t.Errorf("got %+v", got)
	}
	if len(role.SingleSignOnServices) != 1 || role.SSODescriptor.ArtifactResolutionServices[0].Index != 3 || len(role.SingleLogoutServices) != 1 ||
		len(role.ManageNameIDServices) != 1 || len(role.NameIDMappingServices) != 1 || len(role.AssertionIDRequestServices) != 1 || role.NameIDFormats[0] != "f" || !*role.WantAuthnRequestsSigned {
		t.Errorf("role %+v", role)
	}
	two := mustParse(t, group(idp(idpID), idp("https://other.example.com/")))
	if got, err := two.EntityDescriptor("https://other.example.com/"); err != nil || got.EntityID != "https://other.example.com/" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, c := range []struct {
		m  *Metadata
		id string
	}{{nil, ""}, {two, ""}, {two, "x"}, {mustParse(t, armour(entra(t))), ""}} {
		if got, err := c.m.EntityDescriptor(c.id); err == nil {
			t.Errorf("%q gives %+v", c.id, got)
		}
	}
}

func TestNearest(t *testing.T) {
	m := mustParse(t, group(idp("https://sts.example.com/a/"), idp("https://sts.example.com/b/"), idp("https://sts.example.com/abcd/"), idp("http://STS.example.com/a"),
		idp("urn:elsewhere:entirely"), idp("https://sts.example.com/a/"), idp("https://"+strings.Repeat("long.", 40))))
	if got, want := m.nearest("https://sts.example.com/a"), []string{"https://sts.example.com/a/", "http://STS.example.com/a", "https://sts.example.com/b/"}; !slices.Equal(got, want) {
		t.Errorf("nearest %q, want %q", got, want)
	}
	if got := m.nearest("urn:nothing:like:it:at:all"); len(got) > 1 {
		t.Errorf("nearest %q", got)
	}
	if got := m.nearest(strings.Repeat("x", 1000)); got != nil {
		t.Errorf("nearest %q", got)
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"aaaaaaaa", "bbbbbbbb", 4}} {
		if got := distance(c.a, c.b, 3); got != c.want {
			t.Errorf("distance of %q and %q is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// Metadata is shared: its keys are read once, whoever asks first.
func TestMetadataIsSafeForConcurrentUse(t *testing.T) {
	m := mustParse(t, published(t, samltest.Metadata{}))
	message := response(t, samltest.Login{})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if r := Check(message, m, Options{Time: samltest.Instant()}); !r.Verified {
				t.Errorf("not verified: %+v", r.Findings)
			}
			CheckMetadata(m, Options{})
		})
	}
	group.Wait()
}
