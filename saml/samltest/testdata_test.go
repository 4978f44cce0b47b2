package samltest

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// root is testdata/ of the project.
const root = "../../testdata"

// A fixture is a file of testdata/idp or testdata/captures.
type fixture struct {
	file string
	doc  string // what it is, for the README
	make func() ([]byte, error)
}

func metadataFile(m Metadata) func() ([]byte, error) { return m.XML }

func certificateFile(p Product, k Key) func() ([]byte, error) {
	return func() ([]byte, error) {
		cert, err := k.Certificate(p)
		if err != nil {
			return nil, err
		}
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}), nil
	}
}

// capture gives a form of the response of a login.
func capture(l Login, form func(Response) string) func() ([]byte, error) {
	return func() ([]byte, error) {
		r, err := l.Response()
		if err != nil {
			return nil, err
		}
		return []byte(form(r)), nil
	}
}

// The forms that captures come in.
func asXML(r Response) string        { return string(r) }
func asBase64(r Response) string     { return r.Base64() + "\n" }
func asFolded(r Response) string     { return fold(r.Base64()) + "\n" }
func asURLEncoded(r Response) string { return r.URLEncoded() + "\n" }
func asForm(r Response) string       { return r.FormBody("https://console.aws.amazon.com/") }

func metadataFixtures() []fixture {
	return []fixture{
		{"idp/metadata.xml", "Entra ID: its own signature, two WS-Federation roles, the SAML role; the current key", metadataFile(Metadata{})},
		{"idp/adfs.xml", "AD FS: its own signature, a WS-Federation role, a service provider role, encryption keys", metadataFile(Metadata{Product: ADFS})},
		{"idp/okta.xml", "Okta", metadataFile(Metadata{Product: Okta})},
		{"idp/keycloak.xml", "Keycloak: an EntitiesDescriptor of one entity", metadataFile(Metadata{Product: Keycloak})},
		{"idp/aggregate.xml", "an aggregate of Keycloak and Okta", aggregate},
		{"idp/rollover.xml", "Entra ID with two signing keys, the current and the next", metadataFile(Metadata{Keys: []Key{CurrentKey, NextKey}})},
		{"idp/next.xml", "Entra ID after the rollover: only the next key", metadataFile(Metadata{Keys: []Key{NextKey}})},
		{"idp/tenant.xml", "Entra ID, the metadata of the whole tenant: not the application's key", metadataFile(Metadata{Keys: []Key{TenantKey}})},
		{"idp/ecdsa.xml", "Entra-shaped, with the ECDSA key", metadataFile(Metadata{Keys: []Key{ECKey}})},
		{"idp/weak.xml", "Entra-shaped, with the RSA key of 1024 bits", metadataFile(Metadata{Keys: []Key{WeakKey}})},
		{"idp/entra.pem", "the certificate of Entra's current key alone", certificateFile(Entra, CurrentKey)},
		{"idp/encryption.key", "the private key that encrypted assertions are for: made for these tests, like all keys here", func() ([]byte, error) {
			return keyFiles.ReadFile("keys/" + EncryptionKey.keyName(Entra) + ".key")
		}},
	}
}

// aggregate puts Okta's entity beside Keycloak's.
func aggregate() ([]byte, error) {
	all, err := Metadata{Product: Keycloak}.XML()
	if err != nil {
		return nil, err
	}
	one, err := Metadata{Product: Okta}.XML()
	if err != nil {
		return nil, err
	}
	_, entity, _ := strings.Cut(string(one), "?>")
	const end = "</md:EntitiesDescriptor>"
	return []byte(strings.Replace(string(all), end, entity+end, 1)), nil
}

// broken is the capture with five faults of issue: what one run has to find.
func broken() Login {
	return Login{
		Roles:     []string{"arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:saml-provider/WAAD"},
		Mutations: []string{"role-pair-cut", "session-name-blank", "window-short", "audience-other", "nameid-edited"},
	}
}

func captureFixtures() []fixture {
	var out []fixture
	for _, p := range Products() {
		l := Login{Product: p}
		name := "captures/" + string(p) + "-good."
		what := "a sound sign-in at " + string(p)
		if p == Keycloak {
			what += " (valid for 58 seconds: judge it as of " + Instant().Add(30*time.Second).Format(time.RFC3339) + ")"
		}
		out = append(out,
			fixture{name + "b64", what + ", base64 on one line", capture(l, asBase64)},
			fixture{name + "form", "the same as a form body with RelayState", capture(l, asForm)},
			fixture{name + "urlencoded", "the same as the bare value of a form body", capture(l, asURLEncoded)},
			fixture{name + "xml", "the same as XML", capture(l, asXML)})
	}
	return append(out,
		fixture{"captures/entra-good-folded.b64", "the same in lines of 76 characters", capture(Login{}, asFolded)},
		fixture{"captures/entra-sp-initiated.b64", "a sound sign-in that answers the request _request-1", capture(Login{InResponseTo: "_request-1"}, asBase64)},
		fixture{"captures/entra-response-signed.b64", "only the Response is signed, which AWS refuses", capture(Login{Sign: SignResponse}, asBase64)},
		fixture{"captures/entra-pretty-printed.xml", "indented by a formatter after it was signed", capture(Login{Mutations: []string{"pretty-printed"}}, asXML)},
		fixture{"captures/entra-broken.b64", "five faults at once: a role pair cut in half, a session name with a blank, an expired window (at 11:04), another audience, and a NameID that was edited after signing", capture(broken(), asBase64)})
}

