package capture

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

const blanks = " \t\r\n\v\f"

// trimmed gives a text in UTF-8 without a byte order mark and without blanks
// around it. Some shells write UTF-16.
func trimmed(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return bytes.Trim(bytes.TrimPrefix(bytes.TrimLeft(data, blanks), []byte("\xef\xbb\xbf")), blanks)
	}
	units := make([]uint16, len(data)/2-1)
	for i := range units {
		units[i] = order.Uint16(data[2*i+2:])
	}
	return bytes.Trim([]byte(string(utf16.Decode(units))), blanks)
}

// mostHeadBytes is how long the head of an HTTP or mail message may be.
const mostHeadBytes = 256 << 10

// endOfHead finds the empty line after the head of an HTTP or mail message, and
// how long its line breaks are; at is -1 where there is none.
func endOfHead(text []byte) (at, length int) {
	text = text[:min(len(text), mostHeadBytes)]
	at, length = bytes.Index(text, []byte("\n\n")), 2
	if at >= 0 {
		text = text[:at]
	}
	if crlf := bytes.Index(text, []byte("\r\n\r\n")); crlf >= 0 {
		return crlf, 4
	}
	return at, length
}
