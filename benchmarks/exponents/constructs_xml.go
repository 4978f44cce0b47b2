package exponents

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// markup is elements, attributes and what stands between them.
func markup() []Construct {
	nested := func(repeated int) func(n int) string {
		return inValue(func(n int) string {
			return strings.Repeat(strings.Repeat("<e>", n)+strings.Repeat("</e>", n), repeated)
		})
	}
	attributes := func(repeated int) func(n int) string {
		return inValue(func(n int) string { return strings.Repeat("<e"+counted(` a%d="v"`)(n)+"/>", repeated) })
	}
	return []Construct{
		{Name: "elements in one value", n: 4000, make: containing(inValue(times("<e>v</e>")))},
		{Name: "elements with an ID", n: 2000, make: containing(inValue(counted(`<e ID="_e%d"/>`)))},
		{Name: "elements with the same ID", n: 2000, broken: true, make: containing(inValue(times(`<e ID="_e"/>`)))},
		{Name: "depth, 200 times", n: 14, make: containing(nested(200))},
		{Name: "depth as far as it can be raised, 10 times", n: 240, raised: map[string]int{"depth": 1000}, make: containing(nested(10))},
		{Name: "attributes of an element, 200 times", n: 16, make: containing(attributes(200))},
		{Name: "attributes as far as they can be raised, 100 times", n: 64, raised: map[string]int{"attributes": 256}, make: containing(attributes(100))},
		{Name: "comments", n: 16, broken: true, make: containing(inValue(times("v<!--c-->")))},
		{Name: "comments as far as they can be raised", n: 4000, broken: true, raised: map[string]int{"comments": 16_384}, make: containing(inValue(times("v<!--c-->")))},
		{Name: "processing instructions as far as they can be raised", n: 4000, broken: true, raised: map[string]int{"comments": 16_384}, make: containing(inValue(times("v<?p i?>")))},
		{Name: "comments outside of the Assertion, raised", n: 4000, raised: map[string]int{"comments": 16_384}, make: before("<Assertion ", times("<!--c-->"))},
		{Name: "names of elements, octets, 200 times", n: 128, make: containing(inValue(func(n int) string {
			return strings.Repeat("<"+strings.Repeat("n", n)+"/>", 200)
		}))},
		{Name: "names of attributes, octets, 200 times", n: 128, make: containing(inValue(func(n int) string {
			return strings.Repeat("<e "+strings.Repeat("n", n)+`=""/>`, 200)
		}))},
	}
}

// namespaces is declarations and prefixes.
func namespaces() []Construct {
	declared := counted(` xmlns:p%d="urn:p"`)
	around := func(children int, child func(n int) string) func(n int) string {
		return inValue(func(n int) string {
			return "<e" + declared(n) + ">" + strings.Repeat(child(n), children) + "</e>"
		})
	}
	return []Construct{
		{Name: "declarations around 2,000 elements that use none", n: 8, make: containing(around(2000, func(int) string { return "<e/>" }))},
		{Name: "declarations around 2,000 elements that use one", n: 8, make: containing(around(2000, func(n int) string { return fmt.Sprintf("<p%d:e/>", n-1) }))},
		{Name: "elements with 4 declarations each", n: 1000, make: containing(inValue(times(`<a:e xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c" xmlns:d="urn:d"/>`)))},
		{Name: "elements that change the default namespace", n: 2000, make: containing(inValue(times(`<e xmlns="urn:a"><e xmlns="urn:b"/></e>`)))},
		{Name: "declarations, raised, around 300 elements that use one", n: 64, raised: map[string]int{"declarations": 256, "declarations-in-scope": 512, "declarations-in-document": 2000},
			make: containing(around(300, func(n int) string { return fmt.Sprintf("<p%d:e/>", n-1) }))},
		{Name: "elements that use a long namespace name", n: 2000, broken: true, make: edited("</AttributeStatement>", inValue(func(n int) string {
			return `<e xmlns:p="urn:` + strings.Repeat("u", 500) + `">` + strings.Repeat("<p:e/>", n) + "</e>"
		}))},
		{Name: "elements with attributes of 4 long namespace names", n: 500, broken: true, make: edited("</AttributeStatement>", inValue(func(n int) string {
			declared := each(4, func(i int) string { return fmt.Sprintf(` xmlns:p%d="urn:%s%[1]d"`, i, strings.Repeat("u", 500)) })
			return "<e" + declared + ">" + strings.Repeat("<e"+counted(` p%d:a=""`)(4)+"/>", n) + "</e>"
		}))},
		{Name: "prefixes, each with an attribute of the same name, 100 times", n: 8, alone: true, make: containing(inValue(func(n int) string {
			declared := counted(` xmlns:p%d="urn:p:%[1]d"`)(n)
			return "<e" + declared + ">" + strings.Repeat("<e"+counted(` p%d:a="v"`)(n)+"/>", 100) + "</e>"
		}))},
		{Name: "new prefix at each level, 50 times", n: 12, theirs: "goxmldsig copies the prefixes in scope for each element", make: containing(inValue(func(n int) string {
			open := each(n, func(i int) string { return fmt.Sprintf(`<p%d:e xmlns:p%[1]d="urn:p">`, i) })
			end := each(n, func(i int) string { return fmt.Sprintf(`</p%d:e>`, n-1-i) })
			return strings.Repeat(open+end, 50)
		}))},
	}
}

