package web

import (
	"context"
	"net/url"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// deskRoutes are the inbox and the acts on the letter in focus.
func (s *site) deskRoutes() []route {
	return []route{
		{pattern: "GET /{$}", do: s.desk},
		{pattern: "POST /letters/{id}/{choice}", do: s.settle},
		{pattern: "POST /letters/{id}/answer", do: s.answer},
		{pattern: "GET /letters/{id}/ask", do: s.askForm},
		{pattern: "POST /letters/{id}/ask", do: s.ask},
		{pattern: "GET /letters/{id}/report", do: s.reportForm},
		{pattern: "POST /letters/{id}/report", do: s.report},
		{pattern: "POST /undo", do: s.undo},
	}
}

// desk is the inbox: the pile, one letter, and what Kith says of it.
type desk struct {
	View    view
	Left    int
	Found   int
	Minutes int // how long the rest takes at the member's own pace; 0: not known
	Decided int // in the last seven days
	Groups  []group
	Letter  *letter  // nil: nothing lies on the desk
	Told    *lastAct // what was done last
	List    bool     // a group was asked for and no letter of it
}

// view is what of the pile is shown, and how; it travels in the address.
type view struct {
	url.Values
}

// viewKeys are the parts of an address that choose from the pile.
var viewKeys = []string{"in", "from", "note", "common", "mutual", "age", "text", "sort"}

// group is a part of the pile.
type group struct {
	Verdict string // accept, ask, decline, report, or undecided
	Count   int
	Firm    int
	Rows    []row
	Open    bool // it was asked for: all its rows are shown
	Current bool
}

// row is one letter in the pile.
type row struct {
	ID, Name, Gist string
	State          string // asked, answered, or empty: goes before the gist
	Leaning        bool
	Current        bool
	Href           string
}

// lastAct is the line about the last act, with the way back.
type lastAct struct {
	Text     string
	From, To int64 // the time of what is undone, in microseconds; 0: only ID
	ID       string
}

const (
	// inPile is how many letters of a group the pile shows.
	inPile = 3
	// inList is how many it shows of a group that was asked for.
	inList = 200
)

func (s *site) desk(q *request) (templ.Component, error) {
	d, err := s.layDesk(q)
	if err != nil {
		return nil, err
	}
	return deskPage(s.page(q, "desk", say(q.Context(), "desk.title")), d), nil
}

// layDesk lays the desk: the letter asked for, else the first of the pile.
func (s *site) layDesk(q *request) (*desk, error) {
	now, err := s.app.Now(q.Context())
	if err != nil {
		return nil, err
	}
	v := viewOf(q.URL.Query())
	pile, err := s.app.Pile(q.Context(), q.who, v.query(now))
	if err != nil {
		return nil, err
	}
	decided, err := s.app.Decided(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	d := &desk{View: v, Left: pile.Left, Found: pile.Found, Decided: len(decided), Told: s.toldOf(q, decided),
		List: v.Get("in") != "" && q.URL.Query().Get("open") == ""}
	if pace, ok := app.Pace(decided); ok {
		d.Minutes = int((pace*time.Duration(pile.Left) + time.Minute - 1) / time.Minute)
	}
	at := lettersOf(&pile, v.Get("in")).find(q.URL.Query().Get("open"))
	for i := range pile.Groups {
		if g := &pile.Groups[i]; len(g.Cards) > 0 || g.Decision != app.NotJudged {
			d.Groups = append(d.Groups, v.group(q.Context(), g, at.card))
		}
	}
	if at.card == nil {
		return d, nil
	}
	d.Letter, err = s.letter(q, at, now)
	if err == nil {
		d.Letter.Query = v.Encode()
	}
	return d, err
}

// viewOf reads what of the pile is wanted from an address.
func viewOf(query url.Values) view {
	v := view{url.Values{}}
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
func (v view) query(now time.Time) app.PileQuery {
	q := app.PileQuery{Note: v.Get("note"), Common: app.InCommon(v.Get("common")), Text: v.Get("text"), Order: app.PileOrder(v.Get("sort"))}
	q.Mutual, _ = strconv.Atoi(v.Get("mutual")) // no number asks for none
	switch v.Get("from") {
	case "here":
		q.From = app.FromHere
	case "elsewhere":
		q.From = app.FromElsewhere
	}
	switch days := ages[v.Get("age")]; {
	case days > 0:
		q.Since = now.Add(-time.Duration(days) * kith.Day)
	case days < 0:
		q.Before = now.Add(time.Duration(days) * kith.Day)
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

// with gives the address of the desk with one part of the view changed; an
// empty value drops it.
func (v view) with(key, value string) string {
	out := url.Values{}
	for k, x := range v.Values {
		out[k] = x
	}
	out.Set(key, value)
	if value == "" {
		out.Del(key)
	}
	if len(out) == 0 {
		return "/"
	}
	return "/?" + out.Encode()
}

// group shows a group of the pile.
func (v view) group(ctx context.Context, g *app.PileGroup, open *app.Card) group {
	out := group{Verdict: g.Decision, Count: len(g.Cards), Firm: g.Firm, Open: v.Get("in") == g.Decision}
	show := inPile
	if out.Open {
		show = inList
	}
	for i := range g.Cards {
		c := &g.Cards[i]
		current := open != nil && c.Invitation == open.Invitation
		out.Current = out.Current || current
		if len(out.Rows) == show && !current {
			continue
		}
		if len(out.Rows) == show {
			out.Rows = out.Rows[:show-1] // the letter on the desk is always in the pile
		}
		out.Rows = append(out.Rows, row{ID: string(c.Invitation), Name: shownName(ctx, c.Name), Gist: c.Why, State: stateOf(c),
			Leaning: c.N > 0 && !c.Firm && c.Decision != kith.Report, Current: current, Href: v.with("open", string(c.Invitation))})
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

// place is a letter's place in the pile.
type place struct {
	card       *app.Card
	prev, next string // ids; empty at the ends
}

// letters are the letters of the pile in the order they are read.
type letters []*app.Card

// lettersOf lines up the groups of a pile, or one of them.
func lettersOf(p *app.Pile, in string) (out letters) {
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

// find gives the place of a letter, or of the first if it is not there.
func (l letters) find(id string) (p place) {
	at := 0
	for i, c := range l {
		if string(c.Invitation) == id {
			at = i
			break
		}
	}
	if len(l) == 0 {
		return p
	}
	p.card = l[at]
	if at > 0 {
		p.prev = string(l[at-1].Invitation)
	}
	if at+1 < len(l) {
		p.next = string(l[at+1].Invitation)
	}
	return p
}

func shownName(ctx context.Context, name string) string {
	if name == "" {
		return say(ctx, "desk.nameless")
	}
	return name
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

// toldOf makes the line about what was done last: the address says what, and
// which decisions it was.
func (s *site) toldOf(q *request, decided []app.Decided) *lastAct {
	query := q.URL.Query()
	what := query.Get("done")
	t := &lastAct{ID: kith.CleanLine(query.Get("about"))}
	t.From, _ = strconv.ParseInt(query.Get("since"), 10, 64)
	t.To, _ = strconv.ParseInt(query.Get("until"), 10, 64)
	ctx := q.Context()
	switch {
	case what == "":
		return nil
	case what == "undone":
		return &lastAct{Text: say(ctx, "told-act.undone")}
	case t.From != 0:
		n := len(within(decided, t.From, t.To))
		if n == 0 {
			return nil
		}
		t.Text = count(ctx, "together.done-"+choiceKey(what), n)
		return t
	case what == "later":
		t.Text = say(ctx, "told-act.later")
		return t
	}
	for i := range decided {
		if d := &decided[i]; string(d.Invitation) == t.ID {
			t.Text = say(ctx, "told-act."+choiceKey(what), shownName(ctx, d.Name))
			return t
		}
	}
	return nil
}

// choiceKey keeps what an address says to the choices there are.
func choiceKey(s string) string {
	switch s {
	case "accept", "decline", "report", "ask":
		return s
	}
	return "decline"
}

// within gives the decisions of a stretch of time, both ends included.
func within(list []app.Decided, from, to int64) (ids []kith.InvitationID) {
	for i := range list {
		if at := list[i].At.UnixMicro(); from <= at && at <= to {
			ids = append(ids, list[i].Invitation)
		}
	}
	return ids
}
