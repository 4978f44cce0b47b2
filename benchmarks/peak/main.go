// Command peak runs a command and prints the most memory that it held at once,
// in KB; 0 where that cannot be told. It is a program of its own because Linux
// counts what the starter of a process holds as the least of that process, and
// this one holds little.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: peak COMMAND [ARGUMENT ...]")
		os.Exit(2)
	}
	c := exec.Command(os.Args[1], os.Args[2:]...)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "peak:", err)
		os.Exit(1)
	}
	fmt.Println(kilobytes(c.ProcessState))
}
