package hostile

// A Class is one way to attack a receiver of responses.
type Class struct {
	ID    string
	Title string
}

// A Section is a kind of classes.
type Section struct {
	Title   string
	Classes []Class
}

// Classes gives all classes in their order.
func Classes() []Class {
	var out []Class
	for _, s := range Sections() {
		out = append(out, s.Classes...)
	}
	return out
}

// Sections gives the classes by their kind.
func Sections() []Section {
	return []Section{
		{"Signature wrapping: what is read is not what is signed", wrappingClasses()},
		{"The structure of the Signature", structureClasses()},
		{"Keys and algorithms", keyClasses()},
		{"XML", xmlClasses()},
		{"What SAML means", semanticClasses()},
		{"Encryption", encryptionClasses()},
		{"Resources", resourceClasses()},
		{"Our own output", outputClasses()},
	}
}

func wrappingClasses() []Class {
	return []Class{
		{"W1", "the genuine Response is inside the Signature of a forged one"},
		{"W2", "the genuine Response stands beside the Signature of a forged one"},
		{"W3", "a forged Assertion stands before the genuine one"},
		{"W4", "a forged Assertion holds the genuine one"},
		{"W5", "a forged Assertion carries the Signature, the genuine one stands beside it"},
		{"W6", "a forged Assertion carries the Signature, which holds the genuine one"},
		{"W7", "a forged Assertion stands in Extensions"},
		{"W8", "the genuine Assertion is an Object of the Signature of a forged one"},
		{"W9", "a second SignedInfo fits the forged Assertion"},
		{"W10", "a forged Assertion stands after the genuine one"},
		{"W11", "the genuine Assertion is hidden, a forged one stands where readers look"},
		{"W12", "the Signature of the Response is that of an Assertion"},
		{"W13", "the Signature is not inside what it signs"},
		{"W14", "a decoy stands beside the genuine Signature"},
		{"W15", "a signed message that is no sign-in is used again"},
		{"W16", "the Signature stands deep inside what it signs"},
		{"W17", "the Signature splits a text"},
		{"W18", "the Signature signs an Object or a Manifest"},
		{"W19", "another attribute is taken for the ID"},
		{"W20", "a right name in a wrong namespace"},
		{"W21", "canonicalisation fails and gives nothing to digest"},
		{"W22", "parsers see different documents"},
		{"W23", "what is read was never verified"},
		{"W24", "prefixes around what is signed are bound otherwise"},
		{"W25", "a comment cuts a value"},
		{"W26", "a processing instruction splits a value"},
		{"W27", "a value is written as CDATA or by character references"},
		{"W28", "a provider pastes what its user typed into what it signs"},
	}
}

func structureClasses() []Class {
	return []Class{
		{"S1", "two SignedInfo"},
		{"S2", "a comment, instruction or element in a value of the Signature"},
		{"S3", "a part of the Signature stands twice"},
		{"S4", "no Reference, or several"},
		{"S5", "a Reference to something else than the parent"},
		{"S6", "a part of the Signature is missing"},
		{"S7", "transforms that SAML does not allow"},
		{"S8", "canonicalisation with comments"},
		{"S9", "inclusive canonicalisation"},
		{"S10", "base64 that is not strict"},
		{"S11", "no Signature, or one that is none"},
		{"S12", "a second Signature that does not hold"},
		{"S13", "canonical forms that verifiers get wrong"},
	}
}

func keyClasses() []Class {
	return []Class{
		{"K1", "signed with a key that the message itself brings"},
		{"K2", "a certificate that copies the names of the genuine one"},
		{"K3", "the known key in another certificate"},
		{"K4", "a certificate that has expired or is not valid yet"},
		{"K5", "several keys, and no hint which one signed"},
		{"K6", "a hint that is wrong or broken"},
		{"K7", "a hint that leads elsewhere"},
		{"K8", "an HMAC whose key is public"},
		{"K9", "no algorithm, or one that nobody knows"},
		{"K10", "MD5 and SHA-1"},
		{"K11", "an algorithm for another kind of key"},
		{"K12", "a key of RSA with which anybody can sign"},
		{"K13", "a huge modulus"},
		{"K14", "values of ECDSA that always hold, or are written otherwise"},
		{"K15", "faults of the metadata"},
		{"K16", "a stolen key"},
	}
}

func xmlClasses() []Class {
	return []Class{
		{"X1", "a document type declaration"},
		{"X2", "entities that grow"},
		{"X3", "names that change when they are read and written"},
		{"X4", "not well-formed, but read by lenient parsers"},
		{"X5", "several roots"},
		{"X6", "another encoding, and characters that XML does not know"},
		{"X7", "XML 1.1, reserved prefixes and namespaces"},
		{"X8", "processing instructions"},
		{"X9", "line breaks in attributes and texts"},
		{"X10", "broken on the way, or another message"},
		{"X11", "attributes of the namespace of XML"},
	}
}

func semanticClasses() []Class {
	return []Class{
		{"M1", "attributes of a Response that nobody signed"},
		{"M2", "no Subject, or several"},
		{"M3", "a SubjectConfirmation that confirms nothing"},
		{"M4", "another audience"},
		{"M5", "conditions that are absent, repeated or unknown"},
		{"M6", "times that have passed, have not come, or are none"},
		{"M7", "sent again"},
		{"M8", "not the answer to the request"},
		{"M9", "another issuer"},
		{"M10", "a Status that is not Success"},
		{"M11", "another version, or IDs that are none"},
		{"M12", "attributes that readers read in different ways"},
		{"M13", "roles that are not what they look like"},
		{"M14", "names that look like others"},
		{"M15", "a session that is over"},
	}
}

func encryptionClasses() []Class {
	return []Class{
		{"E1", "encryption taken for a proof"},
		{"E2", "plain and encrypted assertions together"},
		{"E3", "encryption without integrity"},
		{"E4", "RSA 1.5"},
		{"E5", "a tag that does not fit"},
		{"E6", "malformed ciphertexts and keys"},
		{"E7", "ciphertexts and keys that stand elsewhere"},
		{"E8", "a plaintext that is not one assertion on its own"},
		{"E9", "an oracle out of what is said of a failure"},
	}
}

func resourceClasses() []Class {
	return []Class{
		{"D1", "depth"}, {"D2", "elements"}, {"D3", "comments and instructions"}, {"D4", "namespace declarations"}, {"D5", "attributes, names and values"},
		{"D6", "Signatures and their parts"}, {"D7", "compression"}, {"D8", "size"}, {"D9", "values that are parsed"}, {"D10", "one after the other"}, {"D11", "canonicalisation before trust"},
	}
}

func outputClasses() []Class {
	return []Class{
		{"O1", "control characters"},
		{"O2", "characters that hide or turn text"},
		{"O3", "forged lines"},
		{"O4", "code of other formats"},
		{"O5", "names of files"},
		{"O6", "live responses in what is printed"},
		{"O7", "good because nothing was checked"},
		{"O8", "options and names of files as values"},
	}
}
