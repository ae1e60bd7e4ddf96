package app

import (
	"context"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
)

// Story is what a member decided over the last half year, and how that went with
// what Kith said.
type Story struct {
	Now time.Time
	// Weeks are the weeks from the first decision to now, the oldest first, empty
	// ones too.
	Weeks []StoryWeek
	// Judged are the decisions that had a verdict when they were made, the newest
	// first.
	Judged []Decided
	// Share says how many of the member's own invitations are accepted, in the words
	// of [Standing.Accepted].
	Share string
}

// StoryWeek counts the answers of one week by what they were.
type StoryWeek struct {
	Begins                       time.Time // a Monday
	Accepted, Declined, Reported int
}

// All is how many letters were decided in the week.
func (w *StoryWeek) All() int { return w.Accepted + w.Declined + w.Reported }

const (
	// storyLong is how far back a story goes.
	storyLong = 26 * week
	// maxStory is how many decisions it tells at most, the newest.
	maxStory = 5000
)

// Story tells what the actor decided in the last 26 weeks: on invitations
// received here, and on those elsewhere as far as they told Kith. Acceptances
// are those whose connection still is.
func (a *App) Story(ctx context.Context, who Actor) (s Story, err error) {
	if err := who.may(ScopeRead); err != nil {
		return s, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		s = Story{}
		if s.Now, err = tx.Now(); err != nil {
			return err
		}
		list, err := tx.Decided(who.ID, weekOf(s.Now).Add(week-storyLong), Cursor{}, maxStory)
		if err != nil {
			return err
		}
		s.tell(list)
		s.Share, err = share(tx, who.ID, s.Now)
		return err
	})
	return s, err
}

// tell counts decisions, the newest first, by their weeks.
func (s *Story) tell(list []Decided) {
	if len(list) == 0 {
		return
	}
	last := later(s.Now, list[0].At) // a clock may have been set back
	for begins := weekOf(list[len(list)-1].At); !begins.After(last); begins = begins.Add(week) {
		s.Weeks = append(s.Weeks, StoryWeek{Begins: begins})
	}
	for i := range list {
		d := &list[i]
		w := &s.Weeks[d.At.Sub(s.Weeks[0].Begins)/week]
		switch d.As() {
		case kith.Accept:
			w.Accepted++
		case kith.Report:
			w.Reported++
		default:
			w.Declined++
		}
	}
	s.Judged = slices.DeleteFunc(slices.Clone(list), func(d Decided) bool { return d.Verdict == "" })
}
