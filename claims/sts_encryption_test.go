package claims_test

import (
	"crypto/rsa"
	"slices"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

func encrypted(t *testing.T, login samltest.Login) *claims.Report {
	t.Helper()
	message, metadata, options := signed(t, login)
	key, err := samltest.EncryptionKey.Signer(samltest.Entra)
	if err != nil {
		t.Fatal(err)
	}
	options.DecryptionKeys = []*rsa.PrivateKey{key.(*rsa.PrivateKey)}
	return claims.Check(message, metadata, options)
}

// What is recorded is four ciphers with three forms of RSA-OAEP, the key inside,
// the Response unsigned; of anything else no success is called observed.
func TestBasisOfEncryptedSuccess(t *testing.T) {
	for _, test := range []struct {
		encrypt samltest.Encryption
		sign    samltest.Placement
		code    string
		basis   saml.Basis
	}{
		{samltest.Encryption{Algorithm: "aes128-cbc"}, samltest.SignAssertion, claims.Success, saml.Observed},
		{samltest.Encryption{Algorithm: "aes256-gcm", Digest: "sha256"}, samltest.SignAssertion, claims.Success, saml.Observed},
		{samltest.Encryption{Algorithm: "aes256-gcm", Transport: "rsa-oaep", Digest: "sha256", MGF: "mgf1sha256"}, samltest.SignAssertion, claims.Success, saml.Observed},
		{samltest.Encryption{Algorithm: "aes256-gcm", Transport: "rsa-oaep", Digest: "sha512", MGF: "mgf1sha512"}, samltest.SignAssertion, claims.Success, saml.Inferred},
		{samltest.Encryption{Algorithm: "aes256-gcm", Digest: "sha512"}, samltest.SignAssertion, claims.Success, saml.Inferred},
		{samltest.Encryption{Algorithm: "aes256-gcm", Beside: true}, samltest.SignAssertion, claims.Success, saml.Inferred},
		{samltest.Encryption{Algorithm: "aes256-gcm"}, samltest.SignBoth, claims.Success, saml.Inferred},
		{samltest.Encryption{Algorithm: "aes192-gcm"}, samltest.SignAssertion, claims.Undetermined, saml.Inferred},
		{samltest.Encryption{Algorithm: "aes256-gcm"}, samltest.SignResponse, "InvalidIdentityToken", saml.Inferred},
	} {
		r := encrypted(t, samltest.Login{Encrypt: test.encrypt, Sign: test.sign})
		if sts := r.AWS.STS; sts.Code != test.code || sts.Basis != test.basis {
			t.Errorf("%+v, signed %s: %s %s (%s), want %s (%s)", test.encrypt, test.sign, sts.Code, sts.Message, sts.Basis, test.code, test.basis)
		}
	}
}

// Nobody has recorded an EncryptedID: CBC in one says nothing of AWS.
func TestNoAnswerToCBCInAnIdentifier(t *testing.T) {
	r := encrypted(t, samltest.Login{Mutations: []string{"nameid-encrypted-readable"}})
	i := slices.IndexFunc(r.Findings, func(f saml.Finding) bool { return f.Code == "algorithm-weak" })
	if i < 0 || len(r.Findings[i].AWS) > 0 {
		t.Errorf("findings %+v", r.Findings)
	}
}

// A success rests on what the account has, as far as nothing tells of it; the
// page knows no DurationSeconds.
func TestSuccessNamesWhatWasNotJudged(t *testing.T) {
	r := encrypted(t, samltest.Login{Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}})
	if reason := r.AWS.STS.Reason; !strings.HasSuffix(reason, "not judged: the role's trust policy, the private keys of the SAML provider") {
		t.Errorf("reason %q", reason)
	}
	message, metadata, options := signed(t, samltest.Login{})
	options.Duration = 7200
	r = claims.Check(message, metadata, options)
	if reason := r.AWS.STS.Reason; !strings.HasSuffix(reason, "not judged: the role's trust policy, the role's MaxSessionDuration") {
		t.Errorf("reason %q", reason)
	}
	if reason := r.AWS.Console.Reason; !strings.HasSuffix(reason, "not judged: the role's trust policy") {
		t.Errorf("reason of the console %q", reason)
	}
}

// AWS documents the URL of the provider for the sign-in with an encrypted
// assertion; what the page does at another one nobody has recorded.
func TestPageTakesEncryptedAtTheURLOfTheProvider(t *testing.T) {
	for recipient, code := range map[string]string{
		"https://signin.aws.amazon.com/saml":                                            claims.Undetermined,
		"https://eu-central-1.signin.aws.amazon.com/saml":                               claims.Undetermined,
		"https://eu-central-1.signin.aws.amazon.com/saml/acs/SAMLSPEXAMPLE0000000001XY": claims.Success,
	} {
		r := encrypted(t, samltest.Login{Recipient: recipient, Encrypt: samltest.Encryption{Algorithm: "aes256-gcm"}})
		if r.AWS.Console.Code != code || r.AWS.STS.Code != claims.Success {
			t.Errorf("%s: console %s (%s), STS %s", recipient, r.AWS.Console.Code, r.AWS.Console.Reason, r.AWS.STS.Code)
		}
	}
	r := encrypted(t, samltest.Login{})
	if r.AWS.Console.Code != claims.Success {
		t.Errorf("plain: console %s", r.AWS.Console.Code)
	}
}
