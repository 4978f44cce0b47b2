//go:build !race

package saml_test

const racing = false
