package gather

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kith"
	"kith/note"
)

// ReadProfile fills the conclusions about a person that their raw facts allow:
// role and rung, employer, the kinds the rules need, country, how much and of
// what the profile speaks, and how it is written. What is known already stays,
// and what the facts do not show stays unknown: nobody's profile is thin
// because nobody has looked at it.
func ReadProfile(p *kith.PersonFacts) {
	readTitles(p)
	if code := Country(p.Location.Val); p.Location.Is() && code != "" {
		p.Country.Or(kith.Observed(code, p.Location.Source, p.Location.At))
	}
	text := profileTextOf(p)
	p.Completeness.Or(completeness(p))
	p.Focus.Or(text.focus(p))
	p.Misspellings.Or(text.misspellings())
	p.OddFormatting.Or(oddFormatting(p))
	p.ScamPhrases.Or(scamPhrases(p))
	p.Tidy.Or(tidy(p, text))
}

// readTitles fills what headline and current positions say. The headline is
// how people describe themselves and comes first; a position is better
// evidence for the employer.
func readTitles(p *kith.PersonFacts) {
	var h, job Headline
	if p.Headline.Is() {
		h = ReadHeadline(p.Headline.Val)
	}
	pos, working := currentPosition(p)
	if working {
		job = ReadHeadline(pos.Title)
		job.Organisation = cleanLine(pos.Organisation)
		job.NonProfit = job.NonProfit || nonProfitName(foldText(job.Organisation))
	}
	at := p.Headline.At
	fill(&p.Role, h.Role, kith.FromHeadline, at)
	fill(&p.Seniority, h.Seniority, kith.FromHeadline, at)
	if OrganisationKey(job.Organisation) != "" {
		fill(&p.Organisation, job.Organisation, p.Positions.Source, p.Positions.At)
	}
	fill(&p.Organisation, h.Organisation, kith.FromHeadline, at)
	fill(&p.Role, job.Role, p.Positions.Source, p.Positions.At)
	fill(&p.Seniority, job.Seniority, p.Positions.Source, p.Positions.At)
	titled := h.Role != "" || h.Seniority != 0
	for _, k := range []struct {
		fact            *kith.Opt[bool]
		headline, title bool
		sure            bool // that no sign of it means that it is not there
	}{
		{&p.Recruiter, h.Recruiter, job.Recruiter, titled},
		{&p.SellsProgrammes, h.SellsProgrammes, job.SellsProgrammes, titled},
		{&p.Founder, h.Founder, job.Founder, titled},
		{&p.Student, h.Student, job.Student || stillStudying(p), titled},
		{&p.NonProfit, h.NonProfit, job.NonProfit || volunteers(p), p.Positions.Known() && p.Volunteering.Known()},
	} {
		switch {
		case k.headline:
			k.fact.Or(kith.Observed(true, kith.FromHeadline, at))
		case k.title:
			k.fact.Or(kith.Observed(true, p.Positions.Source, p.Positions.At))
		case k.sure:
			k.fact.Or(kith.Observed(false, kith.FromHeadline, at))
		}
	}
}

// fill fills a fact from a value that says something.
func fill[T comparable](fact *kith.Opt[T], v T, src kith.Source, at time.Time) {
	if o := kith.Observed(v, src, at); o.Is() {
		fact.Or(o)
	}
}

// stillStudying reports whether a school's end lies after the day the profile
// was read.
func stillStudying(p *kith.PersonFacts) bool {
	if p.Education.At.IsZero() {
		return false
	}
	month := p.Education.At.Format("2006-01")
	for _, e := range p.Education.Val {
		if strings.HasPrefix(e.To, "2") && e.To > month[:min(len(e.To), len(month))] {
			return true
		}
	}
	return false
}

// volunteers reports whether an organisation somebody volunteers for is a
// non-profit by name.
func volunteers(p *kith.PersonFacts) bool {
	for _, v := range p.Volunteering.Val {
		if nonProfitName(foldText(v)) {
			return true
		}
	}
	return false
}

// minText is how many letters a summary or a description needs to say
// something.
const minText = 30

