package claims

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/samlcheck/samlcheck/saml"
)

// The limits of session tags.
const (
	longestTagKey   = 128
	longestTagValue = 256
	mostTags        = 50
	reservedPrefix  = "aws:"
)

const tagClass = `letters, digits, blanks and _ . : / = + - @`

var tagRules = []*rule{
	{
		Rule: saml.Rule{
			Code: "tag-malformed", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "session tag that AWS refuses",
			Explanation: "the key of a session tag, behind PrincipalTag:, has 1 to 128 characters and its value at most 256, out of letters, digits, blanks and _ . : / = + - @",
			Fix:         "send a key and a value of such characters within the lengths",
			Sources:     []saml.Source{sourceTags, sourceOperation, sourceTagAnswer},
			AWS:         tagsRefused,
		},
		needs: needPresent,
		judge: judgeTagForm,
	}, {
		Rule: saml.Rule{
			Code: "tag-multiple", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "session tag with several values",
			Explanation: "a session tag has one value. AWS documents that tags with several values are not supported",
			Fix:         "send one value, or join the values into one text and compare with StringLike",
			Sources:     []saml.Source{sourceTags, sourceTagAnswer},
			AWS:         tagsRefused,
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			for _, t := range f.tags {
				if n := len(t.attribute.Values); n > 1 {
					report(t.attribute, saml.Fault{Message: fmt.Sprintf("expected one value of the tag %s, found %d: %s", quote(t.key), n, quoteAll(texts(t.attribute.Values)))})
				}
			}
		},
	}, {
		Rule: saml.Rule{
			Code: "tag-reserved", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "session tag with the reserved prefix",
			Explanation: "keys and values of tags must not begin with aws:, which is reserved for AWS",
			Fix:         "choose a key and a value that do not begin with aws:",
			Sources:     []saml.Source{sourceTagRules, sourceTags, sourceTagAnswer},
			AWS:         tagsRefused,
		},
		needs: needPresent,
		judge: judgeTagReserved,
	}, {
		Rule: saml.Rule{
			Code: "tag-duplicate", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "session tags whose keys differ in letter case only",
			Explanation: "keys of tags are compared without regard to letter case, so that two keys that differ in nothing else are the same key twice",
			Fix:         "send the tag once",
			Sources:     []saml.Source{sourceTags, sourceTagRules, sourceTagAnswer},
			AWS:         tagsRefused,
		},
		needs: needPresent,
		judge: judgeTagDuplicate,
	}, {
		Rule: saml.Rule{
			Code: "tags-many", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "more than 50 session tags",
			Explanation: "a session takes at most 50 tags. Beside that number AWS limits the packed size of all tags and policies together, which cannot be known from outside",
			Fix:         "send at most 50 PrincipalTag attributes",
			Sources:     []saml.Source{sourceTags, sourceOperation, sourceTagAnswer},
			AWS:         tagsRefused,
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			if n := len(f.tags); n > mostTags {
				report(f.tags[mostTags].attribute, saml.Fault{Message: fmt.Sprintf("expected at most %d session tags, found %d", mostTags, n)})
			}
		},
	}, {
		Rule: saml.Rule{
			Code: "transitive-key-unknown", Stage: saml.StageClaims, Severity: saml.Warning, Profiles: onlyAWS,
			Title:       "transitive key of a tag that is not sent",
			Explanation: "TransitiveTagKeys lists the keys of session tags that outlive role chaining. A key whose tag is not sent makes nothing transitive. What AWS makes of it is not confirmed",
			Fix:         "send the tag as PrincipalTag:KEY, or take its key off the list",
			Sources:     []saml.Source{sourceTags},
			Unsettled:   "STS accepts a transitive key without its tag",
		},
		needs: needPresent,
		judge: judgeTransitive,
	}, {
		Rule: saml.Rule{
			Code: "source-identity-malformed", Stage: saml.StageClaims, Severity: saml.Error, Profiles: onlyAWS,
			Title:       "SourceIdentity that AWS refuses",
			Explanation: "SourceIdentity has 2 to 64 characters out of A-Z a-z 0-9 _ + = , . @ - and does not begin with aws:",
			Fix:         "take SourceIdentity from an attribute that holds such characters only",
			Sources:     []saml.Source{sourceIdentity, sourceTroubleshoot},
			AWS:         []saml.Answer{bySTS("InvalidIdentityToken", `Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"`, saml.Documented)},
		},
		needs: needPresent,
		judge: func(f *facts, report reporter) {
			for _, v := range f.values(nameSourceIdentity) {
				if fault := sessionNameFault(v, nameSourceIdentity); fault != "" {
					if strings.HasPrefix(v.Text, reservedPrefix) {
						fault += "; it begins with aws:, which is reserved"
					}
					report(v, saml.Fault{Message: fault})
				}
			}
		},
	},
	multiple("source-identity-multiple", nameSourceIdentity, sourceIdentity),
}

func judgeTagForm(f *facts, report reporter) {
	for _, a := range f.named[namePrincipalTag] {
		report(a, saml.Fault{Message: "expected a key behind PrincipalTag:, found none"})
	}
	for _, t := range f.tags {
		if fault := tagFault(t.key, longestTagKey); fault != "" {
			report(t.attribute, saml.Fault{Message: fmt.Sprintf("expected a tag key of at most %d %s, found %s: %s", longestTagKey, tagClass, quote(t.key), fault)})
		}
		for _, v := range t.attribute.Values {
			if fault := tagFault(v.Text, longestTagValue); fault != "" {
				report(v, saml.Fault{Message: fmt.Sprintf("expected a value of the tag %s of at most %d %s, found %s: %s", quote(t.key), longestTagValue, tagClass, quote(v.Text), fault)})
			}
		}
	}
}

func tagFault(text string, most int) string {
	if n := utf8.RuneCountInString(text); n > most {
		return "it is too long with " + count(n, "character")
	}
	return strangers(text, isTagChar)
}

func judgeTagReserved(f *facts, report reporter) {
	for _, t := range f.tags {
		if hasReserved(t.key) {
			report(t.attribute, saml.Fault{Message: fmt.Sprintf("expected a tag key that does not begin with aws:, found %s", quote(t.key))})
		}
		for _, v := range t.attribute.Values {
			if hasReserved(v.Text) {
				report(v, saml.Fault{Message: fmt.Sprintf("expected a value of the tag %s that does not begin with aws:, found %s", quote(t.key), quote(v.Text))})
			}
		}
	}
}

func hasReserved(s string) bool {
	return len(s) >= len(reservedPrefix) && strings.EqualFold(s[:len(reservedPrefix)], reservedPrefix)
}

// judgeTagDuplicate leaves keys that are the same to attribute-duplicate.
func judgeTagDuplicate(f *facts, report reporter) {
	seen := map[string]tag{}
	for _, t := range f.tags {
		folded := strings.ToLower(t.key)
		first, found := seen[folded]
		if !found {
			seen[folded] = t
		} else if first.key != t.key {
			report(t.attribute, saml.Fault{Message: fmt.Sprintf("the tag keys %s and %s differ in letter case only, which AWS does not tell apart", quote(first.key), quote(t.key))})
		}
	}
}

func judgeTransitive(f *facts, report reporter) {
	sent := map[string]bool{}
	for _, t := range f.tags {
		sent[strings.ToLower(t.key)] = true
	}
	for _, v := range f.values(nameTransitiveTagKeys) {
		if !sent[strings.ToLower(v.Text)] {
			report(v, saml.Fault{Message: fmt.Sprintf("expected the key of a tag that is sent, found %s, for which there is no PrincipalTag attribute", quote(v.Text))})
		}
	}
}
