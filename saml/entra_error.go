package saml

import "strings"

// An EntraError is a code of Microsoft Entra ID, as it stands on an error page
// or in the StatusMessage of a response, in words.
type EntraError struct {
	Code    string // such as AADSTS50105
	Meaning string // empty where the code is not among those that a SAML sign-in meets
	Fix     string
	Source  Source
}

// EntraErrors gives the codes of Entra ID that a text names, each once, in
// order. Upper and lower case are the same.
func EntraErrors(text string) []EntraError {
	const longest = 64 << 10
	var out []EntraError
	for _, e := range findAADSTS(strings.ToUpper(text[:min(len(text), longest)])) {
		out = append(out, EntraError{"AADSTS" + e.code, e.meaning, e.fix, entraErrorCodes})
	}
	return out
}
