package saml

import (
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// signingKeys gives the signing keys of the chosen entities, each public key
// once, in the report on metadata once for each entity. Of several certificates
// of one key it takes the one that is valid, or else ends last: a key that was
// certified again is not expired.
func (f *facts) signingKeys() []entityKey {
	if f.signing == nil {
		f.signing = f.bestKeys()
	}
	return f.signing
}

func (f *facts) bestKeys() (out []entityKey) {
	index := map[[32]byte]int{}
	for _, e := range f.choice.entities {
		if f.message == nil {
			clear(index)
		}
		for i := range e.ready().declared {
			k := &e.declared[i]
			at, known := index[k.SPKI]
			switch {
			case !known:
				index[k.SPKI] = len(out)
				out = append(out, entityKey{e, k})
			case k.outlives(out[at].declaredKey, f.now):
				out[at] = entityKey{e, k}
			}
		}
	}
	return out
}

// entityKey is a key and whose it is.
type entityKey struct {
	entity *Entity
	*declaredKey
}

// outlives reports whether the certificate of k is better than that of old.
func (k *declaredKey) outlives(old *declaredKey, at time.Time) bool {
	if k.valid(at) != old.valid(at) {
		return k.valid(at)
	}
	return k.notAfter.After(old.notAfter)
}

func (k *declaredKey) valid(at time.Time) bool {
	return !k.notBefore.After(at) && k.notAfter.After(at)
}

func judgeKeyWeak(f *facts, report func(Fault)) {
	places := f.placer()
	usable := slices.ContainsFunc(f.choice.keys, func(k xmlsig.Key) bool { return k.Refused == "" })
	for _, k := range f.signingKeys() {
		weakness := k.weakness()
		if weakness == "" {
			continue
		}
		place, where := places.of(k.entity, k.element)
		fault := Fault{Place: place, Severity: Warning, Message: k.name() + weakness + where}
		fault.NoAnswer = !f.signedWith(k.SPKI)
		if k.tooShort() {
			fault.AWS = answerProvider("InvalidInput", unparsed, Documented)
		}
		if k.Refused != "" && (f.profile == ProfileAWS && k.tooShort() || f.needsKey(k.declaredKey, usable)) {
			fault.Severity = Error
		}
		report(fault)
	}
}

// weakness says what is weak about a key, in words that follow its name; empty
// for a sound one.
func (k *declaredKey) weakness() string {
	if k.Refused != "" {
		return " has " + k.Refused + ": it is never used to verify"
	}
	public, ok := k.Public.(*rsa.PublicKey)
	switch {
	case ok && public.N.BitLen() < soundRSA:
		return fmt.Sprintf(" has an RSA modulus of %d bits, %d or more are expected", public.N.BitLen(), soundRSA)
	case ok && public.E == 3:
		return " has the RSA exponent 3, 65537 is usual"
	}
	return ""
}

// tooShort reports whether AWS refuses the key, as it documents.
func (k *declaredKey) tooShort() bool {
	p, ok := k.Public.(*rsa.PublicKey)
	return ok && p.N.BitLen() < 1024
}

// name names the key in a sentence.
func (k *declaredKey) name() string {
	if k.subject == "" {
		return "the signing key with the fingerprint " + fingerprint(k.SPKI[:])
	}
	return "the signing key of " + quote(k.subject)
}

// needsKey reports whether a signature of the message can only be meant for
// this key: its KeyInfo shows it, or the metadata has no key that is usable.
func (f *facts) needsKey(k *declaredKey, usable bool) bool {
	return slices.ContainsFunc(f.signatures, func(s *xmlsig.Signature) bool {
		return !s.Valid && (!usable || slices.ContainsFunc(s.KeyInfo.Certificates, func(c xmlsig.KeyInfoCertificate) bool {
			return c.Certificate != nil && sha256.Sum256(c.Certificate.RawSubjectPublicKeyInfo) == k.SPKI
		}))
	})
}
