package intake

import (
	"fmt"
	"strings"
	"unicode"

	"kith"
)

// pdfPart is a section of a profile PDF that Kith reads.
type pdfPart int

const (
	partUnknown pdfPart = iota
	partSummary
	partExperience
	partEducation
	partContact
	partSkills
	partPublications
	partHonours // certifications, honours and patents: what somebody has achieved
	partOther   // known, and no fact comes of it
)

// pdfHeadings gives the part for a heading, folded. The headings are in the
// language of whoever saved the PDF. The English ones were measured on files;
// those marked * in the other languages appear in the programmes of people who
// read such files; the rest are what LinkedIn writes on its pages and nobody
// has confirmed for the PDF.
var pdfHeadings = map[string]pdfPart{
	// English
	"summary":        partSummary,
	"experience":     partExperience,
	"education":      partEducation,
	"contact":        partContact,
	"top skills":     partSkills,
	"languages":      partOther,
	"certifications": partHonours,
	"honors awards":  partHonours,
	"publications":   partPublications,
	"patents":        partHonours,
	// German
	"zusammenfassung":    partSummary,
	"berufserfahrung":    partExperience, // *
	"ausbildung":         partEducation,  // *
	"kontakt":            partContact,    // *
	"top kenntnisse":     partSkills,     // *
	"sprachen":           partOther,
	"zertifizierungen":   partHonours,
	"bescheinigungen":    partHonours,
	"auszeichnungen":     partHonours,
	"veroffentlichungen": partPublications,
	"patente":            partHonours,
	// French; "experience" and "publications" fold to the English words
	"resume":                  partSummary,   // *
	"formation":               partEducation, // *
	"coordonnees":             partContact,   // *
	"principales competences": partSkills,    // *
	"langues":                 partOther,
	"distinctions":            partHonours,
	"prix et distinctions":    partHonours,
	"brevets":                 partHonours,
	// Spanish
	"extracto":              partSummary,    // *
	"experiencia":           partExperience, // *
	"educacion":             partEducation,  // *
	"contactar":             partContact,    // *
	"aptitudes principales": partSkills,     // *
	"idiomas":               partOther,
	"certificaciones":       partHonours,
	"reconocimientos":       partHonours,
	"publicaciones":         partPublications,
	"patentes":              partHonours,
}

// part tells a section by its heading.
func (s *pdfSection) part() pdfPart { return pdfHeadings[kith.FoldText(s.heading)] }

// shape tells a section of the main column by how it looks: only jobs have
// titles, only schools have degrees, and a summary is all of one size.
func (s *pdfSection) shape() pdfPart {
	var title, text bool
	for i := range s.lines {
		title = title || s.lines[i].is(sizeTitle)
		text = text || s.lines[i].is(sizeText)
	}
	switch {
	case title:
		return partExperience
	case text:
		return partEducation
	}
	return partSummary
}

// pdfMonth reads "October 2021", "octubre de 2021", "2021年10月" or "2021" as
// "2021-10" or "2021". A month it has no name for is left out; it gives nothing
// for what holds no year.
func pdfMonth(s string) string {
	year, month := "", 0
	for _, word := range wordsAndNumbers(kith.FoldText(s)) {
		n := number(word)
		switch named, ok := monthOf(word); {
		case ok:
			month = int(named)
		case len(word) == 4 && n >= 1900 && n <= 2100:
			year = word
		case n >= 1 && n <= 12 && month == 0:
			month = n
		}
	}
	if year == "" || month == 0 {
		return year
	}
	return fmt.Sprintf("%s-%02d", year, month)
}

// wordsAndNumbers cuts at spaces and wherever digits begin or end.
func wordsAndNumbers(s string) []string {
	var list []string
	digit := false
	for _, field := range strings.Fields(s) {
		start := 0
		for i, r := range field {
			d := unicode.IsDigit(r)
			if i > 0 && d != digit {
				list = append(list, field[start:i])
				start = i
			}
			digit = d
		}
		list = append(list, field[start:])
	}
	return list
}

// pdfPeriod reads "October 2021 - Present (9 months)" or "2015 - 2019" as first
// and last month. What goes on has no last month: any second half without a
// number counts, for "Present" stands there in many languages. ok is false if
// s does not begin with a date.
func pdfPeriod(s string) (from, to string, ok bool) {
	if i := strings.LastIndex(s, "("); i > 0 {
		s = s[:i]
	}
	first, second, dash := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(s), "-")
	from = pdfMonth(first)
	if from == "" || len(strings.Fields(first)) > 4 || len(strings.Fields(second)) > 4 {
		return "", "", false
	}
	if !dash {
		return from, from, true
	}
	to = pdfMonth(second)
	if to == "" && strings.ContainsFunc(second, unicode.IsDigit) {
		return "", "", false
	}
	return from, to, true
}
