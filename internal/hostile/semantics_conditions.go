package hostile

import "strings"

const restriction = "Assertion/Conditions/AudienceRestriction"

// conditions are audiences and conditions that exclude AWS, or that nobody
// understands.
func conditions() []recipe {
	named := func(name, value string) recipe {
		return recipe{name: name, codes: "audience-mismatch", issue: containing(audience, value)}
	}
	return join(
		of("M4", Provider, only("entra", "okta"),
			recipe{name: "no-restriction", codes: "audience-missing", issue: dropping(restriction)},
			recipe{name: "empty-restriction", codes: "audience-missing", issue: dropping(audience)},
			recipe{name: "empty", codes: "audience-mismatch", issue: containing(audience, "")},
			named("other", "https://example.com/"), named("slash", "https://signin.aws.amazon.com/saml/"), named("case", "https://signin.aws.amazon.com/SAML"),
			named("scheme", "http://signin.aws.amazon.com/saml"), named("blank", "https://signin.aws.amazon.com/saml "), named("line-break", "\nhttps://signin.aws.amazon.com/saml\n"),
			named("homoglyph", "https://signin.\u0430ws.amazon.com/saml"), named("percent", "https://signin.aws.amazon.com/%73aml"), named("fragment", "https://signin.aws.amazon.com/saml#2"),
			named("port", "https://signin.aws.amazon.com:443/saml"), named("look-alike-host", "https://signin.aws.amazon.com.evil.example.com/saml"), named("wildcard", "*"), named("spn", "spn:https://signin.aws.amazon.com/saml"),
			recipe{name: "and-of-restrictions", codes: "audience-mismatch", issue: func(p *paper) {
				other := &paper{text: p.text, err: p.err}
				other.content(audience, "https://example.com/")
				p.after(restriction, other.raw(restriction))
			}},
			recipe{name: "added-after-capture", by: Holder, codes: "digest-mismatch", issue: containing(audience, "https://example.com/"), attack: func(p *paper) {
				p.after(audience, p.wrapped("Assertion", "Audience", "https://signin.aws.amazon.com/saml"))
			}},
			recipe{name: "or-of-audiences-honest", want: Passes, issue: func(p *paper) {
				p.before(audience, p.wrapped("Assertion", "Audience", "https://example.com/"))
			}},
			recipe{name: "urn-honest", want: Passes, issue: containing(audience, "urn:amazon:webservices")}),
		of("M5", Provider, only("entra", "okta"),
			recipe{name: "none", codes: "conditions-missing", issue: dropping("Assertion/Conditions")},
			recipe{name: "two", codes: "element-repeated", issue: repeating("Assertion/Conditions")},
			recipe{name: "unknown", codes: "condition-unknown", issue: func(p *paper) {
				p.append("Assertion/Conditions", "<"+p.tag("Assertion", "Condition")+` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="`+elsewhere+`" xsi:type="x:OnlyOnMondays"/>`)
			}},
			recipe{name: "unknown-element", codes: "condition-unknown", issue: appending("Assertion/Conditions", `<x:OnlyOnMondays xmlns:x="`+elsewhere+`"/>`)},
			recipe{name: "two-added-after-capture", by: Holder, codes: "element-repeated", attack: repeating("Assertion/Conditions")},
			recipe{name: "one-time-use-honest", want: Passes, codes: "condition-one-time", issue: func(p *paper) {
				p.append("Assertion/Conditions", "<"+p.tag("Assertion", "OneTimeUse")+"/>")
			}},
			recipe{name: "proxy-restriction-honest", want: Passes, issue: func(p *paper) {
				p.append("Assertion/Conditions", "<"+p.tag("Assertion", "ProxyRestriction")+` Count="0"/>`)
			}},
			recipe{name: "no-limits-honest", want: Passes, issue: doing(unsetting("Assertion/Conditions", "NotBefore"), unsetting("Assertion/Conditions", "NotOnOrAfter"))}),
	)
}

