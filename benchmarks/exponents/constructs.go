package exponents

import "slices"

// Constructs lists all of them.
func Constructs() []Construct {
	return slices.Concat(roles(), markup(), namespaces(), text(), signatures(), statements(), forms(), keys())
}
