//go:build race

package xmldoc

// racing tells that the race detector is on, which makes everything many times
// as slow.
const racing = true
