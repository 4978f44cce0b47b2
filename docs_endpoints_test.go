package samlcheck_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
)

// TestDocsListEveryEndpoint proves that docs/endpoints.md is what the tables
// say.
func TestDocsListEveryEndpoint(t *testing.T) {
	const path = "docs/endpoints.md"
	want := endpointsPage()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the tables say; write it anew: go test . -run TestDocsListEveryEndpoint -update", path)
	}
}

func endpointsPage() string {
	var b strings.Builder
	b.WriteString("# Endpoints and audiences\n\nWhere AWS takes SAML responses for IAM roles, partition by partition, and how that is known. REGION stands for a Region of the\n" +
		"partition, ID for the ID of a SAML provider (22 to 64 capital letters and digits). URLs are compared byte by byte. The STS API looks at\n" +
		"neither recipient nor audience (observed); the recipient becomes `saml:aud`, which a role's trust policy may compare. This page is made\n" +
		"from the tables themselves: `go test . -run TestDocsListEveryEndpoint -update`.\n")
	b.WriteString("\n## URLs\n\n| partition | kind | URL | basis | source | remark |\n|---|---|---|---|---|---|\n")
	for _, e := range claims.Endpoints() {
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s | %s | %s |\n", e.Partition, kindCell(e), e.URL, e.Basis, sourceCell(e.Source), cell(e.Note))
	}
	b.WriteString("\nThe kinds `static` and `metadata` are no endpoints: a response that names one as its recipient gets `recipient-mismatch`, which says what it is.\n")
	b.WriteString("\n## Audiences\n\nThe URLs of the kinds `global`, `regional` and `provider` are audiences too, each of its own partition (inferred: many identity providers are set up so).\n\n" +
		"| partition | audience | basis | source | remark |\n|---|---|---|---|---|\n")
	for _, a := range claims.KnownAudiences() {
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", a.Partition, a.URN, a.Basis, sourceCell(a.Source), cell(a.Note))
	}
	b.WriteString("\nNo URN is known for the partitions that are not listed.\n")
	b.WriteString("\n## Other service providers of AWS\n\nA response for one of these is not for IAM roles: `service-other` says whose it is.\n\n" +
		"| service | audiences | recipients | source | remark |\n|---|---|---|---|---|\n")
	for _, s := range claims.OtherServices() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", s.Name, codeCell(s.Audiences), codeCell(s.Recipients), sourceCell(s.Source), cell(s.Note))
	}
	return b.String()
}

func kindCell(e claims.EndpointForm) string {
	if e.FIPS {
		return string(e.Kind) + ", FIPS"
	}
	return string(e.Kind)
}

func sourceCell(s saml.Source) string {
	if s.URL == "" {
		return cell(s.Text)
	}
	return "[" + cell(s.Text) + "](" + s.URL + ")"
}

func codeCell(all []string) string {
	var out []string
	for _, s := range all {
		out = append(out, "`"+s+"`")
	}
	return strings.Join(out, "<br>")
}
