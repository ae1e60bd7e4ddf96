package gather

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/programmes.txt
var programmeData string

const (
	// programmeWeight is the weight of words from which a headline sells
	// programmes; programmeWeightInTrade holds for people who name another
	// trade first: a tax adviser who helps founders grow sells no programme.
	programmeWeight        = 3
	programmeWeightInTrade = 5
)

// programmeGroup is a group of phrases that count once; the first group of a
// list is bit 0.
type programmeGroup struct {
	name   string
	weight int
}

type programmeLexicon struct {
	groups  []programmeGroup
	phrases map[string]uint16 // folded phrase → the groups it belongs to, as bits
	longest map[string]int    // first word → words of its longest phrase
}

var programmes = sync.OnceValue(func() *programmeLexicon {
	lex, _ := loadProgrammes()
	return lex
})

// loadProgrammes reads the list; problems names every section that cannot be
// used.
func loadProgrammes() (lex *programmeLexicon, problems []string) {
	lex = &programmeLexicon{phrases: map[string]uint16{}, longest: map[string]int{}}
	for section, line := range listLines(programmeData) {
		name, number, _ := strings.Cut(section, " ")
		if n := len(lex.groups); n == 0 || lex.groups[n-1].name != name {
			weight, err := strconv.Atoi(number)
			if err != nil {
				problems = append(problems, fmt.Sprintf("programmes.txt: section %q has no weight", section))
			}
			lex.groups = append(lex.groups, programmeGroup{name, weight})
		}
		bit := uint16(1) << (len(lex.groups) - 1)
		for phrase := range strings.SplitSeq(line, ";") {
			t := scanHeadline(strings.TrimSpace(phrase))
			if len(t.words) == 0 {
				problems = append(problems, fmt.Sprintf("programmes.txt: empty phrase %q", phrase))
				continue
			}
			lex.phrases[t.folded] |= bit
			lex.longest[t.word(0, 0)] = max(lex.longest[t.word(0, 0)], len(t.words))
		}
	}
	return lex, problems
}

// sellsProgrammes weighs a headline's words. What stands after a cut can only
// add weight, so a cut headline never sells what the whole one does not.
func (r *headlineReader) sellsProgrammes(lex *programmeLexicon) bool {
	var found uint16
	weight, promise := 0, len(r.words)
	end := len(r.words)
	if r.touched {
		end--
	}
	for i := 0; i < end; i++ {
		if r.words[i].scope == scopePast || r.words[i].scope == scopeWish || r.words[i].named {
			continue
		}
		bits := lex.at(r, i, end)
		if bits != 0 && r.words[i].scope == scopeSlogan {
			promise = min(promise, i)
		}
		for g, group := range lex.groups {
			if bits&^found&(1<<g) != 0 {
				weight += group.weight
			}
		}
		found |= bits
	}
	if weight < programmeWeight {
		return false
	}
	return weight >= r.programmeThreshold(promise)
}

// at gives the groups of all phrases that begin at word i.
func (lex *programmeLexicon) at(r *headlineReader, i, end int) (bits uint16) {
	for n := min(lex.longest[r.word(i, i)], end-i); n > 0; n-- {
		if n == 1 || r.words[i+n-1].segment == r.words[i].segment {
			bits |= lex.phrases[r.word(i, i+n-1)]
		}
	}
	return bits
}

// programmeThreshold gives the weight needed, by the titles before the promise.
func (r *headlineReader) programmeThreshold(promise int) int {
	for _, m := range r.matches {
		if m.first >= promise {
			break
		}
		if m.kind == kindJob && m.role != "coaching" && m.role != "general-management" && r.words[m.first].scope == scopeNow {
			return programmeWeightInTrade
		}
	}
	return programmeWeight
}
