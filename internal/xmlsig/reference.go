package xmlsig

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// scope is what a Reference refers to before its transforms: an element or, if
// apex is the zero Element, the whole document.
type scope struct {
	apex     xmldoc.Element
	comments bool // whether comments belong to it
}

// identifiers maps each ID of a document to its element, and to the zero
// Element where several have it. The value of id is what is declared an ID:
// ID on any element, Id on those of XML-DSig and XML encryption, xml:id, and
// the names that SAML 1.1 gives its IDs.
func identifiers(doc *xmldoc.Document) (ids map[string]xmldoc.Element, twice []string) {
	ids = make(map[string]xmldoc.Element)
	for e := range doc.Elements() {
		if e.AttrCount() == 0 {
			continue
		}
		for a := range e.Attrs() {
			if !IsID(e, a) || a.Value() == "" {
				continue
			}
			id := a.Value()
			if first, found := ids[id]; found {
				if first.Present() {
					twice = append(twice, id)
				}
				ids[id] = xmldoc.Element{}
				continue
			}
			ids[id] = e
		}
	}
	return ids, twice
}

// IsID reports whether an attribute gives its element an ID by some standard:
// ID of SAML, Id of XML Signature and Encryption, xml:id, and the names of SAML
// 1.1.
func IsID(e xmldoc.Element, a xmldoc.Attr) bool {
	if a.Prefix() != "" {
		return a.Space() == xmldoc.XMLSpace && a.Local() == "id"
	}
	switch a.Local() {
	case "ID":
		return true
	case "Id":
		return e.Space() == Space || e.Space() == spaceXMLEn
	case "AssertionID":
		return e.Local() == "Assertion"
	case "ResponseID":
		return e.Local() == "Response"
	case "RequestID":
		return e.Local() == "Request"
	}
	return false
}

// resolve finds what a Reference refers to (XML-DSig 1.1, section 4.4.3.3).
func (x *examination) resolve(r *Reference) (scope, State, string) {
	id := ""
	comments := false
	switch uri := r.URI; {
	case uri == "":
		r.Target = x.doc.Root()
		return scope{}, "", ""
	case uri == "#xpointer(/)":
		r.Target = x.doc.Root()
		return scope{comments: true}, "", ""
	case strings.HasPrefix(uri, "#xpointer("):
		if id = xpointerID(uri); id == "" {
			return scope{}, Unsupported, "the Reference URI " + quote(uri) + " is an XPointer that is not supported"
		}
		comments = true
	case uri[0] == '#':
		id = uri[1:]
	default:
		return scope{}, Unsupported, "the Reference URI " + quote(uri) + " does not refer to this document, and nothing is fetched"
	}
	target, found := x.ids[id]
	switch {
	case !found:
		return scope{}, Malformed, "the Reference URI " + quote(r.URI) + " refers to no element: none has that ID"
	case !target.Present():
		return scope{}, Malformed, "the Reference URI " + quote(r.URI) + " refers to no single element: several have that ID"
	}
	r.Target = target
	return scope{apex: target, comments: comments}, "", ""
}

// xpointerID gives the ID of #xpointer(id('ID')).
func xpointerID(uri string) string {
	for _, q := range []string{"'", `"`} {
		id, ok := strings.CutPrefix(uri, "#xpointer(id("+q)
		if id, end := strings.CutSuffix(id, q+"))"); ok && end && !strings.Contains(id, q) {
			return id
		}
	}
	return ""
}

// digest computes the digest of a Reference and holds it against the wanted
// one. It returns the octets that were digested, if they were.
func (x *examination) digest(s *Signature, r *Reference) string {
	fail := func(state State, reason string) string {
		r.State, r.Reason = state, reason
		return ""
	}
	wanted, _, err := decodeBase64(r.Element.Child(Space, "DigestValue").Text())
	if err == nil {
		r.Wanted = wanted
	}
	from, state, reason := x.resolve(r)
	if r.State != "" {
		return ""
	}
	hash, known := digestOf(r.DigestMethod)
	switch {
	case state != "":
		return fail(state, reason)
	case !known:
		return fail(Unsupported, unsupportedDigest(r.DigestMethod))
	case err != nil:
		return fail(Malformed, "DigestValue cannot be read: "+err.Error())
	}
	octets, state, reason := x.transform(s, r, from)
	if state != "" {
		return fail(state, reason)
	}
	r.Computed = sumText(hash, octets)
	if !bytes.Equal(r.Computed, r.Wanted) {
		fail(Broken, "the digest of what is referred to is "+encode(r.Computed)+", but DigestValue is "+encode(r.Wanted))
		return octets
	}
	r.State = Holds
	if len(x.twice) > 0 {
		r.State = Malformed
		r.Reason = "the digest of what is referred to matches, but several elements have the ID " + quote(x.twice[0]) + ", so no reference into the document is sure"
	}
	return octets
}

