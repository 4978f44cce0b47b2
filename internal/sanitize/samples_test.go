package sanitize_test

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
	"github.com/samlcheck/samlcheck/saml"
)

const samples = "../../../shared/samples"

// readManifest gives the rows of the manifest, each as a function from the name
// of a column.
func readManifest(t *testing.T) (out []func(string) string) {
	t.Helper()
	file, err := os.Open(filepath.Join(samples, "manifest.tsv"))
	if err != nil {
		t.Skip("the samples are not here: ", err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		out = append(out, func(name string) string { return row[column[name]] })
	}
	return out
}

// readSamples gives the responses and assertions that other projects publish as
// test data, some of them captures of real sign-ins, with what verifies them.
func readSamples(t *testing.T) []trial {
	t.Helper()
	var out []trial
	for _, get := range readManifest(t) {
		if get("kind") != "metadata" {
			out = append(out, readSample(t, get))
		}
	}
	if len(out) != 331 {
		t.Fatalf("%d responses and assertions are in the manifest, 331 are known", len(out))
	}
	return out
}

func readSample(t *testing.T, get func(string) string) trial {
	t.Helper()
	document := readSampleFile(t, get("file"))
	c := trial{name: filepath.Base(get("file")), message: saml.Decode(document)}
	if key := strings.TrimSuffix(get("key"), " (from the message itself)"); key != "" {
		c.metadata = [][]byte{readSampleFile(t, key)}
	} else if embedded := embeddedCertificates(document); embedded != nil {
		c.metadata = [][]byte{embedded}
	}
	c.group = string(bytes.Join(c.metadata, nil)) + get("decryption_key")
	if key := get("decryption_key"); key != "" {
		keys, err := saml.ParsePrivateKeys(readSampleFile(t, key), nil)
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		c.options.DecryptionKeys = keys
	}
	c.options.Time = time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)
	if first, _, _ := strings.Cut(get("not_on_or_after"), ","); first != "" {
		at, err := time.Parse(time.RFC3339, first)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		c.options.Time = at.Add(-time.Second)
	}
	return c
}

func readSampleFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var certificateText = regexp.MustCompile(`(?s)<(?:\w+:)?X509Certificate(?:\s[^>]*)?>(.*?)</`)

// embeddedCertificates gives the certificates inside a document as metadata; nil
// where none can be read.
func embeddedCertificates(document []byte) []byte {
	var pem strings.Builder
	for _, m := range certificateText.FindAllStringSubmatch(string(document), -1) {
		text := strings.NewReplacer("&#13;", "", "&#xD;", "").Replace(m[1])
		pem.WriteString("-----BEGIN CERTIFICATE-----\n" + strings.Join(strings.Fields(text), "\n") + "\n-----END CERTIFICATE-----\n")
	}
	if _, err := saml.ParseMetadata([]byte(pem.String())); err != nil {
		return nil
	}
	return []byte(pem.String())
}

// urlHost finds the hosts of addresses; anybodys are those of standards and of
// services, which say nothing of who uses them.
var (
	urlHost  = regexp.MustCompile(`://([\w.-]+\.[A-Za-z]{2,})`)
	anybodys = regexp.MustCompile(`(^|\.)(w3|oasis-open|xmlsoap|ws-i)\.org$|(^|\.)(microsoft|microsoftonline|amazon|amazonaws(-us-gov)?|auth0)\.com$|^www\.okta\.com$|\.windows\.net$|^accounts\.google\.com$|\.amazonaws\.cn$|(^|\.)amazonaws\.cn$`)
)

// publicValue is a value that may stay: a name that a standard or a vendor gave,
// and a number of seconds.
var publicValue = regexp.MustCompile(`^(urn:oasis:names:|urn:mace:dir:|urn:federation:authentication:|https?://schemas\.|[0-9]{1,6}$)`)

