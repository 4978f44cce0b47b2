package hostile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// sorted puts recipes that were made from a map into the order of their names.
func sorted(all []recipe) []recipe {
	slices.SortFunc(all, func(a, b recipe) int { return cmp.Compare(a.name, b.name) })
	return all
}

// signatureHabits are ways to write values and to canonicalise that receivers
// stumble over.
func signatureHabits() []recipe {
	value := signature + "/SignatureValue"
	digest := reference + "/DigestValue"
	rewrite := func(path string, edit func(string) string) func(*paper) {
		return func(p *paper) { p.content(path, edit(strings.Join(strings.Fields(p.find(path).Text()), ""))) }
	}
	return join(
		of("S10", Holder, only("entra", "okta"),
			recipe{name: "letters-outside", codes: "signature-malformed", attack: rewrite(value, func(s string) string { return s[:10] + "!!" + s[10:] })},
			recipe{name: "url-alphabet", codes: "signature-malformed", attack: rewrite(value, func(s string) string { return "-_" + s[2:] })},
			recipe{name: "no-break-space", codes: "signature-malformed", attack: rewrite(value, func(s string) string { return s[:10] + "\u00a0" + s[10:] })},
			recipe{name: "padding-inside", codes: "signature-malformed", attack: rewrite(value, func(s string) string { return s[:10] + "==" + s[10:] })},
			recipe{name: "padding-lost", codes: "signature-malformed", attack: rewrite(value, func(s string) string { return strings.TrimRight(s, "=") })},
			recipe{name: "appended", codes: "signature-malformed", attack: rewrite(value, func(s string) string { return s + "AAAA" })},
			recipe{name: "cut", codes: "signature-mismatch", attack: rewrite(value, func(s string) string { return s[:len(s)/8*4] })},
			recipe{name: "zeros", codes: "signature-mismatch", attack: rewrite(value, func(string) string { return strings.Repeat("A", 342) + "==" })},
			recipe{name: "unused-bits", want: Warned, codes: "base64-unused-bits", attack: rewrite(value, unusedBits)},
			recipe{name: "digest-outside", by: Provider, codes: "signature-malformed", info: rewrite(digest, func(s string) string { return s[:10] + "!" + s[10:] })},
			recipe{name: "digest-short", by: Provider, codes: "digest-mismatch", info: rewrite(digest, func(s string) string { return s[:40] })},
			recipe{name: "digest-unused-bits", by: Provider, want: Warned, codes: "base64-unused-bits", info: rewrite(digest, unusedBits)},
			recipe{name: "folded-honest", want: Passes, attack: rewrite(value, func(s string) string { return "\n  " + s[:76] + "\n\t" + s[76:] + "\n" })},
			recipe{name: "crlf-honest", want: Passes, attack: rewrite(value, func(s string) string { return s[:76] + "\r\n" + s[76:] + "&#13;\n" })}),
		of("S13", Provider, nil,
			recipe{name: "default-in-prefix-list-honest", want: Passes, tune: func(o *xmlsig.SignOptions) { o.PrefixList = "#default xs" }},
			recipe{name: "prefix-list-of-signed-info-honest", want: Passes, codes: "witness-unavailable", tune: func(o *xmlsig.SignOptions) { o.MethodPrefixList = "samlp" }},
			recipe{name: "namespace-undeclared-honest", want: Passes, issue: appending(statement,
				`<Attribute Name="urn:example:structured"><AttributeValue><x xmlns=""><y/></x></AttributeValue></Attribute>`)},
			recipe{name: "attributes-of-several-namespaces-honest", want: Passes, codes: "witness-unavailable", issue: appending(statement,
				`<Attribute Name="urn:example:structured"><AttributeValue><x xmlns:b="urn:a" xmlns:a="urn:b" b:y="1" a:x="2" z="3"/></AttributeValue></Attribute>`)},
			recipe{name: "blanks-in-base64-honest", by: Holder, want: Passes, codes: "witness-unavailable", attack: rewrite(value, func(s string) string { return s[:76] + " \t" + s[76:] })},
			recipe{name: "forged-where-witness-is-unable", by: Holder, codes: "digest-mismatch", tune: func(o *xmlsig.SignOptions) { o.PrefixList = "#default xs" }, attack: containing(nameID, "attacker@example.com")}),
	)
}

// unusedBits sets a bit that base64 has over.
func unusedBits(s string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	digits := strings.TrimRight(s, "=")
	end := len(digits) - 1
	return s[:end] + string(alphabet[strings.IndexByte(alphabet, s[end])+1]) + s[end+1:]
}
