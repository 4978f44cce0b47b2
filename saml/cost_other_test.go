//go:build !unix

package saml_test

import (
	"testing"
	"time"
)

// started is what cpuTime counts from where the system does not tell what a
// process has computed.
var started = time.Now()

func cpuTime(*testing.T) time.Duration { return time.Since(started) }
