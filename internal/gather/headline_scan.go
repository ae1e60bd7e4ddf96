package gather

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHeadline bounds how much of a headline is read, in bytes. The longest
// headline a profile may show has 220 letters.
const maxHeadline = 900

// headlineGap says what stands between a word of a headline and the word
// before it. Small words (of, at, bei, chez …) are gaps, not words, so that
// "chef de projet" and "chef projet" are the same two words.
type headlineGap uint16

const (
	gapStrong  headlineGap = 1 << iota // | • – emoji, the end of a sentence
	gapComma                           // , or :
	gapJoin                            // & + / and, und, et, y
	gapAt                              // at, @, bei, chez
	gapOf                              // of, von, de, der
	gapIn                              // in, en, à, am
	gapFor                             // for, to, für, pour, para
	gapWith                            // with, mit, avec, con
	gapArticle                         // the, la, die
	gapAny                             // a, ein, une: not one that has a name
	gapHyphen
	gapDash // a dash between spaces; also a strong gap
)

// gapPart is what ends a part of a headline that reads as one title.
const gapPart = gapStrong | gapComma

var headlineSmallWords = map[string]headlineGap{
	"of": gapOf, "de": gapOf, "du": gapOf, "des": gapOf, "del": gapOf, "der": gapOf, "von": gapOf, "vom": gapOf,
	"and": gapJoin, "und": gapJoin, "et": gapJoin, "y": gapJoin, "sowie": gapJoin,
	"at": gapAt, "bei": gapAt, "beim": gapAt, "chez": gapAt,
	"in": gapIn, "im": gapIn, "en": gapIn, "au": gapIn, "aux": gapIn, "am": gapIn, "dans": gapIn, "à": gapIn,
	"for": gapFor, "to": gapFor, "für": gapFor, "fuer": gapFor, "pour": gapFor, "para": gapFor,
	"with": gapWith, "mit": gapWith, "avec": gapWith, "con": gapWith,
	"the": gapArticle, "la": gapArticle, "le": gapArticle, "les": gapArticle, "el": gapArticle, "los": gapArticle,
	"las": gapArticle, "die": gapArticle, "das": gapArticle, "dem": gapArticle, "den": gapArticle,
	"a": gapAny, "an": gapAny, "ein": gapAny, "eine": gapAny, "einer": gapAny, "einem": gapAny, "un": gapAny, "une": gapAny, "una": gapAny,
}

// headlineAbbreviations end with a full stop that ends no sentence.
const headlineAbbreviations = " dr dra sr sra jr snr jnr prof st dipl ing inc co ltd corp mr mrs ms lic asst assoc dept univ mgr gen hon rev int nat tech mag med "

// headlineGenderEndings follow a mark (Entwickler:in, Chargé·e, Ingeniero/a)
// and belong to the word before it.
const headlineGenderEndings = " in innen e es a as ne rice trice euse se ère ere re r ice fe le ive te ienne enne frau "

// headlineWord is one word of a headline. What it means is filled in by
// headlineReader.
type headlineWord struct {
	start, end int16 // bytes in the text as written, a capital article included
	from, to   int16 // bytes in the folded text
	segment    int16 // words parted by a strong gap or a bracket have different ones
	gap        headlineGap
	capital    bool // begins with a capital letter, a digit or a letter without case
	caps       bool // several capital letters and no small one, in a text that has small ones
	article    bool // a capital article stands before it
	aside      bool // stands in brackets

	kind  headlineKind // of the phrase it belongs to, numHeadlineKinds where unknown
	scope headlineScope
	named bool // part of an organisation's name
}

// headlineText is a headline cut into words.
type headlineText struct {
	written string
	folded  string // the words, parted by one space each
	words   []headlineWord
	// segments is one more than the highest segment number.
	segments int16
	// cut is set when the text ends in "…", touched when the last word is
	// broken off by it.
	cut, touched bool
}

// word gives the folded text of words i to j.
func (t *headlineText) word(i, j int) string { return t.folded[t.words[i].from:t.words[j].to] }

// headlineScanner is the state of cutting one headline.
type headlineScanner struct {
	headlineText
	fold    []byte
	gap     headlineGap
	article int // where a capital article before the next word starts, or -1
	segment int16
	last    int16 // the highest segment used
	outer   []int16
	shouts  bool // no small letter anywhere: capitals say nothing
	murmurs bool // no capital anywhere
}

