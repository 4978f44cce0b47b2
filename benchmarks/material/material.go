// Package material makes the messages that are measured, and writes them as
// files that programs of every language can read.
package material

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/samlcheck/samlcheck/saml/samltest"
)

// Sizes are the numbers of roles that are measured.
func Sizes() []int { return []int{10, 100, 1200} }

// Login is a sign-in at Entra that offers this many roles; its Assertion is
// signed with RSA-2048 and SHA-256.
func Login(roles int) samltest.Login {
	login := samltest.Login{Sign: samltest.SignAssertion}
	for i := range roles {
		login.Roles = append(login.Roles, fmt.Sprintf("arn:aws:iam::111122223333:role/Role-%04d,arn:aws:iam::111122223333:saml-provider/Entra", i))
	}
	return login
}

// Instant is when the messages are judged: half a minute after their issue.
func Instant() time.Time { return samltest.Instant().Add(30 * time.Second) }

// Genuine and Changed name the files of a message as it was issued, and as it
// is after its NameID was edited.
func Genuine(roles int) string { return strconv.Itoa(roles) + ".xml" }
func Changed(roles int) string { return strconv.Itoa(roles) + "-changed.xml" }

// Write writes into the folder every message, the metadata, the certificate in
// it and the instant at which to judge.
func Write(folder string) error {
	files := map[string][]byte{"instant.txt": []byte(Instant().Format(time.RFC3339))}
	var err error
	if files["metadata.xml"], err = Login(1).Metadata(); err != nil {
		return err
	}
	certificate, err := samltest.CurrentKey.Certificate(samltest.Entra)
	if err != nil {
		return err
	}
	files["certificate.pem"] = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
	for _, roles := range Sizes() {
		genuine, err := Login(roles).Response()
		if err != nil {
			return err
		}
		changed, err := edited(genuine)
		if err != nil {
			return err
		}
		files[Genuine(roles)], files[Changed(roles)] = genuine, changed
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// edited changes one character of the NameID.
func edited(xml []byte) ([]byte, error) {
	start := bytes.Index(xml, []byte("</NameID>")) - 1
	if start < 0 {
		return nil, errors.New("the message has no NameID to edit")
	}
	out := bytes.Clone(xml)
	out[start] ^= 1
	return out, nil
}