// inclusive is the same for what Canonical XML 1.0 and 1.1 make of it: they hand
// down what is in scope around the signed element.
func inclusive() []Construct {
	nested := inValue(func(n int) string {
		return strings.Repeat(strings.Repeat("<e>", n)+strings.Repeat("</e>", n), 50)
	})
	declared := inValue(func(n int) string {
		return "<e" + counted(` xmlns:p%d="urn:p"`)(n) + ">" + strings.Repeat("<e/>", 1000) + "</e>"
	})
	var out []Construct
	for _, c := range []struct{ name, algorithm string }{{"Canonical XML 1.0", xmlsig.C14N10}, {"Canonical XML 1.1", xmlsig.C14N11}} {
		out = append(out,
			Construct{Name: c.name + ", elements in one value", n: 1000, make: containingBy(c.algorithm, inValue(times("<e>v</e>")))},
			Construct{Name: c.name + ", depth, 50 times", n: 14, theirs: "goxmldsig copies all that is inside an element, for each element", make: containingBy(c.algorithm, nested)},
			Construct{Name: c.name + ", declarations around 1,000 elements", n: 8, make: containingBy(c.algorithm, declared)})
	}
	return out
}

// text is character data and how it can be written.
func text() []Construct {
	return []Construct{
		{Name: "length of a value", n: 60_000, make: containing(inValue(times("v")))},
		{Name: "values of 8 octets", n: 1000, make: containing(counted(`<Attribute Name="https://app.example.com/own/%d"><AttributeValue>value</AttributeValue></Attribute>`))},
		{Name: "entity references", n: 10_000, make: containing(inValue(times("&amp;")))},
		{Name: "character references", n: 10_000, make: containing(inValue(times("&#97;")))},
		{Name: "CDATA sections", n: 10_000, make: containing(inValue(times("<![CDATA[a]]>")))},
		{Name: "characters beyond ASCII", n: 20_000, make: containing(inValue(times("ü")))},
		{Name: "combining marks", n: 20_000, make: containing(inValue(func(n int) string { return "a" + strings.Repeat("\u0301", n) }))},
		{Name: "line breaks in a value", n: 10_000, make: containing(inValue(times("\n")))},
		{Name: "tags that characters need to be escaped in", n: 2000, alone: true, make: containing(inValue(times(`<e a="&#9;&lt;&quot;&#13;"/>`)))},
		{Name: "blanks between elements", n: 20_000, make: before("<Conditions ", times(" "))},
		{Name: "digits of a fraction of a second", n: 1000, make: edited("Z\" Destination", times("1"))},
	}
}
