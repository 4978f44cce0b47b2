package hostile

import "strings"

// attribute gives an Attribute with the prefix that the product has.
func attribute(p *paper, attributes string, values ...string) string {
	name := p.tag("Assertion", "Attribute")
	var b strings.Builder
	b.WriteString("<" + name + " " + attributes + ">")
	for _, v := range values {
		b.WriteString(p.wrapped("Assertion", "AttributeValue", v))
	}
	b.WriteString("</" + name + ">")
	return b.String()
}

func adding(attributes string, values ...string) func(*paper) {
	return func(p *paper) { p.append(statement, attribute(p, attributes, values...)) }
}

// attributes are attributes that readers read in different ways.
func attributes() []recipe {
	return of("M12", Provider, only("entra", "okta"),
		recipe{name: "name-twice", want: Warned, codes: "attribute-duplicate", issue: doing(adding(`Name="urn:example:uid"`, "a"), adding(`Name="urn:example:uid"`, "b"))},
		recipe{name: "friendly-name-shadows", want: Warned, codes: "attribute-duplicate", issue: doing(adding(`Name="urn:example:uid"`, "a"), adding(`Name="urn:example:other" FriendlyName="urn:example:uid"`, "b"))},
		recipe{name: "friendly-name-is-role", want: Warned, codes: "attribute-duplicate", issue: adding(`Name="urn:example:other" FriendlyName="`+awsAttribute+`Role"`, "attacker")},
		recipe{name: "foreign-statement", want: Warned, codes: "element-foreign", issue: func(p *paper) {
			p.before(statement, `<AttributeStatement xmlns="`+elsewhere+`"><Attribute Name="`+awsAttribute+`Role"><AttributeValue>attacker</AttributeValue></Attribute></AttributeStatement>`)
		}},
		recipe{name: "foreign-attribute", want: Warned, codes: "element-foreign", issue: func(p *paper) {
			p.append(statement, `<Attribute xmlns="`+elsewhere+`" Name="`+awsAttribute+`Role"><AttributeValue>attacker</AttributeValue></Attribute>`)
		}},
		recipe{name: "prefixed-name", want: Warned, codes: "element-foreign", issue: adding(`xmlns:x="`+elsewhere+`" x:Name="`+awsAttribute+`Role" Name="urn:example:other"`, "attacker")},
		recipe{name: "without-name", want: Warned, codes: "schema-violation", issue: adding(`NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"`, "x")},
		recipe{name: "element-in-role", codes: "element-in-value", issue: appending(roles+"/AttributeValue", `<x xmlns="`+elsewhere+`"/>`)},
		recipe{name: "encrypted", want: Warned, codes: "attribute-encrypted", issue: func(p *paper) {
			name := p.tag("Assertion", "EncryptedAttribute")
			p.append(statement, "<"+name+`><EncryptedData xmlns="`+encrypt+`"><CipherData><CipherValue>AAAA</CipherValue></CipherData></EncryptedData></`+name+">")
		}},
		recipe{name: "role-of-other-case", codes: "attribute-name-mismatch", issue: setting(roles, "Name", awsAttribute+"role")},
		recipe{name: "session-name-twice", want: Warned, codes: "session-name-multiple", issue: func(p *paper) {
			p.append(session, p.wrapped("Assertion", "AttributeValue", "other@example.com"))
		}},
		recipe{name: "attribute-added-after-capture", by: Holder, codes: "digest-mismatch", attack: adding(`Name="`+awsAttribute+`PrincipalTag:Admin"`, "attacker")},
		recipe{name: "typed-honest", want: Passes, issue: func(p *paper) {
			p.append(statement, attribute(p, `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" Name="urn:example:n"`, "x"))
			p.append(statement, attribute(p, `Name="urn:example:none"`))
		}},
		recipe{name: "structured-honest", want: Passes, issue: adding(`Name="urn:example:structured"`, `<x xmlns="`+elsewhere+`">y</x>`)},
	)
}

