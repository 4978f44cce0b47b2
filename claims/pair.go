package claims

import (
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// roleValue is one value of a Role attribute, taken apart.
type roleValue struct {
	*saml.Value
	// pair is what the value offers; nil unless it is one well-formed role and one
	// well-formed provider, in either order, blanks around them aside.
	pair     *Role
	odd      *oddValue // nil for the common pair, of which there is no more to say
	reversed bool      // the provider stands first
	blanks   bool      // blanks stand around a part
	apart    bool      // role and provider are of two accounts or two partitions
	again    bool      // the very same pair stands at a value before
	twin     int32     // number, from 1, of the first value with this pair in whatever letter case; 0 where that is this one
}

// oddValue is what is kept of a value that is no sound pair, or none that the
// response offers.
type oddValue struct {
	parts []part
	fault *pairFault // nil where there is one role and one provider
	at    placed     // in place of the value's own place; nil for that
}

// part is one of the texts that a Role value pairs.
type part struct {
	text   string // without the blanks around it
	blanks bool   // there were blanks around it
	err    error  // why it is no ARN of a role or a provider
	looks  string // KindRole or KindProvider by the look of it; empty for anything else
}

// pairFault is why a value is no pair of a role and a provider.
type pairFault struct {
	reason string
	// foreign says that the value is no attempt at a pair, so that nothing can
	// be said of its parts.
	foreign bool
}

// Place gives where what is said of the pair stands.
func (v *roleValue) Place() saml.Place {
	if v.odd != nil && v.odd.at != nil {
		return v.odd.at.Place()
	}
	return v.Value.Place()
}

// path gives the path of the value itself.
func (v *roleValue) path() string { return v.Value.Path() }

// fault tells why the value is no pair; nil if it is one.
func (v *roleValue) fault() *pairFault {
	if v.odd == nil {
		return nil
	}
	return v.odd.fault
}

// foreign reports whether the value is no attempt at a pair.
func (v *roleValue) foreign() bool { return v.fault() != nil && v.fault().foreign }

// parts gives the parts of a value that is no sound pair.
func (v *roleValue) parts() []part {
	if v.odd == nil {
		return nil
	}
	return v.odd.parts
}

// roleARN and providerARN give the two ARNs of a pair.
func (v *roleValue) roleARN() ARN     { return readAgain(v.pair.Role) }
func (v *roleValue) providerARN() ARN { return readAgain(v.pair.Provider) }

// readAgain reads an ARN that is known to be well-formed.
func readAgain(text string) ARN {
	a, _ := soundARN(text)
	return a
}

// partition gives the partition of the role.
func (v *roleValue) partition() string {
	rest := v.pair.Role[len("arn:"):]
	return rest[:strings.IndexByte(rest, ':')]
}

// A likeness is what a value mostly shares with the one before it, a common pair:
// all but the name of the role.
type likeness struct {
	start    string // up to the name; empty where there is none before it
	end      string // from the comma behind it
	provider string
	apart    bool
}

// read reads a value that is like the one before it; false for any other.
func (l *likeness) read(v *roleValue) (pair Role, ok bool) {
	name, found := strings.CutPrefix(v.Text, l.start)
	if !found || l.start == "" {
		return Role{}, false
	}
	name, found = strings.CutSuffix(name, l.end)
	if !found || !soundRoleName(name) || v.Nested() {
		return Role{}, false
	}
	v.apart = l.apart
	return Role{Role: v.Text[:len(l.start)+len(name)], Provider: l.provider, value: v.Value}, true
}

// read takes a value apart, and gives the pair that it offers.
func (v *roleValue) read(last *likeness) (pair Role, ok bool) {
	if pair, ok = last.read(v); ok {
		return pair, true
	}
	if pair, ok = v.readSound(last); ok {
		return pair, true
	}
	return v.takeApart()
}

// readSound reads the common value, one role and one provider with nothing odd
// about them, without keeping its parts; false for any other value. The next
// value may be like it.
func (v *roleValue) readSound(next *likeness) (pair Role, ok bool) {
	first, second, found := cutPair(v.Text)
	if !found || strings.IndexByte(v.Text, '{') >= 0 || v.Nested() {
		return Role{}, false
	}
	a, b := trimBlanks(first), trimBlanks(second)
	role, sound := soundARN(a)
	provider, sound2 := soundARN(b)
	if !sound || !sound2 || role.Kind == provider.Kind {
		return Role{}, false
	}
	reversed := role.Kind == KindProvider
	if reversed {
		a, b, role, provider = b, a, provider, role
	}
	// A path with a colon may look like that of a provider, and a comma at the
	// end may be meant to join.
	if strings.IndexByte(role.Path, ':') >= 0 || reversed && a[len(a)-1] == ',' {
		return Role{}, false
	}
	v.reversed, v.blanks = reversed, len(a)+len(b) != len(first)+len(second)
	v.apart = role.owner() != provider.owner()
	if !v.reversed && !v.blanks {
		*next = likeness{start: a[:len(a)-len(role.Name)], end: v.Text[len(a):], provider: b, apart: v.apart}
	}
	return Role{Role: a, Provider: b, value: v.Value}, true
}

// takeApart reads any value.
func (v *roleValue) takeApart() (pair Role, ok bool) {
	v.odd = &oddValue{}
	for text := range splitPair(v.Text) {
		v.odd.parts = append(v.odd.parts, parsePart(text))
	}
	for _, p := range v.odd.parts {
		v.blanks = v.blanks || p.blanks
	}
	if v.odd.fault = v.findFault(); v.odd.fault != nil {
		return Role{}, false
	}
	role, provider := v.odd.halves()
	v.reversed = provider == &v.odd.parts[0]
	arn := readAgain(role.text)
	v.apart = arn.owner() != readAgain(provider.text).owner()
	return Role{Role: role.text, Provider: provider.text, value: v.Value}, role.err == nil && provider.err == nil
}

// isPair reports whether a value is a pair of a role and a provider, if not of
// well-formed ones.
func isPair(value *saml.Value) bool {
	v := roleValue{Value: value}
	_, ok := v.read(&likeness{})
	return ok || v.fault() == nil
}

// halves gives the last part that looks like a role, and that which looks like a
// provider; nil where there is none.
func (o *oddValue) halves() (role, provider *part) {
	for i := range o.parts {
		switch o.parts[i].looks {
		case KindRole:
			role = &o.parts[i]
		case KindProvider:
			provider = &o.parts[i]
		}
	}
	return role, provider
}

func parsePart(text string) part {
	p := part{text: trimBlanks(text)}
	p.blanks = p.text != text
	_, p.err = ParseARN(p.text)
	switch {
	case !strings.Contains(strings.ToLower(p.text), "arn:"):
	case strings.Contains(p.text, ":"+KindProvider+"/"):
		p.looks = KindProvider
	case strings.Contains(p.text, ":"+KindRole+"/"):
		p.looks = KindRole
	}
	return p
}
