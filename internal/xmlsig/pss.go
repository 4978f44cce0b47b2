package xmlsig

import (
	"crypto"
	"strconv"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

const mgf1 = space2007 + "MGF1"

// read takes hash and salt of RSA-PSS from the RSAPSSParams of a
// SignatureMethod (RFC 6931, section 2.3.9). It says what is not supported.
func (s *signing) read(e xmldoc.Element) string {
	params := e.Child(space2007, "RSAPSSParams")
	if !params.Present() {
		return ""
	}
	if d := params.Child(Space, "DigestMethod"); d.Present() {
		hash, ok := digestOf(d.Get("Algorithm"))
		if !ok {
			return unsupportedDigest(d.Get("Algorithm"))
		}
		s.hash, s.salt = hash, hash.Size()
	}
	if reason := s.mask(params.Child(space2007, "MaskGenerationFunction")); reason != "" {
		return reason
	}
	if e := params.Child(space2007, "SaltLength"); e.Present() {
		n, err := strconv.ParseUint(strings.TrimSpace(e.Text()), 10, 16)
		if err != nil || n == 0 || n > maxModulusBits/8 {
			return "the RSA-PSS salt length " + quote(e.Text()) + " is not supported"
		}
		s.salt = int(n)
	}
	if e := params.Child(space2007, "TrailerField"); e.Present() && strings.TrimSpace(e.Text()) != "1" {
		return "the RSA-PSS trailer field " + quote(e.Text()) + " is not supported"
	}
	return ""
}

// mask holds the mask generation function against the one that is supported:
// MGF1 with the hash of the signature. Where it is absent, MGF1 with SHA-256
// is meant.
func (s *signing) mask(e xmldoc.Element) string {
	hash := crypto.SHA256
	if e.Present() {
		if a := e.Get("Algorithm"); a != mgf1 {
			return "the RSA-PSS mask generation function " + quote(a) + " is not supported"
		}
		if d := e.Child(Space, "DigestMethod"); d.Present() {
			var ok bool
			if hash, ok = digestOf(d.Get("Algorithm")); !ok {
				return unsupportedDigest(d.Get("Algorithm"))
			}
		}
	}
	if hash != s.hash {
		return "RSA-PSS with one hash for the message and another for the mask is not supported"
	}
	return ""
}
