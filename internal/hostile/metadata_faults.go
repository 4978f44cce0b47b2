package hostile

import "github.com/samlcheck/samlcheck/saml/samltest"

// metadataFaults are faults of the metadata that a forger waits for, and what
// metadata cannot help against.
func metadataFaults() []recipe {
	attacker := func(m *paper) string { return descriptor(m, samltest.AttackerKey) }
	forging := func(p *paper) {
		p.text = forge(p.text)
		p.signedByAttacker(p.find("Assertion").Get("ID"))
	}
	return join(
		of("K15", Anybody, only("okta"),
			recipe{name: "no-use-honest", by: Provider, want: Passes, metadata: unsetting(metadataDescriptor, "use")},
			recipe{name: "no-use-and-unsigned", codes: "signature-missing", unsigned: true, metadata: unsetting(metadataDescriptor, "use"), attack: forgery},
			recipe{name: "encryption-only", by: Holder, codes: "metadata-key-missing", metadata: setting(metadataDescriptor, "use", "encryption")},
			recipe{name: "encryption-key-of-attacker", codes: "signature-key-unknown", unsigned: true, attack: forging, metadata: func(m *paper) {
				d := &paper{text: m.text}
				d.content(metadataCertificate, attackerCertificate(m))
				d.set(metadataDescriptor, "use", "encryption")
				m.after(metadataDescriptor, d.raw(metadataDescriptor))
			}},
			recipe{name: "other-entity", by: Holder, codes: "issuer-mismatch", metadata: setting("", "entityID", "http://www.okta.com/exk0other000000000001")},
			recipe{name: "key-of-other-entity", codes: "signature-key-unknown", unsigned: true, attack: forging, metadata: func(m *paper) {
				other := &paper{text: m.text}
				other.set("", "entityID", "https://attacker.example.com/")
				other.replace(metadataDescriptor, attacker(m))
				m.text = `<md:EntitiesDescriptor xmlns:md="` + metadataSpace + `">` + m.root().Raw() + other.root().Raw() + "</md:EntitiesDescriptor>"
			}},
			recipe{name: "key-of-service-provider-role", codes: "signature-key-unknown", unsigned: true, attack: forging, metadata: func(m *paper) {
				m.append("", `<md:SPSSODescriptor protocolSupportEnumeration="`+protocolSpace+`">`+attacker(m)+"</md:SPSSODescriptor>")
			}},
			recipe{name: "one-damaged-certificate-honest", by: Provider, want: Warned, codes: "metadata-certificate-malformed", metadata: func(m *paper) {
				d := &paper{text: m.text}
				d.content(metadataCertificate, "MIIC")
				m.before(metadataDescriptor, d.raw(metadataDescriptor))
			}},
			recipe{name: "only-damaged-certificate", by: Holder, codes: "metadata-key-missing", metadata: containing(metadataCertificate, "MIIC")}),
		of("K16", Provider, nil,
			recipe{name: "golden", want: Passes, shapes: assertionSigned()}),
	)
}
