package saml

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/internal/xmldoc"
)

// metadataRules are the rules of stage metadata.
var metadataRules = slices.Concat(metadataFileRules, metadataKeyRules, metadataDateRules)

// The needs of rules that CheckMetadata judges too: it has no message.
var (
	needChosen = &need{func(f *facts) bool { return f.message == nil || f.doc != nil }, needDocument.reason}
	needEntry  = &need{func(f *facts) bool { return len(f.choice.described) > 0 }, "the metadata is a lone certificate, which describes no entity"}
)

var needsKeys = []*need{needChosen, needMetadata, needEntity}
var needsEntry = []*need{needChosen, needMetadata, needEntity, needEntry}

// characters gives the length of the document in characters.
func (m *Metadata) characters() int {
	m.lengthOnce.Do(func() { m.length = utf8.RuneCountInString(m.doc.Source()) })
	return m.length
}

// inFile names the file of the metadata in a sentence.
func (m *Metadata) inFile() string {
	if m.Source == "" {
		return "the metadata"
	}
	return "the metadata " + quote(m.Source)
}

// A placer gives places in the metadata: to CheckMetadata as the place of a
// finding, in the report on a message, whose places are in the message, as
// words. A path costs a look at all siblings, so that only as many are made as
// findings are kept.
type placer struct {
	f    *facts
	left int
}

func (f *facts) placer() *placer { return &placer{f, mostPerRule} }

// of gives the place of an element of the entity; the zero Element is the
// EntityDescriptor.
func (p *placer) of(e *Entity, at xmldoc.Element) (Place, string) {
	if !at.Present() {
		at = e.element
	}
	if p.left--; p.left < 0 || !at.Present() {
		return Place{}, ""
	}
	if p.f.message == nil {
		return placeOf(at), ""
	}
	line, column := at.Document().Position(at.Offset())
	return Place{}, fmt.Sprintf(" (%s, line %d, column %d)", e.metadata.inFile(), line, column)
}

func answerProvider(code, message string, b Basis) []Answer {
	return []Answer{{By: "iam", Code: code, Message: message, Basis: b}}
}

// unparsed is what CreateSAMLProvider answers to metadata that it refuses.
const unparsed = "Could not parse metadata"

var metadataFileRules = []*rule{
	{
		Rule: Rule{
			Code: "metadata-missing", Stage: StageMetadata, Severity: Error,
			Title:       "no metadata is given",
			Explanation: "without the federation metadata of the identity provider no key is known, so that nobody can say whether the message is authentic; all else is judged all the same",
			Fix:         "give the identity provider's metadata (-m FILE): in Entra ID the App Federation Metadata Url of this application, at AWS the output of aws iam get-saml-provider",
			Sources:     []Source{core("5"), metadataSpec("2.4.1.1"), awsProvider},
			Unsettled:   "the signature holds, since no metadata is given to verify it with",
		},
		needs: []*need{needDocument}, judge: func(f *facts, report func(Fault)) {
			if f.metadata == nil && f.wantsProof() {
				report(Fault{Message: "federation metadata is expected, none is given, so that the signature cannot be verified"})
			}
		},
	},
	{
		Rule: Rule{
			Code: "metadata-unreadable", Stage: StageMetadata, Severity: Error,
			Title:       "the metadata file cannot be used",
			Explanation: "the file that was given as metadata is a web page, no XML, not well-formed, the metadata of a service provider, or empty. There is no report then: the exit status is 2, and the error says what the file is",
			Fix:         "download the metadata of the identity provider and give that file, as it was downloaded",
			Sources:     []Source{metadataSpec("2.3"), awsTroubleshoot},
			AWS:         answerProvider("InvalidInput", unparsed, Documented),
		},
		judge: func(*facts, func(Fault)) {}, // ParseMetadata gives the error: no message is judged with such a file
	},
	{
		Rule: Rule{
			Code: "metadata-entity-missing", Stage: StageMetadata, Severity: Error,
			Title:       "the metadata does not describe the issuer",
			Explanation: "the metadata describes several identity providers and none of them has the message's Issuer as its entityID, so that no key can be tried. The comparison is exact, byte by byte",
			Fix:         "give the metadata of the identity provider (tenant, application) that issued the message",
			Sources:     []Source{metadataSpec("2.3.2"), core("2.2.5"), awsTroubleshoot},
			AWS:         answerIssuer(Documented),
		},
		needs: []*need{needDocument, needMetadata}, judge: judgeEntityMissing,
	},
	{
		Rule: Rule{
			Code: "metadata-byte-order-mark", Stage: StageMetadata, Severity: Warning, Profiles: onlyAWS,
			Title:       "the metadata begins with a byte order mark",
			Explanation: "AWS asks for metadata in UTF-8 without a byte order mark and says that it cannot parse a file with one. Editors and shells on Windows write it",
			Fix:         "save the file as UTF-8 without BOM before it is uploaded",
			Sources:     []Source{awsProvider, awsTroubleshoot},
			AWS:         answerProvider("InvalidInput", unparsed, Documented),
		},
		needs: needsEntry, judge: func(f *facts, report func(Fault)) {
			for _, m := range f.choice.documents {
				if m.doc.HasBOM() {
					report(Fault{Message: m.inFile() + " is expected to begin with \"<\", it begins with a byte order mark (EF BB BF)"})
				}
			}
		},
	},
	{
		Rule: Rule{
			Code: "metadata-size", Stage: StageMetadata, Severity: Warning, Profiles: onlyAWS,
			Title:       "the metadata is too short or too long for IAM",
			Explanation: "IAM takes metadata documents of 1,000 to 10,000,000 characters",
			Fix:         "upload the metadata of this one identity provider as it was downloaded; an aggregate of a whole federation is not for IAM",
			Sources:     []Source{{"AWS IAM API Reference, CreateSAMLProvider, SAMLMetadataDocument", "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html"}},
			AWS:         answerProvider("ValidationError", "", Inferred),
		},
		needs: needsEntry, judge: judgeMetadataSize,
	},
	{
		Rule: Rule{
			Code: "metadata-expired", Stage: StageMetadata, Severity: Info, Varies: "warning outside the profile aws",
			Title:       "the metadata is past its validUntil",
			Explanation: "the metadata says itself until when it may be relied on, and that time has passed. AWS was observed to pay no heed to it; other service providers refuse the metadata",
			Fix:         "download the metadata anew",
			Sources:     []Source{metadataSpec("2.3.2"), awsProvider, awsRecorded},
			AWS:         answerAccepted(Observed),
		},
		needs: needsEntry, judge: judgeMetadataExpired,
	},
	{
		Rule: Rule{
			Code: "metadata-signature-broken", Stage: StageMetadata, Severity: Info,
			Title:       "the metadata's own signature does not hold",
			Explanation: "the metadata bears a signature that its own embedded certificate does not verify: it was changed after it was signed, most often because it was saved from a browser's view or formatted anew. Its keys are used all the same, since trust in metadata comes from where it was got",
			Fix:         "download the metadata again and keep it byte by byte, over HTTPS from the identity provider itself",
			Sources:     []Source{metadataSpec("3"), xmldsig("3.2")},
		},
		needs: needsEntry, judge: judgeMetadataSignature,
	},
}

