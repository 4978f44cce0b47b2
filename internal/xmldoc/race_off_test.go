//go:build !race

package xmldoc

const racing = false
