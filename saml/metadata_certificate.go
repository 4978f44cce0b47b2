package saml

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// certificateText is what became of the text of an X509Certificate element:
// the DER of the certificates in it, what had to be undone to reach them, and
// why something in it is no certificate.
type certificateText struct {
	ders   [][]byte
	undone []string
	fault  string
}

// readCertificateText reads the text of a certificate as people paste it. What
// the schema wants is base64 of one DER certificate, blanks allowed.
func readCertificateText(text string) certificateText {
	var c certificateText
	c.read(text, 0)
	if len(c.ders) > 1 {
		c.undo(fmt.Sprintf("%d certificates in one element", len(c.ders)))
	}
	if len(c.ders) == 0 && c.fault == "" {
		c.fault = "it is empty"
	}
	return c
}

func (c *certificateText) undo(what string) {
	if !slices.Contains(c.undone, what) {
		c.undone = append(c.undone, what)
	}
}

func (c *certificateText) read(text string, level int) {
	bodies := []string{text}
	if strings.Contains(text, pemBegin) {
		blocks := pemBlocks(text)
		if len(blocks) == 0 {
			c.fault = "it is PEM armour without a certificate in it"
			return
		}
		c.undo("PEM armour")
		bodies = nil
		for _, b := range blocks {
			if !strings.HasSuffix(b.label, "CERTIFICATE") {
				c.fault = "it is PEM of another kind (" + quote(b.label) + ")"
				continue
			}
			bodies = append(bodies, b.body)
		}
	}
	for _, body := range bodies {
		for _, piece := range padded(c.pack(body)) {
			c.decode(piece, level)
		}
	}
}

const (
	pemBegin = "-----BEGIN "
	pemEnd   = "-----END "
)

type pemBlock struct{ label, body string }

// pemBlocks finds the blocks of PEM, also where the line breaks are lost.
func pemBlocks(text string) (out []pemBlock) {
	for {
		_, rest, ok := strings.Cut(text, pemBegin)
		if !ok {
			return out
		}
		label, rest, ok := strings.Cut(rest, "-----")
		if !ok {
			return out
		}
		body, rest, ended := strings.Cut(rest, pemEnd)
		out = append(out, pemBlock{label, body})
		if !ended {
			return out
		}
		_, text, _ = strings.Cut(rest, "-----")
	}
}

// remarks are the lines that openssl writes beside a certificate.
var remarks = []string{"subject=", "subject:", "subject =", "issuer=", "issuer:", "issuer =", "Bag Attributes", "Key Attributes", "friendlyName:", "localKeyID:"}

// joined is the seam of two string literals: \n" + "
var joined = regexp.MustCompile(`(?:\\[nr])*"\s*\+\s*"`)

// pack takes blanks out, and what is no base64 but does not spoil it.
func (c *certificateText) pack(body string) string {
	if strings.ContainsAny(body, "=:#") {
		body = c.dropRemarks(body)
	}
	if strings.Contains(body, `"`) {
		c.undo("the quotes of a program's source")
		body = joined.ReplaceAllString(body, "")
	}
	if strings.Contains(body, `\`) {
		c.undo(`line breaks written as \n`)
		body = strings.NewReplacer(`\r`, "", `\n`, "").Replace(body)
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n':
			return -1
		case '\ufeff', '\u00a0', '\u200b', '\u200c', '\u200d', '\u200e', '\u2060', '\u2028':
			c.undo("invisible characters")
			return -1
		}
		return r
	}, body)
}

func (c *certificateText) dropRemarks(body string) string {
	var kept strings.Builder
	for line := range strings.Lines(body) {
		trimmed := strings.TrimSpace(line)
		if bare := strings.TrimLeft(trimmed, "#>"); bare != trimmed {
			c.undo("comment marks at the beginning of lines")
			trimmed = strings.TrimSpace(bare)
		}
		if slices.ContainsFunc(remarks, func(r string) bool { return strings.HasPrefix(trimmed, r) }) {
			c.undo("lines of remarks")
			continue
		}
		kept.WriteString(trimmed)
		kept.WriteByte('\n')
	}
	return kept.String()
}

// padded splits base64 after padding that more base64 follows.
func padded(s string) (out []string) {
	for s != "" {
		end := strings.IndexByte(s, '=')
		if end < 0 {
			return append(out, s)
		}
		for end < len(s) && s[end] == '=' {
			end++
		}
		out, s = append(out, s[:end]), s[end:]
	}
	return out
}

func (c *certificateText) decode(packed string, level int) {
	if strings.ContainsAny(packed, "-_") {
		c.undo("the base64url alphabet")
		packed = strings.NewReplacer("-", "+", "_", "/").Replace(packed)
	}
	bare := strings.TrimRight(packed, "=")
	data, err := base64.RawStdEncoding.DecodeString(bare)
	switch {
	case err != nil && len(bare)%4 == 1 && illegal(bare) < 0:
		c.fault = fmt.Sprintf("its base64 stops early, after %d characters", len(bare))
		return
	case err != nil:
		c.fault = "it is not base64"
		if i := illegal(bare); i >= 0 {
			c.fault += fmt.Sprintf(" (character %d is %s)", i+1, quote(firstCharacter(bare[i:])))
		}
		return
	case len(packed)%4 != 0:
		c.undo("missing padding")
	}
	if inner := string(data); level == 0 && (strings.Contains(inner, pemBegin) || strings.HasPrefix(inner, "MII")) {
		c.undo("base64 around base64")
		c.read(inner, level+1)
		return
	}
	c.split(data)
}

func illegal(s string) int {
	return strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/')
	})
}

func firstCharacter(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// split takes the DER values apart that stand one after the other.
func (c *certificateText) split(data []byte) {
	for rest := data; len(rest) > 0; {
		if rest[0] != tagSequence {
			if len(rest) < len(data) {
				c.undo(fmt.Sprintf("%d bytes after the certificate", len(rest)))
			} else {
				c.fault = "what it holds is no DER"
			}
			return
		}
		v, after, missing := derNext(rest)
		if missing > 0 {
			c.fault = fmt.Sprintf("the certificate is truncated: it has %d bytes and %d are missing", len(rest), missing)
			return
		}
		c.ders, rest = append(c.ders, v.whole), after
	}
}
