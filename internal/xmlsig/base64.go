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
	packed := strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "").Replace(text)
	if octets, err = base64.StdEncoding.Strict().DecodeString(packed); err == nil {
		return octets, false, nil
	}
	if octets, lax := base64.StdEncoding.DecodeString(packed); lax == nil {
		return octets, true, nil
	}
	return nil, false, fmt.Errorf("it is no base64: %w", err)
}
