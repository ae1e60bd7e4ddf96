package app

import (
	"encoding/json"
	"reflect"
	"time"

	"kith"
	"kith/internal/store"
)

// keep decides gathered cases and keeps the verdicts, each step with its event.
// Where nothing is new since the last verdict, that stays the newest.
func (a *App) keep(tx *store.Tx, owner kith.MemberID, cases []gathered) error {
	ids := make([]kith.InvitationID, len(cases))
	for i := range cases {
		ids[i] = cases[i].id
	}
	newest, err := tx.NewestVerdicts(owner, ids)
	if err != nil {
		return err
	}
	last := map[kith.InvitationID]*store.Verdict{}
	for i := range newest {
		last[newest[i].Invitation] = &newest[i]
	}
	var rows []store.Verdict
	var events []*store.Event
	for i := range cases {
		g := &cases[i]
		j, err := a.judgeCase(&g.Case)
		if err != nil {
			return err
		}
		j.Sources = g.sources
		row, err := j.row(owner, g)
		if err != nil {
			return err
		}
		row.N = 1
		if was := last[g.id]; was != nil {
			if same, err := unchanged(was, &row); err != nil {
				return err
			} else if same {
				continue
			}
			row.N = was.N + 1
		}
		steps, err := judging(owner, g, &row)
		if err != nil {
			return err
		}
		rows, events = append(rows, row), append(events, steps...)
	}
	if err := tx.AddVerdicts(rows); err != nil {
		return err
	}
	return tx.Tell(events...)
}

// judging gives the events of gathering and deciding one case.
func judging(owner kith.MemberID, g *gathered, row *store.Verdict) (steps []*store.Event, err error) {
	for _, step := range []struct {
		kind string
		body map[string]any
	}{
		{kindGathered, map[string]any{"unavailable": missing(g.sources)}},
		{kindDecided, map[string]any{"n": row.N, "verdict": row.Decision, "firm": row.Firm}},
	} {
		body, err := json.Marshal(step.body)
		if err != nil {
			return nil, err
		}
		steps = append(steps, &store.Event{Owner: owner, Kind: step.kind, Subject: string(g.id), Other: g.about.Member, Body: string(body)})
	}
	return steps, nil
}

// unchanged reports whether the newest verdict on an invitation says the same as
// one just reached, and rests on the same.
func unchanged(last, row *store.Verdict) (bool, error) {
	was, err := judged(last)
	if err != nil {
		return false, err
	}
	is, err := judged(row)
	// What was seen at the moment of judging is seen then each time.
	adopt := func(old time.Time, at *time.Time) {
		if old.Equal(was.At) && at.Equal(is.At) {
			*at = old
		}
	}
	for i := range min(len(was.Facts), len(is.Facts)) {
		adopt(was.Facts[i].At, &is.Facts[i].At)
	}
	for i := range min(len(was.Grounds), len(is.Grounds)) {
		adopt(was.Grounds[i].At, &is.Grounds[i].At)
	}
	is.N, is.At = was.N, was.At
	return reflect.DeepEqual(was, is), err
}
