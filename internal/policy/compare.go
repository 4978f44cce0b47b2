package policy

import (
	"bytes"
	"encoding/base64"
	"math/big"
	"net/netip"
	"strings"
	"time"
)

const tooLong = "the values are too long to be compared"

// A result is what became of comparing one value of the policy with one of the
// request.
type result struct {
	state  Truth
	reason string // why it is Unknown
}

func plain(b bool) result           { return result{state: truth(b)} }
func unknown(reason string) result  { return result{Unknown, reason} }
func unreadable(what string) result { return unknown("the operator compares " + what) }

// compare compares one value of the request with one of the policy by an
// operator, whose negation does not count here.
func (e *evaluation) compare(o operator, w want, had string) result {
	switch {
	case w.unusable && o.negated:
		return unknown(w.reason)
	case w.state != True:
		return result{w.state, w.reason}
	}
	if !e.spend(1 + len(w.text) + len(had)) {
		return unknown(tooLong)
	}
	switch o.family {
	case familyString:
		return plain(w.text == had)
	case familyFold:
		return compareFold(w.text, had)
	case familyLike:
		return e.compareLike(w, had)
	case familyNumeric:
		return compareNumbers(o, w.text, had)
	case familyDate:
		return compareDates(o, w.text, had)
	case familyBool:
		return compareBooleans(w.text, had)
	case familyBinary:
		return compareBinary(w.text, had)
	case familyAddress:
		return compareAddress(w.text, had)
	case familyARN:
		return e.compareARN(w, had)
	}
	return unknown("the operator is not known")
}

func compareFold(wanted, had string) result {
	switch {
	case !strings.EqualFold(wanted, had):
		return plain(false)
	case lowerASCII(wanted) == lowerASCII(had):
		return plain(true)
	}
	return unknown("how case is ignored in letters beyond ASCII is not documented")
}

func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, text)
}

func (e *evaluation) compareLike(w want, had string) result {
	switch {
	case w.spliced:
		return unknown("a variable's value holds *, ? or :, and whether it is taken as it stands is not documented")
	case !e.spend(w.pattern.cost(had)):
		return unknown(tooLong)
	}
	return plain(w.pattern.matches([]rune(had)))
}

// compareARN compares the six parts of an ARN one by one; ArnEquals takes
// wildcards as ArnLike does (reference_policies_elements_condition_operators).
func (e *evaluation) compareARN(w want, had string) result {
	const parts = 6
	wanted, values := w.pattern.split(parts), strings.SplitN(had, ":", parts)
	switch {
	case w.spliced:
		return unknown("a variable's value holds *, ? or :, and whether it is taken as it stands is not documented")
	case len(wanted) < parts:
		return unreadable("ARNs, and the value of the policy has fewer than six parts")
	case len(values) < parts:
		return plain(false)
	case !e.spend(w.pattern.cost(had)):
		return unknown(tooLong)
	}
	for i, p := range wanted {
		if !p.matches([]rune(values[i])) {
			return plain(false)
		}
	}
	return plain(true)
}

func compareNumbers(o operator, wanted, had string) result {
	w, ok1 := parseNumber(wanted)
	h, ok2 := parseNumber(had)
	if !ok1 || !ok2 {
		return unreadable("integers and decimals")
	}
	return result{state: o.fits(h.Cmp(w))}
}

// parseNumber reads an integer or a decimal, without exponent.
func parseNumber(text string) (*big.Rat, bool) {
	digits := strings.TrimLeft(text, "+-")
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	if len(text) > 40 || len(text)-len(digits) > 1 || !allDigits(whole) || hasPoint && !allDigits(fraction) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

func allDigits(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

func compareDates(o operator, wanted, had string) result {
	w, ok1 := parseDate(wanted)
	h, ok2 := parseDate(had)
	if !ok1 || !ok2 {
		return unreadable("dates of ISO 8601, as W3C profiles it, and seconds since 1970")
	}
	return result{state: o.fits(h.Compare(w))}
}

// parseDate reads the forms of https://www.w3.org/TR/NOTE-datetime but the year
// alone, which cannot be told from seconds; and seconds since 1970.
func parseDate(text string) (time.Time, bool) {
	if seconds, ok := parseNumber(text); ok && len(text) > 4 && len(text) <= 12 && seconds.IsInt() {
		return time.Unix(seconds.Num().Int64(), 0), true
	}
	for _, layout := range []string{"2006-01", "2006-01-02", "2006-01-02T15:04Z07:00", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func compareBooleans(wanted, had string) result {
	for _, text := range []string{wanted, had} {
		if text != "true" && text != "false" {
			return unreadable("true and false")
		}
	}
	return plain(wanted == had)
}

// compareBinary compares octets with their base64 form in the policy. A value
// of the request that is itself that base64 text may stand for the octets.
func compareBinary(wanted, had string) result {
	octets, err := base64.StdEncoding.Strict().DecodeString(wanted)
	switch {
	case err != nil:
		return unreadable("octets, in the policy as base64")
	case bytes.Equal(octets, []byte(had)):
		return plain(true)
	case wanted == had:
		return unknown("whether the value of the request is base64 text or what it stands for cannot be told")
	}
	return plain(false)
}

// compareAddress finds an address in a range. A lone address has the prefix
// length 32, and bits behind the prefix are ignored
// (reference_policies_elements_condition_operators,
// access-analyzer-reference-policy-checks).
func compareAddress(wanted, had string) result {
	address, err := netip.ParseAddr(had)
	if err != nil || address.Zone() != "" {
		return unreadable("IP addresses")
	}
	if lone, err := netip.ParseAddr(wanted); err == nil && lone.Zone() == "" {
		if lone != address && lone.Is6() && address.Is6() && netip.PrefixFrom(lone, 32).Contains(address) {
			return unknown("whether a lone IPv6 address has the prefix length 32 that is documented, or 128")
		}
		return plain(lone == address)
	}
	prefix, err := netip.ParsePrefix(wanted)
	if err != nil {
		return unreadable("IP addresses, in the policy as CIDR ranges")
	}
	return plain(prefix.Contains(address))
}
