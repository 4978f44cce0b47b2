package xmlenc

// A failure is an error of which nothing is told but its text.
type failure string

func (f failure) Error() string { return string(f) }

const (
	// ErrNoKey says that no private key was given.
	ErrNoKey = failure("there is no private key to decrypt with")
	// ErrDecrypt says that the ciphertext did not decrypt. It is the one error
	// for whatever a cipher decides: a wrong key, a padding, a tag, a session key
	// of another length. Whoever learns which it was can decrypt what is not his.
	ErrDecrypt = failure("the ciphertext cannot be decrypted with the keys given: it is for another key, or it was changed or damaged")
)

// An UnsupportedError says that an algorithm, or a key, is not supported.
type UnsupportedError struct{ What string }

func (e *UnsupportedError) Error() string { return e.What + " is not supported" }

// A MalformedError says what is wrong with the form of an encrypted part, as
// everybody can see without a private key.
type MalformedError struct{ Why string }

func (e *MalformedError) Error() string { return e.Why }
