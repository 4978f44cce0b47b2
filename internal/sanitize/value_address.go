package sanitize

import (
	"regexp"
	"strings"
	"unicode"
)

// longestName bounds names of standards and vendors.
const longestName = 256

// unlessAddressed gives the kind of path, but that of anybody where an "@" stands
// in it, or where it is longer than names are: then it may speak of somebody.
func (v *valueScanner) unlessAddressed(p pathKind) pathKind {
	rest := v.text[v.at:]
	rest = rest[:min(len(rest), longestName+1)]
	end := strings.IndexFunc(rest, isDelimiter)
	if end < 0 {
		end = len(rest)
	}
	if end > longestName || strings.Contains(rest[:end], "@") {
		return ownPath
	}
	return p
}

// isDelimiter reports whether a character ends an address or a name.
func isDelimiter(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;"'<>|`, r) }

// arnStart is how an ARN begins, up to the number of the account.
var arnStart = regexp.MustCompile(`^(?i:arn:aws(-(cn|us|gov|iso|isob|isoe|isof|eusc|[a-z])){0,3}:(iam|sts|sso)::)`)

const longestARNStart = 48

var schemeStart = regexp.MustCompile(`^(?i:https?|ldaps?|ftp|spn|api|ms-app)://`)

// url begins an address: the scheme stays, and the host where it is public.
func (v *valueScanner) url(rest string) bool {
	scheme := schemeStart.FindString(rest[:min(len(rest), 12)])
	if scheme == "" {
		return false
	}
	v.keep(len(scheme))
	v.path = ownPath
	rest = v.text[v.at:]
	if v.address(rest) {
		v.port()
	} else if hasFold(rest, localHost) && wordLength(rest) == len(localHost) && hostLength(rest) == 0 {
		v.keep(len(localHost))
		v.port()
	} else if n := hostLength(rest); n > 0 {
		if path := v.unlessAddressed(pathOf(rest[:n])); v.domain(n) {
			v.path = path
			v.port()
		}
	}
	return true
}

func pathOf(host string) pathKind {
	host = strings.ToLower(host)
	switch {
	case schemaHosts[host]:
		return schemaPath
	case isPublicHost(host) && strings.Contains(host, "amazon"):
		return awsPath
	}
	return ownPath
}

// localHost is the machine itself, where client programs wait for responses.
const localHost = "localhost"

// port keeps the number of a port, which tells nothing.
func (v *valueScanner) port() {
	rest := v.text[v.at:]
	if n := portLength(rest); n > 0 {
		v.keep(n)
	}
}

func portLength(rest string) int {
	if rest == "" || rest[0] != ':' {
		return 0
	}
	n := 1
	for n < len(rest) && n < 7 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if n > 6 || n == 1 {
		return 0
	}
	return n
}

// domain replaces what is a customer's in the domain at the place.
func (v *valueScanner) domain(n int) bool {
	host := v.text[v.at : v.at+n]
	switch own := ownLabels(host); {
	case isPublicHost(host):
		v.keep(n)
	case own > 0 && v.path != noPath:
		v.labels(v.at + own)
		v.keep(n - own)
	default:
		h, ok := v.m.host(host)
		if ok {
			v.put(n, h)
		}
		return ok
	}
	return true
}

// labels replaces the labels up to an offset that are neither those of services
// nor of Regions.
func (v *valueScanner) labels(end int) {
	for v.at < end {
		label, _, _ := strings.Cut(v.text[v.at:end], ".")
		if publicLabels[label] || looksLikeRegion(label) {
			v.keep(len(label))
		}
		for stop := v.at + len(label); v.at < stop && v.at < end && v.text[v.at] != '.'; {
			if n := wordLength(v.text[v.at:end]); n > 0 {
				v.put(n, v.m.word(v.text[v.at:v.at+n]))
				continue
			}
			v.keep(1)
		}
		if v.at < end {
			v.keep(1)
		}
	}
}
