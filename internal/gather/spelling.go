package gather

import (
	_ "embed"
	"sort"
	"strings"
)

// Common misspellings of English and the words they are misspellings of, one a
// line and sorted: the word list of github.com/golangci/misspell v0.8.0 (MIT,
// see data/misspellings.LICENSE). The module itself is not linked, because it
// brings a web client along; TestWordListsOfMisspell holds the files to it.
var (
	//go:embed data/misspellings.txt
	misspelledEnglish string
	//go:embed data/common_en.txt
	commonEnglish string
)

// hasLine reports whether a sorted list holds a line.
func hasLine(list, line string) bool {
	at := sort.Search(len(list), func(i int) bool { return list[lineStart(list, i):] >= line })
	at = lineStart(list, at)
	for range 2 {
		have, rest, _ := strings.Cut(list[at:], "\n")
		if have == line {
			return true
		}
		at = len(list) - len(rest)
	}
	return false
}

func lineStart(list string, i int) int {
	return strings.LastIndexByte(list[:min(i, len(list))], '\n') + 1
}
