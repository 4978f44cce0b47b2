package xmlenc

import (
	"crypto/cipher"
	"crypto/rsa"
	"encoding/xml"
	"errors"
	"math/big"
	"strings"
)

// seal encrypts data, with the padding of XML Encryption where the mode needs
// one.
func (a dataAlgorithm) seal(key, plaintext []byte, e *encrypter) []byte {
	block, err := a.cipher(key)
	if err != nil {
		e.fail(err)
		return nil
	}
	iv := e.octets(a.iv)
	if a.mode == modeGCM {
		gcm, err := cipher.NewGCM(block)
		if err != nil {
			e.fail(err)
			return nil
		}
		return gcm.Seal(iv, iv, plaintext, nil)
	}
	n := a.block - len(plaintext)%a.block
	padding := e.octets(n)
	padding[n-1] = byte(n)
	out := append(append(iv, plaintext...), padding...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out[a.iv:], out[a.iv:])
	return out
}

func (e *encrypter) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// wrap encrypts a session key.
func (e *encrypter) wrap(to *rsa.PublicKey, session []byte) []byte {
	if e.err != nil {
		return nil
	}
	if e.Transport == RSA15 {
		return e.wrapPKCS1v15(to, session)
	}
	k := e.method()
	out, err := rsa.EncryptOAEPWithOptions(e.Random, to, session, k.oaep())
	if err != nil {
		e.fail(err)
	}
	return out
}

// wrapPKCS1v15 does what RFC 8017, section 7.2.1, says. The function of
// crypto/rsa takes no randomness from its caller since Go 1.26, and fixtures
// have to come out the same each time.
func (e *encrypter) wrapPKCS1v15(to *rsa.PublicKey, session []byte) []byte {
	size := to.Size()
	if size < len(session)+11 {
		e.fail(errors.New("the RSA key is too short for the session key"))
		return nil
	}
	padded := make([]byte, size)
	padded[1] = 2
	filler := e.octets(size - len(session) - 3)
	for i, b := range filler {
		padded[2+i] = max(b, 1) // no zero octet
	}
	copy(padded[size-len(session):], session)
	m := new(big.Int).SetBytes(padded)
	return m.Exp(m, big.NewInt(int64(to.E)), to.N).FillBytes(padded)
}

func escaped(text string) string {
	var b strings.Builder
	// A strings.Builder never fails.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
