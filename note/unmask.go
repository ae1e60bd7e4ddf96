package note

import "unicode/utf8"

// unmask rewrites words that imitate Latin ones with Cyrillic or Greek letters
// ("pаssword" with а from Cyrillic). A word is rewritten if it mixes scripts,
// or if the note is mostly Latin and every letter has a look-alike; Russian in
// a Russian note stays as it is.
func (f *folded) unmask() {
	latins, foreigns := 0, 0
	for i := range f.tokens {
		switch t := &f.tokens[i]; {
		case t.marks&foreign != 0:
			foreigns++
		case t.marks&latin != 0:
			latins++
		}
	}
	if foreigns == 0 {
		return
	}
	for i := range f.tokens {
		t := &f.tokens[i]
		if t.marks&foreign == 0 || t.marks&latin == 0 && latins < 2*foreigns {
			continue
		}
		if w, ok := lookAlike(f.word(i), t.marks&latin != 0); ok {
			t.lo = len(f.buf)
			f.buf = append(f.buf, w...)
			t.hi = len(f.buf)
		}
	}
}

// lookAlike spells w in the Latin letters it looks like. Letters without a
// look-alike stay if the word is mixed; otherwise they make it a real word.
func lookAlike(w []byte, mixed bool) ([]byte, bool) {
	out := make([]byte, 0, len(w))
	for len(w) > 0 {
		r, size := utf8.DecodeRune(w)
		c, ok := latinTwin[r]
		switch {
		case ok:
			out = append(out, c)
		case mixed || r < utf8.RuneSelf:
			out = utf8.AppendRune(out, r)
		default:
			return nil, false
		}
		w = w[size:]
	}
	return out, true
}

// latinTwin maps small Cyrillic and Greek letters to the Latin ones they are
// mistaken for (a selection of Unicode's confusables).
var latinTwin = map[rune]byte{
	'а': 'a', 'в': 'b', 'е': 'e', 'һ': 'h', 'н': 'h', 'і': 'i', 'ї': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l', 'м': 'm',
	'о': 'o', 'р': 'p', 'ԛ': 'q', 'г': 'r', 'с': 'c', 'ѕ': 's', 'т': 't', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'ԁ': 'd', 'п': 'n',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ω': 'w', 'γ': 'y',
}
