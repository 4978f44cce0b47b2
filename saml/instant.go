package saml

import (
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// timeForm is how an instant departs from what every reader takes:
// YYYY-MM-DDThh:mm:ss[.fff]Z.
type timeForm struct {
	noZone   bool // no zone: read as UTC
	offset   bool // a zone that is not Z
	fraction int  // digits of the fraction
	midnight bool // 24:00:00
	blanks   bool // white space around it
}

// longestTime bounds the text that is read as an instant.
const longestTime = 64

// A dateTime is the parts of an xs:dateTime (XML Schema part 2, 3.2.7) with a
// year of four digits.
type dateTime struct {
	year, month, day, hour, minute, second int
	fraction                               string // digits
	zone                                   string // "Z", an offset or nothing
}

// splitTime takes an xs:dateTime apart; ok is false where the text has another
// form.
func splitTime(s string) (t dateTime, ok bool) {
	const form = "0000-00-00T00:00:00"
	if len(s) < len(form) || !hasForm(s[:len(form)], form) {
		return t, false
	}
	rest := s[len(form):]
	if strings.HasPrefix(rest, ".") {
		digits := 1
		for digits < len(rest) && isDigit(rest[digits]) {
			digits++
		}
		if digits == 1 {
			return t, false
		}
		t.fraction, rest = rest[1:digits], rest[digits:]
	}
	t.zone = rest
	t.year, t.month, t.day = number(s[:4]), number(s[5:7]), number(s[8:10])
	t.hour, t.minute, t.second = number(s[11:13]), number(s[14:16]), number(s[17:19])
	return t, rest == "" || rest == "Z" || hasForm(rest, "+00:00") || hasForm(rest, "-00:00")
}

// hasForm reports whether a text has digits where the form has 0, and the form's
// own characters elsewhere.
func hasForm(s, form string) bool {
	if len(s) != len(form) {
		return false
	}
	for i := range len(form) {
		if form[i] != '0' && s[i] != form[i] || form[i] == '0' && !isDigit(s[i]) {
			return false
		}
	}
	return true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// number gives the value of a text of digits.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

// instant reads an attribute as an xs:dateTime.
func (r *reading) instant(e xmldoc.Element, name string) Instant {
	v := r.attribute(e, name)
	if !v.Present() {
		return Instant{}
	}
	t, form, ok := parseInstant(v.Text)
	return Instant{Value: v, Time: t, form: form, read: ok}
}

// parseInstant reads an xs:dateTime; ok is false where the text is none.
// Nanoseconds are kept, finer digits are dropped.
func parseInstant(s string) (t time.Time, form timeForm, ok bool) {
	if len(s) > longestTime {
		return time.Time{}, form, false
	}
	trimmed := strings.Trim(s, " \t\r\n")
	form.blanks = trimmed != s
	d, ok := splitTime(trimmed)
	if !ok {
		return time.Time{}, form, false
	}
	form.midnight = d.hour == 24 && d.minute == 0 && d.second == 0 && strings.Trim(d.fraction, "0") == ""
	if d.year == 0 || !validDay(d.year, d.month, d.day) || d.hour > 23 && !form.midnight || d.minute > 59 || d.second > 59 {
		return time.Time{}, form, false
	}
	offset, ok := zoneOffset(d.zone)
	if !ok {
		return time.Time{}, form, false
	}
	form.noZone, form.offset, form.fraction = d.zone == "", d.zone != "" && d.zone != "Z", len(d.fraction)
	t = time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.second, nanoseconds(d.fraction), time.UTC)
	return t.Add(-offset), form, true
}

func validDay(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return int(t.Month()) == month && t.Day() == day
}

func nanoseconds(fraction string) int {
	n := 0
	for i := range 9 {
		n *= 10
		if i < len(fraction) {
			n += int(fraction[i] - '0')
		}
	}
	return n
}

// zoneOffset reads Z, nothing, or an offset of at most 14 hours.
func zoneOffset(zone string) (time.Duration, bool) {
	if zone == "" || zone == "Z" {
		return 0, true
	}
	hours, minutes := number(zone[1:3]), number(zone[4:])
	if hours > 14 || minutes > 59 || hours == 14 && minutes > 0 {
		return 0, false
	}
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zone[0] == '-' {
		return -d, true
	}
	return d, true
}
