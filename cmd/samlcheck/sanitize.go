package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/internal/sanitize"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const sanitizeHelp = `Makes fixtures of captured responses that are safe to share: names, addresses, accounts, tenants,
attribute values, IDs and certificates are replaced by things of the same form, and everything is signed anew by keys
that are made for it and thrown away. Structure, algorithms, times and faults stay: a signature that was broken is
broken in the same way. Metadata that fits is written beside. What is replaced is listed; nothing is written where
something that looks personal or secret is left, where the fixture would yield other findings, or where it would verify
with the real metadata. Look at a fixture yourself before you share it.`

// sanitizeFlags are the flags of the verb.
type sanitizeFlags struct {
	metadata []string
	keys     []string
	mapFile  string
	output   string
	form     string
	force    bool
	at       string
	profile  string
	format   string
}

func (f *sanitizeFlags) add(set *pflag.FlagSet) {
	set.SortFlags = false
	set.StringArrayVarP(&f.metadata, "metadata", "m", nil, "`FILE` with the metadata that the responses are checked with; repeatable")
	set.StringArrayVar(&f.keys, "key", nil, "`FILE` with a private key (PEM) to decrypt with; what no key opens is replaced by noise; repeatable")
	set.StringVarP(&f.output, "output", "o", "fixture", "`OUT` of one response: OUT.b64, OUT.metadata.xml and OUT.key are written; of several, the folder for them")
	set.StringVar(&f.form, "form", "base64", "what a fixture is written as: `base64|xml`")
	set.StringVar(&f.mapFile, "map", "", "`FILE` that remembers replacements from one run to the next; it is a secret")
	set.BoolVar(&f.force, "force", false, "write a fixture that yields other findings than the capture too")
	set.StringVar(&f.at, "at", "", "compare the findings as of `TIME`: RFC 3339, now, issued, or captured")
	set.StringVar(&f.profile, "profile", "aws", "what the service provider is: `aws|saml`")
	set.StringVar(&f.format, "format", "text", "the form of the list of replacements: `text|json`")
}

func newSanitize(t *tool) *cobra.Command {
	var flags sanitizeFlags
	cmd := &cobra.Command{
		Use:   "sanitize [flags] CAPTURE...",
		Short: "make fixtures of captured responses that are safe to share",
		Long:  sanitizeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("a file with a captured response is expected (or - for standard input), found none")
			}
			return t.sanitize(&flags, cmd.Flags(), args)
		},
	}
	flags.add(cmd.Flags())
	return cmd
}

// A sanitizing is one run of the verb.
type sanitizing struct {
	*checker
	flags    *sanitizeFlags
	maker    *sanitize.Sanitizer
	memory   *sanitize.Map
	mapName  string // where the map is, links followed
	mapText  []byte // as it was read; nil for none
	messages []*saml.Message
	fixtures []*fixtureFile
}

// sanitize makes fixtures of everything that is named. The error is one of
// usage.
func (t *tool) sanitize(f *sanitizeFlags, set *pflag.FlagSet, names []string) error {
	show := showFlags{at: f.at, profile: f.profile, format: f.format, colour: "never", failOn: "error"}
	s, err := show.read(t, set, eachFormats()...)
	if err == nil {
		err = oneOf("form", f.form, "base64", "xml")
	}
	if err == nil {
		err = onceStandardInput(slices.Concat(f.metadata, f.keys, names))
	}
	if err != nil {
		return err
	}
	run := &sanitizing{checker: &checker{tool: t, settings: &settings{shown: *s}}, flags: f}
	if run.prepare() {
		run.readAll(names)
		run.makeAll()
		run.writeAll()
	}
	return nil
}

// prepare reads everything but the captures.
func (r *sanitizing) prepare() bool {
	keys, usable := r.readKeys(r.flags.keys)
	files, good := r.readMetadataFiles()
	if !good || !usable || !r.readMap() {
		return false
	}
	r.options.DecryptionKeys = keys
	options := sanitize.Options{Metadata: files, Map: r.memory, Plain: r.flags.form == "xml",
		Check: claims.Options{Options: saml.Options{Profile: r.profile, DecryptionKeys: keys}}}
	maker, err := within(r.tool, "-", func() (*sanitize.Sanitizer, error) { return sanitize.New(options) })
	if err != nil {
		r.complain("metadata: %s", err)
		return false
	}
	r.maker = maker
	return true
}

// readMetadataFiles reads the files of the metadata, as they are and parsed.
func (r *sanitizing) readMetadataFiles() (files [][]byte, ok bool) {
	var parts []*saml.Metadata
	for _, name := range r.flags.metadata {
		data, err := r.readMetadataFile(name)
		var part *saml.Metadata
		if err == nil {
			part, err = within(r.tool, name, func() (*saml.Metadata, error) { return parseMetadata(name, data) })
		}
		if err != nil {
			r.complainOf(name, "%s", err)
			return nil, false
		}
		files, parts = append(files, data), append(parts, part)
	}
	r.metadata = saml.JoinMetadata(parts...)
	return files, true
}

// readAll reads the captures, and looks at each message before the first of them
// is replaced.
func (r *sanitizing) readAll(names []string) {
	for _, name := range names {
		data, err := r.readMessage(name)
		if err != nil {
			r.complainOf(name, "%s", err)
			continue
		}
		messages, err := within(r.tool, name, func() ([]*saml.Message, error) { return saml.DecodeAll(data), nil })
		if err != nil {
			r.complainOf(name, "%s", err)
			continue
		}
		for _, m := range messages {
			m.Source = name
			r.learn(m)
		}
	}
}

func (r *sanitizing) learn(m *saml.Message) {
	if r.late {
		return
	}
	_, err := within(r.tool, m.Source, func() (struct{}, error) { return struct{}{}, r.maker.Learn(m) })
	if err != nil {
		r.complainOf(m.Source, "%s: %s", render.MessageName(m.Source, m.Index), err)
		return
	}
	r.messages = append(r.messages, m)
}

// makeAll makes the fixtures. One of which there is none does not stop the
// others.
func (r *sanitizing) makeAll() {
	for _, m := range r.messages {
		if r.late {
			return
		}
		name := render.MessageName(m.Source, m.Index)
		made, err := within(r.tool, m.Source, func() (*sanitize.Fixture, error) { return r.fixtureOf(m) })
		if err != nil {
			r.complainOf(m.Source, "%s: %s", name, err)
			continue
		}
		if r.sayLost(name, made); len(made.Lost) == 0 || r.flags.force {
			r.fixtures = append(r.fixtures, &fixtureFile{source: m.Source, index: m.Index, made: made})
		}
	}
}

func (r *sanitizing) fixtureOf(m *saml.Message) (*sanitize.Fixture, error) {
	at, err := r.instant(m)
	if err != nil {
		return nil, err
	}
	return r.maker.Message(m, at)
}

// sayLost tells where the findings differ.
func (r *sanitizing) sayLost(name string, made *sanitize.Fixture) {
	for _, code := range made.Left {
		r.remark("%s: %s speaks of what stood around the message, and the fixture is the message alone", name, code)
	}
	if len(made.Names) > 0 {
		r.remark("%s: names of markup stay as they are; look whether one of them tells whose the capture is: %s", name, namesOfMarkup(made.Names))
	}
	for _, d := range made.Lost {
		r.remark("%s: %s", name, d)
	}
	switch {
	case len(made.Lost) == 0:
	case r.flags.force:
		r.atLeast(statusFail)
	default:
		r.complainOf(name, "%s: the fixture is expected to yield the findings of the capture, it yields others, so it is not written; --force writes it all the same", name)
	}
}

// mostNames is how many names of markup are shown.
const mostNames = 8

func namesOfMarkup(all []string) string {
	shown := make([]string, 0, mostNames)
	for _, n := range all[:min(len(all), mostNames)] {
		shown = append(shown, render.Quote(n))
	}
	if more := len(all) - len(shown); more > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(shown, ", ")
}
