package exponents

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/samlcheck/samlcheck/benchmarks/material"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

const tag = "https://aws.amazon.com/SAML/Attributes/"

// roles is what is offered, and what is wrong with it.
func roles() []Construct {
	offered := func(form string) func(n int) (task, error) {
		return func(n int) (task, error) {
			l := material.Login(0)
			for i := range n {
				l.Roles = append(l.Roles, fmt.Sprintf(form, i))
			}
			return login(l)
		}
	}
	const provider = "arn:aws:iam::111122223333:saml-provider/Entra"
	return []Construct{
		{Name: "roles", n: 300, make: func(n int) (task, error) { return login(material.Login(n)) }},
		{Name: "roles of as many accounts", n: 1200, make: offered("arn:aws:iam::%012d:role/R,arn:aws:iam::%[1]012d:saml-provider/Entra")},
		{Name: "the same role", n: 300, make: offered("arn:aws:iam::111122223333:role/R," + provider + "%.0s")},
		{Name: "roles with a fault each", n: 150, make: offered("arn:aws:iam::111122223333:role/R %d," + provider)},
		{Name: "roles that are no ARN", n: 150, make: offered("role-%d")},
		{Name: "Role attributes of one role each", n: 150, make: containing(counted(`<Attribute Name="` + tag + `Role"><AttributeValue>arn:aws:iam::111122223333:role/R%d,` + provider + `</AttributeValue></Attribute>`))},
		{Name: "Role attributes with a fault each", n: 150, make: containing(counted(`<Attribute Name="` + tag + `Role"><AttributeValue>arn:aws:iam::111122223333:role/R %d,` + provider + `</AttributeValue></Attribute>`))},
		{Name: "tags", n: 150, make: containing(counted(`<Attribute Name="` + tag + `PrincipalTag:k%d"><AttributeValue>v</AttributeValue></Attribute>`))},
		{Name: "tags with a fault each", n: 150, make: containing(counted(`<Attribute Name="` + tag + `PrincipalTag:k%d"><AttributeValue>v*;</AttributeValue></Attribute>`))},
		{Name: "the same tag", n: 150, make: containing(times(`<Attribute Name="` + tag + `PrincipalTag:k"><AttributeValue>v</AttributeValue></Attribute>`))},
		{Name: "the same attribute", n: 150, make: containing(times(value("v")))},
		{Name: "attributes of AWS that there are not", n: 150, make: containing(counted(`<Attribute Name="` + tag + `Own%d"><AttributeValue>v</AttributeValue></Attribute>`))},
		{Name: "roles of an encrypted Assertion", n: 150, make: encrypted},
		{Name: "edited message, roles", n: 150, broken: true, make: mutated("nameid-edited")},
		{Name: "pretty-printed message, roles", n: 150, broken: true, make: mutated("pretty-printed")},
		{Name: "message with carriage returns, roles", n: 150, broken: true, make: mutated("carriage-returns")},
		{Name: "message with an edited SignatureValue, roles", n: 150, broken: true, make: mutated("signature-value-edited")},
	}
}

func mutated(name string) func(n int) (task, error) {
	return func(n int) (task, error) {
		l := material.Login(n)
		l.Mutations = []string{name}
		return login(l)
	}
}

func encrypted(n int) (task, error) {
	l := material.Login(n)
	l.Encrypt = samltest.Encryption{Algorithm: "aes256-gcm"}
	t, err := login(l)
	t.Decrypt = true
	return t, err
}

