//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// TestParallelRecipe runs the recipe of docs/batches.md as it stands there: GNU
// parallel gives the same reports in the same order as one process.
func TestParallelRecipe(t *testing.T) {
	if _, err := exec.LookPath("parallel"); err != nil {
		t.Skip("GNU parallel is missing (Debian package parallel)")
	}
	folder, _ := signedIn(t)
	writeLines(t, filepath.Join(folder, "responses.jsonl"), 120)
	recipe := recipes(t)["parallel"]
	shell := func(command string) string {
		c := exec.Command("sh", "-c", command)
		c.Dir = folder
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	told := shell(strings.ReplaceAll(recipe, "--block 10M", "--block 200k")) // so that there are several blocks
	if n := strings.Count(told, "\n"); n < 3 || !strings.Contains(told, " pass, 0 fail, 0 unverified") {
		t.Errorf("%d lines on standard error, one for each block is expected:\n%s", n, told)
	}
	shell("samlcheck -m metadata.xml --at issued --format json --jsonl - <responses.jsonl >alone.jsonl")
	got, want := readText(t, folder, "reports.jsonl"), readText(t, folder, "alone.jsonl")
	if got != want || strings.Count(want, "\n") != 120 {
		t.Errorf("%d reports, alone %d", strings.Count(got, "\n"), strings.Count(want, "\n"))
	}
}

// TestPipeRecipe runs the command that docs/batches.md gives to Spark as Spark
// runs it: lines in, lines out. A message that fails fails no task; an input that
// cannot be judged does.
func TestPipeRecipe(t *testing.T) {
	folder, _ := signedIn(t)
	words := regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`).FindAllStringSubmatch(recipes(t)["Seq("], -1)
	if len(words) != 3 {
		t.Fatalf("%q", words)
	}
	bad, err := samltest.Login{Mutations: []string{"nameid-edited"}}.Response()
	if err != nil {
		t.Fatal(err)
	}
	for lines, want := range map[string]int{`{"id":"1","response":"` + readText(t, folder, "good.b64") + `"}`: 0, `{"id":"1","response":"` + bad.Base64() + `"}`: 0, `{`: 1} {
		c := exec.Command(words[0][1], words[1][1], words[2][1])
		c.Dir, c.Stdin = folder, strings.NewReader(lines+"\n")
		out, _ := c.Output()
		if got := c.ProcessState.ExitCode(); got != want || want == 0 && strings.Count(string(out), `"source":"1"`) != 1 {
			t.Errorf("%.30s: status %d, want %d: %.100s", lines, got, want, out)
		}
	}
}

// recipes gives the lines of code in docs/batches.md that begin so.
func recipes(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for line := range strings.Lines(readText(t, "../../docs", "batches.md")) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "$ ")
		for _, start := range []string{"parallel", "Seq("} {
			if strings.HasPrefix(line, start) {
				out[start] = line
			}
		}
	}
	if len(out) != 2 {
		t.Fatalf("two recipes are expected, found %q", out)
	}
	return out
}

// writeLines writes responses of one sign-in after the other as JSON Lines.
func writeLines(t *testing.T, name string, count int) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i := range count {
		response, err := samltest.Login{NameID: fmt.Sprintf("user-%d@example.com", i%20)}.Response()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(file).Encode(map[string]string{"id": fmt.Sprint(i), "response": response.Base64()}); err != nil {
			t.Fatal(err)
		}
	}
}

func readText(t *testing.T, folder, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
