package exponents

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Cost is what one work took.
type Cost struct {
	Allocated
	Instructions uint64 // 0: not counted
}

const here = "github.com/samlcheck/samlcheck/benchmarks/exponents"

// Count gives the works to a program that calls Measure, and gives what each
// took. Where valgrind is installed it counts the instructions, too.
func Count(works []Work, folder string, program ...string) ([]Cost, error) {
	var in bytes.Buffer
	if err := gob.NewEncoder(&in).Encode(works); err != nil {
		return nil, err
	}
	counter, err := exec.LookPath("valgrind")
	if err != nil {
		return measured(&in, program...)
	}
	dumps := filepath.Join(folder, "callgrind")
	costs, err := measured(&in, append([]string{counter, "--tool=callgrind", "--dump-line=no", "--zero-before=" + here + ".Begin",
		"--dump-before=" + here + ".End", "--callgrind-out-file=" + dumps}, program...)...)
	if err != nil {
		return nil, err
	}
	for i := range costs {
		dump, err := os.ReadFile(dumps + "." + strconv.Itoa(i+1))
		if err != nil {
			return nil, err
		}
		if costs[i].Instructions, err = total(string(dump)); err != nil {
			return nil, err
		}
	}
	return costs, nil
}

// measured runs a program on one core, without an instruction that valgrind does
// not know, and without the signals by which the scheduler interrupts loops:
// they are counted too, and confuse valgrind.
func measured(in io.Reader, program ...string) ([]Cost, error) {
	c := exec.Command(program[0], program[1:]...)
	c.Stdin, c.Env = in, append(os.Environ(), "GOMAXPROCS=1", "GODEBUG=asyncpreemptoff=1,cpu.rdtscp=off")
	var complaints bytes.Buffer
	c.Stderr = &complaints
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, complaints.String())
	}
	var costs []Cost
	for lines := json.NewDecoder(bytes.NewReader(out)); ; {
		var one Allocated
		err := lines.Decode(&one)
		if errors.Is(err, io.EOF) {
			return costs, nil
		}
		if err != nil {
			return nil, err
		}
		costs = append(costs, Cost{Allocated: one})
	}
}

// total gives the instructions that a dump of callgrind counts.
func total(dump string) (uint64, error) {
	_, rest, found := strings.Cut(dump, "\ntotals: ")
	if !found {
		return 0, errors.New("callgrind's dump has no totals")
	}
	number, _, _ := strings.Cut(rest, "\n")
	return strconv.ParseUint(number, 10, 64)
}
