package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
)

// kindAppeal is the event of an appeal the desk has decided.
const kindAppeal = "appeal-decided"

// CaseAppeal is what a member says against a restriction.
type CaseAppeal struct {
	Step        Step
	ByDesk      bool // decided by the desk, not by answers
	From, Until time.Time
	At          time.Time
	Words       string
}

// Appeal brings the restriction that holds for the actor before the desk, once.
// words say why, at most 1,000 letters.
func (a *App) Appeal(ctx context.Context, who Actor, words string) (out Standing, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return out, err
	}
	if words, err = reportLimit.readSome("words", words); err != nil {
		return out, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		_, now, err := a.lockWeek(tx, who.ID)
		if err != nil {
			return err
		}
		all, err := tx.Restrictions(who.ID)
		if err != nil {
			return err
		}
		held := strictest(all, now)
		switch {
		case held == nil:
			return conflict("nothing restricts you now; there is nothing to appeal against")
		case held.Appeal != store.NoAppeal:
			return conflict("you have appealed already; your standing says how that stands")
		}
		held.Appeal, held.AppealedAt, held.Words = store.AppealWaits, now, words
		if err := tx.SetAppeal(held); err != nil {
			return err
		}
		if _, err := tx.OpenCase(who.ID, store.CaseAppeal); err != nil {
			return err
		}
		out, err = a.standing(tx, who.ID)
		return err
	})
	return out, err
}

// appeals gives what a member appeals against, and why.
func appeals(tx *store.Tx, about kith.MemberID) (out []CaseAppeal, err error) {
	all, err := tx.Restrictions(about)
	for i := range all {
		if r := &all[i]; r.Appeal == store.AppealWaits {
			out = append(out, CaseAppeal{Step: r.Step, ByDesk: r.Cause == store.ByDesk, From: r.From, Until: r.Until, At: r.AppealedAt, Words: r.Words})
		}
	}
	return out, err
}

// settleAppeals answers what a member appealed against, and tells them.
func (a *App) settleAppeals(tx *store.Tx, c *store.DeskCase, as store.CaseState) error {
	if _, err := tx.LockStanding(c.About); err != nil {
		return err
	}
	all, err := tx.Restrictions(c.About)
	if err != nil {
		return err
	}
	for i := range all {
		r := &all[i]
		if r.Appeal != store.AppealWaits {
			continue
		}
		r.Appeal = store.AppealRefused
		if as == store.CaseUpheld {
			r.Appeal = store.AppealGranted
		}
		if err := tx.SetAppeal(r); err != nil {
			return err
		}
	}
	return tx.Tell(&store.Event{Owner: c.About, Kind: kindAppeal, Notice: true})
}
