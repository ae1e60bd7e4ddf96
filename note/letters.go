package note

import (
	"strings"
	"unicode"
)

// Letters counts the letters a reader sees: a letter with its accents, a
// joined emoji or a flag counts once, white space at the ends not at all.
// Platforms limit notes to 200 or 300 of them.
func Letters(text string) int {
	n := 0
	joined, flag := false, false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '\u200d':
			joined = true
			continue
		case extends(r):
			continue
		case r >= 0x1f1e6 && r <= 0x1f1ff:
			if flag { // second half of a flag
				flag = false
				continue
			}
			flag = true
			n++
			continue
		case !joined:
			n++
		}
		joined, flag = false, false
	}
	return n
}

// extends reports whether r belongs to the letter before it.
func extends(r rune) bool {
	return r > 0x2ff && (unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc, unicode.Cf) ||
		r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xfe00 && r <= 0xfe0f)
}
