package main

import (
	"os"
	"syscall"
)

// endingSignals are the signals that end a paste after the terminal is
// restored.
var endingSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}

// terminalName names the terminal of the program, whatever its standard input
// is.
const terminalName = "CONIN$"

// marksPastes tells whether terminals of the system mark where a paste begins and
// ends when they are asked to: not every console here understands the question.
const marksPastes = false

// endsInput tells whether Ctrl-Z ends a text that is typed.
const endsInput = true

// hush does nothing: a console here shows what is typed only while it is read from.
func hush(*os.File) (restore func()) { return nil }

// endBySignal gives the exit status that stands for an interruption.
func endBySignal(os.Signal) int { return 128 + int(syscall.SIGINT) }
