package differential

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Xmlsec1 runs the command xmlsec1. It takes many documents in one process.
type Xmlsec1 struct {
	Dir         string // for the documents
	Key         string // file of the private key, PEM
	Certificate string // file of the certificate, PEM
}

// HaveXmlsec1 reports whether the command is installed.
func HaveXmlsec1() bool {
	_, err := exec.LookPath("xmlsec1")
	return err == nil
}

func identifiers() []string {
	var out []string
	for _, name := range []string{spaceSAMLP + ":Response", spaceSAML + ":Assertion", spaceGeneral + ":doc"} {
		out = append(out, "--id-attr:ID", name)
	}
	return out
}

// run gives what the command writes on its two outputs.
func (x Xmlsec1) run(arguments []string, documents [][]byte) (out, said string, err error) {
	dir, err := os.MkdirTemp(x.Dir, "")
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	arguments = append(slices.Clone(arguments), identifiers()...)
	for i, d := range documents {
		file := filepath.Join(dir, strconv.Itoa(i)+".xml")
		if err := os.WriteFile(file, d, 0o600); err != nil {
			return "", "", err
		}
		arguments = append(arguments, file)
	}
	command := exec.Command("xmlsec1", arguments...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = nil
	}
	return stdout.String(), stderr.String(), err
}

// Verify tells for each document whether its first Signature holds with the
// certificate's key, and what the command says where it does not.
func (x Xmlsec1) Verify(documents [][]byte) (refusals map[int]string, err error) {
	refusals = map[int]string{}
	for from := 0; from < len(documents); {
		_, said, err := x.run([]string{"--verify", "--enabled-key-data", "key-name", "--pubkey-cert-pem", x.Certificate}, documents[from:])
		if err != nil {
			return nil, err
		}
		good, failed := verdicts(said)
		if from+good == len(documents) {
			return refusals, nil
		}
		if !failed {
			return nil, fmt.Errorf("xmlsec1 verified %d of %d documents and then stopped: %s", good, len(documents)-from, said)
		}
		refusals[from+good] = lastRefusal(said)
		from += good + 1
	}
	return refusals, nil
}

// verdicts counts the documents that hold; the command stops at the first that
// does not.
func verdicts(said string) (good int, failed bool) {
	for line := range strings.Lines(said) {
		switch strings.TrimSpace(line) {
		case "OK":
			good++
		case "FAIL", "ERROR":
			failed = true
		}
		failed = failed || strings.HasPrefix(line, "Error:")
	}
	return good, failed
}

func lastRefusal(said string) string {
	at := strings.LastIndex(said, "\nOK\n")
	return said[max(at, 0):]
}

// Sign fills in the first Signature of each template; what the command cannot
// sign stays nil. The documents are the templates but for the DigestValue and
// SignatureValue that the command computed, so that nothing that it writes
// otherwise gets into them.
func (x Xmlsec1) Sign(templates [][]byte) ([][]byte, error) {
	signed := make([][]byte, len(templates))
	for from := 0; from < len(templates); from++ {
		out, _, err := x.run([]string{"--sign", "--enabled-key-data", "key-name", "--privkey-pem", x.Key}, templates[from:])
		if err != nil {
			return nil, err
		}
		for _, part := range strings.Split(out, `<?xml version="1.0"`)[1:] {
			digest, signature := digestValue().FindStringSubmatch(part), signatureValue().FindStringSubmatch(part)
			if digest == nil || signature == nil {
				return nil, fmt.Errorf("xmlsec1 left document %d unsigned", from)
			}
			signed[from] = fill(templates[from], digest[2], signature[2])
			from++
		}
	}
	return signed, nil
}

func digestValue() *regexp.Regexp { return regexp.MustCompile(`(<(?:\w+:)?DigestValue>)([^<]*)`) }

func signatureValue() *regexp.Regexp {
	return regexp.MustCompile(`(<(?:\w+:)?SignatureValue>)([^<]*)`)
}

// Template empties the values of the first Signature.
func Template(signed []byte) []byte { return fill(signed, "", "") }

func fill(xml []byte, digest, signature string) []byte {
	return replaceFirst(replaceFirst(xml, digestValue(), digest), signatureValue(), signature)
}

func replaceFirst(xml []byte, wanted *regexp.Regexp, value string) []byte {
	at := wanted.FindSubmatchIndex(xml)
	if at == nil {
		return xml
	}
	return slices.Concat(xml[:at[4]], []byte(value), xml[at[5]:])
}
