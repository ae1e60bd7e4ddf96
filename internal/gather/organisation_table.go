package gather

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// What is known about names of organisations: every name an organisation goes
// or went by, legal forms, words of schools in other languages. The lists were
// written for Kith from general knowledge; the forms are explained in them.
var (
	//go:embed data/companies.txt
	companyData string
	//go:embed data/schools.txt
	schoolData string
	//go:embed data/organisation_words.txt
	organisationWordData string
	//go:embed data/school_words.txt
	schoolWordData string
)

// organisationTable is those lists, ready for look-ups. Names in sets are
// folded; keys of alias are what joinName makes of a name.
type organisationTable struct {
	alias   map[string]string          // a name's joined form → the organisation's key
	sets    map[string]map[string]bool // section of organisation_words.txt → its phrases
	reads   map[string]string          // word of a school's name → the word it is read as
	town    map[string]bool
	schools map[string]bool // keys of listed schools
	longest map[string]int  // section → words of its longest phrase
}

var organisations = sync.OnceValue(func() *organisationTable {
	t, _ := loadOrganisations()
	return t
})

// loadOrganisations reads the lists; problems names what contradicts itself.
func loadOrganisations() (t *organisationTable, problems []string) {
	t = &organisationTable{
		alias: make(map[string]string, 1<<13), sets: map[string]map[string]bool{}, reads: map[string]string{},
		town: map[string]bool{}, schools: map[string]bool{}, longest: map[string]int{},
	}
	for section, line := range listLines(organisationWordData) {
		if t.sets[section] == nil {
			t.sets[section] = map[string]bool{}
		}
		for phrase := range strings.SplitSeq(line, ";") {
			phrase = strings.TrimSpace(phrase)
			if section == "nonprofit" { // looked for in headlines, which drop small words
				t.sets[section][scanHeadline(phrase).folded] = true
			}
			phrase = foldText(phrase)
			t.sets[section][phrase] = true
			t.longest[section] = max(t.longest[section], 1+strings.Count(phrase, " "))
		}
	}
	for section, line := range listLines(schoolWordData) {
		as, others, ok := strings.Cut(line, ":")
		if !ok {
			problems = append(problems, fmt.Sprintf("school_words.txt: no %q in %q", ":", line))
		}
		for word := range strings.SplitSeq(others, ";") {
			word = strings.ReplaceAll(foldText(strings.TrimSpace(word)), " ", "")
			if have, ok := t.reads[word]; ok && have != as {
				problems = append(problems, fmt.Sprintf("school_words.txt: %s is read as %s and %s", word, have, as))
			}
			t.reads[word] = as
		}
		if section == "town" {
			t.town[as] = true
		}
	}
	problems = append(problems, t.learnNames(companyData, nil)...)
	problems = append(problems, t.learnNames(schoolData, t.schools)...)
	return t, problems
}

// listLines gives the lines of a list with the section they stand in.
func listLines(data string) func(yield func(section, line string) bool) {
	return func(yield func(section, line string) bool) {
		section := ""
		for line := range strings.Lines(data) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if head, ok := strings.CutPrefix(line, "["); ok {
				section = strings.TrimSuffix(head, "]")
				continue
			}
			if !yield(section, line) {
				return
			}
		}
	}
}

// learnNames enters one organisation a line, its key also into keys. The key is the joined form of the
// first name, so that a name no list holds and one that stands first meet.
func (t *organisationTable) learnNames(data string, keys map[string]bool) (problems []string) {
	initials := map[string]string{}
	for _, line := range listLines(data) {
		key := ""
		for name := range strings.SplitSeq(line, ";") {
			folded := foldText(strings.TrimSpace(name))
			joined := string(t.joinName(nil, folded))
			if key == "" {
				if key = joined; keys != nil {
					keys[key] = true
				}
			}
			if have, ok := t.alias[joined]; ok && have != key {
				problems = append(problems, fmt.Sprintf("%q names %s and %s", name, have, key))
				continue
			}
			t.alias[joined] = key
			if short := initialsOf(folded); len(short) >= 4 {
				if have, ok := initials[short]; ok && have != key {
					key := ""
					initials[short] = key
					continue
				}
				initials[short] = key
			}
		}
	}
	for short, key := range initials {
		if _, ok := t.alias[short]; !ok && key != "" {
			t.alias[short] = key
		}
	}
	return problems
}

// initialsOf gives the initials of a folded name's full words.
func initialsOf(folded string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(folded, " ") {
		if word != "" && !organisationSmallWord(word) {
			b.WriteByte(word[0])
		}
	}
	return b.String()
}

// organisationSmallWord reports whether a folded word joins others and names
// nothing.
func organisationSmallWord(w string) bool {
	switch w {
	case "the", "and", "und", "et", "y", "of", "de", "del", "della", "dello", "di", "da", "do", "dos", "das", "der", "die", "des", "du",
		"am", "an", "auf", "den", "dem", "au", "aux", "sur", "d", "l", "la", "le", "les", "los", "las", "el", "fur", "for", "zu", "zur", "im", "in", "at", "en", "degli", "studi":
		return true
	}
	return false
}
