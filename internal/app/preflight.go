package app

import (
	"context"
	"errors"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
	"kith/note"
	"kith/pair"
)

// Preflight is what a member should know before inviting another.
type Preflight struct {
	// Verdict is the sending side's: send, fix the note or the profile first,
	// wait, or don't. Its Outlook is the other side's, run on what the recipient
	// can see and with what they publish, never on what they keep to themselves.
	Verdict kith.Verdict
	// Refusal is what Send would answer now, empty if the invitation would go.
	Refusal string
	// Findings say what to improve in the note, the greatest gain first.
	Findings []note.Finding
	// Policy is what the recipient tells people who want to invite them; nil if
	// nothing.
	Policy *kith.Policy
	// Received is the recipient's own open invitation, which inviting them would
	// accept.
	Received kith.InvitationID
	// Left is how many invitations the member has left this week.
	Left int
}

// Preflight looks at an invitation to a member through both sides' eyes before
// it is sent. text is the note as it would go; nil says that none is written
// yet. It sends nothing, and whatever the recipient made of earlier
// invitations plays no part. Somebody who is not there for the actor is
// pair.ErrNoAccount.
func (a *App) Preflight(ctx context.Context, who Actor, to kith.MemberID, text *string) (p Preflight, err error) {
	if err := who.may(ScopeRead); err != nil {
		return p, err
	}
	if text != nil {
		clean, err := noteLimit.read("note", *text)
		if err != nil {
			return p, err
		}
		text = &clean
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c, err := a.sendCase(tx, who.ID, to, text, &p)
		if err != nil {
			return err
		}
		p.Verdict = a.verdict(c)
		p.Findings = nil
		if text != nil {
			p.Findings = note.Check(*text, note.CheckOptions{WellKnown: c.Relation.Met.Is(), Context: gather.NoteContext(c)})
		}
		return nil
	})
	if err == nil {
		err = a.look(ctx, who, to) // it tells as much as their page
	}
	if err != nil {
		return Preflight{}, err
	}
	return p, nil
}

// sendCase makes the case of inviting somebody from what the sender may see,
// and fills in what a pre-flight shows beside the verdict.
func (a *App) sendCase(tx *store.Tx, owner, to kith.MemberID, text *string, p *Preflight) (*kith.Case, error) {
	m, err := a.meet(tx, owner, to)
	if err != nil {
		return nil, err
	}
	if m.self {
		return nil, pair.ErrSelf
	}
	s := subject{other: to, sending: true, stranger: !m.sight.Connected && m.received == ""}
	cases, err := a.gatherCases(tx, owner, []*subject{&s}, sendPlan)
	if err != nil {
		return nil, err
	}
	c := &cases[0].Case
	standing, err := a.standing(tx, owner)
	if err != nil {
		return nil, err
	}
	p.Left, p.Received = standing.Left, m.received
	if p.Refusal, err = a.wouldRefuse(tx, owner, to, &standing); err != nil {
		return nil, err
	}
	settings, err := tx.Setting(to)
	if err != nil {
		return nil, err
	}
	if policy, ok := publishedPolicy(&settings); ok {
		p.Policy, c.Policy = &policy, policy
	}
	c.History.BudgetLeft = kith.Observed(standing.Left, kith.FromHere, c.Now)
	if m.sight.Blocked {
		c.Relation.Blocked = kith.Observed(true, kith.FromMember, c.Now)
	}
	if again := m.sight.AgainAt; again.After(c.Now) {
		c.Relation.CoolingUntil = kith.Observed(again, kith.FromHere, c.Now)
	}
	if text != nil {
		c.Note.Text = kith.Observed(*text, kith.FromMember, c.Now)
	}
	gather.Complete(c)
	return c, nil
}

// wouldRefuse gives what Send would answer: it asks pair.Next as Send does, and
// writes nothing.
func (a *App) wouldRefuse(tx *store.Tx, owner, to kith.MemberID, standing *Standing) (string, error) {
	p, err := tx.PeekPair(owner, to)
	if err != nil {
		return "", err
	}
	now, err := tx.Now()
	if err != nil {
		return "", err
	}
	_, _, by, err := pair.Order(owner, to)
	if err != nil {
		return "", err
	}
	act := pair.Act{Verb: pair.Send, By: by, At: now}
	for _, who := range []pair.Party{pair.A, pair.B} {
		if act.Restricted[who], err = a.restricted(tx, p.Member(who), now); err != nil {
			return "", err
		}
	}
	next, _, err := pair.Next(p.State, act)
	switch opens := next.Seq != p.State.Seq; {
	case err != nil || !opens:
	case standing.Left == 0:
		err = usedUp(standing.Budget, standing.RenewsAt)
	default:
		err = a.welcome(tx, owner, &Invite{To: to})
	}
	var told *kith.Error
	if errors.As(err, &told) && told.Kind != kith.Busy && told.Kind != kith.Internal {
		return told.Msg, nil
	}
	return "", err
}
