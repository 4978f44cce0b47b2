package config

import (
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
	"go.yaml.in/yaml/v3"
)

// Bounds of what a file lists: one that lists more is not meant so.
const (
	mostEntries = 200
	longestText = 4096 // bytes
)

// A pair is a key of a mapping with its value.
type pair struct{ key, value *yaml.Node }

// pairs gives the keys and values of a mapping, of which each key has to be known
// and to stand once.
func (r *reader) pairs(n *yaml.Node, what string, known []string) ([]pair, error) {
	if n.Kind != yaml.MappingNode {
		return nil, r.fault(n, "%s is expected, found %s", what, kind(n))
	}
	seen := map[string]int{}
	var out []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if !isText(key) {
			return nil, r.fault(key, "the name of a setting is expected, found %s", kind(key))
		}
		if !slices.Contains(known, key.Value) {
			return nil, r.fault(key, "there is no setting %s%s", quote(key.Value), meant(key.Value, known))
		}
		if line := seen[key.Value]; line > 0 {
			return nil, r.fault(key, "%s stands twice, first in line %d", key.Value, line)
		}
		seen[key.Value] = max(key.Line, 1)
		out = append(out, pair{key, n.Content[i+1]})
	}
	return out, nil
}

// meant offers the setting that differs least from a name, or lists all.
func meant(name string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := words.Distance(strings.ToLower(name), k, least); d < least {
			best, least = k, d
		}
		if strings.TrimSuffix(strings.ToLower(name), "s") == k || strings.ReplaceAll(name, "_", "-") == k {
			best, least = k, 0
		}
	}
	if best == "" {
		return ": expected are " + strings.Join(known, ", ")
	}
	return "; did you mean " + best + "?"
}

// text gives a value that is text, and no other value that could be meant.
func (r *reader) text(n *yaml.Node, what string) (Text, error) {
	switch {
	case !isText(n):
		hint := ""
		if n.Kind == yaml.ScalarNode && !isNull(n) {
			hint = "; put it in quotes if it is meant"
		}
		return Text{}, r.fault(n, "%s is expected, found %s%s", what, kind(n), hint)
	case strings.TrimSpace(n.Value) == "":
		return Text{}, r.fault(n, "%s is expected, found an empty text", what)
	case len(n.Value) > longestText:
		return Text{}, r.fault(n, "%s is expected, found a text of more than %d bytes", what, longestText)
	}
	return Text{n.Value, max(n.Line, 1)}, nil
}

// texts gives one text or a list of them.
func (r *reader) texts(n *yaml.Node, what string) ([]Text, error) {
	if n.Kind != yaml.SequenceNode {
		one, err := r.text(n, what+", or a list,")
		if err != nil {
			return nil, err
		}
		return []Text{one}, nil
	}
	items, err := r.items(n, what)
	var out []Text
	for _, item := range items {
		one, err := r.text(item, what)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, err
}

// items gives the entries of a list that holds some, and not too many.
func (r *reader) items(n *yaml.Node, what string) ([]*yaml.Node, error) {
	switch {
	case n.Kind != yaml.SequenceNode:
		return nil, r.fault(n, "a list is expected, each of %s, found %s", what, kind(n))
	case len(n.Content) == 0:
		return nil, r.fault(n, "%s is expected, found an empty list: leave the setting out", what)
	case len(n.Content) > mostEntries:
		return nil, r.fault(n, "a list of at most %d is expected, found %d", mostEntries, len(n.Content))
	}
	return n.Content, nil
}

func isText(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" }

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// kind says what stands at a place. Aliases are not followed, so that nothing
// grows: a file of settings has no need of them.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias, which is not taken here"
	}
	switch n.ShortTag() {
	case "!!str":
		return "the text " + quote(n.Value)
	case "!!null":
		return "nothing"
	case "!!bool":
		return "a truth value, " + quote(n.Value)
	case "!!int", "!!float":
		return "a number, " + quote(n.Value)
	case "!!timestamp":
		return "a date, " + quote(n.Value)
	case "!!merge":
		return "a merge of mappings, which is not taken here"
	}
	return "a value with the tag " + quote(n.Tag)
}
