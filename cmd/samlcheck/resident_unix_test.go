//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// residentBytes gives the largest size that a finished process had in memory.
func residentBytes(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
