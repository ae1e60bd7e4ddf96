//go:build !linux || race

package main

import "runtime/debug"

// pdfChildMemory is how many bytes of heap the child should stay below.
const pdfChildMemory = 256 << 20

// limitPDFChild asks the garbage collector to stay below a bound. Where the
// system has no limit on what a process may write to (and under the race
// detector, which takes terabytes for itself) the parent's 5 seconds are what
// ends a child that grows.
func limitPDFChild() error {
	debug.SetMemoryLimit(pdfChildMemory)
	return nil
}
