package saml

// An EncryptionMethod is how an assertion is encrypted for one recipient.
type EncryptionMethod struct {
	Algorithm string // URI of the algorithm of the data; empty where none is named, as below
	Transport string // URI of the algorithm that encrypts its key
	Digest    string // URI of the digest that RSA-OAEP names
	MGF       string // URI of the mask generation function that RSA-OAEP names
	Beside    bool   // the EncryptedKey stands beside EncryptedData, not inside
	Label     bool   // RSA-OAEP is given a label (OAEPparams)
}

// Encryption gives how the assertion is encrypted, for each recipient that the
// message names; none where it is not.
func (r *Report) Encryption() []EncryptionMethod { return r.encryption }

func (f *facts) encryptionMethods() []EncryptionMethod {
	var out []EncryptionMethod
	for _, e := range f.inner.encrypted {
		c := f.encryptions[e]
		if c == nil || c.Part == nil {
			continue
		}
		for _, k := range c.Keys {
			out = append(out, EncryptionMethod{Algorithm: c.Algorithm, Transport: k.Transport, Digest: k.Digest, MGF: k.MGF, Beside: k.Element.Parent() == e, Label: k.OAEPParams})
		}
	}
	return out
}
