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

	// To is who would be invited, From the member as they would see them.
	To, From Portrait
	// Mutual is how many connections the two have in common, as far as that is
	// shown; Through is one of them, unless the two are connected or will be by a
	// word of the member.
	Mutual  kith.Opt[int]
	Through Face
	// Relation is how the two stand, Standing the member's own.
	Relation Relation
	Standing Standing
	// NeedsMail says that an invitation goes only with the recipient's address.
	NeedsMail bool
	// Letters is how many letters the note has as a reader counts them, Meant the
	// pieces of it that read as if they could go to anybody, or worse, in their
	// order, as bytes of the note as it was cleaned, which is Note.
	Letters int
	Meant   []Span
	Note    string
}

// Span is a piece of a note, and what it speaks for.
type Span = note.Span

// Portrait is a member as the head of a letter shows them.
type Portrait struct {
	Face
	Place string
}

const (
	// MaxNote is how many letters a note may have.
	MaxNote = 300
	// ExpiresAfter is how long an invitation stays open.
	ExpiresAfter = pair.ExpiresAfter
	// UndoFor is how long what was decided can be undone.
	UndoFor = pair.UndoFor
	// RemindAfter is when a question without an answer is told of, DecideAfter when
	// there is a new verdict without one.
	RemindAfter = pair.RemindAfter
	DecideAfter = pair.DecideAfter
)

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
		p.Findings, p.Meant = nil, nil
		if text != nil {
			p.read(*text, c)
		}
		return nil
	})
	if err == nil && !p.Relation.familiar() {
		err = a.countLooks(ctx, who, to) // it tells as much as their page
	}
	if err != nil {
		return Preflight{}, err
	}
	return p, nil
}

// read reads the note as it would go.
func (p *Preflight) read(text string, c *kith.Case) {
	about := gather.NoteContext(c)
	p.Note, p.Letters = text, note.Letters(text)
	p.Findings = note.Check(text, note.CheckOptions{WellKnown: c.Relation.Met.Is(), Context: about})
	if f := note.Read(text, about); f.Kind != kith.NoteSpecific {
		p.Meant = f.Evidence
	}
}

// portray fills in both as they are shown to each other.
func (p *Preflight) portray(tx *store.Tx, owner kith.MemberID, m *view, c *kith.Case) error {
	p.Relation, p.Mutual = m.relation(), c.Relation.Mutual
	p.To.Place, p.From.Place = c.Person.Location.Val, c.Member.Profile.Location.Val
	var err error
	if p.From.Face, err = faceOf(tx, owner); err != nil {
		return err
	}
	if p.To.Face, err = faceOf(tx, m.of); err != nil || !p.Mutual.Is() || p.Relation.familiar() {
		return err
	}
	through, err := tx.MutualFaces(owner, m.of, "", 1)
	for _, f := range through {
		p.Through = f
	}
	return err
}

// sendCase makes the case of inviting somebody from what the sender may see,
// and fills in what a pre-flight shows beside the verdict.
func (a *App) sendCase(tx *store.Tx, owner, to kith.MemberID, text *string, p *Preflight) (*kith.Case, error) {
	if err := know(tx, owner, to); err != nil {
		return nil, err
	}
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
	p.Left, p.Received, p.Standing = standing.Left, m.received, standing
	if p.Refusal, p.NeedsMail, err = a.wouldRefuse(tx, owner, to, &m.pair, &standing); err != nil {
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
	return c, p.portray(tx, owner, &m, c)
}

// wouldRefuse gives what Send would answer, and whether that is to ask for an
// address: it asks pair.Next as Send does, and writes nothing.
func (a *App) wouldRefuse(tx *store.Tx, owner, to kith.MemberID, p *store.Pair, standing *Standing) (refusal string, mail bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return "", false, err
	}
	by := p.Party(owner)
	act := pair.Act{Verb: pair.Send, By: by, At: now}
	act.Restricted[by] = standing.Step == Paused
	if act.Restricted[by.Other()], err = a.restricted(tx, to, now); err != nil {
		return "", false, err
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
		return told.Msg, errors.Is(err, errFromMail) || errors.Is(err, errMustKnowMail), nil
	}
	return "", false, err
}
