package capture

import (
	"net/url"
	"slices"
	"strings"
)

// A request is what a command sends.
type request struct {
	exchange
	file     string // whose content is the body
	unclosed bool   // the text ends inside a quotation
}

// options of curl that have a value, as far as browsers write them or the value
// could be taken for the URL.
var curlValues = []string{"-X", "--request", "-H", "--header", "-b", "--cookie", "-A", "--user-agent", "-e", "--referer", "-o", "--output",
	"-u", "--user", "-x", "--proxy", "-c", "--cookie-jar", "-m", "--max-time", "--connect-timeout", "--cacert", "--cert", "--key", "--resolve", "--connect-to",
	"-w", "--write-out", "--retry", "--url"}

var curlBodies = []string{"-d", "--data", "--data-raw", "--data-ascii", "--data-binary", "--data-urlencode", "--json", "--post-data", "--body-data", "-F", "--form", "--form-string"}

// curl reads the words of a command of curl, or of wget.
func curl(words []string) request {
	var r request
	var body []string
	get := false
	for i := 1; i < len(words); i++ {
		name, value, joined := splitOption(words[i])
		takes := slices.Contains(curlBodies, name) || slices.Contains(curlValues, name) || name == "-O" && words[0] == "wget"
		if takes && !joined && i+1 < len(words) {
			i++
			value = words[i]
		}
		switch {
		case slices.Contains(curlBodies, name):
			body = append(body, r.data(name, value))
		case name == "-X" || name == "--request" || name == "--method":
			r.method = strings.ToUpper(value)
		case name == "--url":
			r.url = value
		case !strings.HasPrefix(name, "-") && r.url == "":
			r.url = name
		case name == "-G" || name == "--get":
			get = true
		}
	}
	r.body = []byte(strings.Join(body, "&"))
	if get {
		r.url, r.body = r.url+"?"+string(r.body), nil
	}
	if r.method == "" {
		r.method = "GET"
		if len(body) > 0 && !get {
			r.method = "POST"
		}
	}
	return r
}

// readHTTPie reads a command of HTTPie, whose body is a here-string or is made
// of fields.
func readHTTPie(text []byte) (request, int) {
	words, end, unclosed := shellWords(text)
	r := request{unclosed: unclosed}
	var fields []pair
	for i := 1; i < len(words); i++ {
		word := words[i]
		name, value, isField := strings.Cut(word, "=")
		switch {
		case (word == "<<<" || word == "--raw") && i+1 < len(words):
			i++
			r.body = []byte(words[i])
		case strings.HasPrefix(word, "-"):
		case r.url == "" && r.method == "" && word == strings.ToUpper(word):
			r.method = word
		case r.url == "":
			r.url = word
		case isField && !strings.ContainsAny(name, ": "):
			fields = append(fields, pair{name, value})
		}
	}
	if len(fields) > 0 {
		r.body = formOf(fields)
	}
	if r.method == "" {
		r.method = "POST"
	}
	return r, end
}

// splitOption takes a value off that is joined to its option.
func splitOption(word string) (name, value string, joined bool) {
	if strings.HasPrefix(word, "--") {
		return strings.Cut(word, "=")
	}
	if len(word) > 2 && word[0] == '-' && (slices.Contains(curlBodies, word[:2]) || slices.Contains(curlValues, word[:2])) {
		return word[:2], word[2:], true
	}
	return word, "", false
}

// data gives the part of a body that an option stands for. One that begins with
// "@" stands for the content of a file, but for --data-raw.
func (r *request) data(option, value string) string {
	if file, ok := strings.CutPrefix(value, "@"); ok && option != "--data-raw" && option != "--form-string" {
		r.file = file
		return ""
	}
	name, content, named := strings.Cut(value, "=")
	switch {
	case option == "-F" || option == "--form" || option == "--form-string" || option == "--data-urlencode" && named && name != "":
		return name + "=" + url.QueryEscape(content)
	case option == "--data-urlencode":
		return url.QueryEscape(strings.TrimPrefix(value, "="))
	}
	return value
}
