package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/internal/sanitize"
)

// privateMode is the mode of everything that the verb writes: a fixture is safe
// once somebody has looked at it.
const privateMode = 0o600

// A fixtureFile is a fixture and where it goes.
type fixtureFile struct {
	source string
	index  int
	made   *sanitize.Fixture
	name   string
}

// A newFile is a file that is about to be written.
type newFile struct {
	name string
	data []byte
}

// writeAll writes the fixtures, and what belongs to them, or nothing.
func (r *sanitizing) writeAll() {
	if len(r.fixtures) == 0 || r.late {
		return
	}
	files, err := r.filesToWrite()
	if err == nil {
		err = r.writeWithMap(files)
	}
	if err != nil {
		r.complain("%s", err)
		return
	}
	r.list(files)
}

// filesToWrite names the files: of several fixtures by number, since the names
// of captures may tell whose they are.
func (r *sanitizing) filesToWrite() ([]newFile, error) {
	extension := ".b64"
	if r.flags.form == "xml" {
		extension = ".xml"
	}
	stem, beside := r.flags.output, r.flags.output+"."
	if len(r.messages) > 1 {
		stem, beside = filepath.Join(r.flags.output, "fixture"), r.flags.output+string(filepath.Separator)
		if err := os.Mkdir(r.flags.output, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("the folder %s cannot be made: %w", render.Quote(r.flags.output), reason(err))
		}
	}
	var files []newFile
	for i, f := range r.fixtures {
		f.name = stem + extension
		if len(r.messages) > 1 {
			f.name = fmt.Sprintf("%s-%d%s", stem, i+1, extension)
		}
		files = append(files, newFile{f.name, f.made.Text})
	}
	return r.filesBeside(files, beside)
}

// filesBeside adds the metadata and the key.
func (r *sanitizing) filesBeside(files []newFile, beside string) ([]newFile, error) {
	metadata, err := r.maker.Metadata()
	if err != nil {
		return nil, err
	}
	for i, m := range metadata {
		number := ""
		if i > 0 {
			number = fmt.Sprintf("-%d", i+1)
		}
		files = append(files, newFile{beside + "metadata" + number + "." + m.Extension, m.Data})
	}
	key, err := r.maker.Key()
	if key != nil {
		files = append(files, newFile{beside + "key", key})
	}
	return files, err
}

// writeWithMap writes the files, and the map in the place of the earlier one: both
// or none.
func (r *sanitizing) writeWithMap(files []newFile) error {
	if r.memory == nil {
		return writeNew(files)
	}
	next, err := r.nextMap()
	if err != nil {
		return err
	}
	if err := writeNew(files); err != nil {
		os.Remove(next)
		return err
	}
	if err := os.Rename(next, r.mapName); err != nil {
		for _, f := range append(files, newFile{name: next}) {
			os.Remove(f.name)
		}
		return fmt.Errorf("--map %s cannot be written: %w", render.SourceName(r.mapName), reason(err))
	}
	return nil
}

// writeNew writes files that are not there yet. Where one is, or cannot be
// written, none is left.
func writeNew(files []newFile) error {
	for i, f := range files {
		if err := writeNewFile(f); err != nil {
			for _, written := range files[:i] {
				os.Remove(written.name)
			}
			return err
		}
	}
	return nil
}

func writeNewFile(f newFile) error {
	out, err := os.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateMode)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the name of a new file is expected, %s is there already: it is left as it is, and nothing is written; give another name with -o", render.Quote(f.name))
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", render.Quote(f.name), reason(err))
	}
	_, err = out.Write(f.data)
	if err = errors.Join(err, out.Close()); err != nil {
		os.Remove(f.name)
		return fmt.Errorf("%s cannot be written: %w", render.Quote(f.name), reason(err))
	}
	return nil
}
