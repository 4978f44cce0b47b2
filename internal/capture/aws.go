package capture

import (
	"bytes"
	"fmt"
)

// awsMarks tell that a text may hold a call of AssumeRoleWithSAML: in the AWS
// CLI, the AWS Tools for PowerShell, the SDKs or the API itself.
var awsMarks = []string{"assume-role-with-saml", "Use-STSRoleWithSAML", "assume_role_with_saml", "AssumeRoleWithSAML", "assumeRoleWithSAML"}

// awsNames are the names of the assertion there.
var awsNames = []string{"saml-assertion", "SAMLAssertion", "saml_assertion"}

// findAWS finds the assertions in calls of AssumeRoleWithSAML.
func findAWS(text []byte) (Found, bool) {
	if !holdsAny(text, awsMarks) {
		return Found{}, false
	}
	g := gathering{noun: "call"}
	file := ""
	for _, c := range calls(text) {
		if c.file != "" {
			file = c.file
			continue
		}
		g.see(Message{Field: Response, Text: c.value}, c.value, "SAMLAssertion", false)
		g.exchanges++
	}
	found := g.found(AWS, "call of AssumeRoleWithSAML", true)
	if len(found.Messages) == 0 && file != "" {
		found.Lacks = fmt.Sprintf("the command takes the response out of the file %s: check that file", short(file))
	}
	return found, len(found.Messages) > 0 || found.Lacks != ""
}

func holdsAny(text []byte, marks []string) bool {
	for _, mark := range marks {
		if bytes.Contains(text, []byte(mark)) {
			return true
		}
	}
	return false
}

// A call is what a call of AssumeRoleWithSAML names as the assertion.
type call struct {
	value []byte
	file  string // whose content is the assertion
}

func calls(text []byte) []call {
	var out []call
	r := newRuns(text)
	for pos := 0; len(out) <= mostMessages; {
		at := indexFold(text[pos:], "saml")
		if at < 0 {
			return out
		}
		pos += at
		start := assertionAt(text, pos)
		if start < 0 {
			pos += len("saml")
			continue
		}
		c, end := r.assertion(start)
		if len(c.value) > 0 || c.file != "" {
			out = append(out, c)
		}
		pos = end
	}
	return out
}

// assertionAt gives where the value of the assertion begins, where its name
// stands at pos; else -1.
func assertionAt(text []byte, pos int) int {
	for _, name := range awsNames {
		start := pos + len(name)
		if start >= len(text) || !bytes.EqualFold(text[pos:start], []byte(name)) || isAlphanumeric(text[start]) {
			continue
		}
		for start < len(text) && (isSpace(text[start]) || bytes.IndexByte([]byte("\\^`=:,\"'()"), text[start]) >= 0) {
			start++
		}
		return start
	}
	return -1
}

// assertion reads the value of the assertion that begins at start, and gives
// where it ends.
func (r *runs) assertion(start int) (c call, end int) {
	rest := r.text[start:]
	if path, ok := bytes.CutPrefix(rest, []byte("file://")); ok {
		end := bytes.IndexAny(path, " \t\r\n\"'`")
		if end < 0 {
			end = len(path)
		}
		return call{file: string(path[:end])}, start + end
	}
	if !startsMessage(rest) {
		return call{}, start
	}
	length := r.length(start)
	return call{value: unpercent(rest[:length], false)}, start + length
}
