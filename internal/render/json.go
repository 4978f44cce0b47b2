package render

import (
	"encoding/json"
	"fmt"
	"strings"
)

// JSON gives a value as one line of JSON. Characters that cannot be seen, or
// act on a terminal, are written as \u and four digits: the value is the same, and the raw
// line is safe to show.
func JSON(v any) (string, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return escapeJSON(string(data)) + "\n", nil
}

// escapeJSON escapes within strings alone, since compact JSON holds plain ASCII
// everywhere else.
func escapeJSON(s string) string {
	var b strings.Builder
	marks, before := mostMarks, rune(0)
	for _, r := range s {
		marks = countMarks(marks, r)
		command := r == '#' && before == '#' // see there
		before = r
		switch {
		case !hidden(r) && marks <= mostMarks && !command:
			b.WriteRune(r)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
