package main

import (
	"bytes"
	"encoding/json"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// pemKey ends the first line of every private key in PEM, encrypted or not.
const pemKey = "PRIVATE KEY-----"

// meantFor says where a file belongs that was given at the wrong place, to stand
// behind the error there; empty where the file is of no kind that is known.
func meantFor(data []byte) string {
	switch {
	case len(data) > mostMetadata:
		return ""
	case bytes.Contains(data, []byte(pemKey)):
		return "; a private key is given with --key"
	case json.Valid(data):
		if isGood(claims.ParseIAM(data)) || isGood(saml.ParseMetadata(data)) {
			return "; what the AWS CLI prints of an account is given with --iam"
		}
	case isGood(saml.ParseMetadata(data)):
		return "; metadata, or a certificate, is given with --metadata (-m)"
	case isResponse(data):
		return "; a response is given without a flag before it"
	}
	return ""
}

func isGood[T any](_ T, err error) bool { return err == nil }

func isResponse(data []byte) bool {
	if len(data) > mostMessage {
		return false
	}
	return saml.Check(saml.Decode(data), nil, saml.Options{SkipWitness: true}).Response.Present()
}
