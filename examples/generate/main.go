// Generate writes invented data, from the root of the checkout:
//
//	go run ./examples/generate
//	go run ./examples/generate -archive big.zip -invitations 10000 -connections 30000 -messages 200000 -seed 7
//
// The first form writes examples/judith again, the second a LinkedIn archive of
// any size.
package main

import (
	"flag"
	"fmt"
	"os"

	"kith/examples/invented"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	var (
		archive = flag.String("archive", "", "write a large archive to this `file` instead of the example")
		size    invented.Size
		seed    = flag.Uint64("seed", 1, "the same seed gives the same archive")
	)
	flag.IntVar(&size.Invitations, "invitations", 1000, "incoming invitations nobody has decided")
	flag.IntVar(&size.Connections, "connections", 3000, "connections")
	flag.IntVar(&size.Messages, "messages", 20000, "messages")
	flag.Parse()
	if *archive == "" {
		return invented.Write("examples/judith")
	}
	f, err := os.Create(*archive)
	if err != nil {
		return err
	}
	if err := invented.Archive(f, size, *seed); err != nil {
		return err
	}
	return f.Close()
}
