package note

import (
	"slices"

	"kith"
)

// The scoring rule. Phrases come in groups; a group counts once, with its
// highest weight, and the weights of a class are summed. A sum of enough
// decides; one point less decides too unless the note is specific by its own
// marks, for an acquaintance may well ask for "a quick call". Beside phrases
// count the words a class is rich in, and how much the note names that not
// every invitation names.
const enough = 3

// riskStep is how many points of words of fraud weigh as much as one point of a
// phrase.
const riskStep = 3

// riskWords is how many points of words of fraud are enough without a phrase.
const riskWords = (enough - 1) * riskStep

// maxAside is how many words may stand beside a default text before the note is
// more than that text.
const maxAside = 8

// reader weighs one note.
type reader struct {
	*matcher
	text  string
	parts parts
	open  string // the first template slot left unfilled

	sums     map[string]int // weight of each class
	best     map[string]int // highest weight of a group in each class
	trade    int            // how much it speaks of selling, 0 to enough
	risk     int            // points of words of fraud
	concrete int            // words that not every invitation holds
	anchors  int            // names and numbers among them
	asks     bool           // holds a question
	theirs   bool           // names something as the recipient's
	stock    span           // a default text that is nearly all of the note
}

// span is a run of tokens.
type span struct{ from, to int }

func (s span) empty() bool { return s.from == s.to }

func (s span) holds(i int) bool { return s.from <= i && i < s.to }

// weigh sums the groups of every class and counts words. What stands in a
// default text says nothing in the note's favour.
func (r *reader) weigh(ctx Context) {
	r.stock = r.findStock()
	r.sums, r.best = map[string]int{}, map[string]int{}
	heaviest := map[[2]string]int{}
	for _, h := range r.hits {
		g := r.group(h)
		if g.class == "specific" && r.stock.holds(h.from) {
			continue
		}
		key := [2]string{g.class, g.name}
		if more := g.weight - heaviest[key]; more > 0 {
			heaviest[key] = g.weight
			r.sums[g.class] += more
			r.best[g.class] = max(r.best[g.class], g.weight)
		}
	}
	r.asks = slices.ContainsFunc(r.note.sentences, func(s sentence) bool {
		return s.question && s.from >= r.parts.from && !r.stock.holds(s.from)
	})
	r.weighWords()
	r.weighNaming(ctx)
	if beside := r.parts.to - r.parts.from - (r.stock.to - r.stock.from); beside > maxAside {
		r.stock = span{}
	}
}

// weighWords counts the words of selling and of fraud. Those of fraud count
// only beside a phrase of fraud or what frauds carry: an amount, a link, a
// handle.
func (r *reader) weighWords() {
	trade := r.points(strongTrade, weakTrade)
	if r.holds(money) {
		trade += 2
	}
	r.trade = min(trade/2, enough)
	if r.sums["scam"] > 0 || r.holds(money, link, handle) {
		r.risk = r.points(strongRisk, weakRisk)
	}
}

// group gives the group of a hit.
func (m *matcher) group(h hit) group { return m.lex.groups[h.group] }

// judge settles the kind and its evidence. A fraud beats a pitch, a pitch beats
// what is specific, and that beats the platform's own sentence.
func (r *reader) judge(f *Features) {
	specific := r.isSpecific()
	switch {
	case r.isScam():
		f.Kind = kith.NoteScam
		r.scam(f)
	case r.isPitch(specific):
		f.Kind = kith.NotePitch
		f.Evidence = r.evidence("pitch", "sells")
	case specific:
		f.Kind = kith.NoteSpecific
		f.Evidence = r.evidence("specific", "is about you or the two of you")
	case !r.stock.empty():
		f.Kind = kith.NoteDefault
		f.Evidence = []Span{{r.note.tokens[r.stock.from].start, r.note.tokens[r.stock.to-1].end, "is the platform's own sentence"}}
	default:
		f.Kind = kith.NoteGeneric
		f.Evidence = r.evidence("generic", "could be sent to anybody")
	}
}

