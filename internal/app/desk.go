package app

import (
	"context"
	"errors"
	"time"

	"kith"
	"kith/internal/store"
)

// DeskQuery says what is to lie on the desk.
type DeskQuery struct {
	PileQuery
	// In is the group that is read, empty for all of them.
	In string
	// Open is the letter wanted; empty: the first.
	Open kith.InvitationID
	// Closed wants no letter, but what is put off.
	Closed bool
}

// Desk is what lies before a member.
type Desk struct {
	Now     time.Time
	Pile    Pile
	Decided []Decided // what was answered in the last 7 days, newest first; at most 1,000
	Week    int       // how many were answered in the last 7 days
	Aside   []Aside   // what is put off
	Letter  *OpenLetter
	// Lost says that the letter wanted is not there for the member, nor ever was,
	// or that it is on hold.
	Lost bool
}

// OpenLetter is the letter in focus, with what Kith says of it.
type OpenLetter struct {
	Card
	// Ended says why it does not wait for the member, where it does not.
	Ended      Ended
	Prev, Next kith.InvitationID // in the order of the pile; empty at its ends
	Faces      []Face            // the first few connections in common
	Judged     Judged            // without a verdict if there is nothing to judge by
	// IfYes and IfNo are what an answer to the verdict's question would make of it;
	// empty if it would stay.
	IfYes, IfNo kith.Decision
	Answers     []Answered
}

// Answered is what the member answered to a question about somebody.
type Answered struct {
	Question kith.QuestionID
	Answer   kith.Answer
	// Text says the answer in words that finish "You said: …"; empty where it
	// said neither yes nor no.
	Text string
}

// Desk lays the actor's desk: the pile, the letter wanted or else the first, and
// what was decided lately, all as they are at one time.
func (a *App) Desk(ctx context.Context, who Actor, q DeskQuery) (d Desk, err error) {
	if err := who.may(ScopeRead); err != nil {
		return d, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		d = Desk{}
		if d.Now, err = tx.Now(); err != nil {
			return err
		}
		cards, err := tx.Pile(who.ID, d.Now)
		if err != nil {
			return err
		}
		d.Pile = a.lay(cards, &q.PileQuery, d.Now)
		if d.Decided, err = tx.Decided(who.ID, d.Now.Add(-UndoFor), Cursor{}, maxDecided); err != nil {
			return err
		}
		if d.Week, err = inWeek(tx, who.ID, d.Now, len(d.Decided)); err != nil {
			return err
		}
		if !q.Closed {
			d.choose(cards, &q)
		}
		if d.Aside, err = tx.Aside(who.ID, d.Now); err != nil {
			return err
		}
		if d.Letter == nil && q.Open != "" {
			d.Letter, err = a.ended(tx, who.ID, q.Open, &d)
			d.Lost = d.Letter == nil
		}
		if err != nil || d.Letter == nil || d.Letter.Ended.Over() {
			return err
		}
		return a.open(tx, who.ID, d.Letter)
	})
	return d, err
}

// choose takes the letter wanted, out of all that are open.
func (d *Desk) choose(cards []Card, q *DeskQuery) {
	if d.Letter = d.Pile.find(q.In, q.Open); d.Letter == nil && q.Open != "" {
		d.Letter = single(cards, q.Open)
	}
}

// find gives a letter of the pile with its neighbours, or the first if none is
// wanted; nil if it is not there. In a group it is looked for there first: a new
// verdict may have moved it to another.
func (p *Pile) find(in string, id kith.InvitationID) *OpenLetter {
	var cards []*Card
	for i := range p.Groups {
		g := &p.Groups[i]
		if in != "" && in != g.Decision {
			continue
		}
		for j := range g.Cards {
			cards = append(cards, &g.Cards[j])
		}
	}
	for i, c := range cards {
		if id != "" && c.Invitation != id {
			continue
		}
		l := &OpenLetter{Card: *c}
		if i > 0 {
			l.Prev = cards[i-1].Invitation
		}
		if i+1 < len(cards) {
			l.Next = cards[i+1].Invitation
		}
		return l
	}
	if in != "" && id != "" {
		return p.find("", id)
	}
	return nil
}

// single gives an open letter that is not in the pile as it lies.
func single(cards []Card, id kith.InvitationID) *OpenLetter {
	for i := range cards {
		if cards[i].Invitation == id {
			return &OpenLetter{Card: cards[i]}
		}
	}
	return nil
}

// open adds to a letter what is shown of the one in focus only.
func (a *App) open(tx *store.Tx, owner kith.MemberID, l *OpenLetter) (err error) {
	if l.Mutual > 0 && l.About.Member != "" {
		if l.Faces, err = tx.MutualFaces(owner, l.About.Member, "", fewFaces); err != nil {
			return err
		}
	}
	row, ok, err := tx.Verdict(owner, l.Invitation)
	switch {
	case err != nil:
		return err
	case ok:
		l.Judged, err = judged(&row)
	default:
		if l.Judged, err = a.verdictOf(tx, owner, l.Invitation); errors.Is(err, errNoInvitation) {
			err = nil // nothing is known of it to judge by
		}
	}
	if err != nil {
		return err
	}
	if v := &l.Judged.Verdict; v.Question != nil {
		q, _ := kith.ParseQuestion(v.Question.ID)
		l.IfYes, l.IfNo = wouldBe(v, a.judge.Said(q, kith.AnswerYes)), wouldBe(v, a.judge.Said(q, kith.AnswerNo))
	}
	own, err := tx.Answers(owner, l.About)
	for _, o := range own {
		if q, ok := kith.ParseQuestion(o.Question); ok {
			l.Answers = append(l.Answers, Answered{q, o.Answer, a.judge.Said(q, o.Answer)})
		}
	}
	return err
}

// wouldBe gives what something would make of a verdict, empty if it would stay.
func wouldBe(v *kith.Verdict, so string) kith.Decision {
	for _, c := range v.WouldChange {
		if so != "" && c.If == so {
			return c.Verdict
		}
	}
	return ""
}

// AnswerBehind gives the question whose answer a signal rests on; ok is false if
// it rests on none.
func (a *App) AnswerBehind(signal string) (q kith.QuestionID, ok bool) { return a.judge.Reads(signal) }

// Aside is an open invitation its recipient has put off.
type Aside = store.Aside