// statements is what a response may have several of.
func statements() []Construct {
	const confirmation = `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="2026-09-11T10:00:00Z" Recipient="https://app.example.com/"/></SubjectConfirmation>`
	const faulty = `<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotBefore="2026-09-11T12:00:00Z" NotOnOrAfter="2026-09-11T10:00:00+02:00" Recipient=" "/></SubjectConfirmation>`
	const authn = `<AuthnStatement AuthnInstant="2026-09-11T11:00:00Z"><AuthnContext><AuthnContextClassRef>urn:x</AuthnContextClassRef></AuthnContext></AuthnStatement>`
	return []Construct{
		{Name: "audiences", n: 150, make: before("</AudienceRestriction>", counted("<Audience>https://app%d.example.com/</Audience>"))},
		{Name: "audience restrictions", n: 150, make: before("</Conditions>", counted("<AudienceRestriction><Audience>https://app%d.example.com/</Audience></AudienceRestriction>"))},
		{Name: "subject confirmations", n: 150, make: before("</Subject>", times(confirmation))},
		{Name: "subject confirmations with four faults each", n: 150, make: before("</Subject>", times(faulty))},
		{Name: "authentication statements", n: 150, make: before("</Assertion>", times(authn))},
		{Name: "attribute statements", n: 150, make: before("<AuthnStatement ", times("<AttributeStatement>"+value("v")+"</AttributeStatement>"))},
		{Name: "Assertions, one of them signed", n: 100, broken: true, make: before("</samlp:Response>", counted(`<Assertion ID="_o%d" IssueInstant="2026-09-11T11:00:00Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>https://other.example.com/</Issuer></Assertion>`))},
		{Name: "audience restrictions that are met", n: 150, make: before("</Conditions>", times("<AudienceRestriction><Audience>urn:amazon:webservices</Audience></AudienceRestriction>"))},
		{Name: "conditions that are not known", n: 300, make: before("</Conditions>", times(`<Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="own"/>`))},
		{Name: "EncryptedIDs", n: 4000, make: containing(inValue(times("<EncryptedID/>")))},
		{Name: "EncryptedAttributes", n: 500, make: before("</AttributeStatement>", times("<EncryptedAttribute><x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\"><x:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes128-cbc\"/><x:CipherData><x:CipherValue>AAAA</x:CipherValue></x:CipherData></x:EncryptedData></EncryptedAttribute>"))},
		{Name: "status codes in each other", n: 12, make: before("</samlp:Status>", func(n int) string {
			return strings.Repeat(`<samlp:StatusCode Value="urn:x">`, n) + strings.Repeat("</samlp:StatusCode>", n)
		})},
	}
}

// signatures is what a Signature has, up to what is looked at.
func signatures() []Construct {
	repeated := func(start, end string) func(n int) (task, error) {
		return func(n int) (task, error) {
			t, err := login(material.Login(100))
			if err != nil {
				return task{}, err
			}
			head, rest, _ := strings.Cut(string(t.Text), start)
			body, tail, found := strings.Cut(rest, end)
			if !found {
				return task{}, fmt.Errorf("the message has no %s", start)
			}
			return captured([]byte(head + strings.Repeat(start+body+end, n) + tail)), nil
		}
	}
	return []Construct{
		{Name: "Signatures", n: 4, broken: true, make: repeated("<Signature ", "</Signature>")},
		{Name: "Signatures of an Assertion each", n: 4, broken: true, make: repeated("<Assertion ", "</Assertion>")},
		{Name: "Transforms", n: 1, broken: true, make: func(n int) (task, error) {
			t, err := login(material.Login(100))
			if err != nil {
				return task{}, err
			}
			head, rest, _ := strings.Cut(string(t.Text), "<Transform ")
			_, tail, found := strings.Cut(rest, "</Transforms>")
			if !found {
				return task{}, errors.New("the message has no Transforms")
			}
			return captured([]byte(head + strings.Repeat(`<Transform Algorithm="`+xmlsig.EnvelopedSignature+`"/>`, n) + "</Transforms>" + tail)), nil
		}},
		{Name: "Signatures, more than are examined", n: 75, broken: true, over: true, make: repeated("<Signature ", "</Signature>")},
		{Name: "References, more than are digested", n: 300, broken: true, over: true, make: repeated("<Reference ", "</Reference>")},
		{Name: "Transforms, more than are applied", n: 1000, broken: true, over: true, make: repeated("<Transform ", "/>")},
		{Name: "certificates in KeyInfo, more than are read", n: 50, broken: true, over: true, make: repeated("<X509Certificate>", "</X509Certificate>")},
		{Name: "names in a PrefixList, more than are taken", n: 4000, broken: true, over: true, make: edited("</Transform></Transforms>", func(n int) string {
			return `<InclusiveNamespaces xmlns="` + xmlsig.ExclusiveC14N + `" PrefixList="` + strings.Repeat("p ", n) + `"/>`
		})},
		{Name: "Objects in a Signature", n: 300, broken: true, make: edited("</Signature>", times("<Object/>"))},
		{Name: "KeyNames", n: 300, make: edited("</KeyInfo>", counted("<KeyName>key %d</KeyName>"))},
		{Name: "References", n: 4, broken: true, make: repeated("<Reference ", "</Reference>")},
		{Name: "certificates in KeyInfo", n: 2, make: repeated("<X509Certificate>", "</X509Certificate>")},
		{Name: "SignedInfos", n: 4, broken: true, make: repeated("<SignedInfo>", "</SignedInfo>")},
		{Name: "prefixes in PrefixList, declared, 1,000 elements", n: 8, make: func(n int) (task, error) {
			text, err := unsigned(value("<e" + counted(` xmlns:p%d="urn:p"`)(n) + ">" + strings.Repeat("<e/>", 1000) + "</e>"))
			if err != nil {
				return task{}, err
			}
			return signed(text, strings.TrimSpace(counted("p%d ")(n)))
		}},
	}
}

