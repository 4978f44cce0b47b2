package saml

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"time"
)

// A walked certificate is what can be read of one without asking whether all
// else in it is in order: Go refuses certificates with a negative serial
// number or a repeated extension, whose keys are sound.
type walked struct {
	spki                []byte
	subject             string
	notBefore, notAfter time.Time
}

// The tags of ASN.1 that a certificate is made of (X.690).
const (
	tagInteger   = 0x02
	tagBitString = 0x03
	tagSequence  = 0x30
	tagVersion   = 0xa0
)

// derValue is one element of DER.
type derValue struct {
	tag            byte
	whole, content []byte
}

// derNext reads the first element; missing counts the bytes that its length
// promises and that are not there.
func derNext(b []byte) (v derValue, rest []byte, missing int) {
	if len(b) < 2 {
		return v, nil, 2 - len(b)
	}
	head, size := 2, int(b[1])
	if size >= 0x80 {
		n := size - 0x80
		if n == 0 || n > 4 || len(b) < 2+n {
			return v, nil, 1
		}
		head, size = 2+n, 0
		for _, c := range b[2:head] {
			size = size<<8 | int(c)
		}
	}
	if size > len(b)-head {
		return v, nil, size - (len(b) - head)
	}
	return derValue{b[0], b[:head+size], b[head : head+size]}, b[head+size:], 0
}

// derFields reads the elements that stand one after the other in b, at most n.
func derFields(b []byte, n int) (out []derValue) {
	for len(b) > 0 && len(out) < n {
		v, rest, missing := derNext(b)
		if missing != 0 {
			return out
		}
		out, b = append(out, v), rest
	}
	return out
}

// walk reads a Certificate (RFC 5280, 4.1) as far as the key.
func walk(der []byte) (walked, bool) {
	outer := derFields(der, 1)
	if len(outer) != 1 || outer[0].tag != tagSequence {
		return walked{}, false
	}
	body := derFields(outer[0].content, 1)
	if len(body) != 1 || body[0].tag != tagSequence {
		return walked{}, false
	}
	fields := derFields(body[0].content, 7)
	if len(fields) > 0 && fields[0].tag == tagVersion {
		fields = fields[1:]
	}
	if len(fields) < 6 || fields[0].tag != tagInteger {
		return walked{}, false
	}
	for _, f := range fields[1:6] {
		if f.tag != tagSequence {
			return walked{}, false
		}
	}
	w := walked{spki: fields[5].whole, subject: subjectOf(fields[4].whole)}
	if dates := derFields(fields[3].content, 2); len(dates) == 2 {
		w.notBefore, w.notAfter = derTime(dates[0].whole), derTime(dates[1].whole)
	}
	return w, true
}

func subjectOf(der []byte) string {
	var sequence pkix.RDNSequence
	if _, err := asn1.Unmarshal(der, &sequence); err != nil {
		return ""
	}
	return sequence.String()
}

func derTime(der []byte) time.Time {
	var t time.Time
	if _, err := asn1.Unmarshal(der, &t); err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// rsaPSS is the object identifier id-RSASSA-PSS (RFC 4055), whose keys are RSA
// keys that Go's x509 does not read.
var rsaPSS = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a}

// publicKeyOf reads a SubjectPublicKeyInfo.
func publicKeyOf(spki []byte) (crypto.PublicKey, error) {
	public, err := x509.ParsePKIXPublicKey(spki)
	if err == nil {
		return public, nil
	}
	outer := derFields(spki, 1)
	if len(outer) != 1 {
		return nil, errors.New("no public key")
	}
	fields := derFields(outer[0].content, 2)
	if len(fields) != 2 || !bytes.HasPrefix(fields[0].content, rsaPSS) || fields[1].tag != tagBitString || len(fields[1].content) == 0 {
		return nil, err
	}
	return x509.ParsePKCS1PublicKey(fields[1].content[1:])
}
