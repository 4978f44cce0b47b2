package saml

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/samlcheck/samlcheck/internal/capture"
)

// An asked is an AuthnRequest of a test, as it is sent.
type asked struct{ id, issuer, acs, relay string }

// An answer is a Response of a test, as it is sent.
type answer struct{ inResponseTo, confirms, destination, recipient, relay string }

const (
	acs   = "https://sp.example.com/acs"
	other = "https://other.example.com/acs"
)

// traffic writes requests and the response that comes after them, as HTTP.
func traffic(t *testing.T, requests []asked, a answer) []byte {
	t.Helper()
	var b strings.Builder
	for _, r := range requests {
		b.WriteString(redirect(t, fmt.Sprintf(`<AuthnRequest xmlns="%s" ID="%s" AssertionConsumerServiceURL="%s"><Issuer xmlns="%s">%s</Issuer></AuthnRequest>`, nsProtocol, r.id, r.acs, nsAssertion, r.issuer), r.relay))
	}
	attribute := func(name, value string) string {
		if value == "" {
			return ""
		}
		return " " + name + `="` + value + `"`
	}
	xml := fmt.Sprintf(`<Response xmlns="%s" ID="_r" Version="2.0"%s%s><Assertion xmlns="%s" ID="_a" Version="2.0"><Subject><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData%s%s/></SubjectConfirmation></Subject><Conditions><AudienceRestriction><Audience>urn:sp</Audience></AudienceRestriction></Conditions></Assertion></Response>`,
		nsProtocol, attribute("InResponseTo", a.inResponseTo), attribute("Destination", a.destination), nsAssertion, attribute("InResponseTo", a.confirms), attribute("Recipient", a.recipient))
	body := "SAMLResponse=" + url.QueryEscape(encode64(xml))
	if a.relay != "" {
		body += "&RelayState=" + url.QueryEscape(a.relay)
	}
	return []byte(httpRequest(b.String(), body))
}

