package capture

import (
	"bytes"
	"fmt"
)

// A trailEvent is an event of CloudTrail about a sign-in by SAML.
type trailEvent struct{ name, code, message string }

// findCloudTrail recognises events of CloudTrail. They tell what AWS was asked
// and answered, and never hold the response.
func findCloudTrail(text []byte) (Found, bool) {
	if !bytes.Contains(text, []byte("eventName")) || !holdsAny(text, []string{"AssumeRoleWithSAML", "ConsoleLogin"}) {
		return Found{}, false
	}
	t := trail{jsonReader: &jsonReader{data: text}}
	for t.peek() != 0 && !t.stopped() {
		start := t.pos
		t.value()
		if t.pos == start {
			break
		}
	}
	if t.count == 0 {
		return Found{}, false
	}
	return Found{Kind: CloudTrail, Name: "CloudTrail event", Lacks: t.lacks()}, true
}

// A trail collects events; it keeps the one that tells the most.
type trail struct {
	*jsonReader
	layer int
	count int
	kept  trailEvent
}

func (t *trail) value() {
	if t.peek() == '[' {
		t.array(t.value)
		return
	}
	var e trailEvent
	t.object(func(key string) {
		switch key {
		case "eventName":
			e.name = t.text()
		case "errorCode":
			e.code = t.text()
		case "errorMessage":
			e.message = t.text()
		case "Records", "Events", "events", "detail":
			t.value()
		case "CloudTrailEvent", "Message", "message":
			t.inside(t.raw())
		}
	})
	if e.name == "AssumeRoleWithSAML" || e.name == "ConsoleLogin" {
		t.take(e)
	}
}

// inside reads an event that stands in a string, as lookup-events prints it.
func (t *trail) inside(raw []byte) {
	if t.layer > 0 || !bytes.Contains(raw, []byte("eventName")) {
		return
	}
	inner := trail{jsonReader: &jsonReader{data: unquote(raw)}, layer: 1}
	inner.value()
	if inner.count > 0 {
		t.take(inner.kept)
		t.count += inner.count - 1
	}
}

func (t *trail) take(e trailEvent) {
	t.count++
	if t.kept.name == "" || t.kept.code == "" && e.code != "" {
		t.kept = e
	}
}

func (t *trail) lacks() string {
	answer := "AWS answered without an error"
	switch {
	case t.kept.code != "" && t.kept.message != "":
		answer = fmt.Sprintf("AWS answered %s, %s", short(t.kept.code), short(t.kept.message))
	case t.kept.code != "":
		answer = "AWS answered " + short(t.kept.code)
	}
	return fmt.Sprintf("CloudTrail tells what was asked and answered, and never holds the response (%s %s: %s): take the response from the browser at the next sign-in, from the POST to https://signin.aws.amazon.com/saml",
		counted(t.count, "event"), t.kept.name, answer)
}
