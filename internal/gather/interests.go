package gather

import (
	"strings"

	"kith"
)

// MentionsAny reports whether a profile speaks of one of the words a member
// named, and which. Whole words count, in the order they were written, and a
// word's plural as the word.
func MentionsAny(p *kith.PersonFacts, words []string) (hit string, ok bool) {
	if len(words) == 0 {
		return "", false
	}
	text := mentionText(p)
	for _, w := range words {
		if key := stems(w); key != "" && strings.Contains(text, " "+key+" ") {
			return w, true
		}
	}
	return "", false
}

// mentionText is everything a profile says of a person's field, stemmed.
func mentionText(p *kith.PersonFacts) string {
	parts := []string{p.Headline.Val, p.Industry.Val, p.Summary.Val}
	for _, pos := range p.Positions.Val {
		if pos.Current() {
			parts = append(parts, pos.Title, pos.Organisation, pos.Description)
		}
	}
	parts = append(parts, p.Topics.Val...)
	parts = append(parts, p.Skills.Val...)
	parts = append(parts, p.Groups.Val...)
	var b strings.Builder
	for _, part := range parts {
		if part != "" {
			b.WriteString(" " + stems(part))
		}
	}
	return b.String() + " "
}

// stems folds a text and cuts plurals and the endings by which a field, the
// people in it and what they do differ: hydrology, hydrologist.
func stems(s string) string {
	words := strings.Fields(kith.FoldText(s))
	for i, w := range words {
		for _, ending := range []string{"ologists", "ologist", "ologies", "ology", "ologie", "ologia"} {
			if cut, found := strings.CutSuffix(w, ending); found && len(cut) >= 3 {
				w = cut + "olog"
			}
		}
		if len(w) > 4 && !strings.HasSuffix(w, "ss") {
			w = strings.TrimSuffix(w, "s")
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}

// SameIndustry compares two people's stated industries; unsure when one states
// none. An equal role family is no industry.
func SameIndustry(a, b *kith.PersonFacts) (same, sure bool) {
	if !a.Industry.Is() || !b.Industry.Is() {
		return false, false
	}
	return industryKey(a.Industry.Val) == industryKey(b.Industry.Val), true
}

// industryKey folds an industry's name; renamed ones of the platform are one.
func industryKey(s string) string {
	key := kith.FoldText(s)
	if now, ok := renamedIndustries[key]; ok {
		return now
	}
	return key
}

// renamedIndustries maps older names of the platform's industries to newer.
var renamedIndustries = map[string]string{
	"computer software":                    "software development",
	"information technology and services":  "it services and it consulting",
	"marketing and advertising":            "advertising services",
	"hospital health care":                 "hospitals and health care",
	"hospital and health care":             "hospitals and health care",
	"oil energy":                           "oil and gas",
	"oil and energy":                       "oil and gas",
	"internet":                             "technology information and internet",
	"management consulting":                "business consulting and services",
	"nonprofit organization management":    "non profit organizations",
	"non profit organization management":   "non profit organizations",
	"civic social organization":            "civic and social organizations",
	"professional training coaching":       "professional training and coaching",
	"biotechnology":                        "biotechnology research",
	"pharmaceuticals":                      "pharmaceutical manufacturing",
	"automotive":                           "motor vehicle manufacturing",
	"renewables environment":               "renewable energy",
	"renewables and environment":           "renewable energy",
	"research":                             "research services",
	"education management":                 "education administration programs",
	"logistics and supply chain":           "transportation logistics supply chain and storage",
	"logistics supply chain":               "transportation logistics supply chain and storage",
	"food beverages":                       "food and beverage services",
	"food and beverages":                   "food and beverage services",
	"computer network security":            "computer and network security",
	"electrical electronic manufacturing":  "appliances electrical and electronics manufacturing",
	"human resources":                      "human resources services",
	"leisure travel tourism":               "travel arrangements",
	"online media":                         "online audio and video media",
	"health wellness and fitness":          "wellness and fitness services",
	"mechanical or industrial engineering": "industrial machinery manufacturing",
}
