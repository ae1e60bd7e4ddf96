package gather

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"kith"
)

// The lists of title words, one file a language. A line in square brackets
// says what the phrases below it mean: a kind, then in any order a role family,
// a seniority and flags; "-" stands for none. All languages are matched at
// once; where two claim a phrase, the kind that comes first in headlineKinds
// wins, then the first file.
//
//go:embed data/titles_en.txt data/titles_de.txt data/titles_fr.txt data/titles_es.txt
var headlineData embed.FS

var headlineLanguages = []string{"en", "de", "fr", "es"}

// headlineKind says what a phrase does in a headline.
type headlineKind uint8

const (
	kindJob     headlineKind = iota // an occupation of its own: nurse, software engineer
	kindSkip                        // means nothing, and hides the words in it: board game
	kindOwner                       // leads or owns: founder, partner; its role gives way to any other
	kindSoft                        // an occupation whose field decides: consultant, assistant
	kindHead                        // a rung without a field: manager, director
	kindMark                        // flags only: non-profit, we are hiring
	kindFormer                      // what follows is past
	kindAlum                        // the whole segment is past
	kindRetired                     // likewise
	kindNow                         // what follows is present again
	kindAspire                      // the title that follows is not reached yet
	kindWish                        // what follows is looked for
	kindDoing                       // what follows is work, no title: building payments at …
	kindSlogan                      // what follows is a promise, no title
	kindDomain                      // a field of work: marketing
	kindWeak                        // a field that gives way to others: projects
	kindRank                        // changes the rung of a title: senior, junior
	kindDegree                      // a degree: a field beside it was studied, not worked in
	kindWord                        // a common word: not the name of an organisation
	numHeadlineKinds
)

var headlineKinds = [numHeadlineKinds]string{"job", "skip", "owner", "soft", "head", "mark", "former", "alum", "retired", "now",
	"aspire", "wish", "doing", "slogan", "domain", "weak", "rank", "degree", "word"}

// titled reports whether a phrase of this kind is a title or its last word.
func (k headlineKind) titled() bool {
	return k == kindJob || k == kindOwner || k == kindSoft || k == kindHead
}

// headlineFlags are what a phrase says beside role and rung.
type headlineFlags uint8

const (
	flagRecruiter headlineFlags = 1 << iota
	flagProgrammes
	flagStudent
	flagFounder
	flagNonProfit
	flagChief   // "chief", which makes an officer an executive
	flagOfficer // "officer"
)

var headlineFlagWords = map[string]headlineFlags{
	"recruiter": flagRecruiter, "programmes": flagProgrammes, "founder": flagFounder,
	"nonprofit": flagNonProfit, "chief": flagChief, "officer": flagOfficer,
}

var headlineLevels = map[string]kith.Seniority{
	"student": kith.StudentLevel, "entry": kith.EntryLevel, "mid": kith.MidLevel, "senior": kith.SeniorLevel,
	"manager": kith.ManagerLevel, "director": kith.DirectorLevel, "executive": kith.ExecutiveLevel,
}

// headlineRoles are the role families, the values of Headline.Role.
var headlineRoles = []string{"engineering", "data", "product", "design", "marketing", "sales", "people", "finance", "legal",
	"health", "education", "research", "operations", "consulting", "general-management", "media", "public",
	"hospitality-retail", "trades", "coaching"}

// headlineEntry is what one phrase means.
type headlineEntry struct {
	kind  headlineKind
	level kith.Seniority
	flags headlineFlags
	words uint8 // words of the longest phrase that begins with this word
	known bool  // false where the entry only holds words
	role  string
}

// headlineLexicon maps folded phrases to their meaning.
type headlineLexicon map[string]headlineEntry

var titleLexicon = sync.OnceValue(func() headlineLexicon {
	lex, _ := loadHeadlineLexicon()
	return lex
})

