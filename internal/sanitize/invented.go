package sanitize

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
	"github.com/samlcheck/samlcheck/internal/xmlsig"
)

// An inventedEntity is an identity provider for whose messages no metadata was
// given.
type inventedEntity struct {
	id           string
	certificates []string // base64
}

// invent notes the issuer and the certificates of a fixture.
func (s *Sanitizer) invent(text string) {
	doc, err := xmldoc.ParseString(text, xmldoc.WidestLimits())
	if err != nil || len(s.files) > 0 {
		return
	}
	issuer := ""
	for e := range doc.Elements() {
		if e.Is(assertionSpace, "Issuer") {
			issuer = strings.TrimSpace(e.Text())
			break
		}
	}
	at := slices.IndexFunc(s.invented, func(e inventedEntity) bool { return e.id == issuer })
	if at < 0 {
		at = len(s.invented)
		s.invented = append(s.invented, inventedEntity{id: issuer})
	}
	for _, sig := range xmlsig.Examine(doc, nil, xmlsig.Options{SkipWitness: true}) {
		if sig.Foreign == nil || sig.Foreign.Certificate == nil {
			continue
		}
		der := base64.StdEncoding.EncodeToString(sig.Foreign.Certificate.Raw)
		if !slices.Contains(s.invented[at].certificates, der) {
			s.invented[at].certificates = append(s.invented[at].certificates, der)
		}
	}
}

// inventedFile gives metadata that fits the fixtures; none where no certificate
// is known to verify one.
func (s *Sanitizer) inventedFile() ([]File, error) {
	var all strings.Builder
	n := 0
	for _, e := range s.invented {
		if e.id != "" && len(e.certificates) > 0 {
			all.WriteString(e.descriptor())
			n++
		}
	}
	switch n {
	case 0:
		return nil, nil
	case 1:
		return []File{{"xml", []byte(strings.Replace(all.String(), "<EntityDescriptor", `<EntityDescriptor xmlns="`+metadataSpace+`"`, 1))}}, nil
	}
	return []File{{"xml", []byte(`<EntitiesDescriptor xmlns="` + metadataSpace + `">` + "\n" + all.String() + "</EntitiesDescriptor>\n")}}, nil
}

func (e inventedEntity) descriptor() string {
	var b strings.Builder
	b.WriteString(`<EntityDescriptor entityID="` + escaped(e.id) + "\">\n" +
		`  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` + "\n")
	for _, c := range e.certificates {
		b.WriteString(`    <KeyDescriptor use="signing"><KeyInfo xmlns="` + xmlsig.Space + `"><X509Data><X509Certificate>` + c + "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>\n")
	}
	b.WriteString(`    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>` + "\n" +
		"  </IDPSSODescriptor>\n</EntityDescriptor>\n")
	return b.String()
}
