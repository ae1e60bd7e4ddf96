package app

import (
	"context"
	"encoding/json"
	"time"

	"kith"
	"kith/internal/store"
)

// Elsewhere is an invitation on another site.
type Elsewhere = store.Elsewhere

// ElsewhereState says how an invitation elsewhere stands.
type ElsewhereState = store.ElsewhereState

// The states of an invitation elsewhere.
const (
	ElsewhereOpen      = store.ElsewhereOpen
	ElsewhereAsked     = store.ElsewhereAsked
	ElsewhereAnswered  = store.ElsewhereAnswered
	ElsewhereConnected = store.ElsewhereConnected
	ElsewhereDone      = store.ElsewhereDone
)

// Deed is what a member says they did on the other site.
type Deed = store.Deed

// The deeds.
const (
	DidAccept  = store.DidAccept
	DidDecline = store.DidDecline
	DidReport  = store.DidReport
)

// The events an invitation elsewhere leaves. What the member did there tells
// nobody here.
const (
	kindElsewhere         = "elsewhere"          // its state changed; the body says to what
	kindElsewhereReminder = "elsewhere-reminder" // asked there 7 days ago: did an answer come?
	kindElsewhereSilent   = "elsewhere-silent"   // asked there 14 days ago, no answer known: decide
)

// maxSnooze is how far ahead an invitation may be put off: longer than the
// other site keeps it open.
const maxSnooze = 183 * kith.Day

// errNoElsewhere answers for an invitation that is not there or not the
// actor's.
var errNoElsewhere = &kith.Error{Kind: kith.NotFound, Msg: "there is no such invitation from elsewhere"}

// ElsewhereEntry is an invitation elsewhere and whom it is with.
type ElsewhereEntry struct {
	Elsewhere
	Who Contact
}

// ElsewhereFilter chooses invitations: of one direction, in one state or, with
// Undecided, in any of open, asked and answered.
type ElsewhereFilter struct {
	Direction kith.Direction // Incoming if not given
	Undecided bool
	State     ElsewhereState // if not Undecided and not All
	All       bool
}

// ElsewherePage gives the actor's invitations elsewhere, latest sent first,
// behind a cursor. Those no source dates come last.
func (a *App) ElsewherePage(ctx context.Context, who Actor, f ElsewhereFilter, after store.Cursor, limit int) (out []ElsewhereEntry, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return nil, err
	}
	if f.Direction == 0 {
		f.Direction = kith.Incoming
	}
	from, to := f.State, f.State
	switch {
	case f.All:
		from, to = ElsewhereOpen, ElsewhereDone
	case f.Undecided:
		from, to = ElsewhereOpen, ElsewhereAnswered
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		rows, err := tx.PageElsewhere(who.ID, f.Direction, from, to, after, limit)
		if err != nil {
			return err
		}
		out, err = withContacts(tx, who.ID, rows)
		return err
	})
	return out, err
}

// Elsewhere gives one of the actor's invitations elsewhere.
func (a *App) Elsewhere(ctx context.Context, who Actor, id kith.InvitationID) (out ElsewhereEntry, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return out, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		e, ok, err := tx.Elsewhere(who.ID, id)
		if err != nil {
			return err
		}
		if !ok {
			return errNoElsewhere
		}
		list, err := withContacts(tx, who.ID, []Elsewhere{e})
		if err == nil {
			out = list[0]
		}
		return err
	})
	return out, err
}

// withContacts adds whom invitations are with.
func withContacts(tx *store.Tx, owner kith.MemberID, rows []Elsewhere) ([]ElsewhereEntry, error) {
	ids := make([]kith.ContactID, len(rows))
	for i := range rows {
		ids[i] = rows[i].Contact
	}
	contacts, err := tx.Contacts(owner, ids)
	if err != nil {
		return nil, err
	}
	by := map[kith.ContactID]Contact{}
	for _, c := range contacts {
		by[c.ID] = c
	}
	out := make([]ElsewhereEntry, len(rows))
	for i, e := range rows {
		out[i] = ElsewhereEntry{e, by[e.Contact]}
	}
	return out, nil
}

// DoneElsewhere notes that the actor did something about an invitation on the
// other site. Kith itself does nothing there. Whoever is accepted to see comes up
// after two weeks, if no word of theirs is known by then.
func (a *App) DoneElsewhere(ctx context.Context, who Actor, id kith.InvitationID, did Deed) error {
	if did < DidAccept || did > DidReport {
		return invalid("did", "say what you did there: accepted, declined or reported")
	}
	return a.markElsewhere(ctx, who, id, func(tx *store.Tx, e *Elsewhere, now time.Time) error {
		e.Did, e.DidAt = did, now
		return a.seeElsewhere(tx, e)
	})
}

// AskedElsewhere notes that the actor asked the sender something on the other
// site. After 7 and 14 days they are asked whether an answer came, unless an
// import shows one before.
func (a *App) AskedElsewhere(ctx context.Context, who Actor, id kith.InvitationID) error {
	return a.markElsewhere(ctx, who, id, func(tx *store.Tx, e *Elsewhere, now time.Time) error {
		if e.State() == ElsewhereAsked {
			return nil
		}
		e.AskedAt, e.Answer, e.AnsweredAt = now, kith.NotAnswered, time.Time{}
		return waitElsewhere(tx, e)
	})
}

// AnsweredElsewhere notes whether an answer came to what the actor asked there.
func (a *App) AnsweredElsewhere(ctx context.Context, who Actor, id kith.InvitationID, came bool) error {
	return a.markElsewhere(ctx, who, id, func(_ *store.Tx, e *Elsewhere, now time.Time) error {
		if e.AskedAt.IsZero() {
			return conflict("nothing was asked there yet; say first that you asked")
		}
		e.Answer, e.AnsweredAt = kith.AnswerNo, now
		if came {
			e.Answer = kith.AnswerYes
		}
		return nil
	})
}

