package differential

import (
	"crypto"
	"math/rand/v2"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// The namespaces of the documents.
const (
	spaceSAML    = "urn:oasis:names:tc:SAML:2.0:assertion"
	spaceSAMLP   = "urn:oasis:names:tc:SAML:2.0:protocol"
	spaceGeneral = "urn:example:general"
	spaceMore    = "http://www.w3.org/2001/04/xmldsig-more#"
	spaceXMLEnc  = "http://www.w3.org/2001/04/xmlenc#"
)

// The IDs of the elements that are signed.
const (
	ResponseID  = "_r"
	AssertionID = "_a"
	GeneralID   = "_g"
)

// A Case is a random document that is to be signed, and how.
type Case struct {
	Seed, Number uint64
	XML          string
	Target       string // the ID of the element to sign
	Inner        bool   // the Assertion is to be signed, too, before the Response is
	Elliptic     bool   // with an ECDSA key
	options      xmlsig.SignOptions
}

// joinsEvery says how often a document is made to have xml:base values that
// Canonical XML 1.1 joins, which are too rare otherwise.
const joinsEvery = 100

// Make gives the document of this seed and number.
func Make(seed, number uint64) Case {
	r := rand.New(rand.NewPCG(seed, number))
	w := newWriter(r)
	c := Case{Seed: seed, Number: number}
	joining := number%joinsEvery == 7
	if joining {
		w.xmlAttributes, w.bases, w.innerOnly = true, true, false
	}
	switch n := r.IntN(10); {
	case n < 5:
		c.Target = AssertionID
	case n < 8:
		c.Target = ResponseID
		c.Inner = r.IntN(4) == 0
	default:
		c.Target = GeneralID
	}
	if c.Target == GeneralID {
		c.XML = w.general()
	} else {
		c.XML = w.response()
	}
	c.Elliptic = r.IntN(25) == 0
	c.options = drawOptions(r, c.Elliptic)
	if joining {
		c.options.Transforms = []string{xmlsig.EnvelopedSignature, xmlsig.C14N11}
	}
	return c
}

// Options say how to sign with this key.
func (c Case) Options(key crypto.Signer, certificate []byte) xmlsig.SignOptions {
	o := c.options
	o.Key, o.Certificates = key, [][]byte{certificate}
	return o
}

// Sign signs the document with our own engine.
func (c Case) Sign(key crypto.Signer, certificate []byte) ([]byte, error) {
	o := c.Options(key, certificate)
	xml := []byte(c.XML)
	if c.Inner {
		inner, err := xmlsig.Sign(xml, AssertionID, xmlsig.SignOptions{Key: key, Certificates: [][]byte{certificate}})
		if err != nil {
			return nil, err
		}
		xml = inner
	}
	return xmlsig.Sign(xml, c.Target, o)
}

func drawOptions(r *rand.Rand, elliptic bool) xmlsig.SignOptions {
	o := xmlsig.SignOptions{Transforms: drawTransforms(r)}
	o.Canonicalization = pick(r, xmlsig.ExclusiveC14N, xmlsig.ExclusiveC14N, xmlsig.ExclusiveC14N, drawCanonicalization(r))
	if r.IntN(3) == 0 {
		o.PrefixList = drawPrefixList(r)
	}
	if r.IntN(16) == 0 {
		o.MethodPrefixList = drawPrefixList(r)
	}
	o.SignatureMethod = drawMethod(r, elliptic)
	o.DigestMethod = pick(r, spaceXMLEnc+"sha256", spaceXMLEnc+"sha256", spaceXMLEnc+"sha256", xmlsig.Space+"sha1", spaceMore+"sha384", spaceXMLEnc+"sha512", pick(r, spaceXMLEnc+"sha256", spaceMore+"sha224"))
	o.Prefix = pick(r, "", "", "ds", "dsig", "a")
	o.KeyInfo = pick(r, xmlsig.StyleCertificate, xmlsig.StyleCertificate, xmlsig.StyleNone, xmlsig.StyleName, xmlsig.StyleADFS)
	if r.IntN(4) == 0 {
		o.Fold = pick(r, 64, 76)
		o.LineBreak = pick(r, "\n", "\n", "\r\n", "\n  ", "&#13;\n")
	}
	return o
}

func drawTransforms(r *rand.Rand) []string {
	c := pick(r, xmlsig.ExclusiveC14N, xmlsig.ExclusiveC14N, xmlsig.ExclusiveC14N, drawCanonicalization(r))
	if r.IntN(20) == 0 {
		return []string{xmlsig.EnvelopedSignature}
	}
	return []string{xmlsig.EnvelopedSignature, c}
}

func drawCanonicalization(r *rand.Rand) string {
	return pick(r, xmlsig.ExclusiveC14N, xmlsig.ExclusiveC14NWithComments, xmlsig.C14N10, xmlsig.C14N10WithComments, xmlsig.C14N11, xmlsig.C14N11WithComments)
}

func drawPrefixList(r *rand.Rand) string {
	var list []string
	for range 1 + r.IntN(4) {
		list = append(list, pick(r, "a", "b", "c", "xs", "saml", "samlp", "ds", "nowhere", pick(r, "xsi", "#default")))
	}
	if r.IntN(12) == 0 {
		return pick(r, "", " ") + strings.Join(list, "  ") + pick(r, "", " ")
	}
	return strings.Join(list, " ")
}

func drawMethod(r *rand.Rand, elliptic bool) string {
	hash := pick(r, "sha256", "sha256", "sha256", "sha256", "sha1", "sha384", "sha512", pick(r, "sha224", "sha256", "sha256"))
	switch {
	case elliptic:
		return spaceMore + "ecdsa-" + hash
	case hash == "sha1":
		return xmlsig.Space + "rsa-sha1"
	}
	return spaceMore + "rsa-" + hash
}

func pick[T any](r *rand.Rand, choices ...T) T { return choices[r.IntN(len(choices))] }
