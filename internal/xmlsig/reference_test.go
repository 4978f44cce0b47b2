package xmlsig

import (
	"crypto/elliptic"
	"slices"
	"strings"
	"testing"
	"time"
)

// The forms of a Reference that XML-DSig knows and SAML does not: valid, as
// xmlsec1 says too, and refused by the gate.
func TestReferenceForms(t *testing.T) {
	needXmlsec1(t)
	id := newIdentity(t, rsaSigner())
	for _, c := range []struct{ name, uri, code string }{
		{"empty", "", "reference-mismatch"},
		{"absent", "absent", "reference-mismatch"},
		{"the root", "#xpointer(/)", "reference-mismatch"},
		{"an XPointer to an ID", "#xpointer(id('_r'))", "reference-mismatch"},
		{"an XPointer in double quotes", `#xpointer(id("_r"))`, "reference-mismatch"},
	} {
		for _, a := range []string{ExclusiveC14N, ExclusiveC14NWithComments, C14N10, C14N10WithComments, C14N11WithComments} {
			for _, document := range []string{message, twisted} {
				o := id.options()
				o.URI, o.NoURI, o.Transforms = &c.uri, c.uri == "absent", []string{EnvelopedSignature, a}
				if o.NoURI {
					o.URI = new(string)
				}
				xml := signTest(t, document, "_r", o)
				if !xmlsecVerifies(t, xml, id) {
					t.Errorf("%s, %s: xmlsec1 does not verify", c.name, a)
				}
				s := examineOne(t, xml, []Key{id.key}, Options{})
				if !s.Valid || s.Verified != nil || s.Witness != NotAsked || !slices.Contains(codes(s, false), c.code) {
					t.Errorf("%s, %s: valid %v, verified %v, %v: %s", c.name, a, s.Valid, s.Verified != nil, codes(s, false), s.Explanation)
				}
			}
		}
	}
}

// xmlsec1 says no where the content was changed: the checks above can fail.
func TestXmlsec1Refuses(t *testing.T) {
	needXmlsec1(t)
	id := newIdentity(t, rsaSigner())
	xml := signTest(t, message, "_a", id.options())
	if xmlsecVerifies(t, strings.Replace(xml, "alice", "mallory", 1), id) || xmlsecVerifies(t, xml, newIdentity(t, otherSigner())) {
		t.Error("xmlsec1 verifies what was changed, or with another key")
	}
}

func TestIdentifiers(t *testing.T) {
	doc := parseTest(t, `<r ID="a"><Assertion AssertionID="b"/><Response ResponseID="c"/><Request RequestID="d"/><e AssertionID="n" Id="n" id="n"/>`+
		`<Object xmlns="`+Space+`" Id="e"/><EncryptedData xmlns="`+spaceXMLEn+`" Id="f"/><x xml:id="g"/><x ID=""/><x ID="h"/><y ID="h"/><z ID="h"/></r>`)
	ids, twice := identifiers(doc)
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		if !ids[id].Present() {
			t.Errorf("%s is no ID", id)
		}
	}
	if len(ids) != 8 || ids["h"].Present() || !slices.Equal(twice, []string{"h"}) {
		t.Errorf("ids %v, twice %v", ids, twice)
	}
}

// A Signature that lies around or beside what it refers to.
func TestUnusualPlaces(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	empty := examineOne(t, `<Signature xmlns="`+Space+`"/>`, []Key{id.key}, Options{})
	if empty.State != Malformed || !slices.Contains(codes(empty, false), "signature-misplaced") {
		t.Errorf("a Signature as the root: %s %v", empty.State, codes(empty, false))
	}
	enveloping := `<samlp:Response xmlns:samlp="` + spaceSAMLP + `" ID="_r">` + SignOptions{Key: id.signer, KeyInfo: StyleNone}.defaulted().signature("_o", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "")
	enveloping = resign(t, strings.Replace(enveloping, "</Signature>", `<Object Id="_o">x</Object></Signature></samlp:Response>`, 1), id)
	s := examineOne(t, enveloping, []Key{id.key}, Options{})
	if !s.Valid || s.Verified != nil || !slices.Contains(codes(s, false), "signature-malformed") {
		t.Errorf("an Object that its own transform takes out: valid %v, %v", s.Valid, codes(s, false))
	}
	metadata := signTest(t, `<md:EntityDescriptor xmlns:md="`+spaceMD+`" ID="_m" entityID="https://idp.example.com/"></md:EntityDescriptor>`, "_m", id.options())
	m := examineOne(t, metadata, []Key{id.key}, Options{})
	if !m.Valid || m.Verified != nil || len(m.Faults) != 0 {
		t.Errorf("metadata: valid %v, verified %v, %v", m.Valid, m.Verified != nil, m.Faults)
	}
}

func TestManySignatures(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	one := `<Signature xmlns="` + Space + `"/>`
	doc := parseTest(t, `<r>`+strings.Repeat(one, MaxSignatures+3)+`</r>`)
	if n := Count(doc); n != MaxSignatures+3 {
		t.Errorf("%d Signatures are counted", n)
	}
	if got := Examine(doc, []Key{id.key}, Options{}); len(got) != MaxSignatures {
		t.Errorf("%d are examined", len(got))
	}
	if got := Examine(doc, nil, Options{Signatures: 2}); len(got) != 2 {
		t.Errorf("%d are examined, want 2", len(got))
	}
	if got := Examine(parseTest(t, "<r/>"), nil, Options{}); got != nil {
		t.Errorf("%d in a document without", len(got))
	}
}

