package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
)

// Accept and see on another site: whoever the actor accepted there by such a
// verdict comes up after two weeks, if no word of theirs is known by then. Kith
// does nothing there, so that it only proposes.

// SeeEnd says how accept and see on another site ended.
type SeeEnd string

// The ends.
const (
	SeeHeard  SeeEnd = "heard"  // they wrote, as the actor says
	SeeParted SeeEnd = "parted" // the actor ended the connection there
	SeeKept   SeeEnd = "kept"   // it stays, though they did not write
)

const (
	// dutyReviewElsewhere waits for what whoever was accepted there writes.
	dutyReviewElsewhere = "review-elsewhere"
	// kindElsewhereUnheard tells that nothing of them is known after two weeks.
	kindElsewhereUnheard = "elsewhere-unheard"
)

// seeElsewhere leaves the duty of an accept and see, if the verdict the actor
// followed is one.
func (a *App) seeElsewhere(tx *store.Tx, e *Elsewhere) error {
	if e.Did != DidAccept || e.Direction != kith.Incoming {
		return nil
	}
	j, err := a.verdictOf(tx, e.Owner, e.ID)
	if kith.KindOf(err) == kith.NotFound {
		return nil // accepted before anything was said about it
	}
	if err != nil || !toSee(&j.Verdict) {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: e.Owner, Effect: seeEffect(dutyReviewElsewhere, e), Kind: dutyReviewElsewhere, Subject: string(e.ID),
		DueAt: e.DidAt.Add(DecideAfter)})
}

// toSee reports whether a verdict is accept and see.
func toSee(v *kith.Verdict) bool {
	return v.FollowUp != nil && v.FollowUp.Act == kith.ActRemoveIfSilent
}

// seeEffect names a duty of one acceptance: another time has its own.
func seeEffect(kind string, e *Elsewhere) string {
	return kind + "/" + string(e.ID) + "/" + e.DidAt.Format(time.RFC3339Nano)
}

func seeEffects(e *Elsewhere) []string {
	return []string{seeEffect(dutyReviewElsewhere, e), seeEffect(kindProposal, e)}
}

// dropSee ends the wait for whoever was accepted there.
func dropSee(tx *store.Tx, e *Elsewhere) error {
	if e.Did != DidAccept {
		return nil
	}
	for _, effect := range seeEffects(e) {
		if err := tx.DropDuty(e.Owner, effect); err != nil {
			return err
		}
	}
	return nil
}

// reviewElsewhereDuty proposes to part from whoever was accepted there two weeks
// ago and is not known to have written.
func (a *App) reviewElsewhereDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	e, ok, err := tx.Elsewhere(d.Owner, kith.InvitationID(d.Subject))
	if err != nil || !ok || e.Did != DidAccept || seeEffect(d.Kind, &e) != d.Effect {
		return err
	}
	c, ok, err := tx.Contact(d.Owner, e.Contact)
	if err != nil || !ok || c.HeardAt.After(e.DidAt) {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	err = tx.AddDuty(&store.Duty{Owner: d.Owner, Effect: seeEffect(kindProposal, &e), Kind: kindProposal, Subject: d.Subject, DueAt: now.Add(proposalFor)})
	if err != nil {
		return err
	}
	return tx.Tell(&store.Event{Owner: d.Owner, Kind: kindElsewhereUnheard, Subject: d.Subject, Notice: true})
}

// EndSeeElsewhere notes how accept and see ended with somebody the actor
// accepted on another site, and no longer waits. Kith itself does nothing there.
func (a *App) EndSeeElsewhere(ctx context.Context, who Actor, id kith.InvitationID, how SeeEnd) error {
	if err := who.may(ScopeContacts); err != nil {
		return err
	}
	if !slices.Contains([]SeeEnd{SeeHeard, SeeParted, SeeKept}, how) {
		return invalid("how", "say how it ended: heard, parted or kept")
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
		waits := false
		for _, effect := range seeEffects(&e) {
			d, ok, err := tx.Duty(who.ID, effect)
			if err != nil {
				return err
			}
			waits = waits || ok && d.State == store.Due
		}
		if e.Did != DidAccept || !waits {
			return conflict("nothing is waited for there any more")
		}
		if err := dropSee(tx, &e); err != nil {
			return err
		}
		body, err := json.Marshal(map[string]string{"state": string(how)})
		if err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: who.ID, Kind: kindElsewhere, Subject: string(id), Body: string(body)})
	})
}
