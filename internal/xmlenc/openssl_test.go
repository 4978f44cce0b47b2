package xmlenc

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"testing"
)

// The digests and mask functions of RSA-OAEP, as XML Encryption and openssl
// name them.
func oaepDigests() map[string]string {
	return map[string]string{spaceSignature + "sha1": "sha1", spaceMore + "sha224": "sha224", Space + "sha256": "sha256", spaceMore + "sha384": "sha384", Space + "sha512": "sha512"}
}

func oaepMasks() map[string]string {
	return map[string]string{Space11 + "mgf1sha1": "sha1", Space11 + "mgf1sha224": "sha224", Space11 + "mgf1sha256": "sha256",
		Space11 + "mgf1sha384": "sha384", Space11 + "mgf1sha512": "sha512"}
}

// openssl encrypts or decrypts a session key.
func openssl(t *testing.T, direction string, in []byte, digest, mask string, label []byte) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	args := []string{"pkeyutl", direction, "-in", file(t, "in", in), "-out", out, "-inkey", file(t, "key.pem", privatePEM(key())),
		"-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:" + digest, "-pkeyopt", "rsa_mgf1_md:" + mask}
	if len(label) > 0 {
		args = append(args, "-pkeyopt", "rsa_oaep_label:"+hex.EncodeToString(label))
	}
	must(t, "openssl", args...)
	return read(t, out)
}

// Every digest with every mask function, held against openssl in both
// directions; and what is meant where one is not named, or named otherwise.
func TestOAEPAgainstOpenssl(t *testing.T) {
	for digest, opensslDigest := range oaepDigests() {
		for mask, opensslMask := range oaepMasks() {
			crossOAEP(t, EncryptOptions{Transport: RSAOAEP, Digest: digest, MGF: mask}, opensslDigest, opensslMask)
		}
		// The older transport has MGF1 with SHA-1, whatever else is named.
		crossOAEP(t, EncryptOptions{Transport: RSAOAEPMGF1P, Digest: digest, Label: []byte("label")}, opensslDigest, "sha1")
	}
	crossOAEP(t, EncryptOptions{Transport: RSAOAEPMGF1P, MGF: Space11 + "mgf1sha512"}, "sha1", "sha1")
	crossOAEP(t, EncryptOptions{Transport: RSAOAEP, MGF: Space11 + "mgf1sha256"}, "sha1", "sha256")
	crossOAEP(t, EncryptOptions{Transport: RSAOAEP, Digest: Space + "sha256", Label: []byte{0, 1, 2}}, "sha256", "sha1")
	crossOAEP(t, EncryptOptions{Transport: RSAOAEP, Digest: Space + "sha384"}, "sha384", "sha1")
}

func crossOAEP(t *testing.T, o EncryptOptions, digest, mask string) {
	t.Helper()
	session := make([]byte, 32)
	rand.Read(session)
	o.Random = rand.Reader
	e := &encrypter{EncryptOptions: o}
	wrapped := e.wrap(&key().PublicKey, session)
	if e.err != nil {
		t.Fatal(e.err)
	}
	if k := o.method(); k.unsupported() != "" {
		t.Errorf("%s, %q, %q: %s", o.Transport, o.Digest, o.MGF, k.unsupported())
	}
	if got := openssl(t, "-decrypt", wrapped, digest, mask, o.Label); !bytes.Equal(got, session) {
		t.Errorf("%s, %q, %q: openssl decrypts something else", o.Transport, o.Digest, o.MGF)
	}
	k := o.method()
	k.wrapped = openssl(t, "-encrypt", session, digest, mask, o.Label)
	if got, ok := k.unwrap(key(), 32); !ok || !bytes.Equal(got, session) {
		t.Errorf("%s, %q, %q: what openssl encrypts is not decrypted", o.Transport, o.Digest, o.MGF)
	}
}
