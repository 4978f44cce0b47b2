package render

import (
	"fmt"
	"path/filepath"
	"strings"
)

// An artifactKey tells what is listed as an artifact: a file, or the decoded
// XML of a message in it.
type artifactKey struct {
	source  string
	decoded bool
	index   int
}

// artifact gives the number of the file that a message comes from.
func (w *sarifWriter) artifact(o *Outcome) int {
	return w.list(artifactKey{source: o.source}, sarifArtifact{Location: locationOf(o.source), Roles: []string{"analysisTarget"}})
}

// decoded gives the number of the decoded XML of a message within its file.
func (w *sarifWriter) decoded(file int, o *Outcome) int {
	name := "decoded.xml"
	if o.index > 0 {
		name = fmt.Sprintf("decoded-%d.xml", o.index+1)
	}
	return w.list(artifactKey{o.source, true, o.index}, sarifArtifact{Location: sarifArtifactLocation{URI: name}, Parent: &file, MIMEType: "application/xml"})
}

func (w *sarifWriter) list(key artifactKey, a sarifArtifact) int {
	i, ok := w.artifacts[key]
	if !ok {
		i = len(w.listed)
		w.artifacts[key] = i
		w.listed = append(w.listed, a)
	}
	return i
}

// sourceRoot stands for the folder that relative names start from, by the name
// that code hosts know it by.
const sourceRoot = "%SRCROOT%"

// locationOf names a file by a URI, and says what it is where it is no file.
func locationOf(source string) sarifArtifactLocation {
	if source == "-" || source == "" {
		said := sarifText(SourceName(source))
		return sarifArtifactLocation{URI: "-", Description: &said}
	}
	out := sarifArtifactLocation{URI: fileURI(source)}
	if !strings.HasPrefix(out.URI, "file:") {
		out.Base = sourceRoot
	}
	return out
}

// fileURI gives the name of a file as a URI: relative if the name is.
func fileURI(name string) string {
	path := percent(filepath.ToSlash(name))
	volume := filepath.VolumeName(name)
	switch {
	case strings.HasPrefix(path, "//"): // a share: its host is named first
		return "file:" + path
	case strings.HasPrefix(path, "/"):
		return "file://" + path
	case volume != "" && filepath.IsAbs(name):
		return "file:///" + path
	}
	return path
}

// percent encodes every byte that has no other meaning in a path than itself
// (RFC 3986, section 2.3): also the colon, which would end a scheme.
func percent(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// sarifText makes the text of a message. In such a text a brace stands for
// itself only where it is doubled, and "](" may make a link.
func sarifText(s string) sarifString { return sarifString{Text: sarifEscape(Escape(s))} }

func sarifLines(lines []string) sarifString {
	var out []string
	for _, l := range lines {
		out = append(out, sarifEscape(Escape(l)))
	}
	return sarifString{Text: strings.Join(out, "\n")}
}

func sarifEscape(s string) string {
	return strings.NewReplacer("](", `]\u{{28}}`, "{", "{{", "}", "}}").Replace(s)
}
