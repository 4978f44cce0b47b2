// Package engine is samlcheck as a contender: it decodes a message and judges
// it, with all findings, claims and predictions.
package engine

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/samlcheck/samlcheck/benchmarks/peers/line"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// A Way is how samlcheck is asked.
type Way struct {
	SkipWitness bool
	Base64      bool // the message comes as base64, not as XML
}

// Load prepares checks that hold messages against the metadata of a folder of
// package material. The metadata is parsed once, as by all contenders.
func (w Way) Load(folder string) (line.Load, error) {
	metadata, now, err := read(folder)
	if err != nil {
		return nil, err
	}
	options := claims.Options{Options: saml.Options{Time: now, SkipWitness: w.SkipWitness}}
	return func(xml []byte) func() error {
		text := xml
		if w.Base64 {
			text = []byte(base64.StdEncoding.EncodeToString(xml))
		}
		return func() error {
			report := claims.Check(saml.Decode(text), metadata, options)
			defer report.Release()
			return accepted(report)
		}
	}, nil
}

func read(folder string) (*saml.Metadata, time.Time, error) {
	source, err := os.ReadFile(filepath.Join(folder, "metadata.xml"))
	if err != nil {
		return nil, time.Time{}, err
	}
	metadata, err := saml.ParseMetadata(source)
	if err != nil {
		return nil, time.Time{}, err
	}
	instant, err := os.ReadFile(filepath.Join(folder, "instant.txt"))
	if err != nil {
		return nil, time.Time{}, err
	}
	now, err := time.Parse(time.RFC3339, string(instant))
	return metadata, now, err
}

// accepted asks for a message that is proved, and whose roles were read. It may
// be wrong otherwise: AWS takes no message with 1,200 roles, for its length.
func accepted(r *claims.Report) error {
	if !r.SAML.Verified || len(r.Roles) == 0 {
		return fmt.Errorf("the verdict is %s, verified: %t, with %d roles", r.Verdict, r.SAML.Verified, len(r.Roles))
	}
	return nil
}
