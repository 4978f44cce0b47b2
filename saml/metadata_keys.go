package saml

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// declaredKey is a key of a KeyDescriptor with all that is known of it.
type declaredKey struct {
	xmlsig.Key
	use                 string // as the KeyDescriptor says it; empty is signing and encryption
	der                 []byte // the certificate; nil for a bare key
	subject             string
	notBefore, notAfter time.Time
	element             xmldoc.Element // X509Certificate or KeyValue; zero for a lone certificate
}

// damage is something in a KeyDescriptor that is no proper certificate or key.
type damage struct {
	element xmldoc.Element // X509Certificate or KeyValue; zero in a certificate file
	number  int            // of a certificate in a certificate file, from 1
	reason  string         // a lower-case sentence
	kind    damageKind
}

type damageKind int

const (
	unreadableCertificate damageKind = iota // it gives no key
	repairedCertificate                     // its key is used all the same
	strangeCertificate                      // Go refuses the certificate; its key is used
	repeatedExtension                       // the same, because of an extension that stands in it twice
)

// keyUsed reports whether the key could be read in spite of the damage.
func (d damage) keyUsed() bool { return d.kind != unreadableCertificate }

// mostCertificates bounds the certificates of one KeyInfo.
const mostCertificates = 10

func idOf(k xmlsig.Key) keyID {
	id := keyID{spki: k.SPKI}
	if k.Certificate != nil {
		id.certificate = sha256.Sum256(k.Certificate.Raw)
	}
	return id
}

// ready reads the keys of the entity when they are first asked for: of an
// aggregate of thousands, one is.
func (e *Entity) ready() *Entity {
	e.once.Do(func() {
		if e.ID == "" {
			e.readLone()
			return
		}
		for role := range e.element.Children() {
			switch {
			case role.Is(nsMetadata, "IDPSSODescriptor"):
				e.readRole(role)
			case role.Is(nsMetadata, "RoleDescriptor"):
				e.hintAll(role, "a WS-Federation key of the metadata")
			case role.Is(nsMetadata, "SPSSODescriptor"):
				e.hintAll(role, "a key of the service provider part of the metadata")
			}
		}
	})
	return e
}

func (e *Entity) readRole(role xmldoc.Element) {
	for _, d := range role.ChildrenNamed(nsMetadata, "KeyDescriptor") {
		keys, issuing, damages := readDescriptor(d)
		e.damages = append(e.damages, damages...)
		e.hint(issuing, "a certification authority in the metadata")
		switch use := d.Get("use"); use {
		case "", "signing":
			for _, k := range keys {
				e.declare(k)
			}
		default:
			e.hint(keys, "an encryption key of the metadata")
		}
	}
}

func (e *Entity) declare(k declaredKey) {
	e.declared = append(e.declared, k)
	e.keys = append(e.keys, k.Key)
}

func (e *Entity) hintAll(role xmldoc.Element, from string) {
	for _, d := range role.ChildrenNamed(nsMetadata, "KeyDescriptor") {
		keys, _, _ := readDescriptor(d)
		e.hint(keys, from)
	}
}

func (e *Entity) hint(keys []declaredKey, from string) {
	for _, k := range keys {
		e.hints = append(e.hints, xmlsig.Hint{Key: k.Key, From: from})
	}
}

// readDescriptor reads the keys of a KeyDescriptor (Metadata 2.4.1.1), and
// apart from them the keys of certificates that only issued others.
func readDescriptor(d xmldoc.Element) (keys, issuing []declaredKey, damages []damage) {
	use := d.Get("use")
	for _, info := range d.ChildrenNamed(nsSignature, "KeyInfo") {
		n := 0
		for c := range info.Children() {
			switch {
			case c.Is(nsSignature, "X509Data"):
				leaves, issuers, bad := readX509Data(c, &n)
				keys, issuing, damages = append(keys, leaves...), append(issuing, issuers...), append(damages, bad...)
			case c.Is(nsSignature, "KeyValue"), c.Is(nsSignature11, "DEREncodedKeyValue"):
				k, err := readKeyValue(c)
				if err != nil {
					damages = append(damages, damage{element: c, reason: "the " + c.Local() + " cannot be read: " + err.Error()})
				} else if !hasKey(keys, k.SPKI) {
					keys = append(keys, k)
				}
			}
		}
	}
	for i := range keys {
		keys[i].use = use
	}
	return keys, issuing, damages
}

func hasKey(keys []declaredKey, spki [32]byte) bool {
	for _, k := range keys {
		if k.SPKI == spki {
			return true
		}
	}
	return false
}

