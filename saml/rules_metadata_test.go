package saml

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// response issues a response as a browser posts it.
func response(t testing.TB, l samltest.Login) *Message {
	t.Helper()
	r, err := l.Response()
	if err != nil {
		t.Fatal(err)
	}
	return Decode([]byte(r.Base64()))
}

// published gives the metadata of a product.
func published(t testing.TB, m samltest.Metadata) string {
	t.Helper()
	text, err := m.XML()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// metadataFindings gives the findings of stage metadata, as "code severity".
func metadataFindings(findings []Finding) (out []string) {
	for _, f := range findings {
		if f.Stage == StageMetadata {
			out = append(out, f.Code+" "+string(f.Severity))
		}
	}
	return out
}

// A case of a rule: what stage metadata finds in the report on a message.
func TestMetadataRulesOnMessages(t *testing.T) {
	sound := published(t, samltest.Metadata{})
	other := idp("https://idp.example.com/other/", descriptor("signing", pack(okta(t))))
	third := idp("https://idp.example.com/third/", descriptor("signing", pack(okta(t))))
	issuer := mustParse(t, sound).Entities()[0].ID
	long := strings.Repeat(" ", 1000)
	with := func(keys ...string) string { return idp(issuer, keys...) + long }
	own := descriptor("signing", pack(entra(t)))
	many := func(n int) string {
		keys := []string{own}
		for i := range n - 1 {
			key := newEC(t)
			keys = append(keys, descriptor("signing", pack(selfSigned(t, &x509.Certificate{Subject: pkix.Name{CommonName: fmt.Sprint(i)}}, key.Public(), key))))
		}
		return with(keys...)
	}
	small := with(keyValue(t, 512, 65537), own)
	expiry := mustParse(t, sound).Entities()[0].SigningKeys()[0]
	for name, c := range map[string]struct {
		login    samltest.Login
		metadata []string
		at       time.Time
		profile  Profile
		want     []string
		words    string // in the message of the first of them
	}{
		"sound":                         {metadata: []string{sound}},
		"sound, profile saml":           {metadata: []string{sound}, profile: ProfileSAML},
		"none":                          {want: []string{"metadata-missing error"}, words: "none is given"},
		"none, and not Success":         {login: samltest.Login{Mutations: []string{"status-denied"}}, want: nil},
		"none, for a request":           {login: samltest.Login{Product: "request"}},
		"aggregate, not Success":        {login: samltest.Login{Mutations: []string{"status-denied"}}, metadata: []string{group(other, third) + long}},
		"aggregate without it":          {metadata: []string{group(other, third) + long}, want: []string{"metadata-entity-missing error"}, words: "none of its 2 identity providers"},
		"aggregate with it":             {metadata: []string{group(other, idp(issuer, own)) + long}},
		"lone with another ID":          {metadata: []string{other + long}},
		"aggregate, near":               {metadata: []string{group(other, idp(strings.TrimSuffix(issuer, "/"))) + long}, want: []string{"metadata-entity-missing error"}, words: "nearest: " + quote(strings.TrimSuffix(issuer, "/"))},
		"aggregate, but as a service":   {metadata: []string{group(other, third, strings.ReplaceAll(idp(issuer), "IDPSSO", "SPSSO")) + long}, want: []string{"metadata-entity-missing error"}, words: "it is no identity provider"},
		"no key":                        {metadata: []string{with()}, want: []string{"metadata-key-missing error"}, words: "there is none"},
		"encryption key alone":          {metadata: []string{with(descriptor("encryption", pack(okta(t))))}, want: []string{"metadata-key-missing error"}, words: "does not count: an encryption key of the metadata"},
		"key in a wrong namespace":      {metadata: []string{with(strings.ReplaceAll(own, nsSignature, "https://www.w3.org/2000/09/xmldsig#"))}, want: []string{"metadata-key-missing error"}, words: `KeyInfo stands in the namespace "https://www.w3.org/2000/09/xmldsig#"`},
		"certificate unreadable":        {metadata: []string{with(descriptor("", "garbage!"))}, want: []string{"metadata-key-missing error", "metadata-certificate-malformed warning"}, words: "1 certificate or key is there, which cannot be read"},
		"one bad, one good":             {metadata: []string{with(descriptor("", "garbage!"), own)}, want: []string{"metadata-certificate-malformed warning"}, words: "(character 8 is \"!\"); it is left out (the metadata \"m0.xml\", line 1, column "},
		"PEM armour":                    {metadata: []string{with(descriptor("", armour(entra(t))))}, want: []string{"metadata-certificate-malformed warning"}, words: "by PEM armour; its key is used all the same"},
		"the bad one of another entity": {metadata: []string{group(idp(issuer, own), idp("https://idp.example.com/x", descriptor("", "garbage!"))) + long}},
		"byte order mark":               {metadata: []string{"\ufeff" + sound}, want: []string{"metadata-byte-order-mark warning"}, words: "EF BB BF"},
		"byte order mark, saml":         {metadata: []string{"\ufeff" + sound}, profile: ProfileSAML},
		"short":                         {metadata: []string{idp(issuer, keyValueOf(t, entra(t)))}, want: []string{"metadata-size warning"}, words: "1000 to 10000000 characters, it has "},
		"short, saml":                   {metadata: []string{idp(issuer, keyValueOf(t, entra(t)))}, profile: ProfileSAML},
		"short, but IAM has it":         {metadata: []string{`{"SAMLMetadataDocument":"` + strings.ReplaceAll(idp(issuer, keyValueOf(t, entra(t))), `"`, `\"`) + `"}`}},
		"long":                          {metadata: []string{idp(issuer, own) + strings.Repeat(" \n", 5_000_000)}, want: []string{"metadata-size warning"}},
		"weak beside a sound key":       {metadata: []string{small}, want: []string{"key-weak error"}, words: "an RSA modulus of 512 bits"},
		"weak beside a sound key, saml": {metadata: []string{small}, profile: ProfileSAML, want: []string{"key-weak warning"}, words: "never used to verify"},
		"weak alone, saml":              {metadata: []string{with(keyValue(t, 512, 65537))}, profile: ProfileSAML, want: []string{"key-weak error"}},
		"exponent 1, saml":              {metadata: []string{with(keyValue(t, 2048, 1), own)}, profile: ProfileSAML, want: []string{"key-weak warning"}, words: "an RSA exponent of 1"},
		"exponent 3":                    {metadata: []string{with(keyValue(t, 2048, 3), own)}, want: []string{"key-weak warning"}, words: "exponent 3"},
		"1024 bits":                     {metadata: []string{with(keyValue(t, 1024, 65537), own)}, want: []string{"key-weak warning"}, words: "1024 bits, 2048 or more"},
		"2048 bits":                     {metadata: []string{with(keyValue(t, 2048, 65537), own)}},
		"oversized":                     {metadata: []string{with(keyValue(t, 16392, 65537), own)}, want: []string{"key-weak warning"}},
		"10 keys":                       {metadata: []string{many(10)}},
		"11 keys":                       {metadata: []string{many(11)}, want: []string{"metadata-keys-many warning"}, words: "at most 10 signing keys are expected"},
		"11 keys, saml":                 {metadata: []string{many(11)}, profile: ProfileSAML},
		"one key 11 times":              {metadata: []string{with(slices.Repeat([]string{own}, 11)...)}},
		"expired":                       {metadata: []string{sound}, at: expiry.NotAfter, want: []string{"certificate-expired warning"}, words: "expired on "},
		"expired, another signed":       {metadata: []string{with(own, descriptor("", pack(expired(t))))}},
		"not yet valid":                 {metadata: []string{sound}, at: expiry.NotBefore.Add(-time.Hour), want: []string{"certificate-not-yet-valid warning"}, words: "in less than a day"},
		"valid from now on":             {metadata: []string{sound}, at: expiry.NotBefore},
		"a week left":                   {metadata: []string{sound}, at: expiry.NotAfter.AddDate(0, 0, -7), want: []string{"certificate-expiring warning"}, words: "in 7 days: within 7 days"},
		"a month left":                  {metadata: []string{sound}, at: expiry.NotAfter.AddDate(0, 0, -8), want: []string{"certificate-expiring warning"}, words: "in 8 days: within 30 days"},
		"two months left":               {metadata: []string{sound}, at: expiry.NotAfter.AddDate(0, 0, -60), want: []string{"certificate-expiring warning"}, words: "within 60 days"},
		"more than two months left":     {metadata: []string{sound}, at: expiry.NotAfter.AddDate(0, 0, -60).Add(-time.Second)},
		"expired, but certified anew":   {metadata: []string{with(own, descriptor("", pack(testCertificate(t, "", samltest.ReissuedKey))))}, at: expiry.NotAfter},
		"past validUntil":               {metadata: []string{strings.Replace(with(own), " entityID", ` validUntil="2026-09-11T11:00:00Z" entityID`, 1)}, want: []string{"metadata-expired info"}, words: "valid until 2026-09-11T11:00:00Z, which was less than a day ago"},
		"past validUntil, saml":         {metadata: []string{strings.Replace(with(own), " entityID", ` validUntil="2026-09-01T11:00:00Z" entityID`, 1)}, profile: ProfileSAML, want: []string{"metadata-expired warning"}, words: "10 days ago"},
		"validUntil ahead":              {metadata: []string{strings.Replace(with(own), " entityID", ` validUntil="2026-09-11T11:00:02Z" entityID`, 1)}},
		"validUntil malformed":          {metadata: []string{strings.Replace(with(own), " entityID", ` validUntil="soon" entityID`, 1)}},
		"signature broken":              {metadata: []string{strings.Replace(sound, "<IDPSSODescriptor", "\n<IDPSSODescriptor", 1)}, want: []string{"metadata-signature-broken info"}, words: "the content was changed after signing"},
		"tenant-wide":                   {metadata: []string{published(t, samltest.Metadata{Keys: []samltest.Key{samltest.TenantKey}})}, want: []string{"metadata-tenant-wide warning"}, words: "expected (with ?appid=)"},
		"an older application key":      {metadata: []string{published(t, samltest.Metadata{Keys: []samltest.Key{samltest.NextKey}})}},
		"another product's key":         {login: samltest.Login{Product: samltest.Okta, Key: samltest.AttackerKey}, metadata: []string{published(t, samltest.Metadata{Product: samltest.Okta}) + long}},
		"lone certificate":              {metadata: []string{armour(entra(t))}},
		"lone certificate, expired":     {metadata: []string{armour(entra(t))}, at: expiry.NotAfter, want: []string{"certificate-expired warning"}},
		"no XML":                        {metadata: []string{"\ufeff" + sound}, login: samltest.Login{Product: "none"}},
	} {
		t.Run(name, func(t *testing.T) {
			var parts []*Metadata
			for i, text := range c.metadata {
				m := mustParse(t, text)
				m.Source = fmt.Sprintf("m%d.xml", i)
				parts = append(parts, m)
			}
			message := Decode([]byte("no message at all"))
			switch c.login.Product {
			case "none":
			case "request":
				message = Decode([]byte(`<AuthnRequest xmlns="` + nsProtocol + `"><Issuer xmlns="` + nsAssertion + `">x</Issuer></AuthnRequest>`))
			default:
				message = response(t, c.login)
			}
			o := Options{Profile: c.profile, Time: c.at}
			if o.Profile == "" {
				o.Profile = ProfileAWS
			}
			if o.Time.IsZero() {
				o.Time = samltest.Instant().Add(time.Second)
			}
			r := Check(message, JoinMetadata(parts...), o)
			got := metadataFindings(r.Findings)
			if !slices.Equal(got, c.want) {
				t.Fatalf("findings %q, want %q", got, c.want)
			}
			for _, f := range r.Findings {
				if f.Stage != StageMetadata {
					continue
				}
				if !strings.Contains(f.Message, c.words) {
					t.Errorf("the message %q does not say %q", f.Message, c.words)
				}
				if f.Line != 0 || f.Path != "" {
					t.Errorf("a place in the metadata is given as one in the message: %+v", f)
				}
				break
			}
		})
	}
}

// A response that is signed with an application's key is proved wrong by the
// metadata of the tenant, though the finding that says so is a warning.
func TestTenantWideProvesWrong(t *testing.T) {
	m := mustParse(t, published(t, samltest.Metadata{Keys: []samltest.Key{samltest.TenantKey}}))
	r := Check(response(t, samltest.Login{}), m, Options{Time: samltest.Instant()})
	if r.Verdict != Fail || r.Verified {
		t.Errorf("verdict %q, verified %v", r.Verdict, r.Verified)
	}
	for _, f := range r.Findings {
		if f.Code == "signature-key-unknown" {
			t.Errorf("the cause is found twice: %s", f.Message)
		}
	}
}

// Metadata without a usable key proves nothing against a message.
func TestKeyMissingProvesNothing(t *testing.T) {
	issuer := mustParse(t, published(t, samltest.Metadata{})).Entities()[0].ID
	for name, keys := range map[string]string{"none": "", "a weak one": keyValue(t, 512, 65537)} {
		r := Check(response(t, samltest.Login{}), mustParse(t, idp(issuer, keys)), Options{Time: samltest.Instant()})
		if r.Verdict != Unverified {
			t.Errorf("%s: verdict %q, findings %+v", name, r.Verdict, r.Findings)
		}
	}
}

// keyValue writes a KeyDescriptor with an RSA key of a size. Its modulus is a
// number that nobody factored, which is all that is asked of it.
func keyValue(t testing.TB, bits, exponent int) string {
	t.Helper()
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), uint(bits-1)))
	if err != nil {
		t.Fatal(err)
	}
	n.SetBit(n, bits-1, 1).SetBit(n, 0, 1)
	return rsaDescriptor(&rsa.PublicKey{N: n, E: exponent})
}

