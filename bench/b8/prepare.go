package main

import (
	"context"
	"errors"
	"fmt"

	"kith"
	"kith/bench/rig"
	"kith/internal/app"
	"kith/internal/jobs"
	"kith/internal/store"
)

// notes are what the invitations say, in turn.
var notes = []string{
	"",
	"I'd like to add you to my professional network.",
	"Dear colleague, you showed the low-cost gauges in Delft in May, and I was the one who asked about ice. May I compare notes with you?",
	"We help water boards like yours save 30% on telemetry. When can I call you for a quick chat this week?",
}

// member gives the id of whoever stands at a place in the ring.
func (s size) member(place int) kith.MemberID {
	return kith.MemberID(fmt.Sprintf("00000000-0000-7000-8000-%d", 100_000_000_000+place*scatter%s.members))
}

// prepare fills the database and has invitations sent to one member by those
// who stand next in the ring and are not connected with them, judged as ever.
func (s *subject) prepare(ctx context.Context, n size, open int) (err error) {
	if err := makeTables(ctx, s.dsn); err != nil {
		return err
	}
	if err := grow(ctx, s.dsn, n); err != nil {
		return err
	}
	a, err := app.Open(ctx, s.dsn, app.Config{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	near := len(n.offsets) / 2
	far := make(map[int]bool, len(n.offsets))
	for _, o := range n.offsets {
		far[o] = true
	}
	s.me = n.member(0)
	for place := near + 1; len(s.who) < open; place++ {
		if far[place] || far[n.members-place] {
			continue
		}
		from := n.member(place)
		if _, err := a.Send(ctx, rig.Session(from), app.Invite{To: s.me, Note: notes[place%len(notes)]}); err != nil {
			return err
		}
		s.who = append(s.who, from)
	}
	if err := jobs.New(a, jobs.Options{}).Drain(ctx); err != nil {
		return err
	}
	if s.token, err = rig.Token(ctx, a, s.me); err != nil {
		return err
	}
	return settle(ctx, s.dsn)
}

func makeTables(ctx context.Context, dsn string) error {
	db, err := store.Open(ctx, dsn, store.Options{})
	if err != nil {
		return err
	}
	return db.Close()
}
