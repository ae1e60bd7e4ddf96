package gather

import (
	"strings"

	"kith"
)

// maxNameWords bounds the words of an organisation's name in a headline.
const maxNameWords = 10

// headlineName is an organisation found in a headline: words first to last.
type headlineName struct{ first, last int }

// employers marks the names that follow "at", "@", "bei" or "chez" and gives
// the first one said of the present.
func (r *headlineReader) employers() (headlineName, bool) {
	var found headlineName
	ok := false
	for i := 0; i < len(r.words); i++ {
		if !r.opensName(i) {
			continue
		}
		name := r.name(i)
		for j := name.first; j <= name.last; j++ {
			r.words[j].named = true
		}
		if s := r.words[i].scope; !ok && (s == scopeNow || s == scopeDoing) && r.wholeName(name) {
			found, ok = name, true
		}
		i = name.last
	}
	return found, ok
}

// opensName reports whether an organisation's name begins at word i.
func (r *headlineReader) opensName(i int) bool {
	w := r.words[i]
	switch {
	case w.gap&gapAny != 0 && w.gap&gapIn == 0: // at a start-up
		return false
	case w.gap&gapAt != 0:
		return (w.capital || r.words[i].kind == numHeadlineKinds || r.listed(r.name(i))) && !headlineNoName(r.word(i, i))
	case i == 0:
		return false
	case w.gap&gapIn != 0:
		return r.afterTitle(i) && (w.capital && r.strange(i) && !r.isPlace(i) || r.kindOfHouse(i) || r.listedPlace(i))
	case w.gap&(gapWith|gapFor) != 0:
		return w.capital && r.afterTitle(i) && (r.words[i].kind == numHeadlineKinds && r.listed(r.name(i)) ||
			w.gap&gapWith != 0 && w.gap&gapArticle != 0 && r.nameEnd(i) > i)
	case w.gap&gapOf != 0:
		return r.kindOfHouse(i) && r.afterTitle(i) ||
			w.capital && r.ownerBefore(i) && (r.words[i].kind != kindDomain && !r.words[i].kind.titled() && r.words[i].kind != kindSkip || r.legal(r.name(i)))
	}
	return false
}

// listedPlace reports whether a listed name of several words begins with a
// place at word i: Paris Dauphine.
func (r *headlineReader) listedPlace(i int) bool {
	n := r.name(i)
	return n.last > n.first && r.words[i].capital && r.place(i, i) && r.listed(n)
}

// name gives the name that begins at word i.
func (r *headlineReader) name(i int) headlineName { return headlineName{i, r.nameEnd(i)} }

// kindOfHouse reports whether word i says what kind of organisation the
// capital words behind it name: "université de Lille", "groupe Lumen".
func (r *headlineReader) kindOfHouse(i int) bool {
	if !organisations().sets["institution"][r.word(i, i)] || i+1 >= len(r.words) || r.words[i+1].segment != r.words[i].segment {
		return false
	}
	next := r.words[i+1]
	return next.capital && next.gap&(gapPart|gapJoin|gapAt|gapIn|gapFor|gapWith) == 0 && (r.words[i].capital || !r.words[i+1].kind.titled())
}

// headlineNoName tells what follows "at" without being a name: at heart.
func headlineNoName(w string) bool {
	switch w {
	case "heart", "scale", "large", "home", "night", "work", "your", "intersection", "crossroads", "risk", "speed", "sea", "all", "its",
		"least", "most", "present", "once", "uns", "mir", "own", "stealth", "startups", "moi", "various", "multiple":
		return true
	}
	return false
}

// strange reports whether word i begins no phrase a list holds, stands behind
// a capital article (El País), or begins an institution (Universidad).
func (r *headlineReader) strange(i int) bool {
	if next := i + 1; next < len(r.words) && r.words[next].article && r.words[next].gap == gapArticle && r.together(i, next) {
		return true // Minera Los Andes
	}
	if r.words[i].article || r.kindOfHouse(i) {
		return true
	}
	k := r.words[i].kind
	return k == numHeadlineKinds || k == kindWord && !r.isPlace(i) && r.nameEnd(i) > i ||
		(k == kindDomain || k == kindWord) && r.jobBefore(i) && r.listed(r.name(i))
}

// jobBefore reports whether an occupation stands before word i, so that a
// listed name is an employer's and no skill's.
func (r *headlineReader) jobBefore(i int) bool {
	for j := i - 1; j >= 0 && r.words[j].segment == r.words[i].segment; j-- {
		if r.words[j].kind == kindJob {
			return true
		}
	}
	return false
}

