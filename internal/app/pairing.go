package app

import (
	"cmp"
	"math"

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
	if _, err := exists(tx, d); err != nil {
		return done{}, err
	}
	p, err := tx.Pair(d.by, d.other)
	if err != nil {
		return done{}, err
	}
	if p.New() {
		// Either account may have been closed meanwhile. Closing one marks the
		// rows there are; in a new one it is marked now.
		here, err := exists(tx, d)
		if err != nil {
			return done{}, err
		}
		me, ok, err := tx.Member(d.by)
		if err != nil {
			return done{}, err
		}
		p.State.Gone[by], p.State.Gone[by.Other()] = !ok || me.State != store.Active, !here
	}
	now, err := tx.Now()
	if err != nil {
		return done{}, err
	}
	act := pair.Act{Verb: d.verb, By: by, At: now, Seq: meant(&p, d.invitation), Tie: d.tie, See: d.see}
	for _, who := range []pair.Party{pair.A, pair.B} {
		if act.Restricted[who], err = a.restricted(tx, p.Member(who), now); err != nil {
			return done{}, err
		}
	}
	next, effects, err := pair.Next(p.State, act)
	if err != nil {
		return done{}, err
	}
	out, before := done{by: by}, p
	if next.Seq != p.State.Seq {
		out.sent = kith.InvitationID(tx.NewID())
	}
	if err := tx.Move(&p, next, out.sent); err != nil {
		return done{}, err
	}
	out.pair, out.sight = p, pair.View(next, by, now)
	return out, a.carry(tx, [2]*store.Pair{&before, &p}, effects, diary(&d, &out))
}

// exists refuses a deed towards an account that is not, or not yet, there, or
// has left. What ends or only concerns the actor's own side goes on: somebody
// who has left may be blocked as somebody may who blocks the actor, so that the
// two look alike. here says that the account is in use.
func exists(tx *store.Tx, d deed) (here bool, err error) {
	if !isID(d.other) {
		return false, pair.ErrNoAccount
	}
	m, ok, err := tx.Member(d.other)
	switch {
	case err != nil:
		return false, err
	case !ok, m.State == store.Unverified, m.State != store.Active && !reachesGone[d.verb]:
		return false, pair.ErrNoAccount
	}
	return m.State == store.Active, nil
}

// reachesGone are the acts that need nobody on the other side.
var reachesGone = map[pair.Verb]bool{
	pair.Block: true, pair.Unblock: true, pair.Leave: true, pair.Return: true,
	pair.Expire: true, pair.Remind: true, pair.Reconsider: true, pair.Review: true,
}

// noLonger is the number of no invitation.
const noLonger pair.Seq = math.MaxUint32

// meant gives the number of the invitation a deed means. One that the row no
// longer holds gets a number nothing has, so that it is pair.Next that refuses,
// in its own order: a block must not be told from an account that has left.
func meant(p *store.Pair, id kith.InvitationID) pair.Seq {
	if id == "" {
		return 0
	}
	for i, have := range p.Invitations {
		if have == id {
			return p.State.Sent[i].Seq
		}
	}
	return noLonger
}

// carry does what follows from an act, for one member after the other in the
// order of their ids, so that two acts never wait for each other. rows are the
// pair before and after: an effect may be about an invitation that the act
// replaced. own is what the actor's own feed keeps of it, nil for nothing.
func (a *App) carry(tx *store.Tx, rows [2]*store.Pair, effects []pair.Effect, own *store.Event) error {
	for _, who := range []pair.Party{pair.A, pair.B} {
		for i := range effects {
			if effects[i].For != who {
				continue
			}
			if err := a.effect(tx, rows, &effects[i]); err != nil {
				return err
			}
		}
		if own != nil && own.Owner == rows[0].Member(who) {
			if err := tx.Tell(own); err != nil {
				return err
			}
		}
	}
	return nil
}

// diary gives the event by which a member's own feed keeps what they did, nil
// if it keeps nothing of it.
func diary(d *deed, out *done) *store.Event {
	verb, id := d.verb, d.invitation
	if verb == pair.Send {
		id = out.sent
		if id == "" { // it met the other's
			verb, id = pair.Accept, out.pair.Invitation(out.sight.Seq)
		}
	}
	kind, ok := ownKinds[verb]
	if !ok {
		return nil
	}
	return &store.Event{Owner: d.by, Kind: kind, Subject: string(id), Other: d.other}
}

// effect does one thing that follows from an act.
func (a *App) effect(tx *store.Tx, rows [2]*store.Pair, e *pair.Effect) error {
	owner, other := rows[0].Member(e.For), rows[0].Member(e.For.Other())
	id := cmp.Or(rows[1].Invitation(e.Seq), rows[0].Invitation(e.Seq))
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
	case pair.TellInvited, pair.TellSilent: // the next steps of the way: gather, decide
		if err := a.rejudge(tx, owner, other, id); err != nil {
			return err
		}
	}
	return tx.Tell(&store.Event{Owner: owner, Kind: noticeKinds[e.Do], Subject: string(id), Other: other, Notice: true})
}

// pairEffect names what a duty between two members does.
func pairEffect(v pair.Verb, id kith.InvitationID) string { return v.String() + "/" + string(id) }
