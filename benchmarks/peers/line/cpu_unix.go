//go:build unix

package line

import (
	"syscall"
	"time"
)

// Computed gives the time that the process has computed, on all cores.
func Computed() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
