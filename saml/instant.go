package saml

import (
	"regexp"
	"strconv"
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

// dateTime is xs:dateTime (XML Schema part 2, 3.2.7) for years of four digits.
var dateTime = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$`)

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
	m := dateTime.FindStringSubmatch(trimmed)
	if m == nil {
		return time.Time{}, form, false
	}
	n := make([]int, 7)
	for i := range n {
		n[i], _ = strconv.Atoi(m[i])
	}
	form.midnight = n[4] == 24 && n[5] == 0 && n[6] == 0 && strings.Trim(m[7], "0") == ""
	if n[1] == 0 || !validDay(n[1], n[2], n[3]) || n[4] > 23 && !form.midnight || n[5] > 59 || n[6] > 59 {
		return time.Time{}, form, false
	}
	offset, ok := zoneOffset(m[8])
	if !ok {
		return time.Time{}, form, false
	}
	form.noZone, form.offset, form.fraction = m[8] == "", m[8] != "" && m[8] != "Z", len(m[7])
	t = time.Date(n[1], time.Month(n[2]), n[3], n[4], n[5], n[6], nanoseconds(m[7]), time.UTC)
	return t.Add(-offset), form, true
}

func validDay(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return int(t.Month()) == month && t.Day() == day
}

func nanoseconds(fraction string) int {
	n, _ := strconv.Atoi((fraction + "000000000")[:9])
	return n
}

// zoneOffset reads Z, nothing, or an offset of at most 14 hours.
func zoneOffset(zone string) (time.Duration, bool) {
	if zone == "" || zone == "Z" {
		return 0, true
	}
	hours, _ := strconv.Atoi(zone[1:3])
	minutes, _ := strconv.Atoi(zone[4:])
	if hours > 14 || minutes > 59 || hours == 14 && minutes > 0 {
		return 0, false
	}
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zone[0] == '-' {
		return -d, true
	}
	return d, true
}
