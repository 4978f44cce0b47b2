package hostile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Mark is a word in every forged value: it must never stand in a report that
// says verified.
const Mark = "attacker"

// A Maker is who can make a document.
type Maker string

// The makers.
const (
	Anybody  Maker = "anybody"                       // needs nothing that the identity provider made
	Holder   Maker = "holder of a captured response" // edits around genuine signatures
	Provider Maker = "identity provider only"        // needs the key
)

// A Want is what a receiver must do with a document.
type Want string

// The wants.
const (
	Refused Want = "refused" // the verdict is not pass
	Passes  Want = "passes"  // verified, and nothing as grave as a warning is found
	Warned  Want = "warned"  // verified, with a warning
)

// A Document is one response and what must be said of it.
type Document struct {
	Name      string // class, variant and shape: unique
	Class     string // the ID of its Class
	By        Maker
	Want      Want
	Codes     []string // the findings that must be among those reported
	Text      []byte   // as it is posted
	Metadata  []byte   // of the genuine identity provider; nil: none is given
	Caught    []string // the values of the genuine signatures that its maker has caught
	Encrypted bool     // the captured response was encrypted: its maker has caught a ciphertext
	Decrypt   bool     // samltest.EncryptionKey is given to decrypt with
	Request   string   // the ID of the request that it should answer
	After     time.Duration
}

// Documents gives all documents, in the order of Classes.
func Documents() ([]Document, error) { return all() }

// Captured gives the responses that most documents are made of, as they were
// issued, by the values of their signatures: base64 without blanks.
func Captured() (map[string]string, error) {
	l, out := newLab(), map[string]string{}
	for _, s := range slices.Concat(assertionSigned(), responseSigned(), bothSigned()) {
		text, err := l.signed(s)
		if err != nil {
			return nil, err
		}
		for _, v := range signatureValues(text) {
			out[v] = text
		}
	}
	return out, nil
}

// all makes the documents once: who uses them does not write to them.
var all = sync.OnceValues(func() ([]Document, error) {
	l := newLab()
	made := map[string][]Document{}
	var failed []error
	for _, r := range recipes() {
		documents, err := r.documents(l)
		failed = append(failed, err)
		made[r.class] = append(made[r.class], documents...)
	}
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	var out []Document
	for _, c := range Classes() {
		out = append(out, made[c.ID]...)
		delete(made, c.ID)
	}
	for id := range made {
		return nil, fmt.Errorf("documents were made of the class %q, which is not listed", id)
	}
	return out, nil
})

func recipes() []recipe {
	var out []recipe
	for _, part := range [][]recipe{
		wrappings(), wrappingsAround(), wrappingsOfPlace(), wrappingsBeside(),
		wrappingsOfNames(), wrappingsOfNamespaces(), wrappingsOfParsers(), wrappingsOfText(), wrappingsOfMarkup(),
		signatureShapes(), signatureLacks(), signedInfoShapes(), signatureHabits(),
		keyTricks(), keyHints(), keyInfoHints(), algorithmTricks(), weakKeys(), metadataFaults(),
		doctypes(), illFormed(), reservedNames(), encodings(), transports(), xmlHabits(),
		envelopes(), subjects(), confirmations(), conditions(), times(), issuers(), attributes(), roleTricks(), texts(),
		encryptions(), ciphertexts(), plaintexts(),
		sizes(), counts(), countsOfParts(), values(), outputs(), secrets(),
	} {
		out = append(out, part...)
	}
	return out
}

func codes(names string) []string { return strings.Fields(names) }
