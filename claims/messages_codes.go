package claims

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// plainCode is a code without the ending that some SDKs add.
func plainCode(code string) string {
	return strings.TrimSuffix(strings.ToLower(code), "exception")
}

// bears tells whether one of the codes comes with the message.
func (m *Message) bears(codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool {
		return m.Code != "" && plainCode(m.Code) == code || m.Detail != "" && plainCode(m.Detail) == code
	})
}

var (
	word = regexp.MustCompile(`[a-z0-9]+`)
	uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)
)

// wrapping are the words that programs put around a code.
var wrapping = strings.Fields("an a the error errors errorresponse occurred when calling operation code errorcode errormessage message type sender sts iam service status statuscode" +
	" request requestid id null proxy aws amazonaws com https http response api exception clienterror botocore exceptions errorfactory unknown none failed with from in of is" +
	" awssecuritytokenservice awsopeniddiscoveryservice assumerolewithsaml createsamlprovider updatesamlprovider createrole eventname eventsource xmlns doc 2011 06 15 400 403 404 409")

// codesIn gives the codes of AWS in a normalised text, and whether it says
// nothing else.
func codesIn(all []Message, text string) (codes []string, only bool) {
	only = true
	for _, w := range word.FindAllString(uuid.ReplaceAllString(text, " "), -1) {
		code := plainCode(w)
		switch {
		case slices.ContainsFunc(all, func(m Message) bool { return m.bears([]string{code}) }):
			codes = append(codes, code)
		case !slices.Contains(wrapping, w):
			only = false
		}
	}
	return codes, only && len(codes) > 0
}

// Of the words of a text and of a message, this share has to be common to both
// for the message to be near.
const nearEnough = 0.4

// mostNear bounds the messages that are called near.
const mostNear = 3

// nearestMessages gives the messages that share most of their words with a
// text; one with its code in the text sooner than another.
func nearestMessages(all []Message, text string) []Message {
	words := wordSet(text)
	type candidate struct {
		row   int
		share float64
	}
	var near []candidate
	codes, _ := codesIn(all, text)
	for i := range all {
		best := 0.0
		for _, w := range all[i].wordings() {
			best = max(best, share(words, wordSet(w)))
		}
		if best >= nearEnough && all[i].bears(codes) {
			best++
		}
		if best >= nearEnough {
			near = append(near, candidate{i, best})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(b.share, a.share) })
	var out []Message
	for _, c := range near[:min(mostNear, len(near))] {
		out = append(out, all[c.row])
	}
	return out
}

func wordSet(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range word.FindAllString(text, -1) {
		out[w] = true
	}
	return out
}

// share gives how much of a message's words stand in a text.
func share(text, message map[string]bool) float64 {
	common := 0
	for w := range message {
		if text[w] {
			common++
		}
	}
	return float64(common) / float64(max(len(message), 1))
}
