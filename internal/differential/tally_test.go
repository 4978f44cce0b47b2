package differential

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// tally counts what the verifiers say.
type tally struct {
	sync.Mutex
	counts map[string]int
	met    map[string]bool // constructs that alone explain a disagreement
	signed int
}

func newTally() *tally { return &tally{counts: map[string]int{}, met: map[string]bool{}} }

// unsigned counts a document that xmlsec1 cannot sign.
func (a *tally) unsigned(t *testing.T, d *signedDocument) {
	t.Helper()
	a.Lock()
	defer a.Unlock()
	why := Explain(d.ours, OfXmlsec1)
	if len(why) == 0 {
		t.Errorf("document %d of seed %d: xmlsec1 does not sign it, and nothing explains why\n%s", d.Number, d.Seed, d.xml)
	}
	a.counts["not signed by xmlsec1: "+strings.Join(why, ", ")]++
}

func (a *tally) judge(t *testing.T, d *signedDocument) {
	t.Helper()
	a.Lock()
	defer a.Unlock()
	a.counts[d.kind+" by "+d.by]++
	if d.kind == "tampered" {
		a.tampered(t, d)
		return
	}
	if d.kind == "signed" {
		a.signed++
	}
	agree := true
	if !d.notAsked && d.xmlsec1 != d.ours.Valid {
		agree = false
		a.disagreement(t, d, OfXmlsec1, d.ours.Valid)
	}
	if d.by == "us" && !d.ours.Valid {
		t.Errorf("document %d of seed %d, %s: we do not verify what we signed: %s\n%s", d.Number, d.Seed, d.kind, d.ours.Explanation, d.xml)
	}
	if accepted := d.goxml == nil; accepted != d.ours.Valid {
		agree = false
		a.disagreement(t, d, OfGoxmldsig, d.ours.Valid)
	}
	if agree {
		a.counts[d.kind+", all agree"]++
	}
	a.witness(t, d)
}

// disagreement counts by the constructs that explain it. Nothing explains that
// a verifier accepts what we refuse, but that xmlsec1 signed it itself.
func (a *tally) disagreement(t *testing.T, d *signedDocument, v Verifier, valid bool) {
	t.Helper()
	why := Explain(d.ours, v)
	if len(why) == 0 || !valid && (v != OfXmlsec1 || d.by != "xmlsec1") {
		t.Errorf("document %d of seed %d, %s by %s: we say %v and %s says otherwise, and nothing explains why\n%s\n%v\n%s\n%s",
			d.Number, d.Seed, d.kind, d.by, valid, v, d.ours.Explanation, d.goxml, d.reason, d.xml)
		return
	}
	if len(why) == 1 {
		a.met[why[0]] = true
	}
	if d.kind != "signed" {
		return
	}
	a.counts[string(v)+" disagrees"]++
	for _, name := range why {
		a.counts[string(v)+": "+name+" signed by "+d.by]++
		if len(why) == 1 {
			a.counts[string(v)+": "+name+" alone"]++
		}
	}
}

// tampered fails for a verifier that takes a changed document.
func (a *tally) tampered(t *testing.T, d *signedDocument) {
	t.Helper()
	if d.ours.Valid || d.ours.Verified != nil || d.goxml == nil || !d.notAsked && d.xmlsec1 {
		t.Errorf("document %d of seed %d, signed by %s, was tampered with: we say %v, xmlsec1 %v, goxmldsig %v\n%s",
			d.Number, d.Seed, d.by, d.ours.Valid, d.xmlsec1, d.goxml == nil, d.xml)
	}
	if !d.notAsked {
		a.counts["tampered, seen by xmlsec1"]++
	}
}

// witness holds the verdict that samlcheck gives against what goxmldsig says:
// where it agrees, the witness agrees, and where it errs, the witness is
// unavailable. The gate passes every message.
func (a *tally) witness(t *testing.T, d *signedDocument) {
	t.Helper()
	s := d.ours
	if d.Target == GeneralID || !s.Valid {
		return
	}
	if s.Refused() {
		t.Errorf("document %d of seed %d, %s by %s: the gate refuses it: %v", d.Number, d.Seed, d.kind, d.by, s.Faults)
		return
	}
	a.counts["witness "+string(s.Witness)]++
	disputed := s.Witness == xmlsig.Disagrees && slices.Contains(Explain(s, OfGoxmldsig), "fifth-edition-names")
	if agrees := s.Witness == xmlsig.Agrees; agrees != (d.goxml == nil) || s.Witness != xmlsig.Agrees && s.Witness != xmlsig.CannotJudge && !disputed {
		t.Errorf("document %d of seed %d, %s by %s: the witness %s (%s), and goxmldsig says %v\n%s", d.Number, d.Seed, d.kind, d.by, s.Witness, s.WitnessReason, d.goxml, d.xml)
	}
}

// report prints the counts. After enough documents every construct must have
// been met alone.
func (a *tally) report(t *testing.T, full bool) {
	t.Helper()
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a.counts)) {
		fmt.Fprintf(&lines, "%7d  %s\n", a.counts[name], name)
	}
	if !HaveXmlsec1() {
		t.Log("xmlsec1 is not here: it neither signed nor verified")
	}
	t.Logf("%d signed documents\n%s", a.signed, lines.String())
	if a.signed < *documents/2-1 {
		t.Errorf("%d documents were compared, where %d are wanted", a.signed, *documents)
	}
	for _, c := range Constructs() {
		switch {
		case a.met[c.Name]:
		case full:
			t.Errorf("no document shows what %s does with %s alone", c.Verifier, c.Name)
		default:
			t.Logf("not met alone in so few documents: %s", c.Name)
		}
	}
}
