package xmlenc

import (
	"bytes"
	"crypto/rsa"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"math/big"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fixture gives a key file of testdata; all hold the same key.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	return read(t, filepath.Join("testdata", name))
}

// der gives the octets of a PEM file's first block.
func der(t testing.TB, text []byte) []byte {
	t.Helper()
	b, _ := pem.Decode(text)
	if b == nil {
		t.Fatal("a PEM file is expected")
	}
	return b.Bytes
}

func saying(passphrase string) func() ([]byte, error) {
	return func() ([]byte, error) { return []byte(passphrase), nil }
}

// modulus is what openssl prints of the key of testdata.
func modulus(t testing.TB, name string, args ...string) string {
	t.Helper()
	args = append([]string{"rsa", "-noout", "-modulus", "-in", name}, args...)
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(string(must(t, "openssl", args...))), "Modulus="))
}

func TestPrivateKeyFiles(t *testing.T) {
	want := modulus(t, filepath.Join("testdata", "pkcs8.pem"))
	pkcs1, pkcs8, public, certificate := fixture(t, "pkcs1.pem"), fixture(t, "pkcs8.pem"), fixture(t, "public.pem"), fixture(t, "certificate.pem")
	for name, c := range map[string]struct {
		data []byte
		keys int
	}{
		"PKCS #1":                            {pkcs1, 1},
		"PKCS #8":                            {pkcs8, 1},
		"PBES2":                              {fixture(t, "pbes2.pem"), 1},
		"legacy PEM":                         {fixture(t, "legacy.pem"), 1},
		"PKCS #1 in DER":                     {der(t, pkcs1), 1},
		"PKCS #8 in DER":                     {der(t, pkcs8), 1},
		"PBES2 in DER":                       {der(t, fixture(t, "pbes2.pem")), 1},
		"a certificate before":               {slices.Concat(certificate, pkcs8), 1},
		"a public key behind":                {slices.Concat(pkcs8, public), 1},
		"text around and CR LF":              {bytes.ReplaceAll(slices.Concat([]byte("Bag Attributes\n  x: y\n"), pkcs8, []byte("bye\n")), []byte("\n"), []byte("\r\n")), 1},
		"PKCS #1 under the label of PKCS #8": {bytes.ReplaceAll(pkcs1, []byte(" RSA PRIVATE"), []byte(" PRIVATE")), 1},
		"PKCS #8 under the label of PKCS #1": {bytes.ReplaceAll(pkcs8, []byte(" PRIVATE"), []byte(" RSA PRIVATE")), 1},
		"a byte order mark":                  {slices.Concat([]byte("\ufeff"), pkcs8), 1},
		"two keys":                           {slices.Concat(pkcs1, pkcs8), 2},
		"two keys, both of them PBES2":       {slices.Concat(fixture(t, "pbes2.pem"), fixture(t, "pbes2.pem")), 2},
	} {
		keys, err := ParsePrivateKeys(c.data, saying("fixture"))
		if err != nil || len(keys) != c.keys {
			t.Errorf("%s: expected %d keys, found %d and %v", name, c.keys, len(keys), err)
			continue
		}
		for _, k := range keys {
			if got := k.N.Text(16); got != want {
				t.Errorf("%s: expected the modulus %s, found %s", name, want, got)
			}
		}
	}
}

// Every form that openssl encrypts a key in, and that is read.
func TestEncryptedKeysOfOpenssl(t *testing.T) {
	plain := filepath.Join("testdata", "pkcs8.pem")
	pass := []string{"-passout", "pass:a long passphrase"}
	for _, args := range [][]string{
		{"pkcs8", "-topk8", "-in", plain, "-v2", "aes-128-cbc"},
		{"pkcs8", "-topk8", "-in", plain, "-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA1"},
		{"pkcs8", "-topk8", "-in", plain, "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512", "-iter", "10000"},
		{"pkcs8", "-topk8", "-in", plain, "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA224"},
		{"pkcs8", "-topk8", "-in", plain, "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA384"},
		{"pkcs8", "-topk8", "-in", plain, "-v2", "des3", "-outform", "DER"},
		{"pkey", "-in", plain, "-aes256"},
		{"rsa", "-in", plain, "-traditional", "-aes128"},
		{"rsa", "-in", plain, "-traditional", "-des3"},
	} {
		out := filepath.Join(t.TempDir(), "key.pem")
		must(t, "openssl", append(append(slices.Clone(args), pass...), "-out", out)...)
		asked := 0
		keys, err := ParsePrivateKeys(read(t, out), func() ([]byte, error) { asked++; return []byte("a long passphrase"), nil })
		if err != nil || len(keys) != 1 || asked != 1 || keys[0].N.Text(16) != modulus(t, plain) {
			t.Errorf("%v: found %d keys and %v, asked %d times", args, len(keys), err, asked)
		}
		if _, err := ParsePrivateKeys(read(t, out), saying("another")); err != errPassphrase {
			t.Errorf("%v: expected %q, found %v", args, errPassphrase, err)
		}
		if _, err := ParsePrivateKeys(read(t, out), nil); err != errLocked {
			t.Errorf("%v: expected %q, found %v", args, errLocked, err)
		}
	}
}

