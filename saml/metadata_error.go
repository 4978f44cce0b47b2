package saml

// A MetadataReason says why metadata cannot be used.
type MetadataReason string

// The reasons.
const (
	MetadataEmpty       MetadataReason = "empty"
	MetadataHTML        MetadataReason = "html"             // a web page
	MetadataNotXML      MetadataReason = "not-xml"          // neither XML nor one of the other forms
	MetadataMalformed   MetadataReason = "malformed"        // XML that the scanner refuses; Err tells where
	MetadataLimit       MetadataReason = "limit"            // larger than the limits allow; Err tells which
	MetadataOther       MetadataReason = "other-xml"        // XML that is no metadata, such as a response
	MetadataNoProvider  MetadataReason = "no-provider"      // metadata that describes no identity provider
	MetadataServiceOnly MetadataReason = "service-provider" // metadata that describes service providers only
	MetadataJSON        MetadataReason = "json"             // JSON without a metadata document
	MetadataCertificate MetadataReason = "certificate"      // a certificate file without a usable certificate
)

// A MetadataError tells what a file is that was given as metadata and what to
// do. It corresponds to the code metadata-unreadable: there is no report then.
type MetadataError struct {
	Reason MetadataReason
	Found  string // what was found, a lower-case phrase, foreign text quoted
	Advice string // what to do, a lower-case phrase
	Err    error  // the cause, whose text says the line and column; nil if there is none
}

// Error gives the whole sentence.
func (e *MetadataError) Error() string {
	return "federation metadata is expected, found " + e.Found + "; " + e.Advice
}

// Unwrap gives the cause.
func (e *MetadataError) Unwrap() error { return e.Err }

// What to do, as several reasons say it.
const (
	adviseDownload = "download the metadata of the identity provider (in Entra: Single sign-on, SAML Certificates, App Federation Metadata Url or Federation Metadata XML) and give that file"
	adviseProvider = "give the metadata of the identity provider that signs the response, not that of the service"
)

func unreadable(reason MetadataReason, found, advice string) *MetadataError {
	return &MetadataError{Reason: reason, Found: found, Advice: advice}
}
