package xmlenc

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1" // the digests of RSA-OAEP
	_ "crypto/sha256"
	_ "crypto/sha512"
	"unicode/utf8"
)

// leastBits is the shortest RSA key that is worked with, as crypto/rsa has it.
const leastBits = 1024

// Decrypt gives the plaintext, trying each private key with each EncryptedKey.
// The errors are, in this order of precedence: *MalformedError,
// *UnsupportedError and ErrNoKey, which are found before a key is used, and
// ErrDecrypt. A plaintext is authentic only as far as a signature in it says;
// one that is then found not to be XML must be reported no other way than
// ErrDecrypt is.
func (p *Part) Decrypt(keys []*rsa.PrivateKey) ([]byte, error) {
	if p.Fault != "" {
		return nil, &MalformedError{p.Fault}
	}
	if what := p.Unsupported(); what != "" {
		return nil, &UnsupportedError{what}
	}
	attempts, err := p.attempts(keys)
	if err != nil {
		return nil, err
	}
	for _, a := range attempts {
		if plaintext, ok := p.open(a); ok {
			return plaintext, nil
		}
	}
	return nil, ErrDecrypt
}

// open does the same work whether or not the session key was found, so that
// the time betrays no more than the error does.
func (p *Part) open(a attempt) ([]byte, bool) {
	algorithm, _ := dataAlgorithmOf(p.Algorithm)
	session, found := a.key.unwrap(a.private, algorithm.key)
	plaintext, opened := algorithm.open(session, p.ciphertext)
	return plaintext, found && opened
}

// unwrap gives the session key, or a random one. What RSA PKCS#1 v1.5 decides
// is never told: its random key fails at the data.
func (k *EncryptedKey) unwrap(private *rsa.PrivateKey, size int) ([]byte, bool) {
	session := make([]byte, size)
	rand.Read(session) // never fails
	if k.Transport == RSA15 {
		// On any failure the random key stays as it is.
		//lint:ignore SA1019 messages of this kind are in use; a warning tells of it
		_ = rsa.DecryptPKCS1v15SessionKey(nil, private, k.wrapped, session)
		return session, true
	}
	got, err := private.Decrypt(nil, k.wrapped, k.oaep())
	if err != nil || len(got) != size {
		return session, false
	}
	return got, true
}

// open decrypts data whose length has been checked.
func (a dataAlgorithm) open(key, ciphertext []byte) ([]byte, bool) {
	block, err := a.cipher(key)
	if err != nil {
		return nil, false
	}
	iv, rest := ciphertext[:a.iv], ciphertext[a.iv:]
	if a.mode == modeGCM {
		gcm, err := cipher.NewGCM(block)
		if err != nil {
			return nil, false
		}
		plaintext, err := gcm.Open(nil, iv, rest, nil)
		return plaintext, err == nil
	}
	plaintext := make([]byte, len(rest))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plaintext, rest)
	return unpadded(plaintext, a.block)
}

func (a dataAlgorithm) cipher(key []byte) (cipher.Block, error) {
	if a.block == des.BlockSize {
		return des.NewTripleDESCipher(key)
	}
	return aes.NewCipher(key)
}

// unpadded takes the padding of XML Encryption 1.1, section 5.2, away: the last
// octet counts it, the others are arbitrary. One wrong key in sixteen leaves a
// padding that fits: what is no beginning of XML then counts as not decrypted.
func unpadded(plaintext []byte, block int) ([]byte, bool) {
	n := int(plaintext[len(plaintext)-1])
	if n < 1 || n > block {
		return nil, false
	}
	plaintext = plaintext[:len(plaintext)-n]
	start := bytes.TrimLeft(bytes.TrimPrefix(plaintext, []byte("\ufeff")), " \t\r\n")
	return plaintext, bytes.HasPrefix(start, []byte("<")) && utf8.Valid(plaintext)
}