// SnoozeElsewhere puts an invitation off until a time, at most half a year
// ahead; the zero time brings it back.
func (a *App) SnoozeElsewhere(ctx context.Context, who Actor, id kith.InvitationID, until time.Time) error {
	return a.markElsewhere(ctx, who, id, func(_ *store.Tx, e *Elsewhere, now time.Time) error {
		if !until.IsZero() && (!until.After(now) || until.Sub(now) > maxSnooze) {
			return invalid("until", "choose a time within the next 183 days")
		}
		e.SnoozedUntil = unpackTime(packTime(until))
		return nil
	})
}

// ReopenElsewhere takes back what the actor said they did or asked there.
func (a *App) ReopenElsewhere(ctx context.Context, who Actor, id kith.InvitationID) error {
	return a.markElsewhere(ctx, who, id, func(_ *store.Tx, e *Elsewhere, _ time.Time) error {
		if e.Connected {
			return conflict("you are connected there; an import that no longer shows it would be needed")
		}
		e.Did, e.DidAt, e.AskedAt, e.Answer, e.AnsweredAt, e.SnoozedUntil = 0, time.Time{}, time.Time{}, 0, time.Time{}, time.Time{}
		return nil
	})
}

// markElsewhere changes what a member says of one invitation, and what follows
// from it: how it stands, whether an answer is waited for, a new verdict.
func (a *App) markElsewhere(ctx context.Context, who Actor, id kith.InvitationID, change func(*store.Tx, *Elsewhere, time.Time) error) error {
	if err := who.may(ScopeContacts); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if _, err := a.ownContact(tx, who.ID); err != nil {
			return err
		}
		e, ok, err := tx.Elsewhere(who.ID, id)
		if err != nil {
			return err
		}
		if !ok {
			return errNoElsewhere
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		c, _, err := tx.Contact(who.ID, e.Contact)
		if err != nil {
			return err
		}
		before := e
		if err := change(tx, &e, now); err != nil {
			return err
		}
		follow(&e, &c)
		if e == before {
			return nil
		}
		if err := tx.SetElsewhere([]Elsewhere{e}); err != nil {
			return err
		}
		if !e.DidAt.Equal(before.DidAt) {
			if err := dropSee(tx, &before); err != nil {
				return err
			}
		}
		if e.State() != before.State() {
			if err := settled(tx, &before, &e); err != nil {
				return err
			}
		}
		return a.judgeElsewhere(tx, &e)
	})
}

// judgeElsewhere decides one invitation anew.
func (a *App) judgeElsewhere(tx *store.Tx, e *Elsewhere) error {
	if e.Direction != kith.Incoming || e.State() > ElsewhereAnswered {
		return nil
	}
	return a.decideElsewhere(tx, e.Owner, []kith.InvitationID{e.ID})
}

// settled says that an invitation stands otherwise than before. Whoever waited
// for an answer no longer does; one that came is news.
func settled(tx *store.Tx, before, now *Elsewhere) error {
	if before.State() == ElsewhereAsked {
		if err := dropWait(tx, before); err != nil {
			return err
		}
	}
	body, err := json.Marshal(map[string]string{"state": now.State().String()})
	if err != nil {
		return err
	}
	return tx.Tell(&store.Event{Owner: now.Owner, Kind: kindElsewhere, Subject: string(now.ID), Body: string(body),
		Notice: !now.RepliedAt.IsZero() && before.RepliedAt.IsZero()})
}

// The kinds of the duties that wait for an answer there.
const (
	dutyRemindElsewhere = "remind-elsewhere"
	dutyDecideElsewhere = "decide-elsewhere"
)

// waitElsewhere leaves the duties of a question asked there. Each question has
// its own.
func waitElsewhere(tx *store.Tx, e *Elsewhere) error {
	for kind, after := range map[string]time.Duration{dutyRemindElsewhere: RemindAfter, dutyDecideElsewhere: DecideAfter} {
		err := tx.AddDuty(&store.Duty{Owner: e.Owner, Effect: waitEffect(kind, e), Kind: kind, Subject: string(e.ID), DueAt: e.AskedAt.Add(after)})
		if err != nil {
			return err
		}
	}
	return nil
}

func dropWait(tx *store.Tx, e *Elsewhere) error {
	for _, kind := range []string{dutyDecideElsewhere, dutyRemindElsewhere} {
		if err := tx.DropDuty(e.Owner, waitEffect(kind, e)); err != nil {
			return err
		}
	}
	return nil
}

func waitEffect(kind string, e *Elsewhere) string {
	return kind + "/" + string(e.ID) + "/" + e.AskedAt.Format(time.RFC3339Nano)
}

// elsewhereDuty asks the member whether an answer came there, if none is known;
// the second time the invitation is decided anew as well.
func (a *App) elsewhereDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	e, ok, err := tx.Elsewhere(d.Owner, kith.InvitationID(d.Subject))
	if err != nil || !ok || e.State() != ElsewhereAsked || waitEffect(d.Kind, &e) != d.Effect {
		return err
	}
	kind := kindElsewhereReminder
	if d.Kind == dutyDecideElsewhere {
		kind = kindElsewhereSilent
		if err := a.judgeElsewhere(tx, &e); err != nil {
			return err
		}
	}
	return tx.Tell(&store.Event{Owner: d.Owner, Kind: kind, Subject: d.Subject, Notice: true})
}
