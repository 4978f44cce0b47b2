package xmlsig

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

// cut gives what stands in xml from the first start up to the end after it.
func cut(t testing.TB, xml, start, end string) string {
	t.Helper()
	i := strings.Index(xml, start)
	if i < 0 {
		t.Fatalf("%q is not in the document", start)
	}
	j := strings.Index(xml[i:], end)
	if j < 0 {
		t.Fatalf("%q is not in the document", end)
	}
	return xml[i : i+j+len(end)]
}

// resign gives the first Signature a SignatureValue over its SignedInfo as it
// stands now: what only a careless identity provider can do.
func resign(t testing.TB, xml string, id identity) string {
	t.Helper()
	doc := parseTest(t, xml)
	x := &examination{doc: doc}
	for e := range doc.Elements() {
		if !ds(e, "Signature") {
			continue
		}
		s := x.parse(e)
		method, ok := signingOf(s.Method)
		if !ok {
			method, _ = signingOf(spaceMore + "rsa-sha256")
		}
		algorithm := s.Canonicalization
		if _, ok := methodOf(algorithm); !ok {
			algorithm = ExclusiveC14N
		}
		o := id.options()
		o.Canonicalization = algorithm
		value, err := o.value(s, method)
		if err != nil {
			t.Fatal(err)
		}
		v := s.SignatureValue
		return xml[:v.Offset()] + `<SignatureValue xmlns="` + Space + `">` + o.base64(value) + "</SignatureValue>" + xml[v.End():]
	}
	t.Fatal("no Signature")
	return ""
}

func codes(s *Signature, remarks bool) []string {
	var out []string
	for _, f := range s.Faults {
		if f.Remark == remarks && !slices.Contains(out, f.Code) {
			out = append(out, f.Code)
		}
	}
	return out
}

// genuine is a message whose Assertion, or whole, is signed, and its parts.
type genuine struct {
	id              identity
	xml             string // the signed message
	signature       string
	assertion, bare string // the signed Assertion, with and without its Signature
	forged          string // an Assertion of another subject and ID, unsigned
	response, whole string // a signed Response; the same without its Signature
	outer           string // its Signature
}

func newGenuine(t testing.TB) genuine {
	g := genuine{id: newIdentity(t, rsaSigner())}
	g.xml = signTest(t, message, "_a", g.id.options())
	g.signature = cut(t, g.xml, "<Signature", "</Signature>")
	g.assertion = cut(t, g.xml, "<Assertion", "</Assertion>")
	g.bare = strings.Replace(g.assertion, g.signature, "", 1)
	g.forged = strings.NewReplacer(`ID="_a"`, `ID="_e"`, "alice@", "mallory@").Replace(g.bare)
	g.response = signTest(t, message, "_r", g.id.options())
	g.outer = cut(t, g.response, "<Signature", "</Signature>")
	g.whole = strings.Replace(g.response, g.outer, "", 1)
	return g
}

// swap replaces one part of the signed message by another.
func (g genuine) swap(t testing.TB, old, replacement string) string {
	return rewrite(t, g.xml, old, replacement)
}

func (g genuine) into(t testing.TB, assertion string) string {
	return g.swap(t, g.assertion, assertion)
}

