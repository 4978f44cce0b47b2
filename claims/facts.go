package claims

import (
	"slices"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// facts is what a message says to AWS, gathered without judging it. Rules read
// it and nothing else.
type facts struct {
	options *Options
	message *saml.Message
	report  *saml.Report
	now     time.Time

	content   saml.Content                // nil where no assertion could be read
	named     map[string][]saml.Attribute // the attributes that AWS reads, by the name behind the prefix
	misspelt  []misspelling               // of names that are absent
	audiences []saml.Value
	roles     []roleValue // every value of every Role attribute
	memory    *memory     // that they are in; nil where there are none
	pairs     []Role      // the pairs that they offer, each once
	tags      []tag
	recipient saml.Value
	endpoint  *Endpoint // of the recipient; nil where it is none of AWS sign-in
	service   *service  // another service of AWS that the message is for
	told      string    // the audience or recipient that shows the service
	product   product
	known     knowledge
	unlisted  []saml.Finding // beyond the most that a rule lists: for the prediction only
}

// tag is one PrincipalTag attribute that has a value.
type tag struct {
	key       string
	attribute saml.Attribute
}

func gather(message *saml.Message, report *saml.Report, options *Options) *facts {
	f := &facts{options: options, message: message, report: report, now: report.At, content: report.Content(), named: map[string][]saml.Attribute{}}
	if f.content == nil {
		return f
	}
	f.sort()
	f.readRoles()
	f.recipient, f.audiences = f.content.Recipient(), f.content.Audiences()
	if e, ok := ParseEndpoint(f.recipient.Text); ok && e.Flaw == "" {
		f.endpoint = &e
	}
	f.service, f.told = serviceOf(f.recipient.Text, f.audiences)
	f.product = productOf(f.content)
	return f
}

// sort puts the attributes in their places: those that AWS reads, tags among
// them, and those that are meant for it and bear another name.
func (f *facts) sort() {
	var doubtful []misspelling
	for _, a := range f.content.Attributes() {
		if name, ok := awsName(a.Name); ok {
			f.named[name] = append(f.named[name], a)
			if key, ok := strings.CutPrefix(name, namePrincipalTag); ok && key != "" && len(a.Values) > 0 {
				f.tags = append(f.tags, tag{key, a})
			}
		} else if m, ok := misspelt(a); ok {
			doubtful = append(doubtful, m)
		}
	}
	for _, m := range doubtful {
		if len(f.named[m.meant]) == 0 {
			f.misspelt = append(f.misspelt, m)
		}
	}
}

// meant reports whether the attribute is there under another name.
func (f *facts) meant(name string) bool {
	return slices.ContainsFunc(f.misspelt, func(m misspelling) bool { return m.meant == name })
}

// values gives all values of the attributes of one name.
func (f *facts) values(name string) []saml.Value {
	attributes := f.named[name]
	if len(attributes) == 1 {
		return attributes[0].Values
	}
	var out []saml.Value
	for _, a := range attributes {
		out = append(out, a.Values...)
	}
	return out
}

// first gives the first value of the attributes of one name.
func (f *facts) first(name string) saml.Value {
	for _, a := range f.named[name] {
		if len(a.Values) > 0 {
			return a.Values[0]
		}
	}
	return saml.Value{}
}

// sessionLeft gives the seconds until the end of session that the message
// states, from the instant as of which it is judged.
func (f *facts) sessionLeft() (seconds int, ok bool) {
	end := f.content.SessionNotOnOrAfter()
	if !end.Valid() || !end.Time.After(f.now) {
		return 0, false
	}
	const most = 10 * 365 * 24 * time.Hour
	return int(min(end.Time.Sub(f.now), most) / time.Second), true
}

// A need is a fact without which a rule cannot be judged. The reasons are those
// of package saml, so that both lists of skipped rules join.
type need struct {
	met    func(*facts) bool
	reason string
}

const statusSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success"

var (
	needSuccess = &need{func(f *facts) bool {
		r := f.report.Response
		return !r.Present() || len(r.StatusCodes) > 0 && r.StatusCodes[0] == statusSuccess
	}, "the identity provider reports no success"}
	needContent = &need{func(f *facts) bool { return f.content != nil }, "there is no assertion that can be read"}
	needEncoded = &need{func(f *facts) bool { return f.message.EncodedLength() > 0 }, "the capture holds no message"}

	// needPresent is for what an assertion says, needAbsent for what it lacks: a
	// message that reports no success lacks everything, which is no news.
	needPresent = []*need{needContent}
	needAbsent  = []*need{needSuccess, needContent}
)

// finds reports whether package saml found a fault of this code.
func (f *facts) finds(code string) bool {
	return slices.ContainsFunc(f.report.Findings, func(g saml.Finding) bool { return g.Code == code })
}
