//go:build unix

package clipboard

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// fakes puts tools on PATH, each a script, and gives the system that has nothing
// else.
func fakes(t *testing.T, goos string, env map[string]string, scripts map[string]string) system {
	t.Helper()
	folder := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
	s := thisSystem()
	s.goos = goos
	s.getenv = func(name string) string { return env[name] }
	return s
}

// TestToolOfEachSystem holds which tool is asked, and how.
func TestToolOfEachSystem(t *testing.T) {
	all := map[string]string{}
	for _, name := range []string{"pbpaste", "wl-paste", "xclip", "xsel", "powershell.exe", "pwsh.exe", "termux-clipboard-get"} {
		all[name] = `printf '%s' "${0##*/}"; for a; do printf ' %s' "$a"; done`
	}
	x, wayland, wsl := "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"
	for name, test := range map[string]struct {
		goos string
		env  []string
		lack []string
		want string
	}{
		"macOS":                         {"darwin", nil, nil, "pbpaste"},
		"macOS with X11":                {"darwin", []string{x}, nil, "pbpaste"},
		"Wayland":                       {"linux", []string{wayland}, nil, "wl-paste --no-newline"},
		"Wayland beside X11":            {"linux", []string{wayland, x}, nil, "wl-paste --no-newline"},
		"Wayland without its tool":      {"linux", []string{wayland, x}, []string{"wl-paste"}, "xclip -selection clipboard -o"},
		"X11":                           {"linux", []string{x}, nil, "xclip -selection clipboard -o"},
		"X11 with xsel":                 {"linux", []string{x}, []string{"xclip"}, "xsel --clipboard --output"},
		"FreeBSD":                       {"freebsd", []string{x}, nil, "xclip -selection clipboard -o"},
		"WSL":                           {"linux", []string{wsl, wayland, x}, nil, "powershell.exe -NoProfile -NonInteractive -Command "},
		"WSL without Windows on PATH":   {"linux", []string{wsl, wayland}, []string{"powershell.exe", "pwsh.exe"}, "wl-paste --no-newline"},
		"Windows":                       {"windows", nil, nil, "powershell.exe -NoProfile -NonInteractive -Command "},
		"Windows with PowerShell 7":     {"windows", nil, []string{"powershell.exe"}, "pwsh.exe -NoProfile "},
		"Termux":                        {"android", nil, nil, "termux-clipboard-get"},
		"Termux, built for plain Linux": {"linux", []string{"TERMUX_VERSION"}, nil, "termux-clipboard-get"},
	} {
		t.Run(name, func(t *testing.T) {
			scripts, env := map[string]string{}, map[string]string{}
			for name, script := range all {
				if !slices.Contains(test.lack, name) {
					scripts[name] = script
				}
			}
			for _, name := range test.env {
				env[name] = "set"
			}
			got, err := fakes(t, test.goos, env, scripts).read(1000, patience)
			if err != nil || !strings.HasPrefix(string(got), test.want) {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
}

// TestNoTool holds that the error names what is to be installed.
func TestNoTool(t *testing.T) {
	for name, test := range map[string]struct {
		goos string
		env  map[string]string
		want string
	}{
		"Wayland":    {"linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, "a tool that reads the clipboard is expected (wl-paste), there is none: install wl-clipboard"},
		"X11":        {"linux", map[string]string{"DISPLAY": ":0"}, "(xclip, xsel), there is none: install xclip or xsel"},
		"both":       {"linux", map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, "(wl-paste, xclip, xsel), there is none: install wl-clipboard, or install xclip or xsel"},
		"no display": {"linux", nil, "neither WAYLAND_DISPLAY nor DISPLAY is set"},
		"Termux":     {"android", nil, "install the package termux-api"},
		"macOS":      {"darwin", nil, "pbpaste is part of macOS"},
	} {
		if _, err := fakes(t, test.goos, test.env, nil).read(1000, patience); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestToolOfTheWorkingFolder holds that no tool is run which came with the files
// that are judged.
func TestToolOfTheWorkingFolder(t *testing.T) {
	s := fakes(t, "linux", map[string]string{"DISPLAY": ":0"}, map[string]string{"xclip": "echo from the working folder"})
	folder := os.Getenv("PATH")
	t.Chdir(folder)
	for _, path := range []string{".", "", ":", "../" + filepath.Base(folder)} {
		t.Setenv("PATH", path)
		if got, err := s.read(1000, patience); err == nil {
			t.Errorf("PATH %q: %q", path, got)
		}
	}
	t.Setenv("GODEBUG", "execerrdot=0") // which lets os/exec take them
	t.Setenv("PATH", ".")
	if got, err := s.read(1000, patience); err == nil {
		t.Errorf("%q", got)
	}
}

// TestToolsThatFail holds that nothing of the clipboard is in an error, that what
// is foreign is quoted, and that no tool is waited for without end.
func TestToolsThatFail(t *testing.T) {
	for name, test := range map[string]struct {
		script, want string
	}{
		"says why":  {`echo PHNhbWxw; printf 'Nothing is\033[2J copied\nmore\n' >&2; exit 1`, `or holds no text: xclip ended with exit status 1 and says "Nothing is\x1b[2J copied"`},
		"silent":    {"exit 3", "xclip ended with exit status 3"},
		"much said": {`i=0; while [ $i -lt 2000 ]; do echo "too much is said here" >&2; i=$((i+1)); done; exit 1`, `says "too much is said here"`},
		"endless":   {"exec sleep 30", "xclip did not end within 500ms"},
	} {
		path := os.Getenv("PATH")
		s := fakes(t, "linux", map[string]string{"DISPLAY": ":0"}, map[string]string{"xclip": "PATH=" + path + "\n" + test.script})
		limit := patience
		if name == "endless" {
			limit = 500 * time.Millisecond
		}
		got, err := s.read(1000, limit)
		if err == nil || !strings.Contains(err.Error(), test.want) || got != nil || strings.Contains(err.Error(), "PHNh") {
			t.Errorf("%s: %q, %v; want %s", name, got, err, test.want)
		}
		t.Setenv("PATH", path)
	}
}

// TestClipboardIsBounded holds that one byte more than the limit is given, and that
// a tool which never stops is stopped.
func TestClipboardIsBounded(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   int
	}{
		"as much as allowed": {"printf 0123456789", 10},
		"one more":           {"printf 0123456789a", 11},
		"without end":        {"while :; do printf 0123456789; done", 11},
		"nothing":            {":", 0},
	} {
		s := fakes(t, "linux", map[string]string{"DISPLAY": ":0"}, map[string]string{"xclip": test.script})
		if got, err := s.read(10, patience); err != nil || len(got) != test.want {
			t.Errorf("%s: %d bytes, %v; want %d", name, len(got), err, test.want)
		}
	}
}

// TestToolLeavesSomethingBehind holds that a tool is not waited for once it has
// ended, as one that goes on in the background to keep the clipboard alive.
func TestToolLeavesSomethingBehind(t *testing.T) {
	path := os.Getenv("PATH")
	s := fakes(t, "linux", map[string]string{"DISPLAY": ":0"}, map[string]string{"xclip": "PATH=" + path + "\nprintf text\nsleep 5 &"})
	begun := time.Now()
	got, err := s.read(10, patience)
	if err != nil || string(got) != "text" || time.Since(begun) > 4*time.Second {
		t.Errorf("%q, %v, after %s", got, err, time.Since(begun))
	}
}