func keyValueOf(t testing.TB, der []byte) string {
	t.Helper()
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return rsaDescriptor(c.PublicKey.(*rsa.PublicKey))
}

func rsaDescriptor(k *rsa.PublicKey) string {
	return `<KeyDescriptor><KeyInfo xmlns="` + nsSignature + `"><KeyValue><RSAKeyValue><Modulus>` + pack(k.N.Bytes()) + `</Modulus><Exponent>` + pack(big.NewInt(int64(k.E)).Bytes()) + `</Exponent></RSAKeyValue></KeyValue></KeyInfo></KeyDescriptor>`
}

func expired(t testing.TB) []byte {
	key := newEC(t)
	return selfSigned(t, &x509.Certificate{Subject: pkix.Name{CommonName: "old"}, NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)}, key.Public(), key)
}

func TestCheckMetadata(t *testing.T) {
	text := "\ufeff" + group(idp(idpID, descriptor("", pack(expired(t))), descriptor("", pack(entra(t))), descriptor("", "garbage!")), idp("https://idp.example.com/empty"),
		idp("https://idp.example.com/weak", keyValue(t, 512, 65537)))
	findings := CheckMetadata(mustParse(t, text), Options{Profile: ProfileAWS, Time: samltest.Instant(), Ignore: []string{"key-weak"}})
	want := []string{"metadata-byte-order-mark warning", "metadata-key-missing error", "metadata-certificate-malformed warning", "key-weak error", "certificate-expired warning"}
	if got := metadataFindings(findings); !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
	for _, f := range findings {
		if path, ok := map[string]string{
			"metadata-key-missing":           "/EntitiesDescriptor/EntityDescriptor[2]",
			"metadata-certificate-malformed": "/EntitiesDescriptor/EntityDescriptor[1]/IDPSSODescriptor/KeyDescriptor[3]/KeyInfo/X509Data/X509Certificate",
			"key-weak":                       "/EntitiesDescriptor/EntityDescriptor[3]/IDPSSODescriptor/KeyDescriptor/KeyInfo/KeyValue",
		}[f.Code]; ok && (f.Path != path || f.Line != 1) {
			t.Errorf("%s stands at %s, line %d", f.Code, f.Path, f.Line)
		}
		if f.Ignored {
			t.Errorf("%s is ignored, whose stage proves", f.Code)
		}
	}
	if got := CheckMetadata(nil, Options{}); got == nil || len(got) > 0 {
		t.Errorf("no metadata has findings %v", got)
	}
	if got := CheckMetadata(mustParse(t, published(t, samltest.Metadata{})), Options{Profile: ProfileAWS, Time: samltest.Instant()}); len(got) > 0 {
		t.Errorf("sound metadata has findings %+v", got)
	}
	two := armour(entra(t)) + armour(okta(t))
	if got := CheckMetadata(mustParse(t, two), Options{Profile: ProfileAWS, Time: samltest.Instant()}); len(got) > 0 {
		t.Errorf("sound certificates have findings %+v", got)
	}
}

