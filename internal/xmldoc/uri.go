package xmldoc

import (
	"net/netip"
	"strings"
)

// isAbsoluteURI reports whether s is a URI with a scheme, fragment allowed, to
// the letter of RFC 3986. Canonicalisers fail on other namespace names, or give
// the octets of nothing.
func isAbsoluteURI(s string) bool {
	scheme, rest, found := strings.Cut(s, ":")
	if !found || !isScheme(scheme) {
		return false
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	path := rest
	if after, found := strings.CutPrefix(rest, "//"); found {
		authority, _, _ := strings.Cut(after, "/")
		if !isAuthority(authority) {
			return false
		}
		path = after[len(authority):]
	}
	return onlyURI(path, "/:@") && onlyURI(query, "/:@?") && onlyURI(fragment, "/:@?")
}

func isScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if letter := c >= 'a' && c <= 'z'; !letter && (i == 0 || !strings.Contains("0123456789+-.", s[i:i+1])) {
			return false
		}
	}
	return s != ""
}

// isAuthority checks userinfo, host and port (RFC 3986, section 3.2).
func isAuthority(s string) bool {
	host := s
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		if !onlyURI(s[:i], ":") {
			return false
		}
		host = s[i+1:]
	}
	if literal, found := strings.CutPrefix(host, "["); found {
		address, port, closed := strings.Cut(literal, "]")
		ip, err := netip.ParseAddr(address)
		return closed && err == nil && ip.Is6() && ip.Zone() == "" && (port == "" || port[0] == ':' && digits(port[1:]))
	}
	host, port, _ := strings.Cut(host, ":")
	return onlyURI(host, "") && digits(port)
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// onlyURI reports whether s has only unreserved characters, sub-delimiters,
// percent-encoded octets and those of more.
func onlyURI(s, more string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		case strings.IndexByte("-._~!$&'()*+,;=", c) < 0 && strings.IndexByte(more, c) < 0:
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
