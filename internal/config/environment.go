package config

import (
	"fmt"
	"path/filepath"
)

// Variable is the environment variable that names metadata files, with the
// separator of the system's PATH between them.
const Variable = "SAMLCHECK_METADATA"

// SplitVariable gives the files that the variable names; none where it is empty,
// as one that is not set.
func SplitVariable(value string) ([]string, error) {
	if value == "" {
		return nil, nil
	}
	names := filepath.SplitList(value)
	if len(names) > mostEntries {
		return nil, fmt.Errorf("%s: at most %d files are expected, found %d", Variable, mostEntries, len(names))
	}
	for _, name := range names {
		switch name {
		case "":
			return nil, fmt.Errorf("%s: a file is expected on both sides of %q, found none", Variable, filepath.ListSeparator)
		case "-":
			return nil, fmt.Errorf("%s: the names of metadata files are expected, found -: standard input is for the response", Variable)
		}
	}
	return names, nil
}
