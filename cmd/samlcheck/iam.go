package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
)

// mostIAM bounds a file of IAM's JSON: an account may have thousands of roles.
const mostIAM = 64 << 20

// readIAM reads what is known of the account; nil where no file is named. It
// complains of what cannot be used: ok is false then, and no message is to be
// judged.
func (t *tool) readIAM(named []string) (iam *claims.IAM, ok bool) {
	var parts []*claims.IAM
	ok = true
	for _, name := range named {
		part, err := t.readIAMFile(name)
		if err != nil {
			_, file := splitIAM(name)
			t.complainOf(file, "%s", err)
			ok = false
		}
		if t.late {
			break
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 || !ok {
		return nil, ok
	}
	return claims.JoinIAM(parts...), true
}

// readIAMFile reads FILE or ARN=FILE.
func (t *tool) readIAMFile(named string) (*claims.IAM, error) {
	arn, name := splitIAM(named)
	data, err := readInput(name, t.in, mostIAM)
	if err != nil {
		return nil, fmt.Errorf("--iam: %w", err)
	}
	return within(t, name, func() (*claims.IAM, error) { return parseIAM(arn, name, data) })
}

func parseIAM(arn, name string, data []byte) (iam *claims.IAM, err error) {
	if arn == "" {
		iam, err = claims.ParseIAM(data)
	} else {
		iam, err = claims.ParseIAMProvider(arn, data)
	}
	if err != nil {
		hint := ""
		if !json.Valid(data) { // else the error says already what is wrong with it
			hint = meantFor(data)
		}
		return nil, fmt.Errorf("--iam %s: %w%s", render.SourceName(name), err, hint)
	}
	return iam, nil
}

// splitIAM parts the ARN of a SAML provider, whose name holds no =, from the
// name of the file.
func splitIAM(named string) (arn, file string) {
	if before, after, found := strings.Cut(named, "="); found && strings.HasPrefix(before, "arn:") {
		return before, after
	}
	return "", named
}

// iamFiles gives the names of the files.
func iamFiles(named []string) []string {
	var out []string
	for _, n := range named {
		_, file := splitIAM(n)
		out = append(out, file)
	}
	return out
}
