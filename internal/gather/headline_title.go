package gather

import "kith"

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
	if start.known && r.words[i].caps && (start.kind == kindSlogan || start.kind == kindWish || start.kind == kindWord) {
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
		case field.known && (end.kind == kindSoft || end.kind == kindHead):
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
		stem, ok := begin, true
		if joint != "" {
			stem, ok = cutEnd(begin, joint)
		}
		if e := lex[stem]; ok && e.known && (e.kind == kindDomain || e.kind == kindWeak) {
			return e
		}
	}
	return headlineEntry{}
}

func cutEnd(s, end string) (string, bool) {
	if len(s) <= len(end)+2 || s[len(s)-len(end):] != end {
		return s, false
	}
	return s[:len(s)-len(end)], true
}

// light gives each word its scope: former, aspiring and slogan words colour what follows
// them until the segment ends.
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
			if m.kind == kindAlum || m.kind == kindRetired {
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
	case kindFormer, kindAlum, kindRetired:
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
		gap |= r.words[i].gap
		gap |= boolGap(i < m.first && r.words[i].named, gapAt)
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

func boolGap(on bool, gap headlineGap) headlineGap {
	if on {
		return gap
	}
	return 0
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
	field := b.field(heads)
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
	return t, true
}

// titleRole chooses between the field of a title and what its words say
// themselves: an occupation stands for itself, any other word gives way to a
// full field.
func titleRole(heads []headlineMatch, field headlineEntry) (role string, owner bool) {
	last := heads[len(heads)-1]
	switch {
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
	for i, m := range b.matches {
		if !m.kind.titled() {
			continue
		}
		if r.object(b.matches[0].first, m.first) && len(heads) > 0 {
			break
		}
		if n := len(heads); n > 0 && heads[n-1].last < m.first && b.modifies(r, heads[n-1], b.matches[i]) {
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
	for j := first + 1; j <= i; j++ {
		if r.words[j].gap&gapFor != 0 {
			return true
		}
	}
	return false
}

// modifies reports whether title word a only says of what kind m is.
func (b *titleBuilder) modifies(r *headlineReader, a, m headlineMatch) bool {
	for i := a.last + 1; i <= m.first; i++ {
		if r.words[i].gap&(gapJoin|gapComma|gapOf) != 0 {
			return false
		}
	}
	leads := a.kind == kindOwner || a.level == kith.ExecutiveLevel
	if leads && a.kind != kindSoft {
		return m.kind != kindOwner && m.level != kith.ExecutiveLevel
	}
	return a.flags&flagStudent != 0 && (m.kind == kindHead && m.level != kith.EntryLevel || m.level >= kith.ManagerLevel)
}

// field finds the field of work: the nearest before the last title word, a
// full field before a weak one, else the first after it.
func (b *titleBuilder) field(heads []headlineMatch) headlineEntry {
	if len(heads) == 0 {
		return b.nearest(0, len(b.matches), 1)
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
