package saml

// sparing makes a report that builds a fault only while findings of the rule
// are still listed, and counts from there on. The path of an element costs as
// much as it has siblings, so that a hostile document with a fault on each of
// its elements would cost the square of its size.
func sparing(report func(Fault)) func(build func() Fault) {
	listed := 0
	return func(build func() Fault) {
		if listed < mostPerRule {
			listed++
			report(build())
			return
		}
		report(Fault{})
	}
}
