package samltest

import "strings"

const (
	attributes  = "Assertion/AttributeStatement"
	role        = attributes + "/Attribute(Role)"
	roleValue   = role + "/AttributeValue"
	sessionName = attributes + "/Attribute(RoleSessionName)"
	duration    = attributes + "/Attribute(SessionDuration)"
)

// roleFaults are faults of an identity provider in AWS's attribute Role.
func roleFaults() []Mutation {
	return []Mutation{
		{Name: "role-missing", Doc: "there is no Role attribute", edit: dropping(role)},
		{Name: "role-pair-cut", Doc: "the first role pair has lost its provider", edit: rolePair(func(role, _ string) string { return role })},
		{Name: "role-pair-tripled", Doc: "the first role pair has the provider twice", edit: rolePair(func(r, p string) string { return r + "," + p + "," + p })},
		{Name: "role-pair-reversed", Doc: "the first role pair names the provider first", edit: rolePair(func(r, p string) string { return p + "," + r })},
		{Name: "role-pair-blank", Doc: "a blank follows the comma of the first role pair", edit: rolePair(func(r, p string) string { return r + ", " + p })},
		{Name: "role-template", Doc: "the first role pair holds a template that was not filled in", edit: rolePair(func(_, p string) string { return "arn:aws:iam::${accountid}:role/${role}," + p })},
		{Name: "role-group", Doc: "the first role is the object ID of a group", edit: containing(roleValue, "3f0c1e2d-0000-4000-8000-00000000e005")},
		{Name: "role-account-short", Doc: "the account of the first role has five digits", edit: func(d *draft) {
			d.setContent(roleValue, strings.ReplaceAll(d.find(roleValue).Text(), "111122223333", "12345"))
		}},
		{Name: "role-account-other", Doc: "the role of the first pair is in another account than the provider", edit: rolePair(func(r, p string) string {
			return strings.Replace(r, "111122223333", "777788889999", 1) + "," + p
		})},
		{Name: "role-partition-other", Doc: "the role of the first pair is in another partition than the provider", edit: rolePair(func(r, p string) string {
			return strings.Replace(r, "arn:aws:", "arn:aws-cn:", 1) + "," + p
		})},
		{Name: "role-space-in-name", Doc: "the name of the first role has a blank", edit: rolePair(func(r, p string) string { return r + " One," + p })},
		{Name: "role-duplicate", Doc: "the first role pair stands there twice", edit: func(d *draft) { d.after(roleValue, d.raw(roleValue)) }},
		{Name: "role-attribute-repeated", Doc: "each role pair stands in a Role attribute of its own", edit: roleAttributes},
		{Name: "role-name-lowercase", Doc: "the Role attribute is named …/attributes/role", edit: setting(role, "Name", strings.ToLower(awsAttribute+"Role"))},
		{Name: "role-namespace-missing", Doc: "the Role attribute is named Role", edit: setting(role, "Name", "Role")},
		{Name: "role-reserved", Doc: "the first role is one of Identity Center's own", edit: rolePair(func(r, p string) string {
			return r[:strings.LastIndexByte(r, '/')+1] + "AWSReservedSSO_Admin_0123456789abcdef," + p
		})},
	}
}

// sessionFaults are faults in the attributes on the session.
func sessionFaults() []Mutation {
	return []Mutation{
		{Name: "session-name-missing", Doc: "there is no RoleSessionName", edit: dropping(sessionName)},
		{Name: "session-name-blank", Doc: "RoleSessionName has a blank", edit: containing(sessionName+"/AttributeValue", "Dana Fixture")},
		{Name: "session-name-guest", Doc: "RoleSessionName is the user principal name of a guest", edit: containing(sessionName+"/AttributeValue", "dana_example.org#EXT#@example.com")},
		{Name: "session-name-long", Doc: "RoleSessionName has 65 characters", edit: containing(sessionName+"/AttributeValue", strings.Repeat("d", 65))},
		{Name: "session-name-twice", Doc: "RoleSessionName has two values", edit: func(d *draft) {
			v := sessionName + "/AttributeValue"
			d.after(v, strings.Replace(d.raw(v), "dana", "other", 1))
		}},
		{Name: "session-name-lowercase", Doc: "the attribute is named …/RolesessionName", edit: setting(sessionName, "Name", awsAttribute+"RolesessionName")},
		{Name: "session-duration-missing", Doc: "there is no SessionDuration", edit: dropping(duration)},
		{Name: "session-duration-quoted", Doc: "SessionDuration stands in quotes", edit: containing(duration+"/AttributeValue", "&quot;3600&quot;")},
		{Name: "session-duration-long", Doc: "SessionDuration is 43201", edit: containing(duration+"/AttributeValue", "43201")},
		{Name: "session-duration-twice", Doc: "SessionDuration has two values", edit: func(d *draft) {
			v := duration + "/AttributeValue"
			d.after(v, d.raw(v))
		}},
	}
}

