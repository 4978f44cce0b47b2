package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func linked(t *testing.T, folder string) []string {
	t.Helper()
	c := exec.Command("go", "list", "-deps", "./.")
	c.Dir = folder
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func TestLinksWhatTheToolLinks(t *testing.T) {
	const own = "github.com/samlcheck/samlcheck/cmd/samlcheck"
	here := linked(t, ".")
	for _, path := range linked(t, "../../cmd/samlcheck") {
		if path != own && strings.Contains(path, ".") && !slices.Contains(here, path) {
			t.Errorf("expected %s among what is linked, as it is in the tool", path)
		}
	}
}
