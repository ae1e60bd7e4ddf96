package note

import "slices"

// hit is one place where a phrase of a group was found.
type hit struct {
	group    int32
	from, to int // tokens
}

// matcher walks one note through the automaton. A phrase is a dozen words at
// most and may begin at any word, so walking anew from each word is linear;
// failure links as of Aho and Corasick cannot carry classes and gaps.
type matcher struct {
	lex   *lexicon
	note  *folded
	syms  []int32  // symbols of all tokens, one after the other
	ends  []int    // where each token's symbols end in syms
	masks []uint64 // bits of each token's symbols
	limit int      // end of the sentence being matched
	hits  []hit
}

// match finds every phrase of every group in a folded note.
func (x *lexicon) match(f *folded) *matcher {
	n := len(f.tokens)
	m := &matcher{lex: x, note: f, syms: make([]int32, 0, 6*n), ends: make([]int, 0, n), masks: make([]uint64, n)}
	for i := range f.tokens {
		from := len(m.syms)
		m.syms = x.read(m.syms, f, i)
		m.ends = append(m.ends, len(m.syms))
		for _, s := range m.syms[from:] {
			m.masks[i] |= bit(s)
		}
	}
	for _, s := range f.sentences {
		m.limit = s.to
		for i := s.from; i < s.to; i++ {
			m.begin(i)
		}
	}
	return m
}

// of gives the symbols of token i.
func (m *matcher) of(i int) []int32 {
	if i == 0 {
		return m.syms[:m.ends[0]]
	}
	return m.syms[m.ends[i-1]:m.ends[i]]
}

// is reports whether token i belongs to the class.
func (m *matcher) is(i int, class int32) bool { return slices.Contains(m.of(i), class) }

// begin walks every phrase that can begin at token i.
func (m *matcher) begin(i int) {
	arcs := m.lex.nodes[0].arcs
	for _, s := range m.of(i) {
		for _, a := range arcs[m.lex.starts[s]:m.lex.starts[s+1]] {
			m.walk(a.to, i+1, i)
		}
	}
}

// walk goes on from a node at token i with a phrase that began at from.
func (m *matcher) walk(at int32, i, from int) {
	n := &m.lex.nodes[at]
	if n.group != noGroup {
		m.found(hit{n.group, from, i})
	}
	if i < m.limit {
		m.step(n, i, from)
	}
	if n.gap != 0 {
		after := &m.lex.nodes[n.gap]
		for skip := 0; skip <= int(n.span) && i+skip < m.limit; skip++ {
			m.step(after, i+skip, from)
		}
	}
}

func (m *matcher) step(n *node, i, from int) {
	if n.mask&m.masks[i] == 0 {
		return
	}
	syms := m.of(i)
	for _, a := range n.arcs {
		if m.masks[i]&bit(a.symbol) != 0 && slices.Contains(syms, a.symbol) {
			m.walk(a.to, i+1, from)
		}
	}
}

// found keeps a hit; of hits of one group from one word the longest stays.
func (m *matcher) found(h hit) {
	for i := len(m.hits) - 1; i >= 0 && m.hits[i].from == h.from; i-- {
		if m.hits[i].group == h.group {
			m.hits[i].to = max(m.hits[i].to, h.to)
			return
		}
	}
	m.hits = append(m.hits, h)
}
