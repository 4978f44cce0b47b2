package batch

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// CheckPattern refuses a pattern that can never be matched. A pattern without a
// slash is held against the name of a file, one with a slash against the path
// below the folder; * stands for any characters but a slash.
func CheckPattern(pattern string) error {
	if _, err := path.Match(pattern, ""); err != nil {
		return fmt.Errorf("the pattern is malformed: %w", err)
	}
	return nil
}

// settings is the name of a file that belongs to the tool and is no input.
const settings = "samlcheck.yaml"

// folder gives the files of a folder and of the folders in it, sorted by name,
// without those that are hidden.
func (s *Source) folder(root string, yield func(Input) bool) bool {
	found, on := 0, true
	give := func(i Input) error {
		found++
		if on = yield(i); !on {
			return fs.SkipAll
		}
		return nil
	}
	// The error of the walk itself is one of those that were given already.
	_ = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		base := filepath.Base(name)
		passed := name != root && (strings.HasPrefix(base, ".") || base == settings)
		switch {
		case err != nil:
			if err := give(Input{Name: name, Err: s.fails(name, err)}); err != nil {
				return err
			}
			return skipOf(entry)
		case passed:
			return skipOf(entry)
		case entry.IsDir() || !s.matches(root, name):
			return nil
		case !isFile(name, entry):
			return give(Input{Name: name, Err: fmt.Errorf("a file is expected in the folder, %s is something else", s.Quote(name))})
		case s.Lines:
			found++
			if on = s.lines(name, yield); !on {
				return fs.SkipAll
			}
			return nil
		}
		return give(Input{Name: name})
	})
	if on && found == 0 {
		return yield(Input{Name: root, Err: fmt.Errorf("files are expected in the folder %s, none is found%s", s.Quote(root), s.wanted())})
	}
	return on
}

// skipOf leaves out a folder, or the one entry.
func skipOf(entry fs.DirEntry) error {
	if entry != nil && entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// isFile reports whether an entry is a file, or a link to one; a link to a
// folder is not followed, as it may lead in a circle.
func isFile(name string, entry fs.DirEntry) bool {
	if entry.Type().IsRegular() {
		return true
	}
	info, err := os.Stat(name)
	return entry.Type()&fs.ModeSymlink != 0 && err == nil && info.Mode().IsRegular()
}

func (s *Source) matches(root, name string) bool {
	if len(s.Patterns) == 0 {
		return true
	}
	below, err := filepath.Rel(root, name)
	if err != nil {
		return false
	}
	below = filepath.ToSlash(below)
	for _, p := range s.Patterns {
		held := below
		if !strings.Contains(p, "/") {
			held = path.Base(below)
		}
		if ok, err := path.Match(p, held); ok && err == nil {
			return true
		}
	}
	return false
}

func (s *Source) wanted() string {
	if len(s.Patterns) == 0 {
		return ""
	}
	var quoted []string
	for _, p := range s.Patterns {
		quoted = append(quoted, s.Quote(p))
	}
	return " that matches " + strings.Join(quoted, " or ")
}

// Count counts the inputs as far as that is known before they are read; ok is
// false where it is not, as for what comes on standard input or through a pipe,
// which can be read once only.
func (s *Source) Count() (n int, ok bool) {
	for _, name := range s.Names {
		list, isList := strings.CutPrefix(name, "@")
		info, err := os.Stat(list)
		if s.Lines || s.Null && name == "-" || isList && (err != nil || !info.Mode().IsRegular()) {
			return 0, false
		}
	}
	for range s.Inputs() {
		n++
	}
	return n, true
}
