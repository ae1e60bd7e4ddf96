// Package rig is what the benchmarks of the network share: empty databases, a
// server in a process of its own, a load over HTTP, and medians.
package rig
