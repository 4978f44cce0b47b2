// Package contenders knows who is measured, and how each is built and started.
package contenders

// A Contender is one row of the table.
type Contender struct {
	Key     string // how targets and the command line name it
	Title   string
	command func(b *Bench, key string, roles int) ([]string, error) // builds it, and gives its command line less the folder
}

// The keys of those that a target is about.
const (
	Crewjam = "crewjam"
	LibXML  = "libxmlsec1"
	Witness = "samlcheck-witness"
	Alone   = "samlcheck"
	Floor   = "floor"
)

// All lists the contenders; the first is the one that ratios are given to.
func All() []Contender {
	return []Contender{
		{Crewjam, "crewjam/saml `ParseXMLResponse`", peer},
		{"goxmldsig", "bare goxmldsig: etree, `Validate`", peer},
		{"xml-crypto", "xml-crypto on node: parse, `checkSignature`", node},
		{LibXML, "libxmlsec1 in C: parse, verify", native},
		{Witness, "samlcheck, with the witness", ourselves},
		{Alone + "-base64", "samlcheck, `SkipWitness`, from base64", ourselves},
		{Alone, "samlcheck, `SkipWitness`", ourselves},
		{Floor, "the floor in Go", ourselves},
	}
}

// Index gives the place of a contender in All, -1 where there is none.
func Index(key string) int {
	for i, c := range All() {
		if c.Key == key {
			return i
		}
	}
	return -1
}
