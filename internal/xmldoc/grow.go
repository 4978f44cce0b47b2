package xmldoc

import "slices"

// doubled gives a list that has room for one more. A full one gets room for as
// many again: append adds only a quarter to long lists, so that one that grows to
// many times its length would be copied more often than what it holds grows.
func doubled[T any](list []T) []T {
	if len(list) == cap(list) {
		list = slices.Grow(list, max(len(list), 16))
	}
	return list
}
