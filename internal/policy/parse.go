package policy

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
)

// The versions of the policy language (reference_policies_elements_version).
const (
	version2008 = "2008-10-17"
	version2012 = "2012-10-17"
)

// Parse reads a policy that names principals, such as the trust policy of a
// role. An error begins with the place of the fault, such as
// Statement[2].Condition.StringEquals; statements count from 1.
//
// The grammar is that of reference_policies_grammar. A Resource is an error: in
// a trust policy it has no meaning.
func Parse(data []byte) (*Document, error) {
	root, err := readJSON(data)
	if err != nil {
		return nil, err
	}
	if root.kind != object {
		return nil, at("", "expected the policy to be a JSON object, found %s", root.kind)
	}
	if err := known(root, "", "a policy", "Version", "Id", "Statement"); err != nil {
		return nil, err
	}
	d := &Document{Version: version2008}
	if err := d.parseHead(root); err != nil {
		return nil, err
	}
	if err := d.parseStatements(root); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Document) parseHead(root node) error {
	if v := root.member("Version"); v != nil {
		if v.kind != text || v.text != version2008 && v.text != version2012 {
			return at("Version", "expected %q or %q, found %s", version2012, version2008, v.show())
		}
		d.Version = v.text
	}
	id, err := root.textOf("Id", "")
	d.ID = id
	return err
}

func (d *Document) parseStatements(root node) error {
	n := root.member("Statement")
	switch {
	case n == nil:
		return at("", "the policy has no Statement")
	case n.kind == object:
		s, err := parseStatement(*n, "Statement")
		s.Number = 1
		d.Statements = []Statement{s}
		return err
	case n.kind != array:
		return at("Statement", "expected an object or an array of objects, found %s", n.show())
	case len(n.items) > mostStatements:
		return at("Statement", "the policy has %d statements, more than the limit of %d", len(n.items), mostStatements)
	}
	for i, one := range n.items {
		s, err := parseStatement(one, item("Statement", i+1))
		if err != nil {
			return err
		}
		s.Number = i + 1
		d.Statements = append(d.Statements, s)
	}
	return nil
}

func parseStatement(n node, path string) (s Statement, err error) {
	if n.kind != object {
		return s, at(path, "expected an object, found %s", n.show())
	}
	if n.member("Resource") != nil || n.member("NotResource") != nil {
		return s, at(path, "the trust policy of a role has no Resource: it is about the role that it belongs to")
	}
	err = known(n, path, "a statement", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition")
	if err != nil {
		return s, err
	}
	if s.SID, err = n.textOf("Sid", path); err != nil {
		return s, err
	}
	for _, step := range []func(node, string) error{s.parseEffect, s.parseActions, s.parsePrincipal, s.parseConditions} {
		if err := step(n, path); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s *Statement) parseEffect(n node, path string) error {
	e := n.member("Effect")
	switch {
	case e == nil:
		return at(path, "the statement has no Effect")
	case e.kind != text || e.text != string(Allow) && e.text != string(Deny):
		return at(path+".Effect", "expected \"Allow\" or \"Deny\", found %s", e.show())
	}
	s.Effect = Effect(e.text)
	return nil
}

func (s *Statement) parseActions(n node, path string) error {
	name, value, err := n.oneOf("Action", "NotAction", path)
	if err != nil {
		return err
	}
	s.NotActions = name == "NotAction"
	s.Actions, err = value.list(path+"."+name, text)
	if err == nil && s.NotActions && len(s.Actions) == 0 {
		return at(path+".NotAction", "expected one action or more, found none")
	}
	return err
}

func (s *Statement) parsePrincipal(n node, path string) error {
	name, value, err := n.oneOf("Principal", "NotPrincipal", path)
	if err != nil {
		return err
	}
	s.Not = name == "NotPrincipal"
	path += "." + name
	if value.kind == text && value.text == "*" {
		s.Principal = Principals{"*": {"*"}}
		return nil
	}
	if value.kind != object {
		return at(path, "expected \"*\" or an object, found %s", value.show())
	}
	if err := known(*value, path, "a principal", "AWS", "Federated", "Service", "CanonicalUser"); err != nil {
		return err
	}
	s.Principal = Principals{}
	for _, m := range value.members {
		if s.Principal[m.name], err = m.value.list(join(path, m.name), text); err != nil {
			return err
		}
	}
	return nil
}

func (s *Statement) parseConditions(n node, path string) error {
	block := n.member("Condition")
	if block == nil {
		return nil
	}
	path += ".Condition"
	if block.kind != object {
		return at(path, "expected an object, found %s", block.show())
	}
	for _, m := range block.members {
		if _, ok := parseOperator(m.name); !ok {
			return at(path, "%s is not a condition operator%s", quote(m.name), meant(m.name, operatorNames()))
		}
		conditions, err := parseOperands(m.name, m.value, join(path, m.name))
		if err != nil {
			return err
		}
		s.Conditions = append(s.Conditions, conditions...)
	}
	return nil
}

// parseOperands reads the keys of one operator. Two keys that differ in case
// only are one key to IAM, so that which of them counts cannot be told.
func parseOperands(operator string, n node, path string) ([]Condition, error) {
	if n.kind != object {
		return nil, at(path, "expected an object of condition keys, found %s", n.show())
	}
	var out []Condition
	seen := make(map[string]bool)
	for _, m := range n.members {
		key := strings.ToLower(m.name)
		if seen[key] {
			return nil, at(path, "the condition key %s stands twice, in different case", quote(m.name))
		}
		seen[key] = true
		values, err := m.value.list(join(path, m.name), text, number, boolean)
		if err != nil {
			return nil, err
		}
		out = append(out, Condition{Operator: operator, Key: m.name, Values: values})
	}
	return out, nil
}

// member gives the value of a name, nil where there is none.
func (n node) member(name string) *node {
	for i := range n.members {
		if n.members[i].name == name {
			return &n.members[i].value
		}
	}
	return nil
}

// oneOf gives the one of two members that is there.
func (n node) oneOf(a, b, path string) (string, *node, error) {
	first, second := n.member(a), n.member(b)
	switch {
	case first != nil && second != nil:
		return "", nil, at(path, "the statement has both %s and %s", a, b)
	case first != nil:
		return a, first, nil
	case second != nil:
		return b, second, nil
	}
	return "", nil, at(path, "the statement has neither %s nor %s", a, b)
}

// textOf gives the text of a member that may be missing.
func (n node) textOf(name, path string) (string, error) {
	m := n.member(name)
	switch {
	case m == nil:
		return "", nil
	case m.kind != text:
		return "", at(join(path, name), "expected a string, found %s", m.show())
	}
	return m.text, nil
}

// list gives the texts of a value or of an array of values.
func (n node) list(path string, kinds ...kind) ([]string, error) {
	if n.kind != array {
		value, err := n.scalar(path, kinds)
		return []string{value}, err
	}
	out := make([]string, 0, len(n.items))
	for i, one := range n.items {
		value, err := one.scalar(item(path, i+1), kinds)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}

func (n node) scalar(path string, kinds []kind) (string, error) {
	for _, k := range kinds {
		if n.kind == k {
			return n.text, nil
		}
	}
	return "", at(path, "expected a string, found %s", n.show())
}

// show tells in a message what a value is.
func (n node) show() string {
	switch n.kind {
	case text:
		return quote(n.text)
	case number:
		return "the number " + words.Quote(n.text, mostQuoted)
	case boolean:
		return n.text
	}
	return string(n.kind)
}
