package exponents

import "math"

// Growth is how a cost grows from n over 2n to 4n: as n to the power of this.
type Growth struct {
	Whole float64 // of all that a check costs
	Own   float64 // of what the construct adds to it; 0 where that is next to nothing
}

// growth gives the exponents of the costs at n, 2n and 4n. Whole is that of the
// last doubling; of what grows in steps, as buffers do, that of both together.
func growth(costs [3]uint64, inSteps bool) Growth {
	n, twice, four := float64(costs[0]), float64(costs[1]), float64(costs[2])
	g := Growth{Whole: math.Log2(four / twice)}
	if inSteps {
		g.Whole = math.Log2(four/n) / 2
	}
	if first, second := twice-n, four-twice; first > n/50 && second > 0 {
		g.Own = math.Log2(second / first)
	}
	return g
}

// Row is one construct, without or with the witness.
type Row struct {
	Construct           string
	N                   int // the largest number
	Witness             bool
	Instructions, Bytes [3]uint64
}

// Rows puts the costs at n, 2n and 4n together, which follow each other.
func Rows(costs []Cost) []Row {
	var rows []Row
	for i := 0; i+3 <= len(costs); i += 3 {
		r := Row{Construct: costs[i].Construct, N: costs[i+2].N, Witness: costs[i].Witness}
		for j := range 3 {
			r.Instructions[j], r.Bytes[j] = costs[i+j].Instructions, costs[i+j].Bytes
		}
		rows = append(rows, r)
	}
	return rows
}

// Counted tells whether the instructions were counted.
func (r Row) Counted() bool { return r.Instructions[0] > 0 }

// Growths gives how the instructions and the allocated octets grow.
func (r Row) Growths() (instructions, bytes Growth) {
	if r.Counted() {
		instructions = growth(r.Instructions, false)
	}
	return instructions, growth(r.Bytes, true)
}

// Most is the exponent at which twice as much costs 2.2 times as much.
func Most() float64 { return math.Log2(2.2) }

// Linear tells whether twice as much never costs more than 2.2 times as much.
func (r Row) Linear() bool {
	instructions, bytes := r.Growths()
	return max(instructions.Whole, bytes.Whole) <= Most()
}