// secrets finds in a document, with another parser, what must not be in its
// fixture: who is meant, addresses, accounts, GUIDs and certificates.
func secrets(document string) map[string]bool {
	out := map[string]bool{}
	for _, form := range []*regexp.Regexp{
		regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)+`),
		regexp.MustCompile(`\b\d{12}\b`),
		regexp.MustCompile(`\b[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b`),
	} {
		for _, found := range form.FindAllString(document, -1) {
			out[found] = true
		}
	}
	for _, found := range urlHost.FindAllStringSubmatch(document, -1) {
		if host := strings.ToLower(found[1]); !anybodys.MatchString(host) {
			out[host] = true
		}
	}
	doc := etree.NewDocument()
	doc.ReadSettings.Permissive = true
	if doc.ReadFromString(document) != nil {
		return out
	}
	for path, shortest := range map[string]int{"//NameID": 4, "//X509Certificate": 4, "//AttributeValue": 6} {
		for _, e := range doc.FindElements(path) {
			named := e.Parent().SelectAttrValue("Name", "") == e.Text() // as in a fixture that somebody made by hand
			if text := strings.Join(strings.Fields(e.Text()), ""); len(text) >= shortest && !named && !publicValue.MatchString(text) {
				out[text[:min(len(text), 200)]] = true
			}
		}
	}
	return out
}

// leaked gives the first secret that stands in one of the texts.
func leaked(secrets map[string]bool, texts ...string) string {
	for _, text := range texts {
		packed := strings.ToLower(strings.Join(strings.Fields(text), ""))
		for s := range secrets {
			if strings.Contains(packed, strings.ToLower(s)) {
				return s
			}
		}
	}
	return ""
}

// sampleRefused are the samples of which no fixture is made, each with the words of
// why.
var sampleRefused = map[string]string{
	// Cut out of documents whose root declares the prefix: no XML by themselves.
	"dex--idp-resp-signed-assertion0.xml":    `the prefix "xsi" is not declared`,
	"dex--idp-resp.xml":                      `the prefix "xsi" is not declared`,
	"saml2aws--assertion.xml":                `the prefix "saml2" is not declared`,
	"saml2aws--assertion_invalid_date.xml":   `the prefix "saml2" is not declared`,
	"saml2aws--assertion_no_destination.xml": `the prefix "saml2" is not declared`,
	// Its element AttackersElement is named after a value that is replaced.
	"dex--two-assertions-first-signed.xml": "a name of markup with a word that was replaced elsewhere",
}

func TestSamples(t *testing.T) {
	same, made := 0, 0
	for _, r := range grouped(t, some(readSamples(t))) {
		switch reason, known := sampleRefused[r.name]; {
		case r.err != nil && (!known || !strings.Contains(r.err.Error(), reason)):
			t.Errorf("%s: refused: %v", r.name, r.err)
		case r.err == nil && known:
			t.Errorf("%s: a fixture is made, where a refusal is listed: %s", r.name, reason)
		}
		if r.err != nil {
			continue
		}
		made++
		if len(r.fixture.Lost) == 0 {
			same++
		} else {
			t.Errorf("%s: %v", r.name, r.fixture.Lost)
		}
		r.holdSafe(t)
	}
	t.Logf("%d of %d fixtures keep all their findings", same, made)
}

// holdSafe holds that nothing of the capture is in what was made of it, and that
// it does not verify with what verified the capture.
func (r result) holdSafe(t *testing.T) {
	t.Helper()
	secret := secrets(string(r.message.XML()))
	texts := append([]string{string(r.fixture.XML)}, r.plaintexts(t, secret)...)
	for _, file := range r.files {
		texts = append(texts, string(file.Data))
	}
	for _, text := range slices.Clone(texts) {
		texts = append(texts, insideBase64(text)...)
	}
	if left := leaked(secret, texts...); left != "" {
		t.Errorf("%s: %q is left", r.name, left)
	}
	for _, data := range r.metadata {
		metadata, err := saml.ParseMetadata(data)
		if err != nil {
			t.Fatal(err)
		}
		if saml.Check(saml.Decode(r.fixture.Text), metadata, r.options.Options).Verified {
			t.Errorf("%s: the fixture verifies with the metadata of the capture", r.name)
		}
	}
}

// plaintexts decrypts what is encrypted in the fixture, and adds the secrets of
// what is encrypted in the capture.
func (r result) plaintexts(t *testing.T, secret map[string]bool) (out []string) {
	t.Helper()
	if r.key == nil {
		return nil
	}
	keys, err := saml.ParsePrivateKeys(r.key, nil)
	if err != nil {
		t.Fatal(err)
	}
	before := decrypted(t, r.message.XML(), r.options.DecryptionKeys)
	for _, text := range before {
		maps.Copy(secret, secrets(text))
	}
	if out = decrypted(t, r.fixture.XML, keys); len(out) != len(before) {
		t.Errorf("%s: %d parts can be decrypted, in the capture %d", r.name, len(out), len(before))
	}
	return out
}

func decrypted(t *testing.T, document []byte, keys []*rsa.PrivateKey) (out []string) {
	t.Helper()
	doc, err := xmldoc.Parse(document, xmldoc.WidestLimits())
	if err != nil {
		t.Fatal(err)
	}
	for e := range doc.Elements() {
		if !e.Child(xmlenc.Space, "EncryptedData").Present() {
			continue
		}
		if plaintext, err := xmlenc.Read(e).Decrypt(keys); err == nil {
			out = append(out, string(plaintext))
		}
	}
	return out
}

var base64Run = regexp.MustCompile(`[A-Za-z0-9+/=\s]{40,}`)

// insideBase64 gives what the base64 of a text holds.
func insideBase64(text string) (out []string) {
	for _, run := range base64Run.FindAllString(text, -1) {
		if inside, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(run), "")); err == nil {
			out = append(out, string(inside))
		}
	}
	return out
}