// times are windows that have passed or have not come, and times that are none.
func times() []recipe {
	const conditions = "Assertion/Conditions"
	malformed := func(name, value string) recipe {
		return recipe{name: name, codes: "time-malformed", issue: setting(conditions, "NotOnOrAfter", value)}
	}
	odd := func(name, value string, want Want) recipe {
		return recipe{name: name, want: want, codes: "time-nonstandard", issue: setting(conditions, "NotOnOrAfter", value)}
	}
	return join(
		of("M6", Provider, nil,
			recipe{name: "expired", codes: "assertion-expired", issue: setting(conditions, "NotOnOrAfter", "2026-09-11T10:59:59Z")},
			recipe{name: "expired-this-instant", codes: "assertion-expired", issue: setting(conditions, "NotOnOrAfter", "2026-09-11T11:00:00Z")},
			recipe{name: "early", codes: "assertion-early", issue: setting(conditions, "NotBefore", "2026-09-11T11:30:00Z")},
			recipe{name: "inverted", codes: "lifetime-inverted", issue: doing(setting(conditions, "NotBefore", "2026-09-11T10:59:00Z"), setting(conditions, "NotOnOrAfter", "2026-09-11T10:58:00Z"))},
			recipe{name: "issued-in-future", want: Warned, codes: "issue-instant-future", issue: setting("Assertion", "IssueInstant", "2026-09-11T13:00:00Z")},
			recipe{name: "expired-and-extended", by: Holder, codes: "digest-mismatch", issue: setting(conditions, "NotOnOrAfter", "2026-09-11T10:59:59Z"), attack: setting(conditions, "NotOnOrAfter", "2036-09-11T10:59:59Z")},
			malformed("second-60", "2026-09-11T11:59:60Z"), malformed("second-61", "2026-09-11T11:59:61Z"), malformed("day-32", "2026-09-32T11:59:00Z"), malformed("february-30", "2027-02-30T11:59:00Z"),
			malformed("year-10000", "10000-01-01T00:00:00Z"), malformed("year-overflow", "99999999999999999999-01-01T00:00:00Z"), malformed("negative-year", "-2026-09-11T11:59:00Z"),
			malformed("blank-inside", "2026-09-11 11:59:00Z"), malformed("lower-case", "2026-09-11t11:59:00z"), malformed("date-alone", "2026-09-12"), malformed("epoch", "1789124400"),
			malformed("empty", ""), malformed("word", "attacker"), malformed("full-width", "２０２６-09-11T11:59:00Z"), malformed("huge-fraction", "2026-09-11T11:59:00."+strings.Repeat("0", 100)+"Z"),
			malformed("offset-wild", "2026-09-11T11:59:00+25:00"), malformed("hour-25", "2026-09-11T25:00:00Z"),
			odd("no-zone", "2026-09-11T12:00:00", Warned), odd("offset", "2026-09-11T14:00:00+02:00", Warned),
			odd("nanoseconds-honest", "2026-09-11T12:00:00.123456789Z", Passes), odd("hour-24-honest", "2026-09-11T24:00:00Z", Passes),
			recipe{name: "milliseconds-honest", want: Passes, issue: setting(conditions, "NotOnOrAfter", "2026-09-11T12:00:00.000Z")}),
		of("M15", Provider, nil,
			recipe{name: "session-over", codes: "assertion-expired", issue: setting("Assertion/AuthnStatement", "SessionNotOnOrAfter", "2026-09-11T10:30:00Z")},
			recipe{name: "no-statement", codes: "authn-statement-missing", issue: dropping("Assertion/AuthnStatement")},
			recipe{name: "no-context", want: Warned, codes: "schema-violation", issue: dropping("Assertion/AuthnStatement/AuthnContext")},
			recipe{name: "session-malformed", codes: "time-malformed", issue: setting("Assertion/AuthnStatement", "SessionNotOnOrAfter", "never")},
			recipe{name: "extended-after-capture", by: Holder, codes: "digest-mismatch", attack: setting("Assertion/AuthnStatement", "SessionNotOnOrAfter", "2036-09-11T10:30:00Z")},
			recipe{name: "session-short-honest", want: Passes, codes: "session-capped", issue: setting("Assertion/AuthnStatement", "SessionNotOnOrAfter", "2026-09-11T11:30:00Z")},
			recipe{name: "locality-honest", want: Passes, issue: func(p *paper) {
				p.prepend("Assertion/AuthnStatement", "<"+p.tag("Assertion", "SubjectLocality")+` Address="192.0.2.7"/>`)
			}}),
	)
}

// issuers are assertions of another than the one whose metadata is given.
func issuers() []recipe {
	named := func(name, value string) recipe {
		return recipe{name: name, codes: "issuer-mismatch", issue: doing(containing("Assertion/Issuer", value), containing("Issuer", value))}
	}
	const tenant = "https://sts.windows.net/5f0c1e2d-0000-4000-8000-00000000a001/"
	return of("M9", Provider, nil,
		named("other-tenant", "https://sts.windows.net/5f0c1e2d-0000-4000-8000-00000000b999/"), named("slash", strings.TrimSuffix(tenant, "/")),
		named("case", strings.Replace(tenant, "windows", "Windows", 1)), named("scheme", strings.Replace(tenant, "https", "http", 1)),
		named("blank", tenant+" "), named("homoglyph", strings.Replace(tenant, "windows", "wind\u043ews", 1)),
		recipe{name: "absent", codes: "issuer-missing", issue: dropping("Assertion/Issuer")},
		recipe{name: "two", codes: "element-repeated", issue: repeating("Assertion/Issuer")},
		recipe{name: "format", want: Warned, codes: "issuer-format", issue: setting("Assertion/Issuer", "Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")},
		recipe{name: "response-differs", want: Warned, codes: "response-issuer-mismatch", issue: containing("Issuer", "https://example.com/")},
		recipe{name: "signed-by-other-of-aggregate", codes: "signature-key-unknown", shapes: only("okta"), issue: containing(nameID, "attacker@example.com"), metadata: func(m *paper) {
			genuine := &paper{text: m.text} // the Issuer is one entity, the key is another's
			genuine.set("", "entityID", "https://attacker.example.com/")
			m.replace(metadataDescriptor, descriptor(m, "next"))
			m.text = `<md:EntitiesDescriptor xmlns:md="` + metadataSpace + `">` + m.root().Raw() + genuine.root().Raw() + "</md:EntitiesDescriptor>"
		}},
		recipe{name: "entity-of-aggregate-honest", want: Passes, shapes: only("okta"), metadata: func(m *paper) {
			other := &paper{text: m.text}
			other.set("", "entityID", "https://example.com/")
			other.replace(metadataDescriptor, descriptor(m, "next"))
			m.text = `<md:EntitiesDescriptor xmlns:md="` + metadataSpace + `">` + other.root().Raw() + m.root().Raw() + "</md:EntitiesDescriptor>"
		}},
		recipe{name: "format-entity-honest", want: Passes, issue: setting("Assertion/Issuer", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity")},
	)
}
