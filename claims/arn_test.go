package claims

import (
	"errors"
	"regexp"
	"strings"
	"testing"
)

// The patterns of the service models: of a role's name and path
// (roleNameType, pathType), and of a SAML provider's name (SAMLProviderNameType).
var (
	modelRoleName     = regexp.MustCompile(`^[\w+=,.@-]{1,64}$`)
	modelRolePath     = regexp.MustCompile(`^(/|/[!-\x7e]+/)$`)
	modelProviderName = regexp.MustCompile(`^[\w._-]{1,128}$`)
	modelAccount      = regexp.MustCompile(`^[0-9]{12}$`)
)

func TestParseARN(t *testing.T) {
	tests := []struct {
		text string
		want ARN
	}{
		{"arn:aws:iam::123456789012:role/S3Access", ARN{"aws", "123456789012", KindRole, "/", "S3Access"}},
		{"arn:aws:iam::123456789012:role/application_abc/component_xyz/RDSAccess", ARN{"aws", "123456789012", KindRole, "/application_abc/component_xyz/", "RDSAccess"}},
		{"arn:aws:iam::123456789012:role/aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer",
			ARN{"aws", "123456789012", KindRole, "/aws-service-role/access-analyzer.amazonaws.com/", "AWSServiceRoleForAccessAnalyzer"}},
		{"arn:aws:iam::123456789012:saml-provider/ADFSProvider", ARN{"aws", "123456789012", KindProvider, "", "ADFSProvider"}},
		{"arn:aws-cn:iam::111122223333:role/a,b=c+d@e.f_g-h", ARN{"aws-cn", "111122223333", KindRole, "/", "a,b=c+d@e.f_g-h"}},
		{"arn:aws-us-gov:iam::111122223333:saml-provider/a.b_c-d", ARN{"aws-us-gov", "111122223333", KindProvider, "", "a.b_c-d"}},
		{"arn:aws-eusc:iam::111122223333:role/~!:/R", ARN{"aws-eusc", "111122223333", KindRole, "/~!:/", "R"}},
	}
	for _, tt := range tests {
		got, err := ParseARN(tt.text)
		if err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v, want %+v", tt.text, got, err, tt.want)
		}
		if got.String() != tt.text {
			t.Errorf("%s is written as %s", tt.text, got)
		}
	}
}