// afterTitle reports whether a title or a field stands before word i in its
// part.
func (r *headlineReader) afterTitle(i int) bool {
	for j := i - 1; j >= 0 && r.words[j].segment == r.words[i].segment; j-- {
		if k := r.words[j].kind; k.titled() || k == kindDomain {
			return true
		}
		if r.words[j].gap&(gapComma|gapAt) != 0 {
			return false
		}
	}
	return false
}

// ownerBefore reports whether the word before i ends a title whose "of" names
// an organisation: founder of, CEO of, Geschäftsführer der.
func (r *headlineReader) ownerBefore(i int) bool {
	for _, m := range r.matches {
		if m.last == i-1 {
			return m.kind == kindOwner && m.level == kith.ExecutiveLevel || m.flags&flagNonProfit != 0 || m.kind == kindJob && m.level == kith.ExecutiveLevel && m.role == "general-management"
		}
	}
	return false
}

// isPlace reports whether a place begins at word i, and no name that begins
// with one (London Business School, Sevilla FC).
func (r *headlineReader) isPlace(i int) bool {
	if n := (headlineName{i, min(i+2, len(r.words)-1)}); r.place(i, i) && r.together(n.first, n.last) {
		for j := i + 1; j <= n.last && r.words[j].capital && r.words[j].gap == 0; j++ {
			if w := r.word(j, j); organisations().sets["institution"][w] || organisations().sets["firm"][w] {
				return false
			}
		}
	}
	return r.place(i, i) || i+1 < len(r.words) && r.words[i+1].segment == r.words[i].segment && r.place(i, i+1)
}

func (r *headlineReader) place(i, j int) bool {
	folded, t := r.word(i, j), places()
	return t.country[folded] != "" || t.place[folded] != "" || t.unsure[folded]
}

// nameEnd gives the last word of the name that begins at word i.
func (r *headlineReader) nameEnd(i int) int {
	end := i
	for j := i + 1; j < len(r.words) && j-i < maxNameWords; j++ {
		if r.words[j].segment != r.words[i].segment || !r.continues(i, j) {
			break
		}
		end = j
	}
	for j := end + 1; j < len(r.words) && j <= end+2 && r.together(i, j); j++ {
		if r.listed(headlineName{i, j}) {
			return j // Assemblée nationale
		}
	}
	return end
}

// continues reports whether word j goes on with the name that begins at i.
func (r *headlineReader) continues(i, j int) bool {
	w := r.words[j]
	kind := r.words[j].kind
	switch {
	case w.gap&(gapStrong|gapAt) != 0:
		return false
	case kind == kindFormer || kind == kindNow || kind == kindAlum || kind == kindMark && w.gap&gapHyphen == 0:
		return false
	case w.gap&gapComma != 0:
		return organisations().sets["legal"][r.word(j, j)]
	case w.gap&gapJoin != 0:
		return w.capital && !kind.titled() && kind != kindRank || r.words[i].capital && w.capital && kind.titled() && !r.titleIn(j, 1)
	case w.gap&(gapIn|gapFor|gapWith) != 0:
		return w.capital && !r.isPlace(j) && !kind.titled()
	case w.capital:
		return true
	case !r.words[i].capital:
		return kind != kindSlogan && kind != kindWish && !kind.titled()
	}
	return (kind == numHeadlineKinds || kind == kindDomain) && !headlineNameStops(r.word(j, j))
}

// headlineNameStops tells small-letter words that never go on with a name.
func headlineNameStops(w string) bool {
	switch w {
	case "where", "who", "that", "which", "since", "while", "by", "on", "we", "i", "as", "from", "based", "via", "until", "but", "not",
		"leading", "working", "developing", "designing", "managing", "specialising", "specializing", "covering", "responsible",
		"wo", "als", "seit", "aus", "wir", "ich", "auf", "und", "ou", "où", "qui", "depuis", "comme", "sur", "desde", "donde", "que", "como":
		return true
	}
	return false
}

// wholeName reports whether a name can be trusted: not broken off by "…",
// unless a list holds it as it stands, and no mere kind of organisation.
func (r *headlineReader) wholeName(n headlineName) bool {
	if n.first == n.last && !r.words[n.first].caps && organisations().sets["institution"][r.word(n.first, n.first)] {
		return false // in the ministry
	}
	if last := r.word(n.last, n.last); n.last > n.first && (last == "committee" || last == "board" || last == "ausschuss" || last == "comite") {
		return false
	}
	if !r.touched || n.last < len(r.words)-1 {
		return !organisations().never(r.word(n.first, n.last))
	}
	return r.listed(n)
}

