package main

import (
	"os"
	"syscall"
)

func kilobytes(state *os.ProcessState) int64 {
	if use, ok := state.SysUsage().(*syscall.Rusage); ok {
		return use.Maxrss * 1024 / 1000
	}
	return 0
}
