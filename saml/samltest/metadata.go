package samltest

import (
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"strings"
)

// Metadata is what a product publishes of itself. The zero value is that of
// Entra with its current key.
type Metadata struct {
	Product  Product
	EntityID string // empty: the Issuer of the product's logins
	Keys     []Key  // signing keys in their order; nil: the current one
}

// Metadata gives the metadata that proves the sign-in: that of its product,
// with the key that the product signs with, whatever key the Login names.
func (l Login) Metadata() ([]byte, error) {
	filled, h, err := l.filled()
	if err != nil {
		return nil, err
	}
	m := Metadata{Product: filled.Product, EntityID: h.issuer}
	if filled.Algorithm == ECDSASHA256 {
		m.Keys = []Key{ECKey}
	}
	return m.XML()
}

// XML gives the document. Entra and AD FS sign theirs.
func (m Metadata) XML() ([]byte, error) {
	h, err := m.Product.habits()
	if err != nil {
		return nil, err
	}
	m.Product = m.Product.orDefault()
	if m.EntityID == "" {
		m.EntityID = h.issuer
	}
	if m.Keys == nil {
		m.Keys = []Key{CurrentKey}
	}
	values, err := m.values()
	if err != nil {
		return nil, err
	}
	text, err := render(string(m.Product)+"-metadata.xml", values)
	if err != nil || m.Product == Okta || m.Product == Keycloak {
		return []byte(text), err
	}
	algorithm := RSASHA256
	if m.Keys[0] == ECKey {
		algorithm = ECDSASHA256
	}
	return signed(text, values.ID, m.Product, m.Keys[0], algorithm)
}

type metadataValues struct {
	ID, EntityID, Tenant string
	Certificates         []string // in base64
	Encryption           string
}

func (m Metadata) values() (metadataValues, error) {
	v := metadataValues{ID: identifier(m.Product, "metadata"+m.EntityID), EntityID: m.EntityID, Tenant: tenant}
	for _, k := range m.Keys {
		cert, err := k.Certificate(m.Product)
		if err != nil {
			return v, err
		}
		v.Certificates = append(v.Certificates, encoded(cert))
	}
	cert, err := EncryptionKey.Certificate(m.Product)
	if err != nil {
		return v, err
	}
	v.Encryption = encoded(cert)
	return v, nil
}

func encoded(cert *x509.Certificate) string { return base64.StdEncoding.EncodeToString(cert.Raw) }

// keyName gives a name as Keycloak gives its keys: a digest in base64url.
func keyName(certificate string) string {
	sum := sha1.Sum([]byte(certificate))
	return strings.TrimRight(base64.URLEncoding.EncodeToString(sum[:]), "=")
}
