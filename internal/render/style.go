package render

// Style says how text is decorated. The zero Style is plain.
type Style struct {
	Colour bool
	Width  int // of the terminal, in columns; 0 where there is none
}

// narrowest is the width below which no text is fitted.
const narrowest = 40

// columns is the width that a text fits in.
func (s Style) columns() int {
	if s.Width <= 0 {
		return Columns
	}
	return min(Columns, max(narrowest, s.Width))
}

// The decorations, as parameters of the terminal's SGR sequence.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	green  = "1;32"
	yellow = "1;33"
	blue   = "1;34"
)

// paint decorates a text that Escape has made safe.
func (s Style) paint(decoration, text string) string {
	if !s.Colour || text == "" || decoration == "" {
		return text
	}
	return "\x1b[" + decoration + "m" + text + "\x1b[0m"
}