func encode(octets []byte) string {
	const most = 96
	text := base64.StdEncoding.EncodeToString(octets)
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}

// plan is what the transforms of a Reference come to.
type plan struct {
	enveloped bool
	algorithm string // the canonicalization
	implied   bool   // no transform names it
	prefixes  []string
}

// planOf reads the transforms: enveloped-signature and then at most one
// canonicalization; where there is none, Canonical XML 1.0 is meant (XML-DSig
// 1.1, section 4.4.3.2).
func planOf(transforms []Transform) (plan, State, string) {
	p := plan{algorithm: C14N10, implied: true}
	for _, t := range transforms {
		_, canonical := methodOf(t.Algorithm)
		switch {
		case t.Algorithm == EnvelopedSignature && p.implied:
			p.enveloped = true
		case canonical && p.implied:
			p.algorithm, p.prefixes, p.implied = t.Algorithm, t.PrefixList, false
		case t.Algorithm == EnvelopedSignature:
			return p, Unsupported, "the enveloped-signature transform stands after a canonicalization, whose octets hold no Signature to take out"
		case canonical:
			return p, Unsupported, "a second canonicalization stands among the transforms"
		default:
			return p, Unsupported, "the transform " + quote(t.Algorithm) + " is not supported"
		}
	}
	if len(p.prefixes) > MaxPrefixes {
		return p, Unsupported, "the PrefixList of a transform is too long"
	}
	return p, "", ""
}

func (x *examination) transform(s *Signature, r *Reference, from scope) (string, State, string) {
	p, state, reason := planOf(r.Transforms)
	if state != "" {
		return "", state, reason
	}
	if x.relative != nil {
		return "", Malformed, x.relative.Error()
	}
	m, _ := methodOf(p.algorithm)
	m.comments = m.comments && from.comments
	var omit xmldoc.Element
	if p.enveloped {
		omit = s.Element
	}
	if omit.Contains(from.apex.Node) {
		return "", "", ""
	}
	apex := from.apex
	if !apex.Present() {
		apex = x.doc.Root()
	}
	size := apex.End() - apex.Offset()
	const often = "the References of the document cover it more often than is digested"
	switch {
	case apex.Contains(s.Element.Node) && s.late():
		return "", Unsupported, often
	case !x.afford(size + m.inheritance(apex)):
		x.exceed(s, r.Element)
		return "", Unsupported, often
	}
	octets, fits := "", false
	if from.apex.Present() {
		octets, fits = m.element(from.apex, omit, p.prefixes, x.budget)
	} else {
		octets, fits = m.document(x.doc, omit, p.prefixes, x.budget)
	}
	if x.repeated(len(octets)-size, fits); !fits {
		x.exceed(s, r.Element)
		return "", Unsupported, "what is referred to is not digested: " + tooManyDeclarations
	}
	return octets, "", ""
}

// mostBeside is how many Signatures of one element are digested with it. The
// gate refuses every one of several, and each covers all the others, so that
// their number would count squared.
const mostBeside = 4

// late reports whether that many Signatures of the parent stand before s.
func (s *Signature) late() bool {
	before := 0
	for c := range s.Parent.Children() {
		if same(c, s.Element) {
			break
		}
		if ds(c, "Signature") {
			before++
		}
	}
	return before >= mostBeside
}

// exceed notes, once for a Signature, that the budget is spent: nothing else
// would say why it is not judged.
func (x *examination) exceed(s *Signature, e xmldoc.Element) {
	const name = "digested"
	if !slices.ContainsFunc(s.Faults, func(f Fault) bool { return f.Limit == name }) {
		s.limit(name, e, roomIn(x.doc)+1, roomIn(x.doc))
	}
}

// afford takes bytes off the budget and reports whether there were as many.
func (x *examination) afford(bytes int) bool {
	x.budget -= bytes
	return x.budget >= 0
}

// repeated takes off the budget what canonical form is longer by than its
// source. Where the budget was too small for it, nothing more is digested.
func (x *examination) repeated(bytes int, fits bool) {
	x.budget -= max(0, bytes)
	if !fits {
		x.budget = -1
	}
}
