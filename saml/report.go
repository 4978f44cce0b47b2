package saml

import (
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// Verdict is the answer in one word.
type Verdict string

// The verdicts.
const (
	// Pass: verified, and no error that is not ignored.
	Pass Verdict = "pass"
	// Fail: proved wrong, or verified with an error.
	Fail Verdict = "fail"
	// Unverified: neither verified nor proved wrong.
	Unverified Verdict = "unverified"
)

// A Report is everything that Check found out about one message.
type Report struct {
	Profile    Profile
	Source     string
	Index      int
	URL        string
	Form       Form
	At         time.Time // the instant as of which the message was judged
	CapturedAt time.Time // zero if the capture does not tell
	Verdict    Verdict
	// Verified is true when the one Assertion that there is lies in octets that
	// an accepted signature by a key of the metadata covers, every other
	// signature of the message is accepted too, and nothing splits a value. With
	// metadata of a lone entity that is not the issuer it may stand beside an
	// error issuer-mismatch: decide by Verdict.
	Verified bool
	Metadata []MetadataUse
	// Response is the message's envelope, zero where the message is no Response.
	Response Response
	// Assertion is what was read from verified octets; nil unless Verified.
	Assertion *Assertion
	// Claimed is what the message says of itself where it is not verified.
	Claimed     *Claimed
	Signatures  []Signature
	Findings    []Finding // in stage order
	Skipped     []Skip
	Decode      []string
	provedWrong bool
	encrypted   bool // the Response has an EncryptedAssertion
	encryption  []EncryptionMethod
	signers     [][32]byte // SHA-256 of the SubjectPublicKeyInfo of the keys that verify its signatures
	documents   []*xmldoc.Document
}

// Release gives memory that the report holds to later checks: of use where many
// messages are checked one after another. The findings and every text that was
// taken out of the report stay as they are; what else is asked of the report
// afterwards, such as the Place of a Value or an Attribute, is nothing or panics,
// and never tells of another message. It must not be called while another
// goroutine uses the report. A report that is not released costs
// nothing but its memory.
func (r *Report) Release() {
	for _, d := range r.documents {
		d.Release()
	}
	r.documents = nil
}

// ProvedWrong reports whether a finding proves the message wrong whatever its
// signature says, so that the verdict is Fail and not Unverified.
func (r *Report) ProvedWrong() bool { return r.provedWrong }

// Encrypted reports whether the assertion came encrypted, decrypted or not.
func (r *Report) Encrypted() bool { return r.encrypted }

// A MetadataUse is an entity of the metadata that was used.
type MetadataUse struct {
	Source   string `json:"source"`
	EntityID string `json:"entity_id"`
	Keys     int    `json:"keys"` // usable signing keys
	From     string `json:"from"` // what named the source, such as "--metadata"; filled in by the tool
}

// A Signature is what was found out about one ds:Signature.
type Signature struct {
	On                 string       `json:"on"` // "response", "assertion", "metadata" or "other": the parent
	Path               string       `json:"path"`
	Verified           bool         `json:"verified"` // core validity (XML-DSig) with a key of the metadata
	SignatureAlgorithm string       `json:"signature_algorithm"`
	DigestAlgorithm    string       `json:"digest_algorithm"`
	Canonicalization   string       `json:"canonicalization"`
	Certificate        *Certificate `json:"certificate"` // of the key that verifies; null if none does
	Witness            string       `json:"witness"`     // agrees, disagrees, crashed, cannot-judge, skipped or not-asked
	Explanation        string       `json:"explanation"`
}

// A Certificate is what the report says of a certificate.
type Certificate struct {
	Subject   string     `json:"subject"` // empty for a key without a certificate
	SHA256    string     `json:"sha256"`  // fingerprint in lower-case hexadecimal; of the SubjectPublicKeyInfo where there is no certificate
	NotBefore *time.Time `json:"not_before"`
	NotAfter  *time.Time `json:"not_after"`
}
