package app

import (
	"slices"
	"strings"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// deed is an act between two members as a verb asks for it.
type deed struct {
	verb       pair.Verb
	by, other  kith.MemberID
	invitation kith.InvitationID // meant; empty for Send and acts on the two
	tie        pair.Tie
	see        pair.See
}

// done is what became of a deed.
type done struct {
	pair  store.Pair // as it is now
	by    pair.Party
	sight pair.Sight // of whoever did it
	// sent is the id of the invitation a Send made, empty if it met one.
	sent kith.InvitationID
}

// act does one deed: it locks the row of the two, lets pair.Next decide, writes
// the state and carries out the effects. It is the only way anything between
// two members changes.
func (a *App) act(tx *store.Tx, d deed) (done, error) {
	_, _, by, err := pair.Order(d.by, d.other)
	if err != nil {
		return done{}, err
	}
	if err := exists(tx, d); err != nil {
		return done{}, err
	}
	p, err := tx.Pair(d.by, d.other)
	if err != nil {
		return done{}, err
	}
	if p.New() {
		if err := exists(tx, d); err != nil { // it may have been closed meanwhile
			return done{}, err
		}
	}
	now, err := tx.Now()
	if err != nil {
		return done{}, err
	}
	act := pair.Act{Verb: d.verb, By: by, At: now, Tie: d.tie, See: d.see}
	if act.Seq, err = meant(&p, d.invitation); err != nil {
		return done{}, err
	}
	for _, who := range []pair.Party{pair.A, pair.B} {
		if act.Restricted[who], err = a.restricted(tx, p.Member(who), now); err != nil {
			return done{}, err
		}
	}
	next, effects, err := pair.Next(p.State, act)
	if err != nil {
		return done{}, err
	}
	out := done{by: by}
	if next.Seq != p.State.Seq {
		out.sent = kith.InvitationID(tx.NewID())
	}
	if err := tx.Move(&p, next, out.sent); err != nil {
		return done{}, err
	}
	if err := a.carry(tx, &p, effects); err != nil {
		return done{}, err
	}
	out.pair, out.sight = p, pair.View(next, by, now)
	return out, nil
}

// exists refuses a deed towards an account that is not, or not yet, there. Where
// the two have a row, that says who has left; where they have none, the account
// does.
func exists(tx *store.Tx, d deed) error {
	m, ok, err := tx.Member(d.other)
	switch {
	case err != nil:
		return err
	case !ok, m.State == store.Unverified, m.State == store.Erased, m.State == store.Left && d.verb != pair.Unblock:
		return pair.ErrNoAccount
	}
	return nil
}

// meant gives the number of the invitation a deed means. One the row does not
// hold is closed for whoever asks.
func meant(p *store.Pair, id kith.InvitationID) (pair.Seq, error) {
	if id == "" {
		return 0, nil
	}
	for i, have := range p.Invitations {
		if have == id {
			return p.State.Sent[i].Seq, nil
		}
	}
	return 0, pair.ErrClosed
}

// carry does what follows from an act, for one member after the other in the
// order of their ids, so that two acts never wait for each other.
func (a *App) carry(tx *store.Tx, p *store.Pair, effects []pair.Effect) error {
	slices.SortStableFunc(effects, func(x, y pair.Effect) int {
		return strings.Compare(string(p.Member(x.For)), string(p.Member(y.For)))
	})
	for i := range effects {
		if err := a.effect(tx, p, &effects[i]); err != nil {
			return err
		}
	}
	return nil
}

// effect does one thing that follows from an act.
func (a *App) effect(tx *store.Tx, p *store.Pair, e *pair.Effect) error {
	owner, other, id := p.Member(e.For), p.Member(e.For.Other()), p.Invitation(e.Seq)
	switch e.Do {
	case pair.Spend:
		return a.spend(tx, owner)
	case pair.Count, pair.Uncount:
		return a.count(tx, owner, other, id, e)
	case pair.ToDesk, pair.FromDesk:
		return a.toDesk(tx, owner, other, id, e.Do == pair.ToDesk)
	case pair.Rejudge:
		return a.rejudge(tx, owner, other, id)
	case pair.Start:
		return tx.AddDuty(&store.Duty{Owner: owner, Effect: pairEffect(e.Verb, id), Kind: e.Verb.String(),
			Subject: string(id), Other: other, DueAt: e.At})
	case pair.End:
		return tx.DropDuty(owner, pairEffect(e.Verb, id))
	}
	return tx.Tell(&store.Event{Owner: owner, Kind: noticeKinds[e.Do], Subject: string(id), Other: other, Notice: true})
}

// pairEffect names what a duty between two members does.
func pairEffect(v pair.Verb, id kith.InvitationID) string { return v.String() + "/" + string(id) }

// noticeKinds are the events that tell a member of an act.
var noticeKinds = map[pair.Doing]string{
	pair.TellInvited:  "invited",
	pair.TellAccepted: "accepted",
	pair.TellAsked:    "asked",
	pair.TellReplied:  "replied",
	pair.TellReminder: "reminder",
	pair.TellSilent:   "silent",
	pair.TellRemoved:  "removed",
}