// loadHeadlineLexicon reads the lists; problems names every line that cannot
// be used, for the test that keeps it empty.
func loadHeadlineLexicon() (lex headlineLexicon, problems []string) {
	lex = make(headlineLexicon, 1<<15)
	for _, lang := range headlineLanguages {
		name := "data/titles_" + lang + ".txt"
		data, err := headlineData.ReadFile(name)
		if err != nil {
			problems = append(problems, err.Error())
		}
		var section headlineEntry
		for n, line := range strings.Split(string(data), "\n") {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if head, ok := strings.CutPrefix(line, "["); ok {
				if section, ok = parseHeadlineSection(strings.TrimSuffix(head, "]")); !ok {
					problems = append(problems, fmt.Sprintf("%s:%d: section %s", name, n+1, line))
				}
				continue
			}
			for phrase := range strings.SplitSeq(line, ";") {
				if !lex.learn(strings.TrimSpace(phrase), lang, section) {
					problems = append(problems, fmt.Sprintf("%s:%d: nothing is left of %q", name, n+1, phrase))
				}
			}
		}
	}
	lex.deriveLevels()
	return lex, problems
}

// deriveLevels gives occupations that name a rung (sales manager, directrice
// marketing, Vertriebsleiter) that rung.
func (lex headlineLexicon) deriveLevels() {
	for phrase, e := range lex {
		if !e.known || e.level != 0 || e.kind != kindJob && e.kind != kindSoft {
			continue
		}
		words := strings.Fields(phrase)
		if last := words[len(words)-1]; serves(words[0]) && last != "manager" && last != "director" {
			continue
		}
		for _, w := range []string{words[0], words[len(words)-1]} {
			e.level = max(e.level, lex.rungOf(w))
		}
		if words[0] == "chef" && len(words) > 1 {
			e.level = kith.ManagerLevel // chef comptable, chef des ventes
		}
		lex[phrase] = e
	}
}

// serves reports whether a first word names somebody who works for a manager
// and is none.
func serves(w string) bool {
	for _, begin := range []string{"assist", "asistent", "secretar", "sekretar", "adjoint", "aide", "referent", "buro"} {
		if strings.HasPrefix(w, begin) {
			return true
		}
	}
	return false
}

// rungOf gives the rung a title word stands for, also at the end of a German
// compound; 0 for plain titles.
func (lex headlineLexicon) rungOf(word string) kith.Seniority {
	const shortest = 5 // letters of a head that ends a compound
	for i := range word {
		if i > 0 && i < 3 || i > 0 && len(word)-i < shortest {
			continue
		}
		if e := lex[word[i:]]; e.known && e.kind == kindHead && e.level > kith.MidLevel {
			return e.level
		}
	}
	return 0
}

// parseHeadlineSection reads "job engineering senior".
func parseHeadlineSection(s string) (e headlineEntry, ok bool) {
	fields := strings.Fields(s)
	e.known = true
	for i, f := range fields {
		kind, isKind := indexOf(headlineKinds[:], f)
		flag, isFlag := headlineFlagWords[f]
		level, isLevel := headlineLevels[f]
		_, isRole := indexOf(headlineRoles, f)
		switch {
		case i == 0 && isKind:
			e.kind = headlineKind(kind)
		case i == 0:
			return e, false
		case isLevel && e.level == 0:
			e.level = level
		case f == "student":
			e.flags |= flagStudent
		case isFlag:
			e.flags |= flag
		case isRole:
			e.role = f
		case f != "-":
			return e, false
		}
	}
	return e, len(fields) > 0
}

func indexOf(list []string, s string) (int, bool) {
	for i, have := range list {
		if have == s {
			return i, true
		}
	}
	return 0, false
}

// learn enters a phrase with its derived forms.
func (lex headlineLexicon) learn(phrase, lang string, e headlineEntry) bool {
	t := scanHeadline(phrase)
	if len(t.words) == 0 || len(t.words) == 1 && strings.ContainsAny(phrase, " ") {
		return false // small words would fall away unseen
	}
	lex.enter(t, e)
	if e.kind == kindDomain || e.kind == kindWeak || e.kind == kindWord || e.kind == kindSlogan {
		if lang == "de" {
			lex.enterSpellings(phrase, e)
		}
		return true
	}
	for _, form := range headlineForms(phrase, lang) {
		lex.enter(scanHeadline(form), e)
		if lang == "de" {
			lex.enterSpellings(form, e)
		}
	}
	if lang == "de" {
		lex.enterSpellings(phrase, e)
	}
	return true
}

