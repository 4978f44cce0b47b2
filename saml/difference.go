package saml

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostCompared bounds the values whose difference is described.
const mostCompared = 512

// difference says in words in what got departs from want, which may be a
// pattern; empty where they are equal or have too little in common.
func difference(want, got string) string {
	_, words := nearest([]string{want}, got)
	return words
}

// nearest gives the one of the patterns that got is closest to, with the
// difference in words; both are empty where it is close to none.
func nearest(wants []string, got string) (want, words string) {
	if len(got) > mostCompared {
		return "", ""
	}
	g := &compared{text: got}
	all := make([]compared, 0, len(wants))
	for _, w := range wants {
		if len(w) <= mostCompared && !matches(w, got) {
			all = append(all, compared{text: w})
		}
	}
	for _, k := range differences {
		for i := range all {
			if words := k(&all[i], g); words != "" {
				return all[i].text, words
			}
		}
	}
	return "", ""
}

// compared is a text that is held against others, which is read as a URL once.
type compared struct {
	text   string
	parsed bool
	url    *url.URL // nil where it is none
}

func (c *compared) asURL() *url.URL {
	if !c.parsed {
		c.url, c.parsed = parseURL(c.text), true
	}
	return c.url
}

// Difference gives the one of the wanted texts, which may be patterns with *,
// that got is closest to, and in words what differs; both are empty where it is
// close to none.
func Difference(wants []string, got string) (want, words string) { return nearest(wants, got) }

// differences are the kinds of difference, the most telling first.
var differences = []func(want, got *compared) string{
	inText(whiteSpaceDiffers), inText(invisibleDiffers), inText(templateLeft), inText(spnDiffers), inText(fragmentDiffers),
	inText(slashDiffers), inText(caseDiffers), inText(schemeDiffers), inText(percentDiffers), inText(lookAlike), inText(guidDiffers),
	hostDiffers, portDiffers, inText(longer), inText(shorter), pathDiffers, inText(misspelt),
}

func inText(differs func(want, got string) string) func(want, got *compared) string {
	return func(want, got *compared) string { return differs(want.text, got.text) }
}

func whiteSpaceDiffers(want, got string) string {
	if t := strings.TrimSpace(got); t != got && matches(want, t) {
		return "there is white space around it"
	}
	if strings.ContainsFunc(got, unicode.IsSpace) && matches(want, strings.Join(strings.Fields(got), "")) {
		return "there is white space inside it"
	}
	return ""
}

func invisibleDiffers(want, got string) string {
	var found rune
	seen := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			found = r
			return -1
		}
		return r
	}, got)
	if found != 0 && matches(want, seen) {
		return fmt.Sprintf("it holds the invisible character U+%04X", found)
	}
	return ""
}

// template is a placeholder that was not filled in.
var template = regexp.MustCompile(`\$\{[^}]*\}|\{\{[^}]*\}\}|%\([a-z]+\)s|<[a-z_ -]+>|__[A-Z_]+__`)

func templateLeft(_, got string) string {
	if !strings.ContainsAny(got, "${%<_") {
		return ""
	}
	if m := template.FindString(got); m != "" {
		return "the placeholder " + quote(m) + " was not filled in"
	}
	return ""
}

func spnDiffers(want, got string) string {
	if t, found := strings.CutPrefix(got, "spn:"); found && matches(want, t) {
		return `the prefix "spn:" stands before it, which Entra ID adds to an identifier that is no URI`
	}
	return ""
}

func fragmentDiffers(want, got string) string {
	if t, fragment, found := strings.Cut(got, "#"); found && matches(want, t) {
		return "the fragment " + quote("#"+fragment) + " is too much"
	}
	if w, fragment, found := strings.Cut(want, "#"); found && matches(w, got) {
		return "the fragment " + quote("#"+fragment) + " is missing"
	}
	return ""
}

func slashDiffers(want, got string) string {
	switch {
	case strings.HasSuffix(got, "/") && matches(want, strings.TrimRight(got, "/")):
		return "a slash at its end is too much"
	case matches(want, got+"/"):
		return "the slash at its end is missing"
	}
	return ""
}

func caseDiffers(want, got string) string {
	if !matches(strings.ToLower(want), strings.ToLower(got)) {
		return ""
	}
	if at := firstDifference(want, got); at > 0 && !strings.Contains(want, "*") {
		return fmt.Sprintf("upper and lower case differ, first at character %d", at)
	}
	return "upper and lower case differ"
}

// firstDifference gives the 1-based position of the first character in which
// the two differ; 0 if they do not.
func firstDifference(a, b string) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		n++
		ra, la := utf8.DecodeRuneInString(a)
		rb, lb := utf8.DecodeRuneInString(b)
		if ra != rb {
			return n
		}
		a, b = a[la:], b[lb:]
	}
	if a == b {
		return 0
	}
	return n + 1
}

