package hostile_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/internal/hostile"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
)

// harmlessAlone are classes of which nothing is refused, for each the reason.
var harmlessAlone = map[string]string{
	"K7":  "nothing is fetched, and the key comes from the metadata",
	"K16": "a stolen key cannot be seen",
	"S8":  "a Reference to an ID leaves comments out",
}

// Every class has documents, those of its own that are refused or warned of,
// and ones that pass.
func TestEveryClass(t *testing.T) {
	hostiles, refused, honest := map[string]int{}, map[string]int{}, map[string]int{}
	names := map[string]bool{}
	all := documents(t)
	for _, d := range all {
		if names[d.Name] {
			t.Errorf("%s stands twice", d.Name)
		}
		names[d.Name] = true
		if lookalike(d) {
			honest[d.Class]++
			continue
		}
		hostiles[d.Class]++
		if d.Want == hostile.Refused {
			refused[d.Class]++
		}
		if d.Want != hostile.Passes && len(d.Codes) == 0 {
			t.Errorf("%s: nothing says which finding names it", d.Name)
		}
	}
	for _, c := range hostile.Classes() {
		if hostiles[c.ID] == 0 {
			t.Errorf("%s has no hostile document", c.ID)
		}
		if _, harmless := harmlessAlone[c.ID]; harmless != (refused[c.ID] == 0) {
			t.Errorf("%s: %d documents are refused, and harmlessAlone says otherwise", c.ID, refused[c.ID])
		}
		if honest[c.ID] == 0 && c.ID != "K16" {
			t.Errorf("%s has no honest look-alike", c.ID)
		}
	}
	if len(hostile.Classes()) != 28+13+16+11+15+9+11+8 {
		t.Errorf("%d classes are listed", len(hostile.Classes()))
	}
	if len(all) < 300 {
		t.Errorf("300 documents at least are expected, found %d", len(all))
	}
}

// lookalike reports whether a document is honest.
func lookalike(d hostile.Document) bool {
	_, variant, _ := strings.Cut(d.Name, ".")
	variant, _, _ = cutLast(variant)
	return strings.HasSuffix(variant, "-honest")
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndex(s, ".")
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// Whichever step of a decryption fails, the same is said: nobody learns from it
// what the ciphertext holds.
func TestDecryptionTellsNothing(t *testing.T) {
	j := newJudge(t)
	said := map[string][]string{}
	for _, d := range documents(t) {
		if d.Class != "E9" || d.Want != hostile.Refused {
			continue
		}
		for _, f := range j.check(t, d).Findings {
			if f.Code == "decryption-failed" {
				text := f.Message
				for _, algorithm := range []string{"aes256-gcm", "aes256-cbc", "rsa-oaep-mgf1p", "rsa-1_5"} { // which everybody sees
					text = strings.ReplaceAll(text, algorithm, "…")
				}
				said[text+f.Fix] = append(said[text+f.Fix], d.Name)
			}
		}
	}
	if len(said) != 1 {
		t.Errorf("expected one text for every failure, found %q", said)
	}
}

// A report repeats no whole signature: with it, what it shows would be a
// credential.
func TestReportsRepeatNoSignature(t *testing.T) {
	j := newJudge(t)
	searched := 0
	for _, d := range documents(t) {
		if d.Class != "O6" && !strings.HasPrefix(d.Class, "S") {
			continue
		}
		object := j.check(t, d).Object()
		line, err := render.JSON(object)
		if err != nil {
			t.Fatal(err)
		}
		for _, value := range d.Caught {
			searched++
			for _, text := range []string{line, render.Text(object, render.Style{})} {
				if strings.Contains(strings.Join(strings.Fields(text), ""), value) {
					t.Errorf("%s: the report repeats SignatureValue", d.Name)
				}
			}
		}
	}
	if searched < 100 {
		t.Errorf("only %d signatures were looked for", searched)
	}
}

// Nothing of a message is kept when it has been judged.
func TestNothingIsKept(t *testing.T) {
	j := newJudge(t)
	batch := slices.DeleteFunc(slices.Clone(documents(t)), func(d hostile.Document) bool { return d.Class != "D10" })
	run := func(times int) {
		for range times {
			for _, d := range batch {
				j.check(t, d)
			}
		}
	}
	run(2)
	before := held()
	run(8)
	if after := held(); after > before+2<<20 {
		t.Errorf("%d KiB are held after 8 batches, %d before", after>>10, before>>10)
	}
}

func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// What passes for want of something to check it with does not pass.
func TestNothingPassesUnproved(t *testing.T) {
	j := newJudge(t)
	for _, d := range documents(t) {
		if d.Want == hostile.Refused || d.Class == "O7" {
			continue
		}
		d.Metadata = nil
		if r := j.check(t, d); r.Verdict == saml.Pass || r.SAML.Verified {
			t.Errorf("%s: %s without metadata, verified is %t", d.Name, r.Verdict, r.SAML.Verified)
		}
	}
}
