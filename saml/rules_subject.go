package saml

import (
	"slices"
	"strings"
)

// The rules on who the subject is.
var subjectRules = slices.Concat(nameRules, confirmationRules, recipientRules)

var nameRules = []*rule{
	{
		Rule: Rule{
			Code: "subject-missing", Stage: StageSubject, Severity: Error,
			Title:       "the assertion has no Subject",
			Explanation: "Subject says whom the assertion is about and who may present it. Every assertion with an authentication or attribute statement needs one, and the Web SSO profile needs a bearer confirmation inside it",
			Fix:         "configure the identity provider to send a Subject with a NameID and a bearer SubjectConfirmation; in ADFS this takes a claim rule that issues Name ID",
			Sources:     []Source{core("2.4.1"), core("2.7.2"), profiles("4.1.4.2"), awsRecorded},
			AWS:         answerStructure(Inferred),
		},
		needs: absenceNeeds, judge: func(f *facts, report func(Fault)) {
			if f.content.subject == nil {
				report(Fault{Place: f.content.Place(), Message: "a child Subject is expected in the Assertion, none is there"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "nameid-missing", Stage: StageSubject, Severity: Error, Varies: "warning under the profile saml",
			Title:       "the Subject has no NameID",
			Explanation: "NameID names the subject. SAML lets a Subject do without where its confirmation is enough; AWS documents that a response needs a NameID, and that without one the call is not authorized, though no recorded answer confirms the words",
			Fix:         "map an attribute to NameID (Name ID, Unique User Identifier): in Entra ID under Attributes & Claims, in ADFS by a claim rule that transforms to Name ID",
			Sources:     []Source{core("2.4.1"), awsTroubleshoot, awsAssertions},
			AWS:         answerDenied(Documented),
		},
		needs: absenceNeeds, judge: judgeNameIDMissing,
	},
	{
		Rule: Rule{
			Code: "nameid-format-missing", Stage: StageSubject, Severity: Error, Profiles: onlyAWS,
			Title:       "the NameID has no Format",
			Explanation: "SAML lets Format be absent and takes it for unspecified. AWS STS was observed to refuse an assertion whose NameID has no Format attribute, with words about base64; any Format passes, even an unknown one",
			Fix:         "choose a Format for the NameID at the identity provider, such as persistent: in Entra ID the Name identifier format, in ADFS the outgoing name ID format, in Keycloak Name ID format with Force name ID format",
			Sources:     []Source{awsRecorded, awsAssertions, core("2.2.2")},
			AWS:         answerStructure(Observed),
		},
		needs: absenceNeeds, judge: func(f *facts, report func(Fault)) {
			if id := f.content.NameID(); id.Present() && !id.Format.Present() {
				report(Fault{Place: id.Place(), Message: "an attribute Format is expected on NameID, there is none"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "nameid-empty", Stage: StageSubject, Severity: Error,
			Title:       "the NameID is empty",
			Explanation: "the NameID holds nothing but white space, so that nobody is named: the attribute that it is taken from has no value for this user. SAML wants at least one character that is no white space in every string",
			Fix:         "fill in the attribute for the user, or take the NameID from one that every user has",
			Sources:     []Source{core("1.3.1"), core("2.2.3")},
			Unsettled:   "STS accepts an empty NameID",
		},
		needs: contentNeeds, judge: func(f *facts, report func(Fault)) {
			if id := f.content.NameID(); id.Present() && blank(id.Text) {
				report(Fault{Place: id.Place(), Message: "a name is expected in NameID, " + quote(id.Text) + " is found"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "nameid-format-unknown", Stage: StageSubject, Severity: Info,
			Title:       "the Format of the NameID is none of SAML's",
			Explanation: "SAML 2.0 defines eight formats; a receiver may not know another one, or treat it as unspecified. Some products write the 1.1 formats emailAddress and unspecified with 2.0, which do not exist. AWS STS was observed to accept any Format",
			Fix:         "choose one of the formats of SAML, where the receiver cares",
			Sources:     []Source{core("8.3"), awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: contentNeeds, judge: judgeNameIDFormat,
	},
	{
		Rule: Rule{
			Code: "authn-statement-missing", Stage: StageSubject, Severity: Error,
			Title:       "the assertion has no AuthnStatement",
			Explanation: "AuthnStatement says when and how the subject signed in. In the Web SSO profile the assertions carry at least one, and AWS STS was observed to refuse an assertion without",
			Fix:         "configure the identity provider to send an AuthnStatement; an assertion that was made for attribute queries or by hand often lacks it",
			Sources:     []Source{profiles("4.1.4.2"), core("2.7.2"), awsRecorded},
			AWS:         answerStructure(Observed),
		},
		needs: absenceNeeds, judge: func(f *facts, report func(Fault)) {
			if len(f.content.authn) == 0 {
				report(Fault{Place: f.content.Place(), Message: "a child AuthnStatement is expected in the Assertion, none is there"})
			}
		},
	},
}

func judgeNameIDMissing(f *facts, report func(Fault)) {
	s := f.content.subject
	if s == nil || s.NameID.Present() || s.Encrypted {
		return
	}
	fault := Fault{Place: s.Place(), Message: "a child NameID is expected in Subject, none is there"}
	if f.profile == ProfileSAML {
		fault.Severity = Warning
	}
	report(fault)
}

// nameFormats are the formats that SAML defines (Core 8.3).
var nameFormats = []string{
	"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
	"urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
	"urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
}

func judgeNameIDFormat(f *facts, report func(Fault)) {
	format := f.content.NameID().Format
	if !format.Present() || slices.Contains(nameFormats, format.Text) {
		return
	}
	message := "one of the eight formats of SAML is expected, " + quote(format.Text) + " is found"
	last := format.Text[strings.LastIndexByte(format.Text, ':')+1:]
	for _, known := range nameFormats {
		if strings.EqualFold(last, known[strings.LastIndexByte(known, ':')+1:]) {
			message += "; " + quote(known) + " may be meant"
			break
		}
	}
	report(Fault{Place: format.Place(), Message: message})
}
