package gather

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"kith"
)

//go:embed data/industries.txt
var industryData string

// industry is one entry of the list of industries.
type industry struct {
	name  string // the older name, as the list spells it
	group string
	// trade is set for what people do in any industry: law, design.
	trade bool
}

// industryTable maps the folded names of an industry to its entry.
type industryTable struct {
	names   map[string]*industry
	longest int // words of the longest name
}

var industries = sync.OnceValue(func() *industryTable {
	t, _ := loadIndustries()
	return t
})

// loadIndustries reads the list; problems names what two lines claim.
func loadIndustries() (t *industryTable, problems []string) {
	t = &industryTable{names: map[string]*industry{}}
	for group, line := range listLines(industryData) {
		line, trade := strings.CutPrefix(line, "~")
		entry := &industry{group: group, trade: trade}
		for name := range strings.SplitSeq(line, ";") {
			name = strings.TrimSpace(name)
			if entry.name == "" {
				entry.name = name
			}
			folded := foldText(name)
			if have := t.names[folded]; have != nil && have != entry {
				problems = append(problems, fmt.Sprintf("industries.txt: %q is %s and %s", name, have.name, entry.name))
				continue
			}
			t.names[folded] = entry
			t.longest = max(t.longest, 1+strings.Count(folded, " "))
		}
	}
	return t, problems
}

// SameIndustry reports whether two people work in the same industry. Stated
// industries decide where both are known, by name in old and new spelling and
// four languages; then sure is false only for industries near each other that
// are not the same. Otherwise the same role family and a word for one industry
// in both headlines or titles count as the same, unsurely.
func SameIndustry(a, b *kith.PersonFacts) (same, sure bool) {
	if a.Industry.Is() && b.Industry.Is() {
		return industries().same(a.Industry.Val, b.Industry.Val)
	}
	if !a.Role.Is() || !b.Role.Is() || a.Role.Val != b.Role.Val {
		return false, false
	}
	mine := industries().mentioned(a)
	for entry := range industries().mentioned(b) {
		if mine[entry] {
			return true, false
		}
	}
	return false, false
}

func (t *industryTable) same(a, b string) (same, sure bool) {
	fa, fb := foldText(cleanLine(a)), foldText(cleanLine(b))
	ia, ib := t.names[fa], t.names[fb]
	switch {
	case fa == fb && fa != "":
		return true, true
	case ia == nil || ib == nil:
		return false, false
	case ia == ib:
		return true, true
	}
	return false, ia.group != ib.group
}

// mentioned finds the industries that a person's stated industry, headline and
// current title name.
func (t *industryTable) mentioned(p *kith.PersonFacts) map[*industry]bool {
	found := map[*industry]bool{}
	texts := []string{p.Headline.Val, p.Industry.Val}
	if pos, ok := currentPosition(p); ok {
		texts = append(texts, pos.Title)
	}
	for _, text := range texts {
		words := strings.Fields(foldText(text))
		for i := range words {
			for n := min(t.longest, len(words)-i); n > 0; n-- {
				entry := t.names[strings.Join(words[i:i+n], " ")]
				if entry != nil && !entry.trade {
					found[entry] = true
					break
				}
			}
		}
	}
	return found
}

// currentPosition gives the first position that has not ended.
func currentPosition(p *kith.PersonFacts) (kith.Position, bool) {
	for _, pos := range p.Positions.Val {
		if pos.Current() {
			return pos, true
		}
	}
	return kith.Position{}, false
}