// The answers of AWS differ with what is known of the kind of damage.
func TestDamageAnswers(t *testing.T) {
	for kind, want := range map[damageKind]Basis{unreadableCertificate: Observed, repairedCertificate: Inferred, repeatedExtension: Documented, strangeCertificate: ""} {
		answers, none := damage{kind: kind}.answer()
		if answers == nil && !none {
			for _, r := range metadataKeyRules {
				if r.Code == "metadata-certificate-malformed" {
					answers = r.AWS
				}
			}
		}
		switch {
		case want == "" && (!none || answers != nil):
			t.Errorf("kind %d: %v, want nothing", kind, answers)
		case want != "" && (len(answers) != 1 || answers[0].Basis != want || answers[0].Message != unparsed):
			t.Errorf("kind %d: %+v, want basis %s", kind, answers, want)
		}
	}
}

// A damaged certificate of a certificate file is named by its number.
func TestLoneDamage(t *testing.T) {
	good, _ := x509.ParseCertificate(entra(t))
	serial := string(good.SerialNumber.Bytes())
	m := mustParse(t, armour(okta(t))+armour(edited(t, entra(t), serial, "\xff"+serial[1:])))
	f := CheckMetadata(m, Options{Profile: ProfileAWS, Time: samltest.Instant()})
	if len(f) != 1 || !strings.HasPrefix(f[0].Message, "certificate 2 of the metadata is expected to be sound, strict readers refuse") || len(f[0].AWS) != 0 {
		t.Errorf("findings %+v", f)
	}
}

