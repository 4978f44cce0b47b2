package claims

import (
	"slices"

	"github.com/samlcheck/samlcheck/saml"
)

// IAM is what is known of AWS accounts from the JSON that the AWS CLI prints:
// roles with their trust policies, and SAML providers. It is read-only and safe
// for concurrent use.
type IAM struct {
	pages     []*iamPage              // in the order in which they were given
	roles     map[string]*iamRole     // by ARN
	providers map[string]*iamProvider // by ARN
	whole     map[listKind]map[account]bool
}

// account is a partition and an account in it.
type account struct{ partition, number string }

func (a ARN) owner() account { return account{a.Partition, a.Account} }

// listKind is a command that lists what an account has.
type listKind int

const (
	noList       listKind = iota // a single thing, or a selection that can lack anything
	roleList                     // list-roles
	detailList                   // get-account-authorization-details
	providerList                 // list-saml-providers
)

// An iamPage is one JSON document.
type iamPage struct {
	kind      listKind
	more      bool // further pages follow it
	roles     []*iamRole
	providers []*iamProvider
}

// JoinIAM makes one IAM of several, such as the pages of a list; nil parts are
// left out. Pages are joined in the order in which they are given. Where two
// parts say different things of one role or provider, neither is believed, and
// the finding trust-undecided says so.
func JoinIAM(parts ...*IAM) *IAM {
	var pages []*iamPage
	for _, p := range parts {
		if p != nil {
			pages = append(pages, p.pages...)
		}
	}
	return newIAM(pages)
}

func newIAM(pages []*iamPage) *IAM {
	m := &IAM{pages: pages, roles: map[string]*iamRole{}, providers: map[string]*iamProvider{}}
	for _, p := range pages {
		for _, r := range p.roles {
			arn := r.arn.String()
			m.roles[arn] = m.roles[arn].joined(r)
		}
		for _, v := range p.providers {
			arn := v.arn.String()
			m.providers[arn] = m.providers[arn].joined(v)
		}
	}
	m.whole = wholeLists(pages)
	return m
}

// wholeLists tells of which accounts the lists are whole: those that a page
// names which no further one follows. Such a page that names none ends the list
// of the pages before it.
func wholeLists(pages []*iamPage) map[listKind]map[account]bool {
	out := map[listKind]map[account]bool{roleList: {}, detailList: {}, providerList: {}}
	open := map[listKind][]account{}
	none := false // a whole list says that there is no provider, but not where
	for _, p := range pages {
		if p.kind == noList {
			continue
		}
		named := p.accounts()
		if p.more {
			open[p.kind] = append(open[p.kind], named...)
			continue
		}
		if len(named) == 0 {
			named = open[p.kind]
			none = none || p.kind == providerList && len(named) == 0
		}
		open[p.kind] = nil
		for _, a := range named {
			out[p.kind][a] = true
		}
	}
	if a, ok := onlyAccount(pages); ok && none {
		out[providerList][a] = true
	}
	return out
}

// onlyAccount gives the account that all pages are about, if it is one.
func onlyAccount(pages []*iamPage) (account, bool) {
	var all []account
	for _, p := range pages {
		all = append(all, p.accounts()...)
	}
	if len(all) == 0 || slices.ContainsFunc(all, func(a account) bool { return a != all[0] }) {
		return account{}, false
	}
	return all[0], true
}

// accounts gives the accounts that the page names, in any number.
func (p *iamPage) accounts() []account {
	var out []account
	for _, r := range p.roles {
		out = append(out, r.arn.owner())
	}
	for _, v := range p.providers {
		out = append(out, v.arn.owner())
	}
	return out
}

// role gives what is known of a role; nil if nothing is.
func (m *IAM) role(arn ARN) *iamRole {
	if m == nil {
		return nil
	}
	return m.roles[arn.String()]
}

// provider gives what is known of a SAML provider by its ARN; nil if nothing is.
func (m *IAM) provider(arn string) *iamProvider {
	if m == nil {
		return nil
	}
	return m.providers[arn]
}

// onlyDetail gives what the one SAML provider has stored of which that is given;
// nil where there is none, or more than one.
func (m *IAM) onlyDetail() (only *saml.Metadata) {
	if m == nil {
		return nil
	}
	for _, p := range m.providers {
		switch {
		case p.detail == nil:
		case only != nil:
			return nil
		default:
			only = p.detail
		}
	}
	return only
}

// allRoles reports whether every role of the account is known.
func (m *IAM) allRoles(a account) bool {
	return m != nil && (m.whole[roleList][a] || m.whole[detailList][a])
}

// allProviders reports whether every SAML provider of the account is known.
func (m *IAM) allProviders(a account) bool {
	return m != nil && m.whole[providerList][a]
}

// An iamProvider is a SAML provider as the account has it.
type iamProvider struct {
	arn      ARN
	text     string         // the output of get-saml-provider, in one form; empty where it is only listed
	detail   *saml.Metadata // of that output
	conflict bool           // two different outputs are given for it
}

// joined gives what two parts say of one provider; p may be nil.
func (p *iamProvider) joined(o *iamProvider) *iamProvider {
	switch {
	case p == nil, p.text == "" && !p.conflict:
		return o
	case o.conflict, o.text != "" && o.text != p.text:
		return &iamProvider{arn: p.arn, conflict: true}
	}
	return p
}

// said gives what get-saml-provider says beside the metadata; nil if that
// output is not given.
func (p *iamProvider) said() *saml.Provider {
	if p == nil {
		return nil
	}
	return p.detail.Provider()
}
