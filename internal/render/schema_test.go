package render

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/saml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compile compiles the schema with a validator that is not ours.
func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, line string) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		t.Fatalf("%s is no JSON: %v", line, err)
	}
	return s.Validate(value)
}

// full gives a report as the packages make it, in which no list is null.
func full(o *saml.Object) *saml.Object {
	base := (&saml.Report{}).Object()
	for _, list := range []struct{ of, empty *[]string }{
		{&o.Audiences, &base.Audiences}, {&o.TransitiveTagKeys, &base.TransitiveTagKeys}, {&o.Decode, &base.Decode},
	} {
		*list.of = append(*list.empty, *list.of...)
	}
	o.Metadata, o.Signatures = orEmpty(o.Metadata), orEmpty(o.Signatures)
	o.Findings, o.Skipped, o.Ignored = orEmpty(o.Findings), orEmpty(o.Skipped), orEmpty(o.Ignored)
	o.Roles, o.Opinions, o.PrincipalTags = orEmpty(o.Roles), orEmpty(o.Opinions), orEmpty(o.PrincipalTags)
	for i := range o.Findings {
		o.Findings[i].AWS, o.Findings[i].Sources = orEmpty(o.Findings[i].AWS), orEmpty(o.Findings[i].Sources)
	}
	if o.Profile == saml.ProfileSAML {
		o.Roles = []any{}
	}
	return o
}

func TestReportsMeetSchema(t *testing.T) {
	s := compile(t)
	for name, o := range exampleReports() {
		line, err := JSON(full(o))
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, s, line); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaIsPrecise changes one thing of a sound report at a time: the
// schema has to notice.
func TestSchemaIsPrecise(t *testing.T) {
	s := compile(t)
	changes := map[string]func(o map[string]any){
		"an unknown member":            func(o map[string]any) { o["extra"] = 1 },
		"a missing member":             func(o map[string]any) { delete(o, "in_response_to") },
		"another version":              func(o map[string]any) { o["version"] = 2 },
		"an unknown verdict":           func(o map[string]any) { o["verdict"] = "valid" },
		"an unknown form":              func(o map[string]any) { o["form"] = "pdf" },
		"a null list":                  func(o map[string]any) { o["findings"] = nil },
		"a time without zone":          func(o map[string]any) { o["at"] = "2026-09-11T11:00:00" },
		"a pass that is not verified":  func(o map[string]any) { o["verdict"], o["verified"] = "pass", false },
		"roles under the profile saml": func(o map[string]any) { o["profile"] = "saml" },
		"an unknown severity":          func(o map[string]any) { first(o, "findings")["severity"] = "fatal" },
		"an unknown stage":             func(o map[string]any) { first(o, "findings")["stage"] = "later" },
		"a finding without a code":     func(o map[string]any) { delete(first(o, "findings"), "code") },
		"a code with capitals":         func(o map[string]any) { first(o, "findings")["code"] = "Digest-Mismatch" },
		"an unknown witness":           func(o map[string]any) { first(o, "signatures")["witness"] = "maybe" },
		"a fraction of a second":       func(o map[string]any) { o["session_duration"] = 0.5 },
		"a fingerprint with colons": func(o map[string]any) {
			first(o, "signatures")["certificate"].(map[string]any)["sha256"] = strings.Repeat("0A:", 31) + "0A"
		},
		"a setting of no file":    func(o map[string]any) { o["config"].(map[string]any)["settings"] = []any{"limit"} },
		"a reason without a code": func(o map[string]any) { delete(first(o, "ignored"), "code") },
		"an account of 11 digits": func(o map[string]any) { first(o, "roles")["account"] = "11112222333" },
	}
	for name, change := range changes {
		line, err := JSON(full(configuredReport()))
		if err != nil {
			t.Fatal(err)
		}
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		change(o)
		changed, err := JSON(o)
		if err != nil {
			t.Fatal(err)
		}
		if validate(t, s, changed) == nil {
			t.Errorf("the schema lets pass %s", name)
		}
	}
}

func first(o map[string]any, list string) map[string]any {
	return o[list].([]any)[0].(map[string]any)
}

// TestSchemaNamesEveryMember holds the schema against the Go type: what one
// has, the other has.
func TestSchemaNamesEveryMember(t *testing.T) {
	var doc struct {
		Properties map[string]any `json:"properties"`
		Required   []string       `json:"required"`
	}
	if err := json.Unmarshal([]byte(Schema()), &doc); err != nil {
		t.Fatal(err)
	}
	line, err := JSON((&saml.Report{}).Object())
	if err != nil {
		t.Fatal(err)
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(line), &object); err != nil {
		t.Fatal(err)
	}
	if len(doc.Required) != len(object) || len(doc.Properties) != len(object) {
		t.Errorf("the schema has %d properties and requires %d, the report has %d", len(doc.Properties), len(doc.Required), len(object))
	}
	for name := range object {
		if doc.Properties[name] == nil {
			t.Errorf("the schema does not know %s", name)
		}
	}
}
