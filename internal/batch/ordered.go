package batch

import (
	"iter"
	"sync"
)

// window is how many inputs for each worker are on their way at most: enough
// that an input that takes long does not keep the others waiting.
const window = 16

// A job is an input on its way, with the place for what comes of it.
type job[T, R any] struct {
	input  T
	result chan R
}

// Ordered gives the results of work on the inputs, in the order of the inputs,
// while so many workers work at a time. Where the caller stops early nothing
// more is begun, and the work that was begun is waited for. The inputs are not:
// the next one may be on its way through a pipe for ever.
func Ordered[T, R any](workers int, inputs iter.Seq[T], work func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		jobs, order, stop := make(chan job[T, R]), make(chan job[T, R], window*workers), make(chan struct{})
		var all sync.WaitGroup
		defer all.Wait()
		defer close(stop)
		go feed(inputs, jobs, order, stop)
		for range workers {
			all.Go(func() { serve(jobs, stop, work) })
		}
		for j := range order {
			if !yield(<-j.result) {
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
func feed[T, R any](inputs iter.Seq[T], jobs, order chan<- job[T, R], stop <-chan struct{}) {
	defer close(jobs)
	defer close(order)
	for input := range inputs {
		j := job[T, R]{input, make(chan R, 1)}
		select {
		case order <- j:
		case <-stop:
			return
		}
		select {
		case jobs <- j:
		case <-stop:
			return
		}
	}
}
