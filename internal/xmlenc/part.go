package xmlenc

import (
	"strconv"

	"github.com/samlcheck/samlcheck/internal/words"
	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// MostKeys bounds the EncryptedKeys of one part: each costs an operation with
// every private key.
const MostKeys = 16

// A Part is an encrypted part of a message, and what can be told of it without
// a key.
type Part struct {
	Wrapper   xmldoc.Element // EncryptedAssertion, EncryptedID, EncryptedAttribute, or EncryptedData itself
	Data      xmldoc.Element // EncryptedData
	Algorithm string         // URI of the data's algorithm, empty if none is named
	Type      string         // URI of what the plaintext is, as EncryptedData says
	Keys      []EncryptedKey // the session key, encrypted for each recipient
	Fault     string         // what is wrong with the form; such a part is not decrypted

	agreement  string // URI of a key agreement in the place of an EncryptedKey
	agreed     bool
	ciphertext []byte
}

// An EncryptedKey is the session key encrypted for one recipient.
type EncryptedKey struct {
	Element    xmldoc.Element
	Transport  string         // URI of the algorithm, empty if none is named
	Digest     string         // URI in DigestMethod, empty if there is none: SHA-1
	MGF        string         // URI in MGF, empty if there is none: MGF1 with SHA-1
	OAEPParams bool           // whether there is a label for RSA-OAEP
	Recipient  string         // the attribute Recipient
	KeyInfo    xmldoc.Element // says whose key it is, if there is one

	wrapped, label []byte
}

// Read describes an encrypted part. All that is looked up lies inside the
// wrapper, where SAML has the EncryptedKeys (Core, 2.2.4, 2.3.4 and 2.7.3.2).
func Read(wrapper xmldoc.Element) *Part {
	p := &Part{Wrapper: wrapper}
	p.Fault = first(p.readData(), p.readKeys(), p.checkData())
	return p
}

// readData finds EncryptedData and what it says of itself.
func (p *Part) readData() string {
	p.Data = p.Wrapper
	var faults []string
	if !p.Wrapper.Is(Space, "EncryptedData") {
		var fault string
		p.Data, fault = one(p.Wrapper, Space, "EncryptedData")
		faults = append(faults, fault, p.strangers())
	}
	if !p.Data.Present() {
		return first(faults...)
	}
	method, twice := atMostOne(p.Data, Space, "EncryptionMethod")
	p.Algorithm, p.Type = method.Get("Algorithm"), p.Data.Get("Type")
	if twice == "" && p.Algorithm == "" {
		twice = "EncryptedData names no Algorithm in an EncryptionMethod"
	}
	var inValue string
	p.ciphertext, inValue = cipherValue(p.Data)
	return first(append(faults, twice, inValue)...)
}

// strangers finds what the wrapper may not hold.
func (p *Part) strangers() string {
	for c := range p.Wrapper.Children() {
		if !c.Is(Space, "EncryptedData") && !c.Is(Space, "EncryptedKey") {
			return "beside EncryptedData only EncryptedKey may stand, found " + quote(c.QName())
		}
	}
	return ""
}

// checkData holds the length of the ciphertext against its algorithm.
func (p *Part) checkData() string {
	a, known := dataAlgorithmOf(p.Algorithm)
	n := len(p.ciphertext)
	switch {
	case !known || p.ciphertext == nil:
		return ""
	case a.mode == modeCBC && (n < a.iv+a.block || n%a.block != 0):
		return "the ciphertext is expected to be an initialization vector and whole blocks of " + words.Count(a.block, "octet") + ", at least one, found " + words.Count(n, "octet")
	case a.mode == modeGCM && n < a.iv+a.tag:
		return "the ciphertext is expected to be at least " + strconv.Itoa(a.iv+a.tag) + " octets, an initialization vector and a tag, found " + words.Count(n, "octet")
	}
	return ""
}

const longestQuote = 120

func quote(text string) string { return words.Quote(text, longestQuote) }
