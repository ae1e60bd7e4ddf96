package triage

import "kith"

// readable is a fact that could still be read somewhere: a page opened, a file
// added. Its plausible worst and best show whether a verdict is firm. What only
// the member can answer is a question, never a readable.
type readable struct {
	facts   []string // what worst and best touch; the first names it
	unknown func(*kith.Case) bool
	worst   func(*kith.Case)
	best    func(*kith.Case)
	says    string // the unknown, as a sentence
	ifWorst string // finishes "If …:"
	ifBest  string
}

// readables lists the readable facts of a side (DESIGN 3.4).
func readables(side kith.Side) []readable {
	note := readable{
		facts:   []string{"note.kind"},
		unknown: func(c *kith.Case) bool { return c.Note.Kind.State == kith.Unknown },
		worst:   func(c *kith.Case) { c.Note.Kind = seen(kith.NoteEmpty) },
		best:    func(c *kith.Case) { c.Note.Kind = seen(kith.NoteSpecific) },
		says:    "Whether they wrote a note.",
		ifWorst: "they wrote no note", ifBest: "their note is written for you",
	}
	switch side {
	case kith.Receive:
		return append([]readable{
			profileDepth(func(c *kith.Case) *kith.PersonFacts { return &c.Person }, "person",
				"What their profile says.", "their profile is thin", "their profile is complete"),
			profilePhoto(func(c *kith.Case) *kith.PersonFacts { return &c.Person }, "person",
				"Whether they show a photo.", "they show no photo", "they show a photo"),
			{
				facts:   []string{"relation.mutual"},
				unknown: func(c *kith.Case) bool { return c.Relation.Mutual.State == kith.Unknown },
				worst:   func(c *kith.Case) { c.Relation.Mutual = seen(0) },
				best:    func(c *kith.Case) { c.Relation.Mutual = seen(10) },
				says:    "How many connections you have in common.",
				ifWorst: "you have no connections in common", ifBest: "you have ten connections in common",
			},
			note,
		}, append(maybes(), silence(true))...)
	case kith.Send:
		own := func(c *kith.Case) *kith.PersonFacts { return &c.Member.Profile }
		note.says, note.ifWorst, note.ifBest = "What your note will say.", "you send no note", "your note says why, in a sentence of their own"
		return []readable{
			profileDepth(own, "member.profile", "What your own profile says.", "your own profile is thin", "your own profile is complete"),
			profilePhoto(own, "member.profile", "Whether you show a photo.", "you show no photo", "you show a photo"),
			note,
		}
	case kith.Connected:
		return []readable{silence(false)}
	}
	return nil
}

func profileDepth(of func(*kith.Case) *kith.PersonFacts, path, says, ifWorst, ifBest string) readable {
	return readable{
		facts:   []string{path + ".completeness"},
		unknown: func(c *kith.Case) bool { return of(c).Completeness.State == kith.Unknown },
		worst:   func(c *kith.Case) { of(c).Completeness = seen(kith.Thin) },
		best:    func(c *kith.Case) { of(c).Completeness = seen(kith.Complete) },
		says:    says, ifWorst: ifWorst, ifBest: ifBest,
	}
}

func profilePhoto(of func(*kith.Case) *kith.PersonFacts, path, says, ifWorst, ifBest string) readable {
	return readable{
		facts:   []string{path + ".photo"},
		unknown: func(c *kith.Case) bool { return of(c).Photo.State == kith.Unknown },
		worst:   func(c *kith.Case) { of(c).Photo = seen(kith.PhotoNone) },
		best:    func(c *kith.Case) { of(c).Photo = seen(kith.PhotoPresent) },
		says:    says, ifWorst: ifWorst, ifBest: ifBest,
	}
}

// maybes are equal names: who stands behind one can be looked up.
func maybes() []readable {
	met := func(c *kith.Case) *kith.Opt[kith.Belief] { return &c.Relation.Met }
	book := func(c *kith.Case) *kith.Opt[kith.Belief] { return &c.Relation.AddressBook }
	out := make([]readable, 0, 2)
	for path, of := range []func(*kith.Case) *kith.Opt[kith.Belief]{met, book} {
		r := readable{
			facts: []string{[]string{"relation.met", "relation.address_book"}[path]},
			unknown: func(c *kith.Case) bool {
				return of(c).Val == kith.Maybe && c.Answers[kith.AskSamePerson] == kith.NotAnswered
			},
			worst: func(c *kith.Case) { of(c).Val, of(c).State = kith.No, kith.Unknown },
			best:  func(c *kith.Case) { *of(c) = seen(kith.Yes) },
			says:  "Whether this is the person of the same name whom you know.",
		}
		r.ifBest = "it is the person of that name whom you know"
		out = append(out, r)
	}
	return out
}

