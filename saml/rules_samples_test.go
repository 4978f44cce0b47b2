package saml

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sampleRow is one row of the manifest of the samples.
type sampleRow struct {
	file, expected, end string
}

// responseSamples gives the rows of responses; the test is skipped where the
// samples are missing.
func responseSamples(t *testing.T) (folder string, rows []sampleRow) {
	t.Helper()
	folder = filepath.Join("..", "..", "shared", "samples")
	manifest, err := os.ReadFile(filepath.Join(folder, "manifest.tsv"))
	if err != nil {
		t.Skip("../shared/samples is not here")
	}
	for line := range strings.Lines(string(manifest)) {
		c := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(c) > 10 && strings.HasPrefix(c[0], "responses/") {
			rows = append(rows, sampleRow{file: c[0], expected: c[7], end: c[10]})
		}
	}
	return folder, rows
}

// sampleTime is a second before the sample expires; where the manifest has no
// time, the issue of the assertion or of the response.
func sampleTime(t *testing.T, row sampleRow, m *Message) time.Time {
	t.Helper()
	if end, err := time.Parse(time.RFC3339, row.end); err == nil {
		return end.Add(-time.Second)
	}
	f := gather(m, nil, &Options{})
	if f.content != nil && f.content.issued.Valid() {
		return f.content.issued.Time
	}
	return f.response.IssueInstant.Time
}

// sampleErrors are the errors that valid samples yield, each with its reason.
// A sample is judged a second before the time of the manifest, which is the
// last of its limits or that of its Conditions; other limits may be earlier.
var sampleErrors = map[string]string{
	"clever-saml2--good_response_twice_signed.xml":                  "assertion-expired", // SubjectConfirmationData ends 55 minutes earlier
	"clever-saml2--good_response_twice_signed_dsig_ns_at_top.xml":   "assertion-expired", // the same
	"clever-saml2--response_external_signed_assertion.xml":          "assertion-expired", // the same
	"gosaml2--adfs_response.xml":                                    "assertion-expired", // the same: ADFS confirms for 5 minutes
	"java-saml--response_adfs1.xml":                                 "assertion-expired", // the same
	"python3-saml--response_without_assertion_reference_uri.xml":    "assertion-expired", // the same
	"python3-saml--response_without_reference_uri.xml":              "assertion-expired", // the same
	"ruby-saml--response_without_reference_uri.xml":                 "assertion-expired", // the same
	"ruby-saml--adfs_response_sha1.xml":                             "assertion-expired", // the same
	"ruby-saml--adfs_response_sha256.xml":                           "assertion-expired", // the same
	"ruby-saml--adfs_response_sha384.xml":                           "assertion-expired", // the same
	"ruby-saml--adfs_response_sha512.xml":                           "assertion-expired", // the same
	"java-saml--response_encrypted_nameid.xml":                      "assertion-expired", // SessionNotOnOrAfter was left behind in 2014 when the other limits were moved
	"java-saml--response_namespaces.xml":                            "assertion-expired", // SessionNotOnOrAfter is half a year earlier
	"onelogin-python-saml--valid_response_without_inresponseto.xml": "assertion-expired", // SessionNotOnOrAfter is of 2014
	"php-saml--signed_assertion_response.xml":                       "assertion-expired", // the same
	"php-saml--signed_message_response.xml":                         "assertion-expired", // the same
	"python3-saml--double_signed_response.xml":                      "assertion-expired", // the same
	"python3-saml--double_signed_response2.xml":                     "assertion-expired", // the same
	"python3-saml--signed_assertion_response2.xml":                  "assertion-expired", // the same
	"python3-saml--valid_response2.xml":                             "assertion-expired", // the same
	"python3-saml--response_encrypted_nameid.xml":                   "assertion-expired", // SessionNotOnOrAfter is half a year earlier
	"python3-saml--signed_assertion_response.xml":                   "assertion-expired", // the same
	"python3-saml--signed_message_response.xml":                     "assertion-expired", // the same
	"python3-saml--valid_response.xml":                              "assertion-expired", // the same
	"python3-saml--valid_response_with_namequalifier.xml":           "assertion-expired", // the same
	"python3-saml--valid_response_without_inresponseto.xml":         "assertion-expired", // the same

	"dex--idp-resp-signed-assertion0.xml":                    "xml-malformed",                   // the prefix xsi is declared nowhere: it was cut out of its Response
	"dex--oam-resp.xml":                                      "authn-statement-missing",         // Oracle Access Manager sent none
	"goxmldsig--validate_test--L130.xml":                     "recipient-missing",               // SubjectConfirmationData has NotOnOrAfter alone
	"java-saml--response_encrypted_subconfirm_as_nameid.xml": "confirmation-missing",            // an EncryptedID stands where the confirmation was
	"saml--schema_test--L192.xml":                            "id-duplicate",                    // a test of marshalling: all IDs are "index"
	"ucarion-saml--valid.xml":                                "confirmation-method-unsupported", // a test of unmarshalling: the Method is "method"
}

