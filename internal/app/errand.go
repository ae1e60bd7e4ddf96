package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
	"kith/triage"
)

// ErrandKind says what an errand is.
type ErrandKind string

// The kinds of errands. The first ones want the member, the last ones come up by
// themselves.
const (
	ErrandAnswered ErrandKind = "answered" // the sender answered the member's question
	ErrandAsks     ErrandKind = "asks"     // somebody the member invited asks something first
	ErrandNone     ErrandKind = "none"     // the member says that no answer came elsewhere
	ErrandLate     ErrandKind = "late"     // a question is unanswered for 7 days (R81)
	ErrandOver     ErrandKind = "over"     // a question is unanswered for 14 days, and there is a new verdict (R84)
	ErrandSilent   ErrandKind = "silent"   // accept and see heard nothing: a removal is proposed, or to part elsewhere

	ErrandAsked ErrandKind = "asked" // a question is out
	ErrandSee   ErrandKind = "see"   // accept and see waits
	ErrandErase ErrandKind = "erase" // the account is going to be erased
)

// Errand is one thing that wants a member, or will.
type Errand struct {
	Kind ErrandKind
	// Effect names what is to be dismissed to keep a connection; of ErrandSilent.
	Effect     string
	Invitation kith.InvitationID
	// About is whom it concerns; with a contact it waits elsewhere.
	About store.Person
	Name  string
	Slug  string // of the profile elsewhere
	// Question is what was asked, Reply the answer; of a member's. Of ErrandAsks
	// the question is theirs.
	Question, Reply string
	// Decision is the verdict now, empty if there is none, and Firm whether it is
	// sure.
	Decision kith.Decision
	Firm     bool
	AskedAt  time.Time
	// DueAt is when it came up, or will.
	DueAt time.Time
	// Aside says that DueAt is when the member wanted it back.
	Aside bool
}

// Elsewhere reports whether it is about an invitation on another site.
func (e *Errand) Elsewhere() bool { return e.About.Contact != "" }

// Agenda is what wants a member and what they wait for.
type Agenda struct {
	Now      time.Time
	Answered []Errand // what somebody said, newest first
	Up       []Errand // what time made due, newest first
	Waiting  []Errand // what comes up by itself, soonest first
}

// Wants counts what wants the member now.
func (a *Agenda) Wants() int { return len(a.Answered) + len(a.Up) }

// maxTies is how many connections that wait for a first word are listed.
const maxTies = 1000

// Agenda gives what wants the actor and what they wait for, all as it is at one
// time.
func (a *App) Agenda(ctx context.Context, who Actor) (out Agenda, err error) {
	if err := who.may(ScopeRead); err != nil {
		return out, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		out, err = agenda(tx, who.ID)
		return err
	})
	return out, err
}

func agenda(tx *store.Tx, owner kith.MemberID) (out Agenda, err error) {
	if out.Now, err = tx.Now(); err != nil {
		return out, err
	}
	cards, err := tx.AskedCards(owner, out.Now)
	if err != nil {
		return out, err
	}
	for i := range cards {
		out.add(askedErrand(&cards[i], out.Now))
	}
	asks, err := tx.Askings(owner, out.Now)
	if err != nil {
		return out, err
	}
	for _, a := range asks {
		out.add(Errand{Kind: ErrandAsks, Invitation: a.Invitation, About: store.Person{Member: a.Other}, Name: a.Name, Question: a.Question, AskedAt: a.AskedAt, DueAt: a.AskedAt})
	}
	duties, err := tx.OwnDuties(owner, []string{kindProposal, kindReview, dutyReviewElsewhere, dutyErase}, kindProposal, out.Now, Cursor{}, maxTies)
	if err != nil {
		return out, err
	}
	for i := range duties {
		out.add(dutyErrand(&duties[i]))
	}
	newest := func(x, y Errand) int {
		return cmp.Or(y.DueAt.Compare(x.DueAt), cmp.Compare(x.Invitation, y.Invitation))
	}
	slices.SortFunc(out.Answered, newest)
	slices.SortFunc(out.Up, newest)
	slices.SortFunc(out.Waiting, func(x, y Errand) int { return newest(y, x) })
	return out, nil
}

