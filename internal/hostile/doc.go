// Package hostile makes SAML responses that try to deceive a receiver, exhaust
// it, or act through what it prints, and honest ones that look like them.
//
// A Class is a way to attack; each has documents of several shapes, and most
// have look-alikes that a receiver must not refuse. Documents makes them all,
// the same bytes at every call:
//
//	all, err := hostile.Documents()
//
// Three makers are kept apart. Anybody has no signature of the identity
// provider at all. A holder of a captured response has genuine signatures, and
// edits around them: what makes his documents gets the bytes of a response and
// no key. What only the identity provider can make is signed with its key, and
// is odd all the same.
//
// Whatever must not be believed holds the word Mark.
package hostile