// TestTestdata proves that testdata/ is what this package makes; with -update
// it writes it.
func TestTestdata(t *testing.T) {
	made := []string{"README.md", "captures/tools"} // the second by package internal/capture
	for _, f := range slices.Concat(metadataFixtures(), captureFixtures(), testFixtures()) {
		made = append(made, f.file)
		data, err := f.make()
		if err != nil {
			t.Fatalf("%s: %v", f.file, err)
		}
		golden(t, filepath.Join(root, f.file), data)
	}
	for _, c := range cases() {
		made = append(made, c.file())
		golden(t, filepath.Join(root, c.file()), c.archive(t))
	}
	golden(t, filepath.Join(root, "README.md"), readme())
	for _, dir := range []string{"idp", "captures", "cases", "fixtures"} {
		entries, err := os.ReadDir(filepath.Join(root, dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if name := dir + "/" + e.Name(); !slices.Contains(made, name) && !slices.Contains(made, writtenByHand(name)) {
				t.Errorf("testdata/%s is made by nothing", name)
			}
		}
	}
}

func readme() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Test data

Every file here is made by the package saml/samltest and is never edited by hand, but for the part `+"`want`"+` of each case:

    go test ./saml/samltest -run TestTestdata -update

writes them, and the same test without -update proves that making them anew changes nothing. Keys, certificates, people,
accounts and tenants are made up for these tests; the private keys are in saml/samltest/keys, for everybody to read.

All sign-ins were issued at %s unless their name says otherwise. Judge them as of two minutes later:

    go run ./cmd/samlcheck -m testdata/idp/metadata.xml --at %s testdata/captures/entra-good.b64

and the broken one, whose window ends three and a half minutes after the issue, as of

    go run ./cmd/samlcheck -m testdata/idp/metadata.xml --at %s testdata/captures/entra-broken.b64

## idp: what identity providers publish

`, Instant().Format(time.RFC3339), caseTime, Instant().Add(4*time.Minute).Format(time.RFC3339))
	table(&b, metadataFixtures())
	b.WriteString("\n## captures: what browsers posted\n\n")
	table(&b, captureFixtures())
	b.WriteString("\n## fixtures: a folder for samlcheck test\n\nThe YAML beside the captures is written and read by people. `samlcheck test testdata/fixtures` runs them.\n\n")
	table(&b, testFixtures())
	b.WriteString(`
## captures/tools: the same, as tools write it

The sound sign-in at Entra in the containers that people send, with fictional hosts and accounts. The names say nothing that
helps to recognise them: content alone does. Package internal/capture makes them, and holds what is found in each:

    go test ./internal/capture -run TestTools -update

| files | what |
|---|---|
| archive-* | HAR archives of Chrome, Firefox, Safari and Charles: with bodies and without, with fields alone, cut, a whole flow, WS-Federation |
| trace-* | exports of SAML-tracer: as it is, with values masked, of a version before 1.0 |
| command-* | “Copy as cURL” for bash and for cmd.exe, “Copy as PowerShell”, “Copy as fetch”, one and all, and commands written by hand |
| page-* | pages with the form that posts itself, of Entra, AD FS, Keycloak, Okta and Shibboleth; one cut |
| http-*, burp-*, zap-*, mitm-*, fiddler-* | HTTP messages as text, and what these proxies save |
| mail-*, ticket-*, notes-*, chat*, panel-lines, page-shown-xml | mails, tickets and notes with a message in them |
| log-*, code-*, file-yaml, patch, charles-session | logs, with escapes of their own, and what programs read or write |
| json-*, trail-* | JSON with a message at any depth; events of CloudTrail, which hold none |
| call-* | calls of AssumeRoleWithSAML |

docs/captures.md tells how people make such captures, and what each tool leaves out.

## cases: one fault each

Archives in the txtar form, named for the code that they yield: ` + "`CODE.txtar`, or `CODE.WORD.txtar`" + ` for another way to it.
` + "`CODE.near.txtar`" + ` comes close and must not yield it. Each holds

| part | what |
|---|---|
| the comment | why the case is there |
| flags | as on the command line, one a line; posted and dated stand for what the container of a capture tells: the URL, and the time of the HTTP answer; asked is the ID of an AuthnRequest in it, asked-by its issuer, asked-at its AssertionConsumerServiceURL, asked-with its RelayState, blanks as %20; key is a path below this folder |
| metadata | a path below this folder, or nothing for no metadata |
| response.b64, response.txt | the capture: base64 in lines of 76 characters, or the text as it is |
| iam, iam ARN | where it matters: what AWS CLI commands print of the account, and of the SAML provider with this ARN |
| want | what is expected: verdict, verified, under the profile aws what STS and the console answer (code, message or seconds, basis), then a line for each finding with severity, code and path |

The test in package claims runs each case and compares all of it; ` + "`want`" + ` is written and read by people.
`)
	return b.Bytes()
}

func table(b *bytes.Buffer, files []fixture) {
	b.WriteString("| file | what |\n|---|---|\n")
	for _, f := range files {
		fmt.Fprintf(b, "| %s | %s |\n", strings.SplitN(f.file, "/", 2)[1], f.doc)
	}
}
