package differential

import "strings"

// response writes a Response with an Assertion.
func (w *writer) response() string {
	w.prolog()
	p := pick(w.Rand, "samlp", "samlp", "saml2p", "")
	outer := map[string]string{p: spaceSAMLP}
	a := pick(w.Rand, "", "saml", "saml", "saml2")
	above := a != p && w.one(3)
	if above {
		outer[a] = spaceSAML
	}
	w.around(outer, p)
	w.open(join(p, "Response"), outer, append(w.reserved(), attribute{"ID", ResponseID}, attribute{"Version", "2.0"}, attribute{"Destination", "https://signin.aws.amazon.com/saml"}))
	w.finish()
	if w.many {
		w.write("<", join(p, "Extensions"), ">", strings.Repeat("<e/>", 990+w.IntN(40)), "</", join(p, "Extensions"), ">")
	}
	if w.one(2) {
		w.issuer(a)
	}
	w.space()
	w.open(join(p, "Status"), nil, nil)
	w.finish()
	w.text()
	w.content(2)
	w.shut()
	w.space()
	w.assertion(a, above)
	w.space()
	if w.one(8) {
		w.content(2)
	}
	w.shut()
	w.epilog()
	return w.lines()
}

// around adds declarations that nothing may use, but for the prefix that is
// used.
func (w *writer) around(declarations map[string]string, used string) {
	for _, p := range []string{"xs", "a", "b"} {
		if _, taken := declarations[p]; !taken && w.one(3) {
			declarations[p] = w.uri()
		}
	}
	if _, taken := declarations[""]; !taken && used != "" && w.one(5) {
		declarations[""] = w.uri()
	}
}

func (w *writer) assertion(prefix string, declared bool) {
	declarations := map[string]string{}
	if !declared || w.one(3) {
		declarations[prefix] = spaceSAML
	}
	w.around(declarations, prefix)
	attributes := append(w.reserved(), attribute{"ID", AssertionID}, attribute{"Version", "2.0"}, attribute{"k", w.value()})
	w.open(join(prefix, "Assertion"), declarations, attributes)
	w.finish()
	w.space()
	if w.one(3) {
		w.aside()
	}
	w.write("<", join(prefix, "Issuer"), ">https://idp.example.com/</", join(prefix, "Issuer"), ">")
	w.space()
	w.write("<", join(prefix, "Subject"), "><", join(prefix, "NameID"), ">")
	w.text()
	w.write("alice@example.com</", join(prefix, "NameID"), "></", join(prefix, "Subject"), ">")
	w.open(join(prefix, "AttributeValue"), w.declarations(), nil)
	w.finish()
	w.content(4)
	w.element(4)
	w.content(4)
	w.shut()
	w.shut()
}

// general writes a document of no known kind.
func (w *writer) general() string {
	w.prolog()
	p := pick(w.Rand, "", "g")
	declarations := map[string]string{p: spaceGeneral}
	w.around(declarations, p)
	w.open(join(p, "outer"), declarations, w.reserved())
	w.finish()
	w.text()
	w.open(join(p, "doc"), map[string]string{p: spaceGeneral}, append(w.reserved(), attribute{"ID", GeneralID}))
	w.finish()
	w.write("general")
	w.content(2)
	w.element(2)
	w.content(2)
	w.shut()
	w.content(1)
	w.shut()
	w.epilog()
	return w.lines()
}

func (w *writer) issuer(prefix string) {
	w.open(join(prefix, "Issuer"), map[string]string{prefix: spaceSAML}, nil)
	w.write(">https://idp.example.com/")
	w.shut()
}

func (w *writer) prolog() {
	if w.one(2) {
		w.write(`<?xml version="1.0"`, pick(w.Rand, "", ` encoding="UTF-8"`, ` encoding='utf-8' standalone="yes"`), "?>", pick(w.Rand, "", "\n"))
	}
	w.aside()
	w.space()
}

func (w *writer) epilog() {
	w.space()
	w.aside()
}

// space writes what an identity provider may put between elements.
func (w *writer) space() {
	if w.one(4) {
		w.write(pick(w.Rand, "\n", "\n  ", " ", "\r\n"))
	}
}

// lines gives the document, with all its line ends CR LF where it has those.
func (w *writer) lines() string {
	xml := w.String()
	if w.carriage {
		xml = strings.ReplaceAll(strings.ReplaceAll(xml, "\r\n", "\n"), "\n", "\r\n")
	}
	return xml
}

func join(prefix, local string) string {
	if prefix == "" {
		return local
	}
	return prefix + ":" + local
}
