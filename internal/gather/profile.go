package gather

import (
	"strings"
	"time"

	"kith"
	"kith/note"
)

// ReadProfile concludes from what a profile shows: from the headline who
// somebody is, from the place the country, from the whole how much it says and
// of what. Conclusions that are given stay.
func ReadProfile(p *kith.PersonFacts) {
	readFromHeadline(p)
	if p.Location.Is() {
		if code := Country(p.Location.Val); code != "" {
			p.Country.Or(kith.Observed(code, p.Location.Source, p.Location.At))
		}
	}
	text := profileText(p)
	depth, ok := depthOf(p, text)
	if !ok {
		return
	}
	src, at := wholeSource(p)
	p.Completeness.Or(kith.Observed(depth, src, at))
	if focus, ok := focusOf(text); ok {
		p.Focus.Or(kith.Observed(focus, src, at))
	}
	if p.Photo.Known() {
		shown := p.Photo.Val == kith.PhotoPresent || p.Photo.Val == kith.PhotoProfessional
		p.Tidy.Or(kith.Observed(shown && depth == kith.Complete && p.Focus.Val != kith.OnIndustry, src, at))
	}
	if text != "" {
		p.Misspellings.Or(kith.Observed(misspelt(text), src, at))
		p.OddFormatting.Or(kith.Observed(oddlyFormatted(text), src, at))
		p.ScamPhrases.Or(kith.Observed(len(note.Read(text, note.Context{}).ScamGroups), src, at))
	}
}

func readFromHeadline(p *kith.PersonFacts) {
	if cur := currentPosition(p); cur != nil {
		p.Organisation.Or(kith.Observed(cur.Organisation, p.Positions.Source, p.Positions.At))
		if !p.Headline.Is() {
			conclude(p, ReadHeadline(cur.Title), p.Positions.Source, p.Positions.At)
		}
	}
	if p.Headline.Is() {
		conclude(p, ReadHeadline(p.Headline.Val), kith.FromHeadline, p.Headline.At)
	}
	if p.Volunteering.Is() {
		p.NonProfit.Or(kith.Observed(true, p.Volunteering.Source, p.Volunteering.At))
	}
}

// conclude takes over what a headline says. A headline that was understood says
// what somebody is and, by silence, what they are not; one that was not says
// nothing.
func conclude(p *kith.PersonFacts, h Headline, src kith.Source, at time.Time) {
	if !h.Known {
		return
	}
	if h.Role != "" {
		p.Role.Or(kith.Observed(h.Role, src, at))
	}
	if h.Seniority != 0 {
		p.Seniority.Or(kith.Observed(h.Seniority, src, at))
	}
	if h.Organisation != "" {
		p.Organisation.Or(kith.Observed(h.Organisation, src, at))
	}
	p.Recruiter.Or(kith.Observed(h.Recruiter, src, at))
	p.SellsProgrammes.Or(kith.Observed(h.SellsProgrammes, src, at))
	p.Student.Or(kith.Observed(h.Student, src, at))
	p.Founder.Or(kith.Observed(h.Founder, src, at))
	if h.NonProfit {
		p.NonProfit.Or(kith.Observed(true, src, at))
	}
}

// currentPosition is the first job that has not ended.
func currentPosition(p *kith.PersonFacts) *kith.Position {
	for i := range p.Positions.Val {
		if pos := &p.Positions.Val[i]; pos.Current() && pos.Organisation != "" {
			return pos
		}
	}
	return nil
}

// profileText is the text a person wrote of themselves.
func profileText(p *kith.PersonFacts) string {
	parts := []string{p.Summary.Val}
	for _, pos := range p.Positions.Val {
		parts = append(parts, pos.Description)
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

func wholeSource(p *kith.PersonFacts) (kith.Source, time.Time) {
	if p.Positions.Known() {
		return p.Positions.Source, p.Positions.At
	}
	return p.Summary.Source, p.Summary.At
}

// Parts of a profile that make it thin or complete. A profile of which fewer
// than minParts were seen, present or absent, is not judged: a headline alone
// never makes a profile thin.
const (
	minParts      = 2
	thinParts     = 1 // at most so many of six present
	completeParts = 4 // at least so many of six present
	fullText      = 200
)

// depthOf counts what the profile shows: summary, jobs, more than one job,
// schools, skills, and a text of some length.
func depthOf(p *kith.PersonFacts, text string) (d kith.Depth, ok bool) {
	seen, present := 0, 0
	for _, part := range []struct{ known, is bool }{
		{p.Summary.Known(), p.Summary.Is()},
		{p.Positions.Known(), p.Positions.Is()},
		{p.Education.Known(), p.Education.Is()},
		{p.Skills.Known(), p.Skills.Is()},
	} {
		if part.known {
			seen++
		}
		if part.is {
			present++
		}
	}
	if seen < minParts {
		return 0, false
	}
	if len(p.Positions.Val) > 1 {
		present++
	}
	if len(text) >= fullText {
		present++
	}
	switch {
	case present <= thinParts:
		return kith.Thin, true
	case present >= completeParts:
		return kith.Complete, true
	}
	return kith.Ordinary, true
}

// Words by which a text speaks of its writer, or of an industry, in the
// languages headlines are read in.
var (
	ownWordsOf = wordSet("i i'm i've my me we our us ich mein meine meinen wir unser unsere mich je j'ai mon ma mes nous notre nos yo mi mis " +
		"nosotros nuestro nuestra led built managed developed founded designed launched taught wrote achieved improved leitete entwickelte " +
		"gründete aufgebaut dirigé développé créé lancé lideré desarrollé fundé")
	industryWords = wordSet("industry industries sector sectors market markets global world worldwide leading upstream downstream midstream " +
		"exploration production branche branchen industrie markt weltweit secteur marché mondial industria sector mercado mundial")
)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[kith.FoldText(w)] = true
	}
	return out
}

// minFocus is how many words a text needs before its focus can be told.
const minFocus = 12

// focusOf tells whether a text speaks of the person or only of an industry
// (R74): no word of the writer's own work, several of an industry.
func focusOf(text string) (f kith.Focus, ok bool) {
	words := strings.Fields(kith.FoldText(text))
	own, industry := 0, 0
	for _, w := range words {
		if ownWordsOf[w] {
			own++
		}
		if industryWords[w] {
			industry++
		}
	}
	switch {
	case own > 0:
		return kith.OnPerson, true
	case len(words) >= minFocus && industry >= 2:
		return kith.OnIndustry, true
	}
	return 0, false
}
