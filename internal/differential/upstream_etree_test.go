package differential

import (
	"fmt"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// TestEtree reproduces what docs/verifiers.md says of etree and of Go's
// encoding/xml, by which it reads.
func TestEtree(t *testing.T) {
	is := func(got, wrong string) error {
		if got != wrong {
			return fmt.Errorf("it gives %q", got)
		}
		return nil
	}
	reads := func(xml string) error { return etree.NewDocument().ReadFromString(xml) }
	reproduce(t, "etree", []fault{
		{"attribute-of-any-prefix", func(t *testing.T) error {
			return is(parseTree(t, `<a xmlns:p="urn:p" p:ID="1" ID="2"/>`).SelectAttrValue("ID", ""), "1")
		}},
		{"element-of-any-namespace", func(t *testing.T) error {
			return is(parseTree(t, `<a><p:Signature xmlns:p="urn:p"/></a>`).FindElement("./Signature").FullTag(), "p:Signature")
		}},
		{"text-stops-at-element", func(t *testing.T) error { return is(parseTree(t, `<a>x<b/>y</a>`).Text(), "x") }},
		{"text-stops-at-instruction", func(t *testing.T) error { return is(parseTree(t, `<a>x<?p?>y</a>`).Text(), "x") }},
		{"attribute-not-normalised", func(t *testing.T) error {
			return is(parseTree(t, "<a k=\"1\n2\"/>").SelectAttrValue("k", ""), "1\n2")
		}},
		{"instruction-not-normalised", func(t *testing.T) error {
			return is(parseTree(t, "<a><?p 1\r\n2?></a>").Child[0].(*etree.ProcInst).Inst, "1\r\n2")
		}},
		{"duplicate-attribute-last-wins", func(t *testing.T) error { return is(parseTree(t, `<a k="1" k="2"/>`).SelectAttrValue("k", ""), "2") }},
		{"text-outside-root", func(t *testing.T) error { return reads(`<a/>text`) }},
		{"two-roots", func(t *testing.T) error { return reads(`<a/><b/>`) }},
		{"undeclared-prefix", func(t *testing.T) error { return reads(`<p:a/>`) }},
		{"encoding-ignored", func(t *testing.T) error {
			return is(parseTree(t, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xc3\xa9</a>").Text(), "é")
		}},
		{"no-root-is-nil", func(t *testing.T) error {
			doc := etree.NewDocument()
			if err := doc.ReadFromString("<!-- -->"); err != nil {
				return err
			}
			if doc.Root() != nil {
				return fmt.Errorf("there is a root")
			}
			return nil
		}},
		{"fourth-edition-names", func(t *testing.T) error {
			if err := reads("<\U00010000/>"); err == nil || !strings.Contains(err.Error(), "invalid XML name") {
				return fmt.Errorf("it says %v", err)
			}
			return nil
		}},
	})
}