// scanHeadline cuts a headline into words.
func scanHeadline(s string) headlineText {
	s = cleanLine(s)
	if len(s) > maxHeadline {
		s = strings.ToValidUTF8(s[:maxHeadline], "") + "…"
	}
	sc := headlineScanner{article: -1}
	sc.written = s
	for _, dots := range []string{"...", "…"} {
		if rest, ok := strings.CutSuffix(s, dots); ok {
			s, sc.cut = strings.TrimRight(rest, ".…"), true
		}
	}
	sc.shouts, sc.murmurs = oneCase(s)
	sc.words = make([]headlineWord, 0, 2+strings.Count(s, " ")*5/4)
	sc.fold = make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if alphanumeric(r) {
			i = sc.scanWord(s, i)
			continue
		}
		i += sc.mark(s, i, r, size)
	}
	sc.folded, sc.segments = string(sc.fold), sc.last+1
	if n := len(sc.words); sc.cut && n > 0 {
		sc.touched = int(sc.words[n-1].end) >= len(s)
	}
	return sc.headlineText
}

// oneCase reports whether s holds no small letter, or no capital.
func oneCase(s string) (shouts, murmurs bool) {
	shouts, murmurs = true, true
	for _, r := range s {
		if r < utf8.RuneSelf {
			shouts = shouts && (r < 'a' || r > 'z')
			murmurs = murmurs && (r < 'A' || r > 'Z')
			continue
		}
		shouts = shouts && !unicode.IsLower(r)
		murmurs = murmurs && !unicode.IsUpper(r)
	}
	return shouts, murmurs
}

// mark reads what is no word and gives its length in bytes.
func (sc *headlineScanner) mark(s string, i int, r rune, size int) int {
	rest := s[i+size:]
	switch r {
	case ' ', '"', '“', '”', '„', '«', '»', '™', '®', '©', '\'', '’', '`', '*', '_', '~':
	case ',', ':':
		sc.gap |= gapComma
	case '&', '+':
		sc.gap |= gapJoin
	case '/':
		if strings.HasPrefix(rest, "/") {
			sc.strong()
			return size + 1
		}
		sc.gap |= gapJoin
	case '-', '‐', '‑', '–':
		if spaced(s, i, size) {
			sc.strong()
			sc.gap |= gapDash
		} else {
			sc.gap |= gapHyphen
		}
	case '@':
		sc.gap |= gapAt
	case '(', '[', '{':
		sc.outer = append(sc.outer, sc.segment)
		sc.strong()
	case ')', ']', '}':
		if n := len(sc.outer); n > 0 {
			sc.segment, sc.outer, sc.gap = sc.outer[n-1], sc.outer[:n-1], 0
		}
	case '.':
		if !sc.abbreviated() && (rest == "" || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, ".")) {
			sc.strong()
		}
	default:
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Me, r) {
			break
		}
		sc.strong()
	}
	return size
}

// spaced reports whether the character at i stands between spaces or at an end.
func spaced(s string, i, size int) bool {
	return (i == 0 || s[i-1] == ' ') || i+size == len(s) || s[i+size] == ' '
}

// strong begins a new segment.
func (sc *headlineScanner) strong() {
	sc.gap |= gapStrong
	sc.last++
	sc.segment = sc.last
}

// abbreviated reports whether the word before is one that ends in a full stop.
func (sc *headlineScanner) abbreviated() bool {
	if len(sc.words) == 0 {
		return false
	}
	w := sc.words[len(sc.words)-1]
	return w.to-w.from == 1 || strings.Contains(headlineAbbreviations, " "+string(sc.fold[w.from:w.to])+" ")
}

// scanWord reads the word that starts at i and gives the place after it.
func (sc *headlineScanner) scanWord(s string, i int) int {
	end, quoted := headlineWordEnd(s, i)
	if at := strings.IndexByte(s[end:], ' '); strings.HasPrefix(s[end:], "@") && at != 1 && strings.Contains(s[end:], ".") && !quoted {
		if mail := s[end:]; at > 0 && strings.Contains(mail[:at], ".") || at < 0 {
			sc.strong()
			if at < 0 {
				return len(s)
			}
			return end + at
		}
	}
	written := s[i:end]
	if !quoted && sc.smallWord(s, i, end) {
		return end
	}
	sc.add(written, i, end)
	if n := headlineGenderMark(s[end:]); n > 0 {
		sc.words[len(sc.words)-1].end = int16(end + n)
		end += n
	}
	return end
}

// smallWord takes in a word that only makes a gap.
func (sc *headlineScanner) smallWord(s string, i, end int) bool {
	written, rest := s[i:end], s[end:]
	if len(written) > 5 || i > 0 && s[i-1] == '&' { // R&D, M&A
		return false
	}
	if strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "’") {
		switch written {
		case "d", "D":
			sc.gap |= gapOf
			return true
		case "l":
			sc.gap |= gapArticle
			return true
		}
	}
	if written == "it" && !sc.murmurs {
		return true // the pronoun, not the trade
	}
	if written == "e" && (strings.HasPrefix(rest, " i") || strings.HasPrefix(rest, " hi")) {
		sc.gap |= gapJoin // padres e hijos
		return true
	}
	gap, ok := smallWordGap(written)
	if !ok || capitals(written) && !sc.shouts {
		return false
	}
	if gap == gapIn && setPhrase(rest) {
		return false
	}
	if gap == gapOf && sc.gap&gapAny != 0 {
		gap |= gapIn // an der Universität
	}
	if sc.gap |= gap; gap == gapArticle && written[0] < 'a' && !sc.shouts {
		sc.article = i
	}
	return true
}

