package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// A mapping is an attribute that AWS turns into a condition key.
//
// Source: IAM User Guide, "Configure SAML assertions for the authentication
// response", table of attributes; names and types as they stand there.
type mapping struct {
	name string // of the attribute
	key  string // in lower case
	list bool   // AWS documents it as a list; else it has one value
	// doubt says why the mapping is not certain; empty where it is.
	doubt string
}

const (
	eduPerson = "urn:oid:1.3.6.1.4.1.5923.1.1.1."
	eduOrg    = "urn:oid:1.3.6.1.4.1.5923.1.2.1."
	soapName  = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"

	doubtGroup = "AWS documents the attribute primarygroupsid for the key uid in one place and a key primaryGroupSID in another"
	doubtName  = "the name of this attribute is written otherwise in AWS's table, by a slip as it seems"
)

var mappings = []mapping{
	{name: eduPerson + "1", key: "saml:edupersonaffiliation", list: true},
	{name: eduPerson + "2", key: "saml:edupersonnickname", list: true},
	{name: eduPerson + "3", key: "saml:edupersonorgdn"},
	{name: eduPerson + "4", key: "saml:edupersonorgunitdn", list: true},
	{name: eduPerson + "5", key: "saml:edupersonprimaryaffiliation"},
	{name: eduPerson + "6", key: "saml:edupersonprincipalname"},
	{name: eduPerson + "7", key: "saml:edupersonentitlement", list: true},
	{name: eduPerson + "8", key: "saml:edupersonprimaryorgunitdn"},
	{name: eduPerson + "9", key: "saml:edupersonscopedaffiliation", list: true},
	{name: eduPerson + "10", key: "saml:edupersontargetedid", list: true},
	{name: eduPerson + "11", key: "saml:edupersonassurance", list: true},
	{name: eduOrg + "2", key: "saml:eduorghomepageuri", list: true},
	{name: eduOrg + "3", key: "saml:eduorgidentityauthnpolicyuri", list: true},
	{name: eduOrg + "4", key: "saml:eduorglegalname", list: true},
	{name: eduOrg + "5", key: "saml:eduorgsuperioruri", list: true},
	{name: eduOrg + "6", key: "saml:eduorgwhitepagesuri", list: true},
	{name: "urn:oid:2.5.4.3", key: "saml:cn", list: true},

	{name: soapName + "name", key: "saml:name"},
	{name: "http://schemas.xmlsoap.org/claims/CommonName", key: "saml:commonname"},
	{name: soapName + "givenname", key: "saml:givenname"},
	{name: soapName + "surname", key: "saml:surname"},
	{name: soapName + "emailaddress", key: "saml:mail"},
	{name: "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", key: "saml:uid", doubt: doubtGroup},
	{name: "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", key: "saml:primarygroupsid", doubt: doubtGroup},

	{name: "2.5.4.3", key: "saml:commonname"},
	{name: "2.5.4.4", key: "saml:surname"},
	{name: "2.4.5.42", key: "saml:givenname"},
	{name: "2.5.4.42", key: "saml:givenname", doubt: doubtName},
	{name: "2.5.4.45", key: "saml:x500uniqueidentifier"},
	{name: "0.9.2342.19200300100.1.1", key: "saml:uid"},
	{name: "0.9.2342.19200300.100.1.1", key: "saml:uid", doubt: doubtName},
	{name: "0.9.2342.19200300100.1.3", key: "saml:mail"},
	{name: "0.9.2342.19200300.100.1.3", key: "saml:mail", doubt: doubtName},
	{name: "0.9.2342.19200300.100.1.45", key: "saml:organizationstatus"},
}

func isAttributeKey(key string) bool {
	return slices.ContainsFunc(mappings, func(m mapping) bool { return m.key == key })
}

// attributesFor gives the names of the attributes that AWS turns into a key.
func attributesFor(key string) []string {
	var out []string
	for _, m := range mappings {
		if m.key == key && m.doubt == "" {
			out = append(out, m.name)
		}
	}
	return out
}

// attributeContext sets the keys of attributes that AWS reads beside its own.
// Where several attributes give one key AWS takes one of them, and does not say
// which.
func attributeContext(c saidContext, attributes []saml.Attribute) {
	byName := map[string][]saml.Attribute{}
	for _, a := range attributes {
		if len(a.Values) > 0 {
			byName[a.Name] = append(byName[a.Name], a)
		}
	}
	for _, m := range mappings {
		for _, a := range byName[m.name] {
			v := m.value(a)
			if first, found := c[m.key]; found && !first.equal(v) {
				v = contextValue{unknown: "several attributes of the response give it, of which AWS takes one and does not say which"}
			}
			c[m.key] = v
		}
	}
}

func (m mapping) value(a saml.Attribute) contextValue {
	v := contextValue{values: texts(a.Values), unknown: m.doubt}
	switch {
	case slices.ContainsFunc(a.Values, saml.Value.Nested):
		v.unknown = "XML elements stand in the attribute " + quote(a.Name)
	case !m.list && len(a.Values) > 1 && v.unknown == "":
		v.unknown = "the attribute " + quote(a.Name) + " has several values, and AWS documents one"
	}
	if v.unknown != "" {
		v.values = nil
	}
	return v
}

func (v contextValue) equal(o contextValue) bool {
	return v.unknown == o.unknown && slices.Equal(v.values, o.values)
}
