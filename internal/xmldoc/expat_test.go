package xmldoc

import (
	"bytes"
	"encoding/hex"
	"os/exec"
	"strings"
	"testing"
)

// judge reads one document a line, in hexadecimal, and answers with "ok" or
// with the reason. Namespaces are processed; a separator that a URI may hold
// keeps expat from judging namespace names, which no recommendation asks for.
const judge = `
import sys, xml.parsers.expat as expat
for line in sys.stdin:
    p = expat.ParserCreate(namespace_separator='~')
    try:
        p.Parse(bytes.fromhex(line.strip()), True)
        print('ok')
    except Exception as e:
        print(repr(e))
`

func expat(t *testing.T, sources []string) []string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, whose expat is the other parser, is not installed")
	}
	var in bytes.Buffer
	for _, src := range sources {
		in.WriteString(hex.EncodeToString([]byte(src)) + "\n")
	}
	cmd := exec.Command(python, "-c", judge)
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(sources) {
		t.Fatalf("%d answers to %d documents", len(answers), len(sources))
	}
	return answers
}

// Expat refuses what we refuse, save where the table says why not.
func TestExpatRefuses(t *testing.T) {
	var sources []string
	for _, c := range refusals {
		sources = append(sources, c.src)
	}
	for i, answer := range expat(t, sources) {
		c := refusals[i]
		if accepted := answer == "ok"; accepted != (c.expat != "") {
			t.Errorf("%s: expat says %q; the table says %q", c.name, answer, c.expat)
		}
	}
}

// Expat accepts what we accept, save for names of the fifth edition: it knows
// those of the fourth.
func TestExpatAccepts(t *testing.T) {
	fifth := map[string]bool{"<\U00010000/>": true, "<a\u203F/>": true, "<\u200C/>": true, "<\u037F/>": true}
	for i, answer := range expat(t, accepted) {
		if (answer == "ok") == fifth[accepted[i]] {
			t.Errorf("%.80q: expat says %q", accepted[i], answer)
		}
	}
}

// An edit of one byte makes most documents ill-formed: both parsers must see
// the same. A byte that names another encoding, or another kind of character
// in a name, is left out.
func TestExpatAgreesOnEdits(t *testing.T) {
	const src = "<?p q?><p:a xmlns:p='u:v' xmlns='u:w' b=\"&#x26;\" p:b='>'>t&amp;]] ><!-- - --><![CDATA[<]]><b/>&#65;</p:a>\n<!--e-->"
	var sources []string
	for i := range len(src) {
		sources = append(sources, src[:i]+src[i+1:])
		for _, c := range "<>&;\"'=/!?-[]:# ax1\x00\x7F" {
			sources = append(sources, src[:i]+string(c)+src[i+1:], src[:i]+string(c)+src[i:])
		}
	}
	differ := 0
	for i, answer := range expat(t, sources) {
		_, err := Parse([]byte(sources[i]), MessageLimits())
		if (err == nil) != (answer == "ok") && differ < 40 {
			differ++
			t.Errorf("%q: we say %v, expat %q", sources[i], err, answer)
		}
	}
	t.Logf("%d documents", len(sources))
}
