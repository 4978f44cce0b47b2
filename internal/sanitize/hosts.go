package sanitize

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/words"
)

// publicHosts are hosts that belong to no customer: they say which service is
// meant, and are judged. A name that begins with a dot stands for all below it.
var publicHosts = []string{
	"aws.amazon.com", ".aws.amazon.com", "amazonaws.com", ".amazonaws.com", "amazonaws.cn", ".amazonaws.cn", "amazonaws.com.cn", ".amazonaws.com.cn",
	"amazonaws-us-gov.com", ".amazonaws-us-gov.com", "amazonaws.eu", ".amazonaws.eu", "amazonaws-eusc.eu", ".amazonaws-eusc.eu",
	".c2shome.ic.gov", ".sc2shome.sgov.gov", ".csphome.adc-e.uk", ".csphome.hci.ic.gov",
	"sts.windows.net", "login.windows.net", "graph.windows.net", "login.microsoftonline.com", "login.microsoftonline.us", "login.microsoftonline.de",
	"login.partner.microsoftonline.cn", "sts.chinacloudapi.cn", "sts.microsoftonline.de", "graph.microsoft.com", "nexus.microsoftonline-p.com", "accounts.accesscontrol.windows.net",
	"schemas.microsoft.com", "schemas.xmlsoap.org", "schemas.auth0.com", "schemas.goauthentik.io", "www.w3.org", "docs.oasis-open.org", "www.oasis-open.org",
	"www.okta.com", "accounts.google.com", "idp.shibboleth.net", "xmlns.com", "www.ws-i.org",
}

// signInHosts are those below which a Region stands, or what somebody took for
// one. The alias of a customer's account stands there too.
var signInHosts = []string{".signin.aws.amazon.com", ".signin.amazonaws.cn", ".signin.amazonaws-us-gov.com", ".signin-fips.amazonaws-us-gov.com", ".signin.amazonaws.eu", ".signin.amazonaws-eusc.eu"}

// isPublicHost reports whether a host is among them.
func isPublicHost(host string) bool {
	host = strings.ToLower(host)
	for _, p := range signInHosts {
		if region, found := strings.CutSuffix(host, p); found && meansRegion(region) {
			return true
		}
	}
	for _, p := range publicHosts {
		if host == p || p[0] == '.' && strings.HasSuffix(host, p) && isRegionPath(strings.TrimSuffix(host, p)) {
			return true
		}
	}
	return false
}

// customerHosts are the public ends of hosts whose first labels are a
// customer's.
var customerHosts = []string{".amazonaws.com", ".amazonaws.com.cn", ".amazoncognito.com", ".awsapps.com"}

// ownLabels gives the length of what is the customer's in such a host; 0 for any
// other.
func ownLabels(host string) int {
	for _, end := range customerHosts {
		if own, found := strings.CutSuffix(strings.ToLower(host), end); found {
			return len(own)
		}
	}
	return 0
}

// isRegionPath reports whether what stands before a public host names services
// and Regions alone. The name of a bucket or an access portal is a customer's.
func isRegionPath(labels string) bool {
	for label := range strings.SplitSeq(labels, ".") {
		if !publicLabels[label] && !looksLikeRegion(label) {
			return false
		}
	}
	return true
}

var publicLabels = set("signin signin-fips console portal sso docs sts iam www es aoss auth clientvpn self-service grafana-workspace start")

// looksLikeRegion reports whether a label has the form of the name of a Region:
// us-east-1, us-gov-west-1, eusc-de-east-1.
func looksLikeRegion(label string) bool {
	parts := strings.Split(label, "-")
	if len(parts) < 3 || len(parts) > 4 || !onlyDigits(parts[len(parts)-1]) {
		return false
	}
	for _, p := range parts[:len(parts)-1] {
		if len(p) > 9 || !regionWords[p] {
			return false
		}
	}
	return true
}

// longestRegion bounds the name of a Region.
const longestRegion = 24

