package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"

	"kith"
)

// Widths of the page a printer writes.
const (
	pipeWidth = 100 // where there is no terminal
	minWidth  = 48
	maxWidth  = 120 // longer lines do not read better
	nameWidth = 26
	dateWidth = 6
)

// printer writes pages of text, as wide as the terminal, in colour only where
// there is colour. Its first error stops it.
type printer struct {
	w     io.Writer
	width int
	year  int // dates of other years show theirs; 0 shows none
	err   error
}

func newPrinter(w io.Writer) *printer {
	p := &printer{w: colorprofile.NewWriter(w, os.Environ()), width: pipeWidth}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if cols, _, err := term.GetSize(int(f.Fd())); err == nil {
			p.width = max(minWidth, min(cols, maxWidth))
		}
	}
	return p
}

// line writes one line.
func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// mark is how a decision looks: a shape, a word and a colour, always together.
type mark struct {
	shape, word string
	style       lipgloss.Style
}

// colour is a shade that reads on light and on dark grounds.
func colour(hex string) lipgloss.Style {
	return lipgloss.NewStyle().Foreground(lipgloss.Color(hex)).Bold(true)
}

var (
	faint = lipgloss.NewStyle().Faint(true)
	bold  = lipgloss.NewStyle().Bold(true)

	acceptShade  = colour("#3f9c74")
	askShade     = colour("#b8862b")
	declineShade = colour("#7d8cb5")
	reportShade  = colour("#d8574c")
)

// markOf gives a decision's look.
func markOf(d kith.Decision) mark {
	switch d {
	case kith.Accept:
		return mark{"●", "Accept", acceptShade}
	case kith.Ask:
		return mark{"◐", "Ask first", askShade}
	case kith.Decline:
		return mark{"○", "Decline", declineShade}
	case kith.Report:
		return mark{"◆", "Report", reportShade}
	case kith.SendIt:
		return mark{"●", "Invite", acceptShade}
	case kith.Wait:
		return mark{"◐", "Wait", askShade}
	case kith.FixNote:
		return mark{"◐", "Write a note, then invite", askShade}
	case kith.FixProfile:
		return mark{"◐", "Mend your profile first", askShade}
	case kith.DontSend:
		return mark{"○", "Do not invite", declineShade}
	case kith.Keep:
		return mark{"●", "Keep", acceptShade}
	case kith.Disconnect:
		return mark{"○", "Disconnect", declineShade}
	}
	return mark{"○", string(d), declineShade}
}

// columns writes one row: name, date, text; what does not fit ends in "…".
func (p *printer) columns(name string, at time.Time, text string) {
	room := p.width - 2 - nameWidth - 1 - dateWidth - 2
	p.line("  %s %s  %s", pad(name, nameWidth), faint.Render(pad(p.shortDate(at), dateWidth)), ansi.Truncate(text, room, "…"))
}

// pad cuts or fills a text to a width in terminal cells.
func pad(s string, width int) string {
	s = ansi.Truncate(s, width, "…")
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// shortDate is the day, or month and year of another year.
func (p *printer) shortDate(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case p.year != 0 && t.Year() != p.year:
		return t.Format("Jan 06")
	}
	return t.Format("2 Jan")
}

// heading writes a group's heading with its count.
func (p *printer) heading(m mark, n int) {
	p.line("")
	p.line("%s %d", m.style.Render(m.shape+" "+m.word), n)
}

// wrapped writes a text over several lines, indented.
func (p *printer) wrapped(indent int, text string) { p.hanging(indent, "", text) }

// hanging is wrapped with a sign before the first line; the others stand under
// its text.
func (p *printer) hanging(indent int, sign, text string) {
	hang := indent + ansi.StringWidth(sign)
	for i, l := range strings.Split(ansi.Wordwrap(text, p.width-hang, ""), "\n") {
		if i == 0 {
			p.line("%s%s%s", strings.Repeat(" ", indent), sign, l)
			continue
		}
		p.line("%s%s", strings.Repeat(" ", hang), l)
	}
}

// count writes "1 invitation" or "212 invitations".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	switch {
	case strings.HasSuffix(noun, "s"):
		return fmt.Sprintf("%d %ses", n, noun)
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
