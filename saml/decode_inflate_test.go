package saml

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"testing"
)

// What is told of compressed data by its first bits agrees with what it inflates
// to, however it was compressed and whatever blank stands before the XML.
func TestCompressedXMLIsKnownByItsFirstBits(t *testing.T) {
	for _, start := range []string{"", " ", "\t", "\n", "\r\n", "\v", "\f", "\xef\xbb\xbf", "\xef\xbb\xbf\n", " \xef\xbb\xbf"} {
		text := []byte(start + "<a/>")
		all := map[string][]byte{"after an empty block": afterEmptyBlock(text)}
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(text); err != nil || w.Close() != nil {
				t.Fatal(err)
			}
			all[fmt.Sprint("level ", level)] = b.Bytes()
		}
		for how, data := range all {
			if !inflatesToMarkup(data) {
				t.Errorf("%q, %s: %x is not taken for compressed XML", text, how, data)
			}
		}
	}
}

// afterEmptyBlock stores a text behind a block with the fixed codes that has
// nothing but its end in it (RFC 1951, 3.2.3, 3.2.4 and 3.2.6).
func afterEmptyBlock(text []byte) []byte {
	const fixed, final = 1 << 1, 1 << 10 // the code of the end, between them, is seven zeros
	out := binary.LittleEndian.AppendUint16(nil, fixed|final)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(text)))
	out = binary.LittleEndian.AppendUint16(out, ^uint16(len(text)))
	return append(out, text...)
}
