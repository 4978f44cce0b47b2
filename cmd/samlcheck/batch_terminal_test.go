//go:build linux || darwin

package main

import (
	"strings"
	"testing"
)

// TestPasteAmongFiles: where standard input is named among files, the person is
// asked for it when its turn has come, and not while reports on others are written.
func TestPasteAmongFiles(t *testing.T) {
	s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "issued", "testdata/captures/entra-good.b64", "-", "testdata/captures/entra-good.form")
	s.waitForPrompt("paste the SAML response", 1)
	if seen := s.screen(); !strings.Contains(seen, `"testdata/captures/entra-good.b64", judged`) || strings.Contains(seen, "entra-good.form") {
		t.Errorf("before the prompt the terminal shows %.300s", seen)
	}
	s.typeText(captured(t, "entra-good.b64"))
	if status := s.end(); status != statusPass {
		t.Errorf("exit status %d", status)
	}
	seen := s.seen()
	for _, text := range []string{`"testdata/captures/entra-good.b64", judged`, "paste the SAML response", "standard input, judged", `"testdata/captures/entra-good.form", judged`} {
		_, after, found := strings.Cut(seen, text)
		if !found {
			t.Errorf("%q is not shown in its turn: %s", text, s.seen())
		}
		seen = after
	}
}
