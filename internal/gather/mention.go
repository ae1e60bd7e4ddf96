package gather

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"kith"
)

//go:embed data/synonyms.txt
var synonymData string

const (
	// mentionSlack is how many other words may stand between the words of a
	// phrase: "software for small B2B companies" mentions "B2B software".
	mentionSlack = 2
	// maxMentionText bounds how much of one text is searched, in bytes.
	maxMentionText = 8000
)

// mentionUnit is one meaning: the stemmed phrases that stand for it.
type mentionUnit [][]string

// mentionTable holds the words of the same meaning.
type mentionTable struct {
	units   map[string][]mentionUnit // stemmed phrase → the meanings it is part of
	longest int
}

var mentions = sync.OnceValue(func() *mentionTable {
	t := &mentionTable{units: map[string][]mentionUnit{}}
	for _, line := range listLines(synonymData) {
		var unit mentionUnit
		for phrase := range strings.SplitSeq(line, ";") {
			if stems := mentionStems(phrase); len(stems) > 0 {
				unit = append(unit, stems)
				t.longest = max(t.longest, len(stems))
			}
		}
		for _, stems := range unit {
			key := strings.Join(stems, " ")
			t.units[key] = append(t.units[key], unit)
		}
	}
	return t
})

// MentionsAny reports whether a profile speaks of one of the given words: an
// area, a topic or a kind of client in the member's own words ("hydrology",
// "flood forecasting", "HR directors"). It compares whole words without their
// endings, knows the commonest words of the same meaning in four languages, and
// takes a phrase as found when all of it stands close together. It looks at
// headline, industry, current title, skills, topics and summary. hit is the
// first word found, as given.
func MentionsAny(p *kith.PersonFacts, words []string) (hit string, ok bool) {
	if len(words) == 0 {
		return "", false
	}
	texts := mentionTexts(p)
	for _, word := range words {
		stems := mentionStems(word)
		if len(stems) == 0 {
			continue
		}
		whole, apart := mentions().parse(stems, mentions().longest), mentions().parse(stems, 1)
		for _, text := range texts {
			if found(text, whole) || found(text, apart) {
				return word, true
			}
		}
	}
	return "", false
}

// mentionTexts gives the texts a profile is searched in, stemmed.
func mentionTexts(p *kith.PersonFacts) [][]string {
	raw := []string{p.Headline.Val, p.Industry.Val, p.Summary.Val}
	if pos, ok := currentPosition(p); ok {
		raw = append(raw, pos.Title)
	}
	raw = slices.Concat(raw, p.Skills.Val, p.Topics.Val)
	var texts [][]string
	for _, s := range raw {
		if len(s) > maxMentionText {
			s = strings.ToValidUTF8(s[:maxMentionText], "")
		}
		for part := range strings.FieldsFuncSeq(s, partsSentences) {
			if stems := mentionStems(part); len(stems) > 0 {
				texts = append(texts, stems)
			}
		}
	}
	return texts
}

// partsSentences reports whether words on both sides of r belong to different
// sentences or titles.
func partsSentences(r rune) bool { return strings.ContainsRune(".;!?|•·\n", r) }

// parse cuts a phrase into meanings of at most so many words, the longest known
// ones first.
func (t *mentionTable) parse(stems []string, longest int) []mentionUnit {
	var out []mentionUnit
	for i := 0; i < len(stems); {
		n := min(longest, len(stems)-i)
		for n > 1 && t.units[strings.Join(stems[i:i+n], " ")] == nil {
			n--
		}
		phrase := stems[i : i+n]
		unit := mentionUnit{phrase}
		for _, same := range t.units[strings.Join(phrase, " ")] {
			unit = append(unit, same...)
		}
		out = append(out, unit)
		i += n
	}
	return out
}

// found reports whether all meanings stand close together in a text.
func found(text []string, units []mentionUnit) bool {
	for i := range text {
		end := i + mentionSlack
		for _, u := range units {
			end += u.reach()
		}
		window := text[i:min(end, len(text))]
		all := true
		for j, u := range units {
			all = all && u.in(window, j == 0 && len(units) == 1)
			if !all {
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}

// reach is the number of words of the longest phrase of a meaning.
func (u mentionUnit) reach() int {
	n := 0
	for _, phrase := range u {
		n = max(n, len(phrase))
	}
	return n
}

// in reports whether one of the phrases stands in the window, at its start if
// first is set.
func (u mentionUnit) in(window []string, first bool) bool {
	for _, phrase := range u {
		for i := 0; i+len(phrase) <= len(window); i++ {
			if slices.Equal(window[i:i+len(phrase)], phrase) {
				return true
			}
			if first {
				break
			}
		}
	}
	return false
}

// mentionStems folds a text and gives its words without small words and
// endings.
func mentionStems(s string) []string {
	fields := strings.Fields(foldText(strings.ReplaceAll(s, "&", " ")))
	out := fields[:0]
	for _, w := range fields {
		if !organisationSmallWord(w) && w != "a" && w != "to" && w != "mit" && w != "with" {
			out = append(out, stem(w))
		}
	}
	return out
}

// endings are what stem takes off and puts in its place, longest first. Each
// leaves at least minStem letters.
var endings = []struct{ end, with string }{
	{"ologists", "olog"}, {"ologist", "olog"}, {"ological", "olog"}, {"ologies", "olog"}, {"ology", "olog"}, {"ologie", "olog"}, {"ologia", "olog"},
	{"ologue", "olog"}, {"ologin", "olog"}, {"ologe", "olog"}, {"isations", "is"}, {"isation", "is"}, {"izations", "is"}, {"ization", "is"},
	{"ising", "is"}, {"izing", "is"}, {"ies", "y"}, {"sses", "ss"}, {"ches", "ch"}, {"ings", ""}, {"ing", ""}, {"s", ""},
}

// minStem is how many letters must be left of a word.
const minStem = 4

// stem takes the ending off a folded word, so that "directors" and "director",
// "forecasting" and "forecast", "hydrology" and "hydrologist" meet.
func stem(w string) string {
	if wholeWord(w) || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is") {
		return w
	}
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(w, e.end); ok && len(rest) >= minStem {
			return rest + e.with
		}
	}
	return w
}

// wholeWord tells words whose ending makes another word of them: marketing is
// no market.
func wholeWord(w string) bool {
	switch w {
	case "marketing", "accounting", "building", "buildings", "training", "trainings", "banking", "housing", "nursing", "clothing", "consulting",
		"controlling", "advertising", "printing", "painting", "shipping", "trading", "coaching", "pricing", "testing", "news", "business", "series",
		"physics", "economics", "politics", "logistics", "analytics", "robotics", "graphics", "electronics", "sales", "operations", "arts", "sports",
		"games", "gaming", "communications", "relations", "services", "systems", "securities", "mathematics", "statistics", "ethics", "mechanics":
		return true
	}
	return false
}
