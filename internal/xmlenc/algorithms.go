package xmlenc

import "crypto"

// The algorithms for the data.
const (
	AES128CBC    = Space + "aes128-cbc"
	AES192CBC    = Space + "aes192-cbc"
	AES256CBC    = Space + "aes256-cbc"
	TripleDESCBC = Space + "tripledes-cbc"
	AES128GCM    = Space11 + "aes128-gcm"
	AES192GCM    = Space11 + "aes192-gcm"
	AES256GCM    = Space11 + "aes256-gcm"
)

// The algorithms that transport a session key.
const (
	RSAOAEPMGF1P = Space + "rsa-oaep-mgf1p" // MGF1 with SHA-1, always
	RSAOAEP      = Space11 + "rsa-oaep"     // the MGF is named
	RSA15        = Space + "rsa-1_5"
)

// A dataMode is how blocks are put together.
type dataMode string

const (
	modeCBC dataMode = "CBC"
	modeGCM dataMode = "GCM"
)

// A dataAlgorithm is an algorithm for the data, in octets.
type dataAlgorithm struct {
	mode  dataMode
	key   int
	block int
	iv    int
	tag   int
}

func dataAlgorithmOf(uri string) (a dataAlgorithm, known bool) {
	switch uri {
	case AES128CBC:
		return dataAlgorithm{mode: modeCBC, key: 16, block: 16, iv: 16}, true
	case AES192CBC:
		return dataAlgorithm{mode: modeCBC, key: 24, block: 16, iv: 16}, true
	case AES256CBC:
		return dataAlgorithm{mode: modeCBC, key: 32, block: 16, iv: 16}, true
	case TripleDESCBC:
		return dataAlgorithm{mode: modeCBC, key: 24, block: 8, iv: 8}, true
	case AES128GCM:
		return dataAlgorithm{mode: modeGCM, key: 16, block: 16, iv: 12, tag: 16}, true
	case AES192GCM:
		return dataAlgorithm{mode: modeGCM, key: 24, block: 16, iv: 12, tag: 16}, true
	case AES256GCM:
		return dataAlgorithm{mode: modeGCM, key: 32, block: 16, iv: 12, tag: 16}, true
	}
	return dataAlgorithm{}, false
}

// digestOf gives the digest of RSA-OAEP; SHA-1 where none is named (XML
// Encryption 1.1, section 5.5.2). SHA-384 has a name in both specifications,
// SHA-224 in RFC 6931 alone.
func digestOf(uri string) (h crypto.Hash, known bool) {
	switch uri {
	case "", spaceSignature + "sha1":
		return crypto.SHA1, true
	case spaceMore + "sha224":
		return crypto.SHA224, true
	case Space + "sha256":
		return crypto.SHA256, true
	case Space + "sha384", spaceMore + "sha384":
		return crypto.SHA384, true
	case Space + "sha512":
		return crypto.SHA512, true
	}
	return 0, false
}

// maskOf gives the digest within MGF1; SHA-1 where no function is named.
func maskOf(uri string) (h crypto.Hash, known bool) {
	switch uri {
	case "", Space11 + "mgf1sha1":
		return crypto.SHA1, true
	case Space11 + "mgf1sha224":
		return crypto.SHA224, true
	case Space11 + "mgf1sha256":
		return crypto.SHA256, true
	case Space11 + "mgf1sha384":
		return crypto.SHA384, true
	case Space11 + "mgf1sha512":
		return crypto.SHA512, true
	}
	return 0, false
}
