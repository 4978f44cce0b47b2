package samltest

import (
	"crypto/rsa"
	"errors"
	"slices"
)

// A TB is what this package needs of a *testing.T, *testing.B or *testing.F, so
// that it need not import testing.
type TB interface {
	Helper()
	Fatal(args ...any)
}

// SignIn issues the response of a sign-in and the metadata that proves it, in one
// line of a test, which it ends where the Login cannot be issued.
func SignIn(t TB, l Login) (response Response, metadata []byte) {
	t.Helper()
	response, err := l.Response()
	if err != nil {
		t.Fatal("the sign-in cannot be issued:", err)
	}
	if metadata, err = l.Metadata(); err != nil {
		t.Fatal("the metadata cannot be made:", err)
	}
	return response, metadata
}

// With gives the same sign-in with further mutations, done after those that it has.
// The Login itself stays as it is.
func (l Login) With(mutations ...string) Login {
	l.Mutations = slices.Concat(l.Mutations, mutations)
	return l
}

// DecryptionKey gives the private key of EncryptionKey, which encrypted responses
// are for where no other key is named.
func DecryptionKey(t TB) *rsa.PrivateKey {
	t.Helper()
	signer, err := EncryptionKey.Signer(Entra)
	key, ok := signer.(*rsa.PrivateKey)
	if err == nil && !ok {
		err = errors.New("it is no RSA key")
	}
	if err != nil {
		t.Fatal("the key to decrypt with:", err)
	}
	return key
}
