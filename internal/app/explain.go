package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
	"kith/triage"
)

// Explanation is everything Kith can say about one invitation or connection.
type Explanation struct {
	Invitation kith.InvitationID
	At         time.Time // when it is explained
	// Name is who it is about; empty if they are no longer there.
	Name string
	// Face is how lists show them; without an id if they are no member.
	Face Face
	// Now is the newest verdict; with it the facts it rests on, the sources and
	// every signal that spoke.
	Now Judged
	// Bounds are the two marks of the table the verdict was read from, as the
	// model has them for the stance that counted; nil of a connection.
	Bounds *triage.Bounds
	// Earlier are the verdicts before it, oldest first.
	Earlier []Judged
	// Events are what happened to it, oldest first.
	Events []Event
}

// Verdict gives the newest verdict about an invitation received, here or
// elsewhere, or a connection. One that was not decided yet is decided for the
// answer and not kept: its N is 0.
func (a *App) Verdict(ctx context.Context, who Actor, id kith.InvitationID) (j Judged, err error) {
	if err := who.may(ScopeRead); err != nil {
		return j, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		j, err = a.verdictOf(tx, who.ID, id)
		return err
	})
	return j, err
}

// verdictOf gives the newest verdict about an invitation, or decides it.
func (a *App) verdictOf(tx *store.Tx, owner kith.MemberID, id kith.InvitationID) (Judged, error) {
	about, err := a.personOf(tx, owner, id)
	if err != nil {
		return Judged{}, err
	}
	row, ok, err := tx.Verdict(owner, id)
	switch {
	case err != nil:
		return Judged{}, err
	case ok:
		return judged(&row)
	}
	return a.judgeNow(tx, owner, id, about)
}

// judgeNow decides an invitation that was not decided yet.
func (a *App) judgeNow(tx *store.Tx, owner kith.MemberID, id kith.InvitationID, about store.Person) (j Judged, err error) {
	var g gathered
	ok := false
	if about.Contact != "" {
		var cases []gathered
		cases, err = a.gatherElsewhere(tx, owner, []kith.InvitationID{id})
		if ok = len(cases) == 1; ok {
			g = cases[0]
		}
	} else {
		g, ok, err = a.gatherCase(tx, owner, about.Member, id)
	}
	if err == nil && !ok {
		err = errNoInvitation // it no longer waits, and was never decided
	}
	if err != nil {
		return Judged{}, err
	}
	j, err = a.judgeCase(&g.Case)
	j.Sources = g.sources
	return j, err
}

// Explain tells everything about the decisions on one invitation: the facts
// with their sources and times, the signals, the bounds, the verdicts before,
// and what happened.
func (a *App) Explain(ctx context.Context, who Actor, id kith.InvitationID) (e Explanation, err error) {
	if err := who.may(ScopeRead); err != nil {
		return e, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		e = Explanation{Invitation: id}
		about, err := a.personOf(tx, who.ID, id)
		if err != nil {
			return err
		}
		if err := a.explainVerdicts(tx, who.ID, about, &e); err != nil {
			return err
		}
		if e.At, err = tx.Now(); err != nil {
			return err
		}
		if e.Face, err = faceBehind(tx, who.ID, about); err != nil {
			return err
		}
		e.Name = e.Face.Name
		e.Bounds = boundsOf(&e.Now)
		e.Events, err = tx.EventsAbout(who.ID, string(id))
		return err
	})
	return e, err
}

// explainVerdicts fills in every verdict about an invitation. One not decided yet
// is decided for the answer.
func (a *App) explainVerdicts(tx *store.Tx, owner kith.MemberID, about store.Person, e *Explanation) error {
	rows, err := tx.Verdicts(owner, e.Invitation)
	if err != nil {
		return err
	}
	for i := range rows {
		j, err := judged(&rows[i])
		if err != nil {
			return err
		}
		if rows[i].Newest {
			e.Now = j
		} else {
			e.Earlier = append(e.Earlier, j)
		}
	}
	if e.Now.N == 0 {
		e.Now, err = a.judgeNow(tx, owner, e.Invitation, about)
	}
	return err
}

// faceBehind gives how lists show a person: a member here or a private contact.
func faceBehind(tx *store.Tx, owner kith.MemberID, about store.Person) (Face, error) {
	if about.Contact != "" {
		c, _, err := tx.Contact(owner, about.Contact)
		return Face{Name: c.Name, Headline: c.Headline}, err
	}
	return faceOf(tx, about.Member)
}

// boundsOf gives the bounds a verdict was read from; nil where no table was, or
// where the built-in model is not the one that decided.
func boundsOf(j *Judged) *triage.Bounds {
	model := triage.Articles()
	if j.Side != kith.Receive || j.Verdict.Model != model.Version {
		return nil
	}
	for stance, b := range model.Table {
		if stance.String() == j.Terms.Stance {
			return &b
		}
	}
	return nil
}
