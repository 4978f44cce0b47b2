package hostile

import (
	"fmt"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// A recipe makes a document in each of its shapes. The steps that are given are
// done in their order; what comes before attack is done with the identity
// provider's key, attack and what follows without it.
type recipe struct {
	class, name string
	by          Maker
	want        Want
	codes       string  // names of findings
	shapes      []shape // nil: Entra, the Assertion signed

	unsigned bool                      // nothing is signed
	issue    func(*paper)              // edits before signing
	tune     func(*xmlsig.SignOptions) // how it is signed
	envelop  func(*paper)              // edits after the Assertion is signed and before the Response is
	info     func(*paper)              // edits after signing; every SignedInfo is signed anew
	attack   func(*paper)              // edits of the captured response
	post     func(text string) []byte  // what is posted; nil: the text as it is

	metadata   func(*paper) // edits of the metadata
	noMetadata bool
	decrypt    bool
	request    string
	after      time.Duration
}

// of gives recipes their class, and what most of them have in common.
func of(class string, by Maker, shapes []shape, all ...recipe) []recipe {
	for i := range all {
		r := &all[i]
		r.class = class
		if r.by == "" {
			r.by = by
		}
		if r.shapes == nil {
			r.shapes = shapes
		}
		if r.want == "" {
			r.want = Refused
		}
	}
	return all
}

// join makes one list of the recipes of several classes.
func join(parts ...[]recipe) []recipe {
	var out []recipe
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func (r recipe) documents(l *lab) ([]Document, error) {
	shapes := r.shapes
	if shapes == nil {
		shapes = []shape{{}}
	}
	var out []Document
	for _, s := range shapes {
		d, err := r.document(l, s)
		if err != nil {
			return nil, fmt.Errorf("%s %s of %s: %w", r.class, r.name, s, err)
		}
		out = append(out, d)
	}
	return out, nil
}

func (r recipe) document(l *lab, s shape) (Document, error) {
	d := Document{
		Name: r.class + "." + r.name + "." + s.String(), Class: r.class, By: r.by, Want: r.want, Codes: codes(r.codes),
		Encrypted: r.envelop != nil, Decrypt: r.decrypt, Request: r.request, After: r.after,
	}
	caught, err := r.capture(l, s)
	if err != nil {
		return d, err
	}
	d.Caught = caught.values
	p := &paper{text: caught.response}
	if r.attack != nil {
		r.attack(p)
	}
	d.Text = []byte(p.text)
	if r.post != nil {
		d.Text = r.post(p.text)
	}
	if p.err == nil && !r.noMetadata {
		d.Metadata, p.err = r.metadataOf(l, s)
	}
	return d, p.err
}

// A captured is what somebody has who caught a response.
type captured struct {
	response string
	values   []string // the base64 of its signatures, without blanks
}

// capture lets the identity provider issue a response.
func (r recipe) capture(l *lab, s shape) (captured, error) {
	plain := r.issue == nil && r.tune == nil && r.envelop == nil && r.info == nil
	switch {
	case r.unsigned:
		text, err := l.unsigned(s)
		p := &paper{text: text, err: err}
		if r.issue != nil {
			r.issue(p)
		}
		return captured{response: p.text}, p.err
	case plain:
		text, err := l.signed(s)
		return captured{text, signatureValues(text)}, err
	}
	text, err := l.unsigned(s)
	p := &paper{text: text, err: err}
	if r.issue != nil {
		r.issue(p)
	}
	r.sign(p, s)
	return captured{p.text, signatureValues(p.text)}, p.err
}

func (r recipe) metadataOf(l *lab, s shape) ([]byte, error) {
	text, err := l.metadata(s)
	if r.metadata == nil || err != nil {
		return text, err
	}
	p := &paper{text: string(text)}
	r.metadata(p)
	return []byte(p.text), p.err
}
