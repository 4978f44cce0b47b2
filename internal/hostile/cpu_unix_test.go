//go:build unix

package hostile_test

import (
	"syscall"
	"time"
)

// spent gives the time that this process has been at work: on a busy machine the
// clock tells nothing.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return time.Duration(time.Now().UnixNano())
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
