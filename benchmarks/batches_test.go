package main

import (
	"fmt"
	"testing"
)

// TestAllocationForEachMessage keeps what one check allocates from growing. The
// bounds are a little above what it is; the aim, from 100 roles up, is
// mostAllocation.
func TestAllocationForEachMessage(t *testing.T) {
	for _, c := range []struct {
		roles int
		most  float64
	}{{10, 8}, {100, 7}, {1200, 6}} {
		t.Run(fmt.Sprint(c.roles), func(t *testing.T) {
			got, err := allocatedFor(c.roles)
			if err != nil {
				t.Fatal(err)
			}
			if got > c.most {
				t.Errorf("expected at most %.1f octets for each octet of the message, found %.2f", c.most, got)
			}
		})
	}
}