var germanSpellings = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue")

// enterSpellings enters a German phrase as written without umlauts.
func (lex headlineLexicon) enterSpellings(phrase string, e headlineEntry) {
	if plain := germanSpellings.Replace(phrase); plain != phrase {
		lex.enter(scanHeadline(plain), e)
	}
}

// enter adds one form; the earlier kind, then the earlier entry wins.
func (lex headlineLexicon) enter(t headlineText, e headlineEntry) {
	first := t.word(0, 0)
	if have := lex[t.folded]; !have.known || e.kind < have.kind {
		e.words = have.words
		lex[t.folded] = e
	}
	if start := lex[first]; int(start.words) < len(t.words) {
		start.words = uint8(len(t.words))
		lex[first] = start
	}
}

// headlineForms derives the feminine forms of a phrase: of its first word, of
// all its words, and what German does to the adjectives before a title.
func headlineForms(phrase, lang string) []string {
	words := strings.Fields(strings.ToLower(phrase))
	var ending func(string) []string
	switch lang {
	case "de":
		return germanForms(words)
	case "fr":
		ending = frenchFeminine
	case "es":
		ending = spanishFeminine
	default:
		return nil
	}
	var out []string
	rest := strings.Join(words[1:], " ")
	all := make([]string, len(words)-1)
	for i, w := range words[1:] {
		all[i] = w
		if fem := ending(w); len(fem) > 0 {
			all[i] = fem[0]
		}
	}
	for _, first := range append(ending(words[0]), words[0]) {
		out = append(out, strings.TrimSpace(first+" "+rest), strings.TrimSpace(first+" "+strings.Join(all, " ")))
	}
	return out
}

func germanForms(words []string) []string {
	feminine := func(w string) string {
		if stem, ok := strings.CutSuffix(w, "mann"); ok {
			return stem + "frau"
		}
		return strings.TrimSuffix(w, "e") + "in"
	}
	first := append([]string{feminine(words[0])}, words[1:]...)
	last := make([]string, len(words))
	for i, w := range words {
		last[i] = strings.TrimSuffix(w, "r")
		if !strings.HasSuffix(w, "er") {
			last[i] = w
		}
	}
	last[len(words)-1] = feminine(words[len(words)-1])
	return []string{strings.Join(first, " "), strings.Join(last, " ")}
}

// frenchEndings maps masculine endings to feminine ones, longest first.
var frenchEndings = []struct {
	masculine string
	feminine  []string
}{
	{"teur", []string{"trice", "teuse", "teure"}}, {"eur", []string{"euse", "eure"}}, {"ier", []string{"ière"}}, {"er", []string{"ère"}},
	{"ien", []string{"ienne"}}, {"chef", []string{"cheffe"}}, {"if", []string{"ive"}}, {"el", []string{"elle"}}, {"eux", []string{"euse"}},
	{"é", []string{"ée"}}, {"t", []string{"te"}}, {"d", []string{"de"}}, {"l", []string{"le"}}, {"n", []string{"ne"}}, {"s", []string{"se"}}, {"i", []string{"ie"}},
}

func frenchFeminine(w string) []string {
	for _, e := range frenchEndings {
		if stem, ok := strings.CutSuffix(w, e.masculine); ok {
			out := make([]string, len(e.feminine))
			for i, f := range e.feminine {
				out[i] = stem + f
			}
			return out
		}
	}
	return nil
}

func spanishFeminine(w string) []string {
	if stem, ok := strings.CutSuffix(w, "o"); ok && len(stem) > 2 {
		return []string{stem + "a"}
	}
	if strings.HasSuffix(w, "or") || strings.HasSuffix(w, "ín") || strings.HasSuffix(w, "ón") {
		return []string{w + "a"}
	}
	return nil
}
