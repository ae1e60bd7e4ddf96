package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
	"kith/note"
)

// DraftKind is what a text is wanted for.
type DraftKind string

// The kinds of drafts about an invitation received.
const (
	DraftVerdict      DraftKind = "verdict"        // what the newest verdict calls for
	DraftAsk          DraftKind = "ask"            // the question to ask first (R83)
	DraftAcceptAndSee DraftKind = "accept-and-see" // the greeting after accepting (R84)
)

// Draft writes a text about an invitation received or a connection: empty if
// the verdict calls for none. No name stands in it, the member adds them.
func (a *App) Draft(ctx context.Context, who Actor, id kith.InvitationID, kind DraftKind) (text string, err error) {
	j, err := a.Verdict(ctx, who, id)
	if err != nil {
		return "", err
	}
	switch kind {
	case DraftAsk:
		return note.Ask("", ""), nil
	case DraftAcceptAndSee:
		return note.AcceptAndSee("", ""), nil
	case DraftVerdict:
		if j.Verdict.Draft != nil {
			text = *j.Verdict.Draft
		}
		return text, nil
	}
	return "", invalid("kind", "choose verdict, ask or accept-and-see")
}

// Met is where and when the actor says they met somebody.
type Met struct {
	Where string
	At    time.Time
}

// DraftNote writes a note to a member from what the two have in common and what
// the actor says of their meeting. It is empty if the facts hold no reason to
// write: an invitation needs one (R121).
func (a *App) DraftNote(ctx context.Context, who Actor, to kith.MemberID, met Met) (text string, err error) {
	if err := who.may(ScopeRead); err != nil {
		return "", err
	}
	if met.Where, err = lineLimit.read("met_where", met.Where); err != nil {
		return "", err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c, err := a.sendCase(tx, who.ID, to, nil, &Preflight{})
		if err != nil {
			return err
		}
		if met.Where != "" {
			c.Relation.MetWhere = kith.Observed(met.Where, kith.FromMember, c.Now)
		}
		if !met.At.IsZero() {
			c.Relation.MetAt = kith.Observed(met.At, kith.FromMember, met.At)
		}
		text = ""
		if draft := gather.Draft(c, &kith.Verdict{Verdict: kith.FixNote}); draft != nil {
			text = *draft
		}
		return nil
	})
	if err == nil {
		err = a.countLooks(ctx, who, to)
	}
	if err != nil {
		return "", err
	}
	return text, nil
}
