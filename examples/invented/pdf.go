package invented

import (
	"io"
	"strings"
	"time"

	"kith"
)

// pdfProfile is an invented person as LinkedIn's "Save to PDF" would show
// them. Dates, durations and places are given in the words the PDF shows; what
// is empty is left out.
type pdfProfile struct {
	Name, Headline, Location string
	Summary                  string // lines by "\n", paragraphs by "\n\n"
	Slug                     string // of the profile's link
	Phone                    string
	Emails                   []string
	Skills                   []string // LinkedIn shows three
	Languages                []string
	Certifications           []string
	Honours                  []string
	Publications             []string
	Employers                []pdfEmployer // newest first
	Schools                  []pdfSchool
	// Headings translates the English headings; nil is English.
	Headings map[string]string
	SavedAt  time.Time
	// Wide writes the font LinkedIn writes, with two-byte codes that only a
	// table in the file turns into letters. Without it every viewer shows the
	// PDF, but only letters of Western Europe can be in it.
	Wide bool
}

// pdfEmployer is a company with the person's jobs there. Total is the time
// there in all, which stands above several jobs: "4 years 2 months".
type pdfEmployer struct {
	Name, Total string
	Roles       []pdfRole
}

// pdfRole is one job. Dates is "October 2021 - Present", Duration "9 months".
type pdfRole struct {
	Title, Dates, Duration, Location, Description string
}

// pdfSchool is one school. Years is "2015 - 2019".
type pdfSchool struct {
	Name, Degree, Years string
}

// Where things stand on a profile PDF, in points from the top left, as measured
// on files LinkedIn made.
const (
	pageWidth, pageHeight = 612.0, 792.0
	sideLeft, sideRight   = 21.6, 193.6
	mainLeft, mainRight   = 223.6, 590.4
	sideTop, mainTop      = 54.4, 53.8
	columnBottom          = 765.0
	footerLine            = 778.1
)

// pdfStyle is how a text looks and how far its lines stand apart.
type pdfStyle struct {
	size, step float64
	colour     string // fill operator of the page's language
}

// The styles of a profile PDF.
var (
	styleSideHead = pdfStyle{13, 14.4, "0.8824 0.9137 0.9333 rg"}
	styleSideItem = pdfStyle{10.5, 12.6, "1 g"}
	styleLink     = pdfStyle{11, 14.4, "1 g"}
	styleLabel    = pdfStyle{11, 14.4, "0.6627 0.6941 0.7137 rg"}
	styleName     = pdfStyle{26, 30, "0.098 g"}
	styleLead     = pdfStyle{12, 14.4, "0.098 g"}
	styleSection  = pdfStyle{15.75, 18, "0.098 g"}
	styleSummary  = pdfStyle{12, 18, "0.098 g"}
	styleTitle    = pdfStyle{11.5, 14.4, "0.098 g"}
	styleText     = pdfStyle{10.5, 18, "0.098 g"}
	styleFooter   = pdfStyle{9, 9, "0 g"}
)

// writeProfilePDF writes a profile the way LinkedIn's "Save to PDF" lays it
// out: a dark sidebar that is drawn first, the main column, and a footer. The
// same profile always gives the same bytes.
func writeProfilePDF(w io.Writer, p pdfProfile) error {
	face := newPDFFace(p.Wide)
	side := &pdfColumn{face: face, left: sideLeft, right: sideRight, top: sideTop}
	main := &pdfColumn{face: face, left: mainLeft, right: mainRight, top: mainTop}
	p.drawSide(side)
	p.drawMain(main)
	return writePDFFile(w, face, side, main, p.SavedAt)
}

// heading gives a heading in the profile's language.
func (p *pdfProfile) heading(english string) string {
	if translated := p.Headings[english]; translated != "" {
		return translated
	}
	return english
}

