package saml

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// leastOffset is the difference of two clocks that is worth telling.
const leastOffset = time.Minute

var postRules = []*rule{
	{
		Rule: Rule{
			Code: "posted-elsewhere", Stage: StageCapture, Severity: Warning,
			Title:       "the response was sent to another URL than it says",
			Explanation: "Destination and Recipient name the URL that takes the response, and the capture shows that it was sent to another. A service provider that compares them refuses the response: it was not meant for this URL",
			Fix:         "make the reply URL (assertion consumer service URL) at the identity provider the one to which the browser sends the response",
			Sources:     []Source{core("3.2.2"), bindings("3.5.5.2"), profiles("4.1.4.3")},
		},
		needs: []*need{needDocument, needResponse, needTraffic, needURL}, judge: judgePosted,
	},
	{
		Rule: Rule{
			Code: "clock-offset", Stage: StageCapture, Severity: Info,
			Title:       "two clocks differ",
			Explanation: "the Date header of the HTTP answer that carried the response and its IssueInstant are both set when it is made; where they lie apart, the clock of the identity provider is off by about as much, or the response is older than the answer. It is an estimate: a page may be stored or delayed on its way",
			Fix:         "compare the clock of the identity provider with a time server",
			Sources:     []Source{{"RFC 9110, section 6.6.1 (Date)", "https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1"}, core("1.3.3")},
		},
		needs: []*need{needDocument, needResponse, needTraffic, needHTTPDate}, judge: judgeClock,
	},
}

var (
	needTraffic  = &need{func(f *facts) bool { return f.tellsOfTraffic() }, "the capture holds the response alone, without the traffic around it"}
	needURL      = &need{func(f *facts) bool { return strings.Contains(f.message.URL, "://") }, "the capture does not tell where the response was sent"}
	needHTTPDate = &need{func(f *facts) bool { return !f.message.HTTPDate.IsZero() }, "the capture does not tell the time of the HTTP answer"}
)

// tellsOfTraffic reports whether the capture tells anything of the requests and
// answers around the response.
func (f *facts) tellsOfTraffic() bool {
	return f.message.URL != "" || !f.message.HTTPDate.IsZero() || len(f.message.Requests) > 0
}

// judgePosted holds the URL of the capture against Destination and, where it
// says something else, Recipient.
func judgePosted(f *facts, report func(Fault)) {
	posted := comparableURL(f.message.URL)
	told := ""
	for _, v := range f.targets() {
		target := comparableURL(v.Text)
		if !v.Present() || target == posted || target == told {
			continue
		}
		told = target
		name := "Recipient"
		if v.in == f.response.in && v.at() == f.response.element {
			name = "Destination"
		}
		report(Fault{Place: v.Place(), Message: fmt.Sprintf("the %s is %s, the response was sent to %s: they differ first at character %d",
			name, quote(v.Text), quote(posted), firstDifference(target, posted))})
	}
}

// targets gives the values that name where the response is to be sent.
func (f *facts) targets() []Value {
	out := []Value{f.response.Destination}
	if f.content != nil {
		out = append(out, f.content.Recipient())
	}
	return out
}

// comparableURL leaves out what does not tell two targets apart: letter case
// of scheme and host, the scheme's own port, and a fragment.
func comparableURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return s
	}
	u.Scheme, u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), "", ""
	if p := u.Port(); u.Scheme == "https" && p == "443" || u.Scheme == "http" && p == "80" {
		u.Host = strings.TrimSuffix(u.Host, ":"+p)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

func judgeClock(f *facts, report func(Fault)) {
	issued := f.response.IssueInstant
	if !issued.Valid() && f.content != nil {
		issued = f.content.issued
	}
	if !issued.Valid() {
		return
	}
	offset := issued.Time.Sub(f.message.HTTPDate)
	if offset.Abs() <= leastOffset {
		return
	}
	direction := "behind"
	if offset > 0 {
		direction = "ahead of"
	}
	report(Fault{Place: issued.Place(), Message: fmt.Sprintf("IssueInstant is %s, the HTTP answer is dated %s: the clock of the identity provider is estimated to be %s %s that of the server",
		stamp(issued.Time), stamp(f.message.HTTPDate), span(offset), direction)})
}
