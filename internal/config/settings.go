package config

import (
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Settings gives the names of what a file may set, in the order in which they are
// shown.
func Settings() []string {
	return []string{"metadata", "audience", "recipient", "profile", "fail-on", "ignore"}
}

// file reads all settings.
func (r *reader) file(root *yaml.Node) (*File, error) {
	all, err := r.pairs(root, "a mapping of settings", Settings())
	if err != nil {
		return nil, err
	}
	f := &File{Path: r.path}
	for _, p := range all {
		if err := r.setting(f, p.key.Value, p.value); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (r *reader) setting(f *File, name string, n *yaml.Node) (err error) {
	switch name {
	case "metadata":
		f.Metadata, err = r.files(n)
	case "audience":
		f.Audiences, err = r.texts(n, "the pattern of an audience")
	case "recipient":
		f.Recipients, err = r.texts(n, "the pattern of a recipient")
	case "profile":
		f.Profile, err = r.oneOf(n, "aws", "saml")
	case "fail-on":
		f.FailOn, err = r.oneOf(n, "error", "warning", "info")
	case "ignore":
		f.Ignore, err = r.ignorings(n)
	}
	return err
}

func (r *reader) oneOf(n *yaml.Node, allowed ...string) (Text, error) {
	what := "one of " + strings.Join(allowed, ", ")
	t, err := r.text(n, what)
	if err == nil && !slices.Contains(allowed, t.Value) {
		err = r.fault(n, "%s is expected, found %s", what, quote(t.Value))
	}
	return t, err
}

// files gives names of files, relative to the working folder.
func (r *reader) files(n *yaml.Node) ([]Text, error) {
	names, err := r.texts(n, "the name of a metadata file")
	for i, name := range names {
		nodes := append(slices.Clone(n.Content), n)
		switch {
		case name.Value == "-":
			return nil, r.fault(nodes[i], "the name of a metadata file is expected, found -: standard input is for the response")
		case remote(name.Value):
			return nil, r.fault(nodes[i], "a file of this machine is expected, found %s, which names another one", quote(name.Value))
		}
		names[i].Value = r.beside(name.Value)
	}
	return names, err
}

// remote reports whether Windows would take a name for a file of another machine,
// and sign in there to open it. What a file says must not differ by system.
func remote(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.HasPrefix(name, "//") || strings.HasPrefix(name, "/??/")
}

// beside gives a file that is named relative to the folder of the configuration.
// A dash alone would be standard input.
func (r *reader) beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	joined := filepath.Join(filepath.Dir(r.path), filepath.FromSlash(name))
	if joined == "-" {
		return "." + string(filepath.Separator) + joined
	}
	return joined
}
