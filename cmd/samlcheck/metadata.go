package main

import (
	"fmt"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
)

const metadataHelp = `Shows what federation metadata says: the identity provider, its endpoints, and the keys that it signs
with, with their fingerprints and dates, and what is wrong with it.`

func newMetadata(t *tool) *cobra.Command {
	var flags showFlags
	cmd := &cobra.Command{
		Use:   "metadata [flags] FILE | -",
		Short: "show the keys and endpoints of federation metadata",
		Long:  metadataHelp,
		Args:  oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := flags.read(t, cmd.Flags(), eachFormats()...)
			if err != nil {
				return err
			}
			if s.at.word != "" {
				return fmt.Errorf("--at: metadata is judged as of a time or now, not %s", s.at.word)
			}
			t.showMetadata(s, args[0])
			return nil
		},
	}
	flags.add(cmd.Flags(), "RFC 3339 or now", eachFormats()...)
	return cmd
}

func (t *tool) showMetadata(s *shown, name string) {
	metadata, ok := t.readMetadata([]string{name})
	if !ok {
		return
	}
	at := s.at.orNow()
	findings, err := within(t, name, func() ([]saml.Finding, error) {
		return saml.CheckMetadata(metadata, saml.Options{Profile: s.profile, Time: at}), nil
	})
	if err != nil {
		t.complainOf(name, "%s", err)
		return
	}
	if reaches(findings, s.failOn) {
		t.atLeast(statusFail)
	}
	object := render.NewMetadata(metadata, findings, at)
	if s.format == "json" {
		t.printJSON(object)
		return
	}
	t.print(render.MetadataText(object, s.style))
}

// readMetadata reads all metadata; nil where none is named. It complains of
// what cannot be used: ok is false then, and no message is to be judged.
func (t *tool) readMetadata(names []string) (m *saml.Metadata, ok bool) {
	var parts []*saml.Metadata
	ok = true
	for _, name := range names {
		data, err := t.readMetadataFile(name)
		var part *saml.Metadata
		if err == nil {
			part, err = within(t, name, func() (*saml.Metadata, error) { return parseMetadata(name, data) })
		}
		if err != nil {
			t.complainOf(name, "%s", err)
			ok = false
		}
		if t.late {
			break
		}
		parts = append(parts, part)
	}
	if !ok {
		return nil, false
	}
	return saml.JoinMetadata(parts...), true
}

func parseMetadata(name string, data []byte) (*saml.Metadata, error) {
	m, err := saml.ParseMetadata(data)
	if err != nil {
		return nil, fmt.Errorf("metadata-unreadable: %s: %w%s", render.SourceName(name), err, meantFor(data))
	}
	m.Source = name
	return m, nil
}
