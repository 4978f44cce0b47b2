package claims

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf16"

	"github.com/samlcheck/samlcheck/saml"
)

// mostIAM bounds the JSON of one file, in bytes.
const mostIAM = 64 << 20

// What to do, as several errors say it.
const (
	adviseOutput   = "give what the AWS CLI prints with --output json, as it is"
	adviseProvider = "give it as ARN=FILE, with the ARN of the SAML provider, which this output does not hold"
)

func notIAM(found, advice string) error {
	return fmt.Errorf("the JSON of aws iam get-role, list-roles, get-account-authorization-details or list-saml-providers is expected, found %s; %s", found, advice)
}

// ParseIAM reads the output of "aws iam get-role", "list-roles",
// "get-account-authorization-details" or "list-saml-providers", several pages
// one after another as well, and arrays of roles or providers such as
// "--query Roles" makes. A trust policy that cannot be read spoils nothing
// else. Only of a list whose last page is there, and which names an account, it
// is known that it is whole.
func ParseIAM(data []byte) (*IAM, error) {
	if len(data) > mostIAM {
		return nil, notIAM(fmt.Sprintf("a file of more than %d MiB", mostIAM>>20), "give the output for one account")
	}
	text := bytes.TrimSpace(jsonText(data))
	if len(text) == 0 {
		return nil, notIAM("nothing", adviseOutput)
	}
	var pages []*iamPage
	decoder := json.NewDecoder(bytes.NewReader(text))
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return newIAM(pages), nil
		}
		var found []*iamPage
		if err == nil {
			found, err = readDocument(document)
		} else {
			err = noJSON(text, err)
		}
		if err != nil && len(pages) > 0 {
			err = fmt.Errorf("document %d of the file: %w", len(pages)+1, err)
		}
		if err != nil {
			return nil, err
		}
		pages = append(pages, found...)
	}
}

// jsonText gives the file in UTF-8, which PowerShell writes as UTF-16.
func jsonText(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	units := make([]uint16, len(data)/2-1)
	for i := range units {
		units[i] = order.Uint16(data[2*i+2:])
	}
	return []byte(string(utf16.Decode(units)))
}

func noJSON(text []byte, err error) error {
	switch {
	case text[0] == '<':
		return notIAM("XML or a web page", adviseOutput+"; federation metadata is given as metadata")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return notIAM("JSON that stops early", adviseOutput)
	}
	return notIAM(fmt.Sprintf("text that is no JSON (%v)", err), adviseOutput)
}

// readDocument reads one JSON document: the output of one command, or an array
// of its items or of pages.
func readDocument(data json.RawMessage) ([]*iamPage, error) {
	switch data[0] {
	case '{':
		p, err := readOutput(data)
		return []*iamPage{p}, err
	case '[':
		return readArray(data)
	}
	return nil, notIAM("a single JSON value", adviseOutput)
}

// readArray reads an array of roles, of providers or of pages. What selected
// the items is not known, so that nothing follows from what is missing.
func readArray(data json.RawMessage) ([]*iamPage, error) {
	var items []json.RawMessage
	if json.Unmarshal(data, &items) != nil || len(items) == 0 {
		return nil, notIAM("an empty array", "give the whole output, without --query")
	}
	var out []*iamPage
	for i, item := range items {
		if item[0] != '{' {
			return nil, notIAM("an array of other things than objects", "give the whole output, without --query")
		}
		p, err := readOutput(item)
		if err != nil {
			return nil, fmt.Errorf("item %d of the array: %w", i+1, err)
		}
		out = append(out, p)
	}
	return out, nil
}

