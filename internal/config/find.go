package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A State tells what became of a place where the file is looked for.
type State string

// The states.
const (
	Read   State = "read"
	Absent State = "absent"
	// Covered: a file is there, and the one in the working folder holds.
	Covered State = "covered"
	// Shared: a file is there, in a folder such as /tmp into which everybody may
	// put one, so that it is not read unless it is named.
	Shared State = "shared"
)

// A Place is where the file was looked for.
type Place struct {
	Path  string `json:"path"`  // relative to the working folder
	Which string `json:"which"` // the folder in words
	State State  `json:"state"`
}

// Look looks for the file in a working folder and in the root of the repository
// around it, and nowhere else: what lies beside the inputs is as foreign as they
// are. It gives the places in the order in which they count, of which at most one
// is Read.
func Look(folder string) ([]Place, error) {
	// The root is that of the folder itself, not of a link that led there.
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, err
	}
	places := []Place{{Path: Name, Which: "the working folder"}}
	if root := repository(folder); root != "" && root != folder {
		above, err := filepath.Rel(folder, root)
		if err != nil {
			return nil, err
		}
		places = append(places, Place{Path: filepath.Join(above, Name), Which: "the repository's root"})
	}
	read := false
	for i := range places {
		p := &places[i]
		if p.State, err = stateOf(filepath.Join(folder, p.Path)); err != nil {
			return nil, fmt.Errorf("%s: %w", quote(p.Path), err)
		}
		if p.State == Read && read {
			p.State = Covered
		}
		read = read || p.State == Read
	}
	return places, nil
}

// repository gives the nearest folder from one upwards that holds .git, which is
// a file in a worktree; empty where there is none.
func repository(folder string) string {
	for {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return ""
		}
		folder = parent
	}
}

// stateOf tells whether a file is to be read. One that is there and cannot be
// read is an error: its settings must not vanish.
func stateOf(path string) (State, error) {
	info, err := os.Stat(path)
	var reason *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isLink(path):
		return Absent, nil
	case errors.Is(err, fs.ErrNotExist):
		return "", errors.New("a file is expected, found a link that leads nowhere")
	case errors.As(err, &reason):
		return "", fmt.Errorf("it cannot be read: %w", reason.Err)
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", errors.New("a file is expected, found something else of this name")
	case isShared(filepath.Dir(path)):
		return Shared, nil
	}
	return Read, nil
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// isShared reports whether a folder is one for everybody: anybody may write into
// it, and the sticky bit keeps the files of others. Build systems make folders of
// their own that anybody may write into; those have no such bit.
func isShared(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.Mode()&fs.ModeSticky != 0 && info.Mode().Perm()&0o002 != 0
}