// What openssl writes and what is refused: each text says what was found.
func TestOtherFilesOfOpenssl(t *testing.T) {
	dir := t.TempDir()
	out, plain := filepath.Join(dir, "out"), filepath.Join("testdata", "pkcs8.pem")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", out}, "found an elliptic curve key; assertions are encrypted for RSA keys"},
		{[]string{"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-outform", "DER", "-out", out}, "found an elliptic curve key"},
		{[]string{"ecparam", "-name", "prime256v1", "-genkey", "-out", out}, "found an elliptic curve key"},
		{[]string{"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-outform", "DER", "-out", out}, "found an elliptic curve key"},
		{[]string{"genpkey", "-algorithm", "ED25519", "-out", out}, "found an Ed25519 key"},
		{[]string{"genpkey", "-algorithm", "X448", "-out", out}, "found a PKCS #8 key of the algorithm 1.3.101.111"},
		{[]string{"genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1024", "-out", out}, "restricted to RSASSA-PSS signatures"},
		{[]string{"genrsa", "-out", out, "512"}, "expected to have 1024 bits at least, found 512"},
		{[]string{"genrsa", "-traditional", "-out", out, "512"}, "expected to have 1024 bits at least, found 512"},
		{[]string{"rsa", "-in", plain, "-pubout", "-out", out}, "found 1 public key, which can encrypt but not decrypt"},
		{[]string{"rsa", "-in", plain, "-pubout", "-outform", "DER", "-out", out}, "found a public key, which can encrypt but not decrypt"},
		{[]string{"rsa", "-in", plain, "-RSAPublicKey_out", "-outform", "DER", "-out", out}, "found a public key"},
		{[]string{"x509", "-in", filepath.Join("testdata", "certificate.pem"), "-out", out}, "found 1 certificate; the private key that belongs to it is in another file"},
		{[]string{"x509", "-in", filepath.Join("testdata", "certificate.pem"), "-outform", "DER", "-out", out}, "found a certificate; the private key"},
		{[]string{"pkcs12", "-export", "-inkey", plain, "-in", filepath.Join("testdata", "certificate.pem"), "-passout", "pass:x", "-out", out}, "found a PKCS #12 file (.p12, .pfx); \"openssl pkcs12 -in FILE -nocerts"},
		{[]string{"pkcs8", "-topk8", "-in", plain, "-scrypt", "-passout", "pass:x", "-out", out}, "found scrypt; \"openssl pkcs8 -topk8 -v2"},
		{[]string{"pkcs8", "-topk8", "-in", plain, "-v1", "PBE-SHA1-3DES", "-passout", "pass:x", "-out", out}, "encrypted with PBES2 is expected, found the algorithm 1.2.840.113549.1.12.1.3"},
		{[]string{"pkcs8", "-topk8", "-in", plain, "-v2", "camellia-256-cbc", "-passout", "pass:x", "-out", out}, "found the cipher 1.2.392.200011.61.1.1.1.4"},
	} {
		must(t, "openssl", c.args...)
		refused(t, strings.Join(c.args, " "), read(t, out), c.want)
	}
}

