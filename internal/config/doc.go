// Package config finds and reads samlcheck.yaml, in which a project keeps what
// its messages are held against. It is strict: what is not understood is refused,
// with the line where it stands.
package config
