package note

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// languages are those every list speaks.
var languages = []string{"de", "en", "es", "fr", "it", "nl", "pt"}

func TestLexiconLoads(t *testing.T) {
	t.Parallel()
	lex, err := loadLexicon(phraseFiles)
	if err != nil {
		t.Fatal(err)
	}
	if len(stocks()) < 35 {
		t.Errorf("%d default texts", len(stocks()))
	}
	for _, s := range stocks() {
		if n := strings.Count(string(s.text), " ") + 1; n > maxStockWords {
			t.Errorf("%d words: %s", n, s.text)
		}
	}
	for id, class := range className {
		if id := int32(id); id > nameWord && !slices.ContainsFunc(slices.Collect(maps.Values(lex.exact)), func(s []int32) bool { return slices.Contains(s, id) }) {
			t.Errorf("no word belongs to %s", class)
		}
	}
}

// Every list speaks every language: what is a pitch in one must be one in all.
func TestEveryListSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	names, err := phraseFiles.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := phraseFiles.ReadFile("data/" + name.Name())
		if err != nil {
			t.Fatal(err)
		}
		spoken := map[string][]string{}
		section := ""
		for line := range strings.SplitSeq(string(data), "\n") {
			if strings.HasPrefix(line, "[") {
				section = line
			} else if lang, _, ok := strings.Cut(line, ":"); ok && len(lang) == 2 {
				spoken[section] = append(spoken[section], lang)
			} else if lang == "all" {
				spoken[section] = append(spoken[section], languages...)
			}
		}
		for section, langs := range spoken {
			slices.Sort(langs)
			if !slices.Equal(slices.Compact(langs), languages) {
				t.Errorf("%s %s speaks %v", name.Name(), section, langs)
			}
		}
	}
}

func TestLexiconRefuses(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"open bracket":      "[pitch x 1]\nen: we (help",
		"glued bracket":     "[pitch x 1]\nen: off(er)",
		"stray bracket":     "[pitch x 1]\nen: we help)",
		"leading gap":       "[pitch x 1]\nen: _ help",
		"trailing gap":      "[pitch x 1]\nen: help _",
		"empty pattern":     "[pitch x 1]\nen: (a|)",
		"undefined class":   "[pitch x 1]\nen: <nothing> here",
		"no language":       "[pitch x 1]\nwe help you",
		"no weight":         "[pitch x]\nen: we help",
		"weight no number":  "[pitch x y]\nen: we help",
		"listed two words":  "[words trade-1]\nen: e-mail",
		"define without is": "[define]\ncompany",
	} {
		if _, err := loadLexicon(fstest.MapFS{"data/x.txt": {Data: []byte(file)}}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestPatternMatches(t *testing.T) {
	t.Parallel()
	lex, err := loadLexicon(fstest.MapFS{"data/x.txt": {Data: []byte(`[define]
firm = (company|firms|small shop)
[pitch p 1]
en: (we|i) help (only|) <firm> _ (grow|scal*) ; far ... end ; *messe ; it's <num>
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"we help company grow":                true,
		"I help only firms to really scale":   true,
		"we help small shop grow":             true,
		"we help small grow":                  false,
		"we help firms one two three grow":    true,
		"we help firms a b c d grow":          false,
		"we help firms. grow":                 false,
		"far 1 2 3 4 5 6 7 8 9 end":           true,
		"far 1 2 3 4 5 6 7 8 9 10 end":        false,
		"Hannovermesse":                       true,
		"messen":                              false,
		"its 5":                               true,
		"WE HELP, ONLY - FIRMS (and) SCALING": true,
	} {
		if got := len(lex.match(fold(text)).hits) > 0; got != want {
			t.Errorf("match = %v, want %v: %q", got, want, text)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"I'd like":                   "id like",
		"l’équipe d'Anna":            "l equipe d anna",
		"Straße Łódź Øre":            "strasse lodz ore",
		"pаsswоrd":                   "password",
		"Привет мир":                 "привет мир",
		"don't e-mail":               "dont e mail",
		"ﬁne ＦＵＬＬ":                   "fine full",
		"so\u00adft zero\u200bwidth": "soft zerowidth",
		"Dr. Haas, z. B. 3.5":        "dr haas z b 3.5",
		"<b>bold</b>&amp;":           "bold",
	} {
		f := fold(text)
		var words []string
		for i := range f.tokens {
			words = append(words, string(f.word(i)))
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldKinds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]kind{
		"$500": money, "500 €": money, "EUR 500": money, "500 dollars": money, "2.5 million de dollars": money, "$3 million": money,
		"10 000": number, "80k": number, "30%": percent, "30 %": percent, "2019": year, "www.x.example": link, "http://x": link, "example.com": link,
		"a.b@c.example": mailbox, "@name": handle, "{{first}}": slot, "[Your Company]": slot, "word": letters,
	} {
		f := fold(text)
		if len(f.tokens) != 1 || f.tokens[0].kind != want {
			t.Errorf("fold(%q) = %+v, want one token of kind %d", text, f.tokens, want)
		}
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b  string
		bound int
		want  bool
	}{
		{"network", "network", 0, true}, {"network", "netwrk", 1, true}, {"network", "netwrk", 0, false},
		{"kitten", "sitting", 3, true}, {"kitten", "sitting", 2, false}, {"", "abc", 3, true}, {"", "abc", 2, false}, {"abcd", "", 4, true},
	} {
		if got := within([]byte(c.a), []byte(c.b), c.bound); got != c.want {
			t.Errorf("within(%q, %q, %d) = %v", c.a, c.b, c.bound, got)
		}
	}
}
