package claims

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

const (
	spaceEncryption   = "http://www.w3.org/2001/04/xmlenc#"
	spaceEncryption11 = "http://www.w3.org/2009/xmlenc11#"
)

// The encryptions with which answers of STS are on record: these ciphers, each
// with rsa-oaep-mgf1p and SHA-1 or SHA-256, or with rsa-oaep and SHA-256 twice;
// one EncryptedKey inside EncryptedData, without a label, the Response not
// signed.
var recordedCiphers = []string{
	spaceEncryption + "aes128-cbc", spaceEncryption + "aes256-cbc",
	spaceEncryption11 + "aes128-gcm", spaceEncryption11 + "aes256-gcm",
}

func recordedEncryption(m saml.EncryptionMethod) bool {
	digest := m.Digest[strings.LastIndexByte(m.Digest, '#')+1:]
	switch m.Transport {
	case spaceEncryption + "rsa-oaep-mgf1p":
		if !slices.Contains([]string{"", "sha1", "sha256"}, digest) || m.MGF != "" && m.MGF != spaceEncryption11+"mgf1sha1" {
			return false
		}
	case spaceEncryption11 + "rsa-oaep":
		if digest != "sha256" || m.MGF != spaceEncryption11+"mgf1sha256" {
			return false
		}
	default:
		return false
	}
	return !m.Beside && !m.Label && slices.Contains(recordedCiphers, m.Algorithm)
}

// unrecordedEncryption gives what no answer is on record for of how the
// assertion is encrypted. AWS documents AES of 128 and 256 bits and RSA-OAEP.
// What else is doubtful the rule algorithm-weak holds.
func (f *facts) unrecordedEncryption() []saml.Finding {
	accepted := func() saml.Finding {
		return saml.Finding{Stage: saml.StageDecrypt, AWS: []saml.Answer{bySTS(Success, "", saml.Inferred)}}
	}
	var out []saml.Finding
	for _, m := range f.report.Encryption() {
		switch {
		case m.Algorithm == spaceEncryption11+"aes192-gcm":
			out = append(out, saml.Finding{Stage: saml.StageDecrypt, Unsettled: "STS takes what is encrypted with AES of 192 bits"})
		case !recordedEncryption(m), len(f.report.Encryption()) > 1:
			out = append(out, accepted())
		}
	}
	if f.report.Encrypted() && f.report.Response.Signed {
		out = append(out, accepted())
	}
	return out
}
