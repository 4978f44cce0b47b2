package capture

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
)

const (
	mostFiles    = 100_000  // in an archive
	mostSession  = 4 << 20  // bytes that are read of a request or an answer
	mostSessions = 64 << 20 // bytes that are read of all of them
)

// isZip reports whether a file begins as a ZIP archive does.
func isZip(text []byte) bool { return bytes.HasPrefix(text, []byte("PK\x03\x04")) }

// findSAZ reads a session archive of Fiddler: a ZIP archive with each request in
// raw/N_c.txt, and its answer in raw/N_s.txt.
func findSAZ(text []byte) (Found, bool) {
	if !isZip(text) || bytes.Count(text, []byte("PK\x01\x02")) > mostFiles {
		return Found{}, false
	}
	archive, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return Found{}, false
	}
	z := sessions{gathering: gathering{noun: "session"}, left: mostSessions}
	answers := map[string]*zip.File{}
	var requests []*zip.File
	for _, f := range archive.File {
		name := strings.ToLower(f.Name)
		switch {
		case strings.HasPrefix(name, "raw/") && strings.HasSuffix(name, "_c.txt"):
			requests = append(requests, f)
		case strings.HasPrefix(name, "raw/") && strings.HasSuffix(name, "_s.txt"):
			answers[strings.TrimSuffix(name, "_s.txt")] = f
		}
	}
	if len(requests) == 0 {
		return Found{}, false
	}
	slices.SortStableFunc(requests, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range requests {
		z.session(f, answers[strings.TrimSuffix(strings.ToLower(f.Name), "_c.txt")])
	}
	return z.result(), true
}

// sessions reads the sessions of an archive one after the other.
type sessions struct {
	gathering
	left   int64 // bytes that may be read
	failed error // why a session was not read
}

func (z *sessions) session(request, answer *zip.File) {
	m, ok := oneHTTP(z.content(request))
	x := exchange{}
	if ok {
		x = *m.request()
	}
	if answer != nil {
		if m, ok := oneHTTP(z.content(answer)); ok {
			x.answer(m)
		}
	}
	z.add(x)
}

// content reads a file of the archive; what is too much is left out.
func (z *sessions) content(f *zip.File) []byte {
	file, err := f.Open()
	if err != nil {
		z.failed = err
		return nil
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, min(mostSession, z.left)))
	if err != nil {
		z.failed = err
	}
	z.left -= int64(len(content))
	return content
}

func (z *sessions) result() Found {
	found := z.found(HTTP, "session archive of Fiddler", true)
	switch {
	case answers(found.Messages):
	case z.failed != nil:
		found.Lacks = "a session of the archive could not be read, perhaps as it is protected by a password: save it without one"
	default:
		found.Lacks = "none of its " + counted(z.exchanges, "session") + " has a SAMLResponse: record the sign-in from before it starts until AWS has answered, with the decryption of HTTPS switched on"
	}
	return found
}
