package gather

// headlineScope says in what light a word of a headline stands.
type headlineScope uint8

const (
	scopeNow    headlineScope = iota // said of the present
	scopePast                        // former, ex-, retired
	scopeAspire                      // aspiring
	scopeWish                        // looked for
	scopeDoing                       // what somebody works on, without a title
	scopeSlogan                      // a promise or a passion
)

// light gives each word its scope: former, aspiring and slogan words colour
// what follows them until the segment ends.
func (r *headlineReader) light() {
	now := make([]headlineScope, r.segments)
	next := 0
	for i := range r.words {
		seg := r.words[i].segment
		if i > 0 && seg > r.words[i-1].segment && !r.words[i].capital && r.words[i-1].scope >= scopeWish {
			now[seg] = r.words[i-1].scope // a promise – without end
		}
		if now[seg] == scopePast || now[seg] == scopeAspire {
			if r.words[i].gap&(gapComma|gapJoin) != 0 && r.scopeEnds(i, now[seg]) {
				now[seg] = scopeNow
			}
		}
		if next < len(r.matches) && r.matches[next].first == i {
			m := r.matches[next]
			next++
			now[seg] = r.turn(m, now[seg])
			if m.kind == kindAlum && !r.titleIn(m.last, 1) || m.kind == kindRetired {
				r.dim(seg, i)
			}
		}
		r.words[i].scope = now[seg]
	}
}

// turn gives the scope after match m.
func (r *headlineReader) turn(m headlineMatch, scope headlineScope) headlineScope {
	if (m.kind == kindAspire || m.kind == kindWish) && r.words[m.first].gap&gapArticle != 0 {
		return scope // the future of work
	}
	switch m.kind {
	case kindAlum:
		if r.titleIn(m.last, 1) {
			return scope // Alumni Director
		}
		return scopePast
	case kindFormer, kindRetired:
		return scopePast
	case kindNow:
		return scopeNow
	case kindAspire:
		return scopeAspire
	case kindWish:
		return scopeWish
	case kindSlogan, kindDoing:
		if m.first == m.last && m.last+1 < len(r.words) && r.together(m.first, m.last+1) && r.words[m.last+1].kind.titled() {
			return scope // Mentoring Coordinator
		}
		if scope == scopeNow && m.kind == kindDoing {
			return scopeDoing
		}
		if scope == scopeNow || scope == scopeDoing {
			return scopeSlogan
		}
	}
	return scope
}

// dim makes the words of a segment before word i past.
func (r *headlineReader) dim(segment int16, i int) {
	for j := 0; j < i; j++ {
		if r.words[j].segment == segment {
			r.words[j].scope = scopePast
		}
	}
}

// scopeEnds reports whether a comma or an "and" before word i ends what was
// said of the past or the hoped for: a new title follows, and the past part was
// only a name (Ex-Google, Software Engineer).
func (r *headlineReader) scopeEnds(i int, scope headlineScope) bool {
	if r.words[i].gap&gapComma == 0 && scope == scopeAspire || !r.titleIn(i, 1) {
		return false
	}
	return scope == scopeAspire || !r.titleIn(i-1, -1)
}

// titleIn reports whether a title stands between word i and the end of its
// part in the given direction.
func (r *headlineReader) titleIn(i, step int) bool {
	for j := i; j >= 0 && j < len(r.words) && r.words[j].segment == r.words[i].segment; j += step {
		if r.words[j].kind.titled() {
			return true
		}
		border := j
		if step > 0 {
			border = j + 1
		}
		if border < len(r.words) && r.words[border].gap&(gapPart|gapAt) != 0 {
			return false
		}
	}
	return false
}
