//go:build !race

package claims_test

const raceDetector = false
