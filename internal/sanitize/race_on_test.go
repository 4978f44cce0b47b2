//go:build race

package sanitize_test

// racing tells that the race detector is on, which makes everything many times
// as slow.
const racing = true
