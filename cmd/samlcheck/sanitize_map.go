package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/internal/sanitize"
)

// readMap reads the map of an earlier run, if there is one. A link to it is
// followed, so that the secret is written where it was kept.
func (r *sanitizing) readMap() (ok bool) {
	if r.flags.mapFile == "" {
		return true
	}
	r.mapName = r.flags.mapFile
	if target, err := filepath.EvalSymlinks(r.mapName); err == nil {
		r.mapName = target
	}
	var err error
	if r.mapText, err = readSmall(r.mapName, sanitize.MostMap); err == nil {
		r.memory, err = mapOf(r.mapText)
	}
	if err != nil {
		r.complainOf(r.flags.mapFile, "--map %s: %s", render.SourceName(r.flags.mapFile), err)
	}
	return err == nil
}

func mapOf(text []byte) (*sanitize.Map, error) {
	if text == nil {
		return sanitize.NewMap(), nil
	}
	return sanitize.ReadMap(text)
}

// nextMap writes the new map beside the earlier one, which must be as it was when
// it was read: another run with the same map would be forgotten otherwise.
func (r *sanitizing) nextMap() (name string, err error) {
	text, err := r.memory.Text()
	if err != nil {
		return "", err
	}
	next := newFile{r.mapName + ".new", text}
	if _, err := os.Lstat(next.name); err == nil {
		return "", fmt.Errorf("nothing is written: %s is there, so another run is writing the map, or was ended while it did; remove it if there is none", render.Quote(next.name))
	}
	if err := writeNewFile(next); err != nil {
		return "", err
	}
	now, err := readSmall(r.mapName, sanitize.MostMap)
	if err == nil && !bytes.Equal(now, r.mapText) {
		err = fmt.Errorf("nothing is written: another run has changed the map %s meanwhile; run this one again", render.Quote(r.mapName))
	}
	if err != nil {
		os.Remove(next.name)
		return "", err
	}
	return next.name, nil
}

// readSmall reads a file of at most so many bytes; nil where there is none.
func readSmall(name string, most int) ([]byte, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, inputError(render.Quote(name), err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	switch {
	case err != nil:
		return nil, inputError(render.Quote(name), err)
	case len(data) > most:
		return nil, fmt.Errorf("at most %d bytes are expected", most)
	}
	return append([]byte{}, data...), nil
}
