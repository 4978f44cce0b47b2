package render

import _ "embed"

//go:embed schema.json
var schema string

// Schema gives the JSON Schema of the report as JSON writes it.
func Schema() string { return schema }