// Signature wrapping (W1 to W20): moved, copied and decoy Signatures.
func TestGateRefusesWrapping(t *testing.T) {
	g := newGenuine(t)
	samlp := ` xmlns:samlp="` + spaceSAMLP + `"`
	evilWhole := strings.NewReplacer(`ID="_r"`, `ID="_x"`, `ID="_a"`, `ID="_y"`, "alice@", "mallory@").Replace(g.whole)
	wrap := func(inner string) string { return "<Object>" + inner + "</Object>" }
	for _, c := range []struct{ name, xml, code string }{
		{"W1 genuine Response inside the Signature of a forged one", rewrite(t, evilWhole, "</Issuer>", "</Issuer>"+strings.Replace(g.outer, "</Signature>", wrap(g.whole)+"</Signature>", 1)), "signature-malformed"},
		{"W2 genuine Response beside its Signature in a forged one", rewrite(t, evilWhole, "</Issuer>", "</Issuer>"+g.whole+g.outer), "reference-mismatch"},
		{"W3 forged Assertion before the genuine", g.into(t, g.forged+g.assertion), ""},
		{"W4 forged Assertion around the genuine", g.into(t, strings.Replace(g.forged, "</Assertion>", g.assertion+"</Assertion>", 1)), ""},
		{"W5 forged Assertion with the copied Signature, the genuine after it", g.into(t, strings.Replace(g.forged, "</Issuer>", "</Issuer>"+g.signature, 1)+g.bare), "reference-mismatch"},
		{"W6 genuine Assertion inside the Signature of the forged", g.into(t, strings.Replace(g.forged, "</Issuer>", "</Issuer>"+strings.Replace(g.signature, "</Signature>", g.bare+"</Signature>", 1), 1)), "signature-malformed"},
		{"W7 the same ID in Extensions", g.into(t, "<samlp:Extensions>"+strings.Replace(g.forged, `"_e"`, `"_a"`, 1)+"</samlp:Extensions>"+g.assertion), "id-duplicate"},
		{"W8 genuine Assertion in an Object, forged keeps the ID", g.into(t, strings.Replace(strings.Replace(g.forged, `"_e"`, `"_a"`, 1), "</Issuer>", "</Issuer>"+strings.Replace(g.signature, "</Signature>", wrap(g.bare)+"</Signature>", 1), 1)), "id-duplicate"},
		{"W9 a second SignedInfo", g.swap(t, "</SignedInfo>", "</SignedInfo><SignedInfo/>"), "signature-malformed"},
		{"W10 forged after genuine with the same ID", g.into(t, g.assertion+strings.Replace(g.forged, `"_e"`, `"_a"`, 1)), "id-duplicate"},
		{"W11 signed Assertion hidden in Extensions", g.into(t, "<samlp:Extensions>"+g.assertion+"</samlp:Extensions>"+g.forged), ""},
		{"W12 Signature on the Response that covers an Assertion", rewrite(t, g.into(t, g.forged), "</Issuer>", "</Issuer>"+strings.Replace(g.signature, "</Signature>", wrap(g.bare)+"</Signature>", 1)), "reference-mismatch"},
		{"W13 Signature beside the Assertion", g.into(t, g.signature+g.bare), "reference-mismatch"},
		{"W14 a decoy second Signature", g.swap(t, g.signature, g.signature+g.signature), "signature-multiple"},
		{"W15 a signed LogoutResponse", signTest(t, strings.ReplaceAll(message, "samlp:Response", "samlp:LogoutResponse"), "_r", g.id.options()), "not believed"},
		{"W15 a signed LogoutResponse in Extensions", g.into(t, "<samlp:Extensions>"+signTest(t, `<samlp:LogoutResponse`+samlp+` ID="_l"></samlp:LogoutResponse>`, "_l", g.id.options())+"</samlp:Extensions>"+g.forged), "not believed"},
		{"W16 Signature inside Subject", g.into(t, strings.Replace(g.bare, "<Subject>", "<Subject>"+g.signature, 1)), "signature-misplaced"},
		{"W17 Signature splits a NameID", g.into(t, strings.Replace(g.bare, "alice@", "alice@"+g.signature, 1)), "signature-misplaced"},
		{"W18 an Object with an ID", g.swap(t, "</Signature>", `<Object ID="_o">x</Object></Signature>`), "signature-malformed"},
		{"W19 the signed ID under a prefix", g.into(t, strings.Replace(g.assertion, `ID="_a"`, `saml:ID="_a" ID="_e" xmlns:saml="`+spaceSAML+`"`, 1)), "reference-mismatch"},
		{"W19 an xml:id of the same value", g.into(t, strings.Replace(g.forged, `ID="_e"`, `ID="_e" xml:id="_a"`, 1)+g.assertion), "id-duplicate"},
		{"W20 a twin of SignedInfo in another namespace", g.swap(t, "<SignedInfo>", `<SignedInfo xmlns="urn:x"/><SignedInfo>`), "signature-malformed"},
		{"W24 an unsigned prefix that is bound anew", g.swap(t, "<samlp:Status>", `<samlp:Status><y:x xmlns:y="`+spaceSAML+`"/>`), ""},
	} {
		t.Run(c.name, func(t *testing.T) { g.judge(t, c.xml, c.code) })
	}
}

