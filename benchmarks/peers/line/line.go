// Package line is how a contender is driven: a program of its own that reads
// orders from standard input, one a line, and answers each with one line.
//
//	load FILE   reads a message and checks it once: "accepts", or "refuses: " and why
//	run N       checks the message N times: "WALL CPU BYTES", the nanoseconds that
//	            passed, those that the process computed, and the octets that it
//	            allocated in all; 0 stands for what the program cannot tell
//
// So that all contenders, of whatever language, take turns in one run.
package line

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// A Load makes of a message, as the XML of a response, the work that is
// measured: to check it once. The error of that work says why it is refused.
type Load func(xml []byte) func() error

// Serve obeys until the orders end.
func Serve(orders io.Reader, answers io.Writer, load Load) error {
	var check func() error
	for lines := bufio.NewScanner(orders); lines.Scan(); {
		order, argument, _ := strings.Cut(lines.Text(), " ")
		answer, err := "", error(nil)
		switch order {
		case "load":
			check, answer, err = loaded(load, argument)
		case "run":
			answer, err = timed(check, argument)
		default:
			err = fmt.Errorf("expected load or run, found %q", order)
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(answers, answer); err != nil {
			return err
		}
	}
	return nil
}

func loaded(load Load, path string) (func() error, string, error) {
	xml, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	check := load(xml)
	if err := check(); err != nil {
		return check, "refuses: " + strings.Join(strings.Fields(err.Error()), " "), nil
	}
	return check, "accepts", nil
}

func timed(check func() error, count string) (string, error) {
	n, err := strconv.Atoi(count)
	if err != nil || check == nil {
		return "", errors.Join(err, errors.New("expected a number of times, after a message is loaded"))
	}
	// What a run leaves behind is not for the next one to clear away.
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	computed, start := Computed(), time.Now()
	for range n {
		if err := check(); err != nil {
			return "", err
		}
	}
	wall := time.Since(start)
	computed = Computed() - computed
	runtime.ReadMemStats(&after)
	return fmt.Sprintf("%d %d %d", wall.Nanoseconds(), computed.Nanoseconds(), after.TotalAlloc-before.TotalAlloc), nil
}
