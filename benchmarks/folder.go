package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/samlcheck/samlcheck/benchmarks/contest"
	"github.com/samlcheck/samlcheck/benchmarks/material"
)

// The bounds on a folder of many responses.
const (
	inFolder         = 20_000
	mostFolderGrowth = 1.5 // of the peak of memory, from a tenth of the folder to all of it: the names in one folder are sorted
)

// folder measures the tool on a folder of many responses: two cores against one,
// memory at its peak, order, and what becomes of a run whose reader goes away or
// one of whose files cannot be read.
func folder(o options) (err error) {
	root, err := os.MkdirTemp("", "samlcheck-folder-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(root)) }()
	f := &foldered{root: root, tool: filepath.Join(root, "samlcheck")}
	if err := f.fill(); err != nil {
		return err
	}
	fmt.Printf("## A folder of %d responses\n\n", inFolder)
	return errors.Join(f.speedUp(o.rounds), f.memory(), f.order(), f.closed(), f.unreadable())
}

type foldered struct{ root, tool string }

// fill writes the responses, a tenth of them into a folder of its own too, and
// builds what judges them.
func (f *foldered) fill() error {
	b, err := newBatch(distinct, 10)
	if err != nil {
		return err
	}
	if err := material.Write(f.root); err != nil {
		return err
	}
	for _, name := range []string{"all", "tenth"} {
		if err := os.Mkdir(filepath.Join(f.root, name), 0o700); err != nil {
			return err
		}
	}
	for i := range inFolder {
		names := []string{"all", "tenth"}[:1]
		if i < inFolder/10 {
			names = []string{"all", "tenth"}
		}
		for _, name := range names {
			if err := os.WriteFile(filepath.Join(f.root, name, fmt.Sprintf("%05d.b64", i)), b.messages[i%len(b.messages)], 0o600); err != nil {
				return err
			}
		}
	}
	return errors.Join(build("..", f.tool, "./cmd/samlcheck"), build(".", filepath.Join(f.root, "peak"), "./peak"))
}

func (f *foldered) line(name string, more ...string) []string {
	return append([]string{f.tool, "-m", filepath.Join(f.root, "metadata.xml"), "--at", "issued", "--format", "json", "--skip-witness", filepath.Join(f.root, name)}, more...)
}

// run lets the tool judge a folder on this many cores; what it writes is gone.
func (f *foldered) run(name string, cores int) (time.Duration, error) {
	line := f.line(name)
	c := exec.Command(line[0], line[1:]...)
	c.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cores))
	start := time.Now()
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("%q: %w", line, err)
	}
	return time.Since(start), nil
}

func (f *foldered) speedUp(rounds int) error {
	var gains, seconds []float64
	for range rounds {
		one, err := f.run("all", 1)
		if err != nil {
			return err
		}
		two, err := f.run("all", 2)
		if err != nil {
			return err
		}
		gains, seconds = append(gains, ratio(one, two)), append(seconds, two.Seconds())
	}
	same := func(x float64) float64 { return x }
	gain := contest.Median(gains, same)
	fmt.Printf("- two cores are %.2f times as fast as one, the median of %d rounds (%.0f a second): at least %.1f: %s\n", gain, rounds,
		inFolder/contest.Median(seconds, same), leastSpeedUp, verdict(gain >= leastSpeedUp))
	return nil
}

func (f *foldered) memory() error {
	peak := filepath.Join(f.root, "peak")
	tenth, err := memory(peak, f.line("tenth"))
	if err != nil {
		return err
	}
	all, err := memory(peak, f.line("all"))
	if err != nil {
		return err
	}
	fmt.Printf("- memory at its peak: %.1f MB for %d, %.1f MB for %d: at most %.2f times: %s\n", tenth, inFolder/10, all, inFolder, mostFolderGrowth, verdict(all <= mostFolderGrowth*tenth))
	return nil
}

// order holds that the reports come in the order of the names, and are all there.
func (f *foldered) order() error {
	line := f.line("all")
	out, err := exec.Command(line[0], line[1:]...).Output()
	if err != nil {
		return err
	}
	n := 0
	for report := range strings.Lines(string(out)) {
		var r struct{ Source, Verdict string }
		if err := json.Unmarshal([]byte(report), &r); err != nil {
			return err
		}
		if want := fmt.Sprintf("%05d.b64", n); filepath.Base(r.Source) != want || r.Verdict != "pass" {
			return fmt.Errorf("report %d is that on %s (%s)", n, r.Source, r.Verdict)
		}
		n++
	}
	fmt.Printf("- %d reports in the order of the names: %s\n", n, verdict(n == inFolder))
	return nil
}

// closed reads ten reports and goes away.
func (f *foldered) closed() error {
	line := f.line("all")
	c := exec.Command(line[0], line[1:]...)
	var said strings.Builder
	c.Stderr = &said
	pipe, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	reader := bufio.NewReader(pipe)
	for range 10 {
		if _, err := reader.ReadString('\n'); err != nil {
			return err
		}
	}
	left := time.Now()
	if err := pipe.Close(); err != nil {
		return err
	}
	err = c.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) && err != nil {
		return err
	}
	status := c.ProcessState.ExitCode()
	fmt.Printf("- a reader that goes away after ten: status %d after %.0f ms, %d bytes on standard error: %s\n", status, ms(time.Since(left)), said.Len(), verdict(status == 2 && said.Len() == 0))
	return nil
}

// unreadable puts something in the middle that cannot be read.
func (f *foldered) unreadable() error {
	middle := filepath.Join(f.root, "all", fmt.Sprintf("%05d.b64", inFolder/2))
	if err := errors.Join(os.Remove(middle), syscall.Mkfifo(middle, 0o600)); err != nil {
		return err
	}
	line := f.line("all")
	c := exec.Command(line[0], line[1:]...)
	var said strings.Builder
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	reports := 0
	for reader := bufio.NewReaderSize(out, 1<<20); ; reports++ {
		if _, err := reader.ReadString('\n'); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	err = c.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fmt.Errorf("a run with something that cannot be read succeeds: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	fmt.Printf("- something that cannot be read in the middle: %d reports, status %d, and last on standard error: %s\n\n", reports, exit.ExitCode(), lines[len(lines)-1])
	return nil
}
