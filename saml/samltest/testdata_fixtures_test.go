package samltest

import "strings"

// testFixtures are the captures of testdata/fixtures, with what proves them.
func testFixtures() []fixture {
	return []fixture{
		{"fixtures/metadata.xml", "Entra ID", metadataFile(Metadata{})},
		{"fixtures/entra-good.b64", "a sound sign-in", capture(Login{}, asBase64)},
		{"fixtures/entra-edited.b64", "the NameID was edited after signing", capture(Login{Mutations: []string{"nameid-edited"}}, asBase64)},
		{"fixtures/entra-other-audience.form", "the audience of another service, which the fixture ignores", capture(Login{Mutations: []string{"audience-other"}}, asForm)},
		{"fixtures/entra-sp-initiated.b64", "a sound sign-in that answers the request _request-1", capture(Login{InResponseTo: "_request-1"}, asBase64)},
		{"fixtures/entra-encrypted.b64", "the assertion is encrypted", capture(Login{Encrypt: Encryption{Algorithm: "aes256-gcm"}}, asBase64)},
		{"fixtures/entra-encrypted.key", "the private key that it is encrypted for, which all the world knows", func() ([]byte, error) {
			return keyFiles.ReadFile("keys/" + EncryptionKey.keyName(Entra) + ".key")
		}},
		{"fixtures/adfs-good.xml", "a sound sign-in at AD FS, for any service provider", capture(Login{Product: ADFS}, asXML)},
		{"fixtures/adfs-good.metadata.xml", "AD FS", metadataFile(Metadata{Product: ADFS})},
		{"fixtures/keycloak.txtar", "a sound sign-in at Keycloak with everything in one file", keycloakArchive},
	}
}

// writtenByHand gives the capture that a file of expectations is about.
func writtenByHand(name string) string {
	stem, ok := strings.CutSuffix(name, ".yaml")
	if !ok {
		return ""
	}
	for _, f := range testFixtures() {
		if f.file == stem || strings.HasPrefix(f.file, stem+".") {
			return f.file
		}
	}
	return ""
}

func keycloakArchive() ([]byte, error) {
	l := Login{Product: Keycloak}
	response, err := capture(l, asFolded)()
	if err != nil {
		return nil, err
	}
	metadata, err := l.Metadata()
	if err != nil {
		return nil, err
	}
	return []byte(`A sound sign-in at Keycloak: the capture, the metadata and what is wanted in one file.
It is valid for less than a minute, which STS does not mind.
-- response.b64 --
` + string(response) + "-- metadata.xml --\n" + strings.TrimSuffix(string(metadata), "\n") + `
-- want.yaml --
want:
  verdict: pass
  codes_exclude: [digest-mismatch, assertion-expired]
  roles:
    - arn:aws:iam::111122223333:role/Admin
    - arn:aws:iam::444455556666:role/Auditors
  sts: Success
`), nil
}
