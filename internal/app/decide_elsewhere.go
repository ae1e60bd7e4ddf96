package app

import (
	"cmp"
	"slices"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
)

// decideElsewhere decides invitations received on another site and keeps the
// verdicts. Ids of what is not the owner's, or no longer waits, are left out.
func (a *App) decideElsewhere(tx *store.Tx, owner kith.MemberID, ids []kith.InvitationID) error {
	if _, err := tx.LockJudging(owner); err != nil {
		return err
	}
	cases, err := a.gatherElsewhere(tx, owner, ids)
	if err != nil {
		return err
	}
	if err := a.keep(tx, owner, cases); err != nil {
		return err
	}
	return tx.Judged(owner, ids)
}

// judgeUnjudged decides up to a batch of the invitations elsewhere of which
// something was learnt; more says that there are others.
func (a *App) judgeUnjudged(tx *store.Tx, owner kith.MemberID) (more bool, err error) {
	ids, err := tx.Unjudged(owner, judgeAtOnce)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	return len(ids) == judgeAtOnce, a.decideElsewhere(tx, owner, ids)
}

// gatherElsewhere makes the cases of invitations elsewhere: what the imports
// say, and what the member answered. Of imports that cannot be read remains what
// the invitation's own row says.
func (a *App) gatherElsewhere(tx *store.Tx, owner kith.MemberID, ids []kith.InvitationID) ([]gathered, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	m, failed := a.judgeMember(tx, owner)
	sources, err := noted(nil, receivePlan.own[0].name, true, failed)
	if err != nil {
		return nil, err
	}
	cases, failed := a.elsewhereCases(tx, owner, m, ids)
	if sources, err = noted(sources, "your imports", true, failed); err != nil {
		return nil, err
	}
	rows, err := tx.ElsewhereByID(owner, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(x, y Elsewhere) int { return cmp.Compare(x.ID, y.ID) })
	var out []gathered
	for i := range rows {
		row := &rows[i]
		c, ok := cases[row.ID]
		switch {
		case failed != nil && row.Direction == kith.Incoming && row.State() < ElsewhereConnected:
			c = bareElsewhere(m, row, now)
		case !ok:
			continue
		}
		g := gathered{Case: c, id: row.ID, about: store.Person{Contact: row.Contact}}
		g.Answers, err = answersAbout(tx, owner, g.about, store.Person{})
		if g.sources, err = noted(slices.Clip(sources), "your answers", g.Answers.Count() > 0, err); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// bareElsewhere is the case of an invitation elsewhere by its own row alone.
func bareElsewhere(m kith.Member, row *Elsewhere, now time.Time) kith.Case {
	c := kith.Case{Side: kith.Receive, Now: now, Member: m}
	c.History.SentAt = kith.Observed(row.SentAt, row.Source, row.SentAt)
	if row.NoteState != kith.Unknown {
		c.Note.Text = kith.Observed(row.Note, row.Source, row.SentAt)
	}
	gather.Complete(&c)
	return c
}
