//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
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

// hush lets a terminal show nothing of what is typed or pasted, and cut no line of it,
// until restore is called; that is nil where it cannot. Keys that stand for signals
// send them.
func hush(terminal *os.File) (restore func()) {
	fd := int(terminal.Fd())
	before, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil
	}
	hushed := *before
	hushed.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON
	hushed.Iflag &^= unix.ICRNL
	hushed.Cc[unix.VMIN], hushed.Cc[unix.VTIME] = 1, 0
	if unix.IoctlSetTermios(fd, setTermios, &hushed) != nil {
		return nil
	}
	return func() { _ = unix.IoctlSetTermios(fd, setTermios, before) }
}

// endsInput tells whether Ctrl-Z ends a text that is typed.
const endsInput = false

// endBySignal ends the program by the signal that it got, so that the shell
// sees why it ended. The exit status for the case that the signal does not end
// it is the conventional one.
func endBySignal(s os.Signal) int {
	number, ok := s.(syscall.Signal)
	if !ok || number == syscall.SIGQUIT { // by which Go ends with a trace, that could hold anything
		number = syscall.SIGINT
	}
	signal.Reset(number)
	if syscall.Kill(os.Getpid(), number) == nil {
		time.Sleep(time.Second) // the signal may be delivered to another thread first
	}
	return 128 + int(number)
}
