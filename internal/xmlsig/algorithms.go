package xmlsig

import (
	"crypto"
	_ "crypto/sha1" // the algorithms that the table names
	_ "crypto/sha256"
	_ "crypto/sha512"
	"strings"
)

// family is the kind of signature that a method makes.
type family string

const (
	rsaPKCS1 family = "RSA"
	rsaPSS   family = "RSA-PSS"
	ecdsaRS  family = "ECDSA"
)

// signing is what a SignatureMethod asks for.
type signing struct {
	family
	hash   crypto.Hash
	salt   int  // length of the salt of RSA-PSS
	params bool // RSA-PSS whose hash and salt stand in RSAPSSParams
}

func signingOf(algorithm string) (signing, bool) {
	switch algorithm {
	case Space + "rsa-sha1":
		return signing{family: rsaPKCS1, hash: crypto.SHA1}, true
	case spaceMore + "rsa-sha224":
		return signing{family: rsaPKCS1, hash: crypto.SHA224}, true
	case spaceMore + "rsa-sha256":
		return signing{family: rsaPKCS1, hash: crypto.SHA256}, true
	case spaceMore + "rsa-sha384":
		return signing{family: rsaPKCS1, hash: crypto.SHA384}, true
	case spaceMore + "rsa-sha512":
		return signing{family: rsaPKCS1, hash: crypto.SHA512}, true
	case spaceMore + "ecdsa-sha1":
		return signing{family: ecdsaRS, hash: crypto.SHA1}, true
	case spaceMore + "ecdsa-sha224":
		return signing{family: ecdsaRS, hash: crypto.SHA224}, true
	case spaceMore + "ecdsa-sha256":
		return signing{family: ecdsaRS, hash: crypto.SHA256}, true
	case spaceMore + "ecdsa-sha384":
		return signing{family: ecdsaRS, hash: crypto.SHA384}, true
	case spaceMore + "ecdsa-sha512":
		return signing{family: ecdsaRS, hash: crypto.SHA512}, true
	}
	return pssOf(algorithm)
}

// pssOf tells the methods of RSA-PSS (RFC 6931, sections 2.3.9 and 2.3.10).
func pssOf(algorithm string) (signing, bool) {
	hash := crypto.Hash(0)
	switch algorithm {
	case space2007 + "rsa-pss":
		return signing{family: rsaPSS, hash: crypto.SHA256, salt: crypto.SHA256.Size(), params: true}, true
	case space2007 + "sha1-rsa-MGF1":
		hash = crypto.SHA1
	case space2007 + "sha224-rsa-MGF1":
		hash = crypto.SHA224
	case space2007 + "sha256-rsa-MGF1":
		hash = crypto.SHA256
	case space2007 + "sha384-rsa-MGF1":
		hash = crypto.SHA384
	case space2007 + "sha512-rsa-MGF1":
		hash = crypto.SHA512
	default:
		return signing{}, false
	}
	return signing{family: rsaPSS, hash: hash, salt: hash.Size()}, true
}

func digestOf(algorithm string) (crypto.Hash, bool) {
	switch algorithm {
	case Space + "sha1":
		return crypto.SHA1, true
	case spaceMore + "sha224":
		return crypto.SHA224, true
	case spaceXMLEn + "sha256":
		return crypto.SHA256, true
	case spaceMore + "sha384":
		return crypto.SHA384, true
	case spaceXMLEn + "sha512":
		return crypto.SHA512, true
	}
	return 0, false
}

// weak reports whether a hash is one that Core warns of by now.
func weak(h crypto.Hash) bool { return h == crypto.SHA1 || h == crypto.SHA224 }

// unsupportedMethod says what a SignatureMethod is that is not supported.
func unsupportedMethod(algorithm string) string {
	lower := strings.ToLower(algorithm)
	known := func(s string) bool { return strings.Contains(lower, s) }
	switch {
	case algorithm == "":
		return "SignatureMethod names no algorithm"
	case known("hmac"):
		return "the signature method " + quote(algorithm) + " is an HMAC: its key would have to be secret, and a forger takes the public certificate for it; only a public key can prove a response"
	case known("none"):
		return "the signature method " + quote(algorithm) + " signs nothing, which is an attack"
	case known("md5"):
		return "the signature method " + quote(algorithm) + " uses MD5, which is broken"
	case known("dsa-sha1") && !known("ecdsa"), known("dsa-sha256") && !known("ecdsa"):
		return "the signature method " + quote(algorithm) + " is DSA, which is not supported"
	}
	return "the signature method " + quote(algorithm) + " is not supported"
}

func unsupportedDigest(algorithm string) string {
	switch {
	case algorithm == "":
		return "DigestMethod names no algorithm"
	case strings.Contains(strings.ToLower(algorithm), "md5"):
		return "the digest " + quote(algorithm) + " is MD5, which is broken"
	}
	return "the digest " + quote(algorithm) + " is not supported"
}
