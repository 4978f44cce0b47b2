package contenders_test

import (
	"errors"
	"os/exec"
	"strconv"
	"testing"

	"github.com/samlcheck/samlcheck/benchmarks/contenders"
	"github.com/samlcheck/samlcheck/benchmarks/contest"
	"github.com/samlcheck/samlcheck/benchmarks/material"
)

func bench(t *testing.T) *contenders.Bench {
	t.Helper()
	b, err := contenders.NewBench("..")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// The time of a verifier that accepts everything would mean nothing.
func TestContendersTellGenuineFromChanged(t *testing.T) {
	b := bench(t)
	for _, c := range contenders.All() {
		for _, roles := range material.Sizes() {
			t.Run(c.Key+"/"+strconv.Itoa(roles), func(t *testing.T) { tellsApart(t, b, c, roles) })
		}
	}
}

func tellsApart(t *testing.T, b *contenders.Bench, c contenders.Contender, roles int) {
	p, err := b.Accept(c, roles)
	if errors.Is(err, contenders.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if cost, err := p.Run(2); err != nil || cost.Wall <= 0 {
		t.Errorf("expected two checks to take time, found %v (%v)", cost.Wall, err)
	}
	accepted, why, err := p.Load(b.Path(material.Changed(roles)))
	if err != nil || accepted || why == "" {
		t.Errorf("expected the changed NameID to be refused with a reason, found accepted: %t, %q (%v)", accepted, why, err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// What all are measured on is what others hold for genuine, too.
func TestXmlsec1AcceptsTheMessages(t *testing.T) {
	if _, err := exec.LookPath("xmlsec1"); err != nil {
		t.Skip("xmlsec1 is not installed")
	}
	b := bench(t)
	verify := func(name string) error {
		return exec.Command("xmlsec1", "--verify", "--pubkey-cert-pem", b.Path("certificate.pem"),
			"--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion", b.Path(name)).Run()
	}
	for _, roles := range material.Sizes() {
		if err := verify(material.Genuine(roles)); err != nil {
			t.Errorf("%d roles: expected xmlsec1 to accept the message: %v", roles, err)
		}
		if verify(material.Changed(roles)) == nil {
			t.Errorf("%d roles: expected xmlsec1 to refuse the changed message", roles)
		}
	}
}

func TestMedianTakesTheLowerMiddle(t *testing.T) {
	for _, c := range []struct {
		values []int
		want   int
	}{{[]int{3, 1, 2}, 2}, {[]int{4, 1, 3, 2}, 2}, {[]int{7}, 7}} {
		if got := contest.Median(c.values, func(v int) int { return v }); got != c.want {
			t.Errorf("expected the median %d of %v, found %d", c.want, c.values, got)
		}
	}
}
