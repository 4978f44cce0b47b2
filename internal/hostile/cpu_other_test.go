//go:build !unix

package hostile_test

import "time"

// spent gives the time of the clock.
func spent() time.Duration { return time.Duration(time.Now().UnixNano()) }