// A response is held against the request that it answers, and against those of its
// own service provider alone.
func TestRequestRules(t *testing.T) {
	first, second, foreign := asked{"_1", "urn:sp", acs, ""}, asked{"_2", "urn:sp", acs, ""}, asked{"_3", "urn:other", other, ""}
	good := answer{"_1", "_1", acs, acs, ""}
	const (
		unanswered = "request-unanswered: the request %s, the last of %s of this service provider in the capture, is expected to be answered, the response "
		endpoint   = "request-endpoint-mismatch: the request asks for the response at %q, it is made for %q"
		host       = `: the host is "other.example.com" in place of "sp.example.com"`
		relay      = "relay-state-changed: the RelayState %q of the request is expected, "
	)
	with := func(a answer, change func(*answer)) answer { change(&a); return a }
	for _, c := range []struct {
		name     string
		requests []asked
		answer   answer
		want     []string
	}{
		{"answered", []asked{first}, good, nil},
		{"answered, by what the assertion says alone", []asked{first}, with(good, func(a *answer) { a.inResponseTo = "" }), nil},
		{"the earlier one answered", []asked{first, second}, good, nil},
		{"no InResponseTo", []asked{first, second}, with(good, func(a *answer) { a.inResponseTo, a.confirms = "", "" }), []string{fmt.Sprintf(unanswered+"has no InResponseTo", `"_2"`, "2 requests")}},
		{"another one answered", []asked{first}, with(good, func(a *answer) { a.inResponseTo, a.confirms = "_9", "_8" }), []string{fmt.Sprintf(unanswered+`answers "_9"`, `"_1"`, "1 request")}},
		{"another one answered, by what the assertion says alone", []asked{first}, with(good, func(a *answer) { a.inResponseTo, a.confirms = "", "_8" }), []string{fmt.Sprintf(unanswered+`answers "_8"`, `"_1"`, "1 request")}},
		{"only another's request", []asked{foreign}, with(good, func(a *answer) { a.inResponseTo, a.confirms = "", "" }), nil},
		{"another's request too", []asked{first, foreign}, with(good, func(a *answer) { a.inResponseTo, a.confirms = "", "" }), []string{fmt.Sprintf(unanswered+"has no InResponseTo", `"_1"`, "1 request")}},
		{"known by its URL alone", []asked{{"_1", "", "HTTPS://SP.example.com:443/acs", ""}}, with(good, func(a *answer) { a.inResponseTo, a.confirms = "", "" }), []string{fmt.Sprintf(unanswered+"has no InResponseTo", `"_1"`, "1 request")}},
		{"without issuer and URL", []asked{{"_1", "", "", ""}}, with(good, func(a *answer) { a.inResponseTo, a.confirms, a.destination = "", "", "" }), nil},
		{"another URL", []asked{first}, with(good, func(a *answer) { a.destination, a.recipient = other, other }), []string{fmt.Sprintf(endpoint+host, acs, other)}},
		{"another Recipient", []asked{first}, with(good, func(a *answer) { a.recipient = other }), []string{fmt.Sprintf(endpoint+host, acs, other)}},
		{"two other URLs", []asked{first}, with(good, func(a *answer) { a.destination, a.recipient = other, other+"/2" }), []string{fmt.Sprintf(endpoint+host, acs, other), fmt.Sprintf(endpoint, acs, other+"/2")}},
		{"the same URL in other letters", []asked{first}, with(good, func(a *answer) { a.destination = "https://SP.example.com:443/acs" }), nil},
		{"a request without a URL", []asked{{"_1", "urn:sp", "", ""}}, with(good, func(a *answer) { a.destination, a.recipient = other, other }), nil},
		{"the same RelayState", []asked{{"_1", "urn:sp", acs, "a b"}}, with(good, func(a *answer) { a.relay = "a b" }), nil},
		{"another RelayState", []asked{{"_1", "urn:sp", acs, "a b"}}, with(good, func(a *answer) { a.relay = "c" }), []string{fmt.Sprintf(relay+`"c" came with the response`, "a b")}},
		{"no RelayState", []asked{{"_1", "urn:sp", acs, "a b"}}, good, []string{fmt.Sprintf(relay+"none came with the response", "a b")}},
		{"a RelayState of the identity provider's own", []asked{first}, with(good, func(a *answer) { a.relay = "c" }), nil},
	} {
		m := DecodeAll(traffic(t, c.requests, c.answer))
		if len(m) != 1 {
			t.Fatalf("%s: %d messages", c.name, len(m))
		}
		var got []string
		for _, f := range Check(m[0], nil, Options{Profile: ProfileSAML, SkipWitness: true}).Findings {
			if slices.ContainsFunc(requestRules, func(r *rule) bool { return r.Code == f.Code }) {
				got = append(got, f.Code+": "+f.Message)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +found)\n%s", c.name, diff)
		}
	}
}

// What the container tells of a message stands over what is read from the form or
// the URL inside.
func TestContainerTellsBetter(t *testing.T) {
	form := []byte("https://inside.example.com/?RelayState=inside&SAMLResponse=" + url.QueryEscape(encode64(wholeResponse)))
	for _, c := range []struct{ url, relay, wantURL, wantRelay string }{
		{"", "", "https://inside.example.com/", "inside"}, {acs, "outside", acs, "outside"},
	} {
		u := &unpacking{found: &capture.Found{Kind: capture.HTTP}}
		u.take(&capture.Message{Field: capture.Response, Text: form, URL: c.url, RelayState: c.relay})
		m := u.messages[0]
		if m.URL != c.wantURL || m.RelayState() != c.wantRelay {
			t.Errorf("%+v: %q, %q", c, m.URL, m.RelayState())
		}
		r, _, _ := readRequest(&capture.Message{Text: []byte("https://inside.example.com/?RelayState=inside&SAMLRequest=" + url.QueryEscape(encode64(`<AuthnRequest xmlns="`+nsProtocol+`" ID="_1"/>`))), URL: c.url, RelayState: c.relay})
		if r.ID != "_1" || r.RelayState != c.wantRelay {
			t.Errorf("%+v: request %+v", c, r)
		}
	}
}
