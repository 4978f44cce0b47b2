//go:build !race

package sanitize_test

const racing = false