// judge examines a document: where a code is wanted some Signature must be
// refused with it and none be verified; else what is verified must be genuine.
func (g genuine) judge(t *testing.T, xml, code string) []*Signature {
	t.Helper()
	got := Examine(parseTest(t, xml), []Key{g.id.key}, Options{})
	if len(got) == 0 {
		t.Fatal("no Signature is found")
	}
	found, verified := false, false
	for _, s := range got {
		found = found || slices.Contains(codes(s, false), code)
		if s.Verified == nil {
			continue
		}
		verified = true
		if strings.Contains(string(s.Verified.Octets()), "mallory") {
			t.Errorf("a forged subject is verified:\n%s", s.Verified.Octets())
		}
	}
	switch {
	case code == "" && !verified:
		t.Errorf("nothing is verified: %s %+v", got[0].Explanation, got[0].Faults)
	case code != "" && verified:
		t.Errorf("a Signature is verified")
	case code != "" && code != "not believed" && !found:
		t.Errorf("no refusal %s, but %+v", code, got[0].Faults)
	}
	return got
}

// Void canonicalization and comments (W21, W25, W26).
func TestGateRefusesTricksWithOctets(t *testing.T) {
	g := newGenuine(t)
	nothing := sha256.Sum256(nil)
	digest := cut(t, g.xml, "<DigestValue>", "</DigestValue>")
	void := "<DigestValue>" + base64.StdEncoding.EncodeToString(nothing[:]) + "</DigestValue>"
	for _, c := range []struct{ name, xml, code string }{
		{"W21 a relative namespace name", g.swap(t, "<samlp:Status>", `<samlp:Status><n:e xmlns:n="1"/>`), "namespace-relative"},
		{"W21 the digest of nothing", resign(t, g.swap(t, digest, void), g.id), "signature-malformed"},
		{"W25 a comment in NameID, whose digest stays", g.swap(t, "alice@example.com", "alice@example.com<!---->.evil.example"), "not believed"},
		{"W26 an instruction in NameID", g.swap(t, "alice@", "<?p not-an-?>alice@"), "not believed"},
	} {
		t.Run(c.name, func(t *testing.T) { g.judge(t, c.xml, c.code) })
	}
	t.Run("W25 a comment alone leaves the octets as they were", func(t *testing.T) {
		got := g.judge(t, g.swap(t, "alice@", "alice@<!--x-->"), "")
		if !strings.Contains(string(got[0].Verified.Octets()), ">alice@example.com<") {
			t.Errorf("octets %s", got[0].Verified.Octets())
		}
	})
}

