package samltest

// subjectFaults are faults of an identity provider in the Subject.
func subjectFaults() []Mutation {
	const (
		subject = "Assertion/Subject"
		nameID  = subject + "/NameID"
		confirm = subject + "/SubjectConfirmation"
		data    = confirm + "/SubjectConfirmationData"
	)
	return []Mutation{
		{Name: "subject-missing", Doc: "there is no Subject", edit: dropping(subject)},
		{Name: "nameid-missing", Doc: "the Subject has no NameID", edit: dropping(nameID)},
		{Name: "nameid-format-missing", Doc: "NameID has no Format", edit: unsetting(nameID, "Format")},
		{Name: "nameid-format-unknown", Doc: "NameID has a Format that SAML does not define", edit: setting(nameID, "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress")},
		{Name: "nameid-empty", Doc: "NameID is empty", edit: containing(nameID, "")},
		{Name: "nameid-cyrillic", Doc: "NameID has a Cyrillic a among Latin letters", edit: containing(nameID, "d\u0430na.fixture@example.com")},
		{Name: "nameid-blank", Doc: "NameID ends in a blank", edit: containing(nameID, user+" ")},
		{Name: "nameid-comment", Doc: "a comment stands in NameID when it is signed", edit: containing(nameID, "admin@example.com<!-- -->.evil.example")},
		{Name: "nameid-cdata", Doc: "NameID is a CDATA section", edit: containing(nameID, "<![CDATA["+user+"]]>")},
		{Name: "confirmation-missing", Doc: "the Subject has no SubjectConfirmation", edit: dropping(confirm)},
		{Name: "confirmation-twice", Doc: "the SubjectConfirmation stands there twice", edit: func(d *draft) { d.after(confirm, d.raw(confirm)) }},
		{Name: "confirmation-vouched", Doc: "the confirmation method is sender-vouches", edit: setting(confirm, "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")},
		{Name: "confirmation-data-missing", Doc: "SubjectConfirmation has no SubjectConfirmationData", edit: dropping(data)},
		{Name: "confirmation-expiry-missing", Doc: "SubjectConfirmationData has no NotOnOrAfter", edit: unsetting(data, "NotOnOrAfter")},
		{Name: "confirmation-notbefore", Doc: "SubjectConfirmationData has a NotBefore", edit: func(d *draft) { d.set(data, "NotBefore", d.at(0)) }},
		{Name: "recipient-missing", Doc: "SubjectConfirmationData has no Recipient", edit: unsetting(data, "Recipient")},
		{Name: "recipient-other", Doc: "Recipient is another service; Destination too", edit: func(d *draft) {
			d.set(data, "Recipient", "https://sp.example.com/acs")
			d.set("", "Destination", "https://sp.example.com/acs")
		}},
	}
}
