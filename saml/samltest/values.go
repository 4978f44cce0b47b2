package samltest

import (
	"crypto/sha256"
	"embed"
	"encoding/xml"
	"fmt"
	"math/big"
	"strings"
	"text/template"
	"time"
)

//go:embed templates/*.xml
var templates embed.FS

// values is what a template of a response is filled with.
type values struct {
	Login
	Attributes                                          []Attribute
	ResponseID, AssertionID, SessionIndex               string
	IssueInstant, AuthnInstant                          string
	NotBefore, NotOnOrAfter, ConfirmUntil, SessionUntil string
}

func responseValues(filled Login, h habits) values {
	after := func(d time.Duration) string { return filled.Issued.Add(d).Format("2006-01-02T15:04:05.000Z") }
	seed := filled.seed()
	return values{
		Login: filled, Attributes: filled.attributes(),
		ResponseID: identifier(filled.Product, "response"+seed), AssertionID: identifier(filled.Product, "assertion"+seed),
		SessionIndex: guid("session" + seed), IssueInstant: after(0), AuthnInstant: after(-h.authenticated),
		NotBefore: after(-h.from), NotOnOrAfter: after(h.until), ConfirmUntil: after(h.confirm), SessionUntil: after(h.session),
	}
}

// identifier gives an ID of the product's kind that depends on nothing but the
// seed.
func identifier(p Product, seed string) string {
	switch p {
	case Okta:
		sum := sha256.Sum256([]byte(seed))
		return "id" + new(big.Int).SetBytes(sum[:8]).String()
	case Keycloak:
		return "ID_" + guid(seed)
	}
	return "_" + guid(seed)
}

// guid gives a version 4 GUID in the way of Entra, whose last digits are 00.
func guid(seed string) string {
	h := fmt.Sprintf("%x", sha256.Sum256([]byte(seed)))
	return h[:8] + "-" + h[8:12] + "-4" + h[12:15] + "-8" + h[15:18] + "-" + h[18:28] + "00"
}

// render fills a template. Its lines are joined without their line breaks, as
// every one of the products writes its XML on one line.
func render(name string, data any) (string, error) {
	text, err := templates.ReadFile("templates/" + name)
	if err != nil {
		return "", err
	}
	t, err := template.New(name).Funcs(template.FuncMap{"x": escape, "fold": fold, "keyname": keyName}).
		Parse(strings.ReplaceAll(string(text), "\n", ""))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return "", err
	}
	return b.String(), nil
}

func escape(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}

// fold breaks base64 into lines of 76 characters, as Okta does.
func fold(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	return b.String() + s
}
