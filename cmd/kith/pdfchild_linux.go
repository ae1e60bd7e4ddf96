//go:build !race

package main

import (
	"runtime/debug"
	"syscall"
)

// Limits the child sets on itself.
const (
	pdfChildMemory = 256 << 20 // bytes of data and heap
	pdfChildCPU    = 20        // seconds on all cores, for a child that has lost its parent
)

// limitPDFChild bounds the memory and time of this process for good. Memory is
// bounded by what it may write to (RLIMIT_DATA): a Go program reserves more
// than a gigabyte of addresses that it never uses, so RLIMIT_AS would end it at
// once. The garbage collector works harder well before the bound.
func limitPDFChild() error {
	debug.SetMemoryLimit(pdfChildMemory * 3 / 4)
	for resource, limit := range map[int]uint64{
		syscall.RLIMIT_DATA: pdfChildMemory,
		syscall.RLIMIT_CPU:  pdfChildCPU,
		syscall.RLIMIT_CORE: 0,
	} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return err
		}
	}
	return nil
}
