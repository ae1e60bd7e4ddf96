package gather

import (
	"strings"
	"sync"
	"unicode/utf8"

	"kith"
)

// The Latin letters with accents that European languages use.
const (
	firstLatin = 'À'
	endLatin   = 0x180
)

// latinFolded holds what kith.FoldText makes of each of those letters.
var latinFolded = sync.OnceValue(func() []string {
	table := make([]string, endLatin-firstLatin)
	for i := range table {
		table[i] = kith.FoldText(string(rune(firstLatin + i)))
	}
	return table
})

// everyday reports whether r is a character that cleaning never touches and
// folding can look up: printable ASCII, a Latin letter, a dash, a quotation
// mark, a bullet, an ellipsis.
func everyday(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= ' ' && r <= '~'
	case r < endLatin:
		return r >= firstLatin && r != '×' && r != '÷'
	}
	return r >= '‐' && r <= '‡' || r == '•' || r == '…'
}

// cleanLine is kith.CleanLine, which it only calls where it may change s.
func cleanLine(s string) string {
	space := true
	for _, r := range s {
		if !everyday(r) || r == ' ' && space {
			return kith.CleanLine(s)
		}
		space = r == ' '
	}
	if space && s != "" {
		return kith.CleanLine(s)
	}
	return s
}

// foldText is kith.FoldText, several times as fast for everyday text: lists of
// ten thousand people are matched by it.
func foldText(s string) string {
	buf := make([]byte, 0, 64)
	space := false
	for _, r := range s {
		if !everyday(r) {
			return kith.FoldText(s)
		}
		if r == '\'' || r == '’' {
			continue
		}
		letter := r >= firstLatin && r < endLatin || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter {
			space = len(buf) > 0
			continue
		}
		if space {
			buf, space = append(buf, ' '), false
		}
		buf = appendFoldedRune(buf, r)
	}
	return string(buf)
}

// appendFoldedRune appends a folded ASCII or Latin letter or a digit.
func appendFoldedRune(buf []byte, r rune) []byte {
	switch {
	case r >= firstLatin:
		return append(buf, latinFolded()[r-firstLatin]...)
	case r >= 'A' && r <= 'Z':
		r += 'a' - 'A'
	}
	return append(buf, byte(r))
}

// appendFolded appends one word folded without spaces: full stops inside
// initials (e.V., Ph.D.) and apostrophes fall away.
func appendFolded(buf []byte, word string) []byte {
	whole := len(buf)
	for _, r := range word {
		switch {
		case r == '.' || r == '\'' || r == '’':
		case r < utf8.RuneSelf || r >= firstLatin && r < endLatin:
			buf = appendFoldedRune(buf, r)
		default:
			return append(buf[:whole], strings.ReplaceAll(kith.FoldText(word), " ", "")...)
		}
	}
	return buf
}
