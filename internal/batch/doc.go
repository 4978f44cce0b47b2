// Package batch goes through many inputs: it finds them, hands them to as many
// workers as there are processors, and gives what comes of them in the order in
// which they were found. What it holds at one time does not grow with their
// number.
package batch
