package exponents

import "slices"

// Constructs lists all of them.
func Constructs() []Construct {
	return slices.Concat(roles(), markup(), namespaces(), inclusive(), text(), signatures(), statements(), forms(), keys())
}
