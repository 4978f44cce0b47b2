package claims

import (
	"maps"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// codeNotAsserted is of the rule on Options.Role, codeExceeds of that on the
// MaxSessionDuration of a role.
const (
	codeNotAsserted = "role-not-asserted"
	codeExceeds     = "duration-exceeds-role"
)

// sorted are findings by what they count for: all roles, the one at whose value
// they stand, or the role that is asked for and that nobody offers.
type sorted struct {
	common      *weight
	gravest     map[string]saml.Severity  // of the findings that count for all, by code
	at          map[string][]saml.Finding // by the path of a value of a Role attribute; those that have findings
	notAsserted []saml.Finding
}

func (f *facts) sortOut(all []saml.Finding) *sorted {
	asked := f.pathOfAsked()
	s := &sorted{common: weigh(nil), gravest: map[string]saml.Severity{}, at: f.valuesFound(all)}
	for i, g := range all {
		switch _, atValue := s.at[g.Path]; {
		case g.Code == codeNotAsserted, asked != "" && g.Path == asked && ofAsked(g):
			s.notAsserted = append(s.notAsserted, g)
		case atValue:
			s.at[g.Path] = append(s.at[g.Path], g)
		default:
			s.common.add(all[i : i+1])
			if !s.gravest[g.Code].AtLeast(g.Severity) {
				s.gravest[g.Code] = g.Severity
			}
		}
	}
	return s
}

// valuesFound gives the paths of the values of Role attributes at which a
// finding stands, without the findings. Most messages have none, so that no path
// of their many values has to be looked up.
func (f *facts) valuesFound(all []saml.Finding) map[string][]saml.Finding {
	if len(f.roles) == 0 {
		return nil
	}
	step, paths := lastStep(f.roles[0].path()), map[string]bool{}
	for _, g := range all {
		if lastStep(g.Path) == step {
			paths[g.Path] = true
		}
	}
	if len(paths) == 0 {
		return nil
	}
	out := make(map[string][]saml.Finding, len(paths))
	for i := range f.roles {
		if path := f.roles[i].path(); paths[path] {
			out[path] = nil
		}
	}
	return out
}

// lastStep gives the name of the last step of a path, which is the same for all
// values of attributes.
func lastStep(path string) string {
	step := path[strings.LastIndexByte(path, '/')+1:]
	name, _, _ := strings.Cut(step, "[")
	return name
}

// of gives what counts for a role that is offered.
func (s *sorted) of(r *Role) *weight { return s.common.with(s.found(r)) }

// found gives the findings at the value of a role.
func (s *sorted) found(r *Role) []saml.Finding {
	if len(s.at) == 0 { // of most messages: no path has to be made
		return nil
	}
	return s.at[r.Path()]
}

// asked gives what counts for a role that is asked for and not offered.
func (s *sorted) asked() *weight { return s.common.with(s.notAsserted) }

// every gives what counts where no role is usable.
func (s *sorted) every() *weight {
	n := len(s.notAsserted)
	for _, found := range s.at {
		n += len(found)
	}
	own := append(make([]saml.Finding, 0, n), s.notAsserted...)
	for _, path := range slices.Sorted(maps.Keys(s.at)) {
		own = append(own, s.at[path]...)
	}
	return s.common.with(own)
}

// pathOfAsked gives the place of what is said of a role that is asked for and
// that nobody offers; empty where there is no such role.
func (f *facts) pathOfAsked() string {
	if v := f.known.supposed; v != nil {
		return v.Place().Path
	}
	return ""
}

// ofAsked reports whether a finding at the Role attribute is one on the role that
// is asked for: not one on the attribute, nor on the provider, which is that of
// all pairs.
func ofAsked(g saml.Finding) bool {
	return g.Code == codeExceeds || g.Stage == saml.StageTrust && !strings.HasPrefix(g.Code, "provider-")
}
