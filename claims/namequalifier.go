package claims

import (
	"crypto/sha1"
	"encoding/base64"
)

// nameQualifier gives the NameQualifier that STS returns and that trust
// policies compare with saml:namequalifier: BASE64(SHA1(Issuer + account + "/" +
// name of the SAML provider)). SHA-1 is what AWS documents here; nothing is
// secured by it.
func nameQualifier(issuer, account, provider string) string {
	sum := sha1.Sum([]byte(issuer + account + "/" + provider))
	return base64.StdEncoding.EncodeToString(sum[:])
}
