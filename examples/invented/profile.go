package invented

import (
	"bytes"
	"strings"
	"time"
)

// savedAt is when Judith saved the profiles.
var savedAt = time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)

// profiles makes the PDFs of the profiles Judith saved by hand.
func (l *life) profiles() ([]file, error) {
	stanzas, err := readStanzas("judith/profiles.txt")
	if err != nil {
		return nil, err
	}
	var out []file
	for i := range stanzas {
		p, err := l.profile(&stanzas[i])
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := writeProfilePDF(&b, p); err != nil {
			return nil, err
		}
		out = append(out, file{"profiles/" + p.Slug + ".pdf", b.Bytes()})
	}
	return out, nil
}

// profile reads one profile. Headline and place are those of the invitation's
// mail unless the profile says otherwise.
func (l *life) profile(s *stanza) (pdfProfile, error) {
	p := pdfProfile{
		Name:           s.get("name"),
		Headline:       s.get("headline"),
		Slug:           slugOf(s.get("name")),
		Summary:        s.get("summary"),
		Emails:         s.list("email"),
		Skills:         s.list("skills"),
		Languages:      s.list("languages"),
		Certifications: s.list("certificates"),
		Honours:        s.list("honours"),
		Publications:   s.list("publications"),
		SavedAt:        savedAt,
		Wide:           s.get("wide") == "yes",
	}
	for i := range l.letters {
		if letter := &l.letters[i]; letter.name == p.Name {
			p.Location = letter.where
			if p.Headline == "" {
				p.Headline = letter.headline
			}
		}
	}
	for _, job := range s.all("job") {
		cells, ok := splitCells(job, 6)
		if !ok {
			return p, s.bad("a job must hold employer | title | dates | duration | place | description")
		}
		role := pdfRole{Title: cells[1], Dates: cells[2], Duration: cells[3], Location: cells[4], Description: cells[5]}
		p.Employers = append(p.Employers, pdfEmployer{Name: cells[0], Roles: []pdfRole{role}})
	}
	for _, school := range s.all("school") {
		cells, ok := splitCells(school, 3)
		if !ok {
			return p, s.bad("a school must hold name | degree | years")
		}
		p.Schools = append(p.Schools, pdfSchool{cells[0], cells[1], cells[2]})
	}
	return p, nil
}

// splitCells splits a value at its bars into exactly so many cells.
func splitCells(value string, want int) (cells []string, ok bool) {
	for cell := range strings.SplitSeq(value, "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells, len(cells) == want
}
