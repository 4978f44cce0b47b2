package xmlenc

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// called gives an element's name for a message.
func called(e xmldoc.Element) string {
	switch e.Local() {
	case "EncryptedAssertion", "EncryptedID", "EncryptedAttribute", "EncryptedData", "EncryptedKey",
		"EncryptionMethod", "CipherData", "CipherValue", "OAEPparams":
		return e.Local()
	}
	return quote(e.Local())
}

// first gives the first fault, if there is one.
func first(faults ...string) string {
	for _, f := range faults {
		if f != "" {
			return f
		}
	}
	return ""
}

// one gives the only child element of this name; a fault if there is none or
// another beside it.
func one(e xmldoc.Element, space, local string) (xmldoc.Element, string) {
	c, fault := atMostOne(e, space, local)
	if !c.Present() {
		return c, called(e) + " holds no " + local
	}
	return c, fault
}

func atMostOne(e xmldoc.Element, space, local string) (xmldoc.Element, string) {
	var first xmldoc.Element
	for c := range e.Children() {
		switch {
		case !c.Is(space, local):
		case first.Present():
			return first, called(e) + " holds more than one " + local
		default:
			first = c
		}
	}
	return first, ""
}

// cipherValue gives the octets that an EncryptedData or EncryptedKey holds.
func cipherValue(e xmldoc.Element) ([]byte, string) {
	data, fault := one(e, Space, "CipherData")
	if fault != "" {
		return nil, fault
	}
	if reference := data.Child(Space, "CipherReference"); reference.Present() {
		return nil, called(e) + " refers to its ciphertext at " + quote(reference.Get("URI")) + ", which is never fetched; a CipherValue is expected"
	}
	value, fault := one(data, Space, "CipherValue")
	if fault != "" {
		return nil, fault
	}
	octets, fault := decode(value)
	if fault == "" && len(octets) == 0 {
		fault = "the CipherValue of " + called(e) + " is empty"
	}
	return octets, fault
}

// decode gives the octets of an element that holds base64 and nothing else. A
// comment in it is a fault: readers differ in what they see then.
func decode(e xmldoc.Element) ([]byte, string) {
	for n := range e.Nodes() {
		if k := n.Kind(); k != xmldoc.TextNode && k != xmldoc.CDATANode {
			return nil, called(e) + " is expected to hold base64 alone, found markup in it"
		}
	}
	octets, err := base64.StdEncoding.Strict().DecodeString(withoutBlanks(e.Text()))
	if err != nil {
		return nil, called(e) + " is expected to be base64, which it is not"
	}
	return octets, ""
}

// withoutBlanks takes out the white space of XML; other characters stay.
func withoutBlanks(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, text)
}

// list gives different numbers once each.
func list(numbers []int) string {
	slices.Sort(numbers)
	var out []string
	for _, n := range slices.Compact(numbers) {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}
