package note

import (
	"bytes"
	"slices"
)

// weighNaming counts how many distinct words of the body not every invitation
// holds: names, things, places. Everyday words, words of matched sales and stock
// phrases and the sender's own introduction do not count; naming what belongs
// to the recipient counts as enough by itself. Something said to be theirs ("your
// canal boat") speaks for a specific note.
func (r *reader) weighNaming(ctx Context) {
	skip := r.covered()
	for _, thing := range ctx.Theirs {
		if at, _ := r.find(thing); at >= 0 {
			r.concrete += enough + 1
			r.anchors++
		}
	}
	for _, thing := range ctx.Mine {
		if at, n := r.find(thing); at >= 0 {
			leaveOut(skip, span{at, at + n})
		}
	}
	if !r.knownLanguage() {
		r.weighForeign()
		return
	}
	for i := r.parts.from; i < r.parts.to; i++ {
		if skip[i] {
			continue
		}
		if r.anchor(i) {
			r.anchors++
		}
		if r.note.tokens[i].kind != letters {
			continue
		}
		r.theirs = r.theirs || i > r.parts.from && r.is(i-1, yoursWord)
		if len(r.note.word(i)) >= 3 && r.first(i) {
			r.concrete++
		}
	}
	if r.theirs && r.best["specific"] < enough-1 {
		r.sums["specific"]++
	}
}

// anchor reports whether token i is or holds a number, or is spelled like a name
// where no sentence begins.
func (r *reader) anchor(i int) bool {
	switch r.note.tokens[i].kind {
	case number, year:
		return true
	case letters:
		return r.isName(i) && !r.opens(i) || bytes.ContainsAny(r.note.word(i), "0123456789")
	}
	return false
}

// stockLength is how long a note in an unknown language must be to say more than
// a stock sentence, in bytes of folded words: a Chinese sign takes three and says
// about as much as three letters.
const stockLength = 120

// weighForeign judges a note no word list knows: a long one with names or numbers
// is about something.
func (r *reader) weighForeign() {
	size := 0
	for i := r.parts.from; i < r.parts.to; i++ {
		size += len(r.note.word(i))
		if r.anchor(i) && !r.stock.holds(i) {
			r.anchors++
		}
	}
	if size > stockLength && r.anchors > 0 {
		r.concrete += enough + 1
	}
}

// knownLanguage reports whether the word lists know the note's language: one
// word in six at least is an everyday word. Otherwise an unlisted word says
// nothing.
func (r *reader) knownLanguage() bool {
	n := 0
	for i := r.parts.from; i < r.parts.to; i++ {
		if r.is(i, everydayWord) {
			n++
		}
	}
	return 6*n >= r.parts.to-r.parts.from
}

func leaveOut(skip []bool, s span) {
	for i := s.from; i < s.to; i++ {
		skip[i] = true
	}
}

// first reports whether token i is the first of its word in the body.
func (r *reader) first(i int) bool {
	for j := r.parts.from; j < i; j++ {
		if bytes.Equal(r.note.word(j), r.note.word(i)) {
			return false
		}
	}
	return true
}

// covered marks the tokens that are not concrete by themselves.
func (r *reader) covered() []bool {
	skip := make([]bool, len(r.note.tokens))
	leaveOut(skip, r.stock)
	for i := range skip {
		skip[i] = skip[i] || slices.ContainsFunc(r.of(i), notConcrete)
	}
	for _, h := range r.hits {
		switch g := r.group(h); {
		case g.class == "pitch" || g.class == "scam" || g.class == "generic":
			leaveOut(skip, span{h.from, h.to})
		case g.name == "self":
			r.coverSelf(skip, h)
		}
	}
	return skip
}

// maxSelf is how many words of a self-introduction are left out.
const maxSelf = 7

// coverSelf marks what the sender says of themselves: the words after "I am" up
// to the next comma, conjunction or word that means the reader.
func (r *reader) coverSelf(skip []bool, h hit) {
	for i := h.from; i < min(len(skip), h.to+maxSelf); i++ {
		if i >= h.to && (r.boundary(i) || r.is(i, readerWord) || r.is(i, jointWord)) {
			return
		}
		skip[i] = true
	}
}

// find gives the first token of the body where a thing is named and its number
// of words; -1 if it is not named or too short to say anything.
func (r *reader) find(thing string) (at, n int) {
	f := fold(thing)
	n = len(f.tokens)
	if n == 0 || len(f.buf) < 3 {
		return -1, 0
	}
	for i := r.parts.from; i+n <= r.parts.to; i++ {
		k := 0
		for k < n && bytes.Equal(r.note.word(i+k), f.word(k)) {
			k++
		}
		if k == n {
			return i, n
		}
	}
	return -1, 0
}

// points sums what the distinct words of two lists are worth: two for the
// strong list, one for the weak.
func (r *reader) points(strong, weak int32) int {
	sum := 0
	for i := r.parts.from; i < r.parts.to; i++ {
		worth := 0
		for _, s := range r.of(i) {
			if s == strong {
				worth = 2
			} else if s == weak {
				worth = max(worth, 1)
			}
		}
		if worth > 0 && r.first(i) {
			sum += worth
		}
	}
	return sum
}

// holds reports whether the body holds a token of one of the kinds.
func (r *reader) holds(kinds ...kind) bool {
	return slices.ContainsFunc(r.note.tokens[r.parts.from:r.parts.to], func(t token) bool { return slices.Contains(kinds, t.kind) })
}
