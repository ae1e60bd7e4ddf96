package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kith"
	"kith/internal/app"
)

// evening is what was done at the desk that is clear now.
type evening struct {
	Minutes int
	Until   string // until when what was decided can be undone
	Ends    bool   // undoing some of it ends connections
	Asked   bool   // a question went out, which cannot be taken back
	Tallies []tally
	Ticks   []tick
	Wide    int // the width of the strip, in ticks and the gaps between
	Parted  int // how often the member and Kith decided otherwise
}

// tally is how many letters were decided in one way.
type tally struct {
	Verdict string // or later
	Count   int
	Rest    string   // of the sentence that the verdict's word begins
	Names   []string // of those one might have lost
}

// tick is one decision in the strip of the evening.
type tick struct {
	Verdict      string
	X, Y, Height int
}

const (
	// tickWide is how wide a tick is with the gap behind it, stripWide how wide
	// the strip is at least, stripHigh how high.
	tickWide, stripWide, stripHigh = 3, 630, 28
	// namesShown is how many of those one might have lost are named.
	namesShown = 3
)

// tickHigh is how high the tick of a verdict is.
var tickHigh = map[string]int{"accept": stripHigh, "report": stripHigh, "ask": 20, "decline": 10}

// evenings tells what was decided in the latest stretch; nil if nothing was.
func evenings(ctx context.Context, d *app.Desk) *evening {
	list, asked, took := lastStretch(d)
	if len(list)+len(asked)+len(d.Aside) == 0 {
		return nil
	}
	e := &evening{Minutes: int((took + time.Minute/2) / time.Minute)}
	if len(list) > 0 {
		e.Until = day(ctx, list[len(list)-1].At.Add(app.UndoFor), d.Now)
	}
	e.Ends = slices.ContainsFunc(list, func(d app.Decided) bool { return d.Connects() })
	e.Asked = slices.ContainsFunc(asked, func(c app.Card) bool { return !c.Elsewhere() })
	for _, verdict := range []kith.Decision{kith.Accept, kith.Ask, kith.Decline, kith.Report} {
		t := tally{Verdict: string(verdict), Rest: say(ctx, "clear.rest."+string(verdict))}
		if verdict == kith.Ask {
			t.Count = len(asked)
			if next := reminder(ctx, asked, d.Now); next != "" {
				t.Rest = say(ctx, "clear.reminder", next)
			}
		}
		for i := range list {
			if list[i].As() == verdict {
				t.Count++
			}
		}
		if verdict == kith.Accept {
			if t.Names = mightLose(ctx, list); len(t.Names) > 0 {
				t.Rest = count(ctx, "clear.lost", len(t.Names))
			}
		}
		e.add(t)
	}
	if len(d.Aside) > 0 {
		e.add(tally{Verdict: "later", Count: len(d.Aside), Rest: say(ctx, "clear.rest.later", day(ctx, d.Aside[0].Until, d.Now))})
	}
	for i := range list {
		if list[i].Parted() {
			e.Parted++
		}
	}
	e.strip(list, asked)
	return e
}

// lastStretch gives what was decided and asked in the latest stretch, and how long it
// took. Who was asked before and waits still is no part of it.
func lastStretch(d *app.Desk) (list []app.Decided, asked []app.Card, took time.Duration) {
	all := slices.Clone(d.Decided)
	for i := range d.Pile.Waiting {
		all = append(all, app.Decided{At: d.Pile.Waiting[i].AskedAt})
	}
	slices.SortFunc(all, func(x, y app.Decided) int { return y.At.Compare(x.At) })
	n, took := app.Evening(all)
	if n == 0 {
		return nil, nil, 0
	}
	began := all[n-1].At
	for i := range d.Pile.Waiting {
		if c := &d.Pile.Waiting[i]; !c.AskedAt.Before(began) {
			asked = append(asked, *c)
		}
	}
	for len(list) < len(d.Decided) && !d.Decided[len(list)].At.Before(began) {
		list = d.Decided[:len(list)+1]
	}
	return list, asked, took
}

func (e *evening) add(t tally) {
	if t.Count > 0 {
		e.Tallies = append(e.Tallies, t)
	}
}

// reminder is the day of the next reminder of a question that is out, empty if
// there is none to come.
func reminder(ctx context.Context, asked []app.Card, now time.Time) string {
	var next time.Time
	for i := range asked {
		if at := asked[i].AskedAt.Add(app.RemindAfter); at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return day(ctx, next, now)
}

// mightLose names whom the member accepted against what Kith said, else where it
// only leaned: a quick hand would have lost them.
func mightLose(ctx context.Context, list []app.Decided) (names []string) {
	for _, firmly := range []bool{true, false} {
		for i := range list {
			d := &list[i]
			against := d.Verdict == kith.Decline || d.Verdict == kith.Report || d.Verdict == kith.Ask
			leaned := d.Verdict == kith.Accept && !d.Firm
			if d.As() == kith.Accept && d.Name != "" && len(names) < namesShown && (firmly && against || !firmly && leaned) {
				names = append(names, d.Name)
			}
		}
	}
	return names
}

// strip draws the evening, a tick a letter, in the order they were decided.
func (e *evening) strip(list []app.Decided, asked []app.Card) {
	type mark struct {
		at      time.Time
		verdict string
	}
	var marks []mark
	for i := range list {
		marks = append(marks, mark{list[i].At, string(list[i].As())})
	}
	for i := range asked {
		marks = append(marks, mark{asked[i].AskedAt, string(kith.Ask)})
	}
	slices.SortStableFunc(marks, func(x, y mark) int { return cmp.Compare(x.at.UnixMicro(), y.at.UnixMicro()) })
	for i, m := range marks {
		high := tickHigh[m.verdict]
		e.Ticks = append(e.Ticks, tick{Verdict: m.verdict, X: i * tickWide, Y: stripHigh - high, Height: high})
	}
	e.Wide = max(stripWide, len(marks)*tickWide)
}
