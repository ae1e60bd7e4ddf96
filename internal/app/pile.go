package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
	"kith/triage"
)

// PileOrder is how the letters of one group of the pile are ordered.
type PileOrder string

// The orders of the pile. The zero PileOrder is FirmFirst.
const (
	FirmFirst   PileOrder = ""       // firm verdicts before leaning ones, then latest sent first
	PileNewest  PileOrder = "newest" // latest sent first
	PileOldest  PileOrder = "oldest"
	PileMutual  PileOrder = "mutual" // most connections in common first
	PileByNames PileOrder = "name"
)

// InCommon is something a member and a sender may share, as the signals of the
// verdict tell.
type InCommon string

// What can be in common. The zero InCommon asks for nothing.
const (
	CommonCompany InCommon = "company"
	CommonSchool  InCommon = "school"
	CommonGroup   InCommon = "group"
	CommonField   InCommon = "field" // the member's industry, areas and topics: what goals count
	CommonMet     InCommon = "met"
)

// commonSignals are the signals that say what is in common.
var commonSignals = map[InCommon][]string{
	CommonCompany: {"colleague", "senior-colleague", "former-colleague"},
	CommonSchool:  {"same-school", "same-programme"},
	CommonGroup:   {"same-group", "active-in-group", "same-volunteering"},
	CommonField:   {"in-area", "same-industry", "shares-topics"},
	CommonMet:     {"met", "met-observed", "address-book", "wrote-both-ways", "acquaintance"},
}

// PileQuery says which letters of the pile are wanted, and how they lie. The
// zero PileQuery wants all.
type PileQuery struct {
	From   From
	Note   string // "with" or "without" one; empty: either. A note nobody saw is neither
	Common InCommon
	Goals  kith.Goals // serves one of these, as the signals of the verdict tell
	Mutual int        // at least so many connections in common
	// Younger and Older bound how long ago it was sent; zero: no bound.
	Younger, Older time.Duration
	// Text stands in the name, headline, place or note, case and accents aside.
	Text string
	// Waiting wants those whose sender was asked and has not answered, instead of
	// those that wait for the member.
	Waiting bool
	Order   PileOrder
}

// Pile is a member's open invitations in groups by verdict.
type Pile struct {
	Left   int // all that wait for the member
	Found  int // those the query wants
	Groups []PileGroup
	// Waiting are those whose sender was asked, for as long as an answer may come.
	Waiting []Card
	// Alike is of how many the question can be answered at once that [App.Questions]
	// asks of most.
	Alike int
}

// waitFor is how long an asked sender's invitation is out of the way: then there
// is a new verdict (R84).
const waitFor = triage.DecideAfter * kith.Day

// PileGroup holds the letters with one verdict: accept, ask, decline, report, or
// NotJudged.
type PileGroup struct {
	Decision string
	Firm     int // how many of them no missing fact could turn
	Cards    []Card
}

// pileGroups are the groups in their order.
var pileGroups = []string{string(kith.Accept), string(kith.Ask), string(kith.Decline), string(kith.Report), NotJudged}

// Pile gives the actor's open invitations, received here and waiting elsewhere,
// by verdict. All groups are there, empty ones too.
func (a *App) Pile(ctx context.Context, who Actor, q PileQuery) (p Pile, err error) {
	if err := who.may(ScopeRead); err != nil {
		return p, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		cards, err := tx.Pile(who.ID, now)
		p = a.lay(cards, &q, now)
		return err
	})
	return p, err
}

// lay puts open invitations into the groups of the pile.
func (a *App) lay(cards []Card, q *PileQuery, now time.Time) (p Pile) {
	text, serve := kith.FoldText(q.Text), a.serve(q.Goals)
	groups := map[string]*PileGroup{}
	for _, name := range pileGroups {
		p.Groups = append(p.Groups, PileGroup{Decision: name})
	}
	for i := range p.Groups {
		groups[p.Groups[i].Decision] = &p.Groups[i]
	}
	asks := map[string]int{}
	for _, c := range asking(cards, now) {
		asks[c.Question]++
		p.Alike = max(p.Alike, asks[c.Question])
	}
	for i := range cards {
		c := &cards[i]
		waits := waitsFor(c, now)
		if waits {
			p.Waiting = append(p.Waiting, *c)
		} else {
			p.Left++
		}
		g := groups[cmp.Or(string(c.Decision), NotJudged)]
		if g == nil || waits != q.Waiting || !q.wants(c, text, serve, now) {
			continue
		}
		if c.Firm {
			g.Firm++
		}
		g.Cards = append(g.Cards, *c)
		p.Found++
	}
	for i := range p.Groups {
		slices.SortFunc(p.Groups[i].Cards, q.Order.compare)
	}
	return p
}

