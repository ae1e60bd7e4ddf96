package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/examples/invented"
)

// BenchmarkArchive is the whole job on a large archive, from zip to verdicts:
// 10,000 invitations, 30,000 connections, 200,000 messages. The limit is 2 s
// and 250 MB on two cores; memory is measured with
//
//	/usr/bin/time -v kith triage --json big.zip
func BenchmarkArchive(b *testing.B) {
	name := filepath.Join(b.TempDir(), "archive.zip")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	if err := invented.Archive(f, invented.Size{Invitations: 10_000, Connections: 30_000, Messages: 200_000}, 7); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		std := streams{strings.NewReader(""), io.Discard, io.Discard}
		if code := run(context.Background(), std, []string{"triage", "--json", "--now", "2026-11-22", "--answers", filepath.Join(b.TempDir(), "none.json"), name}); code != exitOK {
			b.Fatalf("exit %d", code)
		}
	}
}