// tagFaults are faults in tags and in other attributes.
func tagFaults() []Mutation {
	return []Mutation{
		{Name: "attribute-unknown", Doc: "an attribute below AWS's prefix that AWS does not know", edit: attributeAdded(awsAttribute+"Region", "eu-central-1")},
		{Name: "attribute-duplicate", Doc: "an attribute stands there twice with different values", edit: func(d *draft) {
			attributeAdded("https://example.com/team", "red")(d)
			attributeAdded("https://example.com/team", "blue")(d)
		}},
		{Name: "tag-twice", Doc: "a principal tag has two values", edit: attributeAdded(awsAttribute+"PrincipalTag:Team", "red", "blue")},
		{Name: "tag-reserved", Doc: "the key of a principal tag begins with aws:", edit: attributeAdded(awsAttribute+"PrincipalTag:aws:team", "red")},
		{Name: "tag-malformed", Doc: "the value of a principal tag has a comma", edit: attributeAdded(awsAttribute+"PrincipalTag:Team", "red,blue")},
		{Name: "tag-duplicate", Doc: "the keys of two principal tags differ in case only", edit: func(d *draft) {
			attributeAdded(awsAttribute+"PrincipalTag:Team", "red")(d)
			attributeAdded(awsAttribute+"PrincipalTag:team", "red")(d)
		}},
		{Name: "transitive-key-unknown", Doc: "TransitiveTagKeys names a tag that is not sent", edit: attributeAdded(awsAttribute+"TransitiveTagKeys", "CostCenter")},
		{Name: "source-identity-blank", Doc: "SourceIdentity has a blank", edit: attributeAdded(awsAttribute+"SourceIdentity", "Dana Fixture")},
		{Name: "groups-overage", Doc: "Entra left the groups out and sends a link to them", edit: attributeAdded(
			"http://schemas.microsoft.com/claims/groups.link", "https://graph.windows.net/"+tenant+"/users/0b7a6c55-0000-4000-8000-00000000b002/getMemberObjects")},
	}
}

// rolePair changes the first value of Role.
func rolePair(change func(role, provider string) string) func(*draft) {
	return func(d *draft) {
		r, p, _ := strings.Cut(d.find(roleValue).Text(), ",arn:")
		p = "arn:" + p
		if strings.Contains(r, ":saml-provider/") {
			r, p = p, r
		}
		d.setContent(roleValue, change(r, p))
	}
}

// roleAttributes gives each value of Role an Attribute of its own.
func roleAttributes(d *draft) {
	e := d.find(role)
	var all strings.Builder
	for v := range e.Children() {
		all.WriteString(e.StartTag() + v.Raw() + "</" + e.QName() + ">")
	}
	d.replace(role, all.String())
}

// attributeAdded adds an Attribute in the manner of those that are there.
func attributeAdded(name string, values ...string) func(*draft) {
	return func(d *draft) {
		a, v := tag(d.find(attributes), "Attribute"), tag(d.find(attributes), "AttributeValue")
		markup := "<" + a + ` Name="` + name + `">`
		for _, value := range values {
			markup += "<" + v + ">" + value + "</" + v + ">"
		}
		d.append(attributes, markup+"</"+a+">")
	}
}
