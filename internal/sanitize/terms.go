package sanitize

import (
	"strings"

	"github.com/samlcheck/samlcheck/internal/words"
)

// publicTerms are the words of the names that standards and vendors gave. What
// else stands in such a name somebody put there: a customer's own claim below
// schemas.xmlsoap.org, an entitlement with a domain in it.
var publicTerms = set(`urn oasis names tc saml ietf params mace dir shibboleth liberty federation authentication oid http https www w3 org com open docs tr rec note
	assertion protocol metadata bindings binding redirect post soap artifact simplesign paos uri reverse
	nameid format unspecified emailaddress x509subjectname windowsdomainqualifiedname kerberos entity persistent transient encrypted
	attrname basic profiles profile attribute attributes x500 uuid dce xacml query sso browser ecp idp sp discovery logout slo
	status success requester responder versionmismatch authnfailed invalidattrnameorvalue invalidnameidpolicy noauthncontext noavailableidp nopassive
	nosupportedidp partiallogout proxycountexceeded requestdenied requestunsupported requestversiondeprecated requestversiontoohigh requestversiontoolow
	resourcenotrecognized toomanyresponses unknownattrprofile unknownprincipal unsupportedbinding
	cm bearer holder of key sender vouches consent obtained prior implicit explicit current unavailable inapplicable
	ac classes am password passwordprotectedtransport internetprotocol internetprotocolpassword mobileonefactorunregistered mobiletwofactorunregistered
	mobileonefactorcontract mobiletwofactorcontract previoussession x509 pgp spki xmldsig smartcard smartcardpki softwarepki telephony nomadtelephony
	personaltelephony authenticatedtelephony securerremotepassword secureremotepassword tlsclient timesynctoken hardwaretoken
	action rwedc ghpp unix negation conditions delegation ext rs se ci rpi mdui ui algsupport algsupportv1 idpdisc idpdiscovery disco sstc cs01 cs02
	xmldsigmore more xmlenc xmlenc11 xmldsig11 c14n c14n11 exc withcomments comments enveloped signature base64 xslt xpath filter2 decrypt element content
	rsa dsa ecdsa hmac md5 sha1 sha224 sha256 sha384 sha512 sha3 ripemd160 mgf1 mgf1p mgf1sha1 mgf1sha224 mgf1sha256 mgf1sha384 mgf1sha512 oaep pss eddsa ed25519 ed448
	aes aes128 aes192 aes256 cbc gcm kw tripledes des camellia128 camellia256 kdf concatkdf pbkdf2 ecdh es dh arcfour
	object manifest signatureproperties retrievalmethod rawx509certificate x509data pgpdata spkidata mgmtdata rsakeyvalue dsakeyvalue eckeyvalue derencodedkeyvalue
	encryptedkey encryptedassertion xml xmlschema instance namespace xinclude xmlns xhtml soapenc envelope addressing ws wsfed wsdl wss trust securitypolicy
	security secext utility wssecurity policy mex anonymous none sx issue authorization eap core foaf name homepage mbox
	claims claim identity identities microsoft aspnet accesscontrolservice windows xmlsoap schemas auth0 goauthentik
	tenantid objectidentifier displayname identityprovider authnmethodsreferences authenticationmethod authenticationinstant multipleauthn role roles groups group
	givenname surname upn userprincipalname commonname emailaddress nameidentifier privatepersonalidentifier ppid windowsaccountname primarysid primarygroupsid groupsid
	denyonlysid denyonlyprimarysid denyonlyprimarygroupsid wids scope puid ipaddr devicecontext acrs hardwaretoken
	requestcontext certificatecontext client application absolute path endpoint forwarded ip user agent extension field registrationid isregistereduser ismanaged
	osversion ostype devicetype thumbprint subject subjectname issuer issuername notbefore notafter rawdata san serialnumber signaturealgorithm x509version
	keyusage eku basicconstraints authoritykeyidentifier subjectkeyidentifier certificatetemplatename certificatetemplateinformation certificatepolicy applicationpolicy
	relyingpartytrustid insidecorporatenetwork passwordexpirationtime passwordexpirationdays passwordchangeurl alternateloginid anchorclaimtype implicitupn identifier
	onpremisesimmutableid onpremisessamaccountname isprivilegeduser locality stateorprovince postalcode country streetaddress homephone mobilephone otherphone dateofbirth gender webpage
	spn dns rsakey hash actor isperistent confirmationmethod x500distinguishedname thumbprintclaim system locale nickname picture email default verified created updated clientid issocial
	def attribute entitlement common lib terms edupersonprincipalname edupersontargetedid edupersonaffiliation edupersonscopedaffiliation edupersonentitlement edupersonprimaryaffiliation
	edupersonassurance edupersonuniqueid edupersonorcid mail uid sn cn ou title telephonenumber mobile employeenumber employeetype employeeid departmentnumber preferredlanguage samaccountname
	request proxy init user roleattributes property 1 two windowsazure securitytokenservice nameidformat webservices`)

// enterprises are the private enterprise numbers under 1.3.6.1.4.1 that stand for
// no customer: of vendors and of the makers of schemas.
var enterprises = set("250 311 1466 5923 16161 25178 32473 34998 4203")

// enterpriseArc is what stands before such a number.
const enterpriseArc = "1.3.6.1.4.1."

// longestTermNumber bounds the numbers that names of standards have.
const longestTermNumber = 8

// awsTerms are the words of addresses and of names of AWS.
var awsTerms = set(`saml acs attributes attribute role rolesessionname sessionduration sourceidentity principaltag transitivetagkeys accesscontrol metadata static platform console
	home start api authenticate federation signin logout oauth iam sts sso portal user docs latest userguide apireference webservices cognito sp clientvpn appstream
	govcloud redshift es opensearch aoss grafana workspaces quicksight sagemaker connect self service redirect https http www amazon aws com cn samlp php html xml v1 v2
	userpool idpresponse saml2 subject region regions destination relaystate audience entity id us gov`)

// awsNames are those of them that a misspelling is told from.
var awsNames = []string{"rolesessionname", "sessionduration", "sourceidentity", "principaltag", "transitivetagkeys", "attributes", "webservices"}

// mostMisspelt is how many letters of one of those may be wrong.
const mostMisspelt = 3

// isAWSTerm reports whether a word of an address of AWS is public, spelt as it is
// or nearly so: what is meant is judged.
func isAWSTerm(w string) bool {
	lower := strings.ToLower(w)
	if awsTerms[lower] || regionWords[lower] {
		return true
	}
	for _, name := range awsNames {
		if words.Distance(lower, name, mostMisspelt) <= mostMisspelt {
			return true
		}
	}
	return false
}

// isPublicName is isAWSTerm for the names of service providers, in which the
// numbers of Regions stand too.
func isPublicName(w string) bool { return isAWSTerm(w) || onlyDigits(w) && len(w) <= 2 }

// isPublicTerm reports whether a word in a name of a standard is one of its own.
// The text before it tells whose a number is.
func isPublicTerm(w, before string) bool {
	if !onlyDigits(w) {
		return publicTerms[strings.ToLower(w)]
	}
	if strings.HasSuffix(before, enterpriseArc) {
		return enterprises[w]
	}
	return len(w) <= longestTermNumber
}
