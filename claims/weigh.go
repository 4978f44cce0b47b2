package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// A weight is what the findings say of the answer of STS.
type weight struct {
	refusal  *saml.Answer // the one that STS gives first; nil where nothing refuses
	step     step         // of the refusal
	rivals   bool         // another fault has another answer
	doubts   []doubt
	accepted saml.Basis // how it is known that STS lets the rest pass
}

// A doubt is something of which it is not known how STS takes it.
type doubt struct {
	step  step
	grave bool   // an error: it may be what STS answers
	words string // that go on from "it is not known whether "
	code  string
}

// weigh looks at the answers of all findings.
func weigh(findings []saml.Finding) *weight {
	w := &weight{step: stepNone, accepted: saml.Observed}
	w.add(findings)
	return w
}

// with gives the weight with further findings.
func (w *weight) with(findings []saml.Finding) *weight {
	if len(findings) == 0 {
		return w
	}
	out := *w
	out.doubts = slices.Clone(w.doubts)
	out.add(findings)
	return &out
}

func (w *weight) add(findings []saml.Finding) {
	for _, f := range findings {
		for _, a := range f.AWS {
			w.answer(a)
		}
		if f.Unsettled != "" {
			w.doubts = append(w.doubts, doubt{stepOfStage(f.Stage), f.Severity == saml.Error, f.Unsettled, f.Code})
		}
	}
}

func (w *weight) answer(a saml.Answer) {
	if a.By != "sts" {
		return
	}
	if a.Code == Success {
		w.accepted = worse(w.accepted, a.Basis)
		return
	}
	at := stepOf(a)
	same := w.refusal != nil && w.refusal.Code == a.Code && w.refusal.Message == a.Message
	switch {
	case w.refusal == nil, at < w.step:
		w.rivals = w.refusal != nil
		w.refuse(a, at)
	case same && worse(a.Basis, w.refusal.Basis) != a.Basis:
		w.refuse(a, w.step)
	case !same:
		w.rivals = true
	}
}

func (w *weight) refuse(a saml.Answer, at step) { w.refusal, w.step = &a, at }

// worse gives the weaker of two bases.
func worse(a, b saml.Basis) saml.Basis {
	order := []saml.Basis{saml.Observed, saml.Documented, saml.Inferred}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

// first gives the refusal as a prediction. What is not known about an earlier
// check may come before it: where that is an error nothing can be said of the
// order, where it is less the order is inferred.
func (w *weight) first() Prediction {
	earlier := slices.DeleteFunc(slices.Clone(w.doubts), func(d doubt) bool { return d.step > w.step })
	grave := slices.DeleteFunc(slices.Clone(earlier), func(d doubt) bool { return !d.grave || d.step == w.step })
	if len(grave) > 0 {
		return undetermined(reasonOf(grave) + "; apart from that STS answers " + answerWords(*w.refusal))
	}
	p := Prediction{Code: w.refusal.Code, Message: w.refusal.Message, Basis: w.refusal.Basis}
	if w.rivals || len(earlier) > 0 {
		p.Basis = saml.Inferred
	}
	return p
}

func answerWords(a saml.Answer) string {
	if a.Message == "" {
		return a.Code
	}
	return a.Code + " " + quote(a.Message)
}

// mostDoubts is how many doubts a reason names.
const mostDoubts = 3

func reasonOf(doubts []doubt) string {
	var out []string
	seen := map[string]bool{}
	for _, d := range doubts {
		text := d.words
		if d.code != "" {
			text += " (" + d.code + ")"
		}
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	more := ""
	if n := len(out) - mostDoubts; n > 0 {
		out, more = out[:mostDoubts], fmt.Sprintf(", and %d more", n)
	}
	return "it is not known whether " + strings.Join(out, ", and whether ") + more
}
