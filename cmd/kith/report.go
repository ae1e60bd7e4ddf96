package main

import (
	"fmt"
	"sort"
	"strings"

	"kith/internal/intake"
)

// inside separates an archive's name from a file in it, in a report's names.
const inside = " › "

// reported is what the report says of one archive, or of the single files.
type reported struct {
	name    string
	counts  map[string]int
	lines   []string            // single files, one line each
	skipped map[string][]string // by reason
	reasons []string            // in order of appearance
}

// report says what was read and what was not, and why. The files of one archive
// are one entry; what could not be used is named row by row.
func (p *printer) report(r *intake.Report) {
	read := 0
	var order []string
	by := map[string]*reported{}
	for i := range r.Files {
		f := &r.Files[i]
		if f.Skipped == "" {
			read++
		}
		archive, _, packed := strings.Cut(f.Name, inside)
		if !packed {
			archive = ""
		}
		if by[archive] == nil {
			by[archive] = &reported{name: archive, counts: map[string]int{}, skipped: map[string][]string{}}
			order = append(order, archive)
		}
		by[archive].add(f)
	}
	p.line("")
	p.line("%s", faint.Render(fmt.Sprintf("%s used; %d hold nothing Kith needs, or could not be used.", count(read, "file"), len(r.Files)-read)))
	for _, name := range order {
		p.archive(by[name])
	}
	p.problems(r)
}

func (g *reported) add(f *intake.FileReport) {
	if f.Skipped != "" {
		if g.skipped[f.Skipped] == nil {
			g.reasons = append(g.reasons, f.Skipped)
		}
		g.skipped[f.Skipped] = append(g.skipped[f.Skipped], strings.TrimPrefix(f.Name, g.name+inside))
		return
	}
	if g.name == "" {
		g.lines = append(g.lines, f.Name+": "+counted(f.Counts))
		return
	}
	for noun, n := range f.Counts {
		g.counts[noun] += n
	}
}

func (p *printer) archive(g *reported) {
	if g.name != "" {
		p.wrapped(2, faint.Render(g.name+": "+counted(g.counts)))
	}
	for _, line := range g.lines {
		p.wrapped(2, faint.Render(line))
	}
	for _, reason := range g.reasons {
		p.wrapped(4, faint.Render(reason+": "+strings.Join(g.skipped[reason], ", ")))
	}
}

// problems names what could not be used, file by file.
func (p *printer) problems(r *intake.Report) {
	for i := range r.Files {
		f := &r.Files[i]
		for _, problem := range f.Problems {
			p.wrapped(2, f.Name+", "+where(&problem)+problem.Msg)
		}
		if f.More > 0 {
			p.wrapped(2, fmt.Sprintf("%s: and %d more like these", f.Name, f.More))
		}
	}
}

// counted writes what was read: "212 invitations, 3 profiles".
func counted(counts map[string]int) string {
	var parts []string
	for noun, n := range counts {
		parts = append(parts, count(n, noun))
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return "nothing Kith uses"
	}
	return strings.Join(parts, ", ")
}

// where places a problem: "row 12, column Sent At: ".
func where(p *intake.Problem) string {
	var parts []string
	if p.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d", p.Row))
	}
	if p.Column != "" {
		parts = append(parts, "column "+p.Column)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + ": "
}