// waitsFor reports whether a letter is out of the way until its sender answers.
func waitsFor(c *Card, now time.Time) bool { return c.Waits && now.Before(c.AskedAt.Add(waitFor)) }

// asking gives the letters that wait for the member and have a question, latest
// sent first, as many as are asked about at once.
func asking(cards []Card, now time.Time) (out []*Card) {
	for i := range cards {
		if c := &cards[i]; c.Question != "" && !waitsFor(c, now) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(x, y *Card) int { return PileNewest.compare(*x, *y) })
	return out[:min(len(out), maxAsked)]
}

// Served gives those of some goals that one letter can serve more than another.
func (a *App) Served(goals kith.Goals) (out []kith.Goal) {
	for _, g := range goals.List() {
		if len(a.judge.Serves(g)) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// serve gives the signals that speak for goals.
func (a *App) serve(goals kith.Goals) (ids []string) {
	for _, g := range goals.List() {
		ids = append(ids, a.judge.Serves(g)...)
	}
	return ids
}

// spoken reports whether one of some signals spoke about a letter.
func spoken(c *Card, ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(c.Signals, " "+id+" ") })
}

// wants reports whether a letter is one of those asked for; text is the query's,
// folded, and serve are the signals that speak for its goals.
func (q *PileQuery) wants(c *Card, text string, serve []string, now time.Time) bool {
	switch {
	case q.From == FromHere && c.Elsewhere(), q.From == FromElsewhere && !c.Elsewhere():
		return false
	case q.Note == "with" && c.Note == "", q.Note == "without" && (c.Note != "" || !c.NoteKnown):
		return false
	case c.Mutual < q.Mutual && q.Mutual > 0:
		return false
	case q.Younger > 0 && now.Sub(c.SentAt) > q.Younger, q.Older > 0 && (c.SentAt.IsZero() || now.Sub(c.SentAt) < q.Older):
		return false
	case q.Common != "" && !spoken(c, commonSignals[q.Common]), q.Goals != 0 && !spoken(c, serve):
		return false
	}
	return text == "" || strings.Contains(kith.FoldText(c.Name+"\n"+c.Headline+"\n"+c.Place+"\n"+c.Note), text)
}

// compare orders letters of one group.
func (o PileOrder) compare(x, y Card) int {
	by := 0
	switch o {
	case FirmFirst:
		by = cmp.Compare(bit(y.Firm), bit(x.Firm))
	case PileOldest:
		by = x.SentAt.Compare(y.SentAt)
	case PileMutual:
		by = cmp.Compare(y.Mutual, x.Mutual)
	case PileByNames:
		by = cmp.Compare(kith.FoldText(x.Name), kith.FoldText(y.Name))
	}
	return cmp.Or(by, y.SentAt.Compare(x.SentAt), cmp.Compare(y.Invitation, x.Invitation))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Decided is an invitation its recipient has answered.
type Decided = store.Decided

// maxDecided is how many decisions are looked through at once: an evening's and
// more.
const maxDecided = 1000

// inWeek says how many invitations a member answered in the last 7 days, of which
// so many were listed.
func inWeek(tx *store.Tx, owner kith.MemberID, now time.Time, listed int) (n int, err error) {
	if listed < maxDecided {
		return listed, nil
	}
	err = tx.CountDecided(owner, now.Add(-UndoFor), func(_ *Decided, some int) { n += some })
	return n, err
}

const (
	// sitting is the longest pause between two decisions of one sitting.
	sitting = 5 * time.Minute
	// paced is how many decisions in sittings a pace needs.
	paced = 10
)

// Pace says how long a member takes for one decision, by what they decided, the
// newest first: the median pause between two of one sitting; ok is false before
// ten decisions. Decisions made together count once.
func Pace(list []Decided) (d time.Duration, ok bool) {
	var pauses []time.Duration
	for i := 1; i < len(list); i++ {
		if p := list[i-1].At.Sub(list[i].At); p >= time.Second && p < sitting {
			pauses = append(pauses, p)
		}
	}
	if len(pauses) < paced-1 {
		return 0, false
	}
	slices.Sort(pauses)
	return pauses[len(pauses)/2], true
}

// between is the longest pause between two decisions of one evening.
const between = 12 * time.Hour

// Evening says how many of a member's decisions, the newest first, were made in
// one stretch to the newest, and how long that took without the pauses.
func Evening(list []Decided) (n int, took time.Duration) {
	for n = min(1, len(list)); n < len(list); n++ {
		pause := list[n-1].At.Sub(list[n].At)
		if pause >= between {
			break
		}
		if pause < sitting {
			took += pause
		}
	}
	return n, took
}
