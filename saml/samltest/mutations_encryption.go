package samltest

import (
	"encoding/base64"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlenc"
)

// encryptionFaults are what is done to an EncryptedAssertion. They need a Login
// that encrypts.
func encryptionFaults() []Mutation {
	return []Mutation{
		{Name: "ciphertext-cut", Doc: "the ciphertext of the EncryptedAssertion has lost its last octet", edit: func(d *draft) {
			d.recode(encryptedData, func(b []byte) []byte { return b[:len(b)-1] })
		}},
		{Name: "ciphertext-changed", Doc: "a bit of the ciphertext is another, so that neither padding nor tag fit", edit: func(d *draft) {
			d.recode(encryptedData, func(b []byte) []byte { b[len(b)-1-d.block()] ^= 0x80; return b })
		}},
		{Name: "ciphertext-referred", Doc: "a CipherReference stands in the place of the ciphertext", edit: func(d *draft) {
			d.setContent(encryptedData+"/CipherData", `<xenc:CipherReference URI="https://example.com/ciphertext"/>`)
		}},
		{Name: "encrypted-key-changed", Doc: "the last octet of the EncryptedKey is another", edit: func(d *draft) {
			d.recode(d.encryptedKey(), func(b []byte) []byte { b[len(b)-1] ^= 0x01; return b })
		}},
		{Name: "encrypted-key-cut", Doc: "the EncryptedKey has lost its last octet", edit: func(d *draft) {
			d.recode(d.encryptedKey(), func(b []byte) []byte { return b[:len(b)-1] })
		}},
		{Name: "encrypted-key-dropped", Doc: "the EncryptedKey was taken out", edit: func(d *draft) { d.drop(d.encryptedKey()) }},
		{Name: "encryption-algorithm-unknown", Doc: "the data is said to be encrypted in a way that nobody knows", edit: func(d *draft) {
			d.set(encryptedData+"/EncryptionMethod", "Algorithm", "https://example.com/cipher")
		}},
		{Name: "encrypted-key-agreed", Doc: "the session key is said to be wrapped with a symmetric key", edit: func(d *draft) {
			d.set(d.encryptedKey()+"/EncryptionMethod", "Algorithm", xmlenc.Space+"kw-aes128")
		}},
	}
}

const encryptedData = "EncryptedAssertion/EncryptedData"

// encryptedKey gives the path of the EncryptedKey.
func (d *draft) encryptedKey() string {
	if beside := "EncryptedAssertion/EncryptedKey"; d.has(beside) {
		return beside
	}
	return encryptedData + "/KeyInfo/EncryptedKey"
}

// block gives the length of the cipher's block: in CBC mode a bit one block from
// the end is a bit of the padding's count.
func (d *draft) block() int {
	if d.find(encryptedData+"/EncryptionMethod").Get("Algorithm") == xmlenc.TripleDESCBC {
		return 8
	}
	return 16
}

// recode changes the octets that an encrypted element holds.
func (d *draft) recode(path string, change func([]byte) []byte) {
	path += "/CipherData/CipherValue"
	e := d.find(path)
	if e == (xmldoc.Element{}) {
		return
	}
	octets, err := base64.StdEncoding.DecodeString(e.Text())
	if err != nil {
		d.fail("%w", err)
		return
	}
	d.setContent(path, base64.StdEncoding.EncodeToString(change(octets)))
}
