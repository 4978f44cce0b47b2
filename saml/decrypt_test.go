package saml_test

import (
	"crypto/rsa"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlenc"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

const assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion"

// privateKey gives the key that encrypted parts are for.
func privateKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	signer, err := samltest.EncryptionKey.Signer(samltest.Entra)
	if err != nil {
		t.Fatal(err)
	}
	return signer.(*rsa.PrivateKey)
}

// encrypt does what everybody can who has the certificate.
func encrypt(t *testing.T, wrapper, algorithm, plaintext string) string {
	t.Helper()
	if algorithm == "" {
		algorithm = xmlenc.AES256GCM
	}
	out, err := xmlenc.Encrypt([]byte(plaintext), xmlenc.EncryptOptions{
		Wrapper: wrapper, Namespace: assertionSpace, Algorithm: algorithm,
		To: []xmlenc.Recipient{{Key: &privateKey(t).PublicKey}}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// assertionOf gives the Assertion of a response of Entra, which stands alone.
func assertionOf(t *testing.T, xml string) string {
	t.Helper()
	from, to := strings.Index(xml, "<Assertion"), strings.LastIndex(xml, "</Assertion>")
	if from < 0 || to < 0 {
		t.Fatal("the response holds no Assertion")
	}
	return xml[from : to+len("</Assertion>")]
}

// checkEncrypted judges with the key, a minute after the issue.
func checkEncrypted(t *testing.T, xml string) *saml.Report {
	t.Helper()
	return saml.Check(saml.Decode([]byte(xml)), metadataOf(t, samltest.Login{}),
		saml.Options{Time: samltest.Instant().Add(time.Minute), DecryptionKeys: []*rsa.PrivateKey{privateKey(t)}})
}

// TestEncryptionIsNoAuthentication: whoever has the public certificate can
// encrypt. Nothing is believed but what a signature of the metadata's key
// covers, inside or around.
func TestEncryptionIsNoAuthentication(t *testing.T) {
	cbc := samltest.Encryption{Algorithm: "aes256-cbc"}
	genuine := issue(t, samltest.Login{})
	sealed := issue(t, samltest.Login{Encrypt: cbc})
	around := issue(t, samltest.Login{Sign: samltest.SignResponse, Encrypt: cbc})
	forged := strings.NewReplacer("dana.fixture@example.com", "admin@example.com").Replace(assertionOf(t, issue(t, samltest.Login{NameID: "admin@example.com", Mutations: []string{"signature-stripped"}})))
	forgedSealed := encrypt(t, "EncryptedAssertion", "", forged)
	attackers := assertionOf(t, issue(t, samltest.Login{NameID: "admin@example.com", Key: samltest.AttackerKey}))
	inside := func(name string) string {
		return issue(t, samltest.Login{Encrypt: samltest.Encryption{Mutations: []string{name}}})
	}
	sealedPart := sealed[strings.Index(sealed, "<EncryptedAssertion"):strings.Index(sealed, "</samlp:Response>")]
	aroundPart := around[strings.Index(around, "<EncryptedAssertion"):strings.Index(around, "</samlp:Response>")]
	with := func(part string) string { return strings.Replace(genuine, assertionOf(t, genuine), part, 1) }

	for name, xml := range map[string]string{"signed inside": sealed, "signed around": around, "rebuilt": with(sealedPart)} {
		if r := checkEncrypted(t, xml); !r.Verified || r.Verdict != saml.Pass {
			t.Errorf("%s: expected to be verified, found %v", name, codesOf(r.Findings))
		}
	}
	for name, c := range map[string]struct{ xml, code string }{
		"unsigned":                                   {with(forgedSealed), "signature-missing"},
		"signed by the attacker":                     {with(encrypt(t, "EncryptedAssertion", "", attackers)), "signature-key-unknown"},
		"taken out of a signed Response":             {with(aroundPart), "signature-missing"},
		"exchanged under the Response's Signature":   {strings.Replace(around, aroundPart, forgedSealed, 1), "digest-mismatch"},
		"beside a plain one":                         {strings.Replace(genuine, "</samlp:Response>", forgedSealed+"</samlp:Response>", 1), "assertion-multiple"},
		"before a plain one":                         {strings.Replace(genuine, "<Assertion", forgedSealed+"<Assertion", 1), "assertion-multiple"},
		"plain beside a sealed one":                  {strings.Replace(sealed, "</samlp:Response>", forged+"</samlp:Response>", 1), "assertion-multiple"},
		"sealed beside a sealed one":                 {strings.Replace(sealed, "</samlp:Response>", forgedSealed+"</samlp:Response>", 1), "assertion-multiple"},
		"a Response inside":                          {with(encrypt(t, "EncryptedAssertion", "", genuine)), "plaintext-malformed"},
		"an EncryptedAssertion inside":               {with(encrypt(t, "EncryptedAssertion", "", sealedPart)), "plaintext-malformed"},
		"two inside":                                 {with(encrypt(t, "EncryptedAssertion", "", forged+assertionOf(t, genuine))), "plaintext-malformed"},
		"a NameID inside":                            {with(encrypt(t, "EncryptedAssertion", "", `<NameID xmlns="`+assertionSpace+`">x</NameID>`)), "plaintext-malformed"},
		"the same ID outside":                        {strings.Replace(sealed, "<samlp:Status>", `<samlp:Extensions><x xmlns="https://example.com/" ID="`+idAfter(t, genuine, "<Assertion")+`"/></samlp:Extensions><samlp:Status>`, 1), "id-duplicate"},
		"wrapping: the genuine inside the forged":    {inside("wrapping-4"), "assertion-misplaced"},
		"wrapping: the Signature of the genuine":     {inside("wrapping-5"), "reference-mismatch"},
		"wrapping: the genuine inside a Signature":   {inside("wrapping-6"), "signature-malformed"},
		"wrapping: the genuine inside an Object":     {inside("wrapping-8"), "signature-malformed"},
		"wrapping: the forged before the genuine":    {inside("wrapping-3"), "assertion-multiple"},
		"edited inside":                              {inside("nameid-edited"), "digest-mismatch"},
		"split inside":                               {inside("comment-inserted"), "comment-in-value"},
		"a comment inside the ciphertext of Entra's": {strings.Replace(around, "<xenc:CipherValue>", "<xenc:CipherValue><!---->", 1), "comment-in-value"},
	} {
		r := checkEncrypted(t, c.xml)
		if r.Verified || r.Assertion != nil || r.Verdict == saml.Pass {
			t.Errorf("%s: verdict %s, verified %v; findings %v", name, r.Verdict, r.Verified, codesOf(r.Findings))
		}
		if !slices.Contains(codesOf(r.Findings), c.code) {
			t.Errorf("%s: expected %s, found %v", name, c.code, codesOf(r.Findings))
		}
	}
}

// TestEncryptedElsewhere: what stands where no assertion belongs is not even
// decrypted.
func TestEncryptedElsewhere(t *testing.T) {
	sealed := issue(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}})
	other := encrypt(t, "EncryptedAssertion", "", assertionOf(t, issue(t, samltest.Login{NameID: "admin@example.com"})))
	r := checkEncrypted(t, strings.Replace(sealed, "<samlp:Status>", "<samlp:Extensions>"+other+"</samlp:Extensions><samlp:Status>", 1))
	if r.Verdict != saml.Fail || !slices.Contains(codesOf(r.Findings), "assertion-misplaced") || len(r.Signatures) != 1 || r.Content().NameID().Text == "admin@example.com" {
		t.Errorf("verdict %s, findings %v, %d signatures", r.Verdict, codesOf(r.Findings), len(r.Signatures))
	}
}

// TestEncryptedKeyOutside: an EncryptedKey that the Response's Signature does
// not cover is not used, so that nobody can exchange it.
func TestEncryptedKeyOutside(t *testing.T) {
	around := issue(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-cbc", Beside: true}})
	from, to := strings.Index(around, "<xenc:EncryptedKey"), strings.Index(around, "</xenc:EncryptedKey>")+len("</xenc:EncryptedKey>")
	if from < 0 || to < from {
		t.Fatal("no EncryptedKey stands beside EncryptedData")
	}
	key := around[from:to]
	if !strings.Contains(key, "xmlns:xenc") {
		key = strings.Replace(key, "<xenc:EncryptedKey", `<xenc:EncryptedKey xmlns:xenc="`+xmlenc.Space+`"`, 1)
	}
	bare := around[:from] + around[to:]
	signed := signAs(t, bare, idAfter(t, bare, "<samlp:Response"))
	envelope := func(header string) string {
		return `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>` + header + "</S:Header><S:Body>" + signed + "</S:Body></S:Envelope>"
	}
	r := checkEncrypted(t, envelope(key))
	if r.Verified || r.Content() != nil || !r.Response.Signed || !slices.Contains(codesOf(r.Findings), "encryption-unsupported") {
		t.Errorf("verified %v; findings %v", r.Verified, codesOf(r.Findings))
	}
}

// TestDecryptionFailuresSayTheSame: what is changed, damaged, encrypted for
// another or no assertion inside is told in the same words where CBC encrypts it,
// whatever step fails.
func TestDecryptionFailuresSayTheSame(t *testing.T) {
	genuine := issue(t, samltest.Login{})
	texts := map[string]string{}
	for name, plaintext := range map[string]string{"binary": "\x00\x01\x02\x03", "no XML": "<a", "cut": assertionOf(t, genuine)[:500], "text": "hello", "DOCTYPE": "<!DOCTYPE a><a/>",
		"well-formed": "<a/>", "a prefix": "<p:a/>", "two": "<a/><b/>", "a Response": genuine} {
		texts[name] = strings.Replace(genuine, assertionOf(t, genuine), encrypt(t, "EncryptedAssertion", xmlenc.Space+"aes256-cbc", plaintext), 1)
	}
	sealed := func(e samltest.Encryption, mutations ...string) string {
		return issue(t, samltest.Login{Encrypt: e, Mutations: mutations})
	}
	texts["changed"] = sealed(samltest.Encryption{Algorithm: "aes256-cbc"}, "ciphertext-changed")
	texts["another key"] = sealed(samltest.Encryption{Algorithm: "aes256-cbc"}, "encrypted-key-changed")
	said := map[string]bool{}
	for name, xml := range texts {
		r := checkEncrypted(t, xml)
		i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == "decryption-failed" })
		if i < 0 || r.Verdict != saml.Unverified {
			t.Errorf("%s: verdict %s, findings %v", name, r.Verdict, codesOf(r.Findings))
			continue
		}
		_, words, _ := strings.Cut(r.Findings[i].Message, ";") // before it stands what everybody sees
		said[words] = true
	}
	if len(said) != 1 {
		t.Errorf("failures are told apart: %v", said)
	}
}