func TestParseARNFaults(t *testing.T) {
	tests := []struct {
		text     string
		position int
		reason   string
	}{
		{"", 1, "the ARN ends here"},
		{"arn", 4, "the ARN ends here"},
		{"ARN:aws:iam::111122223333:role/A", 1, `every ARN begins with "arn:", but here stands U+0041 'A'`},
		{"ar:aws:iam::111122223333:role/A", 3, `but the field is "ar"`},
		{"arn:aws2:iam::111122223333:role/A", 8, `a partition is written in small letters, but here stands U+0032 '2'`},
		{"arn:awz:iam::111122223333:role/A", 5, `"awz" is no partition of AWS`},
		{"arn:\u0430ws:iam::111122223333:role/A", 5, "U+0430 (letter outside ASCII)"},
		{"arn:aws:sts::111122223333:assumed-role/A/b", 9, `roles and SAML providers belong to the service "iam", but here stands U+0073 's'`},
		{"arn:aws:iam:us-east-1:111122223333:role/A", 13, "the field of the Region is empty"},
		{"arn:aws:iam:111122223333:role/A", 13, "a colon is missing before the account"},
		{"arn:aws:iam::1111-2222-3333:role/A", 18, "U+002D '-'"},
		{"arn:aws:iam::12345:role/A", 14, `"12345" has 5 digits`},
		{"arn:aws:iam:::role/A", 14, `"" has 0 digits`},
		{"arn:aws:iam::1111222233\uff13\uff13:role/A", 24, "U+FF13 (full-width form of '3')"},
		{"arn:aws:iam::11112222333\u0663:role/A", 25, "U+0663 (digit outside ASCII)"},
		{"arn:aws:iam::111122223333", 26, "six fields"},
		{"arn:aws:iam::111122223333:Admin", 27, `"role/NAME" or "saml-provider/NAME", but here stands "Admin"`},
		{"arn:aws:iam::111122223333:group/A", 27, `here stands "group"`},
		{"arn:aws:iam::111122223333:role/", 32, "the name of a role is empty"},
		{"arn:aws:iam::111122223333:role//A", 32, "characters between its slashes"},
		{"arn:aws:iam::111122223333:role/a b/A", 33, "printable ASCII without blanks, but here stands U+0020 (space)"},
		{"arn:aws:iam::111122223333:role/A\u200b", 33, "U+200B (zero width space)"},
		{"arn:aws:iam::111122223333:role/A\u202e", 33, "U+202E (invisible)"},
		{"arn:aws:iam::111122223333:role/A\u0007", 33, "U+0007 (control character)"},
		{"arn:aws:iam::111122223333:role/A\u20ac", 33, "U+20AC"},
		{"arn:aws:iam::111122223333:role/A ", 33, "U+0020 (space)"},
		{"arn:aws:iam::111122223333:role/" + strings.Repeat("a", 65), 96, "has 65 characters, 64 are allowed"},
		{"arn:aws:iam::111122223333:role/" + strings.Repeat("a", 511) + "/A", 543, "the path of a role has 513 characters, 512 are allowed"},
		{"arn:aws:iam::111122223333:saml-provider/", 41, "the name of a SAML provider is empty"},
		{"arn:aws:iam::111122223333:saml-provider/a,b", 42, "U+002C ','"},
		{"arn:aws:iam::111122223333:saml-provider/a=b", 42, "U+003D '='"},
		{"arn:aws:iam::111122223333:saml-provider/" + strings.Repeat("a", 129), 169, "has 129 characters, 128 are allowed"},
	}
	for _, tt := range tests {
		_, err := ParseARN(tt.text)
		var fault *ARNFault
		if !errors.As(err, &fault) {
			t.Errorf("%q: %v, want an ARNFault", tt.text, err)
			continue
		}
		if fault.Position != tt.position || !strings.Contains(fault.Reason, tt.reason) {
			t.Errorf("%q: at %d %q, want at %d %q", tt.text, fault.Position, fault.Reason, tt.position, tt.reason)
		}
	}
}

func TestARNFaultWithoutPlace(t *testing.T) {
	if got := (&ARNFault{Reason: "x"}).Error(); got != "x" {
		t.Errorf("got %q", got)
	}
}

// FuzzARN holds that an ARN which is accepted is written as it was read and
// fits the patterns of the service models, and that a fault lies in the text.
func FuzzARN(f *testing.F) {
	for _, s := range []string{goodRole, goodIdP, "arn:aws-us-gov:iam::111122223333:role/a/b,c/R", "arn:aws:iam::12345:role/A",
		"arn:aws:iam::111122223333:role//A", "arn:aws:iam::111122223333:role///A", "arn:aws:iam::111122223333:saml-provider/a/b", "\uff41rn:aws", goodPair} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseARN(text)
		if err != nil {
			var fault *ARNFault
			if !errors.As(err, &fault) || fault.Position < 1 || fault.Position > len([]rune(text))+1 {
				t.Errorf("%q: fault %v lies outside", text, err)
			}
			return
		}
		if a.String() != text {
			t.Errorf("%q is written as %q", text, a)
		}
		if len(text) < 20 || len(text) > 2048 {
			t.Errorf("%q: %d characters, the model has 20 to 2048", text, len(text))
		}
		if !modelAccount.MatchString(a.Account) {
			t.Errorf("account %q", a.Account)
		}
		switch a.Kind {
		case KindRole:
			if !modelRoleName.MatchString(a.Name) || !modelRolePath.MatchString(a.Path) || len(a.Path) > 512 {
				t.Errorf("%q: path %q, name %q", text, a.Path, a.Name)
			}
		case KindProvider:
			if !modelProviderName.MatchString(a.Name) || a.Path != "" {
				t.Errorf("%q: name %q", text, a.Name)
			}
		default:
			t.Errorf("kind %q", a.Kind)
		}
	})
}
