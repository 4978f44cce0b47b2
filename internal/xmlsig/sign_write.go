package xmlsig

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"fmt"
	"math/big"
	"strings"
)

// signature writes a Signature element.
func (o SignOptions) signature(id, digestValue, signatureValue string) string {
	return o.element("Signature", o.declaration(), o.signedInfo(id, digestValue)+
		o.element("SignatureValue", "", signatureValue)+o.keyInfo())
}

func (o SignOptions) declaration() string {
	if o.Prefix == "" {
		return ` xmlns="` + Space + `"`
	}
	return " xmlns:" + o.Prefix + `="` + Space + `"`
}

func (o SignOptions) element(name, attributes, content string) string {
	if o.Prefix != "" {
		name = o.Prefix + ":" + name
	}
	return "<" + name + attributes + ">" + content + "</" + name + ">"
}

func (o SignOptions) algorithm(name, uri, content string) string {
	return o.element(name, ` Algorithm="`+escape(uri)+`"`, content)
}

func (o SignOptions) signedInfo(id, digestValue string) string {
	uri := "#" + id
	if o.URI != nil {
		uri = *o.URI
	}
	attribute := ` URI="` + escape(uri) + `"`
	if o.NoURI {
		attribute = ""
	}
	var transforms strings.Builder
	for _, t := range o.Transforms {
		transforms.WriteString(o.algorithm("Transform", t, inclusiveNamespaces(t, o.PrefixList)))
	}
	inside := o.algorithm("DigestMethod", o.DigestMethod, "") + o.element("DigestValue", "", digestValue)
	if transforms.Len() > 0 {
		inside = o.element("Transforms", "", transforms.String()) + inside
	}
	return o.element("SignedInfo", "",
		o.algorithm("CanonicalizationMethod", o.Canonicalization, inclusiveNamespaces(o.Canonicalization, o.MethodPrefixList))+
			o.algorithm("SignatureMethod", o.SignatureMethod, o.SignatureParams)+
			o.element("Reference", attribute, inside))
}

func inclusiveNamespaces(algorithm, prefixes string) string {
	if m, _ := methodOf(algorithm); !m.exclusive || prefixes == "" {
		return ""
	}
	return `<ec:InclusiveNamespaces xmlns:ec="` + spaceExc + `" PrefixList="` + escape(prefixes) + `"/>`
}

func escape(s string) string {
	var b strings.Builder
	writeValue(&b, s)
	return b.String()
}

func (o SignOptions) keyInfo() string {
	switch o.KeyInfo {
	case StyleNone:
		return ""
	case StyleValue:
		return o.element("KeyInfo", "", o.keyValue())
	case StyleName:
		return o.element("KeyInfo", "", o.element("KeyName", "", "signing key"))
	case StyleSeveral:
		return o.element("KeyInfo", "", o.element("KeyName", "", "signing key")+o.keyValue()+o.x509Data())
	case StyleEmptyData:
		return o.element("KeyInfo", "", o.element("X509Data", "", ""))
	case StyleRetrieval:
		return o.element("KeyInfo", "", o.element("RetrievalMethod", ` URI="https://idp.example.com/key"`, ""))
	case StyleADFS:
		inner := o
		inner.Prefix = ""
		data := inner.x509Data()
		return `<KeyInfo xmlns="` + Space + `">` + o.dsX509(data) + "</KeyInfo>"
	}
	if len(o.Certificates) == 0 {
		return ""
	}
	return o.element("KeyInfo", "", o.x509Data())
}

// dsX509 gives X509Data the prefix ds inside a KeyInfo without one, as AD FS
// does.
func (o SignOptions) dsX509(data string) string {
	data = strings.NewReplacer("<X509", "<ds:X509", "</X509", "</ds:X509").Replace(data)
	if o.Prefix == "ds" {
		return data
	}
	return strings.Replace(data, "<ds:X509Data>", `<ds:X509Data xmlns:ds="`+Space+`">`, 1)
}

func (o SignOptions) x509Data() string {
	var b strings.Builder
	for _, der := range o.Certificates {
		b.WriteString(o.element("X509Certificate", "", o.base64(der)))
	}
	return o.element("X509Data", "", b.String())
}

func (o SignOptions) keyValue() string {
	switch key := o.Key.Public().(type) {
	case *rsa.PublicKey:
		return o.element("KeyValue", "", o.element("RSAKeyValue", "",
			o.element("Modulus", "", o.base64(key.N.Bytes()))+
				o.element("Exponent", "", o.base64(big.NewInt(int64(key.E)).Bytes()))))
	case *ecdsa.PublicKey:
		point, err := key.Bytes()
		if err != nil {
			return ""
		}
		curve := map[int]string{224: "1.3.132.0.33", 256: "1.2.840.10045.3.1.7", 384: "1.3.132.0.34", 521: "1.3.132.0.35"}[key.Curve.Params().BitSize]
		return o.element("KeyValue", "", fmt.Sprintf(`<dsig11:ECKeyValue xmlns:dsig11="%s"><dsig11:NamedCurve URI="urn:oid:%s"/><dsig11:PublicKey>%s</dsig11:PublicKey></dsig11:ECKeyValue>`,
			space11, curve, o.base64(point)))
	}
	return ""
}
