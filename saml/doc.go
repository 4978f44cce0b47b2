// Package saml checks one captured SAML 2.0 response against federation
// metadata and tells everything that is wrong with it: where, why, and what to
// do. It knows SAML and XML Signature; what a response says to AWS is the
// matter of package claims, which builds on this one.
//
// # Use
//
//	message := saml.Decode(captured)              // base64, form body, XML, …; never fails
//	metadata, err := saml.ParseMetadata(file)     // once; share it between goroutines
//	report := saml.Check(message, metadata, saml.Options{
//		Audiences:  []string{"https://sp.example.com"},
//		Recipients: []string{"https://sp.example.com/acs"},
//	})
//	if report.Verdict == saml.Pass { … report.Assertion.NameID() … }
//
// # Flow
//
// Data flows one way: a capture is decoded, scanned strictly and within limits,
// every Signature is examined, the assertion is read, and then rules judge the
// facts that were gathered. A rule whose facts are absent is not run and stands
// under Skipped, so that one cause gives one finding; a broken signature does
// not stop the rest from being judged.
//
// # Verified bytes
//
// An [Assertion] exists only when a signature by a key of the metadata was
// accepted, and every value in it was read from the very octets whose digest
// was signed. What nothing proves is a [Claimed], another type with the same
// accessors. Accepted means: core validity as XML Signature defines it, the
// gate (one Reference to the parent's own ID, a small set of transforms, unique
// IDs, nothing hidden inside values), and the agreement of a second verifier.
// Nothing in [Options] switches verification off. Keys come from the metadata
// alone; KeyInfo is a hint.
//
// # Encryption
//
// With Options.DecryptionKeys an encrypted assertion is decrypted to a document
// of its own, which is scanned, limited and examined like the captured one; the
// namespace declarations that it lacks are those of its ciphertext's place. That
// it was encrypted proves nothing: it is verified by a Signature inside, or by
// one of the Response out of whose octets the same plaintext is decrypted, with
// the same declarations around it. A
// value inside has the path that it would have in its wrapper's place, and the
// line, column and offset of the ciphertext. Failures are told in one way,
// whatever the step.
//
// # Compatibility
//
// The exported API, the codes of findings and the JSON form of a [Report] (see
// [Object]) are contracts: they grow, and a code is never renamed or reused.
// Texts of messages may change. Everything is safe for concurrent use; a
// [Metadata] is parsed once and shared.
package saml