// silence is whether somebody who was asked has answered. When is the waiting
// over, too: before day 14 an answer may still come.
func silence(received bool) readable {
	return readable{
		facts: []string{"history.replied"},
		unknown: func(c *kith.Case) bool {
			return c.History.AskedAt.Is() && c.History.Replied.State == kith.Unknown &&
				(received || c.History.AcceptedAt.State != kith.Absent)
		},
		worst:   func(c *kith.Case) { c.History.Replied = seen(false) },
		best:    func(c *kith.Case) { c.History.Replied = seen(true) },
		says:    "Whether they answered what you asked.",
		ifWorst: "they stay silent for 14 days", ifBest: "they answered",
	}
}

func seen[T comparable](v T) kith.Opt[T] { return kith.Observed(v, kith.FromCase, zeroTime) }

// Firm reports whether a decision stays the same with P(worth it) shifted either
// way and with every unknown readable fact at its worst and at its best. It
// allocates nothing. It supposes unknown facts known and puts the case back as
// it was: nobody else may use the case meanwhile.
func (j *Judge) Firm(c *kith.Case, w *Weighed) bool {
	for _, shift := range [...]float64{-j.model.Shift, j.model.Shift} {
		if d, _ := j.conclude(c, w, shift); d != w.Decision {
			return false
		}
	}
	worst, changed := j.supposeAll(c, w, false)
	if !changed || worst != w.Decision {
		return !changed
	}
	best, _ := j.supposeAll(c, w, true)
	return best == w.Decision
}

// supposeAll gives the decision with all unknown readable facts at their best,
// or at their worst; changed is false when nothing readable is unknown.
func (j *Judge) supposeAll(c *kith.Case, w *Weighed, best bool) (d kith.Decision, changed bool) {
	list := j.readables[c.Side]
	var open uint
	for i := range list {
		if list[i].unknown(c) {
			open |= 1 << i
		}
	}
	if open == 0 {
		return w.Decision, false
	}
	saved := keep(c)
	v := Weighed{outcome: w.outcome, reading: w.reading}
	for i := range list {
		if open&(1<<i) != 0 {
			list[i].set(c, best)
		}
	}
	for i := range list {
		if open&(1<<i) != 0 {
			j.again(c, list[i].dependents, &v)
		}
	}
	d, _ = j.conclude(c, &v, 0)
	saved.putBack(c)
	return d, true
}

func (r *readable) set(c *kith.Case, best bool) {
	if best {
		r.best(c)
		return
	}
	r.worst(c)
}

// again re-evaluates the signals that depend on a changed fact, and the sums if
// any of them weighs differently now.
func (j *Judge) again(c *kith.Case, dependents []int, w *Weighed) {
	moved := false
	for _, i := range dependents {
		before := w.adds[i]
		j.evaluate(c, i, &w.reading)
		moved = moved || w.adds[i] != before
	}
	if moved {
		j.sum(w)
	}
}

// suppose gives the decision after one change to the case, which is put back.
func (j *Judge) suppose(c *kith.Case, w *Weighed, dependents []int, change func(*kith.Case)) kith.Decision {
	saved := keep(c)
	v := Weighed{outcome: w.outcome, reading: w.reading}
	change(c)
	j.again(c, dependents, &v)
	d, _ := j.conclude(c, &v, 0)
	saved.putBack(c)
	return d
}

// kept holds every fact that readables change, so that a supposition is put
// back without copying the whole case.
type kept struct {
	depth, ownDepth kith.Opt[kith.Depth]
	photo, ownPhoto kith.Opt[kith.Photo]
	mutual          kith.Opt[int]
	met, book       kith.Opt[kith.Belief]
	note            kith.Opt[kith.NoteKind]
	replied         kith.Opt[bool]
}

func keep(c *kith.Case) kept {
	p, own, r := &c.Person, &c.Member.Profile, &c.Relation
	return kept{
		p.Completeness, own.Completeness, p.Photo, own.Photo,
		r.Mutual, r.Met, r.AddressBook, c.Note.Kind, c.History.Replied,
	}
}

func (k *kept) putBack(c *kith.Case) {
	p, own, r := &c.Person, &c.Member.Profile, &c.Relation
	p.Completeness, own.Completeness, p.Photo, own.Photo = k.depth, k.ownDepth, k.photo, k.ownPhoto
	r.Mutual, r.Met, r.AddressBook, c.Note.Kind, c.History.Replied = k.mutual, k.met, k.book, k.note, k.replied
}
