package triage

import (
	"math"

	"kith"
)

// Weighed is a decision without its prose.
type Weighed struct {
	outcome
	// By is the id of the signal that decided; empty if the table did.
	By string

	by   int
	firm bool
	reading
}

// outcome is what a weighing comes to.
type outcome struct {
	Decision kith.Decision
	// Genuine and Worth are log-odds; for display only as bands.
	Genuine, Worth   float64
	pGenuine, pWorth float64
}

// reading is what every signal said. Signals are evaluated once; what a missing
// fact or an answer would change re-evaluates only the signals that need it.
type reading struct {
	adds  [maxSignals]float64
	fired [maxSignals]bool
}

// Weigh decides a case: what every signal says, and the verdict. It allocates
// nothing. See [Judge.Firm] for whether the verdict holds.
func (j *Judge) Weigh(c *kith.Case) Weighed {
	var w Weighed
	j.weigh(c, &w)
	return w
}

func (j *Judge) weigh(c *kith.Case, w *Weighed) {
	for _, sp := range j.sides[c.Side] {
		for i := sp.from; i < sp.to; i++ {
			j.evaluate(c, i, &w.reading)
		}
	}
	j.sum(w)
	w.Decision, w.by = j.conclude(c, w, 0)
	if w.by >= 0 {
		w.By = j.signals[w.by].ID
	}
}

// Fired calls yield for every signal that spoke, in the catalogue's order, with
// the log-odds it added (0 for those that decide).
func (j *Judge) Fired(w *Weighed, yield func(id string, logOdds float64)) {
	for i := range j.signals {
		if w.fired[i] {
			yield(j.signals[i].ID, w.adds[i])
		}
	}
}

// evaluate hears one signal.
func (j *Judge) evaluate(c *kith.Case, i int, r *reading) {
	s := &j.signals[i]
	r.fired[i], r.adds[i] = s.fires(c), 0
	if !r.fired[i] || s.Weight == 0 && s.goals == 0 || s.Waived != nil && s.Waived(c) {
		return
	}
	strength := 1.0
	if s.Strength != nil {
		strength = s.Strength(c)
	}
	r.adds[i] = s.contribution(strength, c.Member.Goals)
}

// contribution is the log-odds of a signal of this strength for these goals:
// replacements first, the most favourable one, then the cap, then scaling, then
// additions.
func (s *compiled) contribution(strength float64, goals kith.Goals) float64 {
	weight, scale, add := s.Weight, 1.0, 0.0
	if s.goals.Any(goals) {
		replaced := math.Inf(-1)
		for _, g := range s.Goals {
			if !g.Goals.Any(goals) {
				continue
			}
			switch g.Do {
			case Becomes:
				replaced = max(replaced, g.By)
			case Scales:
				scale *= g.By
			case Adds:
				add += g.By
			case Flat:
				strength = min(strength, g.By)
			}
		}
		if !math.IsInf(replaced, -1) {
			weight = replaced
		}
	}
	x := weight * strength
	if s.Cap > 0 {
		x = max(-s.Cap, min(s.Cap, x))
	}
	return x*scale + add
}

// sum adds up what the signals said of genuine and of worth it.
func (j *Judge) sum(w *Weighed) {
	w.Worth = 0
	for i := j.family[Stance].from; i < j.family[Worth].to; i++ { // the two families are neighbours
		w.Worth += w.adds[i]
	}
	w.Genuine = j.model.Genuine + j.capped(j.family[Genuine], &w.reading)
	w.pWorth, w.pGenuine = sigmoid(w.Worth), sigmoid(w.Genuine)
}

// capped sums a span, bounding the sum of each group.
func (j *Judge) capped(sp span, r *reading) float64 {
	var groups [maxGroups]float64
	sum := 0.0
	for i := sp.from; i < sp.to; i++ {
		if g := j.signals[i].group; g > 0 {
			groups[g-1] += r.adds[i]
			continue
		}
		sum += r.adds[i]
	}
	for g, limit := range j.groupCaps {
		sum += max(-limit, min(limit, groups[g]))
	}
	return sum
}

