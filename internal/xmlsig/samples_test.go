package xmlsig

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crypto/x509"

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

// rowKeys gives the keys that the verdict of a row was made with: its own
// certificate or metadata, or, where it has none, what the document shows.
func rowKeys(t *testing.T, doc *xmldoc.Document, name string) []Key {
	var keys []Key
	add := func(der []byte) {
		if c, err := x509.ParseCertificate(der); err == nil {
			keys = append(keys, NewKey(c))
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
		if ds(e, "X509Certificate") {
			if der, _, err := decodeBase64(e.Text()); err == nil {
				add(der)
			}
		}
	}
	return keys
}

func TestSamples(t *testing.T) {
	needSamples(t)
	for _, row := range readTSV(t, "manifest.tsv") {
		doc, err := xmldoc.Parse(readSample(t, row["file"]), xmldoc.MetadataLimits())
		if err != nil {
			t.Logf("%s: %v (%s)", row["file"], err, row["xmlsec1"])
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
			_, verdict, _ := strings.Cut(want[i][strings.LastIndexByte(want[i], ' '):], ":")
			if s.Valid != strings.HasPrefix(verdict, "ok") {
				t.Errorf("%s: %s: valid is %v: %s", row["file"], want[i], s.Valid, s.Explanation)
			}
		}
	}
}
