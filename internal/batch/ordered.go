package batch

import "iter"

// window is how many inputs for each worker are on their way at most: enough
// that an input that takes long does not keep the others waiting.
const window = 16

// A job is an input on its way, with the place for what comes of it.
type job[T, R any] struct {
	input  T
	result chan<- R
}

// Ordered gives the results of work on the inputs, in the order of the inputs,
// while so many workers work at a time. Where the caller stops early nothing
// more is begun, and nothing is waited for: neither the next input, which may be
// on its way through a pipe for ever, nor the work that was begun, which may read
// from such a pipe.
func Ordered[T, R any](workers int, inputs iter.Seq[T], work func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		jobs, stop := make(chan job[T, R]), make(chan struct{})
		// Results alone: an input is let go as soon as it is worked on.
		order := make(chan (<-chan R), window*workers)
		defer close(stop)
		go feed(inputs, jobs, order, stop)
		for range workers {
			go serve(jobs, stop, work)
		}
		for result := range order {
			if !yield(<-result) {
				return
			}
		}
	}
}

// serve works on one job after the other.
func serve[T, R any](jobs <-chan job[T, R], stop <-chan struct{}, work func(T) R) {
	for {
		select {
		case <-stop:
			return
		case j, ok := <-jobs:
			if !ok {
				return
			}
			j.result <- work(j.input)
		}
	}
}

// feed hands the inputs to the workers until they are at an end, or the results
// are no longer wanted.
func feed[T, R any](inputs iter.Seq[T], jobs chan<- job[T, R], order chan<- (<-chan R), stop <-chan struct{}) {
	defer close(jobs)
	defer close(order)
	for input := range inputs {
		result := make(chan R, 1)
		select {
		case order <- result:
		case <-stop:
			return
		}
		select {
		case jobs <- job[T, R]{input, result}:
		case <-stop:
			return
		}
	}
}
