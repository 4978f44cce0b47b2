package main

import (
	"fmt"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
)

const decodeHelp = `Writes the decoded XML of a captured message to standard output exactly as it was encoded, and to
standard error what was undone. The XML is a credential as long as it is valid. Of a capture with
several messages it is the first one, or that which --message names. The exit status is 1 if there is
none, or if it is not well-formed.`

func newDecode(t *tool) *cobra.Command {
	number := 0
	verb := &cobra.Command{
		Use:   "decode [FILE | -]",
		Short: "write the decoded XML of a captured message",
		Long:  decodeHelp,
		Args:  atMostOne("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("message") && number < 1 {
				return fmt.Errorf("--message: a number from 1 on is expected, found %d", number)
			}
			t.decode(append(args, "-")[0], max(1, number))
			return nil
		},
	}
	verb.Flags().IntVar(&number, "message", 0, "`NUMBER` of the message in the capture, from 1 on")
	return verb
}

func (t *tool) decode(name string, number int) {
	data, err := t.readMessage(name)
	if err != nil {
		t.complain("%s", err)
		return
	}
	d, err := within(t, name, func() (decoded, error) { return decodedOf(name, data, number) })
	if err != nil {
		t.complain("%s", err)
		return
	}
	if d.count > 1 {
		t.remark("message %d of %d in the capture; --message names another", number, d.count)
	}
	for _, step := range d.message.Steps() {
		t.remark("%s", step)
	}
	if d.message.XML() == nil {
		t.atLeast(statusFail)
		t.sayWhyNot(d)
		return
	}
	t.print(t.shown(string(d.message.XML())))
	t.sayWhatBreaks(d)
}

// decoded is a message and what is found in it without metadata.
type decoded struct {
	message  *saml.Message
	count    int // of messages in the capture
	findings []saml.Finding
}

func decodedOf(name string, data []byte, number int) (d decoded, err error) {
	all := saml.DecodeAll(data)
	if number > len(all) {
		return d, fmt.Errorf("--message %d: %s has %s", number, render.SourceName(name), render.Count(len(all), "message"))
	}
	message := all[number-1]
	return decoded{message, len(all), saml.Check(message, nil, saml.Options{SkipWitness: true}).Findings}, nil
}

// shown gives the XML as it is, but to a terminal nothing that acts on it.
func (t *tool) shown(xml string) string {
	if _, ok := t.terminal(); !ok {
		return xml
	}
	safe := render.Document(xml)
	if safe != xml {
		t.remark("standard output is a terminal: what is hidden or would act on it is written as \\u{...}; send the output into a file for the exact bytes")
	}
	return safe
}

// sayWhatBreaks tells where the XML that was written is not whole or no XML, so
// that a pipeline does not take it for the message.
func (t *tool) sayWhatBreaks(d decoded) {
	for _, f := range d.findings {
		switch f.Code {
		case "capture-truncated", "xml-malformed", "encoding-unsupported":
			t.atLeast(statusFail)
			t.remark("%s: %s", f.Code, f.Message)
		}
	}
}

// sayWhyNot tells in the words of the findings why there is no XML.
func (t *tool) sayWhyNot(d decoded) {
	for _, f := range d.findings {
		if f.Stage == saml.StageCapture || f.Stage == saml.StageXML || f.Code == "message-not-response" {
			t.remark("%s: %s", f.Code, f.Message)
		}
	}
	if len(d.findings) == 0 {
		t.remark("%s", fmt.Sprintf("no message can be decoded from %s", render.Quote(d.message.Source)))
	}
}
