package gather

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"kith"
)

// profileText is what a profile says in sentences: summary and descriptions.
type profileText struct {
	written string
	words   []string // folded
	src     kith.Source
	at      time.Time
}

func profileTextOf(p *kith.PersonFacts) *profileText {
	t := &profileText{written: strings.TrimSpace(p.Summary.Val + "\n" + descriptions(p))}
	t.words = strings.Fields(foldText(t.written))
	if t.src, t.at = p.Summary.Source, p.Summary.At; !p.Summary.Is() {
		t.src, t.at = p.Positions.Source, p.Positions.At
	}
	return t
}

// Bounds of what is concluded from a text's words.
const (
	focusWords    = 20  // a text of fewer words has no focus yet
	englishShare  = .08 // share of English small words in an English text
	englishWords  = 12  // a text of fewer words is too short to judge
	fewMistakes   = 4   // from so many misspellings on they are many (R71) …
	mistakesShare = .02 // … if they are this share of all words
)

// focus says whether the text speaks of the person or only of an industry
// (R74). A text that speaks of neither has no known focus.
func (t *profileText) focus(p *kith.PersonFacts) kith.Opt[kith.Focus] {
	if len(t.words) < focusWords {
		return kith.Opt[kith.Focus]{}
	}
	cues := profileCues()
	person, industry := t.achieves(), 0
	name, _, _ := strings.Cut(foldText(p.Name.Val), " ")
	for _, w := range t.words {
		person = person || cues["person"][w] || w == name && utf8.RuneCountInString(name) > 2
		if cues["industry"][w] {
			industry++
		}
	}
	switch {
	case person:
		return kith.Observed(kith.OnPerson, t.src, t.at)
	case industry > 1:
		return kith.Observed(kith.OnIndustry, t.src, t.at)
	}
	return kith.Opt[kith.Focus]{}
}

// achieves reports whether the text names accomplishments: what somebody did,
// won or made, or a number of it.
func (t *profileText) achieves() bool {
	deeds := profileCues()["deeds"]
	for _, w := range t.words {
		if deeds[w] {
			return true
		}
	}
	return strings.ContainsAny(t.written, "%€$£") && strings.ContainsAny(t.written, "0123456789")
}

// misspellings counts common misspellings in an English text. Words with a
// capital letter may be names and are left alone; text in other languages, a
// very short one and a headline are never judged.
func (t *profileText) misspellings() kith.Opt[kith.Amount] {
	if len(t.words) < englishWords || !t.english() {
		return kith.Opt[kith.Amount]{}
	}
	wrong := 0
	for word := range strings.FieldsFuncSeq(t.written, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '\'' }) {
		if word == strings.ToLower(word) && hasLine(misspelledEnglish, word) {
			wrong++
		}
	}
	amount := kith.None
	switch {
	case wrong >= fewMistakes && float64(wrong) >= mistakesShare*float64(len(t.words)):
		amount = kith.Many
	case wrong > 0:
		amount = kith.Few
	}
	return kith.Observed(amount, t.src, t.at)
}

// english reports whether the text is English, by its small words.
func (t *profileText) english() bool {
	cues := profileCues()
	small, foreign := 0, 0
	for _, w := range t.words {
		if cues["english"][w] {
			small++
		}
		if cues["foreign"][w] {
			foreign++
		}
	}
	return float64(small) >= englishShare*float64(len(t.words)) && small > 2*foreign
}

// profileCues are the words that tell what a text speaks of, folded, by group.
var profileCues = sync.OnceValue(func() map[string]map[string]bool {
	cues := map[string]map[string]bool{}
	for group, words := range profileCueWords {
		cues[group] = map[string]bool{}
		for _, w := range strings.Fields(words) {
			cues[group][foldText(w)] = true
		}
	}
	return cues
})

var profileCueWords = map[string]string{
	"person": `i im ive my me myself mine we our us ours he she his her they their
		ich mein meine meinem meinen meiner mich mir wir unser unsere unserem er sie seine ihre
		je j mon ma mes moi nous notre nos il elle son
		yo mi mis me nosotros nuestro nuestra soy tengo trabajo trabajé he él ella
		experienced skilled certified passionate graduate graduated erfahren erfahrene leidenschaftlich expérimenté expérimentée diplômé diplômée
		passionné passionnée apasionado apasionada licenciado licenciada egresado egresada`,
	"deeds": `led built managed founded launched developed designed achieved won awarded award awards published created established grew increased reduced
		improved delivered implemented introduced coordinated supervised trained taught organised organized headed directed negotiated patented
		promoted graduated earned authored co-authored presented researched engineered automated migrated raised sold completed
		geleitet aufgebaut entwickelt gegründet verantwortet eingeführt ausgezeichnet veröffentlicht gesteigert gesenkt umgesetzt betreut leitete
		entwickelte baute verantwortete gründete
		dirigé développé créé fondé lancé géré conçu piloté publié obtenu augmenté réduit formé encadré réalisé
		dirigí desarrollé lideré creé fundé gestioné diseñé publiqué logré aumenté reduje implementé coordiné liderado desarrollado gestionado premio`,
	"industry": `industry industries sector sectors market markets global businesses companies organisations organizations clients customers solutions services
		trends technology technologies economy demand investors consumers opportunities growth innovation
		branche branchen industrie markt märkte unternehmen kunden lösungen dienstleistungen wachstum wirtschaft
		secteur secteurs marché marchés entreprises solutions services croissance économie
		industria industrias sector mercado mercados empresas clientes soluciones servicios crecimiento economía`,
	"english": `the and of to in a for with is are on as at that have has by from this it i my be an or which`,
	"foreign": `der die das und ist mit von den auf ein eine zu les des et est dans pour une le la que los las el por con una del un en`,
}
