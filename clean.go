package kith

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean makes text from outside safe to keep and to show: valid UTF-8 in NFC,
// line ends as "\n", no C0 or C1 control, no escape sequence, none of the
// characters that reverse, hide or overlay text (bidi controls, zero-width
// characters, more than four marks on one letter). Zero-width joiners stay
// between letters of scripts that need them and inside emoji. Tabs become
// spaces. What is removed leaves nothing behind.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	var prev rune
	for i, r := range s {
		switch {
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
			prev = '\n'
			continue
		case r == '\u2028' || r == '\u2029' || r == '\u0085':
			r = '\n'
		case r == '\t' || r == '\u00a0':
			r = ' '
		case r == '\u200c' || r == '\u200d':
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !joins(prev) || !joins(next) {
				continue
			}
		case r == '\ufe0f':
			if !joins(prev) && !unicode.Is(unicode.So, prev) {
				continue
			}
		case r != '\n' && hidden(r):
			continue
		}
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			if marks++; marks > 4 {
				continue
			}
		} else {
			marks = 0
		}
		b.WriteRune(r)
		prev = r
	}
	return norm.NFC.String(b.String())
}

// CleanLine is [Clean] for a value that stands on one line: runs of white space
// become one space and the ends are trimmed.
func CleanLine(s string) string {
	s = Clean(s)
	if !strings.ContainsAny(s, "\n ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// plain reports whether s is printable ASCII with line feeds: the common case,
// for which Clean changes nothing.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '\n' && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
}

// hidden reports whether r is a control or a character that hides or reorders
// its neighbours.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) ||
		r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0' ||
		(r >= '\ufe00' && r <= '\ufe0f') || (r >= 0xe0100 && r <= 0xe01ef)
}

// joins reports whether r belongs to a script or an emoji sequence in which
// zero-width joiners change the meaning.
func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
		unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
		unicode.Khmer, unicode.Myanmar) ||
		(r >= 0x1f000 && r <= 0x1faff) || (r >= 0x2600 && r <= 0x27bf) || r == '\ufe0f'
}
