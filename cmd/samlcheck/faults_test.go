package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// panicking is an output that panics with something that must not be seen.
type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("PHNhbWxwOlJlc3BvbnNl a credential") }

// TestPanicEndsAtTheBorder: a panic outside the work on an input.
func TestPanicEndsAtTheBorder(t *testing.T) {
	var stderr bytes.Buffer
	status := newTool(nil, panicking{}, &stderr).run([]string{"version"})
	if status != statusError {
		t.Errorf("exit status %d, want %d", status, statusError)
	}
	if want := "samlcheck: this is a fault of samlcheck itself: " + pleaseReport + "\n"; stderr.String() != want {
		t.Errorf("%q, want %q", stderr.String(), want)
	}
}

// signIn writes metadata and two good responses, and gives their names.
func signIn(t *testing.T) (metadata, first, second string) {
	t.Helper()
	response, err := samltest.Login{}.Response()
	if err != nil {
		t.Fatal(err)
	}
	data, err := samltest.Login{}.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	in := func(name string, text []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return in("metadata.xml", data), in("first.xml", response.XML()), in("second.xml", response.XML())
}

// runWith runs the tool with what a test puts in place of its parts.
func runWith(t *testing.T, change func(*tool), args ...string) (status int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	tool := newTool(nil, &stdout, &stderr)
	change(tool)
	status = tool.run(args)
	return status, stdout.String(), stderr.String()
}

// only gives a judge that does something else with the message of one name.
func only(name string, other judge) judge {
	return func(m *saml.Message, metadata *saml.Metadata, o claims.Options) *saml.Object {
		if filepath.Base(m.Source) == name {
			return other(m, metadata, o)
		}
		return judgeMessage(m, metadata, o)
	}
}

// mustTellOneFault holds what is written where one input of two meets a fault of
// ours: one sentence, and nothing of a message or a trace.
func mustTellOneFault(t *testing.T, format string, status int, out, err, sentence string) {
	t.Helper()
	if status != statusError {
		t.Errorf("%s: exit status %d", format, status)
	}
	if err != "samlcheck: "+sentence+"\n" {
		t.Errorf("%s: %q, want %q", format, err, sentence)
	}
	for _, text := range []string{out, err} {
		for _, leak := range []string{"goroutine ", "panic:", "deadline.go", "runtime error", "secret of the panic"} {
			if strings.Contains(text, leak) {
				t.Errorf("%s: %q is shown: %.300s", format, leak, text)
			}
		}
	}
}

// TestPanicsInACheck: a panic of ours in the check of one message, in every way in
// which Go panics, does not keep the other message from being judged.
func TestPanicsInACheck(t *testing.T) {
	metadata, first, second := signIn(t)
	panics := map[string]func(xml string){
		"a text":          func(xml string) { panic("secret of the panic " + xml) },
		"an error":        func(xml string) { panic(errors.New("secret of the panic " + xml)) },
		"nil":             func(string) { panic(nil) },
		"an index":        func(xml string) { _ = xml[len(xml):][0] },
		"a type":          func(xml string) { _ = any(xml).(int) },
		"a nil pointer":   func(string) { var r *saml.Object; r.Verdict = saml.Pass },
		"another's error": func(xml string) { panic(&os.PathError{Op: "open", Path: xml, Err: os.ErrExist}) },
	}
	for name, crash := range panics {
		crashing := only("first.xml", func(m *saml.Message, _ *saml.Metadata, _ claims.Options) *saml.Object {
			crash(string(m.XML()))
			return nil
		})
		t.Run(name, func(t *testing.T) {
			for _, format := range []string{"text", "json", "sarif", "junit"} {
				status, out, err := runWith(t, func(t *tool) { t.judge = crashing }, "-m", metadata, "--at", "issued", "--format", format, first, second)
				sentence := `"` + first + `": this input is not judged, since samlcheck crashes on it: that is a fault of samlcheck itself, ` + pleaseReport
				mustTellOneFault(t, format, status, out, err, sentence)
				mustHoldOneReport(t, format, out, "since samlcheck crashes on it", true)
			}
		})
	}
}

// mustHoldOneReport holds that standard output tells of the second message, where
// that is judged, in the form of its format, and where there is one document for
// all, of the fault.
func mustHoldOneReport(t *testing.T, format, out, fault string, second bool) {
	t.Helper()
	want := 0
	if second {
		want = 1
	}
	passes := map[string]string{"text": "PASS: the response is genuine", "json": `"verdict":"pass"`, "sarif": `"verdict":"pass"`, "junit": `second.xml" classname="samlcheck.aws"`}[format]
	if n := strings.Count(out, passes); n != want {
		t.Errorf("%s: %d reports of a message that passes, want %d: %.400s", format, n, want, out)
	}
	whole := format == "sarif" || format == "junit"
	if !whole && !second && out != "" {
		t.Errorf("%s: %q is written", format, out)
	}
	if whole && !strings.Contains(out, fault) {
		t.Errorf("%s: the document does not tell of the fault: %.400s", format, out)
	}
	if format == "junit" && xml.Unmarshal([]byte(out), new(struct{})) != nil || format == "sarif" && !strings.HasSuffix(out, "}\n") {
		t.Errorf("%s: the document is not whole: %.400s", format, out)
	}
}

// TestDeadline: an input that takes longer than it may ends the run: what was
// judged before is told, and nothing is half written.
func TestDeadline(t *testing.T) {
	metadata, first, second := signIn(t)
	sentence := `"` + first + `" took longer than 2s, so that neither it nor what comes after it is judged: that is a fault of samlcheck itself, ` + pleaseReport
	over := make(chan bool)
	defer close(over)
	stuck := only("first.xml", func(*saml.Message, *saml.Metadata, claims.Options) *saml.Object {
		<-over
		return &saml.Object{Verdict: saml.Pass}
	})
	var runs sync.WaitGroup // side by side, as all they do is wait
	for _, format := range []string{"text", "json", "sarif", "junit"} {
		for _, names := range [][]string{{first, second}, {second, first}} {
			runs.Go(func() {
				status, out, err := runWith(t, func(t *tool) { t.judge, t.patience = stuck, 2*time.Second }, append([]string{"-m", metadata, "--at", "issued", "--format", format}, names...)...)
				mustTellOneFault(t, format, status, out, err, sentence)
				mustHoldOneReport(t, format, out, "took longer than 2s", names[0] == second)
			})
		}
	}
	runs.Wait()
}

// TestWorkOnEveryInput: metadata, what is known of an account, and decoding are
// held to the deadline too.
func TestWorkOnEveryInput(t *testing.T) {
	metadata, first, _ := signIn(t)
	iam := filepath.Join(t.TempDir(), "iam.json")
	if err := os.WriteFile(iam, []byte(`{"Roles":[{"Arn":"arn:aws:iam::111122223333:role/x"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"metadata", metadata}, {"decode", first}, {"-m", metadata, first}, {"--iam", iam, first}} {
		status, out, err := runWith(t, func(t *tool) { t.patience = 0 }, args...)
		if status != statusError || out != "" || strings.Count(err, " took longer than 0s, ") != 1 || strings.Count(err, "\n") != 1 {
			t.Errorf("%q: exit status %d, %.200q, %q", args[:1], status, out, err)
		}
	}
}

// TestPatience: what the limits let a message cost, raised as far as they go, which
// TestCeilings holds to 20 seconds, is a small part of what it may take.
func TestPatience(t *testing.T) {
	if tool := newTool(nil, nil, nil); tool.patience < 5*20*time.Second {
		t.Errorf("%s", tool.patience)
	}
}

// TestWitnessThatCrashes: a response on which the second verifier crashes is told
// as not verified, and as a fault that is to be reported.
func TestWitnessThatCrashes(t *testing.T) {
	metadata, first, second := signIn(t)
	crashing := only("first.xml", func(m *saml.Message, metadata *saml.Metadata, o claims.Options) *saml.Object {
		report := judgeMessage(m, metadata, o)
		report.Verified, report.Verdict = false, saml.Unverified
		report.Signatures[0].Verified, report.Signatures[0].Witness = false, "crashed"
		return report
	})
	for _, format := range []string{"text", "json", "sarif", "junit"} {
		status, out, err := runWith(t, func(t *tool) { t.judge = crashing }, "-m", metadata, "--at", "issued", "--format", format, first, second)
		sentence := `"` + first + `": the second verifier, goxmldsig, crashes on this input, so that its signature is not verified: ` + pleaseReport
		mustTellOneFault(t, format, status, out, err, sentence)
		says := map[string]string{"text": "not verified; the second verifier crashes on it", "json": `"witness":"crashed"`, "sarif": "the second verifier, goxmldsig, crashes", "junit": "the second verifier, goxmldsig, crashes"}[format]
		if strings.Count(out, says) != 1 {
			t.Errorf("%s: %q is expected once in %.600s", format, says, out)
		}
	}
}