// drawSide draws the sidebar.
func (p *pdfProfile) drawSide(c *pdfColumn) {
	c.y = sideTop
	c.at(0, styleSideHead, p.heading("Contact"))
	step := 19.4
	if p.Phone != "" {
		c.at(step, styleSideItem, p.Phone)
		c.after(pdfStyle{10.5, 12.6, styleLabel.colour}, " (Mobile)")
		step = 12.6
	}
	for _, address := range p.Emails {
		c.link(c.at(step, styleSideItem, address), "mailto:"+address)
		step = 12.6
	}
	if p.Slug != "" {
		drawn := c.at(step+11.8, styleLink, "www.linkedin.com/in/"+p.Slug)
		c.link(append(drawn, c.after(styleLabel, " (LinkedIn)")...), kith.ProfileLink(p.Slug)+
			"?jobid=1234&lipi=urn%3Ali%3Apage%3Ad_jobs_easyapply_pdfgenresume%3Binvented%3D%3D")
	}
	for _, list := range []struct {
		heading string
		items   []string
	}{
		{"Top Skills", p.Skills},
		{"Languages", p.Languages},
		{"Certifications", p.Certifications},
		{"Honors-Awards", p.Honours},
		{"Publications", p.Publications},
	} {
		if len(list.items) == 0 {
			continue
		}
		c.at(34.8, styleSideHead, p.heading(list.heading))
		step := 19.4
		for _, item := range list.items {
			c.at(step, styleSideItem, item)
			step = 17.6
		}
	}
}

// drawMain draws the main column.
func (p *pdfProfile) drawMain(c *pdfColumn) {
	c.y = 65.5
	c.at(0, styleName, p.Name)
	step := 21.2
	if p.Headline != "" {
		c.at(step, styleLead, p.Headline)
		step = 15.4
	}
	if p.Location != "" {
		c.at(step, pdfStyle{12, 14.4, "0.6941 g"}, p.Location)
	}
	if p.Summary != "" {
		c.at(37.6, styleSection, p.heading("Summary"))
		c.paragraphs(25.5, styleSummary, p.Summary)
	}
	if len(p.Employers) > 0 {
		c.at(53.8, styleSection, p.heading("Experience"))
		step = 30.5
		for _, e := range p.Employers {
			e.draw(c, step)
			step = 40.7
		}
	}
	if len(p.Schools) > 0 {
		c.at(57.2, styleSection, p.heading("Education"))
		step = 25.5
		for _, s := range p.Schools {
			s.draw(c, step)
			step = 33.4
		}
	}
}

// draw draws a company and its jobs.
func (e *pdfEmployer) draw(c *pdfColumn, step float64) {
	c.at(step, styleLead, e.Name)
	step = 16.1
	if e.Total != "" {
		c.at(16.5, styleText, e.Total)
		step = 21.3
	}
	for _, r := range e.Roles {
		c.at(step, styleTitle, r.Title)
		c.at(14.5, styleText, fixed(r.Dates)+"\u00a0")
		if r.Duration != "" {
			c.after(styleText, "("+r.Duration+")")
		}
		below := 20.3
		if r.Location != "" {
			c.at(14.7, pdfStyle{10.5, 14.4, "0.6941 g"}, r.Location)
			below = 21.4
		}
		if r.Description != "" {
			c.paragraphs(below, styleText, r.Description)
		}
		step = 33.7
	}
}

// draw draws a school.
func (s *pdfSchool) draw(c *pdfColumn, step float64) {
	c.at(step, styleLead, s.Name)
	if s.Degree != "" {
		c.at(17.6, styleText, s.Degree)
	}
	if s.Years == "" {
		return
	}
	years := "\u00a0·\u00a0(" + fixed(s.Years) + ")"
	if s.Degree == "" {
		c.at(17.6, styleText, years)
		return
	}
	c.after(styleText, years)
}

// fixed keeps the halves of a period on one line.
func fixed(period string) string { return strings.ReplaceAll(period, " - ", "\u00a0-\u00a0") }