// What an inclusive canonical form takes over from the elements around it
// counts too: values of xml:base are joined with each other, and a small element
// can be referred to over and over.
func TestInheritanceIsBounded(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	o := id.options()
	o.Canonicalization, o.Transforms = C14N11, []string{C14N11}
	reference := func(n int) string {
		signed := signTest(t, message, "_a", o)
		one := cut(t, signed, "<Reference", "</Reference>")
		return strings.Replace(cut(t, signed, "<Signature", "</Signature>"), one, strings.Repeat(one, n), 1)
	}
	inside := func(bases string) string {
		const depth = 50
		xml := strings.Repeat("<x xml:base='"+bases+"'>", depth) + `<y ID="_a"/>` + strings.Repeat(reference(MaxReferences), MaxSignatures) + strings.Repeat("</x>", depth)
		return `<samlp:Response xmlns:samlp="` + spaceSAMLP + `" ID="_r">` + xml + `</samlp:Response>`
	}
	for bases, wanted := range map[string]struct {
		state State // of SignedInfo
		all   bool  // everything is digested
	}{"a/": {Broken, true}, strings.Repeat("a/", 4000): {Unsupported, false}} {
		start := time.Now()
		for i, s := range Examine(parseTest(t, inside(bases)), []Key{id.key}, Options{}) {
			if s.State != wanted.state || (s.References[0].Computed != nil) != wanted.all {
				t.Errorf("xml:base of %d bytes, Signature %d: %s (%s), digested %t", len(bases), i, s.State, s.Reason, s.References[0].Computed != nil)
			}
		}
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("xml:base of %d bytes: %v", len(bases), d)
		}
	}
}

// What a document can make us do is bounded: References that cover it over and
// over are cut off, and what is said of one Signature is, too.
func TestBoundedWork(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	signed := signTest(t, message, "_r", id.options())
	reference := cut(t, signed, "<Reference", "</Reference>")
	signature := strings.Replace(cut(t, signed, "<Signature", "</Signature>"), reference, strings.Repeat(reference, MaxReferences), 1)
	xml := rewrite(t, message, "</Issuer>", "</Issuer><e>"+strings.Repeat("x", 200_000)+"</e>"+strings.Repeat(signature, MaxSignatures))
	cutOff, digested := 0, 0
	for _, s := range Examine(parseTest(t, xml), []Key{id.key}, Options{}) {
		for _, r := range s.References {
			if r.Computed != nil {
				digested++
			} else if strings.Contains(r.Reason, "more often than is digested") {
				cutOff++
			}
		}
	}
	if digested == 0 || digested > 30 || cutOff+digested != MaxReferences*MaxSignatures {
		t.Errorf("%d digested, %d cut off", digested, cutOff)
	}
	noisy := rewrite(t, signed, "<KeyInfo>", "<KeyInfo>"+strings.Repeat(`<RetrievalMethod URI="u"/>`, 300))
	if s := examineOne(t, noisy, []Key{id.key}, Options{}); len(s.Faults) != mostFaults || s.Verified == nil {
		t.Errorf("%d faults, verified %v", len(s.Faults), s.Verified != nil)
	}
	broken := rewrite(t, noisy, "<SignatureMethod", strings.Repeat("<x/>", 300)+"<SignatureMethod")
	if s := examineOne(t, broken, []Key{id.key}, Options{}); len(s.Faults) > 2*mostFaults || !s.Refused() || s.Verified != nil {
		t.Errorf("%d faults, refused %v", len(s.Faults), s.Refused())
	}
}

func TestSignFails(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	with := func(change func(*SignOptions)) SignOptions {
		o := id.options()
		change(&o)
		return o
	}
	for name, err := range map[string]error{
		"method":     second(Sign([]byte(message), "_a", with(func(o *SignOptions) { o.SignatureMethod = "none" }))),
		"digest":     second(Sign([]byte(message), "_a", with(func(o *SignOptions) { o.DigestMethod = "none" }))),
		"c14n":       second(Sign([]byte(message), "_a", with(func(o *SignOptions) { o.Canonicalization = "none" }))),
		"transform":  second(Sign([]byte(message), "_a", with(func(o *SignOptions) { o.Transforms = []string{"none"} }))),
		"no XML":     second(Sign([]byte("<"), "_a", id.options())),
		"no ID":      second(Sign([]byte(message), "_x", id.options())),
		"empty tag":  second(Sign([]byte(`<a ID="_a"/>`), "_a", id.options())),
		"no key":     second(Sign([]byte(message), "_a", SignOptions{})),
		"prefix":     second(Sign([]byte(message), "_a", with(func(o *SignOptions) { o.Prefix = "1" }))),
		"reference":  second(Sign([]byte(message), "_a", with(func(o *SignOptions) { o.URI = new(string); *o.URI = "#_x" }))),
		"namespaces": second(Sign([]byte(`<a ID="_a" xmlns:n="1"></a>`), "_a", id.options())),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// RSA PKCS#1 v1.5 signs the same way each time.
func TestSignIsDeterministic(t *testing.T) {
	id := newIdentity(t, rsaSigner())
	once := signTest(t, message, "_a", id.options())
	if again := signTest(t, message, "_a", id.options()); again != once {
		t.Error("two Signatures differ")
	}
	ec := newIdentity(t, ecSigner(t, elliptic.P256()))
	both := signTest(t, signTest(t, message, "_a", ec.options()), "_r", id.options())
	got := Examine(parseTest(t, both), []Key{ec.key, id.key}, Options{})
	if len(got) != 2 || got[0].Verified == nil || got[1].Verified == nil || got[0].Witness != Agrees || got[1].Witness != CannotJudge {
		t.Errorf("both levels: %+v", got)
	}
	if e := got[1].Verified.Element(); !e.Is(spaceSAML, "Assertion") {
		t.Errorf("the second covers %s", e.QName())
	}
}
