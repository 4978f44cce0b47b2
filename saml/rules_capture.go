package saml

var captureRules []*rule
