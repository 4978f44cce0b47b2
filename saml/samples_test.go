package saml_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"

	"github.com/samlcheck/samlcheck/saml"
)

const samples = "../../shared/samples"

// A sample is a row of the manifest: a document that another project publishes
// as test data, and what xmlsec1 says of it.
type sample struct {
	file, kind, encrypted, xmlsec1, key, expected, notOnOrAfter, signatures, decryptionKey string
	document                                                                               []byte
}

func readSamples(t *testing.T) []sample {
	t.Helper()
	file, err := os.Open(filepath.Join(samples, "manifest.tsv"))
	if err != nil {
		t.Skip("../shared/samples is not here: ", err)
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
	var out []sample
	for _, row := range rows[1:] {
		get := func(name string) string { return row[column[name]] }
		s := sample{file: get("file"), kind: get("kind"), encrypted: get("encrypted"), xmlsec1: get("xmlsec1"),
			key: strings.TrimSuffix(get("key"), " (from the message itself)"), expected: get("expected"),
			notOnOrAfter: get("not_on_or_after"), signatures: get("signatures"), decryptionKey: get("decryption_key")}
		if strings.Contains(s.file, "TestSPRealWorld") && s.kind == "response" {
			s.key = realWorld
		}
		if s.document, err = os.ReadFile(filepath.Join(samples, s.file)); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if len(out) != 395 {
		t.Fatalf("the manifest has %d rows, 395 are known", len(out))
	}
	return out
}

var certificateText = regexp.MustCompile(`(?s)<(?:\w+:)?X509Certificate(?:\s[^>]*)?>(.*?)</`)

// realWorld is the metadata of two samples whose key the manifest does not name.
const realWorld = "metadata/saml--TestSPRealWorldAssertionSignedNotResponse_idp_metadata.xml"

// trusted gives the keys that the manifest's verdict was made with: the named
// file, else the certificates inside the document.
func (s *sample) trusted(t *testing.T) *saml.Metadata {
	t.Helper()
	if s.key != "" {
		data, err := os.ReadFile(filepath.Join(samples, s.key))
		if err != nil {
			t.Fatal(err)
		}
		m, err := saml.ParseMetadata(data)
		if err != nil {
			t.Fatalf("%s: %v", s.key, err)
		}
		return m
	}
	var pem strings.Builder
	for _, m := range certificateText.FindAllStringSubmatch(string(s.document), -1) {
		text := strings.NewReplacer("&#13;", "", "&#xD;", "").Replace(m[1])
		pem.WriteString("-----BEGIN CERTIFICATE-----\n" + strings.Join(strings.Fields(text), "\n") + "\n-----END CERTIFICATE-----\n")
	}
	if pem.Len() == 0 {
		return nil
	}
	m, err := saml.ParseMetadata([]byte(pem.String()))
	if err != nil {
		t.Logf("%s: the certificates inside the document: %v", s.file, err)
		return nil
	}
	return m
}

// instant gives a time at which the sample had not expired.
func (s *sample) instant(t *testing.T) time.Time {
	t.Helper()
	if s.notOnOrAfter == "" {
		return time.Date(2026, 9, 11, 11, 0, 0, 0, time.UTC)
	}
	first, _, _ := strings.Cut(s.notOnOrAfter, ",")
	at, err := time.Parse(time.RFC3339, first)
	if err != nil {
		t.Fatalf("%s: %v", s.file, err)
	}
	return at.Add(-time.Second)
}

// verdicts gives xmlsec1's verdict on each signature, in document order.
func (s *sample) verdicts() []bool {
	var out []bool
	for _, entry := range strings.Split(s.signatures, " | ") {
		if entry != "" {
			out = append(out, strings.Contains(entry, ":ok("))
		}
	}
	return out
}

// disagreements are the samples on which samlcheck and the manifest's column differ,
// each with the reason.
var disagreements = map[string]string{
	"responses/samlr--no_cert_response.xml":                                   "the RSA key has 512 bits and is never used to verify",
	"responses/samlr--sample_response.xml":                                    "the RSA key has 512 bits and is never used to verify",
	"responses/onelogin-python-saml--valid_response_without_inresponseto.xml": "the manifest names no key, and the document shows none",
}

func TestSamplesAgreeWithXMLSec1(t *testing.T) {
	for _, s := range readSamples(t) {
		t.Run(filepath.Base(s.file), func(t *testing.T) {
			report := saml.Check(saml.Decode(s.document), s.trusted(t), saml.Options{Time: s.instant(t)})
			var got []bool
			for _, sig := range report.Signatures {
				got = append(got, sig.Verified)
			}
			want := s.verdicts()
			reason, exception := disagreements[s.file]
			same := len(got) == len(want)
			for i := range min(len(got), len(want)) {
				same = same && got[i] == want[i]
			}
			switch {
			case same && exception:
				t.Errorf("the sample agrees with xmlsec1 and is listed as an exception: %s", reason)
			case !same && !exception:
				t.Errorf("xmlsec1 says %v (%s), samlcheck says %v", want, s.signatures, got)
				for _, f := range report.Findings {
					t.Logf("%s %s: %s", f.Severity, f.Code, f.Message)
				}
			}
		})
	}
}

// TestSamplesNothingForgedIsVerified holds every sample that its own project
// calls an attack, tampered or unsigned against the promise, and every verified
// one against the signature's own Reference, read by another parser.
func TestSamplesNothingForgedIsVerified(t *testing.T) {
	never := map[string]bool{"wrapping": true, "comment-injection": true, "tampered": true, "unsigned": true}
	verified := 0
	for _, s := range readSamples(t) {
		t.Run(filepath.Base(s.file), func(t *testing.T) {
			report := saml.Check(saml.Decode(s.document), s.trusted(t), saml.Options{Time: s.instant(t)})
			if !report.Verified {
				if report.Assertion != nil {
					t.Error("there is an Assertion although nothing is verified")
				}
				return
			}
			verified++
			if never[s.expected] {
				t.Errorf("a sample that its project calls %s is verified", s.expected)
			}
			if !strings.Contains(s.signatures, ":ok(") {
				t.Errorf("verified, but xmlsec1 verifies no signature: %s", s.signatures)
			}
			signedByItself(t, s.document, report.Assertion)
		})
	}
	if verified < 60 {
		t.Errorf("only %d samples are verified; the test shows nothing", verified)
	}
}

// signedByItself checks with etree that the assertion which was read, or the
// Response around it, bears a Signature with a Reference to its ID, and that
// the NameID of that very element is the one which was read.
func signedByItself(t *testing.T, document []byte, a *saml.Assertion) {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(document); err != nil {
		t.Fatal(err)
	}
	var found *etree.Element
	for _, e := range doc.FindElements("//Assertion") {
		if e.SelectAttrValue("ID", "") == a.ID() {
			found = e
		}
	}
	if found == nil {
		t.Fatalf("no assertion with the ID %q in the document", a.ID())
	}
	signed := false
	for e := found; e != nil; e = e.Parent() {
		if r := e.FindElement("./Signature/SignedInfo/Reference"); r != nil && r.SelectAttrValue("URI", "") == "#"+e.SelectAttrValue("ID", "?") {
			signed = true
		}
	}
	if !signed {
		t.Error("neither the assertion nor an element around it has a Signature that refers to it")
	}
	if id := found.FindElement("./Subject/NameID"); id != nil && strings.TrimSpace(id.Text()) != strings.TrimSpace(a.NameID().Text) {
		t.Errorf("NameID is %q in the document, %q was read", id.Text(), a.NameID().Text)
	}
}

// validErrors are the errors of the stages capture, message, metadata,
// signature and decrypt that samples yield which their own projects call valid,
// each with the reason. That a sample is encrypted, or that the manifest names
// no key for it, needs no listing.
var validErrors = map[string]string{
	// Made by hand: the Response has no IssueInstant and no Issuer although it
	// is signed, and answers another request than its assertion.
	"clever-saml2--good_response.xml":                             "attribute-required-missing response-issuer-missing",
	"clever-saml2--good_response_twice_signed.xml":                "attribute-required-missing response-issuer-missing request-unexpected",
	"clever-saml2--good_response_twice_signed_dsig_ns_at_top.xml": "attribute-required-missing response-issuer-missing request-unexpected",
	"clever-saml2--response_external_signed_assertion.xml":        "attribute-required-missing response-issuer-missing request-unexpected",
	// The Reference has no URI, or an empty one: Core 5.4.2 wants the ID.
	"dex--good-resp.xml": "reference-mismatch",
	"python3-saml--response_without_assertion_reference_uri.xml": "reference-mismatch",
	"python3-saml--response_without_reference_uri.xml":           "reference-mismatch",
	"ruby-saml--response_without_reference_uri.xml":              "reference-mismatch",
	// The key is right, but stands in the metadata of another entity.
	"gosaml2--response_0.xml":            "issuer-mismatch",
	"gosaml2--response_16.xml":           "issuer-mismatch",
	"gosaml2--saml_compressed.post.xml":  "issuer-mismatch",
	"gosaml2--response_2.xml":            "issuer-mismatch reference-mismatch",
	"goxmldsig--validate_test--L105.xml": "issuer-mismatch reference-mismatch",
	// ECDSA in ASN.1 form, which XML-DSig does not know, and other faults.
	"goxmldsig--validate_test--L130.xml": "response-issuer-mismatch destination-missing signature-mismatch signature-mismatch",
	// Cut down by hand: no Status.
	"java-saml--no_time_condition.xml": "status-not-success",
	// The algorithms have URIs that no standard defines.
	"ruby-saml--adfs_response_sha1.xml":   "algorithm-unsupported algorithm-unsupported",
	"ruby-saml--adfs_response_sha384.xml": "algorithm-unsupported",
	// The Response is encrypted inside and names no issuer, as the name says.
	"saml--TestSPResponseWithNoIssuer_response.xml": "response-issuer-missing",
	// Tests of marshalling with made-up values.
	"saml--schema_test--L192.xml": "version-unsupported status-not-success",
	"ucarion-saml--valid.xml": "status-not-success attribute-required-missing attribute-required-missing attribute-required-missing " +
		"attribute-required-missing response-issuer-missing destination-missing",
	// RSA with 512 bits.
	"samlr--no_cert_response.xml": "key-weak",
	"samlr--sample_response.xml":  "key-weak",
}

func TestSamplesThatAreValidYieldNoOtherErrors(t *testing.T) {
	for _, s := range readSamples(t) {
		if s.kind != "response" || s.expected != "valid" {
			continue
		}
		report := saml.Check(saml.Decode(s.document), s.trusted(t), saml.Options{Time: s.instant(t)})
		var got []string
		for _, f := range report.Findings {
			judged := f.Stage.Before(saml.StageConditions) && f.Stage != saml.StageXML
			if judged && f.Severity == saml.Error && f.Code != "metadata-missing" && f.Code != "encryption-key-missing" {
				got = append(got, f.Code)
			}
		}
		if name := filepath.Base(s.file); strings.Join(got, " ") != validErrors[name] {
			t.Errorf("%s: errors %q, listed is %q", name, got, validErrors[name])
		}
	}
}

func TestSamplesForeignKeyIsNeverVerified(t *testing.T) {
	other, err := os.ReadFile("../testdata/idp/metadata.xml")
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := saml.ParseMetadata(other)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range readSamples(t) {
		report := saml.Check(saml.Decode(s.document), metadata, saml.Options{Time: s.instant(t)})
		if report.Verified || report.Verdict == saml.Pass {
			t.Errorf("%s is verified by a key that is not its own", s.file)
		}
	}
}

// TestSamplesReportsAreJSON makes every sample's report under both ways of
// capturing it, and holds the two against each other.
func TestSamplesReportsAreJSON(t *testing.T) {
	for _, s := range readSamples(t) {
		report := saml.Check(saml.Decode(s.document), nil, saml.Options{Time: s.instant(t)})
		text, err := json.Marshal(report)
		if err != nil {
			t.Errorf("%s: %v", s.file, err)
		}
		var back map[string]any
		if err := json.Unmarshal(text, &back); err != nil || back["version"] != 1.0 || back["verified"] != false {
			t.Errorf("%s: %v: %v", s.file, err, back["version"])
		}
	}
}