// listed reports whether the lists of organisations hold a name.
func (r *headlineReader) listed(n headlineName) bool {
	_, known := organisations().find(foldText(r.text(n)))
	return known
}

// text gives a name as written.
func (r *headlineReader) text(n headlineName) string {
	s := r.written[r.words[n.first].start:r.words[n.last].end]
	if end := int(r.words[n.last].end); end < len(r.written) && r.written[end] == '.' && strings.ContainsRune(s, '.') {
		s += "." // e.V.
	}
	return s
}

// markHouses marks the parts of a headline that read as an organisation by
// themselves, so that no title is read in them.
func (r *headlineReader) markHouses() {
	for _, p := range r.parts() {
		if !r.hasTitle(p) && r.institution(p) {
			for i := p.first; i <= p.last; i++ {
				r.words[i].named = true
			}
			r.houses = append(r.houses, p)
		}
	}
}

// besides looks for an organisation no small word announces: behind a title
// ("CEO, Acme Robotics", "Architect | Northwind GmbH") or standing alone with
// the marks of one.
func (r *headlineReader) besides(titles []headlineTitle) (headlineName, bool) {
	for _, p := range r.houses {
		if r.words[p.first].scope == scopeNow && r.wholeName(p) && !r.almaMater(p, titles) {
			return p, true
		}
	}
	parts := r.parts()
	for i, p := range parts {
		if w := r.words[p.first]; r.words[p.first].scope != scopeNow || !w.capital || w.aside && !r.legal(p) {
			continue
		}
		if r.hasTitle(p) {
			if n, ok := r.behindTitle(p, titles); ok {
				return n, true
			}
			continue
		}
		if (r.listed(p) && !r.common(p) && !r.almaMater(p, titles) || i > 0 && r.titledSegment(parts[i-1]) && r.proper(p)) && r.wholeName(p) {
			return p, true
		}
	}
	return headlineName{}, false
}

// almaMater reports whether a part is a school that stands by itself in the
// headline of somebody who neither teaches nor studies: where they once were.
func (r *headlineReader) almaMater(p headlineName, titles []headlineTitle) bool {
	if r.words[p.first].gap&(gapComma|gapDash) != 0 || !organisations().school(foldText(r.text(p))) {
		return false
	}
	for _, t := range titles {
		if t.role == "education" || t.role == "research" || t.flags&flagStudent != 0 {
			return false
		}
	}
	return !strings.Contains(r.folded, "research") && !strings.Contains(r.folded, "scien")
}

// titledSegment reports whether a title of the present stands in the segment of
// a part.
func (r *headlineReader) titledSegment(p headlineName) bool {
	for i := p.last; i >= 0 && r.words[i].segment == r.words[p.last].segment; i-- {
		if r.words[i].kind.titled() && r.words[i].scope == scopeNow {
			return true
		}
	}
	return false
}

// parts gives the runs of words between commas and strong gaps.
func (r *headlineReader) parts() []headlineName {
	parts := make([]headlineName, 0, 8)
	for i, w := range r.words {
		if r.words[i].named {
			continue
		}
		n := len(parts)
		legal := n > 0 && w.gap&gapComma != 0 && organisations().sets["legal"][r.word(i, i)]
		if n == 0 || parts[n-1].last != i-1 || r.words[i-1].segment != w.segment || w.gap&gapPart != 0 && !legal {
			parts = append(parts, headlineName{i, i})
			continue
		}
		parts[n-1].last = i
	}
	return parts
}

func (r *headlineReader) hasTitle(p headlineName) bool {
	for i := p.first; i <= p.last; i++ {
		if r.words[i].kind.titled() {
			return true
		}
	}
	return false
}

