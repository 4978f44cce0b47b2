package xmlsig

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// examination is the work on one document.
type examination struct {
	doc      *xmldoc.Document
	keys     []Key
	options  Options
	ids      map[string]xmldoc.Element
	twice    []string // IDs that several elements have
	relative error    // why the document has no canonical form
	budget   int      // how many bytes of the source may still be digested
	rereads  int      // how often the document was read anew
	validate validator
}

// newExamination prepares the work. The budget is what several nested
// Signatures need; a document whose References cover it over and over is cut
// off.
func newExamination(doc *xmldoc.Document, keys []Key, options Options) *examination {
	return &examination{doc: doc, keys: keys, options: options, relative: relativeNamespace(doc), budget: roomIn(doc), validate: validateElsewhere}
}

// Count gives the number of Signatures in the document. Examine looks at no
// more than MaxSignatures, or Options.Signatures, of them.
func Count(doc *xmldoc.Document) int {
	n := 0
	for e := range doc.Elements() {
		if ds(e, "Signature") {
			n++
		}
	}
	return n
}

// Examine finds every ds:Signature of the document, up to the limit, and
// checks each with every given key.
func Examine(doc *xmldoc.Document, keys []Key, options Options) []*Signature {
	x := newExamination(doc, keys, options)
	most := options.Signatures
	if most <= 0 {
		most = MaxSignatures
	}
	var out []*Signature
	for e := range doc.Elements() {
		if !ds(e, "Signature") {
			continue
		}
		if len(out) == most {
			break
		}
		if x.ids == nil {
			x.ids, x.twice = identifiers(doc)
		}
		out = append(out, x.signature(e))
	}
	return out
}

func (x *examination) signature(e xmldoc.Element) *Signature {
	s := x.parse(e)
	var octets string
	for i := range s.References {
		octets = x.digest(s, &s.References[i])
	}
	x.verify(s)
	s.Valid = s.State == Holds && len(s.References) > 0 && s.Shape == "" && !slices.ContainsFunc(s.References, func(r Reference) bool { return r.State != Holds })
	x.gate(s)
	x.judge(s, octets)
	s.Explanation = explain(s)
	return s
}

// judge makes a Verified of a Signature that is valid, passes the gate and is
// not contradicted by the witness.
func (x *examination) judge(s *Signature, octets string) {
	if !s.Valid || s.Refused() || !bearsTrust(s.Parent) || len(s.References) != 1 {
		return
	}
	var omitted xmldoc.Element
	if p, _, _ := planOf(s.References[0].Transforms); p.enveloped {
		omitted = s.Element
	}
	v := newVerified(octets, s.Parent, omitted)
	if x.options.SkipWitness {
		s.Witness = Skipped
	} else {
		s.Witness, s.WitnessReason = x.witness(s, v)
	}
	if s.Witness != Disagrees && s.Witness != Crashed {
		s.Verified = v
	}
}

// Refused reports whether the gate refuses the Signature.
func (s *Signature) Refused() bool {
	return slices.ContainsFunc(s.Faults, func(f Fault) bool { return !f.Remark })
}

// bearsTrust reports whether e is an element whose Signature can make it
// believed.
func bearsTrust(e xmldoc.Element) bool {
	return e.Is(spaceSAMLP, "Response") || e.Is(spaceSAML, "Assertion")
}

