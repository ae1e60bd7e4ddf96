package triage

import (
	"slices"
	"strings"

	"kith"
)

// maxChanges is how many things that would change a verdict are named.
const maxChanges = 4

// open says what is still open about a case: the one question worth asking, the
// unknown that matters most, and what would change the verdict. The question is
// asked for leaning verdicts only, and only while the member has answered fewer
// than the model's number of questions.
func (j *Judge) open(c *kith.Case, w *Weighed) (*kith.Question, *kith.UnknownFact, []kith.Change) {
	changes := make([]kith.Change, 0, maxChanges)
	best, bestP := -1, 0.0
	for i := range j.questions {
		q := &j.questions[i]
		if q.Side != c.Side || c.Answers[q.ID] != kith.NotAnswered || !q.Fits(c) {
			continue
		}
		p, yes, no := j.prospect(c, w, q)
		if yes == w.Decision && no == w.Decision {
			continue
		}
		changes = addChange(changes, q.IfYes, yes, w.Decision)
		changes = addChange(changes, q.IfNo, no, w.Decision)
		if q.First && !w.firm {
			p = 1
		}
		if p > bestP {
			best, bestP = i, p
		}
	}
	unknown, changes := j.unknown(c, w, changes)
	if w.firm || best < 0 || bestP < j.model.AskFrom || c.Answers.Count() >= j.model.MaxQuestions {
		return nil, unknown, changes
	}
	q := &j.questions[best]
	return &kith.Question{ID: q.ID.String(), Text: fill(q.Says, q.Fill, c)}, unknown, changes
}

func addChange(changes []kith.Change, cond string, then, now kith.Decision) []kith.Change {
	if cond == "" || then == now || len(changes) == maxChanges ||
		slices.ContainsFunc(changes, func(c kith.Change) bool { return c.If == cond }) {
		return changes
	}
	return append(changes, kith.Change{If: cond, Verdict: then})
}

// prospect gives the decision after each answer and the probability that the
// answer changes the present one. P(yes) = (P − P_no)/(P_yes − P_no), so that
// asking never moves P on average.
func (j *Judge) prospect(c *kith.Case, w *Weighed, q *compiledQuestion) (p float64, yes, no kith.Decision) {
	afterYes, afterNo := j.answered(c, w, q, kith.AnswerYes), j.answered(c, w, q, kith.AnswerNo)
	yes, no = afterYes.Decision, afterNo.Decision
	pYes := .5
	before := w.outcome
	if now, ifYes, ifNo := q.moved(before, before, 0), q.moved(before, afterYes, q.Yes), q.moved(before, afterNo, q.No); !q.Even && ifYes != ifNo {
		pYes = (now - ifNo) / (ifYes - ifNo)
	}
	if yes != w.Decision {
		p += pYes
	}
	if no != w.Decision {
		p += 1 - pYes
	}
	return p, yes, no
}

// moved is the probability the question bears on after an answer: as weighed
// where the catalogue weighs the answer for these goals, else moved by the
// question's own log-odds.
func (q *compiledQuestion) moved(before, after outcome, by float64) float64 {
	x, y, p := before.Worth, after.Worth, after.pWorth
	if q.Genuine {
		x, y, p = before.Genuine, after.Genuine, after.pGenuine
	}
	if x != y {
		return p
	}
	return sigmoid(x + by)
}

// answered is the outcome if the member gave this answer.
func (j *Judge) answered(c *kith.Case, w *Weighed, q *compiledQuestion, a kith.Answer) outcome {
	v := Weighed{outcome: w.outcome, reading: w.reading}
	c.Answers[q.ID] = a
	j.again(c, q.dependents, &v)
	v.Decision, _ = j.conclude(c, &v, 0)
	c.Answers[q.ID] = kith.NotAnswered
	return v.outcome
}

// unknown names the readable unknown that matters most, one that could turn the
// verdict before one that could not, and adds to the changes what it would do.
func (j *Judge) unknown(c *kith.Case, w *Weighed, changes []kith.Change) (*kith.UnknownFact, []kith.Change) {
	var first, turning *kith.UnknownFact
	for i := range j.readables[c.Side] {
		r := &j.readables[c.Side][i]
		if !r.unknown(c) {
			continue
		}
		u := &kith.UnknownFact{Fact: r.facts[0], Text: r.says}
		if first == nil {
			first = u
		}
		worst := j.suppose(c, w, r.dependents, r.worst)
		best := j.suppose(c, w, r.dependents, r.best)
		if turning == nil && (worst != w.Decision || best != w.Decision) {
			turning = u
		}
		changes = addChange(changes, r.ifWorst, worst, w.Decision)
		changes = addChange(changes, r.ifBest, best, w.Decision)
	}
	if turning != nil || w.firm {
		return turning, changes // of a firm verdict only what could still turn it matters
	}
	return first, changes
}

// AskMany is the question as asked of several people at once; empty if it can
// only be asked one by one.
func (j *Judge) AskMany(id kith.QuestionID) string {
	for i := range j.questions {
		if q := &j.questions[i]; q.ID == id && q.Side == kith.Receive {
			return q.Many
		}
	}
	return ""
}

// Said is what an answer says, in words that finish "You said: …"; empty for
// what is neither yes nor no, or has no such words.
func (j *Judge) Said(id kith.QuestionID, a kith.Answer) string {
	for i := range j.questions {
		switch q := &j.questions[i]; {
		case q.ID != id:
		case a == kith.AnswerYes:
			return q.IfYes
		case a == kith.AnswerNo:
			return q.IfNo
		}
	}
	return ""
}

// Reads gives the question whose answer a signal speaks of; ok is false if it
// speaks of none. A signal names first what it speaks of, the fact and the answer
// that stands for it; what it needs beside these only waives it.
func (j *Judge) Reads(signal string) (id kith.QuestionID, ok bool) {
	for i := range j.signals {
		s := &j.signals[i]
		if s.ID != signal {
			continue
		}
		for _, need := range s.Needs[:min(2, len(s.Needs))] {
			if name, is := strings.CutPrefix(need, "answers."); is {
				return kith.ParseQuestion(name)
			}
		}
	}
	return id, false
}
