package main

import "os"

// A hold is on the terminal from the first paste of a sitting to the last. What is
// pasted while a report is made would else be shown, and cut to the length of a
// line: it is kept, and is what the next prompt reads.
type hold struct {
	signals chan os.Signal // those that end the program
	restore func()         // leaves the terminal as it was found
}

// holdTerminal begins a hold, until release is called.
func (t *tool) holdTerminal() (release func()) {
	restore := hush(t.in)
	if restore == nil {
		return func() {}
	}
	signals, stop := catchEnding()
	t.hold = &hold{signals, restore}
	return func() {
		restore()
		t.hold = nil
		stop()
	}
}

// endings gives the signals that end the program, until stop is called: under a hold
// those that came since it began.
func (t *tool) endings() (signals <-chan os.Signal, stop func()) {
	if t.hold != nil {
		return t.hold.signals, func() {}
	}
	return catchEnding()
}

// dieOf ends the program by a signal, with the terminal as it was found.
func (t *tool) dieOf(s os.Signal) (status int) {
	if t.hold != nil {
		t.hold.restore()
	}
	return endBySignal(s)
}

// attend does some work, in which a signal ends the program at once.
func (t *tool) attend(work func()) {
	if t.hold == nil {
		work()
		return
	}
	done, left := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(left)
		select {
		case s := <-t.hold.signals:
			t.dieOf(s)
		case <-done:
		}
	}()
	defer func() { close(done); <-left }()
	work()
}
