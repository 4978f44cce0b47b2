package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/spf13/pflag"
)

// checkFlags are the flags of a check as they are given.
type checkFlags struct {
	showFlags
	batchFlags
	clipboardFlags
	configFlags
	metadata    []string
	audiences   []string
	recipients  []string
	requestID   string
	keys        []string
	iam         []string
	role        string
	duration    int
	ignore      []string
	limits      []string
	skipWitness bool
	held        *configured // what the environment and the file say; nil before it is asked
}

// showFlags are the flags of every verb that shows findings.
type showFlags struct {
	at      string
	profile string
	format  string
	colour  string
	failOn  string
}

// The formats of a report. Those of the first list suit metadata too; those of the
// second are one document for a whole run.
func eachFormats() []string  { return []string{"text", "json"} }
func wholeFormats() []string { return []string{"sarif", "junit", "github"} }

func (f *showFlags) add(set *pflag.FlagSet, times string, formats ...string) {
	set.SortFlags = false
	set.StringVar(&f.at, "at", "", "judge as of `TIME`: "+times)
	set.StringVar(&f.profile, "profile", "aws", "what the service provider is: `aws|saml`")
	set.StringVar(&f.format, "format", "text", "the form of the report: `"+strings.Join(formats, "|")+"`")
	set.StringVar(&f.colour, "color", "auto", "whether to colour: `auto|always|never`; NO_COLOR is honoured")
	set.StringVar(&f.failOn, "fail-on", "error", "exit with 1 from this severity on: `error|warning|info`")
}

func (f *checkFlags) add(set *pflag.FlagSet) {
	set.SortFlags = false
	set.StringArrayVarP(&f.metadata, "metadata", "m", nil, "`FILE` with federation metadata, with the JSON of \"aws iam get-saml-provider\", or with a PEM certificate; repeatable")
	f.clipboardFlags.add(set)
	f.showFlags.add(set, "RFC 3339, now, issued, or captured", slices.Concat(eachFormats(), wholeFormats())...)
	set.StringArrayVar(&f.audiences, "audience", nil, "`PATTERN` of an audience that is expected, instead of the profile's own, * standing for any characters; repeatable")
	set.StringArrayVar(&f.recipients, "recipient", nil, "`PATTERN` of a recipient that is expected, likewise; repeatable")
	set.StringVar(&f.requestID, "request-id", "", "`ID` of the AuthnRequest that the response should answer")
	set.StringArrayVar(&f.keys, "key", nil, "`FILE` with a private key (PEM) to decrypt with; repeatable")
	set.StringArrayVar(&f.iam, "iam", nil, "`FILE` with the JSON of \"aws iam get-role\", list-roles, get-account-authorization-details or list-saml-providers, or ARN=FILE for get-saml-provider; repeatable")
	set.StringVar(&f.role, "role", "", "`ARN` of the role to be assumed; without it, each that the response offers")
	set.IntVar(&f.duration, "duration", 0, "DurationSeconds of the call in `SECONDS`")
	set.StringArrayVar(&f.ignore, "ignore", nil, "`CODE` of findings that do not make a response fail; repeatable")
	set.StringArrayVar(&f.limits, "limit", nil, "`NAME=VALUE` of a limit that is changed; repeatable; samlcheck explain limit-exceeded lists them")
	f.batchFlags.add(set)
	f.configFlags.add(set)
	set.BoolVar(&f.skipWitness, "skip-witness", false, "leave the second verifier out; the report shows it")
}

// settings are what the flags mean.
type settings struct {
	shown
	options claims.Options
	held    *configured
}

// shown is what showFlags mean.
type shown struct {
	at      moment
	profile saml.Profile
	format  string
	style   render.Style
	failOn  saml.Severity
}

// read gives the meaning of the flags. Every error is one of usage.
func (f *checkFlags) read(t *tool, set *pflag.FlagSet) (*settings, error) {
	shown, err := f.showFlags.read(t, set, slices.Concat(eachFormats(), wholeFormats())...)
	if err != nil {
		return nil, err
	}
	limits, err := readLimits(f.limits)
	if err != nil {
		return nil, err
	}
	if err := checkIgnored(f.ignore); err != nil {
		return nil, err
	}
	if err := f.checkCall(set, shown.profile); err != nil {
		return nil, err
	}
	options := claims.Options{Role: f.role, Duration: f.duration}
	options.Options = saml.Options{
		Profile: shown.profile, Audiences: f.audiences, Recipients: f.recipients, RequestID: f.requestID,
		Ignore: f.ignore, SkipWitness: f.skipWitness, Limits: limits}
	return &settings{shown: *shown, options: options, held: f.held}, nil
}

