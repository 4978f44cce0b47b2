package xmlsig

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// decodeBase64 decodes base64 with XML white space in it. All else must be as
// RFC 4648 section 4 says, save that unused bits may be set, which stray
// reports.
func decodeBase64(text string) (octets []byte, stray bool, err error) {
	packed := withoutBlanks(text)
	if octets, err = base64.StdEncoding.Strict().DecodeString(packed); err == nil {
		return octets, false, nil
	}
	if octets, lax := base64.StdEncoding.DecodeString(packed); lax == nil {
		return octets, true, nil
	}
	return nil, false, fmt.Errorf("it is no base64: %w", err)
}

// withoutBlanks takes the white space of XML out.
func withoutBlanks(s string) string {
	const blanks = " \t\r\n"
	for i := range len(blanks) {
		if strings.IndexByte(s, blanks[i]) >= 0 {
			s = strings.ReplaceAll(s, blanks[i:i+1], "")
		}
	}
	return s
}
