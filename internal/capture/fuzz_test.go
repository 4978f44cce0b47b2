package capture

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzFind proves that any text is read without a panic, that what is no
// container has no messages, and that every message that is given has a text, a
// field and a place.
func FuzzFind(f *testing.F) {
	s := newScene(f)
	for _, tool := range allTools() {
		f.Add([]byte(tool.make(s)))
	}
	for _, text := range encodings(sampleXML) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		found := Find(data)
		if found.Kind == None && (len(found.Messages) > 0 || found.Lacks != "" || found.Name != "") {
			t.Errorf("no container, and yet %+v", found)
		}
		if found.Kind != None && (found.Name == "" || answers(found.Messages) != (found.Lacks == "")) {
			t.Errorf("%s, %q: %d messages, and lacks %q", found.Kind, found.Name, len(found.Messages), found.Lacks)
		}
		for _, m := range found.Messages {
			if m.Field != Response && m.Field != Request && m.Field != Result || m.Where == "" {
				t.Errorf("a message of the field %q at %q", m.Field, m.Where)
			}
		}
		MayBeLarge(data)
	})
}

// FuzzEmbed proves that whatever a response holds is found again in each
// container, octet by octet, with what the container tells of it.
func FuzzEmbed(f *testing.F) {
	base := newScene(f)
	for _, inside := range []string{"", "a", "ab", "<a>ü ≥ 😀</a>", strings.Repeat("\xff", 3), "?????>>>>>~~~~~", "\n\n\n", "=3D=\n", strings.Repeat("x", 1000)} {
		f.Add(inside)
	}
	f.Fuzz(func(t *testing.T, inside string) {
		if strings.Contains(inside, "Response>") || strings.Contains(inside, "nRequest>") || len(inside) > 64<<10 || !utf8.ValidString(inside) {
			t.Skip("the end of the message would not be told from what is inside")
		}
		s := embedded(base, inside)
		for _, tool := range allTools() {
			if tool.file == "notes-xml.txt" || tool.file == "log-xml.txt" || cutOff(tool) { // what stands in XML as it is can look like prose
				continue
			}
			tool.want.check(t, tool.file, s, Find([]byte(tool.make(s))))
		}
	})
}

// embedded gives a scene whose responses hold a text.
func embedded(s scene, inside string) scene {
	response := func(id string) string {
		return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="` + id + `">` + strings.Repeat("<!-- long enough to be folded -->", 20) + inside + `</samlp:Response>`
	}
	s.response = base64.StdEncoding.EncodeToString([]byte(response("_1")))
	s.second = base64.StdEncoding.EncodeToString([]byte(response("_2")))
	s.body = "SAMLResponse=" + url.QueryEscape(s.response) + "&RelayState=" + url.QueryEscape(console)
	s.page = entraPage(s.response, console)
	return s
}

// cutOff reports whether a tool cuts its capture at a place that a short
// message does not reach.
func cutOff(tool tool) bool {
	for _, m := range tool.want.messages {
		if m.added != "" {
			return true
		}
	}
	return false
}
