package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadInputIsBounded(t *testing.T) {
	const limit = 4096
	for size, want := range map[int]int{0: 0, 1: 1, limit: limit, limit + 1: limit + 1, 200 * limit: limit + 1} {
		name := filepath.Join(t.TempDir(), "response.b64")
		if err := os.WriteFile(name, []byte(strings.Repeat("A", size)), 0o600); err != nil {
			t.Fatal(err)
		}
		data, err := readInput(name, nil, limit)
		if err != nil || len(data) != want {
			t.Errorf("%d bytes of a file of %d: %v", len(data), size, err)
		}
	}
}

// A pipe that never ends is read no further than the limit.
func TestReadInputTakesEndlessPipes(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	go func() {
		defer write.Close()
		for {
			if _, err := io.WriteString(write, strings.Repeat("A", 1<<16)); err != nil {
				return
			}
		}
	}()
	tool := &tool{in: read, err: io.Discard}
	data, err := tool.readMessage("-")
	if err != nil || len(data) != mostMessage+1 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

func TestReadInputSaysWhatIsWrong(t *testing.T) {
	folder := t.TempDir()
	locked := filepath.Join(folder, "locked")
	if err := os.WriteFile(locked, []byte("PHNh"), 0o000); err != nil {
		t.Fatal(err)
	}
	closed, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, k := range []struct {
		name string
		in   *os.File
		want string
	}{
		{folder, nil, "is a directory"},
		{filepath.Join(folder, "none\x1b[31m"), nil, "there is none with the name"},
		{locked, nil, "the permission is missing"},
		{"-", closed, "standard input cannot be read"},
	} {
		if k.name == locked && (os.Geteuid() == 0 || runtime.GOOS == "windows") {
			continue // root reads everything
		}
		data, err := readInput(k.name, k.in, 10)
		if err == nil || data != nil || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%q: %q, %v; want %q", k.name, data, err, k.want)
		}
		if err != nil && strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("the error holds an escape: %q", err)
		}
	}
}

// What is read is whole in whatever pieces it comes, behind what was read before,
// and no more is set aside for it than it may have.
func TestReadUpTo(t *testing.T) {
	text := strings.Repeat("0123456789", 10_000)
	for name, wrap := range map[string]func(io.Reader) io.Reader{"as it is": func(r io.Reader) io.Reader { return r }, "half reads": iotest.HalfReader, "with the end": iotest.DataErrReader} {
		for _, most := range []int{1, 16 << 10, 16<<10 + 1, 70_001, len(text), len(text) + 1} {
			data, err := readUpTo(wrap(strings.NewReader(text)), nil, most)
			if want := text[:min(most, len(text))]; err != nil || string(data) != want || cap(data) > most {
				t.Errorf("%s, at most %d: %d bytes, room for %d, %v", name, most, len(data), cap(data), err)
			}
		}
	}
	data, err := readUpTo(strings.NewReader(text), []byte("before"), 10)
	if err != nil || string(data) != "before0123" {
		t.Errorf("%q, %v", data, err)
	}
	broken := io.MultiReader(strings.NewReader("a"), iotest.ErrReader(io.ErrNoProgress))
	if data, err := readUpTo(broken, nil, 10); err != io.ErrNoProgress || string(data) != "a" {
		t.Errorf("%q, %v", data, err)
	}
}
