package saml

import (
	"crypto/rsa"
	"time"
)

// Options say what a message is held against. The zero value is strict; an
// expectation that is not given is a rule that is skipped, never one that passes.
// Nothing in it can switch verification off.
type Options struct {
	// Profile is the kind of service provider; empty is ProfileSAML. Package
	// claims sets ProfileAWS and judges the claims too.
	Profile Profile
	// Time is the instant as of which to judge; zero is now.
	Time time.Time
	// Audiences and Recipients are what the service provider expects, as
	// patterns in which * stands for any characters.
	Audiences  []string
	Recipients []string
	// DoubtfulRecipients are patterns of recipients that are not expected but
	// may be meant: recipient-mismatch is an info for them, no error.
	DoubtfulRecipients []string
	// TextAttributes are patterns of attribute names whose values are text: an
	// element inside such a value is a fault, where others may be structured.
	TextAttributes []string
	// RequestID is the ID of the AuthnRequest that the message should answer.
	RequestID string
	// DecryptionKeys are the service provider's private keys, with which encrypted
	// assertions, identifiers and attributes are read; they are tried in turn.
	DecryptionKeys []*rsa.PrivateKey
	// Ignore names codes whose findings do not make a verified message fail.
	// Errors of the stages capture to signature cannot be ignored: they stay as
	// they are.
	Ignore []string
	// SkipWitness leaves the second verifier out, for diagnosis in bulk; the
	// report shows it.
	SkipWitness bool
	// Limits replaces the limits for the message's XML; nil is the default.
	Limits *Limits
}

func (o *Options) profile() Profile {
	if o.Profile == "" {
		return ProfileSAML
	}
	return o.Profile
}

func (o *Options) now() time.Time {
	if o.Time.IsZero() {
		return time.Now().UTC()
	}
	return o.Time.UTC()
}
