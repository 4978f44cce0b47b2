package sanitize

import "strings"

// set makes a set of words that stand apart by blanks.
func set(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(text) {
		out[w] = true
	}
	return out
}

// publicURNs begin names that a standard or a vendor gave: the terms of
// standards and vendors behind them are public too.
var publicURNs = []string{"urn:oasis:names:", "urn:ietf:params:", "urn:oid:", "urn:mace:dir:", "urn:mace:shibboleth:", "urn:federation:authentication:", "urn:liberty:"}

// amazonURN begins the names of service providers of AWS.
const amazonURN = "urn:amazon:"

// schemaHosts are the public hosts whose paths are names of standards and vendors.
var schemaHosts = set("schemas.microsoft.com schemas.xmlsoap.org www.w3.org docs.oasis-open.org www.oasis-open.org schemas.auth0.com schemas.goauthentik.io www.ws-i.org xmlns.com")

// pathWords are the words of addresses that say which product it is.
var pathWords = set(`saml saml2 saml20 samlp adfs services trust ls idp idps sp sso slo realms realm protocol auth oauth2 metadata xml php html shibboleth
	simplesaml simplesamlphp module profile post redirect soap app apps login logout signin acs consumer console aws static federationmetadata
	wsfed wsignin common reply users groups getmemberobjects exk xpointer id root assertionconsumerservice singlelogout singlesignon adminui
	appid tenantid idpid api v1 v2 authenticate federation platform`)

// roleWords are the words of ARNs, and of what people write in their place.
var roleWords = set("arn aws iam sts role roles saml provider providers user group policy assumed federated account accountid cn us gov iso isob isoe isof eusc reserved service sso awsreservedsso awssso do not delete")

// nameWords are the parts of common names of attributes.
var nameWords = set(`role roles session name duration source identity transitive tag tags keys key principal principaltag attributes attribute saml aws amazon https http www com cn amazonaws
	email mail e address emailaddress uid user users username id upn userprincipalname given givenname first firstname last lastname sur surname sn cn dn display displayname full fullname common
	group groups member of memberof is ismemberof department dept title phone telephone mobile number employee employeeid company organization organisation org unit ou o c l st street city country state postal code
	edu person eduperson affiliation scoped entitlement principalname targeted orcid schac home type login nickname locale language preferred manager division office job cost center costcenter project
	ws wsfed claimproperties authnmethodsreferences authenticationmethod authenticationinstant objectidentifier identityprovider tenantid wids primarysid primarygroupsid groupsid windowsaccountname nameidentifier
	x509subjectname privatepersonalidentifier ppid streetaddress stateorprovince postalcode homephone mobilephone otherphone dateofbirth gender webpage extension scope multipleauthn
	puid ipaddr devicecontext xmlsoap acrs onpremisesimmutableid implicitupn anchorclaimtype insidecorporatenetwork passwordexpirationtime passwordexpirationdays passwordchangeurl
	link object guid objectguid objectidentifier tenant tenantid sid sam account samaccountname nameid identifier claims claim idp provider authn method auth time`)

// subjectWords are the words of certificates' names that name no customer.
var subjectWords = set(`microsoft azure federated sso certificate adfs signing encryption token selfsigned cn o ou c st l dc e emailaddress serialnumber street uid s t sn givenname surname`)

// publicNames are the names of elements and attributes that SAML and XML
// Signature gave, and the usual prefixes: in a message whose namespaces were lost
// they are still theirs.
var publicNames = set(`saml samlp saml1 saml2 saml2p samlmd samldsig dsig xenc xenc11 dsig11 xacml mdui mdrpi mdattr shibmd wsse soap soapenv auth
	Response Assertion Issuer Status StatusCode StatusMessage StatusDetail Subject NameID SubjectConfirmation SubjectConfirmationData Conditions
	AudienceRestriction Audience OneTimeUse ProxyRestriction AuthnStatement AuthnContext AuthnContextClassRef AuthnContextDeclRef AuthenticatingAuthority
	SubjectLocality AttributeStatement Attribute AttributeValue EncryptedAssertion EncryptedID EncryptedAttribute EncryptedData EncryptedKey EncryptionMethod
	CipherData CipherValue Signature SignedInfo CanonicalizationMethod SignatureMethod Reference Transforms Transform DigestMethod DigestValue
	SignatureValue KeyInfo KeyName KeyValue X509Data X509Certificate Object Extensions Advice Destination Consent InResponseTo Version IssueInstant
	Format NameQualifier SPNameQualifier Method NotBefore NotOnOrAfter Recipient Address AuthnInstant SessionIndex SessionNotOnOrAfter Name
	NameFormat FriendlyName Value Algorithm PrefixList InclusiveNamespaces Type Envelope Header Body EntityDescriptor EntitiesDescriptor
	IDPSSODescriptor SPSSODescriptor RoleDescriptor KeyDescriptor NameIDFormat SingleSignOnService SingleLogoutService Organization ContactPerson
	Location ResponseLocation Binding`)

// isVocabulary reports whether a folded word would be taken for a public one.
func isVocabulary(w string) bool {
	return pathWords[w] || roleWords[w] || nameWords[w] || subjectWords[w] || publicTerms[w] || awsTerms[w] || knownTops[w]
}

// keptBeginnings begin words that are judged by how they begin.
var keptBeginnings = []string{"AWSServiceRoleFor", "AWSReservedSSO", "AWSSSO", "SAMLSP"}

// hasFold reports whether text begins with a lower-case prefix in any letter
// case.
func hasFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}
