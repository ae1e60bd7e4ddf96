package gather

import (
	"strings"

	"kith"
)

// headlineMatch is a phrase found in a headline: words first to last.
type headlineMatch struct {
	headlineEntry
	first, last int
}

// headlineReader is one headline with what was found in it.
type headlineReader struct {
	headlineText
	matches []headlineMatch
	houses  []headlineName // parts that read as an organisation by themselves
}

// find fills matches: at each word the longest phrase.
func (r *headlineReader) find(lex headlineLexicon) {
	r.matches = make([]headlineMatch, 0, len(r.words))
	end := len(r.words)
	if r.touched {
		end--
	}
	for i := 0; i < end; {
		m := r.phrase(lex, i, end)
		if m.known && m.kind.titled() && r.firmPartner(m) {
			m.known = false
		}
		if m.known {
			r.matches = append(r.matches, m)
			for j := m.first; j <= m.last; j++ {
				r.words[j].kind = m.kind
			}
		}
		i = m.last + 1
	}
}

// firmPartner reports whether a title word ends a firm's name: Brandt & Partner.
func (r *headlineReader) firmPartner(m headlineMatch) bool {
	return m.kind == kindOwner && m.first > 0 && r.words[m.first].gap == gapJoin && r.words[m.first].capital &&
		r.words[m.first-1].capital && r.words[m.first-1].kind == numHeadlineKinds
}

// phrase gives the longest phrase that begins at word i, or the unknown word.
func (r *headlineReader) phrase(lex headlineLexicon, i, end int) headlineMatch {
	start := lex[r.word(i, i)]
	for n := min(int(start.words), end-i); n > 1; n-- {
		if e := lex[r.word(i, i+n-1)]; e.known && r.together(i, i+n-1) {
			return headlineMatch{e, i, i + n - 1}
		}
	}
	if start.known && r.words[i].caps && (start.kind == kindSlogan || start.kind == kindWish) {
		start.known = false // TU is no tu
	}
	if start.known {
		if start.kind == kindJob && r.word(i, i) == "chef" && i+1 < end && r.words[i+1].gap&gapOf != 0 && r.together(i, i+1) {
			start = headlineEntry{kind: kindHead, level: kith.ManagerLevel, known: true} // chef de service, Chef der Staatskanzlei
		}
		return headlineMatch{start, i, i}
	}
	return headlineMatch{lex.compound(r.word(i, i)), i, i}
}

// together reports whether words i to j can be one phrase.
func (r *headlineReader) together(i, j int) bool {
	for k := i + 1; k <= j; k++ {
		if r.words[k].gap&(gapPart|gapAt) != 0 || r.words[k].segment != r.words[i].segment {
			return false
		}
	}
	return true
}

// compound reads a German compound that no list holds: its end says what it
// is, its beginning in which field.
func (lex headlineLexicon) compound(word string) headlineEntry {
	const shortest = 4 // letters of the shortest part: arzt, chef, koch
	if len(word) < 2*shortest {
		return headlineEntry{}
	}
	for cut := 3; cut <= len(word)-shortest; cut++ {
		end := lex[word[cut:]]
		if !end.known || !end.kind.titled() && end.kind != kindDomain {
			continue
		}
		field := lex.compoundField(word[:cut])
		switch {
		case field.known && (end.kind == kindSoft || end.kind == kindHead || field.kind == kindJob && end.kind == kindJob):
			return headlineEntry{kind: kindJob, level: end.level, flags: end.flags, known: true, role: field.role}
		case field.known || len(word)-cut > 5:
			return end
		}
	}
	return headlineEntry{}
}

// compoundField finds the field that begins a compound, without the letters
// that join its parts.
func (lex headlineLexicon) compoundField(begin string) headlineEntry {
	for _, joint := range []string{"", "s", "n", "en", "e", "er"} {
		stem, ok := strings.CutSuffix(begin, joint)
		if e := lex[stem]; ok && len(stem) > 2 && e.known && (e.kind == kindDomain || e.kind == kindWeak || e.kind == kindJob && e.role != "") {
			return e
		}
	}
	return headlineEntry{}
}
