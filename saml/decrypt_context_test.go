package saml_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// prefixedAssertion gives an Assertion of Entra, signed or not, with the prefix p, which
// it does not declare.
func prefixedAssertion(t *testing.T, signed bool, changes ...string) string {
	t.Helper()
	names := []string{" xmlns=\"" + assertionSpace + "\"", ""}
	for _, name := range []string{"Assertion", "Issuer", "Subject", "NameID", "SubjectConfirmation", "SubjectConfirmationData", "Conditions", "AudienceRestriction", "Audience",
		"AttributeStatement", "Attribute", "AttributeValue", "AuthnStatement", "AuthnContext", "AuthnContextClassRef"} {
		for _, end := range []string{" ", ">", "/"} {
			names = append(names, "<"+name+end, "<p:"+name+end, "</"+name+end, "</p:"+name+end)
		}
	}
	plain := strings.NewReplacer(names...).Replace(assertionOf(t, issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})))
	plain = strings.NewReplacer(append(changes, "", "")...).Replace(plain)
	if !signed {
		return plain
	}
	in := `<w xmlns:p="` + assertionSpace + `">` + plain + "</w>"
	out := signAs(t, in, idAfter(t, in, "<p:Assertion"))
	return out[strings.Index(out, "<p:Assertion") : strings.LastIndex(out, "</p:Assertion>")+len("</p:Assertion>")]
}

// sealedAs encrypts, and declares the prefix p of the wrapper, if it has it, not
// there.
func sealedAs(t *testing.T, wrapper, plaintext string) string {
	t.Helper()
	return strings.Replace(encrypt(t, wrapper, "", plaintext), " "+declareP, "", 1)
}

// enveloped puts an encrypted part into a Response with these declarations.
func enveloped(t *testing.T, declarations, part string) string {
	t.Helper()
	text := issue(t, samltest.Login{Mutations: []string{"signature-stripped"}})
	text = strings.Replace(text, assertionOf(t, text), part, 1)
	return strings.Replace(text, "<samlp:Response ", "<samlp:Response "+declarations+" ", 1)
}

// signedAround signs a Response over its ciphertext.
func signedAround(t *testing.T, text string) string {
	t.Helper()
	return signAs(t, text, idAfter(t, text, "<samlp:Response"))
}

const (
	declareP   = `xmlns:p="` + assertionSpace + `"`
	rebindP    = `xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"`
	elsewhereP = `xmlns:p="https://attacker.example/"`
	wrapper    = "<EncryptedAssertion "
	wrapperOfP = "<p:EncryptedAssertion "
)

func judgedContext(t *testing.T, name, text string, verified bool, codes ...string) *saml.Report {
	t.Helper()
	r := checkEncrypted(t, text)
	if r.Verified != verified || (r.Assertion != nil) != verified {
		t.Errorf("%s: verified is %v; findings %v", name, r.Verified, codesOf(r.Findings))
	}
	for _, code := range codes {
		if !slices.Contains(codesOf(r.Findings), code) {
			t.Errorf("%s: expected %s, found %v", name, code, codesOf(r.Findings))
		}
	}
	return r
}

// TestContextInsideSignature: a Signature inside proves what the prefixes stand
// for, wherever they are declared.
func TestContextInsideSignature(t *testing.T) {
	sealed := sealedAs(t, "EncryptedAssertion", prefixedAssertion(t, true))
	around := func(declarations, onWrapper string) string {
		return enveloped(t, declarations, strings.Replace(sealed, wrapper, wrapper+onWrapper+" ", 1))
	}
	for name, text := range map[string]string{
		"on the Response":                     around(declareP, ""),
		"on the wrapper":                      around("", declareP),
		"on the wrapper, over the Response's": around(rebindP, declareP),
		"beside what is not used":             around(declareP+` xmlns:q="urn:q" xmlns="urn:other"`, ""),
	} {
		if r := judgedContext(t, name, text, true, "plaintext-context:warning"); r.Verdict != saml.Pass || r.Assertion.NameID().Text == "" {
			t.Errorf("%s: verdict %s, findings %v", name, r.Verdict, codesOf(r.Findings))
		}
	}
	judgedContext(t, "rebound to the protocol", around(rebindP, ""), false, "plaintext-malformed")
	judgedContext(t, "rebound on the wrapper", around(declareP, elsewhereP), false, "plaintext-malformed")
	judgedContext(t, "declared nowhere", around("", ""), false, "plaintext-malformed")
	judgedContext(t, "on EncryptedData, which it replaces", strings.Replace(around("", ""), "<xenc:EncryptedData ", "<xenc:EncryptedData "+declareP+" ", 1), false, "plaintext-malformed")
}

