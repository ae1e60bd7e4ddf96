package triage

import (
	"slices"

	"kith"
)

// Reach is how far what is unknown could move the three words.
type Reach struct {
	Low  kith.Bands `json:"low"`
	High kith.Bands `json:"high"`
}

// Reach says between which words each of the three could end: as the case is,
// with every unknown readable fact at its plausible worst and at its best, and
// after either answer to each question the member could still be asked.
func (j *Judge) Reach(c kith.Case) Reach {
	r := Reach{Low: kith.Bands{Genuine: kith.BandYes, Known: kith.BandYes, Worth: kith.BandYes},
		High: kith.Bands{Genuine: kith.BandNo, Known: kith.BandNo, Worth: kith.BandNo}}
	j.reach(&c, &r)
	var open []*compiledReadable
	for i := range j.readables[c.Side] {
		if x := &j.readables[c.Side][i]; x.unknown(&c) {
			open = append(open, x)
		}
	}
	saved := keep(&c)
	for _, best := range []bool{false, true} {
		for _, x := range open {
			x.set(&c, best)
		}
		j.reach(&c, &r)
		saved.putBack(&c)
	}
	for i := range j.questions {
		q := &j.questions[i]
		if q.Side != c.Side || c.Answers[q.ID] != kith.NotAnswered || !q.Fits(&c) {
			continue
		}
		for _, a := range []kith.Answer{kith.AnswerYes, kith.AnswerNo} {
			c.Answers[q.ID] = a
			j.reach(&c, &r)
		}
		c.Answers[q.ID] = kith.NotAnswered
	}
	return r
}

// reach widens what was reached by the words of a case as it is.
func (j *Judge) reach(c *kith.Case, r *Reach) {
	var w Weighed
	j.weigh(c, &w)
	now := j.bands(c, &w)
	for _, x := range []struct {
		low, high *kith.Band
		now       kith.Band
	}{{&r.Low.Genuine, &r.High.Genuine, now.Genuine}, {&r.Low.Known, &r.High.Known, now.Known}, {&r.Low.Worth, &r.High.Worth, now.Worth}} {
		place := slices.Index(upwards, x.now)
		if place < slices.Index(upwards, *x.low) {
			*x.low = x.now
		}
		if place > slices.Index(upwards, *x.high) {
			*x.high = x.now
		}
	}
}

// upwards are the words from sure not to sure.
var upwards = []kith.Band{kith.BandNo, kith.BandUnlikely, kith.BandUnclear, kith.BandLikely, kith.BandYes}
