package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// count gives "1 error", "2 errors".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// instant writes a point in time; empty for none.
func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.999Z07:00")
}

// span writes a length of time in its two largest units.
func span(d time.Duration) string {
	units := []struct {
		name string
		size time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}, {"second", time.Second}}
	d = d.Abs().Truncate(time.Second)
	var parts []string
	for _, u := range units {
		if n := int(d / u.size); n > 0 {
			parts = append(parts, count(n, u.name))
			d -= time.Duration(n) * u.size
		} else if len(parts) > 0 {
			break
		}
		if len(parts) == 2 {
			break
		}
	}
	if len(parts) == 0 {
		return "less than a second"
	}
	return strings.Join(parts, " ")
}

// forWhom names the service provider of a profile.
func forWhom(p saml.Profile) string {
	if p == saml.ProfileAWS {
		return "AWS"
	}
	return "a SAML service provider"
}

// answer says in words what AWS answers.
func answer(a saml.Answer) string {
	who := map[string]string{"sts": "STS answers", "console": "the console shows", "trust-policy": "the trust policy answers", "iam": "IAM answers"}[a.By]
	if who == "" {
		who = Value(a.By) + " answers"
	}
	switch {
	case accepts(a):
		return fmt.Sprintf("%s lets it pass (%s)", strings.TrimSuffix(who, " answers"), a.Basis)
	case a.Code == "" && a.Message == "":
		return fmt.Sprintf("%s an error (%s)", who, a.Basis)
	case a.Code == "":
		return fmt.Sprintf("%s %s (%s)", who, Quote(a.Message), a.Basis)
	case a.Message == "":
		return fmt.Sprintf("%s %s (%s)", who, Value(a.Code), a.Basis)
	}
	return fmt.Sprintf("%s %s %s (%s)", who, Value(a.Code), Quote(a.Message), a.Basis)
}

// algorithm gives the short name of an algorithm: what stands after the # of
// its URI, or the last step of its path.
func algorithm(uri string) string {
	if i := strings.LastIndexAny(uri, "#/"); i >= 0 && i+1 < len(uri) {
		return Value(uri[i+1:])
	}
	return Value(uri)
}
