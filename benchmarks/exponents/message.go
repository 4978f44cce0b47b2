package exponents

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/benchmarks/material"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

func (t task) parsed() (*saml.Metadata, error) {
	source := t.Metadata
	if source == nil {
		var err error
		if source, err = material.Login(1).Metadata(); err != nil {
			return nil, err
		}
	}
	return saml.ParseMetadata(source)
}

// options judges as of the messages' time, with a key where one is wanted.
func (t task) options() (claims.Options, error) {
	o := claims.Options{Options: saml.Options{Time: material.Instant()}}
	if !t.Decrypt {
		return o, nil
	}
	signer, err := samltest.EncryptionKey.Signer(samltest.Entra)
	if err != nil {
		return o, err
	}
	key, ok := signer.(*rsa.PrivateKey)
	if !ok {
		return o, fmt.Errorf("expected a key of RSA, found %T", signer)
	}
	o.DecryptionKeys = []*rsa.PrivateKey{key}
	return o, nil
}

func captured(text []byte) task { return task{Text: text} }

// login gives the message of a login.
func login(l samltest.Login) (task, error) {
	response, err := l.Response()
	return captured(response), err
}

// unsigned is a response of 10 roles before it is signed, with this text at the
// end of its attributes.
func unsigned(inside string) (string, error) {
	response, err := material.Login(10).Response()
	if err != nil {
		return "", err
	}
	before, rest, _ := strings.Cut(string(response), "<Signature ")
	_, after, found := strings.Cut(rest, "</Signature>")
	if !found {
		return "", errors.New("the message to start from is not signed")
	}
	return placed(before+after, "</AttributeStatement>", inside)
}

// placed puts text in front of the first place where mark stands.
func placed(text, mark, inside string) (string, error) {
	before, after, found := strings.Cut(text, mark)
	if !found {
		return "", fmt.Errorf("the message has no %s", mark)
	}
	return before + inside + mark + after, nil
}

// containing makes a signed message that has what inside writes at the end of
// its attributes.
func containing(inside func(n int) string) func(int) (task, error) {
	return containingBy(xmlsig.ExclusiveC14N, inside)
}

// containingBy is containing with another canonicalization.
func containingBy(algorithm string, inside func(n int) string) func(int) (task, error) {
	return func(n int) (task, error) {
		text, err := unsigned(inside(n))
		if err != nil {
			return task{}, err
		}
		return signedBy(algorithm, text, "")
	}
}

// before makes a signed message that has what inside writes in front of mark.
func before(mark string, inside func(n int) string) func(int) (task, error) {
	return func(n int) (task, error) {
		text, err := unsigned("")
		if err != nil {
			return task{}, err
		}
		if text, err = placed(text, mark, inside(n)); err != nil {
			return task{}, err
		}
		return signed(text, "")
	}
}

// edited makes a signed message in which every mark is replaced by what inside
// writes, after it was signed.
func edited(mark string, inside func(n int) string) func(int) (task, error) {
	return func(n int) (task, error) {
		text, err := unsigned("")
		if err != nil {
			return task{}, err
		}
		t, err := signed(text, "")
		if err != nil {
			return task{}, err
		}
		out, err := placed(string(t.Text), mark, inside(n))
		return captured([]byte(out)), err
	}
}

// value is an attribute of an application's own with this content.
func value(content string) string {
	return `<Attribute Name="https://app.example.com/own"><AttributeValue>` + content + `</AttributeValue></Attribute>`
}

// each joins what one writes of 0 to n-1.
func each(n int, one func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(one(i))
	}
	return b.String()
}

// counted fills i into the form n times.
func counted(form string) func(n int) string {
	return func(n int) string {
		return each(n, func(i int) string { return fmt.Sprintf(form, i) })
	}
}

// times repeats text n times.
func times(text string) func(n int) string {
	return func(n int) string { return strings.Repeat(text, n) }
}

// inValue puts what inside writes into one value.
func inValue(inside func(n int) string) func(n int) string {
	return func(n int) string { return value(inside(n)) }
}
