package gather

import (
	_ "embed"
	"sort"
	"strings"
	"unicode"

	"kith"
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

// From how many misspellings a profile has many (R71), and the least share of
// its words: a long profile of somebody writing a foreign language is not
// judged by a handful.
const (
	manyMisspelt  = 4
	shareMisspelt = 50 // one word in fifty
)

// misspelt counts common misspellings of English in a text.
func misspelt(text string) kith.Amount {
	words := strings.Fields(kith.FoldText(text))
	wrong := 0
	for _, w := range words {
		if len(w) > 3 && hasLine(misspelledEnglish, w) {
			wrong++
		}
	}
	switch {
	case wrong == 0:
		return kith.None
	case wrong >= manyMisspelt && wrong*shareMisspelt >= len(words):
		return kith.Many
	}
	return kith.Few
}

// oddlyFormatted reports a text of shouted capitals or rows of signs (R72).
func oddlyFormatted(text string) bool {
	letters, capitals := 0, 0
	row, prev := 0, rune(0)
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
		if r == prev && strings.ContainsRune("!★*~$=|•✓➤", r) {
			row++
		} else {
			row = 0
		}
		if row == 2 {
			return true
		}
		prev = r
	}
	const shouted = 60 // letters; shorter texts may be a name or an acronym
	return letters >= shouted && capitals*3 >= letters*2
}
