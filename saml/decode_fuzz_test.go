package saml

import (
	"bytes"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/seeds"
)

// FuzzDecodeIdentity: what is encoded in any of the forms in which messages are
// captured is decoded to the same bytes, and the steps tell the encoding.
func FuzzDecodeIdentity(f *testing.F) {
	const response = "<samlp:Response "
	for _, document := range seeds.Documents(f) {
		if strings.HasPrefix(document, response) {
			f.Add(uint(len(document)), document)
		}
	}
	for i := range encodings() {
		f.Add(uint(i), sampleXML)
		f.Add(uint(i), `<a b="+ +"/>`)
	}
	f.Fuzz(func(t *testing.T, number uint, xml string) {
		all := encodings()
		e := all[number%uint(len(all))]
		if xml = strings.ToValidUTF8(xml, "?"); !strings.HasPrefix(xml, response) {
			xml = `<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol" ID="` + xml + `"/>`
		}
		if strings.ContainsFunc(xml, func(r rune) bool { return r < ' ' && !isBlank(r) || r == '\uFFFD' }) || len(xml) > 20_000 {
			t.Skip("no text that XML may hold")
		}
		encoded := e.encode(t, xml)
		m := Decode([]byte(encoded))
		stepsAreTold(t, m)
		both := e.form == FormBase64URL && !strings.ContainsAny(encoded, "-_") ||
			e.form == FormURLEncoded && !strings.Contains(encoded, "%") // nothing in it had to be encoded
		if m.Form() != e.form && !both {
			t.Errorf("%s: the form is %s, want %s; steps %q", e.name, m.Form(), e.form, m.Steps())
		}
		if string(m.XML()) != xml {
			t.Errorf("%s: decoded %q, want %q; steps %q", e.name, m.XML(), xml, m.Steps())
		}
	})
}

// FuzzDecode: whatever the capture, there is one outcome, within the bounds;
// every change to the bytes is told in a step, and the XML that is found is
// found again as it stands and in base64.
func FuzzDecode(f *testing.F) {
	seeds.Add(f, 200, seeds.Captures(f))
	for _, e := range encodings() {
		f.Add([]byte(e.encode(f, sampleXML)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := Decode(data)
		stepsAreTold(t, m)
		c := m.capture
		outcomes := 0
		for _, is := range []bool{c.empty, c.noField, c.xml != "", c.tooLarge != nil, c.other != "", c.inflateFault != "", c.broken != nil && !c.broken.decoded} {
			if is {
				outcomes++
			}
		}
		if outcomes != 1 {
			t.Errorf("%d outcomes in place of one: %+v", outcomes, c)
		}
		if len(c.xml) > max(len(data), mostInflated) || len(c.text) > mostKept || len(c.steps) > 3*mostLayers {
			t.Errorf("%d bytes became %d of XML, %d of text, %d steps", len(data), len(c.xml), len(c.text), len(c.steps))
		}
		if c.broken != nil && (c.broken.offset < 0 || c.broken.offset > 4*len(data)) {
			t.Errorf("a fault at offset %d of %d", c.broken.offset, len(data))
		}
		if data := Decode([]byte(c.xml)); strings.HasPrefix(c.xml, "<") && string(data.XML()) != c.xml {
			t.Errorf("raw XML was changed: %q to %q", c.xml, data.XML())
		}
		if again := Decode([]byte(encode64(c.xml))); startsLikeXML([]byte(c.xml)) && string(again.XML()) != c.xml {
			t.Errorf("decoded from base64 anew, %q is %q; steps %q", c.xml, again.XML(), again.Steps())
		}
	})
}

// stepsAreTold holds that steps are lines of plain text, and that bytes which
// changed were changed by a step.
func stepsAreTold(t *testing.T, m *Message) {
	t.Helper()
	for i, step := range m.Steps() {
		if step == "" || len(step) > 500 || strings.ContainsFunc(step, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("step %d of %q is no line of text", i, m.Steps())
		}
	}
	if m.XML() != nil && m.Form() != FormXML && len(m.Steps()) == 0 {
		t.Errorf("the form is %s, and no step tells how it was undone", m.Form())
	}
}

// startsLikeXML reports whether base64 of a text is looked into: it is where it
// starts with markup and is no shorter than four symbols.
func startsLikeXML(text []byte) bool { return bytes.HasPrefix(text, []byte("<")) && len(text) > 2 }
