package policy

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// not turns a truth around; Unknown stays.
func not(t Truth) Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// and is False where one is, else Unknown where one is.
func and(a, b Truth) Truth {
	switch {
	case a == False || b == False:
		return False
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return True
}

// or is True where one is, else Unknown where one is.
func or(a, b Truth) Truth { return not(and(not(a), not(b))) }

// rank orders truths by how near they are to True.
func rank(t Truth) int {
	switch t {
	case True:
		return 0
	case Unknown:
		return 1
	}
	return 2
}
