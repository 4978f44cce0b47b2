package saml

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"hash/crc32"
	"io"
	"math/bits"
	"unicode/utf8"
)

// compression is how bytes are compressed: RFC 1951, 1950 or 1952.
type compression struct {
	name    string
	header  int // bytes before the DEFLATE data
	trailer int // bytes after it, for the checksum
	sum     func(inflated, trailer []byte) bool
}

func compressionOf(data []byte) compression {
	switch {
	case len(data) > 10 && data[0] == 0x1f && data[1] == 0x8b && data[2] == 8:
		return compression{"gzip", gzipHeader(data), 8, gzipSum}
	case len(data) > 2 && data[0]&0x0f == 8 && data[0] <= 0x78 && data[1]&0x20 == 0 && binary.BigEndian.Uint16(data)%31 == 0:
		return compression{"zlib", 2, 4, zlibSum}
	}
	return compression{"DEFLATE", 0, 0, func(_, _ []byte) bool { return true }}
}

func zlibSum(inflated, trailer []byte) bool {
	return binary.BigEndian.Uint32(trailer) == adler32.Checksum(inflated)
}

func gzipSum(inflated, trailer []byte) bool {
	return binary.LittleEndian.Uint32(trailer) == crc32.ChecksumIEEE(inflated) &&
		binary.LittleEndian.Uint32(trailer[4:]) == uint32(len(inflated))
}

// gzipHeader gives the length of a gzip header (RFC 1952, 2.3); past the end
// of data where it is cut.
func gzipHeader(data []byte) int {
	flags, n := data[3], 10
	if flags&4 != 0 && n+2 <= len(data) {
		n += 2 + int(binary.LittleEndian.Uint16(data[n:]))
	}
	for _, text := range []byte{8, 16} {
		if flags&text != 0 && n < len(data) {
			n += bytes.IndexByte(data[n:], 0) + 1
		}
	}
	if flags&2 != 0 {
		n += 2
	}
	return n
}

const (
	mostProbed = 64   // bytes that are inflated to see what they are
	mostText   = 4096 // bytes by which text is told from compressed data, which is no UTF-8 for so long
)

// inflatesToMarkup reports whether data is compressed XML, or begins so.
func inflatesToMarkup(data []byte) bool {
	k := compressionOf(data)
	if k.header >= len(data) || startsMarkup(data) && utf8.Valid(data[:min(len(data), mostText)]) || !mayBeDeflate(data[k.header:]) {
		return false
	}
	start := make([]byte, mostProbed)
	n, _ := io.ReadFull(flate.NewReader(bytes.NewReader(data[k.header:])), start)
	text := trimCapture(start[:n]).text
	return len(text) > 1 && startsMarkup(text) && (isNameStart(text[1]) || text[1] == '?' || text[1] == '!')
}

// mayBeDeflate reports whether data begins as a block of DEFLATE does (RFC
// 1951, 3.2.3 to 3.2.6) whose data is XML. Base64 of XML does not, nor does a
// form: to make an inflater for each of them would cost more than all else.
func mayBeDeflate(data []byte) bool {
	const stored, fixed, reserved = 0, 1, 3
	switch data[0] >> 1 & 3 {
	case stored:
		return len(data) >= 5 && binary.LittleEndian.Uint16(data[1:])^binary.LittleEndian.Uint16(data[3:]) == 0xffff
	case fixed:
		return len(data) >= 2 && mayBeFixed(bits.Reverse8(byte(binary.LittleEndian.Uint16(data)>>3)))
	case reserved:
		return false
	}
	return true
}

// mayBeFixed reports whether a block with the fixed codes (RFC 1951, 3.2.6)
// that begins with these eight bits may begin as XML does: with "<", a blank, or
// the first byte of a byte order mark. It may be empty too.
func mayBeFixed(code byte) bool {
	const firstLiteral, lastLiteral, firstOfMark = 0x30, 0xbf, 0xf7 // 0xef has the code 0x1ef of nine bits
	if firstLiteral <= code && code <= lastLiteral {
		literal := code - firstLiteral
		return literal == '<' || isBlank(rune(literal))
	}
	return code>>1 == 0 || code == firstOfMark
}

func isNameStart(b byte) bool { return isAlphanumeric(b) && b > '9' || b == '_' || b >= 0x80 }

// compressed undoes DEFLATE around XML. The size is bounded while it grows,
// and nothing may follow the compressed data.
func (d *decoder) compressed(c captured) ([]byte, outcome) {
	if !inflatesToMarkup(c.raw) {
		return nil, absent
	}
	if d.base64s > 0 {
		d.facts.deflated = true
		d.facts.form = FormDeflate
		d.formKnown = true
	}
	out, fault := d.inflate(c.raw)
	if d.facts.tooLarge != nil || fault != "" {
		d.facts.inflateFault = fault
		return nil, done
	}
	d.start = 0
	return out, undone
}

func (d *decoder) inflate(data []byte) (out []byte, fault string) {
	k := compressionOf(data)
	source := bytes.NewReader(data[k.header:]) // an io.ByteReader, so that flate reads no further than it must
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(source), mostInflated+1))
	if len(out) > mostInflated {
		d.facts.tooLarge = &sizeFault{"inflated", len(out), mostInflated}
		return nil, ""
	}
	d.took("%s: %d bytes inflated to %d", k.name, len(data), len(out))
	switch rest := data[len(data)-source.Len():]; {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return out, "the compressed data stops early"
	case err != nil:
		return out, "the compressed data is damaged"
	case len(rest) < k.trailer:
		return out, "the checksum after the compressed data is cut off"
	case len(rest) > k.trailer:
		return out, count(len(rest)-k.trailer, "byte") + " too many after the end of the compressed data"
	case !k.sum(out, rest):
		return out, "the checksum after the compressed data does not match"
	}
	return out, ""
}
