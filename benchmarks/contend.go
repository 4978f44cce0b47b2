package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/samlcheck/samlcheck/benchmarks/contenders"
	"github.com/samlcheck/samlcheck/benchmarks/engine"
	"github.com/samlcheck/samlcheck/benchmarks/floor"
	"github.com/samlcheck/samlcheck/benchmarks/peers/line"
)

// contend makes this program a contender, which the others are measured against.
func contend(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("expected a contender and a folder, found %q", args)
	}
	load, err := contender(args[0], args[1])
	if err != nil {
		return err
	}
	return line.Serve(os.Stdin, os.Stdout, load)
}

func contender(key, folder string) (line.Load, error) {
	switch key {
	case contenders.Floor:
		return lowest(folder)
	case contenders.Witness:
		return engine.Way{}.Load(folder)
	case contenders.Alone:
		return engine.Way{SkipWitness: true}.Load(folder)
	case contenders.Alone + "-base64":
		return engine.Way{SkipWitness: true, Base64: true}.Load(folder)
	}
	return nil, fmt.Errorf("there is no contender %q", key)
}

// lowest is the floor, with the key of the folder's certificate.
func lowest(folder string) (line.Load, error) {
	text, err := os.ReadFile(filepath.Join(folder, "certificate.pem"))
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("certificate.pem holds no PEM")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("expected a key of RSA, found %T", certificate.PublicKey)
	}
	verifier := floor.New(key)
	return func(xml []byte) func() error { return func() error { return verifier.Check(xml) } }, nil
}
