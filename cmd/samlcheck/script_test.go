package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/samlcheck/samlcheck/claims"
	"github.com/samlcheck/samlcheck/internal/config"
	"github.com/samlcheck/samlcheck/saml"
	"github.com/samlcheck/samlcheck/saml/samltest"
)

func TestMain(m *testing.M) {
	if strings.Contains(filepath.Base(os.Args[0]), ".test") { // and not a command of a script
		_ = os.Unsetenv(config.Variable) // what it names for whoever runs the tests is not meant
	}
	testscript.Main(m, map[string]func(){
		"samlcheck":        main,
		"samlcheck-spins":  func() { mainWith(2*time.Second, spin) },
		"samlcheck-pauses": func() { mainWith(2*time.Second, func() { time.Sleep(time.Second) }) },
	})
}

// spin computes without end.
func spin() {
	for n := 1; ; n++ {
		if n == 0 {
			n++
		}
	}
}

// mainWith is main with less patience, and with something that goes before each
// check of a message.
func mainWith(patience time.Duration, before func()) {
	t := newTool(os.Stdin, os.Stdout, os.Stderr)
	t.patience = patience
	t.judge = func(m *saml.Message, metadata *saml.Metadata, o claims.Options) *saml.Object {
		fmt.Fprintln(os.Stderr, "checking")
		before()
		return judgeMessage(m, metadata, o)
	}
	os.Exit(t.run(os.Args[1:]))
}

// TestScripts runs the program as its users do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "../../testdata/script",
		Setup: func(env *testscript.Env) error {
			testdata, err := filepath.Abs("../../testdata")
			env.Setenv("TESTDATA", testdata)
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": status,
			"login":  login,
		},
		Condition: func(name string) (bool, error) {
			if name == "full" {
				_, err := os.Stat("/dev/full")
				return err == nil, nil
			}
			return false, errors.New("unknown condition " + strconv.Quote(name))
		},
	})
}

// status runs a command and asserts its exact exit status:
//
//	status 2 samlcheck missing.b64
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status NUMBER COMMAND [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s did not run: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, expected %d", got, want)
	}
}

// login lets the test identity provider sign somebody in, and writes
// NAME.b64, NAME.xml, NAME.form and metadata.xml:
//
//	login NAME [MUTATION...]
func login(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: login NAME [MUTATION...]")
	}
	sign := samltest.Login{Mutations: args[1:]}
	if i := slices.Index(args, "response"); i > 0 {
		sign.Sign, sign.Mutations = samltest.SignResponse, slices.Delete(slices.Clone(args[1:]), i-1, i)
	}
	if i := slices.Index(args, "encrypted"); i > 0 {
		sign.Encrypt, sign.Mutations = samltest.Encryption{Algorithm: "aes256-gcm"}, slices.Delete(slices.Clone(args[1:]), i-1, i)
	}
	response, err := sign.Response()
	ts.Check(err)
	metadata, err := samltest.Login{}.Metadata()
	ts.Check(err)
	for name, data := range map[string][]byte{
		args[0] + ".b64":  []byte(response.Base64()),
		args[0] + ".xml":  response.XML(),
		args[0] + ".form": []byte(response.FormBody("relay")),
		"metadata.xml":    metadata,
	} {
		ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o600))
	}
}