// smallWordGap looks a word of at most five bytes up, whatever its case.
func smallWordGap(written string) (headlineGap, bool) {
	var low [5]byte
	for i := range len(written) {
		c := written[i]
		if c >= utf8.RuneSelf {
			gap, ok := headlineSmallWords[strings.ToLower(written)]
			return gap, ok
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	gap, ok := headlineSmallWords[string(low[:len(written)])]
	return gap, ok
}

// setPhrase reports whether a small word makes a set phrase with what follows,
// so that "en recherche" is something else than "recherche".
func setPhrase(rest string) bool {
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, " "), "la ")
	word, _, _ := strings.Cut(rest, " ")
	switch strings.ToLower(strings.TrimRight(word, ".,;:!|…")) {
	case "recherche", "search", "búsqueda", "busca", "stage", "prácticas", "transition", "transición", "proceso", "formación", "veille":
		return true
	}
	return false
}

// capitals reports whether a small word stands in capitals and so is none: LA,
// DE, the Y of Y Combinator.
func capitals(written string) bool {
	shouts, murmurs := oneCase(written)
	return shouts && !murmurs && written != "A" && written != "À"
}

// add appends a word.
func (sc *headlineScanner) add(written string, i, end int) {
	if len(sc.fold) > 0 {
		sc.fold = append(sc.fold, ' ')
	}
	w := headlineWord{start: int16(i), end: int16(end), from: int16(len(sc.fold)), segment: sc.segment, gap: sc.gap, aside: len(sc.outer) > 0, kind: numHeadlineKinds}
	if sc.article >= 0 {
		w.start, w.article = int16(sc.article), true
	}
	r, size := utf8.DecodeRuneInString(written)
	w.capital = !unicode.IsLower(r)
	shouts, murmurs := oneCase(written)
	w.caps = shouts && !murmurs && size < len(written) && !sc.shouts
	sc.fold = appendFolded(sc.fold, written)
	w.to = int16(len(sc.fold))
	sc.gap, sc.article = 0, -1
	if w.to == w.from {
		sc.fold = sc.fold[:max(w.from-1, 0)]
		return
	}
	sc.words = append(sc.words, w)
}

// headlineWordEnd finds the end of the word at i. quoted is set for words with
// an apostrophe inside, which are never small words.
func headlineWordEnd(s string, i int) (end int, quoted bool) {
	start, dotted := i, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case alphanumeric(r) || r >= utf8.RuneSelf && unicode.Is(unicode.M, r):
			dotted++
		case r == '\'' || r == '’':
			if elided(s[start:i]) || !startsWithLetter(s[i+size:]) {
				return i, quoted
			}
			quoted = true
		case r == '.' && dotted <= 2 && initialsFollow(s[i+1:]):
			dotted = 0
		default:
			return i, quoted
		}
		i += size
	}
	return i, quoted
}

func alphanumeric(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// elided reports whether w is a French word that an apostrophe shortens.
func elided(w string) bool {
	switch w {
	case "d", "D", "l", "L", "j", "J", "s", "n", "qu", "Qu":
		return true
	}
	return false
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// initialsFollow reports whether s begins with one or two letters and then no
// further letter: the rest of "Ph.D." or "e.V.".
func initialsFollow(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			break
		}
		if n++; n > 2 {
			return false
		}
	}
	return n > 0
}

// headlineGenderMark gives the length of a gender ending at the start of s.
func headlineGenderMark(s string) int {
	if s == "" || strings.IndexByte("(/:*_.-\xc2\xe2", s[0]) < 0 {
		return 0
	}
	mark, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("(/:*_.-·•", mark) {
		return 0
	}
	i := size
	if mark == '/' && strings.HasPrefix(s[i:], "-") {
		i++
	}
	end := i
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += n
	}
	ending := s[i:end]
	if ending == "" || !strings.Contains(headlineGenderEndings, " "+ending+" ") {
		return 0
	}
	switch mark {
	case '-', '.':
		if ending == "in" || ending == "a" || ending == "as" || ending == "le" || ending == "r" {
			return 0 // walk-in, node.le …
		}
	case '(':
		if !strings.HasPrefix(s[end:], ")") {
			return 0
		}
		end++
	}
	return end
}