// add puts an errand where it belongs; the zero Errand nowhere.
func (a *Agenda) add(e Errand) {
	switch e.Kind {
	case "":
	case ErrandAnswered, ErrandAsks:
		a.Answered = append(a.Answered, e)
	case ErrandNone, ErrandLate, ErrandOver, ErrandSilent:
		a.Up = append(a.Up, e)
	default:
		a.Waiting = append(a.Waiting, e)
	}
}

const (
	lateAfter  = triage.RemindAfter * kith.Day
	kindReview = "review"
)

// askedErrand says what a question that went out asks of the member at a time.
// What they put off themselves comes back by itself.
func askedErrand(c *store.AskedCard, now time.Time) Errand {
	e := Errand{Kind: ErrandAsked, Invitation: c.Invitation, About: c.About, Name: c.Name, Slug: c.Slug, Question: c.Asked, Reply: c.Reply,
		Decision: c.Decision, Firm: c.Firm, AskedAt: c.AskedAt, DueAt: c.AskedAt.Add(lateAfter)}
	aside, age := c.AsideUntil.After(now), now.Sub(c.AskedAt)
	switch {
	case aside && !c.Waits:
		return Errand{}
	case aside:
		e.Aside, e.DueAt = true, c.AsideUntil
	case !c.RepliedAt.IsZero():
		e.Kind, e.DueAt = ErrandAnswered, c.RepliedAt
	case !c.Waits && c.Came == kith.AnswerNo:
		e.Kind = ErrandNone
	case !c.Waits:
		e.Kind = ErrandAnswered
	case age >= waitFor:
		e.Kind, e.DueAt = ErrandOver, c.AskedAt.Add(waitFor)
	case age >= lateAfter:
		e.Kind = ErrandLate
	}
	return e
}

// dutyErrand is askedErrand for what hangs on a duty.
func dutyErrand(d *store.OwnDuty) Errand {
	e := Errand{Kind: ErrandSee, Invitation: kith.InvitationID(d.Subject), About: store.Person{Member: d.Other, Contact: d.Contact}, Name: d.Name, Slug: d.Slug, DueAt: d.DueAt}
	switch d.Kind {
	case kindProposal:
		e.Kind, e.Effect, e.DueAt = ErrandSilent, d.Effect, d.DueAt.Add(-proposalFor)
	case dutyErase:
		e = Errand{Kind: ErrandErase, DueAt: d.DueAt}
	}
	return e
}

// Head is what every page shows its member of themselves.
type Head = store.Head

// Head gives the actor's name and counts what they have to look at: messages,
// errands, and of news at most MaxUnread.
func (a *App) Head(ctx context.Context, who Actor) (h Head, err error) {
	if err := who.may(ScopeRead | ScopeMessages); err != nil {
		return h, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		var ok bool
		h, ok, err = tx.Head(who.ID, now, now.Add(-lateAfter), kindProposal, MaxUnread)
		if err == nil && !ok {
			err = pair.ErrNoAccount
		}
		return err
	})
	return h, err
}

// Wait puts a question that is unanswered out of sight: at 7 days until there is
// a new verdict, at 14 for 14 days more.
func (a *App) Wait(ctx context.Context, who Actor, id kith.InvitationID) error {
	out, err := a.Agenda(ctx, who)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(out.Up, func(e Errand) bool { return e.Invitation == id && e.Kind != ErrandSilent })
	if i < 0 {
		return errNoInvitation
	}
	e := &out.Up[i]
	until := WaitUntil(e, out.Now)
	if e.Elsewhere() {
		return a.SnoozeElsewhere(ctx, who, id, until)
	}
	return a.Snooze(ctx, who, id, until)
}

// WaitNoMore brings back what Wait put out of sight.
func (a *App) WaitNoMore(ctx context.Context, who Actor, id kith.InvitationID) error {
	out, err := a.Agenda(ctx, who)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(out.Waiting, func(e Errand) bool { return e.Invitation == id && e.Aside })
	if i < 0 {
		return errNoInvitation
	}
	if out.Waiting[i].Elsewhere() {
		return a.SnoozeElsewhere(ctx, who, id, time.Time{})
	}
	return a.Snooze(ctx, who, id, time.Time{})
}

// WaitUntil says until when Wait puts an errand out of sight.
func WaitUntil(e *Errand, now time.Time) time.Time {
	if e.Kind == ErrandLate {
		return e.AskedAt.Add(waitFor)
	}
	return now.Add(waitFor)
}
