package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const docs = ".." // the folder of documents, seen from this package

func TestGeneratedDocumentsAreUpToDate(t *testing.T) {
	t.Parallel()
	all, err := documents(docs)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range all {
		have, err := os.ReadFile(filepath.Join(docs, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(have, want) {
			t.Errorf("docs/%s is out of date; run go run ./docs/generate", name)
		}
	}
}

func TestEveryRowOfTheAdviceIsCovered(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(docs, "advice-coverage.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= rows; i++ {
		row := fmt.Sprintf("\n| R%d | ", i)
		_, rest, ok := strings.Cut(string(page), row)
		line, _, _ := strings.Cut(rest, "\n")
		cells := strings.Split(line, "|")
		if !ok || len(cells) < 2 || strings.TrimSpace(cells[0]) == "" || strings.TrimSpace(cells[1]) == "" {
			t.Errorf("R%d is not covered", i)
		}
	}
}
