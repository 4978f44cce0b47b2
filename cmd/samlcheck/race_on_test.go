//go:build race

package main

// racing tells that the race detector is on, which takes much memory and makes
// everything many times as slow.
const racing = true
