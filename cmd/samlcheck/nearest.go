package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/internal/words"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/cobra"
)

// longestCode bounds what is compared with the codes that exist.
const longestCode = 60

// unknownCode is the error for a code that does not exist, with those that may
// be meant.
func unknownCode(code string, rules []saml.Rule) error {
	near := nearest(code, rules)
	if len(near) == 0 {
		return fmt.Errorf("there is no code %s; samlcheck explain lists all", render.Quote(code))
	}
	return fmt.Errorf("there is no code %s; is %s meant?", render.Quote(code), strings.Join(near, " or "))
}

// nearest gives at most three codes that differ little from a word or hold it.
func nearest(word string, rules []saml.Rule) []string {
	if len(word) > longestCode {
		return nil
	}
	word = strings.ToLower(word)
	type candidate struct {
		code     string
		distance int
	}
	var all []candidate
	for _, r := range rules {
		d := words.Distance(word, r.Code, longestCode)
		if len(word) > 3 && strings.Contains(r.Code, word) {
			d = 1
		}
		if d <= 1+len(word)/4 {
			all = append(all, candidate{r.Code, d})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, c := range all[:min(3, len(all))] {
		out = append(out, c.code)
	}
	return out
}

// verbMeant asks whether a file that does not exist was meant to be a verb.
func verbMeant(name string) string {
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if verb := nearestVerb(newRoot(newTool(nil, io.Discard, io.Discard)), name); verb != "" {
		return "; is the verb " + verb + " meant?"
	}
	return ""
}

// nearestVerb gives the verb that differs least from a word, and little; empty for
// none. A short verb has to differ less: most words of four letters are near to it.
func nearestVerb(root *cobra.Command, word string) string {
	if len(word) > longestCode {
		return ""
	}
	name, least := "", 3
	for _, v := range verbs(root) {
		if d := words.Distance(strings.ToLower(word), v.Name(), 2); d < least && d <= len(v.Name())/3 {
			name, least = v.Name(), d
		}
	}
	return name
}