// xmlsec1 said of these samples whether their signature holds with the
// certificate inside (samples/manifest.tsv).
func TestSampleMetadataSignatures(t *testing.T) {
	metadataSamples(t)
	manifest, err := os.ReadFile(filepath.Join("..", "..", "shared", "samples", "manifest.tsv"))
	if err != nil {
		t.Skip("../shared/samples is not here")
	}
	judged := 0
	for line := range strings.Lines(string(manifest)) {
		column := strings.Split(line, "\t")
		if len(column) < 6 || column[1] != "metadata" || column[5] != "verifies" && column[5] != "fails" {
			continue
		}
		data, err := os.ReadFile(filepath.Join("..", "..", "shared", "samples", column[0]))
		if err != nil {
			t.Fatal(err)
		}
		judged++
		broken := len(mustParse(t, string(data)).brokenSignatures()) > 0
		if broken != (column[5] == "fails") {
			t.Errorf("%s: broken %v, xmlsec1 says that it %s", column[0], broken, column[5])
		}
	}
	if judged < 5 {
		t.Errorf("%d signed samples, 5 or more are expected", judged)
	}
}

// Metadata beyond the limits for messages is not examined.
func TestLargeMetadataIsNotExamined(t *testing.T) {
	broken := strings.Replace(published(t, samltest.Metadata{}), "<IDPSSODescriptor", "\n<IDPSSODescriptor", 1)
	if m := mustParse(t, broken+strings.Repeat(" ", 1<<20)); len(m.brokenSignatures()) != 0 {
		t.Error("it is examined")
	}
}

func TestMetadataRulesAreWhole(t *testing.T) {
	for _, r := range metadataRules {
		if r.Stage != StageMetadata || r.Title == "" || r.Explanation == "" || r.Fix == "" || len(r.Sources) == 0 || r.judge == nil {
			t.Errorf("%s lacks something", r.Code)
		}
	}
}
