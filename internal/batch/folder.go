package batch

import (
	"errors"
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
// Two of them are refused: elsewhere they stand for any folders, and here they
// would leave files out without a word.
func CheckPattern(pattern string) error {
	if _, err := path.Match(pattern, ""); err != nil {
		return fmt.Errorf("the pattern is malformed: %w", err)
	}
	if strings.Contains(pattern, "**") {
		return errors.New("** has no meaning; a pattern without a slash, such as *.b64, is held against the files of all folders")
	}
	return nil
}

// settings is the name of a file that belongs to the tool and is no input.
const settings = "samlcheck.yaml"

// folder gives the files of a folder and of the folders in it, sorted by name,
// without those that are hidden.
func (s *Source) folder(root string, yield func(Input) bool) bool {
	root = followed(root)
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
	if found == 0 {
		return yield(Input{Name: root, Err: fmt.Errorf("files are expected in the folder %s, none is found%s", s.Quote(root), s.wanted())})
	}
	return on
}

// followed gives the name of a folder such that it is gone through where it is a
// link too: whoever names it means the folder.
func followed(root string) string {
	if info, err := os.Lstat(root); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return root + string(filepath.Separator)
	}
	return root
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
		if s.Lines || s.Null && name == "-" || !readableTwice(name) {
			return 0, false
		}
	}
	for range s.Inputs() {
		n++
	}
	return n, true
}

// readableTwice reports whether an argument is no list, or one in a file.
func readableTwice(name string) bool {
	list, isList := strings.CutPrefix(name, "@")
	if !isList || list == "" {
		return true
	}
	info, err := os.Stat(list)
	return list != "-" && err == nil && info.Mode().IsRegular()
}
