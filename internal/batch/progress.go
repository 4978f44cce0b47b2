package batch

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"
)

// A Progress shows on a terminal how far a run has come: one line that is drawn
// over again.
type Progress struct {
	out      io.Writer
	begun    time.Time
	drawn    time.Time // zero while nothing is shown
	total    atomic.Int64
	messages int
	inputs   int
	failures int
}

// How often the line is drawn, and how long a run lasts before there is one.
const (
	drawEvery = 100 * time.Millisecond
	drawAfter = 500 * time.Millisecond
)

// NewProgress begins to count. The total is counted meanwhile, where it can be
// known.
func NewProgress(out io.Writer, s *Source) *Progress {
	p := &Progress{out: out, begun: time.Now()}
	go func() {
		if n, ok := s.Count(); ok {
			p.total.Store(int64(n))
		}
	}()
	return p
}

// Done counts an input with its messages, and draws the line at times. A nil
// Progress counts nothing.
func (p *Progress) Done(messages, failures int) {
	if p == nil {
		return
	}
	p.inputs, p.messages, p.failures = p.inputs+1, p.messages+messages, p.failures+failures
	now := time.Now()
	if now.Sub(p.begun) < drawAfter || now.Sub(p.drawn) < drawEvery {
		return
	}
	p.drawn = now
	fmt.Fprint(p.out, clearLine+p.line(now.Sub(p.begun)))
}

// Clear takes the line away, so that something else can be written.
func (p *Progress) Clear() {
	if p != nil && !p.drawn.IsZero() {
		fmt.Fprint(p.out, clearLine)
	}
}

// clearLine goes to the first column and clears the line (ECMA-48, EL).
const clearLine = "\r\x1b[K"

const barWidth = 20 // with the words it fits 80 columns

func (p *Progress) line(since time.Duration) string {
	words := fmt.Sprintf("%d messages, %.0f a second, %d failed", p.messages, float64(p.messages)/max(since.Seconds(), 0.001), p.failures)
	total := int(p.total.Load())
	if total == 0 {
		return words
	}
	filled := min(barWidth, barWidth*p.inputs/total)
	return fmt.Sprintf("[%s%s] %d%%, %s", strings.Repeat("#", filled), strings.Repeat("-", barWidth-filled), min(100, 100*p.inputs/total), words)
}
