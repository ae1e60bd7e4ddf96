package invented

import (
	"strings"
	"unicode/utf8"
)

// pdfPiece is a text in its place on a page.
type pdfPiece struct {
	page int
	x, y float64
	pdfStyle
	text string
}

// pdfLink is a clickable rectangle: from left to right on a page, between two
// heights that count from the bottom.
type pdfLink struct {
	page                     int
	left, bottom, right, top float64
	uri                      string
}

// pdfColumn sets text from top to bottom and goes on at the top of the next
// page.
type pdfColumn struct {
	face             *pdfFace
	left, right, top float64
	page             int
	y, end           float64 // baseline and right end of the last piece
	pieces           []pdfPiece
	links            []pdfLink
}

// at sets a text that begins step below the last line, wrapped to the column,
// and gives the pieces it became.
func (c *pdfColumn) at(step float64, style pdfStyle, text string) []pdfPiece {
	first := len(c.pieces)
	for _, line := range c.wrap(text, style.size, c.left) {
		c.down(step)
		c.put(c.left, style, line)
		step = style.step
	}
	return c.pieces[first:]
}

// after sets a text behind the last one, on a line of its own where it does
// not fit.
func (c *pdfColumn) after(style pdfStyle, text string) []pdfPiece {
	if c.end+c.face.width(text)*style.size > c.right {
		return c.at(style.step, style, strings.TrimLeft(text, " \u00a0"))
	}
	c.put(c.end, style, text)
	return c.pieces[len(c.pieces)-1:]
}

// paragraphs sets running text; a blank line doubles the step.
func (c *pdfColumn) paragraphs(step float64, style pdfStyle, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			step += style.step
			continue
		}
		c.at(step, style, line)
		step = style.step
	}
}

// link makes pieces clickable.
func (c *pdfColumn) link(pieces []pdfPiece, uri string) {
	for _, p := range pieces {
		bottom := pageHeight - p.y - 2
		c.links = append(c.links, pdfLink{p.page, p.x, bottom, p.x + c.face.width(p.text)*p.size, bottom + p.size, uri})
	}
}

// down moves the baseline, to the next page if there is no room.
func (c *pdfColumn) down(step float64) {
	if c.y += step; c.y > columnBottom {
		c.page++
		c.y = c.top
	}
}

// put sets one piece on the baseline.
func (c *pdfColumn) put(x float64, style pdfStyle, text string) {
	c.pieces = append(c.pieces, pdfPiece{c.page, x, c.y, style, text})
	c.end = x + c.face.width(text)*style.size
}

// wrap breaks a text into lines that fit: after spaces, hyphens and slashes,
// and anywhere in what is still too long.
func (c *pdfColumn) wrap(text string, size, left float64) []string {
	var lines []string
	line := ""
	fits := func(s string) bool {
		return left+c.face.width(strings.TrimRight(s, " "))*size <= c.right
	}
	for text != "" {
		n := breakable(text)
		for !fits(text[:n]) && utf8.RuneCountInString(text[:n]) > 1 && line == "" {
			_, letter := utf8.DecodeLastRuneInString(text[:n])
			n -= letter
		}
		if line != "" && !fits(line+text[:n]) {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
			continue
		}
		line += text[:n]
		text = text[n:]
	}
	return append(lines, strings.TrimRight(line, " "))
}

// breakable gives the length of the first part of a text that must stay on one
// line, with the space, hyphen or slash it ends in.
func breakable(text string) int {
	if i := strings.IndexAny(text, " -/"); i >= 0 {
		return i + 1
	}
	return len(text)
}
