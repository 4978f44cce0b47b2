package contest

import (
	"cmp"
	"slices"
	"time"
)

// Turn is how long each contender works when its turn comes, about.
const Turn = 40 * time.Millisecond

// Rounds lets the programs check their loaded messages in turn, and gives for
// each the medians over the rounds of what one check takes.
func Rounds(programs []*Program, rounds int) ([]Cost, error) {
	times := make([]int, len(programs))
	for i, p := range programs {
		var err error
		if times[i], err = calibrated(p); err != nil {
			return nil, err
		}
	}
	costs := make([][]Cost, len(programs))
	for range rounds {
		for i, p := range programs {
			cost, err := p.Run(times[i])
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], cost.each(times[i]))
		}
	}
	medians := make([]Cost, len(programs))
	for i, all := range costs {
		medians[i] = Cost{
			Wall:     Median(all, func(c Cost) time.Duration { return c.Wall }),
			Computed: Median(all, func(c Cost) time.Duration { return c.Computed }),
			Bytes:    Median(all, func(c Cost) uint64 { return c.Bytes }),
		}
	}
	return medians, nil
}

// calibrated warms a program up, and gives how many checks fill its turn.
func calibrated(p *Program) (int, error) {
	for n := 1; ; n *= 2 {
		cost, err := p.Run(n)
		if err != nil {
			return 0, err
		}
		if cost.Wall >= Turn/2 {
			return max(1, int(float64(n)*float64(Turn)/float64(cost.Wall))), nil
		}
	}
}

func (c Cost) each(times int) Cost {
	n := time.Duration(times)
	return Cost{Wall: c.Wall / n, Computed: c.Computed / n, Bytes: c.Bytes / uint64(times)}
}

// Median gives the middle of what is measured, the lower one of two.
func Median[T any, V cmp.Ordered](all []T, of func(T) V) V {
	var values []V
	for _, one := range all {
		values = append(values, of(one))
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}