// readOutput tells by its keys what an object is, and reads it.
func readOutput(data json.RawMessage) (*iamPage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, notIAM("text that is no JSON", adviseOutput)
	}
	has := func(key string) bool { _, found := fields[key]; return found }
	p := &iamPage{more: goesOn(fields)}
	switch {
	case has("SAMLMetadataDocument"):
		return nil, notIAM("the output of aws iam get-saml-provider", adviseProvider)
	case has("Role"):
		return p, p.addRole(fields["Role"], "the Role")
	case has("Roles"):
		p.kind = roleList
		return p, p.addEach(fields["Roles"], "role", p.addRole)
	case has("RoleDetailList"), has("UserDetailList"), has("GroupDetailList"):
		p.kind = detailList
		return p, p.addEach(fields["RoleDetailList"], "role", p.addRole)
	case has("SAMLProviderList"):
		p.kind = providerList
		return p, p.addEach(fields["SAMLProviderList"], "SAML provider", p.addProvider)
	case bytes.Contains(fields["Arn"], []byte(":"+KindProvider+"/")):
		return p, p.addProvider(data, "the SAML provider")
	case bytes.Contains(fields["Arn"], []byte(":"+KindRole+"/")):
		return p, p.addRole(data, "the role")
	case has("Statement"):
		return nil, notIAM("a policy without the role that it belongs to", "give the output of aws iam get-role")
	}
	return nil, notIAM("an object with "+keysOf(fields), adviseOutput)
}

// goesOn reports whether an output says that pages follow it: the API's way,
// and that of the AWS CLI.
func goesOn(fields map[string]json.RawMessage) bool {
	said := func(key string) bool {
		value := bytes.TrimSpace(fields[key])
		return len(value) > 0 && !slices.Contains([]string{"null", "false", `""`, `"false"`}, string(value))
	}
	return said("IsTruncated") || said("NextToken") || said("Marker")
}

func keysOf(fields map[string]json.RawMessage) string {
	if len(fields) == 0 {
		return "no keys"
	}
	return "the keys " + quoteAll(slices.Sorted(maps.Keys(fields)))
}

// addEach reads the items of a list, which may be null.
func (p *iamPage) addEach(list json.RawMessage, what string, add func(json.RawMessage, string) error) error {
	var items []json.RawMessage
	if len(list) > 0 && json.Unmarshal(list, &items) != nil {
		return notIAM("a list of "+what+"s that is no array", adviseOutput)
	}
	for i, item := range items {
		if err := add(item, fmt.Sprintf("%s %d of the list", what, i+1)); err != nil {
			return err
		}
	}
	return nil
}

func (p *iamPage) addRole(data json.RawMessage, which string) error {
	r, err := readRole(data)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", which, err)
	}
	p.roles = append(p.roles, r)
	return nil
}

func (p *iamPage) addProvider(data json.RawMessage, which string) error {
	var output struct {
		ARN any `json:"Arn"`
	}
	if json.Unmarshal(data, &output) != nil {
		return fmt.Errorf("%s cannot be read: it is no object", which)
	}
	arn, err := readARN(output.ARN, KindProvider)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", which, err)
	}
	p.providers = append(p.providers, &iamProvider{arn: arn})
	return nil
}

// ParseIAMProvider reads the output of "aws iam get-saml-provider", which does
// not hold the ARN of the provider.
func ParseIAMProvider(arn string, data []byte) (*IAM, error) {
	a, err := ParseARN(arn)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the ARN of a SAML provider is expected, found %s: %w", quote(arn), err)
	case a.Kind != KindProvider:
		return nil, fmt.Errorf("the ARN of a SAML provider is expected, found that of a role: %s", quote(arn))
	case len(data) > mostIAM:
		return nil, fmt.Errorf("the output of aws iam get-saml-provider is expected, found a file of more than %d MiB", mostIAM>>20)
	}
	detail, err := saml.ParseMetadata(data)
	if err != nil {
		return nil, fmt.Errorf("the output of aws iam get-saml-provider is expected: %w", err)
	}
	if detail.Provider() == nil {
		return nil, errors.New("the output of aws iam get-saml-provider is expected, found federation metadata alone; give the JSON that the AWS CLI prints, as it is")
	}
	detail.Source = arn
	text := oneForm(jsonText(data))
	return newIAM([]*iamPage{{providers: []*iamProvider{{arn: a, text: text, detail: detail}}}}), nil
}
