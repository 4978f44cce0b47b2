package floor

import (
	"bytes"
	"errors"
)

// pass is the one pass over a message.
type pass struct {
	xml            []byte
	open           []element
	attributes     []attribute
	sink           *[]byte // where the canonical form goes; nil outside of what is signed
	assertion      []byte
	signedInfo     []byte
	digestValue    []byte
	signatureValue []byte
}

// element is an open element: its name, its default namespace, and the one
// that the canonical form has declared around its content.
type element struct{ name, space, rendered []byte }

type attribute struct{ name, value []byte }

var errShape = errors.New("the message has not the shape that is measured")

func (p *pass) reset(xml []byte) {
	*p = pass{xml: xml, open: p.open[:0], attributes: p.attributes[:0], assertion: p.assertion[:0], signedInfo: p.signedInfo[:0]}
}

func (p *pass) run() error {
	for at := 0; at < len(p.xml); {
		width := bytes.IndexByte(p.xml[at:], '<')
		if width < 0 {
			width = len(p.xml) - at
		}
		if err := p.text(p.xml[at : at+width]); err != nil {
			return err
		}
		if at += width; at == len(p.xml) {
			break
		}
		end := bytes.IndexByte(p.xml[at:], '>')
		if end < 2 {
			return errShape
		}
		if err := p.tag(p.xml[at+1 : at+end]); err != nil {
			return err
		}
		at += end + 1
	}
	if len(p.open) != 0 {
		return errShape
	}
	return nil
}

// text copies character data. What canonicalisation would change is not taken.
func (p *pass) text(text []byte) error {
	if len(p.open) == 0 || len(text) == 0 {
		return nil
	}
	if bytes.IndexByte(text, '&') >= 0 || bytes.IndexByte(text, '\r') >= 0 {
		return errShape
	}
	switch string(p.open[len(p.open)-1].name) {
	case "DigestValue":
		p.digestValue = text
	case "SignatureValue":
		p.signatureValue = text
	}
	p.write(text)
	return nil
}

func (p *pass) tag(tag []byte) error {
	switch tag[0] {
	case '/':
		return p.end(tag[1:])
	case '!', '?':
		return errShape
	}
	tag, empty := bytes.CutSuffix(tag, []byte("/"))
	name, rest := tag, []byte(nil)
	if blank := bytes.IndexByte(tag, ' '); blank >= 0 {
		name, rest = tag[:blank], tag[blank+1:]
	}
	if err := p.start(name, rest); err != nil || !empty {
		return err
	}
	return p.end(name)
}

func (p *pass) start(name, rest []byte) error {
	var e element
	if len(p.open) > 0 {
		e = p.open[len(p.open)-1]
	}
	e.name = name
	switch string(name) {
	case "Assertion":
		p.sink, e.rendered = &p.assertion, nil
	case "Signature":
		p.sink = nil
	case "SignedInfo":
		p.sink, e.rendered = &p.signedInfo, nil
	}
	if err := p.read(rest, &e); err != nil {
		return err
	}
	if p.sink != nil {
		p.render(&e)
	}
	p.open = append(p.open, e)
	return nil
}

// read reads the attributes, those but the default namespace in their order.
func (p *pass) read(rest []byte, e *element) error {
	p.attributes = p.attributes[:0]
	for len(rest) > 0 {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 || equals+1 >= len(rest) || rest[equals+1] != '"' {
			return errShape
		}
		width := bytes.IndexByte(rest[equals+2:], '"')
		if width < 0 {
			return errShape
		}
		a := attribute{rest[:equals], rest[equals+2 : equals+2+width]}
		rest = bytes.TrimPrefix(rest[equals+3+width:], []byte(" "))
		if string(a.name) == "xmlns" {
			e.space = a.value
			continue
		}
		if p.sink != nil && (bytes.IndexByte(a.name, ':') >= 0 || bytes.IndexByte(a.value, '&') >= 0) {
			return errShape
		}
		at := len(p.attributes)
		p.attributes = append(p.attributes, a)
		for ; at > 0 && bytes.Compare(a.name, p.attributes[at-1].name) < 0; at-- {
			p.attributes[at], p.attributes[at-1] = p.attributes[at-1], a
		}
	}
	return nil
}

func (p *pass) render(e *element) {
	p.write([]byte("<"))
	p.write(e.name)
	if !bytes.Equal(e.space, e.rendered) {
		p.writeAttribute(attribute{[]byte("xmlns"), e.space})
		e.rendered = e.space
	}
	for _, a := range p.attributes {
		p.writeAttribute(a)
	}
	p.write([]byte(">"))
}

func (p *pass) writeAttribute(a attribute) {
	p.write([]byte(" "))
	p.write(a.name)
	p.write([]byte(`="`))
	p.write(a.value)
	p.write([]byte(`"`))
}

func (p *pass) end(name []byte) error {
	last := len(p.open) - 1
	if last < 0 || !bytes.Equal(p.open[last].name, name) {
		return errShape
	}
	p.open = p.open[:last]
	if p.sink != nil {
		p.write([]byte("</"))
		p.write(name)
		p.write([]byte(">"))
	}
	switch string(name) {
	case "Signature":
		p.sink = &p.assertion
	case "Assertion", "SignedInfo":
		p.sink = nil
	}
	return nil
}

func (p *pass) write(text []byte) {
	if p.sink != nil {
		*p.sink = append(*p.sink, text...)
	}
}
