package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// A Message is an error message of AWS that a user of SAML sign-in, or whoever
// sets it up, can meet.
type Message struct {
	// Text is the message without what AWS puts behind it; … stands for what
	// varies. It is empty where only the code is known.
	Text string
	Also []string // other wordings that AWS documents or that were seen
	// By says who answers so: "sts", "console" (the sign-in page), "iam", or
	// empty where that is not known.
	By string
	// Code is AWS's error code. Detail is another code that the message bears in
	// brackets.
	Code, Detail string
	When         string // the place of the check among the others; inferred
	Meaning      string
	Causes       []Cause // the likely first
	Basis        saml.Basis
	Sources      []saml.Source
	// forms are other texts by which the message is known, though nobody has
	// documented or quoted them in full.
	forms []string
	// wordless is for the row that stands for answers of its code whose words are
	// not known.
	wordless bool
}

// A Cause is one reason for a message.
type Cause struct {
	Codes []string // the findings that show it; empty where no response shows it
	What  string
	Look  string // what to look at, and where
	Basis saml.Basis
}

// Messages gives every message of AWS that is known, with the causes that the
// rules name for it.
func Messages() []Message {
	out := slices.Concat(parameterMessages, responseMessages, claimMessages, tagMessages, trustMessages, consoleMessages, iamMessages())
	for i := range out {
		out[i].Causes = slices.Clone(out[i].Causes)
		if out[i].When == "" {
			out[i].When = whenOf(saml.Answer{By: out[i].By, Code: out[i].Code, Message: out[i].Text})
		}
	}
	return withRules(out, AllRules())
}

// withRules adds the rules that name an answer to the causes of its message:
// to a cause that lists them already, else as causes of their own.
func withRules(messages []Message, rules []saml.Rule) []Message {
	for _, r := range rules {
		for _, a := range r.AWS {
			i := messageOf(messages, a)
			if i < 0 {
				continue
			}
			m := &messages[i]
			at := slices.IndexFunc(m.Causes, func(c Cause) bool { return slices.Contains(c.Codes, r.Code) })
			if at < 0 {
				m.Causes = append(m.Causes, Cause{Codes: []string{r.Code}, What: r.Title, Look: r.Fix, Basis: a.Basis})
				continue
			}
			m.Causes[at].Basis = better(m.Causes[at].Basis, a.Basis)
		}
	}
	return messages
}

// messageOf gives the message that an answer is; below zero where it is none,
// such as success.
func messageOf(messages []Message, a saml.Answer) int {
	return slices.IndexFunc(messages, func(m Message) bool {
		if m.Code != a.Code {
			return false
		}
		if a.Message == "" {
			return m.wordless || m.Text == "" && m.By == a.By
		}
		return m.By == a.By && m.is(a.Message)
	})
}

// better gives the basis that proves more; the empty one proves nothing.
func better(a, b saml.Basis) saml.Basis {
	for _, basis := range []saml.Basis{saml.Observed, saml.Documented} {
		if a == basis || b == basis {
			return basis
		}
	}
	return saml.Inferred
}

// whenOf says in words where the check of an answer stands among the others;
// nothing of an answer whose place nobody knows.
func whenOf(a saml.Answer) string {
	if words := orderOf(a); words != "" {
		return words + " (the order of the checks is inferred)"
	}
	return ""
}

func orderOf(a saml.Answer) string {
	switch stepOf(a) {
	case stepParameters:
		return "first of all: the parameters of the call are checked before the response is read, so nothing is said of the response yet"
	case stepProvider:
		return "early: before issuer and signature are looked at, so nothing is said of them yet"
	case stepStructure, stepSigned, stepIssuer, stepStatus:
		return "while the response is read: the provider was found; whether the signature holds was not looked at yet"
	case stepSignature:
		return "after provider, structure and issuer, which have passed; nothing is said yet of the times, the roles and the trust policy"
	case stepLate:
		return "after the signature, which holds; before the response's own times are looked at"
	case stepExpired:
		return "after the signature, which holds, and after the five minutes; nothing is said yet of the roles"
	case stepPair, stepSessionName, stepSourceIdentity:
		return "after signature and times, which have passed; before the role's trust policy"
	case stepTags:
		return "after signature and times, which have passed"
	case stepTrust:
		return "nearly last: the response was accepted, with its signature, times and roles; what is refused is the role"
	case stepDuration:
		return "last of all: everything else has passed"
	}
	return ""
}
