package xmlsig

import (
	"bytes"
	"strings"
	"testing"
)

// ValueBy makes the value that stands there, which is the same each time, and
// none for a method that is not known.
func TestValueBy(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	xml := signTest(t, message, "_a", id.options())
	s := examineOne(t, xml, []Key{id.key}, Options{})
	value, err := s.ValueBy(id.signer)
	if err != nil || !bytes.Equal(value, s.Value) {
		t.Errorf("another value than the one that stands there (%v)", err)
	}
	if value, err = s.ValueBy(otherSigner()); err != nil || bytes.Equal(value, s.Value) {
		t.Errorf("another key makes the same value (%v)", err)
	}
	unknown := examineOne(t, strings.Replace(xml, "rsa-sha256", "rsa-sha999", 1), nil, Options{})
	if _, err := unknown.ValueBy(id.signer); err == nil {
		t.Error("a value is made with a method that nobody knows")
	}
}
