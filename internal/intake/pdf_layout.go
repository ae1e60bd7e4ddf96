package intake

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith"
)

// The layout of a profile PDF, in points: measured on eighteen of them, made
// by LinkedIn in 2025. It is the same on all, to a tenth of a point.
const (
	columnBoundary = 200.0 // between the sidebar (text from 21.6) and the main column (from 223.6)
	mainLeft       = 223.6
	mainRight      = 590.4
	footerTop      = 765.0 // "Page 1 of 2" stands below
	sizeName       = 26.0
	sizeSection    = 15.75 // heading in the main column
	sizeSide       = 13.0  // heading in the sidebar
	sizeEntry      = 12.0  // company, school; headline, location and summary
	sizeTitle      = 11.5  // job title
	sizeText       = 10.5  // dates, place and description; degree; items of the sidebar
	sizeFooter     = 9.0
	sameSize       = 0.2  // sizes that differ by less are the same
	sameLine       = 2.0  // so are baselines
	wordGap        = 0.15 // a gap of more than this part of the size is a space
	itemStep       = 15.0 // items of the sidebar stand 17.6 apart, the lines of one item 12.6
	blankStep      = 27.0 // lines of running text stand 18 apart, paragraphs 36
	greyFrom       = 0.5  // places are grey (0.69); all else in the main column is near black (0.10)
)

// pdfLine is a line of text in one column: the runs on one baseline.
type pdfLine pdfRun

// is reports whether the line's letters have this size.
func (l *pdfLine) is(size float64) bool { return math.Abs(l.size-size) < sameSize }

// light reports whether the line is grey.
func (l *pdfLine) light() bool { return l.shade > greyFrom }

// columns gives the lines of the sidebar and of the main column over all
// pages, without the footers. The page draws each column from top to bottom,
// so the order of drawing is the order of reading.
func (p *pdfPages) columns() (side, main []pdfLine) {
	for _, run := range p.runs {
		switch {
		case math.Abs(run.size-sizeFooter) < sameSize && run.y > footerTop:
		case run.x < columnBoundary:
			side = addRun(side, run)
		default:
			main = addRun(main, run)
		}
	}
	return side, main
}

// addRun puts a run at the end of the last line if it stands on it, and on a
// line of its own otherwise. Kerning and changes of colour split words and
// lines into runs; only a gap is a space.
func addRun(lines []pdfLine, run pdfRun) []pdfLine {
	n := len(lines) - 1
	if n < 0 || lines[n].page != run.page || math.Abs(lines[n].y-run.y) > sameLine {
		return append(lines, pdfLine(run))
	}
	last := &lines[n]
	if run.x-last.end > wordGap*last.size && !strings.HasSuffix(last.text, " ") {
		last.text += " "
	}
	last.text += run.text
	last.end = run.end
	return lines
}

// pdfSection is a heading with the lines below it.
type pdfSection struct {
	heading string
	lines   []pdfLine
}

// pdfSections cuts a column at its headings, which have the given size. What
// stands above the first heading is a section without one.
func pdfSections(column []pdfLine, size float64) []pdfSection {
	list := []pdfSection{{}}
	for i, line := range column {
		if !line.is(size) {
			last := &list[len(list)-1]
			last.lines = append(last.lines, line)
			continue
		}
		if i > 0 && column[i-1].is(size) {
			list[len(list)-1].heading += " " + line.text
			continue
		}
		list = append(list, pdfSection{heading: line.text})
	}
	return list
}

// sideItems gives the items of a sidebar section, each on one line.
func sideItems(lines []pdfLine) []string {
	var list []string
	for i, line := range lines {
		if i > 0 && line.page == lines[i-1].page && line.y-lines[i-1].y < itemStep {
			list[len(list)-1] = joinWrapped(list[len(list)-1], line.text)
			continue
		}
		list = append(list, line.text)
	}
	return list
}

// runningText gives running text: a line that ended because the next word did
// not fit goes on, any other ends, and a wide gap is a blank line.
func runningText(lines []pdfLine) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteString(lineBreak(&lines[i-1], &line))
		}
		b.WriteString(strings.TrimSpace(line.text))
	}
	return b.String()
}

// lineBreak gives what separates two lines of running text.
func lineBreak(above, below *pdfLine) string {
	if above.page == below.page && below.y-above.y > blankStep {
		return "\n\n"
	}
	word, _, _ := strings.Cut(strings.TrimSpace(below.text), " ")
	letters := utf8.RuneCountInString(below.text)
	width := (below.end - below.x) * float64(utf8.RuneCountInString(word)+1) / float64(max(letters, 1))
	switch {
	case above.end+width < mainRight:
		return "\n"
	case brokenWord(above.text):
		return ""
	}
	return " "
}

// joinWrapped puts the parts of one wrapped line together.
func joinWrapped(above, below string) string {
	above, below = strings.TrimSpace(above), strings.TrimSpace(below)
	if above == "" || brokenWord(above) {
		return above + below
	}
	return above + " " + below
}

// brokenWord reports whether a line ends inside a word with a hyphen.
func brokenWord(line string) bool {
	word, found := strings.CutSuffix(strings.TrimSpace(line), "-")
	last, _ := utf8.DecodeLastRuneInString(word)
	return found && (unicode.IsLetter(last) || unicode.IsDigit(last))
}

// isProfile reports whether the columns are laid out like a profile: a name in
// large letters at the top of the main column and a heading in the sidebar.
func isProfile(side, main []pdfLine) bool {
	if len(side) == 0 || len(main) == 0 {
		return false
	}
	name, heading := &main[0], &side[0]
	return name.page == 1 && name.is(sizeName) && math.Abs(name.x-mainLeft) < 1 &&
		heading.page == 1 && heading.is(sizeSide) && kith.CleanLine(name.text) != ""
}
