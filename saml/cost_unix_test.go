//go:build unix

package saml_test

import (
	"syscall"
	"testing"
	"time"
)

// cpuTime gives the time that this process has computed: other processes on
// the machine do not count.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
