package claims

// A view is what is known of a message as one who answers to it takes it, with
// the answers that were foretold already.
type view struct {
	*facts
	*sorted
	made map[string]*Prediction
	// last is the answer to roles that have no finding of their own with this
	// provider: most messages have no others.
	last     *Prediction
	provider string
}

// answer predicts the answer to a role that is offered. Roles that nothing tells
// apart share it, so that it names no role.
func (v *view) answer(role *Role) *Prediction {
	if len(v.at) > 0 || len(v.known.told) > 0 || len(v.known.byPair) > 0 {
		return v.answerOf(role)
	}
	if v.last == nil || v.provider != role.Provider {
		v.last, v.provider = v.shared(role, false), role.Provider
	}
	return v.last
}

// answerOf predicts where roles are told apart.
func (v *view) answerOf(role *Role) *Prediction {
	pair := [2]string{role.Role, role.Provider}
	if v.known.byPair[pair] == nil {
		return v.shared(role, v.known.told[pair])
	}
	p := v.answerTo(v.of(role), role)
	return &p
}

// shared gives the answer to all roles with the same provider and the same
// findings of their own. It is made for the first of them.
func (v *view) shared(role *Role, told bool) *Prediction {
	key := v.likeness(role, told)
	if p, found := v.made[key]; found {
		return p
	}
	if v.made == nil {
		v.made = map[string]*Prediction{}
	}
	p := v.answerTo(v.of(role), role)
	v.made[key] = &p
	return &p
}

// likeness is the same for roles to which the answer is the same.
func (v *view) likeness(role *Role, told bool) string {
	key := []byte(role.Provider)
	if told {
		key = append(key, " told"...)
	}
	for _, g := range v.found(role) {
		key = append(key, '\n')
		for _, field := range []string{g.Code, string(g.Severity), g.Unsettled} {
			key = append(append(key, field...), '\t')
		}
		for _, a := range g.AWS {
			key = append(key, '\r')
			for _, field := range []string{a.By, a.Code, a.Message, string(a.Basis)} {
				key = append(append(key, field...), '\t')
			}
		}
	}
	return string(key)
}
