package intake

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"kith"
)

// maxPDFList bounds each list of a profile: positions, schools, skills. The
// longest seen is 15.
const maxPDFList = 100

// PDFProfile is what a profile PDF shows, as the child process that reads it
// says it: plain, and not to be trusted before [PDFProfile.Profile].
type PDFProfile struct {
	Link      string           `json:"link"` // to the profile, without what it was saved with
	Name      string           `json:"name"`
	Headline  string           `json:"headline"`
	Location  string           `json:"location"`
	Emails    []string         `json:"emails"`
	Summary   string           `json:"summary"`
	Positions []kith.Position  `json:"positions"` // only those with dates
	Education []kith.Education `json:"education"`
	// Skills is nil if the sidebar has headings Kith cannot read: the skills
	// may stand under one of them.
	Skills       []string `json:"skills"`
	Publications []string `json:"publications"`
	// Honours says that there are certifications, honours, patents or
	// publications.
	Honours bool      `json:"honours"`
	SavedAt time.Time `json:"saved_at"` // when the PDF was made; zero if it does not say
}

// ParsePDF reads a profile that was saved as PDF on LinkedIn. Any other PDF is
// refused. Hostile bytes can make it loop, run out of memory or overflow the
// stack, which no caller can catch: run it in a process of its own, with
// limits.
func ParsePDF(data []byte) (*PDFProfile, error) {
	pages, err := readPages(data)
	if err != nil {
		return nil, err
	}
	side, main := pages.columns()
	if !isProfile(side, main) {
		return nil, &kith.Error{Kind: kith.Invalid, Msg: "not a profile PDF (Save to PDF on the profile page)"}
	}
	p := &PDFProfile{SavedAt: pages.savedAt}
	p.readLinks(pages.links)
	p.readMain(pdfSections(main, sizeSection))
	p.readSide(pdfSections(side, sizeSide))
	return p, nil
}

// readLinks finds the profile's own link, which stands before any other, and
// the mail addresses. Only links hold addresses whole: the text breaks them
// anywhere.
func (p *PDFProfile) readLinks(links []string) {
	for _, link := range links {
		if slug, ok := kith.Slug(link); ok && p.Link == "" {
			p.Link = kith.ProfileLink(slug)
		}
		if address, ok := strings.CutPrefix(link, "mailto:"); ok {
			p.addEmail(address)
		}
	}
}

// addEmail keeps an address once; a link often covers two lines and comes twice.
func (p *PDFProfile) addEmail(address string) {
	if folded, ok := kith.FoldEmail(address); ok && !slices.Contains(p.Emails, folded) {
		p.Emails = append(p.Emails, folded)
	}
}

// readMain reads the main column; its first section has no heading. If none of
// the headings is in the table the profile is in a language Kith cannot read,
// and the sections are told by their shape.
func (p *PDFProfile) readMain(list []pdfSection) {
	p.readTop(list[0].lines)
	foreign := !slices.ContainsFunc(list[1:], func(s pdfSection) bool { return s.part() != partUnknown })
	for _, s := range list[1:] {
		part := s.part()
		if foreign {
			part = s.shape()
		}
		switch part {
		case partSummary:
			p.Summary = runningText(s.lines)
		case partExperience:
			p.Positions = append(p.Positions, pdfPositions(s.lines)...)
		case partEducation:
			p.Education = append(p.Education, pdfSchools(s.lines)...)
		}
	}
}

// readTop reads name, headline and location. A headline without a letter is
// LinkedIn's "--" for none.
func (p *PDFProfile) readTop(lines []pdfLine) {
	for i := range lines {
		switch line := &lines[i]; {
		case line.is(sizeName):
			p.Name = joinWrapped(p.Name, line.text)
		case line.light():
			p.Location = joinWrapped(p.Location, line.text)
		default:
			p.Headline = joinWrapped(p.Headline, line.text)
		}
	}
	if !strings.ContainsFunc(p.Headline, unicode.IsLetter) {
		p.Headline = ""
	}
}

// readSide reads the sidebar.
func (p *PDFProfile) readSide(list []pdfSection) {
	unread := false
	for _, s := range list[1:] {
		switch s.part() {
		case partContact:
			p.readContact(s.lines)
		case partSkills:
			p.Skills = sideItems(s.lines)
		case partPublications:
			p.Publications = sideItems(s.lines)
			p.Honours = true
		case partHonours:
			p.Honours = true
		case partUnknown:
			unread = true
		}
	}
	if p.Skills == nil && !unread {
		p.Skills = []string{}
	}
}

// readContact finds the profile's link in the text, which breaks it over
// lines, for a PDF that lost its links.
func (p *PDFProfile) readContact(lines []pdfLine) {
	var b strings.Builder
	for i := range lines {
		b.WriteString(strings.TrimSpace(lines[i].text))
	}
	_, path, found := strings.Cut(b.String(), "linkedin.com/in/")
	path, _, _ = strings.Cut(path, "(")
	if slug, ok := kith.Slug("linkedin.com/in/" + strings.TrimSpace(path)); ok && found && p.Link == "" {
		p.Link = kith.ProfileLink(slug)
	}
}