// TestContextChangesWhatWasSigned: what a declaration around changes in what is
// read, the Signature inside does not cover, so it fails.
func TestContextChangesWhatWasSigned(t *testing.T) {
	foreign := prefixedAssertion(t, true, "Dana</p:AttributeValue>", "Dana<x/></p:AttributeValue>")
	around := func(declarations string) string {
		return enveloped(t, declareP+" "+declarations, sealedAs(t, "p:EncryptedAssertion", foreign))
	}
	if r := checkEncrypted(t, around("")); slices.Contains(codesOf(r.Findings), "digest-mismatch") || len(r.Signatures) != 1 || !r.Signatures[0].Verified {
		t.Errorf("nothing is changed, and it does not hold: %v", codesOf(r.Findings))
	}
	judgedContext(t, "a default namespace added", around(`xmlns="`+assertionSpace+`"`), false, "digest-mismatch")
	unsigned := sealedAs(t, "p:EncryptedAssertion", prefixedAssertion(t, false))
	judgedContext(t, "nothing signed", enveloped(t, declareP, unsigned), false, "signature-missing")
}

// TestContextAroundSignature: where the Response's Signature proves what was
// encrypted, the declarations have to stand in the octets that it covers.
func TestContextAroundSignature(t *testing.T) {
	plain := prefixedAssertion(t, false)
	visible := signedAround(t, enveloped(t, declareP, sealedAs(t, "p:EncryptedAssertion", plain)))
	dropped := signedAround(t, enveloped(t, declareP, sealedAs(t, "EncryptedAssertion", plain)))
	undeclared := signedAround(t, enveloped(t, "", sealedAs(t, "EncryptedAssertion", plain)))
	set := func(text, old, new string) string { return strings.Replace(text, old, new, 1) }

	r := judgedContext(t, "covered", visible, true, "plaintext-context:warning")
	if r.Assertion != nil && r.Assertion.NameID().Text == "" {
		t.Error("the NameID is not read")
	}
	judgedContext(t, "moved to the wrapper", set(set(visible, declareP+" ", ""), "<p:EncryptedAssertion", wrapperOfP+declareP), true, "plaintext-context:warning")
	judgedContext(t, "rebound", set(visible, declareP, rebindP), false)
	judgedContext(t, "rebound on the wrapper", set(visible, "<p:EncryptedAssertion", wrapperOfP+elsewhereP), false)

	for name, text := range map[string]string{
		"dropped by exclusive canonicalization": dropped,
		"dropped, and set on the wrapper":       set(dropped, wrapper, wrapper+declareP+" "),
		"added to the Response":                 set(undeclared, "<samlp:Response ", "<samlp:Response "+declareP+" "),
		"added to the wrapper":                  set(undeclared, wrapper, wrapper+declareP+" "),
	} {
		r := judgedContext(t, name, text, false, "plaintext-context")
		if !r.Response.Signed || r.Verdict == saml.Pass || r.Content() == nil {
			t.Errorf("%s: the Response is signed: %v; verdict %s", name, r.Response.Signed, r.Verdict)
		}
	}
}

// TestContextDefaultNamespace: exclusive canonicalization keeps a default
// namespace only where it is used, so that one can be added or taken back on an
// element with a prefix, and the Signature around still holds.
func TestContextDefaultNamespace(t *testing.T) {
	plain := prefixedAssertion(t, false, "Dana</p:AttributeValue>", "Dana<x/></p:AttributeValue>")
	text := signedAround(t, enveloped(t, declareP, sealedAs(t, "p:EncryptedAssertion", plain)))
	for name, declaration := range map[string]string{"added": `xmlns="` + assertionSpace + `"`, "another added": `xmlns="urn:x"`} {
		r := judgedContext(t, name, strings.Replace(text, "<p:EncryptedAssertion", wrapperOfP+declaration, 1), false, "plaintext-context")
		if !r.Response.Signed {
			t.Errorf("%s: the Signature does not hold", name)
		}
	}
	bare := strings.ReplaceAll(strings.ReplaceAll(prefixedAssertion(t, false), "<p:", "<"), "</p:", "</")
	text = signedAround(t, enveloped(t, declareP, sealedAs(t, "p:EncryptedAssertion", bare)))
	judgedContext(t, "a root in no namespace", text, false, "plaintext-malformed")
	r := judgedContext(t, "a root in a namespace that was added", strings.Replace(text, "<p:EncryptedAssertion", wrapperOfP+`xmlns="`+assertionSpace+`"`, 1), false, "plaintext-context")
	if !r.Response.Signed || r.Content() == nil {
		t.Error("the Signature does not hold, or nothing is read")
	}
}