// The structure of the Signature (S1 to S13), most of it signed by the
// identity provider itself.
func TestGateRefusesMalformedSignatures(t *testing.T) {
	g := newGenuine(t)
	signed := func(old, replacement string) string { return resign(t, g.swap(t, old, replacement), g.id) }
	signedInfo := cut(t, g.xml, "<SignedInfo>", "</SignedInfo>")
	reference := cut(t, g.xml, "<Reference", "</Reference>")
	digest := strings.TrimSuffix(strings.TrimPrefix(cut(t, g.xml, "<DigestValue>", "</DigestValue>"), "<DigestValue>"), "</DigestValue>")
	value := cut(t, g.xml, "<SignatureValue>", "</SignatureValue>")
	exc := `<Transform Algorithm="` + ExclusiveC14N + `"></Transform>`
	uri := func(u string) string { return signed(`URI="#_a"`, u) }
	method := `<SignatureMethod Algorithm="` + spaceMore + `rsa-sha256">`
	for _, c := range []struct{ name, xml, code string }{
		{"S1 a forged SignedInfo first", g.swap(t, signedInfo, strings.Replace(signedInfo, digest, base64.StdEncoding.EncodeToString(make([]byte, 32)), 1)+signedInfo), "signature-malformed"},
		{"S1 a SignedInfo in an Object", g.swap(t, "</Signature>", "<Object>"+signedInfo+"</Object></Signature>"), "signature-malformed"},
		{"S2 a comment in DigestValue", g.swap(t, "<DigestValue>", "<DigestValue><!--AAAA-->"), "comment-in-value"},
		{"S2 an instruction in DigestValue", signed("<DigestValue>", "<DigestValue><?AAAA?>"), "instruction-in-value"},
		{"S2 an element in DigestValue", signed("<DigestValue>", "<DigestValue><DigestValue/>"), "element-in-value"},
		{"a comment in SignatureValue", g.swap(t, "<SignatureValue>", "<SignatureValue><!--AAAA-->"), "comment-in-value"},
		{"a comment in SignedInfo", g.swap(t, "<SignedInfo>", "<SignedInfo><!--c-->"), "signature-malformed"},
		{"an instruction in SignedInfo", signed("<SignedInfo>", "<SignedInfo><?p?>"), "signature-malformed"},
		{"text in SignedInfo", signed("<SignedInfo>", "<SignedInfo>text"), "signature-malformed"},
		{"a foreign element in SignedInfo", signed(method, method+`<x xmlns="urn:x"/>`), "signature-malformed"},
		{"a prefixed attribute in SignedInfo", signed(method, strings.Replace(method, " ", ` x:Algorithm="none" xmlns:x="urn:x" `, 1)), "signature-malformed"},
		{"a comment in Signature", g.swap(t, "<SignedInfo>", "<!--c--><SignedInfo>"), "signature-malformed"},
		{"an instruction in Signature", g.swap(t, "<SignatureValue>", "<?p?><SignatureValue>"), "signature-malformed"},
		{"text in Signature", g.swap(t, "<SignatureValue>", "text<SignatureValue>"), "signature-malformed"},
		{"S3 two SignatureValues", g.swap(t, value, value+value), "signature-malformed"},
		{"S3 two CanonicalizationMethods", signed("<SignatureMethod", `<CanonicalizationMethod Algorithm="`+C14N10+`"/><SignatureMethod`), "signature-malformed"},
		{"S3 two DigestValues", signed("<DigestValue>", "<DigestValue>AAAA</DigestValue><DigestValue>"), "signature-malformed"},
		{"S4 no Reference", signed(reference, ""), "reference-missing"},
		{"S4 two References", signed(reference, reference+reference), "reference-multiple"},
		{"S4 a Reference to another element first", signed(reference, strings.Replace(reference, "#_a", "#_r", 1)+reference), "reference-multiple"},
		{"S5 an empty URI", uri(`URI=""`), "reference-mismatch"},
		{"S5 no URI", uri(``), "reference-mismatch"},
		{"S5 only a #", uri(`URI="#"`), "reference-mismatch"},
		{"S5 no #", uri(`URI="x_a"`), "reference-external"},
		{"S5 http", uri(`URI="http://idp.example.com/a"`), "reference-external"},
		{"S5 an XPointer to the ID", uri(`URI="#xpointer(id('_a'))"`), "reference-mismatch"},
		{"S5 an XPointer to the root", uri(`URI="#xpointer(/)"`), "reference-mismatch"},
		{"S5 another XPointer", uri(`URI="#xpointer(//*)"`), "reference-mismatch"},
		{"S5 the Response", uri(`URI="#_r"`), "reference-mismatch"},
		{"S6 no SignedInfo", g.swap(t, signedInfo, ""), "signature-malformed"},
		{"S6 no SignatureValue", g.swap(t, value, ""), "signature-malformed"},
		{"S6 an empty Signature", g.swap(t, g.signature, `<Signature xmlns="`+Space+`"/>`), "signature-malformed"},
		{"S7 XSLT", signed(exc, `<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>`), "transform-unsupported"},
		{"S7 XPath", signed(exc, `<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>`), "transform-unsupported"},
		{"S7 twice enveloped", signed(exc, `<Transform Algorithm="`+EnvelopedSignature+`"/>`+exc), "transform-unsupported"},
		{"S7 wrong order", signed(exc, exc+`<Transform Algorithm="`+EnvelopedSignature+`"/>`), "transform-unsupported"},
		{"S7 two canonicalizations", signed(exc, exc+exc), "transform-unsupported"},
		{"S7 five transforms", signed(exc, strings.Repeat(exc, 4)), "limit-exceeded"},
		{"S7 an empty Transforms", signed(cut(t, g.xml, "<Transforms>", "</Transforms>"), "<Transforms/>"), "signature-malformed"},
		{"many References", signed(reference, strings.Repeat(reference, MaxReferences+1)), "limit-exceeded"},
		{"a long PrefixList", signed(exc, `<Transform Algorithm="`+ExclusiveC14N+`"><InclusiveNamespaces xmlns="`+ExclusiveC14N+`" PrefixList="`+strings.Repeat("p ", MaxPrefixes+1)+`"/></Transform>`), "limit-exceeded"},
		{"a long PrefixList in CanonicalizationMethod", g.swap(t, `<CanonicalizationMethod Algorithm="`+ExclusiveC14N+`">`, `<CanonicalizationMethod Algorithm="`+ExclusiveC14N+`"><InclusiveNamespaces xmlns="`+ExclusiveC14N+`" PrefixList="`+strings.Repeat("p ", MaxPrefixes+1)+`"/>`), "limit-exceeded"},
		{"an unknown canonicalization", signed(`<CanonicalizationMethod Algorithm="`+ExclusiveC14N, `<CanonicalizationMethod Algorithm="urn:x`), "canonicalization-unsupported"},
		{"S10 garbage in base64", g.swap(t, "<SignatureValue>", "<SignatureValue>*"), "signature-malformed"},
		{"S10 garbage in DigestValue", signed("<DigestValue>", "<DigestValue>*"), "signature-malformed"},
		{"K8 HMAC", signed(spaceMore+"rsa-sha256", Space+"hmac-sha1"), "algorithm-unsupported"},
		{"K9 none", signed(spaceMore+"rsa-sha256", "none"), "algorithm-unsupported"},
		{"K9 empty", signed(spaceMore+"rsa-sha256", ""), "algorithm-unsupported"},
		{"K9 padded", signed(spaceMore+"rsa-sha256", spaceMore+"rsa-sha256 "), "algorithm-unsupported"},
		{"K10 MD5 signature", signed(spaceMore+"rsa-sha256", spaceMore+"rsa-md5"), "algorithm-unsupported"},
		{"K10 MD5 digest", signed(spaceXMLEn+"sha256", spaceMore+"md5"), "algorithm-unsupported"},
		{"an unknown digest", signed(spaceXMLEn+"sha256", ""), "algorithm-unsupported"},
		{"K11 DSA", signed(spaceMore+"rsa-sha256", Space+"dsa-sha1"), "algorithm-unsupported"},
		{"K11 ECDSA named, RSA key", signed(spaceMore+"rsa-sha256", spaceMore+"ecdsa-sha256"), "not believed"},
		{"many certificates", g.swap(t, "<X509Data>", "<X509Data>"+strings.Repeat("<X509Certificate>AAAA</X509Certificate>", MaxCertificates)), "limit-exceeded"},
	} {
		t.Run(c.name, func(t *testing.T) { g.judge(t, c.xml, c.code) })
	}
}

