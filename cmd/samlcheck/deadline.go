package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/samlcheck/samlcheck/internal/render"
)

// patience is how long the work on one input may take: to find its messages, and
// then on each of them. The limits hold a message
// to two seconds, be they raised as far as they go; metadata and descriptions of
// an account that are as long as is read take up to eight. What takes fifteen
// times as long is a loop of ours that does not end.
const patience = 2 * time.Minute

// glances is how often the clock is looked at meanwhile. Time is counted in
// glances, so that a program that was stopped for a while has not lost it all.
const glances = 60

// pleaseReport stands in what is said of a fault of ours.
const pleaseReport = "please report it, with the output of \"samlcheck version\" and without the response"

var (
	errCrashed = errors.New("this input is not judged, since samlcheck crashes on it: that is a fault of samlcheck itself, " + pleaseReport)
	errLate    = errors.New("so that neither it nor what comes after it is judged: that is a fault of samlcheck itself, " + pleaseReport)
)

// within gives what the work on an input gives, as inPatience does, and begins
// nothing more where it does not end.
func within[T any](t *tool, source string, work func() (T, error)) (T, error) {
	value, err := inPatience(t.patience, source, work)
	t.late = t.late || errors.Is(err, errLate)
	return value, err
}

// inPatience gives what the work on an input gives, as patiently does.
func inPatience[T any](patience time.Duration, source string, work func() (T, error)) (T, error) {
	return patiently(patience, render.SourceName(source), work)
}

// patiently gives what the work on something gives, which errors name so. The work
// must not write to the tool or its outputs: where it does not end it is left
// behind, and is gone with the program, which begins nothing more. A panic in it
// is an error without its words or its trace, which could hold the response.
func patiently[T any](patience time.Duration, shown string, work func() (T, error)) (T, error) {
	type end struct {
		value T
		err   error
	}
	done := make(chan end, 1) // so that the work ends even if nobody waits for it any more
	go func() {
		e := end{err: fmt.Errorf("%s: %w", shown, errCrashed)}
		defer func() {
			_ = recover()
			done <- e
		}()
		value, err := work()
		e = end{value, err}
	}()
	clock := time.NewTicker(max(1, patience/glances))
	defer clock.Stop()
	for range min(glances, patience) {
		select {
		case e := <-done:
			return e.value, e.err
		case <-clock.C:
		}
	}
	var none T
	return none, fmt.Errorf("%s took longer than %s, %w", shown, patience, errLate)
}