// behindTitle finds a name in the same part as its title: "Geschäftsführer
// Müller Bau GmbH", "CEO Acme".
func (r *headlineReader) behindTitle(p headlineName, titles []headlineTitle) (headlineName, bool) {
	start := -1
	for i := p.first; i <= p.last; i++ {
		if r.words[i].kind.titled() {
			start = i + 1
		}
	}
	n := headlineName{start, p.last}
	if start > p.last || !r.words[start].capital || r.words[start].gap&(gapIn|gapFor|gapWith) != 0 {
		return n, false
	}
	exec := false
	for _, t := range titles {
		exec = exec || t.first < start && t.last >= p.first && t.level == kith.ExecutiveLevel
	}
	for i := start; i <= n.last; i++ {
		if k := r.words[i].kind; i > start && r.words[i].gap&gapJoin != 0 && k != numHeadlineKinds {
			return n, false
		}
	}
	known := r.words[start].kind != kindDomain && r.listed(n)
	if !r.legal(n) && !known && !(r.institution(n) && r.kindOfHouse(start)) && !(exec && r.proper(n)) {
		return n, false
	}
	return n, r.wholeName(n)
}

// legal reports whether a name ends in a legal form.
func (r *headlineReader) legal(n headlineName) bool {
	form := r.word(n.last, n.last)
	if form == "co" && !strings.Contains(r.text(n), "& ") {
		return false // SAP FI/CO
	}
	return n.last > n.first && len(form) > 1 && organisations().sets["legal"][form]
}

// institution reports whether a part of several words reads as an organisation
// by itself: a listed name, a legal form at its end, or a word such as "university" among capital words of
// which one is no common word.
func (r *headlineReader) institution(p headlineName) bool {
	if p.last == p.first {
		return false
	}
	if r.legal(p) || r.words[p.first].capital && r.words[p.last].capital && r.listed(p) {
		return true
	}
	found, own := false, false
	for i := p.first; i <= p.last; i++ {
		if k := r.words[i].kind; !r.words[i].capital || k.titled() || k == kindSlogan || k == kindRank || k == kindSkip || k == kindDegree {
			return false
		}
		is := organisations().sets["institution"][r.word(i, i)]
		found = found || is
		found = found || i == p.first && nonProfitAt(r.word(p.first, p.last))
		own = own || !is && (r.words[i].kind == numHeadlineKinds || r.place(i, i))
	}
	return found && own
}

// common reports whether every word of a part is one of the lists: skills,
// fields and places, no name.
func (r *headlineReader) common(p headlineName) bool {
	for i := p.first; i <= p.last; i++ {
		if r.words[i].kind == numHeadlineKinds && !r.place(i, i) {
			return false
		}
	}
	return true
}

// proper reports whether a part can only be a name: capital words no list
// holds, and no place; the last may be one that firms' names end in.
func (r *headlineReader) proper(p headlineName) bool {
	if p.last-p.first > 3 || r.place(p.first, p.last) || Country(r.text(p)) != "" {
		return false
	}
	near := r.words[p.first].gap&(gapComma|gapDash) != 0 // behind a bar stand skills as often as names
	firm := p.last > p.first && organisations().sets["firm"][r.word(p.last, p.last)]
	for i := p.first; i <= p.last; i++ {
		w, folded := r.words[i], r.word(i, i)
		switch {
		case firm && i == p.last:
		case !w.capital, w.caps && w.to-w.from < 6, w.gap&(gapIn|gapFor|gapWith) != 0, r.words[i].kind != numHeadlineKinds,
			strings.ContainsAny(folded, "0123456789"), w.to-w.from < 3, abstractWord(folded), !near && commonWord(folded):
			return false
		}
	}
	return true
}

// commonWord reports whether a folded word is a common English one.
func commonWord(folded string) bool {
	return hasLine(commonEnglish, folded) || titleLexicon()[strings.TrimSuffix(folded, "s")].known
}

// abstractWord reports whether a folded word has the ending of an abstract noun
// or an adjective and so is no name.
func abstractWord(folded string) bool {
	for _, ending := range abstractEndings {
		if len(folded) > len(ending)+3 && strings.HasSuffix(folded, ending) {
			return true
		}
	}
	return false
}

var abstractEndings = []string{
	"ing", "tion", "sion", "ment", "ments", "ness", "ity", "ities", "ship", "ics", "logy", "nomy", "graphy", "ance", "ence", "ism", "ist", "ists", "ers",
	"able", "ive", "ful", "less", "ised", "ized", "ung", "ungen", "heit", "keit", "schaft", "tat", "ismus", "technik", "wesen", "recht", "kunde", "lehre",
	"wirtschaft", "cion", "ciones", "dad", "miento", "ismo", "encia", "ancia", "logia", "nomia", "ite", "eur", "euse", "trice", "ado", "ada", "ico", "ica",
}
