package clipboard

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A tool is a program that writes the clipboard to its standard output.
type tool struct {
	name string
	args []string
}

// windowsArgs let PowerShell read the clipboard, with no profile of a person before
// it. Its own encoding would lose what is not in the code page.
var windowsArgs = []string{"-NoProfile", "-NonInteractive", "-Command",
	"[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false); Get-Clipboard -Raw"}

// A system is what decides which tools are asked.
type system struct {
	goos   string
	getenv func(name string) string
	look   func(name string) (string, error)
}

func thisSystem() system { return system{runtime.GOOS, os.Getenv, exec.LookPath} }

// tools gives the tools that suit the system, in the order in which they are asked
// for, and what to install where there is none of them.
func (s system) tools() (tools []tool, install string) {
	powershell := []tool{{"powershell.exe", windowsArgs}, {"pwsh.exe", windowsArgs}}
	switch {
	case s.goos == "darwin":
		return []tool{{"pbpaste", nil}}, "pbpaste is part of macOS and is expected on PATH, in /usr/bin"
	case s.goos == "windows":
		return powershell, "powershell.exe is part of Windows and is expected on PATH"
	case s.goos == "android" || s.getenv("TERMUX_VERSION") != "":
		return []tool{{"termux-clipboard-get", nil}}, "install the package termux-api and the app Termux:API"
	}
	if s.getenv("WSL_DISTRO_NAME") != "" || s.getenv("WSL_INTEROP") != "" { // the browser runs under Windows
		tools, install = powershell, "powershell.exe of Windows is expected on PATH"
	}
	if s.getenv("WAYLAND_DISPLAY") != "" {
		tools = append(tools, tool{"wl-paste", []string{"--no-newline"}})
		install = both(install, "install wl-clipboard")
	}
	if s.getenv("DISPLAY") != "" {
		tools = append(tools, tool{"xclip", []string{"-selection", "clipboard", "-o"}}, tool{"xsel", []string{"--clipboard", "--output"}})
		install = both(install, "install xclip or xsel")
	}
	return tools, install
}

func both(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", or " + b
}

// found gives the first tool that there is, by its whole path.
func (s system) found() (path string, t tool, err error) {
	tools, install := s.tools()
	if len(tools) == 0 {
		return "", t, fmt.Errorf("no clipboard is within reach: neither WAYLAND_DISPLAY nor DISPLAY is set, as they are in a graphical session and not over SSH; paste the response at the prompt, or give it as a file")
	}
	for _, t := range tools {
		// What is found through a relative entry of PATH could have come with the
		// files that are judged.
		if path, err := s.look(t.name); err == nil && filepath.IsAbs(path) {
			return path, t, nil
		}
	}
	return "", t, fmt.Errorf("a tool that reads the clipboard is expected (%s), there is none: %s", strings.Join(names(tools), ", "), install)
}

func names(tools []tool) []string {
	var out []string
	for _, t := range tools {
		if !slices.Contains(out, t.name) {
			out = append(out, t.name)
		}
	}
	return out
}