// TestContextOfIdentifier: an identifier inside what is verified is read with
// the declarations that are verified.
func TestContextOfIdentifier(t *testing.T) {
	plain := assertionOf(t, issue(t, samltest.Login{Mutations: []string{"signature-stripped"}}))
	from, to := strings.Index(plain, "<NameID"), strings.Index(plain, "</NameID>")+len("</NameID>")
	with := func(declarations, wrapper string) string {
		assertion := plain[:from] + sealedAs(t, wrapper, "<p:NameID>admin@example.com</p:NameID>") + plain[to:]
		text := enveloped(t, declarations, assertion)
		return signAs(t, text, idAfter(t, text, "<Assertion"))
	}
	for name, c := range map[string]struct{ text, want string }{
		"covered":              {with(declareP, "p:EncryptedID"), "admin@example.com"},
		"on the Response":      {with(declareP, "EncryptedID"), ""},
		"added after signing":  {strings.Replace(with("", "EncryptedID"), "<samlp:Response ", "<samlp:Response "+declareP+" ", 1), ""},
		"added to the wrapper": {strings.Replace(with("", "EncryptedID"), "<EncryptedID", "<EncryptedID "+declareP, 1), ""},
		"declared nowhere":     {with("", "EncryptedID"), ""},
	} {
		r := judgedContext(t, name, c.text, true, "nameid-encrypted:warning")
		if r.Assertion != nil && r.Assertion.NameID().Text != c.want {
			t.Errorf("%s: the NameID is %q", name, r.Assertion.NameID().Text)
		}
	}
}

// TestContextOfTheSecondDocument: what was decrypted is read with what is around
// it in its own document, not with what is around that.
func TestContextOfTheSecondDocument(t *testing.T) {
	inner := prefixedAssertion(t, false)
	from, to := strings.Index(inner, "<p:NameID"), strings.Index(inner, "</p:NameID>")+len("</p:NameID>")
	for prefix, want := range map[string]string{"p": "admin@example.com", "q": ""} {
		id := sealedAs(t, "p:EncryptedID", "<"+prefix+":NameID>admin@example.com</"+prefix+":NameID>")
		sealed := sealedAs(t, "p:EncryptedAssertion", inner[:from]+id+inner[to:])
		text := signedAround(t, enveloped(t, declareP+` xmlns:q="`+assertionSpace+`"`, sealed))
		r := judgedContext(t, prefix, text, true)
		if r.Assertion != nil && r.Assertion.NameID().Text != want {
			t.Errorf("%s: the NameID is %q", prefix, r.Assertion.NameID().Text)
		}
	}
}

// TestContextWantedBySignature: a Signature inside may list a prefix that was
// declared where it was made and that nothing uses; it holds with that alone.
func TestContextWantedBySignature(t *testing.T) {
	key, err := samltest.CurrentKey.Signer(samltest.Entra)
	if err != nil {
		t.Fatal(err)
	}
	in := `<w ` + declareP + ` xmlns:q="urn:q">` + prefixedAssertion(t, false) + "</w>"
	out, err := xmlsig.Sign([]byte(in), idAfter(t, in, "<p:Assertion"), xmlsig.SignOptions{Key: key, PrefixList: "q q p"})
	if err != nil {
		t.Fatal(err)
	}
	signed := string(out)
	signed = signed[strings.Index(signed, "<p:Assertion") : strings.LastIndex(signed, "</p:Assertion>")+len("</p:Assertion>")]
	sealed := sealedAs(t, "EncryptedAssertion", signed)
	judgedContext(t, "listed", enveloped(t, declareP+` xmlns:q="urn:q"`, sealed), true, "plaintext-context:warning")
	judgedContext(t, "listed and rebound", enveloped(t, declareP+` xmlns:q="urn:other"`, sealed), false, "digest-mismatch")
}

// TestContextLentOn: a prefix that is lent only because a Signature inside may
// want it is lent on to what is encrypted inside, so that it has to be covered
// just as one that is used.
func TestContextLentOn(t *testing.T) {
	inner := prefixedAssertion(t, false)
	from, to := strings.Index(inner, "<p:NameID"), strings.Index(inner, "</p:NameID>")+len("</p:NameID>")
	for list, c := range map[string]struct{ name, declaration string }{
		"q":        {"q:NameID", ` xmlns:q="` + assertionSpace + `"`},
		"#default": {"NameID", ` xmlns="` + assertionSpace + `"`},
	} {
		id := sealedAs(t, "p:EncryptedID", "<"+c.name+">admin@example.com</"+c.name+">")
		plain := strings.Replace(inner[:from]+id+inner[to:], "</p:Conditions>",
			`</p:Conditions><p:Advice><c:InclusiveNamespaces xmlns:c="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="`+list+`"/></p:Advice>`, 1)
		text := signedAround(t, enveloped(t, declareP, sealedAs(t, "p:EncryptedAssertion", plain)))
		if r := judgedContext(t, list, text, true); r.Content() == nil || r.Content().NameID().Text != "" {
			t.Errorf("%s: a NameID is read that nothing binds", list)
		}
		added := strings.Replace(text, "<p:EncryptedAssertion", "<p:EncryptedAssertion"+c.declaration, 1)
		if r := judgedContext(t, list+" added", added, false, "plaintext-context"); !r.Response.Signed {
			t.Errorf("%s: the Signature of the Response does not hold", list)
		}
	}
}
