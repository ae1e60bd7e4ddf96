// Command generate writes the documents that are made from the code:
//
//	go run ./docs/generate
//
// writes docs/signals.md, docs/case.schema.json, docs/verdict.schema.json and
// docs/advice-coverage.md into the working directory's docs.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := writeAll("docs"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// writeAll writes every generated document into a folder.
func writeAll(dir string) error {
	all, err := documents(dir)
	if err != nil {
		return err
	}
	for name, text := range all {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
