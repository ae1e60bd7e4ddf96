package rig

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
)

// Median is the middle value, or the mean of the two in the middle; 0 of none.
func Median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// Machine says what a table was measured on, and how busy that was: the load of
// the last minute is partly the benchmark's own.
func Machine() string {
	busy := "unknown"
	if data, err := os.ReadFile("/proc/loadavg"); err == nil {
		busy, _, _ = strings.Cut(string(data), " ")
	}
	return fmt.Sprintf("%s %s/%s, %d processors, load %s", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), busy)
}
