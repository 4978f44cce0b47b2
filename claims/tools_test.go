package claims_test

import (
	"encoding/base64"
	"fmt"
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

// withoutResponse are the captures of tools that hold no response, or one that
// was cut, with the code of what is found.
var withoutResponse = map[string]string{
	"archive-cut-early.txt": "message-not-response", "archive-sanitized.txt": "message-not-response", "archive-no-content.txt": "message-not-response", "archive-wsfed.txt": "message-not-response",
	"call-cli-file.txt": "message-not-response", "command-file.txt": "message-not-response", "http-redirect.txt": "message-not-response",
	"json-request.txt": "message-not-response", "trace-masked.txt": "message-not-response", "trail-event.txt": "message-not-response",
	"trail-lookup.txt": "message-not-response", "trail-records.txt": "message-not-response",
	"archive-cut.txt": "capture-truncated", "command-cut.txt": "capture-truncated", "fiddler-cut.txt": "capture-truncated",
	"http-cut.txt": "capture-truncated", "json-cut.txt": "capture-truncated", "page-cut.txt": "capture-truncated",
}

// aboutTraffic are the rules that judge what only a capture of traffic tells.
var aboutTraffic = []string{"posted-elsewhere", "clock-offset", "request-unanswered", "request-endpoint-mismatch", "relay-state-changed"}

// TestToolsAreJudgedAsTheirBase64: whatever a response is captured with, it is
// judged as the base64 of it is, octet by octet the one that was sent.
func TestToolsAreJudgedAsTheirBase64(t *testing.T) {
	metadata := parsedMetadata(t, samltest.Login{}.Metadata)
	options := claims.Options{Options: saml.Options{Time: samltest.Instant().Add(time.Minute)}}
	sent := sentResponses(t)
	files, err := filepath.Glob(filepath.Join(testdata, "captures", "tools", "*"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d captures of tools (%v)", len(files), err)
	}
	whole := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range saml.DecodeAll(data) {
			if m.Index != i {
				t.Errorf("%s: message %d has the index %d", file, i, m.Index)
			}
			got := claims.Check(m, metadata, options)
			if code, none := withoutResponse[filepath.Base(file)]; none {
				if len(got.Findings) != 1 || got.Findings[0].Code != code || got.Verdict != saml.Fail {
					t.Errorf("%s: %s %v, want %s alone", file, got.Verdict, codesOf(got.Findings), code)
				}
				continue
			}
			whole++
			if !sent[strings.TrimPrefix(string(m.XML()), `<?xml version="1.0"?>`+"\n")] {
				t.Errorf("%s, message %d: this was never sent", file, i)
			}
			want := claims.Check(saml.Decode([]byte(base64.StdEncoding.EncodeToString(m.XML()))), metadata, options)
			if diff := cmp.Diff(saidOf(want), saidOf(got)); diff != "" {
				t.Errorf("%s, message %d (-base64 +capture)\n%s", file, i, diff)
			}
		}
	}
	if whole < 60 {
		t.Errorf("%d responses are judged", whole)
	}
}

// sentResponses are what the test identity provider sent while the tools looked
// on.
func sentResponses(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, request := range []string{"", "_request-1"} {
		r, err := samltest.Login{InResponseTo: request}.Response()
		if err != nil {
			t.Fatal(err)
		}
		out[string(r)] = true
	}
	return out
}

// saidOf gives what a report says of the response itself.
func saidOf(r *claims.Report) (out []string) {
	out = append(out, fmt.Sprintf("%s, verified %t, STS %s, console %s", r.Verdict, r.SAML.Verified, r.AWS.STS.Code, r.AWS.Console.Code))
	for _, f := range r.Findings {
		if !slices.Contains(aboutTraffic, f.Code) {
			out = append(out, fmt.Sprintf("%s %s %s %d:%d", f.Severity, f.Code, f.Path, f.Line, f.Column))
		}
	}
	return out
}

func codesOf(findings []saml.Finding) (out []string) {
	for _, f := range findings {
		out = append(out, f.Code)
	}
	return out
}
