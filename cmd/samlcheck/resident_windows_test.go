package main

import "os"

func residentBytes(*os.ProcessState) int64 { return 0 }
