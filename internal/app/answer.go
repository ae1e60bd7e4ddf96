package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kith"
	"kith/internal/store"
)

// kindAnswered is the event of a member's own answer to a question of Kith;
// body: the question and the answer.
const kindAnswered = "you-answered"

// AnswerOne is one answer of many: to a question about the sender of an
// invitation.
type AnswerOne struct {
	Invitation kith.InvitationID
	Answer     kith.Answer // NotAnswered takes an earlier answer back
}

// maxAnswers is how many answers may come at once: more than one screen holds.
const maxAnswers = 100

// Answer keeps what the actor answers to a question about whoever an invitation,
// received here or elsewhere, or a connection is from, and decides that case
// again at once. An answer is kept for the person, not the invitation, and
// nobody but the actor ever sees it. kith.NotAnswered takes one back.
func (a *App) Answer(ctx context.Context, who Actor, id kith.InvitationID, q kith.QuestionID, ans kith.Answer) (Judged, error) {
	out, err := a.AnswerMany(ctx, who, q, []AnswerOne{{id, ans}})
	if err != nil {
		return Judged{}, err
	}
	return out[0], nil
}

// AnswerMany keeps the answers to one question about several people, at most
// 100, and decides each case again. The verdicts come in the order of the
// answers.
func (a *App) AnswerMany(ctx context.Context, who Actor, q kith.QuestionID, answers []AnswerOne) (out []Judged, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return nil, err
	}
	if len(answers) == 0 || len(answers) > maxAnswers {
		return nil, invalid("answers", fmt.Sprintf("give from 1 to %d answers at once", maxAnswers))
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		out = out[:0]
		if _, err := tx.LockJudging(who.ID); err != nil {
			return err
		}
		for i := range answers {
			if err := a.answer(tx, who.ID, q, &answers[i]); err != nil {
				return err
			}
		}
		for i := range answers {
			j, err := a.verdictOf(tx, who.ID, answers[i].Invitation)
			if err != nil {
				return err
			}
			out = append(out, j)
		}
		return nil
	})
	return out, err
}

// answer keeps one answer and decides everything it bears on.
func (a *App) answer(tx *store.Tx, owner kith.MemberID, q kith.QuestionID, one *AnswerOne) error {
	about, err := a.personOf(tx, owner, one.Invitation)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]string{"question": q.String(), "answer": one.Answer.String()})
	if err != nil {
		return err
	}
	if err := tx.Tell(&store.Event{Owner: owner, Kind: kindAnswered, Subject: string(one.Invitation), Other: about.Member, Body: string(body)}); err != nil {
		return err
	}
	kept := store.OwnAnswer{About: about, Question: q.String(), Answer: one.Answer, At: now}
	if aboutOneself(q) {
		kept.About = store.Person{}
	}
	if err := tx.SetAnswer(owner, &kept); err != nil {
		return err
	}
	if err := a.decideAgain(tx, owner, about, one.Invitation); err != nil || !aboutOneself(q) {
		return err
	}
	return a.rejudgeAll(tx, owner)
}

// aboutOneself reports whether a question is about the member and not about the
// person: K10's, whether size counts more than quality.
func aboutOneself(q kith.QuestionID) bool { return q == kith.AskSizeOverQuality }

// decideAgain decides an invitation and whatever else of the same person was
// decided before.
func (a *App) decideAgain(tx *store.Tx, owner kith.MemberID, about store.Person, id kith.InvitationID) error {
	ids, err := tx.JudgedAbout(owner, about)
	if err != nil {
		return err
	}
	if !slices.Contains(ids, id) {
		ids = append(ids, id)
	}
	if about.Contact != "" {
		return a.decideElsewhere(tx, owner, ids)
	}
	open := make([]store.Waiting, len(ids))
	for i, id := range ids {
		open[i] = store.Waiting{Invitation: id, Other: about.Member}
	}
	return a.decide(tx, owner, open)
}

// personOf gives whom an invitation or connection of a member is about, as far
// as the member may see them; otherwise errNoInvitation.
func (a *App) personOf(tx *store.Tx, owner kith.MemberID, id kith.InvitationID) (store.Person, error) {
	e, ok, err := tx.Elsewhere(owner, id)
	if err != nil || ok {
		return store.Person{Contact: e.Contact}, err
	}
	w, err := toldTo(tx, owner, id)
	if err != nil {
		return store.Person{}, err
	}
	other := across(&w.Invitation, owner)
	if err := know(tx, owner, other); err != nil {
		return store.Person{}, err
	}
	v, err := a.look(tx, owner, other)
	if err != nil {
		return store.Person{}, err
	}
	own := w.Sender == owner && !v.sight.Connected // nobody decides their own invitation
	if !v.here || v.sight.Blocked || v.held == id || own {
		return store.Person{}, errNoInvitation
	}
	return store.Person{Member: other}, nil
}

// answersAbout gives what a member answered about some people; of two answers
// to one question that about the earlier person counts.
func answersAbout(tx *store.Tx, owner kith.MemberID, about ...store.Person) (out kith.Answers, err error) {
	list, err := tx.Answers(owner, about...)
	if err != nil {
		return out, err
	}
	for _, p := range about {
		for _, a := range list {
			if q, ok := kith.ParseQuestion(a.Question); ok && a.About == p && out[q] == kith.NotAnswered {
				out[q] = a.Answer
			}
		}
	}
	return out, nil
}

// Screen is one question about the people it is worth asking of.
type Screen struct {
	Question kith.QuestionID
	// Text asks of all of them at once; empty where each has to be asked by
	// their card's question.
	Text  string
	Cards []Card
}

// maxAsked is how many people are asked about at once, over all questions.
const maxAsked = 100

// Questions gives the questions worth asking the actor, the same question about
// several people as one screen, the one that most are asked of first. Nothing
// else is ever asked: a question is worth asking only if its answer is likely
// to change a verdict.
func (a *App) Questions(ctx context.Context, who Actor) (screens []Screen, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, err
	}
	var cards []*Card
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		all, err := tx.Pile(who.ID, now)
		cards = asking(all, now)
		return err
	})
	by := map[kith.QuestionID]*Screen{}
	for _, c := range cards {
		q, ok := kith.ParseQuestion(c.Question)
		if !ok {
			continue // of a model this program no longer knows
		}
		if by[q] == nil {
			by[q] = &Screen{Question: q, Text: a.judge.AskMany(q)}
		}
		by[q].Cards = append(by[q].Cards, *c)
	}
	for _, q := range kith.Questions() {
		if by[q] != nil {
			screens = append(screens, *by[q])
		}
	}
	slices.SortStableFunc(screens, func(x, y Screen) int { return len(y.Cards) - len(x.Cards) })
	return screens, err
}
