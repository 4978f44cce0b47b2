package claims

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The kinds of ARN that a Role attribute pairs.
const (
	KindRole     = "role"
	KindProvider = "saml-provider"
)

// An ARN names an IAM role or a SAML provider:
// arn:PARTITION:iam::ACCOUNT:role/PATH/NAME or
// arn:PARTITION:iam::ACCOUNT:saml-provider/NAME.
type ARN struct {
	Partition string
	Account   string // 12 digits
	Kind      string // KindRole or KindProvider
	Path      string // of a role, with both slashes; "/" where there is none
	Name      string
}

// String gives the ARN as AWS writes it.
func (a ARN) String() string {
	path := a.Path
	if a.Kind == KindProvider {
		path = "/"
	}
	return "arn:" + a.Partition + ":iam::" + a.Account + ":" + a.Kind + path + a.Name
}

// An ARNFault is the first place where a text departs from the grammar of IAM
// ARNs.
type ARNFault struct {
	Position int    // of the character, from 1; 0 where the fault has no place
	Reason   string // what was expected there and what was found
}

// Error gives the place and the reason.
func (f *ARNFault) Error() string {
	if f.Position == 0 {
		return f.Reason
	}
	return fmt.Sprintf("at character %d: %s", f.Position, f.Reason)
}

// The limits of IAM on what stands in an ARN, in characters.
const (
	longestRoleName     = 64
	longestRolePath     = 512
	longestProviderName = 128
	accountDigits       = 12
)

// ParseARN reads the ARN of a role or of a SAML provider. Only ASCII is taken,
// so that a look-alike letter, a full-width digit or an invisible character is
// a fault with its place. The error is an *ARNFault.
func ParseARN(text string) (ARN, error) {
	if a, ok := soundARN(text); ok {
		return a, nil
	}
	return parseARN(text)
}

// parseARN reads an ARN field by field, to tell where it departs from the
// grammar.
func parseARN(text string) (ARN, error) {
	p := &arnParser{text: text}
	var a ARN
	p.literal("arn", "every ARN begins with \"arn:\"")
	a.Partition = p.partition()
	p.literal("iam", "roles and SAML providers belong to the service \"iam\"")
	p.literal("", "the field of the Region is empty in an ARN of IAM")
	a.Account = p.account()
	a.Kind = p.kind()
	switch a.Kind {
	case KindRole:
		a.Path, a.Name = p.role()
	case KindProvider:
		a.Name = p.provider()
	}
	if p.fault != nil {
		return ARN{}, p.fault
	}
	return a, nil
}

// arnParser reads the fields of an ARN from left to right and keeps the first
// fault; after it nothing is judged any more.
type arnParser struct {
	text  string
	at    int // offset in bytes of what is not read yet
	fault *ARNFault
}

func (p *arnParser) fail(offset int, format string, args ...any) {
	if p.fault == nil {
		position := utf8.RuneCountInString(p.text[:offset]) + 1
		p.fault = &ARNFault{position, fmt.Sprintf(format, args...)}
	}
}

// field reads up to the next colon and passes over it.
func (p *arnParser) field() (text string, start int) {
	start = p.at
	if p.fault != nil {
		return "", start
	}
	text, _, found := strings.Cut(p.text[start:], ":")
	if !found {
		p.fail(len(p.text), "the ARN ends here; arn:PARTITION:iam::ACCOUNT:RESOURCE has six fields between colons")
		return "", start
	}
	p.at = start + len(text) + 1
	return text, start
}

func (p *arnParser) literal(want, why string) {
	got, start := p.field()
	if got == want {
		return
	}
	if want == "" && len(got) == accountDigits && allDigits(got) {
		p.fail(start, "%s: a colon is missing before the account", why)
		return
	}
	for i, r := range got {
		if !strings.HasPrefix(want[min(i, len(want)):], string(r)) {
			p.fail(start+i, "%s, but here stands %s", why, describe(r))
		}
	}
	p.fail(start+len(got), "%s, but the field is %s", why, quote(got))
}

func (p *arnParser) partition() string {
	got, start := p.field()
	if isPartition(got) {
		return got
	}
	p.allowed(got, start, isPartitionChar, "a partition is written in small letters")
	p.fail(start, "%s is no partition of AWS (%s)", quote(got), strings.Join(Partitions(), ", "))
	return ""
}

func (p *arnParser) account() string {
	got, start := p.field()
	p.allowed(got, start, isDigit, "an account is 12 digits without hyphens")
	if len(got) != accountDigits {
		p.fail(start, "an account is 12 digits, but %s has %s", quote(got), count(len(got), "digit"))
	}
	return got
}

// kind reads the word before the first slash of the resource.
func (p *arnParser) kind() string {
	if p.fault != nil {
		return ""
	}
	start := p.at
	word, _, found := strings.Cut(p.text[start:], "/")
	switch {
	case !found:
		p.fail(start, "the resource is \"role/NAME\" or \"saml-provider/NAME\", but here stands %s", quote(word))
	case word != KindRole && word != KindProvider:
		p.fail(start, "the resource is a \"role\" or a \"saml-provider\", but here stands %s", quote(word))
	default:
		p.at += len(word)
	}
	return word
}

// role reads path and name of a role.
func (p *arnParser) role() (path, name string) {
	if p.fault != nil {
		return "", ""
	}
	cut := strings.LastIndex(p.text, "/") + 1
	path, name = p.text[p.at:cut], p.text[cut:]
	p.allowed(path, p.at, isGraph, "the path of a role is printable ASCII without blanks")
	if path == "//" {
		p.fail(p.at+1, "the path of a role is \"/\" or has characters between its slashes")
	}
	p.length(path, p.at, longestRolePath, "the path of a role")
	p.allowed(name, cut, isRoleNameChar, "the name of a role is made of A-Z a-z 0-9 _ + = , . @ -")
	p.length(name, cut, longestRoleName, "the name of a role")
	return path, name
}

func (p *arnParser) provider() string {
	if p.fault != nil {
		return ""
	}
	start := p.at + 1
	name := p.text[start:]
	p.allowed(name, start, isProviderNameChar, "the name of a SAML provider is made of A-Z a-z 0-9 _ . -")
	p.length(name, start, longestProviderName, "the name of a SAML provider")
	return name
}

func (p *arnParser) allowed(field string, start int, ok func(rune) bool, why string) {
	if i := strings.IndexFunc(field, func(r rune) bool { return !ok(r) }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(field[i:])
		p.fail(start+i, "%s, but here stands %s", why, describe(r))
	}
}

func (p *arnParser) length(field string, start, most int, what string) {
	switch {
	case field == "":
		p.fail(start, "%s is empty", what)
	case len(field) > most:
		p.fail(start+most, "%s has %d characters, %d are allowed", what, len(field), most)
	}
}
