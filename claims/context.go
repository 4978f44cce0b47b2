package claims

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// A fact of the condition context: the values of a key, or why they cannot be
// known. Without either the key is absent.
type contextValue struct {
	values  []string
	unknown string // a phrase that says why
}

// said is the part of the condition context that is the same for all pairs of a
// message, by key in lower case. Keys that are not in it are looked up by rules:
// see pairContext.
type saidContext map[string]contextValue

// context gathers the keys that the message gives.
//
// Sources: IAM User Guide, "IAM and AWS STS condition context keys" and
// "Configure SAML assertions for the authentication response"; AWS STS API
// Reference, AssumeRoleWithSAML.
func (f *facts) context() saidContext {
	c := saidContext{}
	id := f.content.NameID()
	c.setValue("saml:aud", f.recipient)
	c.setValue("saml:iss", f.content.Issuer().Value)
	c.setValue("saml:sub", id.Value)
	if id.Format.Present() {
		c["saml:sub_type"] = contextValue{values: []string{strings.TrimPrefix(id.Format.Text, formatPrefix)}}
	}
	if s := f.content.Subject(); s != nil && s.Encrypted && !id.Present() {
		c["saml:sub"] = contextValue{unknown: "the NameID is encrypted"}
		c["saml:sub_type"] = c["saml:sub"]
	}
	c.setOne("sts:rolesessionname", nameRoleSessionName, f.values(nameRoleSessionName))
	c.setOne("sts:sourceidentity", nameSourceIdentity, f.values(nameSourceIdentity))
	c["sts:transitivetagkeys"] = contextValue{values: texts(f.values(nameTransitiveTagKeys))}
	f.tagContext(c)
	attributeContext(c, f.content.Attributes())
	c["aws:currenttime"] = contextValue{values: []string{f.now.UTC().Format(time.RFC3339)}}
	c["aws:epochtime"] = contextValue{values: []string{strconv.FormatInt(f.now.Unix(), 10)}}
	return c
}

func (c saidContext) setValue(key string, v saml.Value) {
	switch {
	case !v.Present():
	case v.Nested():
		c[key] = contextValue{unknown: "XML elements stand in it"}
	default:
		c[key] = contextValue{values: []string{v.Text}}
	}
}

// setOne sets a key of which AWS documents one value.
func (c saidContext) setOne(key, name string, values []saml.Value) {
	if len(values) == 0 {
		return
	}
	c.setValue(key, values[0])
	if slices.ContainsFunc(values, func(v saml.Value) bool { return v.Text != values[0].Text }) {
		c[key] = contextValue{unknown: "the response has several values of " + quote(name) + ", of which AWS documents one"}
	}
}

// tagContext sets the keys of the session tags, whose names AWS does not tell
// apart by letter case.
func (f *facts) tagContext(c saidContext) {
	sent := map[string][]saml.Value{}
	var keys []string
	for _, t := range f.tags {
		folded := "aws:requesttag/" + strings.ToLower(t.key)
		sent[folded] = append(sent[folded], t.attribute.Values...)
		keys = append(keys, t.key)
	}
	for key, values := range sent {
		c.setOne(key, namePrincipalTag+strings.TrimPrefix(key, "aws:requesttag/"), values)
	}
	slices.Sort(keys)
	c["aws:tagkeys"] = contextValue{values: slices.Compact(keys)}
}

// A pairContext is the condition context of AssumeRoleWithSAML for one pair, as
// a policy.Context.
type pairContext struct {
	said     saidContext
	role     ARN
	provider ARN
	issuer   string
}

// Lookup gives the values of a key. Keys that this call never has are absent;
// what depends on the caller's surroundings, and every key of which nothing is
// documented for this call, is unknown.
func (c *pairContext) Lookup(key string) (values []string, known bool, why string) {
	if v, found := c.said[key]; found {
		return v.values, v.unknown == "", v.unknown
	}
	if v, found := c.own(key); found {
		return v.values, v.unknown == "", v.unknown
	}
	if absent(key) {
		return nil, true, ""
	}
	return nil, false, whyUnknown(key)
}

// own gives the keys that depend on the pair.
func (c *pairContext) own(key string) (contextValue, bool) {
	one := func(value string) (contextValue, bool) { return contextValue{values: []string{value}}, true }
	switch key {
	case "saml:doc":
		return one(c.provider.Account + "/" + c.provider.Name)
	case "saml:namequalifier":
		return one(nameQualifier(c.issuer, c.provider.Account, c.provider.Name))
	case "aws:userid": // the provider's ARN, and no more: on record
		return one(c.provider.String())
	case "aws:principaltype": // on record
		return one("User")
	case "aws:principalarn": // on record
		return contextValue{}, true
	case "aws:principalaccount": // on record, for role and provider of one account
		if c.role.owner() != c.provider.owner() {
			return contextValue{unknown: "role and SAML provider are in different accounts"}, true
		}
		return one(c.provider.Account)
	}
	return contextValue{}, false
}

// recordedKeys are those of which an evaluation by AWS in the trust policy of
// AssumeRoleWithSAML is on record.
var recordedKeys = []string{"aws:userid", "aws:principaltype", "aws:principalarn", "aws:principalaccount"}

// absentKeys are those that this call never has. It takes no ExternalId and no
// contexts (API Reference, parameters of AssumeRoleWithSAML), and it bears no
// credentials (authentication type none in AWS's service model), so that what
// tells of credentials is absent (IAM User Guide, "AWS global condition context
// keys": present where temporary credentials are used).
var absentKeys = []string{"sts:externalid", "aws:multifactorauthpresent", "aws:multifactorauthage", "aws:tokenissuetime", "aws:sourceidentity", "aws:ec2instancesourcevpc", "aws:ec2instancesourceprivateipv4"}

// absent reports whether a key that the message does not give is known to be
// absent.
func absent(key string) bool {
	prefix, _, _ := strings.Cut(key, ":")
	return slices.Contains(absentKeys, key) || slices.Contains(messageKeys, key) || isAttributeKey(key) ||
		strings.HasPrefix(key, "aws:requesttag/") || strings.HasPrefix(key, "sts:requestcontext/") ||
		strings.Contains(prefix, ".") // those of a provider of web identities, such as accounts.google.com:aud
}

// messageKeys are those that the message gives, where it does.
var messageKeys = []string{"saml:aud", "saml:iss", "saml:sub", "saml:sub_type", "sts:rolesessionname", "sts:sourceidentity", "sts:transitivetagkeys", "aws:tagkeys"}

// whyUnknown says why a key cannot be known offline.
func whyUnknown(key string) string {
	switch {
	case strings.HasPrefix(key, "saml:"):
		return "AWS documents no condition key of this name"
	case slices.Contains([]string{"aws:sourceip", "aws:vpcsourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:securetransport", "aws:requestedregion", "aws:useragent", "aws:referer"}, key):
		return "it depends on where and how the call is made"
	case strings.HasPrefix(key, "aws:principalorg"), strings.HasPrefix(key, "aws:resourceorg"):
		return "it depends on the organization of the account"
	case strings.HasPrefix(key, "aws:resourcetag/"), strings.HasPrefix(key, "iam:resourcetag/"):
		return "it depends on the tags of the role"
	}
	return "what it is in this call is neither documented nor on record"
}
