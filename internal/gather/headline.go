package gather

import (
	"strings"

	"kith"
)

// Headline is what the line under a name says. What it leaves open stays
// empty: unsure is unknown.
type Headline struct {
	// Role is the role family: engineering, data, product, design, marketing,
	// sales, people, finance, legal, health, education, research, operations,
	// consulting, general-management, media, public, hospitality-retail,
	// trades, coaching; empty if unknown.
	Role string
	// Seniority is the rung; 0 if unknown. A title without a rung is
	// kith.MidLevel.
	Seniority kith.Seniority
	// Organisation is the current employer or school as written, empty if
	// none is named. A former one, or one broken off by "…", never is.
	Organisation string
	// Recruiter is set for people who recruit or say that they are hiring.
	Recruiter bool
	// SellsProgrammes is set for sellers of coaching, diets, exercise, quick
	// money or leads (R75); a coach employed as such is not one.
	SellsProgrammes bool
	// Student is set for people who study, also beside or for a job.
	Student bool
	// Founder is set for people who founded or own the organisation.
	Founder bool
	// NonProfit is set for people who work for a non-profit organisation or
	// hold a seat on a board.
	NonProfit bool
	// Known is set when anything at all was recognised.
	Known bool
}

// ReadHeadline reads a headline in English, German, French or Spanish, all at
// once, so that nothing depends on guessing the language. It takes emoji,
// bars, "@", "ex-", gendered spellings and a cut ("…") as they come, and reads
// at most the first 900 bytes. What is said of the past or only hoped for does
// not count.
func ReadHeadline(s string) Headline {
	r := headlineReader{headlineText: scanHeadline(s)}
	if len(r.words) == 0 {
		return Headline{}
	}
	r.find(titleLexicon())
	r.light()
	name, named := r.employers()
	r.markHouses()
	titles := r.titles(scopeNow)
	if !named {
		name, named = r.besides(titles)
	}
	var h Headline
	if named {
		h.Organisation = r.text(name)
	}
	h.Role, h.Seniority = r.main(titles)
	flags := r.flags(titles, h.Role)
	if h.Seniority == 0 && r.schoolYear(titles, h.Organisation) {
		flags |= flagStudent
	}
	if flags&flagStudent != 0 && h.Seniority < kith.MidLevel {
		h.Seniority = kith.StudentLevel
	}
	if h.Seniority <= kith.StudentLevel {
		hoped, entry := r.hoped()
		h.Role = firstOf(h.Role, hoped)
		if h.Seniority == 0 {
			h.Seniority = entry
		}
	}
	h.Recruiter = flags&flagRecruiter != 0
	h.Student = flags&flagStudent != 0
	h.Founder = flags&flagFounder != 0
	h.NonProfit = flags&flagNonProfit != 0 || named && nonProfitName(r.word(name.first, name.last))
	h.SellsProgrammes = flags&flagProgrammes != 0 || r.sellsProgrammes(programmes())
	if h.SellsProgrammes && h.Seniority == 0 {
		h.Role = "" // "financial freedom" is no work in finance
	}
	h.Known = h != (Headline{})
	return h
}

// main gives the role and the rung: those of the first title that names any,
// but a founder's or chief executive's rung wherever it stands.
func (r *headlineReader) main(titles []headlineTitle) (role string, level kith.Seniority) {
	owner, field := "", ""
	for _, t := range titles {
		switch {
		case t.role == "":
		case !t.headed:
			field = firstOf(field, t.role)
		case t.owner:
			owner = firstOf(owner, t.role)
		default:
			role = firstOf(role, t.role)
		}
		if t.headed && (level == 0 || t.level == kith.ExecutiveLevel) {
			level = t.level
		}
	}
	if role == "" && (owner == "" || len(titles) > 0 && !titles[0].headed) {
		role = field
	}
	if role == "" {
		role = owner
	}
	if level == 0 {
		level = r.quietLevel(titles, field)
	}
	return role, level
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// quietLevel gives the rung where no title word does: "Marketing at Acme".
func (r *headlineReader) quietLevel(titles []headlineTitle, field string) kith.Seniority {
	for _, t := range titles {
		if t.headed {
			return 0
		}
		if next := t.last + 1; field != "" && next < len(r.words) && r.words[next].named && r.words[next].gap&(gapAt|gapIn) != 0 {
			return max(kith.MidLevel, (&titleBuilder{matches: r.between(t.first, t.last)}).rank())
		}
	}
	return 0
}

// between gives the matches among words first to last.
func (r *headlineReader) between(first, last int) []headlineMatch {
	var out []headlineMatch
	for _, m := range r.matches {
		if m.first >= first && m.last <= last {
			out = append(out, m)
		}
	}
	return out
}

// hoped reads an aspiring title where there is no other: its field, and the
// beginner's rung unless somebody hopes to lead.
func (r *headlineReader) hoped() (role string, level kith.Seniority) {
	for _, t := range r.titles(scopeAspire) {
		if role == "" && !t.owner {
			role = t.role
		}
		if t.headed && t.level > 0 && t.level <= kith.ManagerLevel {
			level = kith.EntryLevel
		}
	}
	return role, level
}

// schoolYear reports whether a headline only gives a year of study: "Junior at
// Ohio State University".
func (r *headlineReader) schoolYear(titles []headlineTitle, organisation string) bool {
	if len(titles) == 0 || organisation == "" || !organisations().university(foldText(organisation)) {
		return false
	}
	for _, m := range r.between(titles[0].first, titles[0].last) {
		if m.kind != kindRank || r.word(m.first, m.last) != "senior" && r.word(m.first, m.last) != "junior" {
			return false
		}
	}
	return true
}

// flags collects what titles and marks say of the person. In a cut headline a
// word does not count if what was cut off could have changed its meaning.
func (r *headlineReader) flags(titles []headlineTitle, role string) headlineFlags {
	var flags headlineFlags
	for _, t := range titles {
		if (t.headed || role == t.role) && !r.open(t.last) {
			flags |= t.flags
		}
	}
	for _, m := range r.matches {
		if m.kind != kindMark || r.open(m.last) {
			continue
		}
		if s := r.words[m.first].scope; s == scopeNow && !r.words[m.first].named || s == scopeSlogan && m.flags == flagRecruiter {
			flags |= m.flags
		}
	}
	return flags
}

// open reports whether nothing parts word i from the place where the headline
// was cut.
func (r *headlineReader) open(i int) bool {
	if !r.cut {
		return false
	}
	for j := i + 1; j < len(r.words); j++ {
		if r.words[j].segment != r.words[i].segment || r.words[j].gap&(gapPart|gapJoin|gapAt) != 0 {
			return false
		}
	}
	return true
}

// nonProfitName reports whether an organisation's folded name says that it is
// a non-profit.
func nonProfitName(folded string) bool {
	for i := 0; i < len(folded); i++ {
		if (i == 0 || folded[i-1] == ' ') && nonProfitAt(folded[i:]) {
			return true
		}
	}
	for word := range strings.SplitSeq(folded, " ") {
		if strings.HasSuffix(word, "verein") || strings.HasSuffix(word, "stiftung") { // Sportverein, Bürgerstiftung
			return true
		}
	}
	return false
}

// nonProfitAt reports whether a folded text begins with a word of non-profits.
func nonProfitAt(folded string) bool {
	t := organisations()
	set, left := t.sets["nonprofit"], t.longest["nonprofit"]
	for end := 0; end < len(folded) && left > 0; end++ {
		if folded[end] == ' ' {
			if set[folded[:end]] {
				return true
			}
			left--
		}
	}
	return set[folded]
}
