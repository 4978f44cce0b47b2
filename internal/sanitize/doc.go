// Package sanitize makes a fixture of a captured response: what speaks of
// people, accounts and their organisation is replaced, what is judged stays, and
// everything is signed anew by keys that are made for it and thrown away.
//
// A replacement keeps the form of what it stands for: as many characters, each
// of its class, with the same letter case and the same punctuation around it.
// So the faults of a value stay what they are without a list of faults. The
// exceptions are the things that could exist by accident or have a form that
// says what they are: domains, account numbers, GUIDs and addresses get names out
// of the ranges that are reserved for documentation.
//
// Nothing leaves the package before it was searched for what should not be in it,
// and checked again: with the metadata that it came with it must not verify, and
// with the new one it must yield the findings that it yielded before.
package sanitize
