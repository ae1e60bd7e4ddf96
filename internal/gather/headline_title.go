package gather

import "kith"

// headlineTitle is one title of a headline, such as "Head of Sales".
type headlineTitle struct {
	role   string
	owner  bool // role is only that of an owner or founder
	level  kith.Seniority
	flags  headlineFlags
	headed bool // there is a title word, not only a field
	first  int  // word
	last   int
}

// titles reads the titles that stand in the given scope.
func (r *headlineReader) titles(scope headlineScope) []headlineTitle {
	var out []headlineTitle
	var b titleBuilder
	flush := func() {
		if t, ok := b.build(r); ok && (t.headed || !r.studied(t)) {
			out = append(out, t)
		}
		b.matches = b.matches[:0]
	}
	for _, m := range r.matches {
		if r.words[m.first].scope != scope || r.words[m.first].named || m.kind == kindWord || m.kind == kindSkip || m.kind == kindMark || m.kind == kindDegree {
			continue
		}
		if n := len(b.matches); n > 0 && b.parted(r, b.matches[n-1], m) {
			flush()
		}
		b.matches = append(b.matches, m)
	}
	flush()
	return out
}

// studied reports whether a field without a title stands beside a degree.
func (r *headlineReader) studied(t headlineTitle) bool {
	for _, m := range r.matches {
		if m.kind == kindDegree && r.words[m.first].segment == r.words[t.first].segment {
			return true
		}
	}
	return false
}

// titleBuilder collects the matches of one title.
type titleBuilder struct {
	matches []headlineMatch
	tops    []headlineMatch // what heads gives, kept to be used again
}

// parted reports whether a new title begins between matches a and m.
func (b *titleBuilder) parted(r *headlineReader, a, m headlineMatch) bool {
	if r.words[a.first].segment != r.words[m.first].segment {
		return true
	}
	var gap headlineGap
	for i := a.last + 1; i <= m.first; i++ {
		if gap |= r.words[i].gap; i < m.first && r.words[i].named {
			gap |= gapAt
		}
	}
	switch {
	case gap&gapAt != 0:
		return true
	case gap&gapComma != 0:
		return !b.headed() || m.kind != kindDomain && m.kind != kindWeak || r.titleIn(m.first, 1)
	case gap&gapJoin != 0:
		return b.headed() && r.titleIn(m.first, 1)
	}
	return false
}

func (b *titleBuilder) headed() bool {
	for _, m := range b.matches {
		if m.kind.titled() {
			return true
		}
	}
	return false
}

// build weighs the matches of one title.
func (b *titleBuilder) build(r *headlineReader) (t headlineTitle, ok bool) {
	if len(b.matches) == 0 {
		return t, false
	}
	heads := b.heads(r)
	field := b.field(r, heads)
	t = headlineTitle{role: field.role, flags: field.flags, headed: len(heads) > 0,
		first: b.matches[0].first, last: b.matches[len(b.matches)-1].last}
	if !t.headed {
		return t, field.known || b.rank() != 0
	}
	t.role, t.owner = titleRole(heads, field)
	for _, h := range heads {
		t.flags |= h.flags
	}
	t.level = b.level(heads)
	if t.role == "" && b.vague(heads) {
		t.level = 0
	}
	return t, true
}

// vague reports whether the title words say nothing without a field: a
// professional, an expert.
func (b *titleBuilder) vague(heads []headlineMatch) bool {
	for _, h := range heads {
		if h.kind != kindHead || h.level != 0 {
			return false
		}
	}
	return b.rank() == 0
}

// titleRole chooses between the field of a title and what its words say
// themselves: an occupation stands for itself, any other word gives way to a
// full field.
func titleRole(heads []headlineMatch, field headlineEntry) (role string, owner bool) {
	last := heads[len(heads)-1]
	switch {
	case field.kind == kindWeak && last.flags&flagStudent != 0:
		return last.role, false
	case last.kind == kindJob && last.role != "":
		return last.role, false
	case field.role != "" && (field.kind != kindWeak || last.role == "" || last.kind == kindOwner):
		return field.role, last.kind == kindOwner && field.kind == kindWeak
	}
	for i := len(heads) - 1; i >= 0; i-- {
		if heads[i].role != "" {
			return heads[i].role, heads[i].kind == kindOwner
		}
	}
	return "", false
}

// heads gives the title words that count: none that something is made for
// (coach for founders), no rung that only modifies the next (partner manager).
func (b *titleBuilder) heads(r *headlineReader) []headlineMatch {
	heads := b.tops[:0]
	for _, m := range b.matches {
		if !m.kind.titled() {
			continue
		}
		if r.object(b.matches[0].first, m.first) && (len(heads) > 0 || m.leads()) {
			break
		}
		if n := len(heads); n > 0 && heads[n-1].last < m.first && r.modifies(heads[n-1], m) {
			heads = heads[:n-1]
		}
		heads = append(heads, m)
	}
	b.tops = heads
	return heads
}

