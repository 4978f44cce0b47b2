package samltest

import "fmt"

// A Stage says when a mutation happens.
type Stage string

// The stages.
const (
	BeforeSigning Stage = "before-signing" // a fault of the identity provider: the signature holds
	AfterSigning  Stage = "after-signing"  // the work of a tool or an attacker
)

// A Mutation is one thing that can be wrong with a response.
type Mutation struct {
	Name string // as Login.Mutations names it
	Doc  string // what it does
	When Stage
	edit func(*draft)
}

// Mutations gives all mutations: those before signing, then those after it.
func Mutations() []Mutation {
	var all []Mutation
	for _, part := range [][]Mutation{messageFaults(), subjectFaults(), roleFaults(), sessionFaults(), tagFaults(), structureFaults(), styles()} {
		for _, m := range part {
			m.When = BeforeSigning
			all = append(all, m)
		}
	}
	for _, part := range [][]Mutation{transportFaults(), signatureFaults(), signedInfoFaults(), keyInfoFaults(), wrappings(), encryptionFaults()} {
		for _, m := range part {
			m.When = AfterSigning
			all = append(all, m)
		}
	}
	return all
}

// named gives the mutations of these names, in their order.
func named(names []string) ([]Mutation, error) {
	all := map[string]Mutation{}
	for _, m := range Mutations() {
		all[m.Name] = m
	}
	var out []Mutation
	for _, name := range names {
		m, ok := all[name]
		if !ok {
			return nil, fmt.Errorf("there is no mutation %q", name)
		}
		out = append(out, m)
	}
	return out, nil
}

// Edits that many mutations consist of.

func dropping(path string) func(*draft) { return func(d *draft) { d.drop(path) } }

func setting(path, name, value string) func(*draft) {
	return func(d *draft) { d.set(path, name, value) }
}

func unsetting(path, name string) func(*draft) { return func(d *draft) { d.unset(path, name) } }

// containing gives an element other content: markup that holds no element.
func containing(path, markup string) func(*draft) {
	return func(d *draft) { d.setContent(path, markup) }
}