// TestPlacesInsideCiphertext: what is decrypted has the path that it would have
// in its wrapper's place, and stands where the ciphertext does.
func TestPlacesInsideCiphertext(t *testing.T) {
	xml := issue(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes128-gcm"},
		Mutations: []string{"nameid-encrypted-readable", "attribute-encrypted-readable", "confirmation-notbefore", "destination-other"}})
	xml = strings.Replace(xml, "<samlp:Status>", "\n<samlp:Status>", 1)
	r := checkEncrypted(t, xml)
	if !r.Verified {
		t.Fatalf("not verified: %v", codesOf(r.Findings))
	}
	offset := strings.Index(xml, "<xenc:EncryptedData")
	line, column := 2, offset-strings.LastIndex(xml[:offset], "\n")
	const assertion = "/Response/EncryptedAssertion/Assertion"
	id := r.Assertion.NameID()
	roles := r.Assertion.Attributes()[slices.IndexFunc(r.Assertion.Attributes(), func(a saml.Attribute) bool { return strings.HasSuffix(a.Name, "/Role") })]
	for path, place := range map[string]saml.Place{
		assertion: r.Assertion.Place(),
		assertion + "/Subject/EncryptedID/NameID":                                        id.Place(),
		assertion + "/Subject/EncryptedID/NameID/@Format":                                id.Format.Place(),
		assertion + "/AttributeStatement/EncryptedAttribute/Attribute":                   roles.Place(),
		assertion + "/AttributeStatement/EncryptedAttribute/Attribute/AttributeValue[2]": roles.Values[1].Place(),
	} {
		if want := (saml.Place{Path: path, Line: line, Column: column, Offset: offset}); place != want {
			t.Errorf("place %+v, expected %+v", place, want)
		}
	}
	for _, v := range []saml.Value{id.Value, id.Format, roles.Values[1]} {
		if v.Path() != v.Place().Path {
			t.Errorf("path %s, its place is %s", v.Path(), v.Place().Path)
		}
	}
	if i := len(r.Signatures); i != 1 || r.Signatures[0].Path != assertion+"/Signature" || r.Signatures[0].On != "assertion" {
		t.Errorf("signatures %+v", r.Signatures)
	}
	unverified := map[string]bool{"destination-mismatch": true, "confirmation-notbefore": false}
	for _, f := range r.Findings {
		if want, known := unverified[f.Code]; known && f.Unverified != want {
			t.Errorf("%s at %s: unverified is %v", f.Code, f.Path, f.Unverified)
		}
	}
}

