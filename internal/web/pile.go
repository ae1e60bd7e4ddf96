package web

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// view is what of the pile is shown, and how; it travels in the address.
type view struct {
	url.Values
	told url.Values // what was done last, which goes along while one reads on
}

// viewKeys are the parts of an address that choose from the pile.
var viewKeys = []string{"in", "from", "goal", "note", "common", "mutual", "age", "text", "waiting", "sort"}

// group is a part of the pile.
type group struct {
	Verdict string // accept, ask, decline, report, or undecided
	Count   int
	Firm    int
	Rows    []row
	Open    bool // it was asked for: all its rows are shown
	Current bool
	Every   string // the address of the group, or if it was asked for of all groups
	Before  int    // how many rows go before those of a group that was asked for
	Earlier string // the address of the last of these
	Behind  int    // how many come behind
	Later   string // the address of the first of these
	Bulk    string // the address to decide the firm ones together, empty if there are too few
}

// row is one letter in the pile.
type row struct {
	ID, Name, Gist string
	State          string // asked, answered, or empty: goes before the gist
	Leaning        bool
	Current        bool
	Href           string
}

const (
	// inPile is how many letters of a group the pile shows.
	inPile = 3
	// inList is how many it shows of a group that was asked for.
	inList = 200
)

// viewOf reads what of the pile is wanted from an address.
func viewOf(query url.Values) view {
	v := view{Values: url.Values{}}
	for _, k := range viewKeys {
		if x := kith.CleanLine(query.Get(k)); x != "" {
			v.Set(k, x)
		}
	}
	return v
}

// ages are the choices of how old an invitation may be, in days: at most, or
// from on if negative.
var ages = map[string]int{"week": 7, "month": 30, "older": -30, "half-year": -180}

// query is what the pile is asked.
func (v view) query() app.PileQuery {
	q := app.PileQuery{Note: v.Get("note"), Common: app.InCommon(v.Get("common")), Text: v.Get("text"),
		Waiting: v.Get("waiting") != "", Order: app.PileOrder(v.Get("sort"))}
	q.Mutual, _ = strconv.Atoi(v.Get("mutual")) // no number asks for none
	if goal, ok := kith.ParseGoal(v.Get("goal")); ok {
		q.Goals = kith.GoalSet(goal)
	}
	switch v.Get("from") {
	case "here":
		q.From = app.FromHere
	case "elsewhere":
		q.From = app.FromElsewhere
	}
	switch days := ages[v.Get("age")]; {
	case days > 0:
		q.Younger = time.Duration(days) * kith.Day
	case days < 0:
		q.Older = time.Duration(-days) * kith.Day
	}
	return q
}

// filtered reports whether something but the group and the order is chosen.
func (v view) filtered() bool {
	for k := range v.Values {
		if k != "in" && k != "sort" {
			return true
		}
	}
	return false
}

// but gives the view with one part changed; an empty value drops it.
func (v view) but(key, value string) view {
	out := view{maps.Clone(v.Values), v.told}
	out.Set(key, value)
	if value == "" {
		out.Del(key)
	}
	return out
}

// with gives the address of the desk with one part of the view changed. The line
// about the last act stays with whoever reads on.
func (v view) with(key, value string) string {
	query := v.but(key, value).Values
	maps.Copy(query, v.told)
	return addressOf("/", query)
}

// toldIn are the parts of an address that say what was done last.
func toldIn(query url.Values) url.Values {
	out := url.Values{}
	for _, k := range toldKeys {
		if x := kith.CleanLine(query.Get(k)); x != "" {
			out.Set(k, x)
		}
	}
	return out
}

// onward is the query that leads back to the desk, to the letter after this one.
func (v view) onward(next string) string { return v.but("next", next).Encode() }

