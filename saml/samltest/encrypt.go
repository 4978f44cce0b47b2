package samltest

import (
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// An Encryption says how the Assertion is encrypted; the zero value leaves it
// plain. Fields that are left empty while another is set have the values that
// Entra uses: AES-256 in CBC mode, RSA-OAEP with SHA-1, for EncryptionKey. The
// private key is that of DecryptionKey.
type Encryption struct {
	Algorithm string   // such as "aes256-cbc", "aes128-gcm", "tripledes-cbc"
	Transport string   // "rsa-oaep-mgf1p", "rsa-oaep" or "rsa-1_5"
	Digest    string   // of RSA-OAEP, such as "sha256"; empty: not named
	MGF       string   // of rsa-oaep, such as "mgf1sha256"; empty: not named
	Beside    bool     // the EncryptedKey stands beside EncryptedData
	Lean      bool     // the element is encrypted without the declarations of namespaces on it, which the element around the ciphertext gets
	Key       Key      // whom it is for
	Mutations []string // what is done to the message after the Assertion was signed and before it is encrypted
}

// on reports whether there is anything to encrypt.
func (e Encryption) on() bool {
	return e.Algorithm+e.Transport+e.Digest+e.MGF+string(e.Key) != "" || e.Beside || e.Lean || len(e.Mutations) > 0
}

// uri gives an algorithm's name as XML Encryption writes it.
func uri(name string) (string, error) {
	const enc, enc11 = xmlenc.Space, xmlenc.Space11
	switch {
	case name == "":
		return "", nil
	case strings.HasSuffix(name, "-gcm"), strings.HasPrefix(name, "mgf1"), name == "rsa-oaep":
		return enc11 + name, nil
	case strings.HasSuffix(name, "-cbc"), strings.HasPrefix(name, "rsa-"), name == "sha256", name == "sha512":
		return enc + name, nil
	case name == "sha1":
		return signatureSpace + name, nil
	case name == "sha384":
		return "http://www.w3.org/2001/04/xmldsig-more#" + name, nil
	}
	return "", fmt.Errorf("the name of an algorithm of XML Encryption is expected, such as %q, found %q", "aes256-cbc", name)
}

// options gives the algorithms and the recipient.
func (e Encryption) options(p Product) (xmlenc.EncryptOptions, error) {
	o := xmlenc.EncryptOptions{Beside: e.Beside}
	for _, f := range []struct {
		field *string
		name  string
	}{{&o.Algorithm, e.Algorithm}, {&o.Transport, e.Transport}, {&o.Digest, e.Digest}, {&o.MGF, e.MGF}} {
		var err error
		if *f.field, err = uri(f.name); err != nil {
			return o, err
		}
	}
	k := e.Key
	if k == CurrentKey {
		k = EncryptionKey
	}
	signer, err := k.Signer(p)
	if err != nil {
		return o, err
	}
	public, ok := signer.Public().(*rsa.PublicKey)
	if !ok {
		return o, fmt.Errorf("an RSA key is expected to encrypt for, the key %q is none", k)
	}
	cert, err := k.Certificate(p)
	if err != nil {
		return o, err
	}
	o.To = []xmlenc.Recipient{{Key: public, Certificate: cert.Raw}}
	return o, nil
}

// encrypt puts an EncryptedAssertion in the place of the Assertion.
func (d *draft) encrypt() { d.encryptPart("Assertion", "EncryptedAssertion") }

// encryptPart puts an encrypted element in the place of a plain one. What is
// random in it depends on the Login alone.
func (d *draft) encryptPart(path, wrapper string) {
	e := d.find(path)
	o, err := d.login.Encrypt.options(d.login.Product)
	if err != nil {
		d.fail("%w", err)
	}
	if d.err != nil {
		return
	}
	o.Wrapper, o.Namespace = tag(e, wrapper), assertionSpace
	seed := d.login.seed() + " " + d.login.Encrypt.seed()
	if wrapper != "EncryptedAssertion" {
		seed += " " + wrapper // two parts of one message share no key
	}
	o.Random = rand.NewChaCha8(sha256.Sum256([]byte(seed)))
	plaintext, outside := standalone(e), ""
	if d.login.Encrypt.Lean {
		plaintext, outside = lean(e, o.Wrapper)
	}
	text, err := xmlenc.Encrypt([]byte(plaintext), o)
	if err != nil {
		d.fail("encrypting: %w", err)
		return
	}
	at := 1 + len(o.Wrapper)
	d.replace(path, text[:at]+outside+text[at:])
}

// seed gives what the random octets are derived from.
func (e Encryption) seed() string {
	out := fmt.Sprintf("{Algorithm:%s Transport:%s Digest:%s MGF:%s Beside:%t Key:%s Mutations:%s}",
		e.Algorithm, e.Transport, e.Digest, e.MGF, e.Beside, e.Key, e.Mutations)
	if e.Lean {
		out += " lean"
	}
	return out
}

// lean gives an element without the declarations of its start tag, and those
// that the element of this name around the ciphertext needs beside its own.
func lean(e xmldoc.Element, wrapper string) (plaintext, outside string) {
	tag, declared := e.StartTag(), ""
	if prefix, _, prefixed := strings.Cut(wrapper, ":"); prefixed {
		declared = prefix
	}
	for d := range e.Declarations() {
		text := declaration(d.Prefix, d.Space)
		tag = strings.Replace(tag, " "+text, "", 1)
		if d.Prefix != declared {
			outside += " " + text
		}
	}
	return tag + e.Raw()[len(e.StartTag()):], outside
}

// standalone gives an element with every namespace declaration that is in scope
// on it, so that it can be read without what was around it. An exclusive
// canonical form, and so a signature, stays as it is.
func standalone(e xmldoc.Element) string {
	declared := map[string]bool{}
	for d := range e.Declarations() {
		declared[d.Prefix] = true
	}
	var more strings.Builder
	for up := e.Parent(); up.Present(); up = up.Parent() {
		for d := range up.Declarations() {
			if declared[d.Prefix] {
				continue
			}
			declared[d.Prefix] = true
			more.WriteString(" " + declaration(d.Prefix, d.Space))
		}
	}
	at := 1 + len(e.QName())
	return e.Raw()[:at] + more.String() + e.Raw()[at:]
}

func declaration(prefix, space string) string {
	if prefix == "" {
		return fmt.Sprintf(`xmlns="%s"`, space)
	}
	return fmt.Sprintf(`xmlns:%s="%s"`, prefix, space)
}