// verify tries the keys over SignedInfo.
func (x *examination) verify(s *Signature) {
	state, reason, method := x.readable(s)
	if state != "" {
		s.State, s.Reason = state, reason
		return
	}
	c14n, _ := methodOf(s.Canonicalization)
	size := s.SignedInfo.End() - s.SignedInfo.Offset()
	if !x.afford(size + c14n.inheritance(s.SignedInfo)) {
		x.exceed(s, s.SignedInfo)
		s.State, s.Reason = Unsupported, "SignedInfo, with what it takes over from the elements around it, is more than is digested"
		return
	}
	octets, fits := c14n.element(s.SignedInfo, xmldoc.Element{}, s.PrefixList, x.budget)
	if x.repeated(len(octets)-size, fits); !fits {
		x.exceed(s, s.SignedInfo)
		s.State, s.Reason = Unsupported, "SignedInfo is not digested: "+tooManyDeclarations
		return
	}
	s.hashed = sumText(method.hash, octets)
	s.signing = method
	s.tried = s.usable(s.order(x.keys))
	for i, k := range s.tried {
		if !s.spend(k) {
			s.limit("keys", s.SignatureValue, len(s.tried), i)
			s.State, s.Reason = Unsupported, fmt.Sprintf("the first %d keys do not verify the SignatureValue over SignedInfo, and no more are tried", i)
			return
		}
		if method.verifies(k, s.hashed, s.Value) {
			s.State, s.Key = Holds, k
			return
		}
	}
	x.foreign(s)
	if s.Foreign == nil && x.rereads < mostRereads {
		x.rereads++
		s.reread = true
	}
	s.State, s.Reason = Broken, "no given key verifies the SignatureValue over SignedInfo"
	switch {
	case len(x.keys) == 0:
		s.State, s.Reason = Unknown, "no key is given to check the SignatureValue with"
	case !slices.ContainsFunc(x.keys, func(k Key) bool { return k.Refused == "" && Refusal(k.Public) == "" }):
		s.State, s.Reason = Unknown, "no usable key is given to check the SignatureValue with: the first has "+cmp.Or(x.keys[0].Refused, Refusal(x.keys[0].Public))
	}
}

// readable says why SignedInfo cannot be checked at all.
func (x *examination) readable(s *Signature) (State, string, signing) {
	none := signing{}
	switch {
	case s.Shape != "":
		return Malformed, s.Shape, none
	case x.relative != nil:
		return Malformed, x.relative.Error(), none
	}
	if _, ok := methodOf(s.Canonicalization); !ok {
		return Unsupported, "the canonicalization " + quote(s.Canonicalization) + " is not supported", none
	}
	if len(s.PrefixList) > MaxPrefixes {
		return Unsupported, "the PrefixList of CanonicalizationMethod is too long", none
	}
	method, ok := signingOf(s.Method)
	if !ok {
		return Unsupported, unsupportedMethod(s.Method), none
	}
	if method.params {
		if reason := method.read(s.SignedInfo.Child(Space, "SignatureMethod")); reason != "" {
			return Unsupported, reason, none
		}
	}
	value, stray, err := decodeBase64(s.ValueText)
	if err != nil {
		return Malformed, "SignatureValue cannot be read: " + err.Error(), none
	}
	s.Value, s.stray = value, stray
	return "", "", method
}

// order gives the keys, those first that KeyInfo hints at.
func (s *Signature) order(keys []Key) []*Key {
	hinted := func(k *Key) bool {
		return slices.ContainsFunc(s.KeyInfo.keys, func(h Foreign) bool { return h.SPKI == k.SPKI })
	}
	out := make([]*Key, 0, len(keys))
	for i := range keys {
		if hinted(&keys[i]) {
			out = append(out, &keys[i])
		}
	}
	for i := range keys {
		if !hinted(&keys[i]) {
			out = append(out, &keys[i])
		}
	}
	return out
}

// foreign looks for a key that proves nothing, but verifies SignedInfo.
func (x *examination) foreign(s *Signature) {
	candidates := make([]Foreign, 0, len(s.KeyInfo.keys)+len(x.options.Hints))
	for _, k := range s.KeyInfo.keys {
		candidates = append(candidates, x.hinted(k))
	}
	for _, h := range x.options.Hints {
		candidates = append(candidates, Foreign(h))
	}
	for i := range candidates {
		if !s.fits(&candidates[i].Key) {
			continue
		}
		if !s.spend(&candidates[i].Key) {
			return
		}
		if s.signing.verifies(&candidates[i].Key, s.hashed, s.Value) {
			s.Foreign = &candidates[i]
			return
		}
	}
}

// hinted gives the hint of the same key, if there is one: where a key is known
// from explains more than that the message carries it.
func (x *examination) hinted(k Foreign) Foreign {
	i := slices.IndexFunc(x.options.Hints, func(h Hint) bool { return h.SPKI == k.SPKI })
	if i < 0 {
		return k
	}
	return Foreign(x.options.Hints[i])
}
