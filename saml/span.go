package saml

import (
	"strconv"
	"time"
)

// span gives a duration in the two largest units that it has: "3 h 12 min".
func span(d time.Duration) string {
	d = d.Abs()
	if d < time.Second {
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	}
	units := []struct {
		name string
		size time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"min", time.Minute}, {"s", time.Second}}
	for i, u := range units {
		n := d / u.size
		if n == 0 {
			continue
		}
		out := strconv.FormatInt(int64(n), 10) + " " + u.name
		if i+1 < len(units) {
			if rest := (d % u.size) / units[i+1].size; rest > 0 {
				out += " " + strconv.FormatInt(int64(rest), 10) + " " + units[i+1].name
			}
		}
		return out
	}
	return ""
}

// stamp gives an instant as messages show it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999Z") }