// object reports whether word i stands behind a "for" or "to" of the title
// that begins at word first.
func (r *headlineReader) object(first, i int) bool {
	for first > 0 && r.words[first].gap&(gapPart|gapAt) == 0 && r.words[first-1].segment == r.words[i].segment {
		first-- // to the start of the part: "EA to CEO" begins with a word no list holds
	}
	for j := first + 1; j <= i; j++ {
		if r.words[j].gap&gapFor != 0 {
			return true
		}
	}
	return false
}

// leads reports whether a title word stands for leading or owning.
func (m headlineMatch) leads() bool { return m.kind == kindOwner || m.level == kith.ExecutiveLevel }

// modifies reports whether title word a only says of what kind m is.
func (r *headlineReader) modifies(a, m headlineMatch) bool {
	for i := a.last + 1; i <= m.first; i++ {
		if r.words[i].gap&(gapJoin|gapComma|gapOf) != 0 {
			return false
		}
	}
	if a.leads() {
		return m.kind != kindOwner && m.level != kith.ExecutiveLevel
	}
	return a.flags&flagStudent != 0 && (m.kind == kindHead && m.level != kith.EntryLevel || m.level >= kith.ManagerLevel)
}

// field finds the field of work: the nearest before the last title word, a
// full field before a weak one, else the first after it.
func (b *titleBuilder) field(r *headlineReader, heads []headlineMatch) headlineEntry {
	if len(heads) == 0 {
		return b.onlyField(r)
	}
	last := heads[len(heads)-1]
	at := 0
	for i, m := range b.matches {
		if m.first == last.first {
			at = i
		}
	}
	before := b.nearest(at-1, -1, -1)
	if before.known && before.kind != kindWeak {
		return before
	}
	if last.kind == kindOwner && (last.role != "" || last.level == 0) {
		return before
	}
	if after := b.nearest(at+1, len(b.matches), 1); after.known && (!before.known || after.kind != kindWeak) {
		return after
	}
	return before
}

// onlyField finds the field of a text without a title word: the first full one,
// or what directly follows it ("risk analytics" is analytics).
func (b *titleBuilder) onlyField(r *headlineReader) headlineEntry {
	for i, m := range b.matches {
		if m.kind != kindDomain {
			continue
		}
		if i+1 < len(b.matches) {
			if next := b.matches[i+1]; next.kind == kindDomain && next.first == m.last+1 && r.words[next.first].gap == 0 {
				return next.headlineEntry
			}
		}
		return m.headlineEntry
	}
	return headlineEntry{}
}

// nearest looks from match i towards end for a field; an occupation before a
// title word is a field too (nurse manager).
func (b *titleBuilder) nearest(i, end, step int) (weak headlineEntry) {
	for ; i != end; i += step {
		switch m := b.matches[i]; {
		case m.kind == kindDomain, step < 0 && m.kind == kindJob && m.role != "" && m.level != kith.ExecutiveLevel:
			return m.headlineEntry
		case m.kind == kindWeak && !weak.known, step < 0 && m.kind == kindSoft && m.role != "" && !weak.known:
			weak = m.headlineEntry
			weak.kind = kindWeak
		}
	}
	return weak
}

// rank gives the rung that words beside the title set, 0 if none.
func (b *titleBuilder) rank() kith.Seniority {
	var level kith.Seniority
	for _, m := range b.matches {
		if m.kind != kindRank {
			continue
		}
		if m.level == kith.EntryLevel {
			return m.level
		}
		level = max(level, m.level)
	}
	return level
}

// level gives the rung of a title: the highest of its words, but a beginner's
// word beats all below an executive.
func (b *titleBuilder) level(heads []headlineMatch) kith.Seniority {
	var top, low kith.Seniority
	var flags headlineFlags
	board := true
	for _, h := range heads {
		level := h.level
		if level == 0 && h.flags&flagNonProfit == 0 {
			level = kith.MidLevel
		}
		if level == kith.StudentLevel || level == kith.EntryLevel {
			low = max(low, level)
		}
		top = max(top, level)
		flags |= h.flags
		board = board && h.flags&flagNonProfit != 0 && h.level == 0
	}
	for _, m := range b.matches {
		flags |= m.flags & flagChief
	}
	rank := b.rank()
	switch {
	case board:
		return 0
	case flags&flagChief != 0 && flags&flagOfficer != 0:
		return kith.ExecutiveLevel
	case low == kith.StudentLevel || low == kith.EntryLevel && top < kith.ExecutiveLevel:
		return low
	case rank == kith.EntryLevel && top < kith.ExecutiveLevel:
		return rank
	case rank == kith.SeniorLevel:
		return max(top, rank)
	}
	return top
}
