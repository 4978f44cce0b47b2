module github.com/samlcheck/samlcheck/benchmarks

go 1.26.0

require (
	github.com/samlcheck/samlcheck v0.0.0
	github.com/samlcheck/samlcheck/benchmarks/peers v0.0.0
	github.com/spf13/cobra v1.10.2
	github.com/spf13/pflag v1.1.0
	golang.org/x/term v0.47.0
)

require (
	github.com/beevik/etree v1.8.1 // indirect
	github.com/crewjam/saml v0.5.1 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/jonboulle/clockwork v0.5.0 // indirect
	github.com/mattermost/xml-roundtrip-validator v0.1.0 // indirect
	github.com/russellhaering/goxmldsig v1.6.1 // indirect
	go.yaml.in/yaml/v3 v3.0.6 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace (
	github.com/samlcheck/samlcheck => ../
	github.com/samlcheck/samlcheck/benchmarks/peers => ./peers
)
