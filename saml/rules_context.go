package saml

import "fmt"

func encryption11(section string) Source {
	return Source{"XML Encryption Syntax and Processing 1.1, section " + section, "https://www.w3.org/TR/xmlenc-core1/"}
}

// The rule on a plaintext that needs what is declared around its ciphertext.
var contextRules = []*rule{
	{
		Rule: Rule{
			Code: "plaintext-context", Stage: StageDecrypt, Severity: Warning,
			Varies:      "an error where the Signature that would prove it covers the ciphertext but not the declarations: the response stays unverified",
			Title:       "what is encrypted uses prefixes that are declared outside of it",
			Explanation: "an element was encrypted without the namespace declarations that it takes from around it. XML Encryption puts it back in the place of its ciphertext, and so it is read here: with those declarations. A receiver that parses what it decrypts alone refuses it. Where a Signature inside proves it, that Signature covers what the prefixes stand for; where one outside does, the declarations have to stand in the octets that it covers, for else everybody could change what is read",
			Fix:         "let the identity provider encrypt the element with its namespaces declared on it: in its exclusive canonical form, or with the declarations copied to it before it is encrypted",
			Sources:     []Source{encryption11("4.4"), encryption11("4.5.3"), core("2.3.4")},
			Unsettled:   "STS reads an encrypted assertion whose prefixes are declared outside of it",
		},
		needs: []*need{needDocument, needMessage}, judge: judgeContext,
	},
}

func judgeContext(f *facts, report func(Fault)) {
	found := sparing(report)
	for _, local := range encryptedNames {
		for _, c := range f.encrypted(local) {
			if c.opening == opened && len(c.lent.borrowed()) > 0 {
				found(c.contextFault)
			}
		}
	}
}

func (c *encryption) contextFault() Fault {
	out := Fault{Place: placeOf(c.element), Message: fmt.Sprintf(
		"every namespace is expected to be declared in what is encrypted; it uses %s, declared around it only, and is read with that", c.lent.words())}
	if c.uncovered {
		out.Severity = Error
		out.Message += ". The Signature of the Response covers the ciphertext without the same declarations, so it proves nothing of what is read"
	}
	return out
}

// words names what a place lends.
func (l lent) words() string {
	const most = 5
	all := l.borrowed()
	var out []string
	for _, d := range all[:min(len(all), most)] {
		name := "the default namespace"
		if d.prefix != "" {
			name = "the prefix " + quote(d.prefix)
		}
		out = append(out, name+" ("+quote(d.space)+")")
	}
	if more := len(all) - most; more > 0 {
		return joinWords(append(out, fmt.Sprintf("%d more", more)))
	}
	return joinWords(out)
}