// TestEncryptedIdentifierIsVerified: it is as verified as what is around it,
// and without the key nothing else changes.
func TestEncryptedIdentifierIsVerified(t *testing.T) {
	login := samltest.Login{Mutations: []string{"nameid-encrypted-readable", "attribute-encrypted-readable"}}
	xml := issue(t, login)
	r := checkEncrypted(t, xml)
	plain := checkEncrypted(t, issue(t, samltest.Login{}))
	if !r.Verified || r.Assertion.NameID().Text == "" || r.Assertion.NameID().Text != plain.Assertion.NameID().Text {
		t.Fatalf("verified %v, findings %v", r.Verified, codesOf(r.Findings))
	}
	names := func(r *saml.Report) (out []string) {
		for _, a := range r.Assertion.Attributes() {
			out = append(out, a.Name)
		}
		return out
	}
	if !slices.Equal(names(r), names(plain)) {
		t.Errorf("attributes %q, expected those of the plain assertion in their order, %q", names(r), names(plain))
	}
	keyless := saml.Check(saml.Decode([]byte(xml)), metadataOf(t, login), saml.Options{Time: samltest.Instant().Add(time.Minute)})
	if !keyless.Verified || keyless.Assertion.NameID().Present() {
		t.Errorf("without the key: verified %v, NameID %q", keyless.Verified, keyless.Assertion.NameID().Text)
	}
	for what, changed := range map[string]string{
		"another identifier": strings.Replace(xml, xml[strings.Index(xml, "<EncryptedID"):strings.Index(xml, "</EncryptedID>")+len("</EncryptedID>")],
			encrypt(t, "EncryptedID", "", `<NameID xmlns="`+assertionSpace+`">admin@example.com</NameID>`), 1),
	} {
		if r := checkEncrypted(t, changed); r.Verified || r.Verdict != saml.Fail {
			t.Errorf("%s: verdict %s", what, r.Verdict)
		}
	}
}