// pdfPositions reads the jobs: a company, for several jobs at one company their
// total time, then for each a title, dates, a place in grey and a description.
// A job without dates is left out: it could not be told from a current one.
func pdfPositions(lines []pdfLine) []kith.Position {
	var list []kith.Position
	company := ""
	for len(lines) > 0 {
		n := 1
		switch head := &lines[0]; {
		case head.is(sizeEntry):
			n = countSized(lines, sizeEntry)
			company = joinLines(lines[:n])
		case head.is(sizeTitle):
			n = countSized(lines, sizeTitle)
			title := joinLines(lines[:n])
			body := lines[n : n+countSized(lines[n:], sizeText)]
			n += len(body)
			if job, ok := pdfPosition(body); ok {
				job.Title, job.Organisation = title, company
				list = append(list, job)
			}
		}
		lines = lines[n:]
	}
	return list
}

// pdfPosition reads what stands below a job's title.
func pdfPosition(body []pdfLine) (job kith.Position, ok bool) {
	if len(body) == 0 {
		return job, false
	}
	if job.From, job.To, ok = pdfPeriod(body[0].text); !ok {
		return job, false
	}
	body = body[1:]
	for len(body) > 0 && body[0].light() {
		body = body[1:]
	}
	job.Description = runningText(body)
	return job, true
}

// pdfSchools reads the education: a school, then degree and years.
func pdfSchools(lines []pdfLine) []kith.Education {
	var list []kith.Education
	for len(lines) > 0 {
		n := 1
		if lines[0].is(sizeEntry) {
			n = countSized(lines, sizeEntry)
			body := lines[n : n+countSized(lines[n:], sizeText)]
			school := pdfDegree(joinLines(body))
			school.School = joinLines(lines[:n])
			list = append(list, school)
			n += len(body)
		}
		lines = lines[n:]
	}
	return list
}

// pdfDegree reads "Master of Science, Geology · (2015 - 2019)". A year alone is
// the year it ended.
func pdfDegree(s string) kith.Education {
	before, years, found := cutLast(s, "(")
	from, to, ok := pdfPeriod(strings.TrimRight(years, " )"))
	if !found || !ok {
		return kith.Education{Degree: s}
	}
	if !strings.ContainsAny(years, "-–—") {
		from = ""
	}
	return kith.Education{Degree: strings.TrimRight(before, " ·"), From: from, To: to}
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// countSized counts the lines of one size at the start.
func countSized(lines []pdfLine, size float64) int {
	n := 0
	for n < len(lines) && lines[n].is(size) {
		n++
	}
	return n
}

// joinLines puts the lines of one name or title together.
func joinLines(lines []pdfLine) string {
	s := ""
	for i := range lines {
		s = joinWrapped(s, lines[i].text)
	}
	return kith.CleanLine(s)
}

// Profile makes the noun: every text cleaned and cut to a sane length, every
// link and date checked again, so that nothing depends on the child process
// having told the truth. The PDF shows neither photo nor groups nor
// connections: they stay unknown. What it has a place for and does not show is
// observed absent. That honours make a profile complete is said here, for no
// fact holds the honours themselves.
func (p *PDFProfile) Profile() kith.Profile {
	slug, _ := kith.Slug(p.Link)
	who := kith.Person{Name: line(p.Name), Slug: slug}
	for _, address := range firstItems(p.Emails) {
		if folded, ok := kith.FoldEmail(address); ok {
			who.Emails = append(who.Emails, folded)
		}
	}
	facts := kith.PersonFacts{
		Name:      kith.Observed(who.Name, kith.FromPDF, p.SavedAt),
		Headline:  kith.Observed(line(p.Headline), kith.FromPDF, p.SavedAt),
		Location:  kith.Observed(line(p.Location), kith.FromPDF, p.SavedAt),
		Summary:   kith.Observed(bodyText(p.Summary), kith.FromPDF, p.SavedAt),
		Positions: kith.ObservedList(p.cleanPositions(), kith.FromPDF, p.SavedAt),
		Education: kith.ObservedList(p.cleanEducation(), kith.FromPDF, p.SavedAt),
	}
	if p.Skills != nil {
		facts.Skills = kith.ObservedList(cleanLines(p.Skills), kith.FromPDF, p.SavedAt)
	}
	if len(p.Publications) > 0 {
		facts.Topics = kith.ObservedList(cleanLines(p.Publications), kith.FromPDF, p.SavedAt)
	}
	if p.Honours && facts.Positions.Is() && facts.Education.Is() {
		facts.Completeness = kith.Observed(kith.Complete, kith.FromPDF, p.SavedAt)
	}
	return kith.Profile{Who: who, Facts: facts, Source: kith.FromPDF}
}

func (p *PDFProfile) cleanPositions() []kith.Position {
	var list []kith.Position
	for _, job := range firstItems(p.Positions) {
		from := pdfMonth(job.From)
		if from == "" {
			continue
		}
		list = append(list, kith.Position{
			Title:        line(job.Title),
			Organisation: line(job.Organisation),
			From:         from,
			To:           pdfMonth(job.To),
			Description:  bodyText(job.Description),
		})
	}
	return list
}

func (p *PDFProfile) cleanEducation() []kith.Education {
	var list []kith.Education
	for _, school := range firstItems(p.Education) {
		list = append(list, kith.Education{
			School: line(school.School),
			Degree: line(school.Degree),
			From:   pdfMonth(school.From),
			To:     pdfMonth(school.To),
		})
	}
	return list
}

// firstItems is the part of a list that is kept.
func firstItems[T any](list []T) []T { return list[:min(len(list), maxPDFList)] }

// cleanLines cleans the lines of a list and leaves out the empty ones.
func cleanLines(lines []string) []string {
	var list []string
	for _, s := range firstItems(lines) {
		if s = line(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// bodyText cleans a text of many lines.
func bodyText(s string) string {
	return cutLetters(strings.TrimSpace(kith.Clean(s)), maxTextLetters)
}
