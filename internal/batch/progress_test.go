package batch

import (
	"strings"
	"testing"
	"time"
)

// The line is drawn once the run lasts, over itself, and is cleared at the end.
func TestProgress(t *testing.T) {
	var out strings.Builder
	p := NewProgress(&out, &Source{Names: []string{"a", "b", "c", "d"}})
	for range 1000 {
		if p.total.Load() == 4 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	p.Done(1, 0)
	if p.Clear(); out.Len() > 0 {
		t.Errorf("%q is drawn at once", out.String())
	}
	p.begun = p.begun.Add(-2 * time.Second)
	p.Done(3, 1)
	p.Done(1, 1) // too soon after the one before
	if want := "\r\x1b[K[##########----------] 50%, 4 messages, 2 a second, 1 failed"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	if p.Clear(); out.String() != "\r\x1b[K" {
		t.Errorf("%q", out.String())
	}
}

// Without a total there is no bar; without a Progress nothing happens.
func TestProgressWithoutATotal(t *testing.T) {
	p := &Progress{messages: 12, failures: 3}
	if got := p.line(3 * time.Second); got != "12 messages, 4 a second, 3 failed" {
		t.Errorf("%q", got)
	}
	p = &Progress{messages: 1_234_567, failures: 1_234_567, inputs: 1_234_567}
	p.total.Store(1_234_567)
	if got := p.line(200 * time.Second); len(got) > 80 || !strings.HasPrefix(got, "[####################] 100%, 1234567 messages, 6173 a second, ") {
		t.Errorf("%d columns: %q", len(got), got)
	}
	var none *Progress
	none.Done(1, 1)
	none.Clear()
}
