//go:build linux || darwin

package main

import (
	"encoding/json"
	"strings"
	"syscall"
	"testing"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// manyMessages gives a paste that takes a while to be judged.
func manyMessages(t *testing.T) string {
	t.Helper()
	all := make([]map[string]string, 100)
	for i := range all {
		response, _ := samltest.SignIn(t, samltest.Login{NameID: strings.Repeat("x", i+1)})
		all[i] = map[string]string{"SAMLResponse": response.Base64()}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestPasteWhileAReportIsMade: who pastes again before the prompt asks for it sees
// nothing of it either, and the prompt takes it whole.
func TestPasteWhileAReportIsMade(t *testing.T) {
	good := captured(t, "entra-good.b64")
	s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "issued")
	s.waitForPrompt("paste the SAML response", 1)
	s.typeText("\x1b[200~" + manyMessages(t) + "\x1b[201~")
	s.waitFor("characters arrived")
	s.typeText(good)
	s.waitForPrompt("paste the next response", 2)
	s.typeText("\x04")
	s.end()
	seen := s.settled()
	if strings.Contains(seen, good[100:140]) {
		t.Error("the paste is shown")
	}
	if !strings.Contains(seen, grouped(len(good)-strings.Count(good, "\n"))+" characters arrived\r\n") {
		t.Errorf("the paste did not arrive whole: %q", seen[max(0, len(seen)-600):])
	}
}

// TestSignalsWhileAReportIsMade: they end a sitting at once, be they sent or typed,
// and leave the terminal as it was.
func TestSignalsWhileAReportIsMade(t *testing.T) {
	paste := manyMessages(t)
	for _, c := range []struct {
		signal syscall.Signal
		key    string // typed in place of a signal that is sent
	}{{syscall.SIGINT, ""}, {syscall.SIGTERM, ""}, {syscall.SIGINT, "\x03"}} {
		s := sit(t, "-m", "testdata/idp/metadata.xml", "--at", "issued")
		s.waitForPrompt("paste the SAML response", 1)
		s.typeText("\x1b[200~" + paste + "\x1b[201~")
		s.waitFor("characters arrived")
		if s.typeText(c.key); c.key == "" {
			if err := s.command.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
		}
		s.end()
		if !endedBy(s.command, c.signal) {
			t.Errorf("%s %q: the program ended with %s", c.signal, c.key, s.command.ProcessState)
		}
		if n := strings.Count(s.settled(), "paste the next response"); n > 0 {
			t.Errorf("%s %q: the next paste was asked for", c.signal, c.key)
		}
	}
}