// TestManyEncryptedParts: each costs work with a private key, so only so many
// are decrypted.
func TestManyEncryptedParts(t *testing.T) {
	part := encrypt(t, "EncryptedAttribute", "", `<Attribute xmlns="`+assertionSpace+`" Name="x"><AttributeValue>1</AttributeValue></Attribute>`)
	xml := strings.Replace(issue(t, samltest.Login{}), "</AttributeStatement>", strings.Repeat(part, 200)+"</AttributeStatement>", 1)
	start := time.Now()
	r := checkEncrypted(t, xml)
	got := 0
	for _, a := range r.Claimed.Attributes() {
		if a.Name == "x" {
			got++
		}
	}
	if got != 32 || !slices.Contains(codesOf(r.Findings), "limit-exceeded") {
		t.Errorf("%d parts are decrypted, findings %v", got, codesOf(r.Findings))
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("it took %s", d)
	}
}

// TestSeveralKeys: each is tried, and the report says which one it was.
func TestSeveralKeys(t *testing.T) {
	other, err := samltest.NextKey.Signer(samltest.Entra)
	if err != nil {
		t.Fatal(err)
	}
	xml := issue(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-cbc", Transport: "rsa-1_5"}})
	keys := []*rsa.PrivateKey{other.(*rsa.PrivateKey), privateKey(t)}
	for range 2 {
		r := saml.Check(saml.Decode([]byte(xml)), metadataOf(t, samltest.Login{}), saml.Options{Time: samltest.Instant().Add(time.Minute), DecryptionKeys: keys})
		last := r.Decode[len(r.Decode)-1]
		if !r.Verified || !strings.HasPrefix(last, "decrypted: /Response/EncryptedAssertion with the key ") {
			t.Errorf("verified %v, steps %s", r.Verified, strconv.Quote(last))
		}
		slices.Reverse(keys)
	}
}