// roleTricks are values of Role that are not what they look like.
func roleTricks() []recipe {
	const role, provider = "arn:aws:iam::111122223333:role/Admin", "arn:aws:iam::111122223333:saml-provider/WAAD"
	named := func(name, codes, value string) recipe {
		return recipe{name: name, codes: codes, issue: rolesAre(value)}
	}
	return of("M13", Provider, nil,
		named("full-width-digits", "role-arn-malformed", "arn:aws:iam::１１１１２２２２３３３３:role/Admin,"+provider),
		named("blank-in-name", "role-arn-malformed", "arn:aws:iam::111122223333:role/Ad min,"+provider),
		named("wildcard", "role-arn-malformed", "arn:aws:iam::111122223333:role/*,"+provider),
		named("wildcard-account", "role-arn-malformed", "arn:aws:iam::*:role/Admin,"+provider),
		named("region", "role-arn-malformed", "arn:aws:iam:us-east-1:111122223333:role/Admin,"+provider),
		named("upper-case", "role-arn-malformed", "ARN:AWS:IAM::111122223333:role/Admin,"+provider),
		named("zero-width", "role-arn-malformed", "arn:aws:iam::111122223333:role/Ad\u200bmin,"+provider),
		named("homoglyph", "role-arn-malformed", "arn:aws:iam::111122223333:role/\u0410dmin,"+provider),
		named("traversal-in-path", "role-arn-malformed", "arn:aws:iam::111122223333:role/../Admin\u202e,"+provider),
		named("short-account", "role-arn-malformed", "arn:aws:iam::11112222333:role/Admin,"+provider),
		named("other-partition", "role-partition-mismatch", "arn:aws-cn:iam::111122223333:role/Admin,"+provider),
		named("other-account", "role-account-mismatch", role+",arn:aws:iam::444455556666:saml-provider/WAAD"),
		named("several-providers", "role-pair-malformed", role+","+provider+",arn:aws:iam::111122223333:saml-provider/Other"),
		named("two-roles", "role-pair-malformed", role+",arn:aws:iam::111122223333:role/Other"),
		named("semicolon", "role-pair-malformed", role+";"+provider),
		named("user-for-role", "role-pair-malformed", "arn:aws:iam::111122223333:user/Admin,"+provider),
		named("template", "role-pair-malformed", "arn:aws:iam::${account}:role/Admin"),
		recipe{name: "reserved", want: Warned, codes: "role-reserved", issue: rolesAre("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef," + provider)},
		recipe{name: "line-break", want: Warned, codes: "role-pair-whitespace", issue: rolesAre("\n" + role + ",\n" + provider + "\n")},
		recipe{name: "duplicate-case", want: Warned, codes: "role-duplicate", issue: rolesAre(role+","+provider, strings.Replace(role, "Admin", "admin", 1)+","+provider)},
		recipe{name: "role-swapped-after-capture", by: Holder, codes: "digest-mismatch", attack: rolesAre("arn:aws:iam::111122223333:role/attacker," + provider)},
		recipe{name: "reversed-honest", want: Passes, codes: "role-pair-reversed", issue: rolesAre(provider + "," + role)},
		recipe{name: "comma-in-name-honest", want: Passes, issue: rolesAre("arn:aws:iam::111122223333:role/Admin,EU," + provider)},
		recipe{name: "long-path-honest", want: Passes, issue: rolesAre("arn:aws:iam::111122223333:role/" + strings.Repeat("team/", 20) + "Admin," + provider)},
	)
}

// rolesAre gives Role these values.
func rolesAre(values ...string) func(*paper) {
	return func(p *paper) {
		var b strings.Builder
		for _, v := range values {
			b.WriteString(p.wrapped("Assertion", "AttributeValue", v))
		}
		p.content(roles, b.String())
	}
}

// texts are names that look like others.
func texts() []recipe {
	confusable := func(name, value string) recipe {
		return recipe{name: name, want: Warned, codes: "text-confusable", issue: containing(nameID, value)}
	}
	return of("M14", Provider, nil,
		confusable("cyrillic-a", "d\u0430na.fixture@example.com"), confusable("greek-o", "dana.fixture@example.c\u03bfm"),
		confusable("decomposed", "dana.fixtu\u0072\u0301e@example.com"), confusable("full-width", "\uff44\uff41\uff4e\uff41@example.com"), confusable("one-full-width", "d\uff41na@example.com"),
		confusable("zero-width", "dana\u200b.fixture@example.com"), confusable("zero-width-joiner", "dana\u200dfixture@example.com"), confusable("soft-hyphen", "dana\u00ad.fixture@example.com"),
		confusable("word-joiner", "dana\u2060.fixture@example.com"), confusable("no-break-space", "dana\u00a0fixture"), confusable("bidi-override", "dana\u202emoc.elpmaxe@"),
		confusable("bidi-isolate", "dana\u2066fixture\u2069@example.com"), confusable("tags", "dana\U000e0061\U000e0064@example.com"), confusable("blank-at-end", "dana.fixture@example.com "),
		confusable("line-break-at-end", "dana.fixture@example.com\n"), confusable("many-marks", "d"+strings.Repeat("\u0323\u0302", 6)+"ana@example.com"), confusable("variation-selector", "dana\ufe0f@example.com"),
		recipe{name: "in-session-name", codes: "session-name-malformed", issue: containing(session+"/AttributeValue", "d\u0430na@example.com")},
		recipe{name: "in-tag", want: Warned, codes: "text-confusable", issue: containing(statement+"/Attribute(PrincipalTag:Team)/AttributeValue", "r\u0435d")},
		recipe{name: "changed-after-capture", by: Holder, codes: "digest-mismatch", attack: containing(nameID, "\u0430ttacker@example.com")},
		recipe{name: "composed-honest", want: Passes, issue: containing(nameID, "j\u00fcrgen.m\u00fcller@example.com")},
		recipe{name: "japanese-honest", want: Passes, issue: containing(nameID, "山田太郎@example.com")},
		recipe{name: "cyrillic-honest", want: Passes, issue: containing(nameID, "Иван.Петров@example.com")},
	)
}
