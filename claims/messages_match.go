package claims

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// longestText bounds the text in which messages are looked for.
const longestText = 8 << 10

// ExplainMessage gives the messages of AWS that a text holds, in whatever a
// program wraps them: the name of the service and the ID of the request behind
// them, the words of a command line or an SDK before them, XML, JSON. A text
// that is nothing but an error code of AWS holds every message of that code.
// Where it holds none that is known, the result is false, with the nearest.
// Only the first 8 KiB of the text are read.
func ExplainMessage(text string) ([]Message, bool) {
	text = normalise(text[:min(len(text), longestText)])
	all := Messages()
	if found := held(all, text); len(found) > 0 {
		return found, true
	}
	if codes, only := codesIn(all, text); only {
		return slices.DeleteFunc(all, func(m Message) bool { return !m.bears(codes) }), true
	}
	return nearestMessages(all, text), false
}

// look is what writers and programs make of the signs in messages.
var look = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "`", "'", "´", "'",
	`\"`, `"`, `\'`, "'", `\n`, " ", `\t`, " ", `\r`, " ", `\u0027`, "'", `\u0022`, `"`, `\/`, "/")

// normalise takes away the differences that do not matter: case, line folds,
// kinds of quotes, escapes of XML and JSON.
func normalise(text string) string {
	text = look.Replace(html.UnescapeString(text))
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	return numbered.ReplaceAllString(text, "1 validation error detected")
}

// numbered is the beginning of a message that counts the faults it names.
var numbered = regexp.MustCompile(`\d+ validation errors? detected`)

// What may stand before a message and behind it, so that it is not part of
// another sentence.
const (
	before = `(?:^|[.:;>"'(=,|\[\]-] ?|\berror )`
	behind = `(?:$|["'.,;:<()\[\]|}]| ?[(<|\[]| -| please try again| status code| request id| on resource)`
)

// wordings are the normalised forms of a message.
func (m *Message) wordings() []string {
	if m.Text == "" {
		return nil
	}
	var out []string
	for _, text := range slices.Concat([]string{m.Text}, m.Also, m.forms) {
		out = append(out, strings.TrimSuffix(normalise(text), "."))
	}
	return out
}

// pattern finds one wording. Quotes may be missing, for shells eat them.
func pattern(wording string) *regexp.Regexp {
	open := strings.HasSuffix(wording, "…")
	wording = regexp.QuoteMeta(strings.TrimSuffix(wording, "…"))
	wording = strings.NewReplacer("…", ".*?", `"`, `["']?`, "'", `["']?`).Replace(wording)
	if open {
		return regexp.MustCompile(before + "(" + strings.TrimSpace(wording) + ")")
	}
	return regexp.MustCompile(before + "(" + wording + ")" + behind)
}

// find gives where in a normalised text the message stands.
func (m *Message) find(text string) (from, to int, found bool) {
	for _, w := range m.wordings() {
		if !holdsWord(text, w) {
			continue
		}
		if at := pattern(w).FindStringSubmatchIndex(text); at != nil {
			return at[2], at[3], true
		}
	}
	return 0, 0, false
}

// holdsWord spares the making of a pattern where even the message's first words
// are not there.
func holdsWord(text, wording string) bool {
	start := wording
	if i := strings.IndexAny(start, `…"'`); i >= 0 {
		start = start[:i]
	}
	return strings.Contains(text, strings.TrimSpace(start))
}

// is tells whether a text is this message and nothing else.
func (m *Message) is(text string) bool {
	if m.Text == text {
		return true
	}
	if !strings.Contains(m.Text, "…") {
		return false
	}
	text = strings.TrimSuffix(normalise(text), ".")
	from, _, found := m.find(text)
	return found && from == 0
}

// held gives the messages that a normalised text holds, the first in the text
// first. Where two share characters, the one that stands first in the table
// counts: it is the more special one.
func held(all []Message, text string) []Message {
	type span struct{ from, to, row int }
	var spans []span
	for i := range all {
		from, to, found := all[i].find(text)
		if found && !slices.ContainsFunc(spans, func(s span) bool { return from < s.to && s.from < to }) {
			spans = append(spans, span{from, to, i})
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return a.from - b.from })
	var out []Message
	for _, s := range spans {
		out = append(out, all[s.row])
	}
	return out
}
