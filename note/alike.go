package note

// alikeFrom is the share of common word pairs from which two notes are one
// template: with a name, a company and a topic filled in differently, a note of
// forty words keeps about three pairs in four.
const alikeFrom = 0.6

// minPairs is the least number of word pairs that can be compared; shorter
// notes are alike only if their words are equal.
const minPairs = 4

// Alike reports whether two notes look like one text sent to different people.
// Greeting, signature, case and punctuation do not matter.
func Alike(a, b string) bool {
	p, q := pairs(a), pairs(b)
	if len(p) == 0 || len(q) == 0 {
		return false
	}
	common := 0
	left := map[[2]string]int{}
	for _, w := range p {
		left[w]++
	}
	for _, w := range q {
		if left[w] > 0 {
			left[w]--
			common++
		}
	}
	if min(len(p), len(q)) < minPairs {
		return common == len(p) && common == len(q)
	}
	return float64(2*common) >= alikeFrom*float64(len(p)+len(q))
}

// pairs gives the neighbouring words of a note's body, the first one paired
// with nothing.
func pairs(text string) [][2]string {
	lex, err := words()
	if err != nil {
		return nil
	}
	m := lex.match(fold(text))
	p := m.split()
	out := make([][2]string, 0, p.to-p.from)
	prev := ""
	for i := p.from; i < p.to; i++ {
		w := string(m.note.word(i))
		out = append(out, [2]string{prev, w})
		prev = w
	}
	return out
}
