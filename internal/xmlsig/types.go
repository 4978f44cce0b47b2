package xmlsig

import (
	"crypto"
	"crypto/x509"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// A Key is a public key that signatures are tried with.
type Key struct {
	Public      crypto.PublicKey  // *rsa.PublicKey or *ecdsa.PublicKey
	Certificate *x509.Certificate // the certificate that it stands in; nil if there is none, or Go cannot read it
	SPKI        [32]byte          // SHA-256 of its SubjectPublicKeyInfo in DER
	Refused     string            // why it is never used to verify ("RSA modulus of 512 bits"); empty for a usable key

	name *named // what nameKey says, kept for a key that many messages are checked with
}

// Options say how to examine. The zero value is strict.
type Options struct {
	SkipWitness bool
	Signatures  int // how many Signatures are examined; 0 for MaxSignatures
	// Hints are keys that prove nothing, such as the encryption keys of the
	// metadata: where no key verifies they are tried for the explanation.
	Hints []Hint
}

// A Hint is a key that proves nothing and a word on where it comes from.
type Hint struct {
	Key
	From string // such as "an encryption key of the metadata"
}

// State is what became of a check.
type State string

// The states of a check.
const (
	Holds       State = "holds"
	Broken      State = "broken"
	Unsupported State = "unsupported" // an algorithm, transform or form that is not supported
	Malformed   State = "malformed"   // a part is missing or cannot be read
	Unknown     State = "unknown"     // there was no key to check with
)

// Witness is what goxmldsig says of a signature that our engine accepts.
type Witness string

// The answers of the witness.
const (
	Agrees      Witness = "agrees"
	Disagrees   Witness = "disagrees"
	Crashed     Witness = "crashed"      // it panics
	CannotJudge Witness = "cannot-judge" // a construct of the closed list of what goxmldsig cannot verify
	Skipped     Witness = "skipped"      // Options.SkipWitness
	NotAsked    Witness = "not-asked"    // our engine or the gate refuses, so it never saw the bytes
)

// A Fault is one thing in a Signature that the gate refuses or remarks on. Its
// code is that of the finding that reports it.
type Fault struct {
	Code    string
	Element xmldoc.Element // where; the zero Element stands for the Signature
	Attr    string         // the attribute of Element that is meant, if any
	Message string         // a lower-case sentence, foreign text quoted and escaped
	Remark  bool           // worth a warning or a note, but no refusal

	// Of the code limit-exceeded: which limit, what was found and is allowed.
	Limit          string
	Found, Allowed int
}

// A Signature is everything known about one ds:Signature of a document.
type Signature struct {
	Element          xmldoc.Element // the ds:Signature
	Parent           xmldoc.Element
	SignedInfo       xmldoc.Element
	SignatureValue   xmldoc.Element
	ValueText        string   // what stands in SignatureValue
	Value            []byte   // the SignatureValue decoded; nil if it is no base64
	Canonicalization string   // algorithm of CanonicalizationMethod
	PrefixList       []string // of its InclusiveNamespaces
	Method           string   // algorithm of SignatureMethod
	Shape            string   // why the Signature is not of the form that XML-DSig says; empty if it is
	References       []Reference
	KeyInfo          KeyInfo

	// Of SignedInfo: whether a key verifies the SignatureValue over it.
	State   State
	Reason  string   // why the state is not Holds, a lower-case sentence
	Key     *Key     // the given key that verifies it; nil if none does
	Foreign *Foreign // where no given key verifies it: another one that does

	Valid         bool // core validity as XML-DSig says it, with a given key
	Faults        []Fault
	Witness       Witness
	WitnessReason string    // what it cannot judge, or how it disagrees
	Verified      *Verified // not nil exactly when the signature is accepted: valid, passed by the gate, not contradicted by the witness
	Explanation   string    // in words, what holds and what does not

	signing        // what Method asks for
	hashed  []byte // the hash of SignedInfo
	tried   []*Key // the given keys that the method could use
	stray   bool   // SignatureValue sets unused bits
	spent   int    // what trying keys has cost
	reread  bool   // the document may be read anew for the explanation
}

// A Foreign is a key outside the given ones that verifies SignedInfo.
type Foreign struct {
	Key
	From string // "the KeyInfo certificate", "the KeyInfo key value", or the From of a Hint
}

// A Reference is one ds:Reference.
type Reference struct {
	Element      xmldoc.Element
	URI          string
	HasURI       bool
	Target       xmldoc.Element // the element that it resolves to; zero if to none
	Transforms   []Transform
	DigestMethod string
	State        State  // of the digest: Broken if it is another, Malformed if the URI resolves to no single element
	Reason       string // why it is not Holds
	Wanted       []byte // the DigestValue
	Computed     []byte // nil where it could not be computed

	shape string // why it is not of the form that XML-DSig says; empty if it is
}

// A Transform is one ds:Transform.
type Transform struct {
	Element    xmldoc.Element
	Algorithm  string
	PrefixList []string // of InclusiveNamespaces
}

// KeyInfo is what a Signature says about its key: a hint, never trusted.
type KeyInfo struct {
	Element      xmldoc.Element
	Certificates []KeyInfoCertificate
	KeyValue     crypto.PublicKey // of an RSAKeyValue or ECKeyValue
	KeyNames     []string
	Retrieval    xmldoc.Element // a RetrievalMethod, never followed

	keys []Foreign // every key that could be read
}

// A KeyInfoCertificate is one X509Certificate of a KeyInfo.
type KeyInfoCertificate struct {
	Element     xmldoc.Element
	Certificate *x509.Certificate // nil where Err says why
	Err         error
}
