// Package clipboard reads the clipboard with the tool that the system has for it.
//
// The tool is found on PATH, never in the working folder, and is run without a
// shell. What it gives is bounded, in length and in time.
package clipboard