// refused holds the error of a file against what is expected, and against what
// may never be in it.
func refused(t *testing.T, what string, data []byte, want string) {
	t.Helper()
	keys, err := ParsePrivateKeys(data, func() ([]byte, error) { return nil, errors.New("it was asked for a passphrase") })
	if err == nil || len(keys) > 0 || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: expected an error with %q, found %d keys and %v", what, want, len(keys), err)
		return
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); len(line) > 40 && !strings.HasPrefix(line, "-----") && strings.Contains(err.Error(), line) {
			t.Errorf("%s: the error holds a line of the file: %v", what, err)
		}
	}
}

func TestFilesThatAreNoKeys(t *testing.T) {
	pkcs8, block := fixture(t, "pkcs8.pem"), func(kind string) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte("0123456789")})
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "found nothing"},
		{"text", []byte("hello"), "as PEM or DER, found neither"},
		{"XML", []byte("<EntityDescriptor/>"), "found XML"},
		{"ssh public key", []byte("ssh-rsa AAAAB3NzaC1yc2E dana@example.com"), "found a public key in the format of OpenSSH"},
		{"base64 alone", []byte(base64.StdEncoding.EncodeToString(der(t, pkcs8))), "found base64 without the lines of PEM around it"},
		{"PEM with blanks before", bytes.ReplaceAll(pkcs8, []byte("-----BEGIN"), []byte("  -----BEGIN")), "a PEM block is damaged"},
		{"UTF-16", []byte("\xff\xfe-\x00-\x00"), "found text in UTF-16"},
		{"Java key store", []byte("\xfe\xed\xfe\xed\x00\x00\x00\x02"), `found a Java key store; "keytool`},
		{"PuTTY", []byte("PuTTY-User-Key-File-3: ssh-rsa\n"), "found a key in the format of PuTTY"},
		{"OpenSSH", block("OPENSSH PRIVATE KEY"), `"ssh-keygen -p -m PEM -f FILE"`},
		{"EC", block("EC PRIVATE KEY"), "found an elliptic curve key"},
		{"DSA", block("DSA PRIVATE KEY"), "found a DSA key"},
		{"another kind", block("NEW \x1b[2J KIND"), `found a PEM block of the type "NEW \x1b[2J KIND"`},
		{"damaged PKCS #1", block("RSA PRIVATE KEY"), "the private key is damaged: it is no PKCS #1 structure"},
		{"damaged PKCS #8", block("PRIVATE KEY"), "the private key is damaged: it is no PKCS #8 structure"},
		{"damaged PBES2", block("ENCRYPTED PRIVATE KEY"), "the private key is damaged: it is no encrypted PKCS #8 structure"},
		{"cut", pkcs8[:len(pkcs8)/2], "a PEM block is damaged"},
		{"a good key and a cut one", slices.Concat(pkcs8, pkcs8[:len(pkcs8)/2]), "a PEM block is damaged"},
		{"a good key and a bad one", slices.Concat(pkcs8, block("RSA PRIVATE KEY")), "PEM block 2: the private key is damaged"},
		{"65 blocks", bytes.Repeat(block("CERTIFICATE"), 65), "found more than 64 PEM blocks"},
		{"a large file", make([]byte, mostKeyFile+1), "found 1048577 bytes"},
	} {
		refused(t, c.name, c.data, c.want)
	}
}

