package xmlenc

import (
	"crypto"
	"crypto/rsa"
	"strings"
)

// Unsupported names what of the encryption is not supported; empty if all is
// that it takes to decrypt for one recipient.
func (p *Part) Unsupported() string {
	if _, known := dataAlgorithmOf(p.Algorithm); !known && p.Algorithm != "" {
		return "the encryption algorithm " + quote(p.Algorithm)
	}
	first := ""
	for i := range p.Keys {
		what := p.Keys[i].unsupported()
		if what == "" {
			return ""
		}
		if first == "" {
			first = what
		}
	}
	if first == "" && p.agreed {
		return "key agreement with " + quote(p.agreement)
	}
	return first
}

func (k *EncryptedKey) unsupported() string {
	_, digestKnown := digestOf(k.Digest)
	_, maskKnown := maskOf(k.MGF)
	switch {
	case k.Transport == "":
		return "an EncryptedKey that names no algorithm"
	case strings.HasPrefix(k.Transport, Space+"kw-"), strings.HasPrefix(k.Transport, Space11+"kw-"):
		return "the symmetric key wrap " + quote(k.Transport)
	case !k.isRSA():
		return "the key transport " + quote(k.Transport)
	case k.Transport != RSA15 && !digestKnown:
		return "RSA-OAEP with the digest " + quote(k.Digest)
	case k.Transport == RSAOAEP && !maskKnown:
		return "RSA-OAEP with the mask generation function " + quote(k.MGF)
	}
	return ""
}

// oaep gives the options of a supported RSA-OAEP. The older of the two has MGF1
// with SHA-1 whatever its digest (XML Encryption 1.1, section 5.5.2).
func (k *EncryptedKey) oaep() *rsa.OAEPOptions {
	digest, _ := digestOf(k.Digest)
	o := &rsa.OAEPOptions{Hash: digest, MGFHash: crypto.SHA1, Label: k.label}
	if k.Transport == RSAOAEP {
		o.MGFHash, _ = maskOf(k.MGF)
	}
	return o
}