// conclude reads the decision from what the signals said; shift moves P(worth
// it). by is the signal that decided, -1 if the table did.
func (j *Judge) conclude(c *kith.Case, w *Weighed, shift float64) (d kith.Decision, by int) {
	switch c.Side {
	case kith.Send:
		return j.first(Sending, kith.SendIt, &w.reading)
	case kith.Connected:
		if d, by := j.first(Evidence, "", &w.reading); by >= 0 {
			return d, by
		}
		return j.first(Keeping, kith.Keep, &w.reading)
	case kith.Introduce:
		return j.first(Introducing, kith.OnlyThroughNetwork, &w.reading)
	}
	return j.receive(c, w, shift)
}

// first gives the verdict of a family's first signal that fired.
func (j *Judge) first(f Family, otherwise kith.Decision, r *reading) (kith.Decision, int) {
	sp := j.family[f]
	for i := sp.from; i < sp.to; i++ {
		if r.fired[i] {
			return j.signals[i].Then, i
		}
	}
	return otherwise, -1
}

// rule is first for the member's rules of one mode.
func (j *Judge) rule(c *kith.Case, mode kith.RuleMode, r *reading) int {
	sp := j.family[Rule]
	for i := sp.from; i < sp.to; i++ {
		if r.fired[i] && j.signals[i].Mode(&c.Member) == mode {
			return i
		}
	}
	return -1
}

// receive is the order of DESIGN 3.2: the first that applies decides.
func (j *Judge) receive(c *kith.Case, w *Weighed, shift float64) (kith.Decision, int) {
	r := &w.reading
	for _, f := range [...]Family{Evidence, Refusal} {
		if d, by := j.first(f, "", r); by >= 0 {
			return d, by
		}
	}
	if by := j.rule(c, kith.Always, r); by >= 0 {
		return j.signals[by].Then, by
	}
	if d, by := j.first(Settled, "", r); by >= 0 {
		return d, by
	}
	if by := j.rule(c, kith.May, r); by >= 0 {
		return j.signals[by].Then, by
	}
	return j.limited(j.gated(c, j.table(c, w.pWorth+shift), w.pGenuine), r)
}

// table reads the decision from P(worth it).
func (j *Judge) table(c *kith.Case, p float64) kith.Decision {
	stance, _ := c.Member.EffectiveStance(&c.Answers)
	b := j.bounds[stance]
	switch {
	case p >= b.Accept:
		return kith.Accept
	case p >= b.Ask:
		return kith.Ask
	}
	return kith.Decline
}

// gated holds back what may not be genuine: asked if something vouches,
// otherwise declined.
func (j *Judge) gated(c *kith.Case, d kith.Decision, p float64) kith.Decision {
	switch {
	case d == kith.Decline || p >= j.model.GateAsk:
		return d
	case p >= j.model.GateDecline && vouched(c):
		return kith.Ask
	}
	return kith.Decline
}

// vouchMutual is how many mutual connections vouch for somebody (DESIGN 3.2).
const vouchMutual = 5

// vouched reports whether something beyond the sender's own word speaks for
// them.
func vouched(c *kith.Case) bool {
	r := &c.Relation
	employed := r.SameEmployer.Is() && c.Answers[kith.AskEmployerKnows] != kith.AnswerNo
	return employed || r.SameSchool.Is() || r.SameProgramme.Is() || r.SameGroup.Is() ||
		r.Mutual.Is() && r.Mutual.Val >= vouchMutual ||
		c.Note.Kind.Is() && c.Note.Kind.Val == kith.NoteSpecific
}

// limited lets the limits correct the decision, in their order.
func (j *Judge) limited(d kith.Decision, r *reading) (kith.Decision, int) {
	sp := j.family[Limit]
	by := -1
	for i := sp.from; i < sp.to; i++ {
		s := &j.signals[i]
		if r.fired[i] && s.Then != d && (s.When == "" || s.When == d) && d != kith.Decline {
			d, by = s.Then, i
		}
	}
	return d, by
}