// TestSampleErrors: what is valid to other projects yields no other errors of
// the stages xml, conditions and subject than the listed ones.
func TestSampleErrors(t *testing.T) {
	folder, rows := responseSamples(t)
	own := ownRules()
	valid := 0
	for _, row := range rows {
		if row.expected != "valid" {
			continue
		}
		valid++
		data, err := os.ReadFile(filepath.Join(folder, row.file))
		if err != nil {
			t.Fatal(err)
		}
		m := &Message{capture: captureFacts{form: FormXML, xml: string(data)}}
		var got []string
		for _, f := range Check(m, nil, Options{Time: sampleTime(t, row, m), SkipWitness: true}).Findings {
			if own[f.Code] != nil && f.Severity == Error {
				got = append(got, f.Code)
			}
		}
		if name := filepath.Base(row.file); strings.Join(got, " ") != sampleErrors[name] {
			t.Errorf("%s: errors %q, listed is %q", name, got, sampleErrors[name])
		}
	}
	if valid < 90 {
		t.Errorf("only %d valid samples were judged", valid)
	}
}

// TestSampleInjections: the samples of comment injection are found out without
// any key, and both readings are shown.
func TestSampleInjections(t *testing.T) {
	folder, rows := responseSamples(t)
	for _, row := range rows {
		if row.expected != "comment-injection" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, row.file))
		if err != nil {
			t.Fatal(err)
		}
		m := &Message{capture: captureFacts{form: FormXML, xml: string(data)}}
		r := Check(m, nil, Options{Time: sampleTime(t, row, m), SkipWitness: true})
		if f := findingOf(t, r, "comment-in-value"); r.Verdict != Fail || !strings.Contains(f.Message, "a strict reader sees") {
			t.Errorf("%s: verdict %s, %s", row.file, r.Verdict, f.Message)
		}
	}
}

// TestSampleIDs: a wrapping sample with an ID twice is found out without any key.
func TestSampleIDs(t *testing.T) {
	folder, rows := responseSamples(t)
	twice := 0
	for _, row := range rows {
		data, err := os.ReadFile(filepath.Join(folder, row.file))
		if err != nil {
			t.Fatal(err)
		}
		r := Check(&Message{capture: captureFacts{form: FormXML, xml: string(data)}}, nil, Options{SkipWitness: true})
		if !found(r, "id-duplicate") {
			continue
		}
		if row.expected == "wrapping" {
			twice++
		} else if filepath.Base(row.file) != "saml--schema_test--L192.xml" {
			t.Errorf("%s (%s) has an ID twice", row.file, row.expected)
		}
	}
	if twice < 9 {
		t.Errorf("an ID is found twice in %d wrapping samples, 9 are known", twice)
	}
}