// wantsProof reports whether there is anything that a key would prove: a
// response or assertion with content or a signature. A refusal by the identity
// provider mostly has neither.
func (f *facts) wantsProof() bool {
	return (f.shape.response.Present() || f.shape.assertion.Present()) && (f.inner.count() > 0 || len(f.signatures) > 0)
}

func judgeEntityMissing(f *facts, report func(Fault)) {
	if !f.choice.missing || !f.wantsProof() {
		return
	}
	issuer := f.claimedIssuer()
	if blank(issuer) {
		return
	}
	message := fmt.Sprintf("an entity with the entityID %s is expected in the metadata, none of its %s has it", quote(issuer), count(len(f.metadata.entities), "identity provider"))
	if near := f.metadata.nearest(issuer); len(near) > 0 {
		message += "; nearest: " + quoteAll(near)
	}
	if f.metadata.others[issuer] {
		message += "; an entity of that name is there, but it is no identity provider"
	}
	report(Fault{Message: message})
}

// The limits of IAM on SAMLMetadataDocument.
const (
	leastDocument = 1_000
	mostDocument  = 10_000_000
)

// judgeMetadataSize leaves out what IAM has stored already.
func judgeMetadataSize(f *facts, report func(Fault)) {
	for _, m := range f.choice.documents {
		n := m.characters()
		if m.provider == nil && (n < leastDocument || n > mostDocument) {
			report(Fault{Message: fmt.Sprintf("%s is expected to have %d to %d characters, it has %d", m.inFile(), leastDocument, mostDocument, n)})
		}
	}
}

func judgeMetadataExpired(f *facts, report func(Fault)) {
	severity := Warning
	if f.profile == ProfileAWS {
		severity = Info
	}
	places := f.placer()
	for _, e := range f.choice.described {
		if t := e.ValidUntil; !t.IsZero() && !f.now.Before(t) {
			place, where := places.of(e, e.element)
			report(Fault{Place: place, Severity: severity, Message: fmt.Sprintf("the metadata of %s is valid until %s, which was %s ago%s",
				quote(e.ID), stamp(t), daysText(daysBetween(t, f.now)), where)})
		}
	}
}

func judgeMetadataSignature(f *facts, report func(Fault)) {
	for _, m := range f.choice.documents {
		for _, s := range m.brokenSignatures() {
			if !f.concerns(m, s.Parent) {
				continue
			}
			message := fmt.Sprintf("the signature of %s is expected to hold with the certificate in it, it does not", m.inFile())
			if r := brokenReference(s); r != nil {
				message += ": the content was changed after signing (the digest differs)"
			} else if s.Reason != "" {
				message += ": " + s.Reason
			}
			fault := Fault{Message: message}
			if f.message == nil {
				fault.Place = placeOf(s.Element)
			}
			report(fault)
		}
	}
}

// CheckMetadata judges metadata by itself, without a message: the rules of
// stage metadata that need none, over every entity and every signing key.
// What a message is needed for, and what Options say of messages, is left out.
func CheckMetadata(m *Metadata, options Options) []Finding {
	f := &facts{options: &options, profile: options.profile(), now: options.now(), metadata: m, choice: &choice{}}
	if m == nil {
		return []Finding{}
	}
	f.choice.entities = m.entities
	for _, e := range m.entities {
		f.choice.keys = append(f.choice.keys, e.ready().keys...)
	}
	f.choice.describe()
	rules := slices.DeleteFunc(slices.Clone(metadataRules), func(r *rule) bool { return slices.Contains(r.needs, needDocument) })
	findings, _ := judgeAll(f, rules)
	markIgnored(findings, options.Ignore)
	return list(findings)
}

// daysText gives a number of whole days in words.
func daysText(days int) string {
	if days < 1 {
		return "less than a day"
	}
	return count(days, "day")
}

// joinWords joins phrases with commas and "and".
func joinWords(phrases []string) string {
	if n := len(phrases); n > 1 {
		return strings.Join(phrases[:n-1], ", ") + " and " + phrases[n-1]
	}
	return strings.Join(phrases, "")
}
