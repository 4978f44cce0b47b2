package samltest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

var _ = []TB{(*testing.T)(nil), (*testing.B)(nil), (*testing.F)(nil)}

// recorder is a test that can fail without this one.
type recorder struct{ fatal []string }

func (r *recorder) Helper() {}

func (r *recorder) Fatal(args ...any) { r.fatal = append(r.fatal, fmt.Sprintln(args...)) }

// TestSignIn: it gives what the methods of the Login give.
func TestSignIn(t *testing.T) {
	for _, p := range Products() {
		l := Login{Product: p}
		response, metadata := SignIn(t, l)
		if !bytes.Equal(response, issue(t, l)) {
			t.Errorf("%s: the response is another one", p)
		}
		want, err := l.Metadata()
		if err != nil || !bytes.Equal(metadata, want) {
			t.Errorf("%s: the metadata is another one (%v)", p, err)
		}
	}
}

// TestSignInEndsTheTest where the Login asks for something that there is not.
func TestSignInEndsTheTest(t *testing.T) {
	for want, l := range map[string]Login{
		`there is no mutation "nameid-eddited"`: Login{}.With("nameid-eddited"),
		`the product is expected`:               {Product: "ping"},
	} {
		r := &recorder{}
		SignIn(r, l)
		if len(r.fatal) == 0 || !strings.HasPrefix(r.fatal[0], "the sign-in cannot be issued: t") || !strings.Contains(r.fatal[0], want) {
			t.Errorf("it says %q, wanted is %q", r.fatal, want)
		}
	}
	if r := (&recorder{}); DecryptionKey(r) == nil || len(r.fatal) > 0 {
		t.Errorf("there is no key to decrypt with: %q", r.fatal)
	}
}

// TestWith: mutations are added, and two that are made of one do not share theirs.
func TestWith(t *testing.T) {
	base := Login{Mutations: append(make([]string, 0, 8), "audience-other")}
	first, second := base.With("nameid-edited"), base.With("session-name-blank", "window-short")
	for _, c := range []struct {
		l    Login
		want string
	}{{base, "audience-other"}, {first, "audience-other nameid-edited"}, {second, "audience-other session-name-blank window-short"}, {base.With(), "audience-other"}} {
		if got := strings.Join(c.l.Mutations, " "); got != c.want {
			t.Errorf("the mutations are %q, wanted are %q", got, c.want)
		}
	}
	if !slices.Equal(issue(t, first), issue(t, Login{}.With("audience-other", "nameid-edited"))) {
		t.Error("added one after another they give another response")
	}
}
