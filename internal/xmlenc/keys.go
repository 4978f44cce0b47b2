package xmlenc

import (
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// The modulus of an RSA key, in octets: what is outside encrypts nothing that
// anybody reads.
const (
	leastModulus = 64
	mostModulus  = 2048
)

// readKeys finds the EncryptedKeys: inside the KeyInfo of EncryptedData, where
// a RetrievalMethod of it points, and beside EncryptedData.
func (p *Part) readKeys() string {
	ids, fault := p.ids()
	elements, lost := p.keyElements(ids)
	faults := []string{fault, lost, p.tooMany(len(elements))}
	for _, e := range elements[:min(MostKeys, len(elements))] {
		k, wrong := readKey(e)
		p.Keys = append(p.Keys, k)
		faults = append(faults, wrong)
	}
	return first(faults...)
}

func (p *Part) tooMany(found int) string {
	switch {
	case found > MostKeys:
		return "at most " + strconv.Itoa(MostKeys) + " EncryptedKeys are expected, found " + strconv.Itoa(found)
	case found == 0 && !p.agreed:
		return "there is no EncryptedKey, neither in the KeyInfo of EncryptedData nor beside it"
	}
	return ""
}

// ids gives the elements inside the wrapper by their Id.
func (p *Part) ids() (map[string]xmldoc.Element, string) {
	var ids map[string]xmldoc.Element
	fault := ""
	for e := range p.Wrapper.Descendants() {
		a := e.Attr("", "Id")
		if !a.Present() {
			continue
		}
		if _, taken := ids[a.Value()]; taken && fault == "" {
			fault = "two elements have the Id " + quote(a.Value())
		}
		if ids == nil {
			ids = map[string]xmldoc.Element{}
		}
		ids[a.Value()] = e
	}
	return ids, fault
}

// keyElements gives the EncryptedKeys, each once.
func (p *Part) keyElements(ids map[string]xmldoc.Element) ([]xmldoc.Element, string) {
	var out []xmldoc.Element
	seen := map[int]bool{}
	add := func(e xmldoc.Element) {
		if !seen[e.Offset()] {
			seen[e.Offset()] = true
			out = append(out, e)
		}
	}
	info, fault := atMostOne(p.Data, spaceSignature, "KeyInfo")
	for c := range info.Children() {
		switch {
		case c.Is(Space, "EncryptedKey"):
			add(c)
		case c.Is(Space, "AgreementMethod"):
			p.agreement, p.agreed = c.Get("Algorithm"), true
		case c.Is(spaceSignature, "RetrievalMethod"):
			target, lost := retrieved(c, ids)
			if target.Present() {
				add(target)
			}
			fault = first(fault, lost)
		}
	}
	if p.Wrapper != p.Data {
		for c := range p.Wrapper.Children() {
			if c.Is(Space, "EncryptedKey") {
				add(c)
			}
		}
	}
	return out, fault
}

// retrieved gives the EncryptedKey that a RetrievalMethod points at; none if it
// points at something that is no EncryptedKey by its own word.
func retrieved(e xmldoc.Element, ids map[string]xmldoc.Element) (xmldoc.Element, string) {
	if t := e.Get("Type"); t != "" && t != Space+"EncryptedKey" {
		return xmldoc.Element{}, ""
	}
	uri := e.Get("URI")
	id, same := strings.CutPrefix(uri, "#")
	target := ids[id]
	switch {
	case !same:
		return xmldoc.Element{}, "RetrievalMethod is expected to point at an Id in the same encrypted part, found the URI " + quote(uri) + ", which is never fetched"
	case e.Child(spaceSignature, "Transforms").Present():
		return xmldoc.Element{}, "RetrievalMethod is expected to point at an EncryptedKey as it is, found Transforms in it"
	case !target.Is(Space, "EncryptedKey"):
		return xmldoc.Element{}, "RetrievalMethod points at " + quote(uri) + ", and no EncryptedKey in the encrypted part has that Id"
	}
	return target, ""
}

func readKey(e xmldoc.Element) (EncryptedKey, string) {
	method, fault := atMostOne(e, Space, "EncryptionMethod")
	info, twice := atMostOne(e, spaceSignature, "KeyInfo")
	k := EncryptedKey{
		Element: e, KeyInfo: info, Recipient: e.Get("Recipient"), Transport: method.Get("Algorithm"),
		Digest: method.Child(spaceSignature, "DigestMethod").Get("Algorithm"), MGF: method.Child(Space11, "MGF").Get("Algorithm"),
	}
	fault = first(fault, twice, k.nested(), k.readOAEP(method), k.readWrapped())
	return k, fault
}

func (k *EncryptedKey) nested() string {
	for d := range k.Element.Descendants() {
		if d.Is(Space, "EncryptedKey") || d.Is(Space, "EncryptedData") {
			return "an " + d.Local() + " stands inside an EncryptedKey"
		}
	}
	return ""
}

// readOAEP reads what RSA-OAEP has beside its name.
func (k *EncryptedKey) readOAEP(method xmldoc.Element) string {
	for _, c := range [][2]string{{spaceSignature, "DigestMethod"}, {Space11, "MGF"}} {
		c, fault := atMostOne(method, c[0], c[1])
		if fault != "" {
			return fault
		}
		if c.Present() && c.Get("Algorithm") == "" {
			return "the " + c.Local() + " of an EncryptedKey names no Algorithm"
		}
	}
	params, fault := atMostOne(method, Space, "OAEPparams")
	if fault != "" || !params.Present() {
		return fault
	}
	k.OAEPParams = true
	k.label, fault = decode(params)
	return fault
}

func (k *EncryptedKey) readWrapped() string {
	var fault string
	if k.wrapped, fault = cipherValue(k.Element); fault != "" {
		return fault
	}
	if n := len(k.wrapped); k.isRSA() && (n < leastModulus || n > mostModulus) {
		return "an EncryptedKey is expected to be as long as the modulus of an RSA key, found " + words.Count(n, "octet")
	}
	return ""
}

func (k *EncryptedKey) isRSA() bool {
	return k.Transport == RSAOAEPMGF1P || k.Transport == RSAOAEP || k.Transport == RSA15
}
