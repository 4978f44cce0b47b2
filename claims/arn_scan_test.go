package claims

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
)

// garbled gives variants of a text: a piece taken out, doubled, or put in the
// place of another.
func garbled(r *rand.Rand, text string) string {
	pieces := []string{"arn:", "ARN:", ",", ", ", ":", "::", "/", "//", "role/", ":saml-provider/", "aws", "aws-cn", "iam", "111122223333", "12", "a", "A", "_", "+=,.@-", "$", "${x}", "{{y}}", "}", "{",
		" ", "\n", "\u00a0", "\u200b", "\u0430", "\uff13", "\x00", "\xff", "default-roles-x", "offline_access", "0f8fad5b-d9cb-469f-a165-70867728950e", strings.Repeat("n", 65), strings.Repeat("/p", 256)}
	for range r.IntN(3) {
		at := r.IntN(len(text) + 1)
		to := min(len(text), at+r.IntN(8))
		switch piece := pieces[r.IntN(len(pieces))]; r.IntN(4) {
		case 0:
			text = text[:at] + text[to:]
		case 1:
			text = text[:to] + text[at:]
		case 2:
			text = text[:at] + piece + text[to:]
		default:
			text = text[:at] + piece + text[at:]
		}
	}
	return text
}

func seedPairs() []string {
	return []string{goodRole, goodIdP, goodPair, otherPair, goodIdP + "," + goodRole, "arn:aws-us-gov:iam::111122223333:role/a/b,c/R", "arn:aws:iam::111122223333:role/p:saml-provider/x/R," + goodIdP,
		goodIdP + "," + goodRole + ",", " " + goodRole + " ,\n" + goodIdP, "arn:aws:iam::111122223333:role/a,b,c," + goodIdP, goodRole + "," + goodRole, "offline_access", "${role}", ""}
}

// The scanner takes the ARNs that the parser takes, which names the faults, and
// reads the same of them.
func TestARNScannerAndParserAgree(t *testing.T) {
	r, sound := rand.New(rand.NewPCG(4, 1)), 0
	for i := range 40_000 {
		text := garbled(r, seedPairs()[i%3])
		if i%3 == 2 {
			text, _, _ = strings.Cut(text, ",")
		}
		got, ok := soundARN(text)
		want, err := parseARN(text)
		if ok != (err == nil) || ok && got != want {
			t.Fatalf("%q: scanned %+v, %t; parsed %+v, %v", text, got, ok, want, err)
		}
		if ok {
			sound++
		}
	}
	if sound < 2_000 || sound > 38_000 {
		t.Errorf("of 40,000 texts %d are ARNs, which tells little", sound)
	}
}

// The patterns that the scanners stand for.
var (
	templatePattern = regexp.MustCompile(`\$\{[^}]*\}|\{\{[^}]*\}\}`)
	guidPattern     = regexp.MustCompile(`^\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$`)
)

func TestScannersAndPatternsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	templates, guids := 0, 0
	seeds := []string{"${a}", "{{a}}", "x{{a}${b}", "${{a}}", "{0f8fad5b-d9cb-469f-a165-70867728950e}", "0F8FAD5B-d9cb-469f-a165-70867728950e", "{{a}b}}", "{{{a}}}", "$${}}", "${a", "{{a}"}
	for i := range 40_000 {
		text := garbled(r, seeds[i%len(seeds)])
		if got, want := findTemplate(text), templatePattern.FindString(text); got != want {
			t.Fatalf("%q holds the template %q, want %q", text, got, want)
		} else if got != "" {
			templates++
		}
		if got, want := isGUID(text), guidPattern.MatchString(text); got != want {
			t.Fatalf("%q is a GUID: %t, want %t", text, got, want)
		} else if got {
			guids++
		}
	}
	if templates < 200 || guids < 200 {
		t.Errorf("%d templates and %d GUIDs tell little", templates, guids)
	}
}

// What is read of a sound pair at once is what is read of it part by part.
func TestSoundPairsAreReadAlike(t *testing.T) {
	r, sound, like, last := rand.New(rand.NewPCG(4, 3)), 0, 0, &likeness{}
	for i := range 40_000 {
		text := garbled(r, seedPairs()[i%len(seedPairs())])
		value := &saml.Value{Text: text}
		quick, slow := roleValue{Value: value}, roleValue{Value: value}
		got, ok := last.read(&quick)
		if ok {
			like++
		} else if got, ok = quick.readSound(last); !ok {
			continue
		}
		sound++
		want, ok := slow.takeApart()
		if !ok || got != want || quick.reversed != slow.reversed || quick.blanks != slow.blanks {
			t.Fatalf("%q: at once %+v, part by part %+v (%+v)", text, got, want, slow.odd)
		}
		quick.pair = &got
		if quick.partition() != quick.roleARN().Partition || quick.apart != slow.apart || quick.apart == (quick.roleARN().owner() == quick.providerARN().owner()) {
			t.Fatalf("%q: of partition %s, of two owners: %t", text, quick.partition(), quick.apart)
		}
	}
	if sound < 2_000 || like < 200 {
		t.Errorf("of 40,000 texts %d are pairs, %d like the one before, which tells little", sound, like)
	}
}
