package words

// Distance gives how many bytes have to be put in, taken out or changed to make
// b of a (Levenshtein), given up at most+1.
func Distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal, best := row[0], i+1
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], d
			best = min(best, d)
		}
		if best > most {
			return most + 1
		}
	}
	return row[len(b)]
}
