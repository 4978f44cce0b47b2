//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// endingSignals are the signals that end a paste after the terminal is
// restored.
var endingSignals = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// terminalName names the terminal of the program, whatever its standard input
// is.
const terminalName = "/dev/tty"

// marksPastes tells whether terminals of the system mark where a paste begins and
// ends when they are asked to (bracketed paste mode).
const marksPastes = true

// endsInput tells whether Ctrl-Z ends a text that is typed.
const endsInput = false

// endBySignal ends the program by the signal that it got, so that the shell
// sees why it ended. The exit status for the case that the signal does not end
// it is the conventional one.
func endBySignal(s os.Signal) int {
	number, ok := s.(syscall.Signal)
	if !ok {
		return 128 + int(syscall.SIGINT)
	}
	signal.Reset(number)
	if syscall.Kill(os.Getpid(), number) == nil {
		time.Sleep(time.Second) // the signal may be delivered to another thread first
	}
	return 128 + int(number)
}
