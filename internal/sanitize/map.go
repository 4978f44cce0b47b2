package sanitize

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"strings"
)

// A Map remembers what was replaced by what, so that the same thing gets the
// same replacement everywhere. It knows the originals by a keyed hash alone.
type Map struct {
	key   []byte
	known map[string]string // the hash of a kind and an original -> its replacement
	taken map[string]bool   // kind and replacement
	seen  map[string]bool   // the originals of this run, for the search afterwards; never written
	mac   hash.Hash
}

// mapHead stands at the top of a file: it says what the file is.
const mapHead = "A secret of samlcheck sanitize: whoever has it can find out what a replacement stands for by trying guesses. Keep it where the captures are kept, and share it with nobody."

// mapFile is how a Map is written.
type mapFile struct {
	Secret  string            `json:"secret"`
	Version int               `json:"version"`
	Key     string            `json:"key"`
	Entries map[string]string `json:"entries"`
}

// MostMap bounds the file of a Map, in bytes.
const MostMap = 64 << 20

// keySize is the length of the key of a Map in bytes.
const keySize = 32

// NewMap gives an empty Map with a random key.
func NewMap() *Map {
	key := make([]byte, keySize)
	rand.Read(key)
	return newMap(key)
}

func newMap(key []byte) *Map {
	return &Map{key: key, known: map[string]string{}, taken: map[string]bool{}, seen: map[string]bool{}, mac: hmac.New(sha256.New, key)}
}

// ReadMap reads what Text wrote.
func ReadMap(data []byte) (*Map, error) {
	var file mapFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, errors.New("the map of an earlier run is expected, found something else: give the file that --map wrote, or the name of a new one")
	}
	if file.Version != 1 {
		return nil, fmt.Errorf("a map of version 1 is expected, found version %d", file.Version)
	}
	key, err := base64.StdEncoding.DecodeString(file.Key)
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("a key of %d bytes in base64 is expected in the map, found none", keySize)
	}
	m := newMap(key)
	for id, replacement := range file.Entries {
		if len(id) < 2 {
			return nil, errors.New("an entry of the map has no kind: the file was changed")
		}
		if replacement == "" || strings.ContainsFunc(replacement, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune(".-:", r) }) {
			return nil, errors.New("an entry of the map holds what no replacement is: the file was changed")
		}
		m.known[id] = replacement
		m.taken[id[:1]+replacement] = true
	}
	return m, nil
}

// Text gives the file of the map.
func (m *Map) Text() ([]byte, error) {
	text, err := json.MarshalIndent(mapFile{mapHead, 1, base64.StdEncoding.EncodeToString(m.key), m.known}, "", " ")
	return append(text, '\n'), err
}

// A class is a kind of thing that is replaced: two things of one class never get
// the same replacement as long as there are enough of them.
type class string

const (
	classWord    class = "w"
	classDigits  class = "d"
	classAccount class = "a"
	classGUID    class = "g"
	classHost    class = "h"
	classAddress class = "i"
	classOctets  class = "o"
	classBlob    class = "b"
)

// tries bounds the search for a replacement that is not taken yet.
const tries = 200

// replacement gives what an original is replaced by: what is drawn first that is
// not taken and is no original itself.
func (m *Map) replacement(c class, original string, draw func(*stream) string) string {
	m.seen[original] = true
	id := string(c) + m.id(c, original)
	if r, ok := m.known[id]; ok {
		return r
	}
	s := &stream{m: m, seed: id}
	out := ""
	for range tries {
		out = draw(s)
		if !m.taken[string(c)+out] && (!m.seen[out] || len(out) < 3) && !(c == classWord && isVocabulary(out)) {
			break
		}
	}
	if c == classWord && m.taken[string(c)+out] {
		out = m.lastResort(original, out)
	}
	m.known[id], m.taken[string(c)+out] = out, true
	return out
}

// lastResort finds a word of two letters at most that is not taken, where nearly
// all are.
func (m *Map) lastResort(original, drawn string) string {
	if len(original) > 2 || strings.Trim(original, letters) != "" {
		return drawn
	}
	for i := range len(letters) * len(letters) {
		w := string(letters[i/len(letters)]) + string(letters[i%len(letters)])
		if w = w[2-len(original):]; !m.taken[string(classWord)+w] {
			return w
		}
	}
	return drawn
}

// made reports whether something was made by a Map.
func (m *Map) made(c class, replacement string) bool { return m.taken[string(c)+replacement] }

// id gives the keyed hash of an original.
func (m *Map) id(c class, original string) string {
	return hex.EncodeToString(m.sum(string(c) + "\x00" + original)[:16])
}

func (m *Map) sum(text string) []byte {
	m.mac.Reset()
	m.mac.Write([]byte(text))
	return m.mac.Sum(nil)
}

// A stream draws numbers that depend on the key and what is replaced, and on
// nothing else.
type stream struct {
	m     *Map
	seed  string
	block uint32
	left  []byte
}

func (s *stream) octet() byte {
	if len(s.left) == 0 {
		s.block++
		s.left = s.m.sum("stream\x00" + s.seed + string(binary.BigEndian.AppendUint32(nil, s.block)))
	}
	b := s.left[0]
	s.left = s.left[1:]
	return b
}

// below gives a number from 0 to n-1; n is at most 65536.
func (s *stream) below(n int) int {
	return (int(s.octet())<<8 | int(s.octet())) % n
}

// of gives one of the characters.
func (s *stream) of(characters string) byte { return characters[s.below(len(characters))] }