// completeness weighs how much a profile says: summary, positions, their
// descriptions, education and skills. It is unknown where fewer than three of
// them were looked at; a headline never counts.
func completeness(p *kith.PersonFacts) kith.Opt[kith.Depth] {
	described := kith.Opt[bool]{}
	if p.Positions.Is() {
		described = kith.Observed(len(descriptions(p)) >= minText, p.Positions.Source, p.Positions.At)
	}
	summary := p.Summary.Is() && utf8.RuneCountInString(p.Summary.Val) >= minText
	looked, there := 0, 0
	for _, part := range []struct{ known, present bool }{
		{p.Summary.Known(), summary},
		{p.Positions.Known(), p.Positions.Is()},
		{described.Known(), described.Is()},
		{p.Education.Known(), p.Education.Is()},
		{p.Skills.Known(), p.Skills.Is()},
	} {
		if part.known {
			looked++
		}
		if part.present {
			there++
		}
	}
	depth := kith.Ordinary
	switch {
	case looked < 3:
		return kith.Opt[kith.Depth]{}
	case p.Positions.Is() && p.Education.Is() && (summary || described.Is()):
		depth = kith.Complete
	case there <= 1 && !(p.Student.Is() && p.Education.Is()): // a new graduate's profile is short
		depth = kith.Thin
	}
	src, at := bodySource(p)
	return kith.Observed(depth, src, at)
}

// bodySource says where the body of a profile came from.
func bodySource(p *kith.PersonFacts) (kith.Source, time.Time) {
	switch {
	case p.Positions.Known():
		return p.Positions.Source, p.Positions.At
	case p.Summary.Known():
		return p.Summary.Source, p.Summary.At
	}
	return p.Education.Source, p.Education.At
}

// descriptions joins what a profile says of its positions.
func descriptions(p *kith.PersonFacts) string {
	var parts []string
	for _, pos := range p.Positions.Val {
		if pos.Description != "" {
			parts = append(parts, pos.Description)
		}
	}
	return strings.Join(parts, "\n")
}

// tidy reports whether a profile shows a photo and accomplishments and is
// written with care (R19, R51, R52). What the photo shows does not count.
func tidy(p *kith.PersonFacts, text *profileText) kith.Opt[bool] {
	if !p.Photo.Known() {
		return kith.Opt[bool]{}
	}
	photo := p.Photo.Val == kith.PhotoPresent || p.Photo.Val == kith.PhotoProfessional
	careless := p.OddFormatting.Is() || p.Misspellings.Is() && p.Misspellings.Val == kith.Many
	if photo && !careless && len(text.words) == 0 && !p.Summary.IsNot() {
		return kith.Opt[bool]{} // nobody has seen what it says
	}
	return kith.Observed(photo && !careless && text.achieves(), p.Photo.Source, p.Photo.At)
}

// scamPhrases counts the groups of scam phrases in summary and headline. The
// headline alone can show some, but not that there are none.
func scamPhrases(p *kith.PersonFacts) kith.Opt[int] {
	groups := map[string]bool{}
	for _, text := range []string{p.Summary.Val, p.Headline.Val} {
		for _, g := range note.ScamGroups(text) {
			groups[g] = true
		}
	}
	switch {
	case p.Summary.Known():
		return kith.Observed(len(groups), p.Summary.Source, p.Summary.At)
	case len(groups) > 0:
		return kith.Observed(len(groups), kith.FromHeadline, p.Headline.At)
	}
	return kith.Opt[int]{}
}

// Bounds of odd formatting (R72), set so that a bullet list with emoji and one
// capital heading stay ordinary.
const (
	shoutLetters = 60  // a text must have so many letters to be called shouting
	shoutShare   = 0.6 // share of capitals among them
	oddSigns     = 3   // signs in a row: !!!, ★★★
	oddRuns      = 2   // rows of "!!!" in one text
	oddLetters   = 4   // letter-like symbols: 𝗕𝗼𝗹𝗱, Ⓑ, Ａ
)

// oddFormatting looks at summary and headline. The headline alone can show odd
// formatting, but not that there is none.
func oddFormatting(p *kith.PersonFacts) kith.Opt[bool] {
	switch {
	case p.Summary.Known():
		return kith.Observed(oddText(p.Summary.Val) || oddText(p.Headline.Val), p.Summary.Source, p.Summary.At)
	case oddText(p.Headline.Val):
		return kith.Observed(true, kith.FromHeadline, p.Headline.At)
	}
	return kith.Opt[bool]{}
}

func oddText(s string) bool {
	letters, capitals, likes, runs, row := 0, 0, 0, 0, 0
	var before rune
	for _, r := range s {
		if row++; r != before {
			row = 1
		}
		before = r
		switch {
		case unicode.IsUpper(r), unicode.IsTitle(r):
			letters, capitals = letters+1, capitals+1
		case unicode.IsLetter(r):
			letters++
		case row == oddSigns && r == '!':
			runs++
		case row == oddSigns && r >= '★' && r <= '☆', row == oddSigns && r >= '✦' && r <= '✿':
			return true
		}
		if r >= 0x1d400 && r <= 0x1d7ff || r >= '①' && r <= '⓿' || r >= '！' && r <= '～' {
			likes++
		}
	}
	return likes >= oddLetters || runs >= oddRuns ||
		letters >= shoutLetters && float64(capitals) > shoutShare*float64(letters)
}