// meansRegion reports whether a label was meant for a Region: one word of its
// name may be misspelt.
func meansRegion(label string) bool {
	parts := strings.Split(strings.TrimRight(label, digits+"-"), "-")
	if len(parts) < 2 || len(parts) > 3 || len(label) > longestRegion {
		return false
	}
	wrong := 0
	for _, p := range parts {
		if !regionWords[p] {
			wrong++
		}
		if !nearRegionWord(p) {
			return false
		}
	}
	return wrong <= 1
}

// nearRegionWord reports whether a word is one of the names of Regions, or two
// letters from one of the longer of them at most.
func nearRegionWord(p string) bool {
	if regionWords[p] {
		return true
	}
	for word := range regionWords {
		if len(word) > 3 && words.Distance(p, word, 2) <= 2 {
			return true
		}
	}
	return false
}

var regionWords = set("us eu ap sa ca me af il mx cn gov iso isob isoe isof eusc de east west north south central northeast southeast northwest southwest")

// The names that no one can own (RFC 2606; ISO 3166 keeps ZZ for private use).
const (
	topExample = ".example"
	topTest    = ".test"
	topNobody  = ".zz"
)

// isReservedHost reports whether a host can belong to nobody.
func isReservedHost(host string) bool {
	host = strings.ToLower(host)
	for _, top := range []string{topExample, topTest, topNobody, ".invalid", ".localhost", "example.com", "example.net", "example.org"} {
		if strings.HasSuffix(host, top) && (top[0] == '.' || host == top || strings.HasSuffix(host, "."+top)) {
			return true
		}
	}
	return false
}

// topFor gives the ending of a new domain of n characters.
func topFor(n int) string {
	switch {
	case n > len(topExample)+4:
		return topExample
	case n > len(topTest):
		return topTest
	}
	return topNobody
}

// host replaces a domain by one of the same length that belongs to nobody. Dots
// and hyphens stay where they are, save at the ends.
func (m *Map) host(h string) (string, bool) {
	folded := []rune(fold(h))
	top := topFor(len(folded))
	free := folded[:max(1, len(folded)-len(top))]
	out := m.replacement(classHost, string(folded), func(s *stream) string { return drawLabels(s, free) + top })
	return caseLike(h, out), true
}

// drawLabels draws what stands before the ending of a new domain.
func drawLabels(s *stream, like []rune) string {
	out := slices.Clone(like)
	short := len(like) < 4
	for i, c := range like {
		switch {
		case (c == '.' || c == '-') && i > 0 && i < len(like)-1:
		case c >= utf8.RuneSelf:
			out[i] = drawRune(s, c)
		case short:
			out[i] = rune(s.of(letters))
		default:
			out[i] = rune(s.of([]string{consonants, vowels}[i%2]))
		}
	}
	return string(out)
}

// documentation are the networks that are reserved for examples (RFC 5737).
var documentation = []string{"192.0.2.", "198.51.100.", "203.0.113."}

// documentation6 is the same for IPv6 (RFC 3849).
const documentation6 = "2001:db8::"

// isLoopback reports whether an address is that of the machine itself, where
// client programs wait for responses.
func isLoopback(a string) bool { return a == "127.0.0.1" || a == "::1" }

// address replaces an IP address by one that is reserved for documentation.
func (m *Map) address(a string) (string, bool) {
	if isLoopback(a) {
		return a, true
	}
	out := m.replacement(classAddress, strings.ToLower(a), func(s *stream) string {
		if strings.Contains(a, ":") {
			return documentation6 + fmt.Sprintf("%x", 1+s.below(0xFFFF))
		}
		return documentation[s.below(len(documentation))] + fmt.Sprint(1+s.below(254))
	})
	return out, true
}

func isDocumentationAddress(a netip.Addr) bool {
	if isLoopback(a.String()) {
		return true
	}
	if a.Is4() {
		for _, d := range documentation {
			if strings.HasPrefix(a.String(), d) {
				return true
			}
		}
		return false
	}
	return strings.HasPrefix(a.String(), "2001:db8:")
}
