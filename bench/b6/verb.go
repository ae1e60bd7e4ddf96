package main

import (
	"context"
	"errors"

	"kith"
	"kith/bench/rig"
	"kith/internal/app"
	"kith/internal/store"
	"kith/pair"
)

// budget is how many invitations a member here may send: all.
const budget = 1 << 30

// wholeVerb gives the verbs as the API calls them: who may, what words, the row
// of the two, budget, words, both feeds, duties, and what the caller is shown.
// Each client has two members of its own, who alternate: Send, Accept,
// RemoveConnection. The duties that they leave are not done meanwhile.
func wholeVerb(dsn string, clients int) (*subject, func() error, error) {
	ctx := context.Background()
	all, err := rig.Members(ctx, dsn, 2*clients)
	if err != nil {
		return nil, nil, err
	}
	if err := unbound(ctx, dsn, all); err != nil {
		return nil, nil, err
	}
	a, err := app.Open(ctx, dsn, app.Config{})
	if err != nil {
		return nil, nil, err
	}
	both := make([]verbs, clients)
	for i := range both {
		both[i] = verbs{a: a, from: rig.Session(all[2*i]), to: rig.Session(all[2*i+1])}
	}
	return &subject{name: "whole verb", clients: clients, step: func(i int) error { return both[i].step(ctx) }}, a.Close, nil
}

// unbound lets members invite as often as the benchmark wants: their week has
// begun with a budget nobody gets.
func unbound(ctx context.Context, dsn string, members []kith.MemberID) (err error) {
	db, err := store.Open(ctx, dsn, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		for _, m := range members {
			s, err := tx.LockStanding(m)
			if err != nil {
				return err
			}
			s.Week, s.Budget = now, budget
			if err := tx.SetStanding(&s); err != nil {
				return err
			}
		}
		return nil
	})
}

// verbs are two members and where they are in their turn.
type verbs struct {
	a        *app.App
	from, to app.Actor
	sent     kith.InvitationID // open; empty if none is
	met      bool
}

func (v *verbs) step(ctx context.Context) error {
	switch {
	case v.met:
		v.met = false
		return v.a.RemoveConnection(ctx, v.to, v.from.ID)
	case v.sent != "":
		_, err := v.a.Accept(ctx, v.to, v.sent, pair.Met, pair.NoSee, "")
		v.sent, v.met = "", true
		return err
	}
	i, err := v.a.Send(ctx, v.from, app.Invite{To: v.to.ID, Note: "We met at the gauge fair in May.", Tie: pair.Met})
	v.sent = i.ID
	return err
}
