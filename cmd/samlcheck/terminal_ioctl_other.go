//go:build unix && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd

package main

import "golang.org/x/sys/unix"

// What asks how a terminal is set, and what sets it.
const getTermios, setTermios = unix.TCGETS, unix.TCSETS
