package config

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// ignorings reads the codes that are ignored.
func (r *reader) ignorings(n *yaml.Node) ([]Ignoring, error) {
	items, err := r.items(n, "code and reason")
	if err != nil {
		return nil, err
	}
	seen := map[string]int{}
	var out []Ignoring
	for _, item := range items {
		i, err := r.ignoring(item)
		if err != nil {
			return nil, err
		}
		if line := seen[i.Code]; line > 0 {
			return nil, r.fault(item, "%s is ignored twice, first in line %d", quote(i.Code), line)
		}
		seen[i.Code] = i.Line
		out = append(out, i)
	}
	return out, nil
}

// ignoring reads a code with its reason, without which nobody could tell later
// whether it still holds.
func (r *reader) ignoring(n *yaml.Node) (Ignoring, error) {
	all, err := r.pairs(n, "a mapping of code and reason", []string{"code", "reason", "until"})
	if err != nil {
		return Ignoring{}, err
	}
	out := Ignoring{Line: max(n.Line, 1)}
	for _, p := range all {
		switch p.key.Value {
		case "code":
			out.Code, err = r.code(p.value)
		case "reason":
			var t Text
			t, err = r.text(p.value, "a reason in words")
			out.Reason = strings.Join(strings.Fields(t.Value), " ")
		case "until":
			out.Until, err = r.day(p.value)
		}
		if err != nil {
			return Ignoring{}, err
		}
	}
	switch {
	case out.Code == "":
		return Ignoring{}, r.fault(n, "the code of a finding is expected, found an entry without code")
	case out.Reason == "":
		return Ignoring{}, r.fault(n, "a reason to ignore %s is expected, found none", out.Code)
	}
	return out, nil
}

func (r *reader) code(n *yaml.Node) (string, error) {
	t, err := r.text(n, "the code of a finding")
	if err != nil {
		return "", err
	}
	if err := r.mayIgnore(t.Value); err != nil {
		return "", r.fault(n, "ignore: %s", err)
	}
	return t.Value, nil
}

// day reads a date. YAML takes one for a value of its own kind unless it is quoted.
func (r *reader) day(n *yaml.Node) (time.Time, error) {
	const what = "a date such as 2027-01-31"
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!timestamp" && n.ShortTag() != "!!str" {
		return time.Time{}, r.fault(n, "%s is expected, found %s", what, kind(n))
	}
	day, err := time.Parse(time.DateOnly, n.Value)
	if err != nil {
		return time.Time{}, r.fault(n, "%s is expected, found %s", what, quote(n.Value))
	}
	return day, nil
}
