// Package differential makes random signed documents and asks the verifiers
// about them: our own engine, goxmldsig and xmlsec1. It is imported by tests
// alone.
//
// A document is made from two numbers, the seed and its own, and is the same
// each time. Whatever two verifiers disagree about must be one of the
// Constructs, the closed list that docs/verifiers.md explains.
package differential
