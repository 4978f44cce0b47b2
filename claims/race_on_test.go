//go:build race

package claims_test

// raceDetector reports whether the race detector watches, under which all takes
// many times as long.
const raceDetector = true
