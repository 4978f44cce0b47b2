package main

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/benchmarks/contenders"
	"github.com/samlcheck/samlcheck/benchmarks/material"
)

// A target is what one contender may take of another's time, at each size.
type target struct {
	who, than string // keys of contenders
	most      []float64
}

func targets() []target {
	return []target{
		{contenders.Alone, contenders.Crewjam, []float64{0.10, 0.06, 0.03}},
		{contenders.Alone, contenders.LibXML, []float64{1, 1, 1}},
		{contenders.Alone, contenders.Floor, []float64{5, 5, 5}},
		{contenders.Witness, contenders.Crewjam, []float64{0.40, 0.32, 0.26}},
	}
}

// judge says of a target what was measured, and whether it holds.
func (t target) judge(m measured) string {
	who, than := contenders.Index(t.who), contenders.Index(t.than)
	holds := true
	var most, found []string
	for i, roles := range material.Sizes() {
		a, b := m.time(roles, who), m.time(roles, than)
		if a == nil || b == nil {
			return fmt.Sprintf("- %s / %s: not measured", t.who, t.than)
		}
		r := ratio(*a, *b)
		holds = holds && r <= t.most[i]
		most = append(most, fmt.Sprintf("%.2f", t.most[i]))
		found = append(found, fmt.Sprintf("%.3f", r))
	}
	return fmt.Sprintf("- %s / %s: at most %s, measured %s: %s", t.who, t.than, strings.Join(most, " / "), strings.Join(found, " / "), verdict(holds))
}

func verdict(holds bool) string {
	if holds {
		return "holds"
	}
	return "DOES NOT HOLD"
}
