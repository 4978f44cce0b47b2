package capture

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzJSON proves that JSON is read as the standard library reads it: the same
// strings in the same order, each name and each value.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{`{}`, `[]`, `""`, `{"a":["b",{"c":"d\u00e9\ud83d\ude00\ud800\n"},1.5e-3,true,null,""],"x":{}}`, `[[["\\\""]]]`, " [ \"a\" , -1 ]\n", `{"a":"b"`, `["a`, `{"a":}`, `[1,]`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &jsonReader{data: data}
		got := r.strings(nil)
		deep := bytes.Count(data, []byte("{"))+bytes.Count(data, []byte("[")) >= mostDepth
		if !json.Valid(data) || !utf8.Valid(data) || deep {
			return
		}
		want := standardStrings(data)
		if !slices.Equal(got, want) || r.stopped() {
			t.Errorf("%s: read %q, stopped %t; the standard library reads %q", data, got, r.stopped(), want)
		}
	})
}

// strings gives every string of a value.
func (r *jsonReader) strings(out []string) []string {
	switch r.peek() {
	case '{':
		r.object(func(key string) {
			out = append(out, key)
			out = r.strings(out)
		})
	case '[':
		r.array(func() { out = r.strings(out) })
	case '"':
		out = append(out, r.text())
	default:
		r.skip()
	}
	return out
}

func standardStrings(data []byte) []string {
	var out []string
	for d := json.NewDecoder(strings.NewReader(string(data))); ; {
		token, err := d.Token()
		if err != nil {
			return out
		}
		if s, ok := token.(string); ok {
			out = append(out, s)
		}
	}
}
