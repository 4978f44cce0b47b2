package saml

import "strings"

// loneCertificate is a certificate of a certificate file.
type loneCertificate struct {
	key declaredKey
	bad *damage
}

// readLoneCertificates reads a certificate file: PEM with anything around it,
// DER, or bare base64. What PEM holds beside certificates is left alone.
func readLoneCertificates(data []byte) ([]loneCertificate, *MetadataError) {
	text := strings.ToValidUTF8(string(data), "\ufffd")
	c, armoured := certificateText{}, strings.Contains(text, pemBegin)
	private := false
	switch {
	case armoured:
		for _, b := range pemBlocks(text) {
			private = private || strings.HasSuffix(b.label, "PRIVATE KEY")
			if strings.HasSuffix(b.label, "CERTIFICATE") {
				c.read(b.body, 0)
			}
		}
	case data[0] == tagSequence && strings.ContainsRune(text, '\ufffd'):
		c.split(data)
	default:
		c.read(text, 0)
	}
	var out []loneCertificate
	for _, der := range c.ders {
		k, bad := keyOf(der)
		if bad != nil && !bad.keyUsed() {
			c.fault = bad.reason
			continue
		}
		out = append(out, loneCertificate{k, bad})
	}
	if len(out) > 0 {
		return out, nil
	}
	return nil, c.loneFault(text, armoured, private)
}

func (c *certificateText) loneFault(text string, armoured, private bool) *MetadataError {
	const advice = "give the certificate of the identity provider (PEM, DER or base64) or, better, its metadata"
	switch {
	case private:
		return unreadable(MetadataCertificate, "a private key without a certificate", advice+"; the private key stays where it is")
	case armoured && c.fault == "":
		return unreadable(MetadataCertificate, "PEM without a CERTIFICATE block", advice)
	case armoured, len(c.ders) > 0:
		return unreadable(MetadataCertificate, "a certificate file in which no certificate can be read ("+c.fault+")", advice)
	case strings.HasPrefix(text, "eyJ"):
		return unreadable(MetadataNotXML, "a JSON Web Token", adviseDownload)
	case strings.ContainsRune(text, '\ufffd'), strings.ContainsRune(text, 0):
		return unreadable(MetadataNotXML, "binary data that is neither XML nor a certificate", adviseDownload)
	}
	return unreadable(MetadataNotXML, "text that is neither XML nor a certificate, beginning with "+quote(beginning(text)), adviseDownload)
}

// beginning gives the first few characters: a file that is given by mistake
// may be a credential, of which no more is shown.
func beginning(text string) string {
	const most = 12
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i]
		}
	}
	return text
}

func (e *Entity) readLone() {
	for i, c := range e.lone {
		e.declare(c.key)
		if c.bad != nil {
			c.bad.number = i + 1
			e.damages = append(e.damages, *c.bad)
		}
	}
}