// forms is how a message is captured.
func forms() []Construct {
	as := func(form func(samltest.Response) (string, error)) func(n int) (task, error) {
		return func(n int) (task, error) {
			response, err := material.Login(n).Response()
			if err != nil {
				return task{}, err
			}
			text, err := form(response)
			return captured([]byte(text)), err
		}
	}
	return []Construct{
		{Name: "roles, base64", n: 300, make: as(func(r samltest.Response) (string, error) { return r.Base64(), nil })},
		{Name: "roles, base64 in lines", n: 300, make: as(func(r samltest.Response) (string, error) { return folded(r.Base64()), nil })},
		{Name: "roles, URL-encoded", n: 300, make: as(func(r samltest.Response) (string, error) { return r.URLEncoded(), nil })},
		{Name: "roles, URL-encoded twice", n: 300, make: as(func(r samltest.Response) (string, error) { return url.QueryEscape(r.URLEncoded()), nil })},
		{Name: "roles, form body", n: 300, make: as(func(r samltest.Response) (string, error) { return r.FormBody("state"), nil })},
		{Name: "roles, deflated", n: 300, make: as(samltest.Response.Deflated)},
	}
}

func folded(text string) string {
	var b strings.Builder
	for len(text) > 76 {
		b.WriteString(text[:76] + "\n")
		text = text[76:]
	}
	return b.String() + text
}

// keys is what the metadata lists.
func keys() []Construct {
	listed := func(role, start, end string) func(n int) (task, error) {
		return func(n int) (task, error) {
			t, err := login(material.Login(10))
			if err != nil {
				return task{}, err
			}
			source, err := material.Login(1).Metadata()
			if err != nil {
				return task{}, err
			}
			head, rest, _ := strings.Cut(string(source), role)
			text, rest, found := strings.Cut(rest, start)
			body, tail, closed := strings.Cut(rest, end)
			if !found || !closed {
				return task{}, fmt.Errorf("the metadata has no %s", start)
			}
			t.Metadata = []byte(head + role + text + strings.Repeat(start+body+end, n) + tail)
			return t, nil
		}
	}
	return []Construct{
		{Name: "descriptors of the same key in metadata that is parsed before", n: 50, make: listed("<IDPSSODescriptor", "<KeyDescriptor", "</KeyDescriptor>")},
		{Name: "endpoints in metadata that is parsed before", n: 50, make: listed("<IDPSSODescriptor", "<SingleSignOnService", "/>")},
	}
}