// isScam reports whether the note reads like a known fraud. One phrase is not
// enough against what a note has of its own: friends share the price of a hut.
// Words alone are enough only if there are many of them and nothing speaks of the two. Names and
// numbers speak for nobody here: frauds are full of them.
func (r *reader) isScam() bool {
	phrases, own := r.sums["scam"], r.sums["specific"]
	all := phrases + r.risk/riskStep
	switch {
	case phrases >= enough && (phrases > enough || own < enough):
		return true
	case phrases == 0:
		return r.risk >= riskWords && own < enough
	}
	return all >= enough && own < enough || all == enough-1 && r.sums["pitch"] < enough && r.best["specific"] < enough-1
}

// isPitch reports whether the note sells.
func (r *reader) isPitch(specific bool) bool {
	phrases, own := r.sums["pitch"], r.sums["specific"]
	selling := phrases + r.trade
	switch {
	case r.sums["generic"] > enough && phrases <= enough && r.trade < enough:
		return false // a recruiter or networker who only wants the contact
	case r.best["pitch"] > enough:
		return true // wares held out to the reader; the company or school named is bait
	case phrases >= enough && own < phrases+enough:
		return true
	case selling >= enough && (own < enough || phrases > 1 && own < enough+2):
		return true
	case selling == enough-1 && !specific:
		return true
	}
	// Much is named, nothing of the two, and something of a sale.
	return selling > 1 && own <= 1 && !r.theirs && r.concrete >= 2 && r.sums["generic"] == 0
}

// isSpecific reports whether the note names something about the recipient or
// the two, going by what it says in its own favour. Rare words alone are not
// enough: there must be a name or number among them or much in a question, for
// anybody can be told of hard times and great plans.
func (r *reader) isSpecific() bool {
	own, generic := r.sums["specific"], r.sums["generic"]
	switch {
	case r.open != "":
		return false
	case r.best["specific"] >= enough:
		return r.concrete > 0 || generic < 2
	}
	score := own + r.concrete
	if r.asks {
		score++
	}
	if generic >= enough {
		score--
	}
	if own > enough && generic == 0 {
		return true
	}
	return score > enough && r.concrete >= 2 && (r.anchors > 0 || r.best["specific"] > 1 || r.asks && score > enough+2)
}

// risky reports whether the note may be a fraud at all: without a phrase of one,
// or enough words, isScam never says so.
func (r *reader) risky() bool {
	return r.points(strongRisk, weakRisk) >= riskWords ||
		slices.ContainsFunc(r.hits, func(h hit) bool { return r.group(h).class == "scam" })
}

// scam fills in what only a note that reads like a fraud may be said to do.
func (r *reader) scam(f *Features) {
	var names []string
	for _, h := range r.hits {
		switch g := r.group(h); {
		case g.class != "scam" || g.weight < 2:
		case g.name == "asks-money":
			f.AsksMoney = true
			names = append(names, "fee-or-money")
		case g.name == "asks-credentials":
			f.AsksCredentials = true
			names = append(names, "credentials")
		default:
			names = append(names, g.name)
		}
	}
	if len(names) == 0 {
		names = []string{"several-signs"}
	}
	slices.Sort(names)
	f.ScamGroups = slices.Compact(names)
	f.Evidence = r.evidence("scam", "reads like a known fraud")
}

// evidence gives the places of a class's phrases, overlapping ones joined.
func (r *reader) evidence(class, why string) []Span {
	var spans []Span
	for _, h := range r.hits {
		if r.group(h).class != class {
			continue
		}
		start, end := r.note.tokens[h.from].start, r.note.tokens[h.to-1].end
		if n := len(spans); n > 0 && start <= spans[n-1].End {
			spans[n-1].End = max(spans[n-1].End, end)
			continue
		}
		spans = append(spans, Span{start, end, why})
	}
	return spans
}
