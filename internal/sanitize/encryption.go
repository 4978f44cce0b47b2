package sanitize

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// deepest bounds encrypted parts inside encrypted parts.
const deepest = 3

// mostParts bounds the encrypted parts that are decrypted.
const mostParts = 32

// errNoXML says why a plaintext cannot be made a fixture of.
var errNoXML = errors.New("what was decrypted is expected to be XML, and is none: it cannot be told what in it is personal; leave --key out, and the ciphertext is replaced by noise")

// ciphertexts decrypts the parts of a document, replaces what is in them, and
// encrypts them anew. It gives the octets for the CipherValues by the numbers of
// their elements. A part that no key opens has none.
func (s *Sanitizer) ciphertexts(d *draft, t trust, depth int) (map[int][]byte, error) {
	out := map[int][]byte{}
	if len(s.keys) == 0 || depth >= deepest {
		return out, nil
	}
	for e := range d.doc.Elements() {
		if !isWrapper(e) || s.parts == mostParts {
			continue
		}
		s.parts++
		plaintext, err := s.open(e)
		if err != nil {
			continue
		}
		if err := s.reencrypt(d, xmlenc.Read(e), plaintext, t, depth, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// mostPrivateKeys bounds the private keys that are tried on a part.
const mostPrivateKeys = 8

// open decrypts a part.
func (s *Sanitizer) open(e xmldoc.Element) ([]byte, error) {
	return xmlenc.Read(e).Decrypt(s.keys[:min(len(s.keys), mostPrivateKeys)])
}

// isWrapper reports whether an element holds an encrypted part.
func isWrapper(e xmldoc.Element) bool {
	if e.Is(xmlenc.Space, "EncryptedData") {
		return e.Parent().Space() != assertionSpace
	}
	return e.Space() == assertionSpace && e.Child(xmlenc.Space, "EncryptedData").Present()
}

func (s *Sanitizer) reencrypt(d *draft, part *xmlenc.Part, plaintext []byte, t trust, depth int, out map[int][]byte) error {
	whole, lent, err := withDeclarations(plaintext, part.Wrapper)
	if err != nil {
		return err
	}
	inside, err := s.document(whole, t, depth+1)
	if err != nil {
		return err
	}
	for _, r := range inside.replaced {
		d.note(r.Kind, part.Wrapper.Path()+r.Path, r.Value)
	}
	s.plaintexts = append(s.plaintexts, inside.text)
	return s.encrypt(part, []byte(lent.off(inside.text)), out)
}

// A loan is the declarations that a plaintext was given for as long as it was
// read.
type loan struct {
	at   int
	text string
}

// withDeclarations gives a plaintext with the declarations that it lacks and
// that are in scope where it stands, as saml.Check reads it.
func withDeclarations(plaintext []byte, place xmldoc.Element) (string, loan, error) {
	if doc, err := xmldoc.Parse(plaintext, xmldoc.MessageLimits()); err == nil && doc.Root().Space() != "" {
		return string(plaintext), loan{}, nil
	}
	prefixes, at, err := xmldoc.Undeclared(plaintext, xmldoc.MessageLimits())
	if err != nil {
		return "", loan{}, errNoXML
	}
	lent := declarations(place, prefixes)
	whole := string(plaintext[:at]) + lent + string(plaintext[at:])
	doc, err := xmldoc.ParseString(whole, xmldoc.MessageLimits())
	if err != nil {
		return "", loan{}, errNoXML
	}
	lent += declarations(place, digestedPrefixes(doc))
	return string(plaintext[:at]) + lent + string(plaintext[at:]), loan{at, lent}, nil
}

// declarations writes those that are in scope at a place.
func declarations(place xmldoc.Element, prefixes []string) string {
	var b strings.Builder
	for _, p := range prefixes {
		space, bound := place.Resolve(p)
		if !bound || space == "" {
			continue
		}
		name := "xmlns"
		if p != "" {
			name += ":" + p
		}
		b.WriteString(" " + name + `="` + escaped(space) + `"`)
	}
	return b.String()
}

// escaped writes a text for an attribute value in double quotes.
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(text)
}

// mostLent bounds the prefixes that a plaintext is lent for its signature.
const mostLent = 64

// digestedPrefixes gives the prefixes that a Signature inside wants declared,
// whether used or not, and the root does not declare.
func digestedPrefixes(doc *xmldoc.Document) (out []string) {
	have := map[string]bool{"xml": true, "xmlns": true}
	for d := range doc.Root().Declarations() {
		have[d.Prefix] = true
	}
	for e := range doc.Elements() {
		if !e.Is(xmlsig.ExclusiveC14N, "InclusiveNamespaces") {
			continue
		}
		for prefix := range strings.FieldsSeq(strings.ReplaceAll(e.Get("PrefixList"), "#default", "")) {
			if !have[prefix] && len(out) < mostLent {
				have[prefix] = true
				out = append(out, prefix)
			}
		}
	}
	return out
}

// off takes the declarations away again.
func (l loan) off(text string) string {
	if end := l.at + len(l.text); end <= len(text) {
		return text[:l.at] + text[end:]
	}
	return text
}

// encrypt encrypts a plaintext in the way of a part, for the key that stands for
// the one that opened it.
func (s *Sanitizer) encrypt(part *xmlenc.Part, plaintext []byte, out map[int][]byte) error {
	own, err := s.decryptor()
	if err != nil {
		return err
	}
	fault := error(errors.New("no session key is found"))
	for _, k := range part.Keys {
		options := xmlenc.EncryptOptions{Algorithm: part.Algorithm, Transport: k.Transport, Digest: k.Digest, MGF: k.MGF,
			To: []xmlenc.Recipient{{Key: &own.PublicKey}}, Label: s.label(k.Element)}
		text, err := xmlenc.Encrypt(plaintext, options)
		if err != nil {
			fault = err
			continue
		}
		return placeCiphertexts(text, part, k, out)
	}
	return fmt.Errorf("what was decrypted cannot be encrypted anew: %w", fault)
}

// label gives the OAEPparams of a session key as they are after replacing.
func (s *Sanitizer) label(key xmldoc.Element) []byte {
	params := key.Child(xmlenc.Space, "EncryptionMethod").Child(xmlenc.Space, "OAEPparams")
	old, ok := decoded(params.Text())
	if !params.Present() || !ok {
		return nil
	}
	return s.ring.m.noise(old)
}

// placeCiphertexts takes the octets out of a part that was made, for the
// elements of the one that it stands for.
func placeCiphertexts(made string, part *xmlenc.Part, key xmlenc.EncryptedKey, out map[int][]byte) error {
	doc, err := xmldoc.ParseString(made, xmldoc.MetadataLimits())
	if err != nil {
		return err
	}
	for e := range doc.Elements() {
		if e.Local() != "CipherValue" {
			continue
		}
		octets, _ := decoded(e.Text())
		into := part.Data
		if e.Parent().Parent().Local() == "EncryptedKey" {
			into = key.Element
		}
		out[into.Child(xmlenc.Space, "CipherData").Child(xmlenc.Space, "CipherValue").Number()] = octets
	}
	return nil
}

// decryptor gives the private key that stands for those that were given.
func (s *Sanitizer) decryptor() (*rsa.PrivateKey, error) {
	name, ok := fingerprintOf(&s.keys[0].PublicKey)
	if !ok {
		return nil, errors.New("the key that was given cannot be written")
	}
	s.ring.signs[name] = true
	own, err := s.ring.identity(&s.keys[0].PublicKey, name)
	if err != nil {
		return nil, err
	}
	key, ok := own.signer.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("a decryption key of at least 1024 bits is expected")
	}
	s.used = key
	return key, nil
}

// keyNote stands above the key that is written.
const keyNote = "A key that samlcheck sanitize made for a fixture. It protects nothing and belongs to nobody.\n"

// keyFile gives the private key that opens the fixtures; nil where none is
// encrypted.
func (s *Sanitizer) keyFile() ([]byte, error) {
	if s.used == nil {
		return nil, nil
	}
	der, err := x509.MarshalPKCS8PrivateKey(s.used)
	if err != nil {
		return nil, err
	}
	return append([]byte(keyNote), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})...), nil
}