// group shows a group of the pile.
func (v view) group(ctx context.Context, g *app.PileGroup, open *app.OpenLetter) group {
	out := group{Verdict: g.Decision, Count: len(g.Cards), Firm: g.Firm, Open: v.Get("in") == g.Decision, Every: v.with("in", g.Decision)}
	if g.Firm > 1 && !v.query().Waiting && (g.Decision == string(kith.Accept) || g.Decision == string(kith.Decline)) {
		out.Bulk = addressOf("/together/"+g.Decision, v.but("in", "").Values)
	}
	at := -1
	if open != nil {
		at = slices.IndexFunc(g.Cards, func(c app.Card) bool { return c.Invitation == open.Invitation })
	}
	out.Current = at >= 0
	shown := g.Cards[:min(inPile, len(g.Cards))]
	switch {
	case out.Open:
		out.Every = v.with("in", "")
		shown = out.stretch(v, g.Cards, at)
	case at >= inPile: // the letter on the desk is always in the pile
		shown = append(slices.Clone(shown[:inPile-1]), g.Cards[at])
	}
	for i := range shown {
		c := &shown[i]
		out.Rows = append(out.Rows, row{ID: string(c.Invitation), Name: shownName(ctx, c.Name), Gist: gist(ctx, c), State: stateOf(c),
			Leaning: c.N > 0 && c.Decision.Leans(c.Firm), Current: open != nil && c.Invitation == open.Invitation, Href: v.with("open", string(c.Invitation))})
	}
	return out
}

// stretch gives the rows of a group that was asked for in which the letter on the
// desk lies, and says what goes before and comes behind.
func (g *group) stretch(v view, cards []app.Card, at int) []app.Card {
	from := max(at, 0) / inList * inList
	to := min(from+inList, len(cards))
	lists := func(i int) string {
		list := v.but("list", "1") // of the list, whose letter is not to be read yet
		return list.with("open", string(cards[i].Invitation))
	}
	if g.Before, g.Behind = from, len(cards)-to; from > 0 {
		g.Earlier = lists(from - inList)
	}
	if to < len(cards) {
		g.Later = lists(to)
	}
	return cards[from:to]
}

// lettersOf lines up the groups of a pile, or one of them.
func lettersOf(p *app.Pile, in string) (out []*app.Card) {
	for i := range p.Groups {
		g := &p.Groups[i]
		if in != "" && in != g.Decision {
			continue
		}
		for j := range g.Cards {
			out = append(out, &g.Cards[j])
		}
	}
	return out
}

// stateOf is what has happened to an open invitation, as a key of texts.
func stateOf(c *app.Card) string {
	switch {
	case !c.RepliedAt.IsZero():
		return "answered"
	case !c.AskedAt.IsZero():
		return "asked"
	}
	return ""
}

// gist is the strongest reason in a few words: those of its signal where there
// are such, else its sentence.
func gist(ctx context.Context, c *app.Card) string {
	lead := c.Lead()
	if !has(ctx, "gist."+lead) {
		text := strings.TrimSuffix(saying(ctx, &kith.Reason{Signal: lead, Text: c.Why}), ".")
		r, size := utf8.DecodeRuneInString(text)
		return string(unicode.ToLower(r)) + text[size:]
	}
	text := say(ctx, "gist."+lead, c.Mutual, filling(sentences["signal."+lead], strings.TrimSuffix(c.Why, ".")))
	if c.Mutual > 0 && lead != "mutual" && lead != "many-mutuals" {
		return say(ctx, "gist.and-mutual", text, c.Mutual)
	}
	if c.NoteKnown && c.Note == "" && !strings.HasPrefix(lead, "note-") {
		return say(ctx, "gist.and-no-note", text)
	}
	return text
}

// mark shows the row of the letter on the desk.
func (r row) mark() templ.Attributes {
	if !r.Current {
		return nil
	}
	return templ.Attributes{"aria-current": "true"}
}

// bulkKey puts the key for choosing several on the group that is read.
func bulkKey(g group) templ.Attributes {
	if !g.Current {
		return nil
	}
	return templ.Attributes{"data-key": "x"}
}

// initials stand for a photo that is not there.
func initials(name string) string {
	var first, last rune
	for i, r := range name {
		if before, _ := utf8.DecodeLastRuneInString(name[:i]); unicode.IsLetter(r) && (i == 0 || unicode.IsSpace(before)) {
			if first == 0 {
				first = unicode.ToUpper(r)
			} else {
				last = unicode.ToUpper(r)
			}
		}
	}
	switch {
	case first == 0:
		return ""
	case last == 0:
		return string(first)
	}
	return string([]rune{first, last})
}

// emptied fills the thread when nothing is left, though nothing was decided.
func emptied(left int) int {
	if left == 0 {
		return 1
	}
	return 0
}