// readX509Data reads the certificates of one X509Data. They all belong to one
// key: those that issued another of them are no signing keys (XML-DSig 4.5.4).
func readX509Data(data xmldoc.Element, n *int) (leaves, issuers []declaredKey, damages []damage) {
	var all []declaredKey
	for _, c := range data.ChildrenNamed(nsSignature, "X509Certificate") {
		if *n++; *n > mostCertificates {
			return leaves, issuers, append(damages, damage{element: c, reason: fmt.Sprintf("a KeyInfo of at most %d certificates is expected, the others are left out", mostCertificates)})
		}
		keys, bad := readCertificate(c.Text())
		for i := range keys {
			keys[i].element = c
		}
		for i := range bad {
			bad[i].element = c
		}
		all, damages = append(all, keys...), append(damages, bad...)
	}
	for i, k := range all {
		if issuedAnother(all, i) {
			issuers = append(issuers, k)
		} else {
			leaves = append(leaves, k)
		}
	}
	return leaves, issuers, damages
}

func issuedAnother(all []declaredKey, i int) bool {
	issuer := all[i].Certificate
	if issuer == nil {
		return false
	}
	for j, k := range all {
		c := k.Certificate
		if j == i || c == nil || k.SPKI == all[i].SPKI || !bytes.Equal(c.RawIssuer, issuer.RawSubject) {
			continue
		}
		if issuer.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil {
			return true
		}
	}
	return false
}

// readCertificate reads the keys in the text of an X509Certificate element.
func readCertificate(text string) (keys []declaredKey, damages []damage) {
	c := readCertificateText(text)
	used := 0
	for _, der := range c.ders {
		k, bad := keyOf(der)
		if bad != nil {
			damages = append(damages, *bad)
		}
		if bad == nil || bad.keyUsed() {
			keys = append(keys, k)
			used++
		}
	}
	if c.fault != "" {
		damages = append(damages, damage{reason: c.fault})
	}
	if len(c.undone) > 0 && used > 0 {
		damages = append(damages, damage{reason: "it departs from that by " + joinWords(c.undone), kind: repairedCertificate})
	}
	return keys, damages
}

// keyOf reads the key of a certificate in DER. Where Go refuses the
// certificate, the key is read all the same: trust lies in the key, and the
// metadata vouches for it.
func keyOf(der []byte) (declaredKey, *damage) {
	certificate, err := x509.ParseCertificate(der)
	if err == nil {
		k := declaredKey{der: der, subject: certificate.Subject.String(), notBefore: certificate.NotBefore.UTC(), notAfter: certificate.NotAfter.UTC()}
		k.Certificate = certificate
		k.setPublic(certificate.RawSubjectPublicKeyInfo)
		return k, nil
	}
	w, ok := walk(der)
	if !ok {
		return declaredKey{}, &damage{reason: "it is no X.509 certificate (" + err.Error() + ")"}
	}
	k := declaredKey{der: der, subject: w.subject, notBefore: w.notBefore, notAfter: w.notAfter}
	if k.setPublic(w.spki) != nil {
		return declaredKey{}, &damage{reason: "its key cannot be read (" + err.Error() + ")"}
	}
	kind := strangeCertificate
	if strings.Contains(err.Error(), "duplicate extension") {
		kind = repeatedExtension
	}
	return k, &damage{reason: "strict readers refuse the certificate (" + err.Error() + ")", kind: kind}
}

// setPublic takes the key out of a SubjectPublicKeyInfo.
func (k *declaredKey) setPublic(spki []byte) error {
	k.SPKI = sha256.Sum256(spki)
	public, err := publicKeyOf(spki)
	k.Public, k.Refused = public, refusal(public)
	if err != nil {
		k.Public, k.Refused = nil, "a key of a kind that is not supported"
	}
	return err
}

// Bounds on RSA keys beside those of xmlsig.Refusal.
const (
	soundRSA  = 2048
	mostPower = math.MaxInt32 // the largest exponent that crypto/rsa takes
)

// refusal says why a key is never used to verify; empty for a usable one.
func refusal(public crypto.PublicKey) string {
	if reason := xmlsig.Refusal(public); reason != "" {
		return reason
	}
	if k, ok := public.(*rsa.PublicKey); ok {
		switch {
		case k.E%2 == 0, k.E > mostPower:
			return fmt.Sprintf("an RSA exponent of %d", k.E)
		case k.N.Bit(0) == 0:
			return "an even RSA modulus"
		}
	}
	return ""
}
