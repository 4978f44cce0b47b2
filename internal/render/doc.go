// Package render writes finished reports: as text for people, as JSON for
// programs, and every foreign string so that it cannot act on a terminal.
package render
