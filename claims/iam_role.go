package claims

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/samlcheck/samlcheck/internal/policy"
)

// An iamRole is a role as the account has it.
type iamRole struct {
	arn        ARN
	text       string           // of the trust policy, in one form
	trust      *policy.Document // nil where fault says why
	maxSession int              // MaxSessionDuration; 0 where it is not said
	fault      string           // why nothing can be said of its trust policy
}

// joined gives what two parts say of one role; r may be nil. Only some commands
// print MaxSessionDuration.
func (r *iamRole) joined(o *iamRole) *iamRole {
	if r == nil {
		return o
	}
	out := *r
	switch {
	case r.text != o.text:
		out.trust, out.fault = nil, "the files give two different trust policies for it"
	case r.maxSession == 0:
		out.maxSession = o.maxSession
	case o.maxSession != 0 && o.maxSession != r.maxSession:
		out.maxSession = 0
		out.trust, out.fault = nil, fmt.Sprintf("the files give two values of MaxSessionDuration for it, %d and %d", r.maxSession, o.maxSession)
	}
	if out.fault == "" && o.fault != "" {
		out.trust, out.fault = nil, o.fault
	}
	return &out
}

// readRole reads one role out of any of the outputs. Only a role without an ARN
// is an error: a trust policy that cannot be read is kept as such.
func readRole(data json.RawMessage) (*iamRole, error) {
	var output struct {
		ARN        any             `json:"Arn"`
		Trust      json.RawMessage `json:"AssumeRolePolicyDocument"`
		MaxSession json.RawMessage `json:"MaxSessionDuration"`
	}
	if err := json.Unmarshal(data, &output); err != nil {
		return nil, errors.New("it is no object")
	}
	arn, err := readARN(output.ARN, KindRole)
	if err != nil {
		return nil, err
	}
	r := &iamRole{arn: arn}
	if json.Unmarshal(output.MaxSession, &r.maxSession) != nil || r.maxSession < 0 {
		r.maxSession = 0
	}
	text, err := policyText(output.Trust)
	if err == nil {
		r.text = oneForm(text)
		r.trust, err = policy.Parse(text)
	}
	if err != nil {
		r.trust, r.fault = nil, "its trust policy cannot be read: "+err.Error()
	}
	return r, nil
}

func readARN(value any, kind string) (ARN, error) {
	text, ok := value.(string)
	if !ok {
		return ARN{}, errors.New("it has no Arn")
	}
	arn, err := ParseARN(text)
	switch {
	case err != nil:
		return ARN{}, fmt.Errorf("its Arn %s is none of IAM: %w", quote(text), err)
	case arn.Kind != kind:
		return ARN{}, fmt.Errorf("its Arn %s is that of a %s, not of a %s", quote(text), arn.Kind, kind)
	}
	return arn, nil
}

// mostPolicy bounds a trust policy; IAM takes a few thousand characters.
const mostPolicy = 64 << 10

// policyText gives the trust policy as JSON. The AWS CLI prints an object; the
// API gives percent-encoded text, and some tools give JSON as text.
func policyText(data json.RawMessage) ([]byte, error) {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0, bytes.Equal(data, []byte("null")):
		return nil, errors.New("there is no AssumeRolePolicyDocument")
	case len(data) > mostPolicy:
		return nil, fmt.Errorf("at most %d bytes are expected, it has %d", mostPolicy, len(data))
	case data[0] == '{':
		return data, nil
	}
	var text string
	if json.Unmarshal(data, &text) != nil {
		return nil, errors.New("an object or text is expected as AssumeRolePolicyDocument")
	}
	if text = strings.TrimSpace(text); !strings.HasPrefix(text, "{") {
		if plain, err := url.PathUnescape(text); err == nil {
			text = strings.TrimSpace(plain)
		}
	}
	if !strings.HasPrefix(text, "{") {
		return nil, fmt.Errorf("JSON is expected as AssumeRolePolicyDocument, or JSON that is percent-encoded, found %s", quote(text))
	}
	return []byte(text), nil
}

// oneForm gives JSON in a form that is the same whatever the blanks in it and
// the order of its keys; what is no JSON stays as it is.
func oneForm(data []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return string(data)
	}
	out, err := json.Marshal(value)
	if err != nil {
		return string(data)
	}
	return string(out)
}
