package samltest

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"os"
	"testing"
	"time"
)

// certificates says how each certificate in keys/ is made. All are self-signed
// and have no extensions, as those that Entra ID and AD FS make have none that
// matter here.
func certificates() []struct {
	file, key, copies string // copies: the certificate whose serial number it has
	subject           pkix.Name
	from, until       string
} {
	named := func(cn string) pkix.Name { return pkix.Name{CommonName: cn} }
	federated := named("Microsoft Azure Federated SSO Certificate")
	return []struct {
		file, key, copies string
		subject           pkix.Name
		from, until       string
	}{
		{"entra", "entra", "", federated, "2025-02-03T10:22:31Z", "2028-02-03T10:22:30Z"},
		{"reissued", "entra", "", federated, "2026-08-20T08:00:12Z", "2029-08-20T08:00:11Z"},
		{"next", "next", "", federated, "2026-08-20T08:05:44Z", "2029-08-20T08:05:43Z"},
		{"attacker", "attacker", "entra", federated, "2025-02-03T10:22:31Z", "2028-02-03T10:22:30Z"},
		{"tenant", "tenant", "", named("accounts.accesscontrol.windows.net"), "2025-11-01T00:00:00Z", "2030-11-01T00:00:00Z"},
		{"adfs", "adfs", "", named("ADFS Signing - sts.example.com"), "2026-03-10T07:15:00Z", "2027-03-10T07:15:00Z"},
		{"encryption", "encryption", "", named("ADFS Encryption - sts.example.com"), "2026-03-10T07:15:01Z", "2027-03-10T07:15:01Z"},
		{"okta", "okta", "", pkix.Name{Country: []string{"US"}, Organization: []string{"Okta"}, OrganizationalUnit: []string{"SSOProvider"}, CommonName: "example"},
			"2024-05-06T12:00:00Z", "2034-05-06T12:00:00Z"},
		{"keycloak", "keycloak", "", named("example"), "2023-04-17T09:30:00Z", "2033-04-17T09:31:40Z"},
		{"ec", "ec", "", named("ECDSA signing"), "2025-06-01T00:00:00Z", "2030-06-01T00:00:00Z"},
		{"weak", "weak", "", named("RSA 1024 signing"), "2025-06-01T00:00:00Z", "2030-06-01T00:00:00Z"},
	}
}

func TestCertificates(t *testing.T) {
	for _, c := range certificates() {
		t.Run(c.file, func(t *testing.T) {
			number := c.file
			if c.copies != "" {
				number = c.copies
			}
			sum := sha256.Sum256([]byte("serial " + number))
			sum[0] = sum[0]&0x3f | 0x40 // positive, and 16 octets long
			key, err := Key(c.key).Signer("")
			if err != nil {
				t.Fatal(err)
			}
			template := &x509.Certificate{SerialNumber: new(big.Int).SetBytes(sum[:16]), Subject: c.subject,
				NotBefore: instant(t, c.from), NotAfter: instant(t, c.until)}
			der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "keys/"+c.file+".crt", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
		})
	}
}

// An Entra certificate of RSA-2048 is 756 octets of DER, version 3, with no
// extensions and a PrintableString for its name (seen in a public capture).
func TestEntraCertificateShape(t *testing.T) {
	cert, err := CurrentKey.Certificate(Entra)
	if err != nil {
		t.Fatal(err)
	}
	if len(cert.Raw) != 756 || cert.Version != 3 || len(cert.Extensions) != 0 {
		t.Errorf("expected 756 octets, version 3, 0 extensions; found %d, %d, %d", len(cert.Raw), cert.Version, len(cert.Extensions))
	}
	var names []pkix.RelativeDistinguishedNameSET
	if _, err := asn1.Unmarshal(cert.RawSubject, &names); err != nil || len(names) != 1 {
		t.Errorf("expected one name, found %v (%v)", names, err)
	}
	if printable := append([]byte{asn1.TagPrintableString, 41}, "Microsoft Azure Federated SSO Certificate"...); !bytes.Contains(cert.RawSubject, printable) {
		t.Error("the name is no PrintableString")
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// golden compares a file with what is made anew, or writes it with -update.
func golden(t *testing.T, name string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	found, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(found, want) {
		t.Errorf("%s is not what is made anew (go test ./saml/samltest -update writes it)", name)
	}
}