// What the gate accepts with a remark.
func TestGateRemarks(t *testing.T) {
	g := newGenuine(t)
	sign := func(xml, id string, change func(*SignOptions)) string {
		o := g.id.options()
		change(&o)
		return signTest(t, xml, id, o)
	}
	late := rewrite(t, rewrite(t, g.xml, g.signature, ""), "</Subject>", "</Subject>"+g.signature)
	nobody := sign(rewrite(t, message, cut(t, message, "<Issuer>", "</Issuer>"), ""), "_a", func(*SignOptions) {})
	sig := cut(t, nobody, "<Signature", "</Signature>")
	lateNobody := rewrite(t, rewrite(t, nobody, sig, ""), "</Subject>", "</Subject>"+sig)
	stray := func(name string) string {
		text := strings.TrimSuffix(cut(t, g.xml, "<"+name+">", "</"+name+">"), "</"+name+">")
		i := strings.IndexByte(text, '=')
		const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		return text[:i-1] + string(alphabet[strings.IndexByte(alphabet, text[i-1])+1]) + text[i:]
	}
	old := func(name string) string {
		return strings.TrimSuffix(cut(t, g.xml, "<"+name+">", "</"+name+">"), "</"+name+">")
	}
	for _, c := range []struct {
		name, xml string
		codes     []string
	}{
		{"nothing", g.xml, nil},
		{"Signature after Subject", late, []string{"signature-misplaced"}},
		{"Signature first, no Issuer", nobody, nil},
		{"Signature after Subject, no Issuer", lateNobody, []string{"signature-misplaced"}},
		{"inclusive", sign(message, "_a", func(o *SignOptions) {
			o.Canonicalization, o.Transforms = C14N10, []string{EnvelopedSignature, C14N11}
		}), []string{"canonicalization-nonstandard", "transform-nonstandard"}},
		{"enveloped only", sign(message, "_a", func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature} }), []string{"transform-nonstandard"}},
		{"WithComments, no comment", sign(message, "_a", func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, ExclusiveC14NWithComments} }), []string{"transform-nonstandard"}},
		{"WithComments and a comment", sign(rewrite(t, message, "<Subject>", "<!--c--><Subject>"), "_a", func(o *SignOptions) { o.Transforms = []string{EnvelopedSignature, ExclusiveC14NWithComments} }), []string{"transform-nonstandard", "comment-signed"}},
		{"SHA-1", sign(message, "_a", func(o *SignOptions) { o.SignatureMethod, o.DigestMethod = Space+"rsa-sha1", Space+"sha1" }), []string{"algorithm-weak"}},
		{"S10 unused bits in SignatureValue", rewrite(t, g.xml, old("SignatureValue"), stray("SignatureValue")), []string{"base64-unused-bits"}},
		{"S10 unused bits in DigestValue", resign(t, g.swap(t, old("DigestValue"), stray("DigestValue")), g.id), []string{"base64-unused-bits"}},
		{"K6 another certificate in KeyInfo", sign(message, "_a", func(o *SignOptions) { o.Certificates = [][]byte{newIdentity(t, otherSigner()).der, g.id.der} }), []string{"keyinfo-mismatch"}},
		{"K3 the same key in another certificate", sign(message, "_a", func(o *SignOptions) { o.Certificates = [][]byte{newIdentity(t, rsaSigner()).der} }), nil},
		{"a broken certificate in KeyInfo", sign(message, "_a", func(o *SignOptions) { o.Certificates = [][]byte{{1, 2, 3}} }), []string{"keyinfo-malformed"}},
		{"an empty certificate in KeyInfo", rewrite(t, g.xml, cut(t, g.xml, "<X509Certificate>", "</X509Certificate>"), "<X509Certificate/>"), []string{"keyinfo-malformed"}},
		{"a certificate in KeyInfo that is no base64", rewrite(t, g.xml, "<X509Certificate>", "<X509Certificate>-----BEGIN"), []string{"keyinfo-malformed"}},
		{"a comment in the certificate of KeyInfo", rewrite(t, g.xml, "<X509Certificate>", "<X509Certificate><!--c-->"), []string{"keyinfo-malformed"}},
		{"K7 RetrievalMethod", sign(message, "_a", func(o *SignOptions) { o.KeyInfo = StyleRetrieval }), []string{"keyinfo-malformed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Examine(parseTest(t, c.xml), []Key{g.id.key}, Options{})[0]
			if s.Verified == nil {
				t.Fatalf("not verified: %s %+v", s.Explanation, s.Faults)
			}
			if got := codes(s, true); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(c.codes))) {
				t.Errorf("remarks %q, want %q", got, c.codes)
			}
		})
	}
}
