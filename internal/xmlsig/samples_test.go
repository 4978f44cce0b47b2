package xmlsig

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// readTSV gives the rows of a table below samples, by column name.
func readTSV(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var header []string
	var rows []map[string]string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if header == nil {
			header = cells
			continue
		}
		row := map[string]string{}
		for i, c := range cells {
			row[header[i]] = c
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCanonicalFormsAreThoseOfLibxml2(t *testing.T) {
	needSamples(t)
	columns := map[string]string{"c14n10_sha256": C14N10, "c14n10_comments_sha256": C14N10WithComments,
		"exc_sha256": ExclusiveC14N, "exc_comments_sha256": ExclusiveC14NWithComments}
	seen := 0
	for _, row := range readTSV(t, "c14n/libxml2-sha256.tsv") {
		seen++
		doc, err := xmldoc.Parse(readSample(t, row["file"]), xmldoc.MetadataLimits())
		if err != nil {
			t.Errorf("%s: %v", row["file"], err)
			continue
		}
		for column, algorithm := range columns {
			got, err := CanonicalizeDocument(nil, doc, xmldoc.Element{}, algorithm, nil)
			if err != nil {
				t.Errorf("%s %s: %v", row["file"], algorithm, err)
				continue
			}
			hash := sha256.Sum256(got)
			if hex.EncodeToString(hash[:]) != row[column] {
				t.Errorf("%s: %s differs from libxml2", row["file"], algorithm)
			}
		}
	}
	if seen != 390 {
		t.Errorf("%d rows, want 390", seen)
	}
}

// keyOf reads the key of a certificate, also of one that Go's x509 refuses.
func keyOf(der []byte) (Key, bool) {
	if c, err := x509.ParseCertificate(der); err == nil {
		return NewKey(c), true
	}
	var shape struct {
		TBS struct {
			Version                                    int `asn1:"optional,explicit,default:0,tag:0"`
			Serial                                     *big.Int
			Algorithm, Issuer, Validity, Subject, SPKI asn1.RawValue
			Rest                                       []asn1.RawValue `asn1:"optional,tag:3"`
		}
		Algorithm, Value asn1.RawValue
	}
	if _, err := asn1.Unmarshal(der, &shape); err != nil {
		return Key{}, false
	}
	public, err := x509.ParsePKIXPublicKey(shape.TBS.SPKI.FullBytes)
	if err != nil {
		return Key{}, false
	}
	key, err := NewPublicKey(public)
	return key, err == nil
}

// rowKeys gives the keys that the verdict of a row was made with: its own
// certificate or metadata, or, where it has none, what the document shows.
func rowKeys(t *testing.T, doc *xmldoc.Document, name string) []Key {
	var keys []Key
	add := func(der []byte) {
		if k, ok := keyOf(der); ok {
			keys = append(keys, k)
		}
	}
	if strings.HasPrefix(name, "certs/") {
		block, _ := pem.Decode(readSample(t, strings.Fields(name)[0]))
		if block == nil {
			t.Fatal(name)
		}
		add(block.Bytes)
		return keys
	}
	if name != "" {
		doc = parseTest(t, string(bytes.TrimPrefix(readSample(t, name), []byte("\uFEFF"))))
	}
	for e := range doc.Elements() {
		switch {
		case ds(e, "X509Certificate"):
			if der, _, err := decodeBase64(e.Text()); err == nil {
				add(der)
			}
		case ds(e, "RSAKeyValue"):
			if public, err := readRSA(e); err == nil {
				key, err := NewPublicKey(public)
				if err != nil {
					t.Fatal(err)
				}
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// Documents of the manifest that are not well-formed, so that no Signature is
// found in them. xmlsec1 has no verdict on them either.
var refusedSamples = map[string]string{
	"responses/dex--idp-resp-signed-assertion0.xml":    "the prefix xsi is not declared",
	"responses/dex--idp-resp.xml":                      "the prefix xsi is not declared",
	"responses/saml2aws--assertion.xml":                "the prefix saml2 is not declared",
	"responses/saml2aws--assertion_invalid_date.xml":   "the prefix saml2 is not declared",
	"responses/saml2aws--assertion_no_destination.xml": "the prefix saml2 is not declared",
}

// Rows whose signatures xmlsec1 verifies and we do not, each with the reason.
var sampleExceptions = map[string]string{
	"responses/onelogin-python-saml--valid_response_without_inresponseto.xml": "the certificate is neither in the document nor in the manifest",
	"responses/samlr--no_cert_response.xml":                                   "the RSA key has 512 bits, with which nothing is verified",
	"responses/samlr--sample_response.xml":                                    "the RSA key has 512 bits, with which nothing is verified",
}

// Signatures that we accept must hold in the eyes of xmlsec1; those of
// samples that attack or were tampered with must cover what they say.
func TestSamplesEqualXmlsec1(t *testing.T) {
	needSamples(t)
	rows, signatures, agreed := 0, 0, 0
	for _, row := range readTSV(t, "manifest.tsv") {
		rows++
		doc, err := xmldoc.Parse(readSample(t, row["file"]), xmldoc.MetadataLimits())
		if err != nil {
			if reason := refusedSamples[row["file"]]; reason == "" || row["xmlsec1"] != "na" {
				t.Errorf("%s: %v", row["file"], err)
			}
			continue
		}
		got := Examine(doc, rowKeys(t, doc, row["key"]), Options{})
		var want []string
		if row["signatures"] != "" {
			want = strings.Split(row["signatures"], " | ")
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d signatures, want %q", row["file"], len(got), row["signatures"])
			continue
		}
		for i, s := range got {
			signatures++
			_, verdict, _ := strings.Cut(want[i][strings.LastIndexByte(want[i], ' '):], ":")
			exception := sampleExceptions[row["file"]] != ""
			if s.Valid != (strings.HasPrefix(verdict, "ok") && !exception) {
				t.Errorf("%s: %s: valid is %v: %s", row["file"], want[i], s.Valid, s.Explanation)
			}
			if exception && s.State != Unknown {
				t.Errorf("%s: state %s, want unknown", row["file"], s.State)
			}
			if s.Verified != nil && !s.Valid {
				t.Errorf("%s: verified, but not valid", row["file"])
			}
			switch s.Witness {
			case Agrees:
				agreed++
			case Disagrees, CannotJudge:
				t.Errorf("%s: the witness: %s: %s", row["file"], s.Witness, s.WitnessReason)
			}
		}
	}
	if rows != 395 || signatures < 250 || agreed < 150 {
		t.Errorf("%d rows, %d signatures, %d of them agreed on by the witness", rows, signatures, agreed)
	}
	t.Logf("%d rows, %d signatures, %d of them agreed on by the witness", rows, signatures, agreed)
}
