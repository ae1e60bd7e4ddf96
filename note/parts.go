package note

import "slices"

// parts are the outer form of a note: what stands between greeting and
// signature is its body.
type parts struct {
	from, to int  // tokens of the body
	greeting bool // opens with a greeting
	named    bool // greets by a name or is signed
}

// maxGreeting is how many words may follow a greeting until the comma ("dear
// Professor Anna Maria Kowalska,"), maxSignature how many a signature has,
// maxFarewell how many a closing phrase with a name has.
const (
	maxGreeting  = 6
	maxSignature = 3
	maxFarewell  = 7
)

// split finds greeting and signature.
func (m *matcher) split() parts {
	p := parts{to: len(m.note.tokens)}
	if p.to == 0 {
		return p
	}
	m.cutGreeting(&p)
	for m.cutClosing(&p) || m.cutSignature(&p) {
	}
	return p
}

// isName reports whether token i is spelled like a name.
func (m *matcher) isName(i int) bool { return m.is(i, nameWord) }

// boundary reports whether a new piece of the sentence begins at token i.
func (m *matcher) boundary(i int) bool {
	return i == len(m.note.tokens) || m.note.has(i, pause|line) || m.opens(i)
}

// opens reports whether token i begins a sentence.
func (m *matcher) opens(i int) bool {
	return slices.ContainsFunc(m.note.sentences, func(s sentence) bool { return s.from == i })
}

// cutGreeting takes "Hi Tom," or "Tom," off the front.
func (m *matcher) cutGreeting(p *parts) {
	end := 0
	for _, h := range m.hits {
		if h.from == 0 && m.group(h).name == "greeting" {
			end = h.to
		}
	}
	if end == 0 {
		if m.isName(0) && p.to > 3 && m.note.has(1, pause|line) {
			p.from, p.greeting, p.named = 1, true, true
		}
		return
	}
	p.greeting = true
	stop := end
	for stop < p.to && stop-end < maxGreeting && !m.boundary(stop) {
		stop++
	}
	if stop < p.to && !m.boundary(stop) { // no comma: take the names only
		for stop = end; stop < p.to && m.isName(stop); stop++ {
		}
	}
	for i := end; i < stop; i++ {
		p.named = p.named || m.isName(i)
	}
	p.from = stop
}

// cutSignature takes a name that stands by itself off the end. On a line or in
// a sentence of its own, or after a dash, every capitalised word may be a name.
func (m *matcher) cutSignature(p *parts) bool {
	at, names := p.to, true
	for at > p.from && p.to-at < maxSignature && (at == p.to || !m.boundary(at)) && m.signs(at-1) {
		at--
		names = names && m.isName(at)
	}
	if at == p.to || !m.boundary(at) || at == p.from && !m.note.has(at, dash) {
		return false
	}
	if !names && !m.note.has(at, line|dash) && (!m.opens(at) || m.asked(at)) {
		return false
	}
	p.to, p.named = at, true
	return true
}

// asked reports whether token i stands in a question.
func (m *matcher) asked(i int) bool {
	return slices.ContainsFunc(m.note.sentences, func(s sentence) bool { return s.question && s.from <= i && i < s.to })
}

// signs reports whether token i may be part of a signature: a capitalised word,
// or any word after a dash.
func (m *matcher) signs(i int) bool {
	return m.note.tokens[i].kind == letters && m.note.has(i, capital|dash)
}

// cutClosing takes "Kind regards" or "Thanks in advance, Tom" off the end.
func (m *matcher) cutClosing(p *parts) bool {
	for _, h := range m.hits {
		if h.to <= p.to && h.from >= p.from && p.to-h.from <= maxFarewell && m.group(h).name == "closing" &&
			m.boundary(h.from) && m.farewell(h, p.to) {
			for i := h.to; i < p.to; i++ {
				p.named = p.named || m.isName(i)
			}
			p.to = h.from
			return true
		}
	}
	return false
}

// farewell reports whether nothing but names follows a closing phrase.
func (m *matcher) farewell(h hit, to int) bool {
	for i := h.to; i < to; i++ {
		if !m.isName(i) {
			return false
		}
	}
	return true
}

// sentences counts the sentences of the body.
func (m *matcher) sentences(p parts) int {
	n := 0
	for _, s := range m.note.sentences {
		if max(s.from, p.from) < min(s.to, p.to) {
			n++
		}
	}
	return n
}
