package saml

import (
	"strings"
	"testing"
)

func judgedDuplicates(t *testing.T, attributes string) []Fault {
	t.Helper()
	xml := `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0" IssueInstant="2026-09-11T11:00:00Z">` +
		`<saml:AttributeStatement>` + attributes + `</saml:AttributeStatement></saml:Assertion>`
	f := gather(Decode([]byte(xml)), nil, &Options{})
	if f.content == nil {
		t.Fatal("the assertion was not read")
	}
	var out []Fault
	judgeAttributeDuplicate(f, func(fault Fault) { out = append(out, fault) })
	return out
}

func testAttribute(name, rest, value string) string {
	return `<saml:Attribute Name="` + name + `"` + rest + `><saml:AttributeValue>` + value + `</saml:AttributeValue></saml:Attribute>`
}

func TestAttributeDuplicate(t *testing.T) {
	tests := []struct{ name, attributes, want, path string }{
		{"two elements that differ", testAttribute("mail", "", "a@example.com") + testAttribute("mail", "", "b@example.com"),
			"their values differ", "/Assertion/AttributeStatement/Attribute[2]"},
		{"two elements that agree", testAttribute("mail", "", "a@example.com") + testAttribute("mail", "", "a@example.com"),
			"their values are the same", "/Assertion/AttributeStatement/Attribute[2]"},
		{"a FriendlyName that is another Name", testAttribute("mail", "", "a@example.com") + testAttribute("urn:oid:1", ` FriendlyName="mail"`, "b@example.com"),
			"is the Name of another attribute", "/Assertion/AttributeStatement/Attribute[2]"},
	}
	for _, tt := range tests {
		got := judgedDuplicates(t, tt.attributes)
		if len(got) != 1 {
			t.Errorf("%s: %d findings, want 1", tt.name, len(got))
			continue
		}
		if !strings.Contains(got[0].Message, tt.want) || got[0].Place.Path != tt.path {
			t.Errorf("%s: %q at %s, want %q at %s", tt.name, got[0].Message, got[0].Place.Path, tt.want, tt.path)
		}
	}
}

func TestAttributeDuplicateNearMisses(t *testing.T) {
	tests := map[string]string{
		"another letter case":        testAttribute("mail", "", "a") + testAttribute("Mail", "", "b"),
		"one element, two values":    `<saml:Attribute Name="g"><saml:AttributeValue>a</saml:AttributeValue><saml:AttributeValue>b</saml:AttributeValue></saml:Attribute>`,
		"FriendlyName of its own":    testAttribute("mail", ` FriendlyName="mail"`, "a"),
		"the role attribute of AWS":  testAttribute(awsRoleName, "", "a") + testAttribute(awsRoleName, "", "b"),
		"FriendlyName beside others": testAttribute("mail", ` FriendlyName="mail"`, "a") + testAttribute("cn", ` FriendlyName="commonName"`, "b"),
	}
	for name, attributes := range tests {
		if got := judgedDuplicates(t, attributes); len(got) != 0 {
			t.Errorf("%s: found %q", name, got[0].Message)
		}
	}
}

func TestAttributeDuplicateManyIsBounded(t *testing.T) {
	var b strings.Builder
	for range 3 {
		for i := range 60 {
			b.WriteString(testAttribute("n"+strings.Repeat("x", i), "", "a"))
		}
	}
	got := judgedDuplicates(t, b.String())
	if len(got) != 60 || got[mostPerRule-1].Place.Path == "" || got[mostPerRule].Place.Path != "" {
		t.Errorf("%d findings, want 60, of which %d have a place", len(got), mostPerRule)
	}
}

func TestValuePathsAreThoseOfPlaces(t *testing.T) {
	xml := `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:x="urn:x" ID="_a" Version="2.0" IssueInstant="2026-09-11T11:00:00Z">` +
		`<saml:AttributeStatement><saml:Attribute Name="one"><saml:AttributeValue>a</saml:AttributeValue></saml:Attribute>` +
		`<saml:Attribute Name="many"><saml:AttributeValue>a</saml:AttributeValue><x:AttributeValue>b</x:AttributeValue><x:Other/><saml:AttributeValue>c</saml:AttributeValue></saml:Attribute>` +
		`<saml:Attribute Name="none"/></saml:AttributeStatement></saml:Assertion>`
	f := gather(Decode([]byte(xml)), nil, &Options{})
	for _, a := range f.content.Attributes() {
		for i, v := range a.Values {
			if v.Path() != v.Place().Path {
				t.Errorf("%s: %s, its place is %s", a.Name, v.Path(), v.Place().Path)
			}
			if v.Offset() != v.Place().Offset {
				t.Errorf("%s: value %d at offset %d, its place is %d", a.Name, i, v.Offset(), v.Place().Offset)
			}
		}
	}
}
