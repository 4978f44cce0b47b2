package saml

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What Decode takes at most.
const (
	mostInput    = 2 << 20  // bytes of a capture
	mostInflated = 1 << 20  // bytes that a DEFLATEd message may have
	mostLayers   = 8        // encodings around a message
	mostKept     = 64 << 10 // bytes that are kept of a text that is no message
)

// Decode undoes the encodings of a captured message: base64 in any of its
// shapes, a form body, a URL, percent-encoding, HTML and JSON escapes, DEFLATE.
// The XML is exactly what was encoded, and raw XML is taken as it stands. It
// never fails: what is wrong is kept for Check to tell.
func Decode(data []byte) *Message {
	d := &decoder{facts: captureFacts{form: FormText}}
	d.decode(data)
	d.scratch.free()
	return &Message{URL: d.url, capture: d.facts}
}

// A decoder holds what was found while layer after layer is taken off.
type decoder struct {
	facts captureFacts
	url   string
	// scratch holds what base64 stood for, until it is known what that is.
	scratch *scratch
	// start is the offset of the text in the capture, or 0 once anything was
	// undone that moves bytes.
	start int
	// base64s counts the layers of base64 that were undone.
	base64s int
	// formKnown says that facts.form is set: the outermost encoding that has a
	// name sets it, once.
	formKnown bool
	// contained says that the message was taken out of a container, whose form
	// is kept whatever is in it.
	contained bool
}

// A layer is one encoding: it gives what is below it, where the outcome is
// undone.
type layer func(d *decoder, text captured) (below []byte, outcome outcome)

type outcome int

const (
	absent outcome = iota // the text does not have this layer
	undone                // the layer was taken off
	done                  // the message was found, or what it is instead
)

// captured is a text at one layer.
type captured struct {
	raw   []byte // as it stands
	text  []byte // without a byte order mark and blanks around it
	start int    // offset of text in raw
}

func (c captured) trailingBlank() bool {
	end := c.start + len(c.text)
	return end < len(c.raw) && c.raw[end] == ' '
}

// layers are the encodings in the order in which they are looked for: those
// of bytes before those of text, whose marks may stand in bytes by chance.
var layers = []layer{
	(*decoder).utf16, (*decoder).markup, (*decoder).compressed, (*decoder).otherText, (*decoder).htmlEscapes,
	(*decoder).quotes, (*decoder).dataURL, (*decoder).webURL, (*decoder).fields, (*decoder).namedLine,
	(*decoder).embedded, (*decoder).jsonEscapes, (*decoder).percent, (*decoder).base64,
}

func (d *decoder) decode(data []byte) {
	if len(data) > mostInput {
		d.facts.tooLarge = &sizeFault{"input", len(data), mostInput}
		return
	}
	first := trimCapture(data)
	d.facts.length = len(first.text)
	if len(first.text) == 0 {
		d.facts.empty = true
		return
	}
	for range mostLayers {
		below, outcome := d.peel(data)
		if outcome != undone {
			return
		}
		data = below
	}
	if d.facts.tooLarge == nil {
		d.facts.tooLarge = &sizeFault{"layers", mostLayers + 1, mostLayers}
	}
}

// peel takes one layer off. A text that has none is no message.
func (d *decoder) peel(data []byte) ([]byte, outcome) {
	c := trimCapture(data)
	if len(c.text) == 0 {
		d.facts.noField = true
		return nil, done
	}
	for _, l := range layers {
		if below, outcome := l(d, c); outcome != absent {
			return below, outcome
		}
	}
	return d.isOther(kindOf(c.text), c.text)
}

// trimCapture sets a byte order mark and the blanks around a text apart.
func trimCapture(raw []byte) captured {
	text := bytes.TrimLeft(raw, blanks)
	text = bytes.TrimLeft(bytes.TrimPrefix(text, byteOrderMark), blanks)
	start := len(raw) - len(text)
	return captured{raw: raw, text: bytes.TrimRight(text, blanks), start: start}
}

const blanks = " \t\r\n\v\f"

var byteOrderMark = []byte("\xef\xbb\xbf")

// took logs that a layer was taken off.
func (d *decoder) took(format string, args ...any) { d.step(fmt.Sprintf(format, args...)) }

func (d *decoder) step(line string) { d.facts.steps = append(d.facts.steps, line) }

// tooMany logs a layer that does not belong around a message.
func (d *decoder) tooMany(name string) {
	d.facts.layers = append(d.facts.layers, name)
}

// isForm names the form of the capture, unless an outer layer has named it.
func (d *decoder) isForm(f Form) {
	if !d.formKnown {
		d.facts.form, d.formKnown = f, true
	}
}

// isOther ends the decoding of a text that is no message.
func (d *decoder) isOther(kind string, text []byte) ([]byte, outcome) {
	d.facts.other = kind
	d.facts.text = string(text[:min(len(text), mostKept)])
	if !d.contained && !slices.Contains([]Form{FormForm, FormDeflate}, d.facts.form) {
		d.facts.form = FormText
	}
	return nil, done
}

// markup ends the decoding at XML, or at a page that only looks like it.
// Compressed data may begin with the same byte.
func (d *decoder) markup(c captured) ([]byte, outcome) {
	if !startsMarkup(c.text) && !startsWideMarkup(c.raw) || inflatesToMarkup(c.raw) {
		return nil, absent
	}
	if isPage(c.text) {
		return d.isOther(otherHTML, c.text)
	}
	return d.isXML(c.raw)
}

// isXML ends the decoding at a document, which is copied out of what it stands
// in.
func (d *decoder) isXML(document []byte) ([]byte, outcome) {
	d.isForm(FormXML)
	d.step("XML: " + strconv.Itoa(len(document)) + " bytes")
	d.facts.xml = string(document)
	d.facts.encoded = base64.StdEncoding.EncodedLen(len(document))
	return nil, done
}

// responseTag is the start tag of a Response.
var responseTag = regexp.MustCompile(`<(?:[A-Za-z_][\w.-]*:)?Response[\s>]`)

// embedded ends the decoding at XML with text before it. Nothing is cut out:
// the scanner refuses it, and says where.
func (d *decoder) embedded(c captured) ([]byte, outcome) {
	if bytes.IndexByte(c.text, '<') < 0 || !responseTag.Match(c.text) {
		return nil, absent
	}
	return d.isXML(c.raw)
}

func startsMarkup(text []byte) bool { return len(text) > 0 && text[0] == '<' }

// startsWideMarkup reports whether raw begins as XML in UTF-16 does.
func startsWideMarkup(raw []byte) bool {
	start := string(raw[:min(len(raw), 4)])
	return start == "\xff\xfe<\x00" || start == "\xfe\xff\x00<" || strings.HasPrefix(start, "<\x00") || strings.HasPrefix(start, "\x00<")
}
