package render

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

// judged gives the report on a login at the test identity provider.
func judged(t *testing.T, login samltest.Login) *saml.Object {
	t.Helper()
	response, err := login.Response()
	if err != nil {
		t.Fatal(err)
	}
	options := saml.Options{Time: samltest.Instant().Add(time.Minute)}
	return claims.Check(saml.Decode([]byte(response.Base64())), parsed(t, login.Product), claims.Options{Options: options}).Object()
}

// lines gives a difference as its lines, without the title.
func lines(before, after *saml.Object) []string {
	all := strings.Split(strings.TrimSuffix(Difference(before, after, Style{}), "\n"), "\n")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all[1:]
}

// TestDifferenceTellsWhatChanged changes one thing at a time, and expects this
// thing to be told and nothing else.
func TestDifferenceTellsWhatChanged(t *testing.T) {
	const admin = "arn:aws:iam::111122223333:role/Admin"
	pair := func(role string) string { return role + ",arn:aws:iam::111122223333:saml-provider/Entra" }
	later := samltest.Instant().Add(time.Second)
	sound := samltest.Login{Roles: []string{pair(admin)}}
	with := func(change func(l *samltest.Login)) samltest.Login {
		l := sound
		l.Issued = later
		change(&l)
		return l
	}
	for name, test := range map[string]struct {
		after samltest.Login
		want  []string
	}{
		"nothing": {with(func(*samltest.Login) {}), []string{"nothing that is compared differs: neither the verdict nor the findings nor what they say"}},
		"the same": {sound, []string{
			"nothing differs, and both were issued at 2026-09-11T11:00:00Z: this may be the same response,", "pasted again"}},
		"session name": {with(func(l *samltest.Login) { l.SessionName = "other@example.com" }), []string{
			"session name    was dana.fixture@example.com", "is other@example.com"}},
		"subject": {with(func(l *samltest.Login) { l.NameID = "o@example.com" }), []string{"subject         was dana.fixture@example.com (emailAddress)", "is o@example.com (emailAddress)"}},
		"role gone": {with(func(l *samltest.Login) { l.Roles = []string{pair("arn:aws:iam::111122223333:role/Reader")} }), []string{
			"role            - arn:aws:iam::111122223333:role/Admin through", "arn:aws:iam::111122223333:saml-provider/Entra",
			"+ arn:aws:iam::111122223333:role/Reader through", "arn:aws:iam::111122223333:saml-provider/Entra"}},
		"role more": {with(func(l *samltest.Login) { l.Roles = append(l.Roles, pair("arn:aws:iam::111122223333:role/B")) }), []string{
			"role            + arn:aws:iam::111122223333:role/B through", "arn:aws:iam::111122223333:saml-provider/Entra"}},
		"duration": {with(func(l *samltest.Login) { l.Duration = "7200" }), []string{
			"new             session-duration-capped",
			"console         was a session of 3600 seconds (1 hour)", "is a session of 7200 seconds (2 hours)",
			"duration        was 3600 seconds", "is 7200 seconds"}},
		"placement": {with(func(l *samltest.Login) { l.Sign = samltest.SignBoth }), []string{
			"signature       + on the response (rsa-sha256), key of CN=Microsoft Azure Federated SSO",
			"Certificate, until 2028-02-03T10:22:30Z, SHA-256",
			"6EA5B07ED4962142E5460244D663F69230C44FD483DAA7A3EDC0843206D7B4E6"}},
	} {
		got := lines(judged(t, sound), judged(t, test.after))
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s:\n%s\nwant:\n%s", name, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

// TestDifferenceOfFindings holds what is gone apart from what is new, and from
// what there is more of.
func TestDifferenceOfFindings(t *testing.T) {
	of := func(verdict saml.Verdict, codes ...string) *saml.Object {
		o := passReport()
		o.Verdict, o.AWS = verdict, nil
		for _, code := range codes {
			o.Findings = append(o.Findings, saml.Finding{Code: code, Severity: saml.Error})
		}
		return o
	}
	got := lines(of(saml.Fail, "b-x", "a-x", "c-x", "c-x"), of(saml.Pass, "c-x", "d-x"))
	want := []string{"verdict         was FAIL, is PASS", "gone            b-x, a-x", "new             d-x", "number of       c-x (was 2, is 1)"}
	if strings.Join(got[:4], "\n") != strings.Join(want, "\n") {
		t.Errorf("%q", got)
	}
	if got := lines(of(saml.Fail, "a-x"), of(saml.Fail, "a-x")); len(got) != 2 || !strings.HasPrefix(got[0], "nothing differs, and both were issued at") {
		t.Errorf("%q", got)
	}
}

// TestDifferenceGolden compares texts that were read before they were committed.
func TestDifferenceGolden(t *testing.T) {
	golden(t, "difference.txt", Difference(failReport(), passReport(), Style{}))
	golden(t, "difference-cut.txt", Difference(passReport(), nothingReport(), Style{}))
}

// TestDifferenceIsShortAndSafe compares every example with every other, and one
// that holds very much and hostile text.
func TestDifferenceIsShortAndSafe(t *testing.T) {
	all := exampleReports()
	much := passReport()
	much.Issuer, much.RoleSessionName = "\x1b[2J\u202e\n::error::", strings.Repeat("x", 10_000)
	for i := range 5_000 {
		much.Audiences = append(much.Audiences, fmt.Sprintf("urn:%d", i))
	}
	all["much"] = much
	for _, before := range all {
		for _, after := range all {
			text := Difference(before, after, Style{Width: 80})
			mustBeSafeText(t, text)
			if n := strings.Count(text, "\n"); n > 150 {
				t.Errorf("%d lines", n)
			}
		}
	}
}