func schemeDiffers(want, got string) string {
	for _, s := range [][2]string{{"http://", "https://"}, {"https://", "http://"}} {
		if t, found := strings.CutPrefix(got, s[0]); found && matches(want, s[1]+t) {
			return "the scheme is " + strings.TrimSuffix(s[0], "://") + " in place of " + strings.TrimSuffix(s[1], "://")
		}
	}
	if !strings.Contains(got, "://") && matches(want, "https://"+got) {
		return "the scheme https:// is missing"
	}
	return ""
}

func percentDiffers(want, got string) string {
	if t, err := url.PathUnescape(got); err == nil && t != got && matches(want, t) {
		return "it is percent-encoded"
	}
	return ""
}

// lookAlike finds letters that look like those of ASCII and are others.
func lookAlike(want, got string) string {
	at, n := 0, 0
	var found rune
	seen := strings.Map(func(r rune) rune {
		n++
		plain := asciiTwin(r)
		if plain != r && found == 0 {
			found, at = r, n
		}
		return plain
	}, got)
	if found == 0 || !matches(want, seen) {
		return ""
	}
	return fmt.Sprintf("character %d is U+%04X, which only looks like %q", at, found, asciiTwin(found))
}

// twins are letters of other scripts beside the ASCII letters that they look
// like, two by two.
const twins = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSαaοoνvρpιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX‐-‑-–-—-"

func asciiTwin(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	if i := strings.IndexRune(twins, r); i >= 0 && r != utf8.RuneError {
		return rune(twins[i+utf8.RuneLen(r)])
	}
	if t := norm.NFKC.String(string(r)); len(t) == 1 {
		return rune(t[0])
	}
	return r
}

// guid is a tenant or an application of Entra ID.
var guid = regexp.MustCompile(`[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}`)

func guidDiffers(want, got string) string {
	const hyphens = 4
	if strings.Count(got, "-") < hyphens || strings.Count(want, "-") < hyphens {
		return ""
	}
	w, g := guid.FindString(want), guid.FindString(got)
	if w == "" || g == "" || w == g || strings.Replace(got, g, w, 1) != want {
		return ""
	}
	return "the GUID of the tenant is " + quote(g) + " in place of " + quote(w)
}

// hostDiffers finds URLs that differ in the host alone.
func hostDiffers(want, got *compared) string {
	w, g := want.asURL(), got.asURL()
	if w == nil || g == nil || strings.Contains(w.Host, "*") || w.Hostname() == g.Hostname() {
		return ""
	}
	if w.Scheme == g.Scheme && w.Port() == g.Port() && matches(w.RequestURI(), g.RequestURI()) {
		return "the host is " + quote(g.Hostname()) + " in place of " + quote(w.Hostname())
	}
	return ""
}

func portDiffers(want, got *compared) string {
	w, g := want.asURL(), got.asURL()
	if w == nil || g == nil || w.Port() == g.Port() {
		return ""
	}
	if w.Scheme == g.Scheme && w.Hostname() == g.Hostname() && matches(w.RequestURI(), g.RequestURI()) {
		return "the port is " + quote(g.Port()) + " in place of " + quote(w.Port())
	}
	return ""
}

func parseURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

func longer(want, got string) string {
	if rest, found := strings.CutPrefix(got, want); found && want != "" {
		if guid.FindString(rest) == strings.Trim(rest, "/") {
			return quote(rest) + " after it is too much, such as the application ID that Entra ID can append"
		}
		return quote(rest) + " after it is too much"
	}
	if rest, found := strings.CutSuffix(got, want); found && want != "" {
		return quote(rest) + " before it is too much"
	}
	return ""
}

func shorter(want, got string) string {
	if rest, found := strings.CutPrefix(want, got); found && len(got) > len(want)/2 && !strings.Contains(rest, "*") {
		return quote(rest) + " is missing at its end"
	}
	return ""
}

// pathDiffers finds URLs of one host.
func pathDiffers(want, got *compared) string {
	w, g := want.asURL(), got.asURL()
	switch {
	case w == nil || g == nil || w.Scheme != g.Scheme || !matches(w.Host, g.Host):
	case w.EscapedPath() != g.EscapedPath():
		return "the path is " + quote(g.EscapedPath()) + " in place of " + quote(w.EscapedPath())
	case w.RawQuery != g.RawQuery:
		return "the query is " + quote(g.RawQuery) + " in place of " + quote(w.RawQuery)
	}
	return ""
}

// misspelt finds a few characters in the middle that are others.
func misspelt(want, got string) string {
	const most = 3
	if strings.Contains(want, "*") {
		return ""
	}
	w, g := []rune(want), []rune(got)
	start := 0
	for start < min(len(w), len(g)) && w[start] == g[start] {
		start++
	}
	end := 0
	for end < min(len(w), len(g))-start && w[len(w)-1-end] == g[len(g)-1-end] {
		end++
	}
	wrong, right := g[start:len(g)-end], w[start:len(w)-end]
	if max(len(wrong), len(right)) > most || start+end < 2*most {
		return ""
	}
	return fmt.Sprintf("at character %d %s stands in place of %s", start+1, quote(string(wrong)), quote(string(right)))
}
