package samltest

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"net/url"
)

// A Response is the XML of a response as its identity provider sent it, or as
// a mutation left it.
type Response []byte

// Response issues the response of the sign-in. It fails where the Login names
// a product, key, algorithm or mutation that there is not, and where a mutation
// does not find what it changes.
func (l Login) Response() (Response, error) {
	filled, h, err := l.filled()
	if err != nil {
		return nil, err
	}
	muts, err := named(l.Mutations)
	if err != nil {
		return nil, err
	}
	inside, err := named(l.Encrypt.Mutations)
	if err != nil {
		return nil, err
	}
	text, err := render(string(filled.Product)+".xml", responseValues(filled, h))
	if err != nil {
		return nil, err
	}
	d := &draft{text: text, login: filled}
	d.issue(muts, inside)
	return Response(d.text), d.err
}

// issue does what happens to a response, in its order.
func (d *draft) issue(muts, inside []Mutation) {
	for _, m := range muts {
		d.apply(m, BeforeSigning)
	}
	d.signAssertion()
	if d.login.Encrypt.on() {
		for _, m := range inside {
			d.apply(m, m.When)
		}
		d.encrypt()
	}
	d.signResponse()
	for _, m := range muts {
		d.apply(m, AfterSigning)
	}
}

// XML gives the document.
func (r Response) XML() []byte { return bytes.Clone(r) }

// Base64 gives the document as the value of the form field SAMLResponse.
func (r Response) Base64() string { return base64.StdEncoding.EncodeToString(r) }

// FormBody gives the body of the POST that carries the document; an empty
// RelayState is left out.
func (r Response) FormBody(relayState string) string {
	body := "SAMLResponse=" + r.URLEncoded()
	if relayState != "" {
		body += "&RelayState=" + url.QueryEscape(relayState)
	}
	return body
}

// URLEncoded gives the base64 form as it stands in a form body.
func (r Response) URLEncoded() string { return url.QueryEscape(r.Base64()) }

// Deflated gives the document as the HTTP-Redirect binding would carry it,
// which no response may use.
func (r Response) Deflated() (string, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(r); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}
