package web

import (
	"context"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// decidedOnPage is how many decisions stand on a page.
const decidedOnPage = 200

// looking is what was decided, to be looked through.
type looking struct {
	Counts  []tally
	Days    []decidedDay
	Aside   []decidedRow
	Waiting int
	Earlier string // the address of what comes behind, empty at the end
	Parted  int
}

// decidedDay are the decisions of one day, the newest first.
type decidedDay struct {
	Day  string
	Rows []decidedRow
}

// decidedRow is one decision, or a letter put off.
type decidedRow struct {
	ID, Name, Verdict string
	Said              string // what Kith had said otherwise, empty where the two agreed
	When              string
}

// decided shows what was decided in seven days, each with its way back.
func (s *site) decided(q *request) (templ.Component, error) {
	ctx := q.Context()
	d, err := s.app.Desk(ctx, q.who, app.DeskQuery{Closed: true})
	if err != nil {
		return nil, err
	}
	l := &looking{Waiting: len(d.Pile.Waiting)}
	for _, verdict := range []kith.Decision{kith.Accept, kith.Decline, kith.Report} {
		t := tally{Verdict: string(verdict)}
		for i := range d.Decided {
			if d.Decided[i].As() == verdict {
				t.Count++
			}
		}
		l.Counts = append(l.Counts, t)
	}
	for i := range d.Decided {
		if parted(&d.Decided[i]) {
			l.Parted++
		}
	}
	before, _ := strconv.ParseInt(q.URL.Query().Get("before"), 10, 64)
	l.page(ctx, d.Decided, before, d.Now)
	if before == 0 {
		for i := range d.Aside {
			a := &d.Aside[i]
			l.Aside = append(l.Aside, decidedRow{ID: string(a.Invitation), Name: shownName(ctx, a.Name), When: say(ctx, "decided.back", day(ctx, a.Until, d.Now))})
		}
	}
	return decidedPage(s.page(q, "desk", say(ctx, "decided.title")), l), nil
}

// page puts the decisions before a time into days.
func (l *looking) page(ctx context.Context, list []app.Decided, before int64, now time.Time) {
	n := 0
	for i := range list {
		d := &list[i]
		if before > 0 && d.At.UnixMicro() >= before {
			continue
		}
		if n == decidedOnPage {
			l.Earlier = "/decided?before=" + micros(list[i-1].At)
			return
		}
		n++
		on := day(ctx, d.At, now)
		if len(l.Days) == 0 || l.Days[len(l.Days)-1].Day != on {
			l.Days = append(l.Days, decidedDay{Day: on})
		}
		row := decidedRow{ID: string(d.Invitation), Name: shownName(ctx, d.Name), Verdict: string(d.As()), When: d.At.Format(timeOfDay)}
		if parted(d) {
			row.Said = say(ctx, "decided.said", say(ctx, "verdict-word."+string(d.Verdict)))
		}
		rows := &l.Days[len(l.Days)-1].Rows
		*rows = append(*rows, row)
	}
}