// checkCall refuses what is no call of AssumeRoleWithSAML at all. A length of
// session out of range is a finding, since STS answers to it.
func (f *checkFlags) checkCall(set *pflag.FlagSet, profile saml.Profile) error {
	for _, name := range []string{"role", "duration", "iam"} {
		if profile == saml.ProfileSAML && set.Changed(name) {
			return fmt.Errorf("--%s: it speaks of AWS, and the profile is saml", name)
		}
	}
	if f.role != "" {
		arn, err := claims.ParseARN(f.role)
		if err != nil {
			return fmt.Errorf("--role: the ARN of a role is expected, found %s: %w", render.Quote(f.role), err)
		}
		if arn.Kind != claims.KindRole {
			return fmt.Errorf("--role: the ARN of a role is expected, found that of a SAML provider, %s", render.Quote(f.role))
		}
	}
	if set.Changed("duration") && f.duration <= 0 {
		return fmt.Errorf("--duration: a number of seconds above 0 is expected, found %d", f.duration)
	}
	return nil
}

func (f *showFlags) read(t *tool, set *pflag.FlagSet, formats ...string) (*shown, error) {
	if err := refuseEmpty(set); err != nil {
		return nil, err
	}
	at, err := readMoment(f.at)
	return &shown{at: at, profile: saml.Profile(f.profile), format: f.format,
			style: t.textStyle(f.colour), failOn: saml.Severity(f.failOn)},
		cmp.Or(err,
			oneOf("profile", f.profile, "aws", "saml"),
			oneOf("format", f.format, formats...),
			oneOf("color", f.colour, "auto", "always", "never"),
			oneOf("fail-on", f.failOn, "error", "warning", "info"))
}

// refuseEmpty refuses a flag that is given without a value, as by a variable
// of a script that is not set.
func refuseEmpty(set *pflag.FlagSet) (err error) {
	set.Visit(func(f *pflag.Flag) {
		list, ok := f.Value.(pflag.SliceValue)
		if f.Value.String() == "" || ok && slices.Contains(list.GetSlice(), "") {
			err = fmt.Errorf("--%s: a value is expected, found an empty one", f.Name)
		}
	})
	return err
}

func oneOf(name, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("--%s: one of %s is expected, found %s", name, strings.Join(allowed, ", "), render.Quote(value))
}

// readLimits gives the limits for messages with those that are set; nil for
// none.
func readLimits(set []string) (*saml.Limits, error) {
	if len(set) == 0 {
		return nil, nil
	}
	limits := saml.MessageLimits()
	for _, s := range set {
		name, number, _ := strings.Cut(s, "=")
		value, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("--limit: name=number is expected, found %s", render.Quote(s))
		}
		if err := limits.Set(name, value); err != nil {
			return nil, fmt.Errorf("--limit: %w", err)
		}
	}
	return &limits, nil
}

// checkIgnored refuses codes that do not exist, and those without which
// nothing is proved.
func checkIgnored(codes []string) error {
	for _, code := range codes {
		if err := mayIgnore(code); err != nil {
			return fmt.Errorf("--ignore: %w", err)
		}
	}
	return nil
}

func mayIgnore(code string) error {
	rules := claims.AllRules()
	i := slices.IndexFunc(rules, func(r saml.Rule) bool { return r.Code == code })
	if i < 0 {
		return unknownCode(code, rules)
	}
	if r := rules[i]; r.Severity == saml.Error && !saml.StageSignature.Before(r.Stage) {
		return fmt.Errorf("%s is an error of the stage %s, without which nothing is proved: it cannot be ignored", r.Code, r.Stage)
	}
	return nil
}

// A moment is as of when messages are judged.
type moment struct {
	word string    // "issued", "captured", or empty
	time time.Time // where there is no word; zero stands for the default
}

func readMoment(s string) (moment, error) {
	switch s {
	case "":
		return moment{}, nil
	case "now":
		return moment{time: now()}, nil
	case "issued", "captured":
		return moment{word: s}, nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || at.IsZero() { // the zero time stands for none
		return moment{}, fmt.Errorf("--at: a time of RFC 3339 such as 2026-09-11T11:00:00Z, now, issued or captured is expected, found %s", render.Quote(s))
	}
	return moment{time: at.UTC()}, nil
}

func (m moment) orNow() time.Time {
	if m.time.IsZero() {
		return now()
	}
	return m.time
}

// now gives the time to the second, which is all that a report needs.
func now() time.Time { return time.Now().UTC().Truncate(time.Second) }