// A file that would make us work, or reach for what is not there, is refused
// before a passphrase is asked for.
func TestHostileKeyFiles(t *testing.T) {
	oid := func(numbers ...int) asn1.ObjectIdentifier { return numbers }
	encode := func(v any) []byte {
		b, err := asn1.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	id := func(o asn1.ObjectIdentifier, parameters any) algorithmID {
		return algorithmID{o, asn1.RawValue{FullBytes: encode(parameters)}}
	}
	aes := func(iv int) algorithmID { return id(oid(2, 16, 840, 1, 101, 3, 4, 1, 42), make([]byte, iv)) }
	derivation := func(iterations, salt, length int) algorithmID {
		return id(oid(1, 2, 840, 113549, 1, 5, 12), struct {
			Salt       []byte
			Iterations int
			Length     int
		}{make([]byte, salt), iterations, length})
	}
	for _, c := range []struct {
		name string
		p    pbes2
		data int
		want string
	}{
		{"iterations", pbes2{derivation(2_000_000_000, 8, 32), aes(16)}, 32, "expected to be 1 to 5000000, found 2000000000"},
		{"no iteration", pbes2{derivation(0, 8, 32), aes(16)}, 32, "found 0"},
		{"fewer than none", pbes2{derivation(-1, 8, 32), aes(16)}, 32, "found -1"},
		{"salt", pbes2{derivation(1, 5000, 32), aes(16)}, 32, "found 5000"},
		{"length", pbes2{derivation(1, 8, 1<<30), aes(16)}, 32, "that of the cipher, 32, found 1073741824"},
		{"vector", pbes2{derivation(1, 8, 32), aes(15)}, 32, "its initialization vector has not the length of a block"},
		{"no vector", pbes2{derivation(1, 8, 32), aes(0)}, 32, "its initialization vector has not the length of a block"},
		{"data", pbes2{derivation(1, 8, 32), aes(16)}, 33, "no whole number of blocks"},
		{"no data", pbes2{derivation(1, 8, 32), aes(16)}, 0, "no whole number of blocks"},
	} {
		file := encode(encryptedKeyInfo{id(oid(1, 2, 840, 113549, 1, 5, 13), c.p), make([]byte, c.data)})
		refused(t, c.name, file, c.want)
	}
}

// Numbers that are much longer than the modulus cost minutes in crypto/rsa before
// it finds that they do not fit.
func TestKeyWithLongNumbers(t *testing.T) {
	numbers := make([]*big.Int, 9) // version, modulus, exponents, primes and what is computed of them
	if rest, err := asn1.Unmarshal(der(t, fixture(t, "pkcs1.pem")), &numbers); err != nil || len(rest) > 0 {
		t.Fatal(err)
	}
	long := new(big.Int).Lsh(big.NewInt(1), 2_500_000)
	for i := 2; i < len(numbers); i++ {
		changed := slices.Clone(numbers)
		changed[i] = new(big.Int).Add(long, numbers[i])
		if i == 4 || i == 5 { // both primes
			changed[4], changed[5] = new(big.Int).Add(long, numbers[4]), new(big.Int).Add(long, numbers[5])
		}
		file, err := asn1.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		refused(t, "number "+strconv.Itoa(i), file, "the private key is damaged")
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("number %d: it took %s", i, d)
		}
	}
}

func TestPassphraseThatCannotBeAsked(t *testing.T) {
	closed := errors.New("the terminal is closed")
	_, err := ParsePrivateKeys(fixture(t, "pbes2.pem"), func() ([]byte, error) { return nil, closed })
	if !errors.Is(err, closed) {
		t.Errorf("expected %v, found %v", closed, err)
	}
}

// A key of a file decrypts.
func TestKeyOfFileDecrypts(t *testing.T) {
	keys, err := ParsePrivateKeys(fixture(t, "legacy.pem"), saying("fixture"))
	if err != nil {
		t.Fatal(err)
	}
	text := encrypt(t, assertion, EncryptOptions{To: []Recipient{{Key: &keys[0].PublicKey}}})
	if got, err := Read(parse(t, text)).Decrypt([]*rsa.PrivateKey{keys[0]}); err != nil || string(got) != assertion {
		t.Errorf("found %q and %v", got, err)
	}
}

// FuzzParsePrivateKeys: no file crashes, every key that is read is one that can
// be worked with, and no error repeats what stands in the file.
func FuzzParsePrivateKeys(f *testing.F) {
	for _, name := range []string{"pkcs1.pem", "pkcs8.pem", "pbes2.pem", "legacy.pem", "public.pem", "certificate.pem"} {
		f.Add(fixture(f, name))
		f.Add(der(f, fixture(f, name)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := ParsePrivateKeys(data, func() ([]byte, error) { return nil, errors.New("none") })
		if (err == nil) != (len(keys) > 0) {
			t.Errorf("found %d keys and %v", len(keys), err)
		}
		if err != nil && (repeats(err.Error(), data, 24) || len(err.Error()) > 500) {
			t.Errorf("the error tells of the file: %v", err)
		}
		for _, k := range keys {
			if k.N.BitLen() < leastBits || k.Validate() != nil {
				t.Errorf("a key of %d bits that cannot be used", k.N.BitLen())
			}
		}
	})
}

// repeats reports whether a text holds this many letters and digits in a row
// that the data holds too.
func repeats(text string, data []byte, many int) bool {
	for i := 0; i+many <= len(text); i++ {
		part := text[i : i+many]
		if strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == "" && strings.Contains(string(data), part) {
			return true
		}
	}
	return false
}
