package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// threeInOne writes metadata and a capture of three good responses.
func threeInOne(t *testing.T) (metadata, capture string) {
	t.Helper()
	metadata, _, _ = signIn(t)
	var fields []map[string]string
	for i := range 3 {
		response, err := samltest.Login{NameID: fmt.Sprintf("user-%d@example.com", i)}.Response()
		if err != nil {
			t.Fatal(err)
		}
		fields = append(fields, map[string]string{"SAMLResponse": response.Base64()})
	}
	data, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	capture = filepath.Join(t.TempDir(), "three.json")
	if err := os.WriteFile(capture, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return metadata, capture
}

// second gives a judge that does something else with the second message.
func second(other judge) judge {
	return func(m *saml.Message, metadata *saml.Metadata, o claims.Options) *saml.Object {
		if m.Index == 1 {
			return other(m, metadata, o)
		}
		return judgeMessage(m, metadata, o)
	}
}

// TestFaultInOneOfSeveral: a message of a capture that is a fault of ours keeps
// neither those before it from being told nor, where it ends, those after it.
func TestFaultInOneOfSeveral(t *testing.T) {
	metadata, capture := threeInOne(t)
	over := make(chan bool)
	defer close(over)
	named := "samlcheck: \"" + capture + "\", message 2"
	for _, c := range []struct {
		name      string
		judge     judge
		says      string
		reports   []string
		lastTally string
	}{
		{"crash", second(func(*saml.Message, *saml.Metadata, claims.Options) *saml.Object { panic("x") }), named + ": this input is not judged, since samlcheck crashes on it", []string{`"index":0`, `"index":2`},
			"samlcheck: 2 messages: 2 pass, 0 fail, 0 unverified; 1 input could not be judged\n"},
		{"crash of the second verifier", second(func(m *saml.Message, metadata *saml.Metadata, o claims.Options) *saml.Object {
			report := judgeMessage(m, metadata, o)
			report.Signatures[0].Witness = string(xmlsig.Crashed)
			return report
		}), named + ": the second verifier, goxmldsig, crashes on this input", []string{`"index":0`, `"index":1`, `"index":2`}, "samlcheck: 3 messages: 3 pass, 0 fail, 0 unverified\n"},
		{"late", second(func(*saml.Message, *saml.Metadata, claims.Options) *saml.Object { <-over; return nil }), named + " took longer than 2s, so that neither it nor what comes after it is judged", []string{`"index":0`},
			"samlcheck: 1 message: 1 pass, 0 fail, 0 unverified; 1 input could not be judged; broken off\n"},
	} {
		status, out, err := runWith(t, func(t *tool) { t.judge, t.patience = c.judge, 2*time.Second }, "-m", metadata, "--at", "issued", "--format", "json", "--pattern", "*.json", filepath.Dir(capture))
		if status != statusError || !strings.HasPrefix(err, c.says) || !strings.HasSuffix(err, c.lastTally) || strings.Count(err, "\n") != 2 {
			t.Errorf("%s: exit status %d, %s", c.name, status, err)
		}
		if strings.Count(out, "\n") != len(c.reports) {
			t.Errorf("%s: %.300s", c.name, out)
		}
		for _, r := range c.reports {
			if !strings.Contains(out, r) {
				t.Errorf("%s: no report with %s: %.300s", c.name, r, out)
			}
		}
	}
}

// TestPatienceIsForEachMessage: a capture of many messages may take as long as they
// take together.
func TestPatienceIsForEachMessage(t *testing.T) {
	metadata, capture := threeInOne(t)
	slow := func(m *saml.Message, metadata *saml.Metadata, o claims.Options) *saml.Object {
		time.Sleep(1200 * time.Millisecond)
		return judgeMessage(m, metadata, o)
	}
	status, out, err := runWith(t, func(t *tool) { t.judge, t.patience = slow, 3*time.Second }, "-m", metadata, "--at", "issued", "--format", "json", capture)
	if status != statusPass || strings.Count(out, `"verdict":"pass"`) != 3 || err != "" {
		t.Errorf("exit status %d, %s", status, err)
	}
}

// TestComplaintsAreNotKept: what is said at once is kept for those formats alone
// that say it at the end too.
func TestComplaintsAreNotKept(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lines")
	if err := os.WriteFile(name, []byte(strings.Repeat("{\n", 50)), 0o600); err != nil {
		t.Fatal(err)
	}
	for format, want := range map[string]int{"text": 0, "json": 0, "sarif": 50, "junit": 50, "github": 50} {
		var stderr strings.Builder
		tool := newTool(nil, io.Discard, &stderr)
		status := tool.run([]string{"--no-config", "--format", format, "--jsonl", name})
		if told := strings.Count(stderr.String(), "\n"); status != statusError || told != 51 || len(tool.troubles) != want {
			t.Errorf("%s: exit status %d, %d lines on standard error, %d complaints are kept, want %d", format, status, told, len(tool.troubles), want)
		}
	}
}
