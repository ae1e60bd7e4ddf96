package web

import (
	"context"
	"net/url"
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
	Ends    bool   // taking back one of these ends a connection
	Told    string // what was taken back last
}

// decidedDay are the decisions of one day, the newest first.
type decidedDay struct {
	Day  string
	Rows []decidedRow
}

// decidedRow is one decision, or a letter put off.
type decidedRow struct {
	ID, Name, Verdict string
	At                string // the time of what is taken back
	Ends              bool   // taking it back ends a connection
	Said              string // what Kith had said otherwise, empty where the two agreed
	When              string
}

// decided shows what was decided in seven days, each with its way back.
func (s *site) decided(q *request) (templ.Component, error) {
	ctx, query := q.Context(), q.URL.Query()
	d, err := s.app.Desk(ctx, q.who, app.DeskQuery{Closed: true})
	if err != nil {
		return nil, err
	}
	after := app.Cursor{At: timeOf(query.Get("before")), ID: kith.CleanLine(query.Get("id"))}
	back, err := s.app.LookBack(ctx, q.who, after, decidedOnPage)
	if err != nil {
		return nil, err
	}
	l := &looking{Waiting: len(d.Pile.Waiting), Parted: back.Parted}
	for _, verdict := range []kith.Decision{kith.Accept, kith.Decline, kith.Report} {
		l.Counts = append(l.Counts, tally{Verdict: string(verdict), Count: back.Count[verdict]})
	}
	l.page(ctx, back.Page, d.Now)
	if next := back.Next; next != (app.Cursor{}) {
		l.Earlier = addressOf("/decided", url.Values{"before": {micros(next.At)}, "id": {next.ID}})
	}
	if after.At.IsZero() {
		for i := range d.Aside {
			a := &d.Aside[i]
			l.Aside = append(l.Aside, decidedRow{ID: string(a.Invitation), At: micros(a.Until), Name: shownName(ctx, a.Name), When: say(ctx, "decided.back", day(ctx, a.Until, d.Now))})
		}
	}
	if what := query.Get("done"); what == "undone" || what == "undone-accept" {
		l.Told = say(ctx, "told-act."+what)
	}
	return decidedPage(s.page(q, "desk", say(ctx, "decided.title")), l), nil
}

// page puts decisions into days.
func (l *looking) page(ctx context.Context, list []app.Decided, now time.Time) {
	for i := range list {
		d := &list[i]
		on := day(ctx, d.At, now)
		if len(l.Days) == 0 || l.Days[len(l.Days)-1].Day != on {
			l.Days = append(l.Days, decidedDay{Day: on})
		}
		row := decidedRow{ID: string(d.Invitation), At: micros(d.At), Ends: d.Connects(), Name: shownName(ctx, d.Name), Verdict: string(d.As()), When: timeOfDay(ctx, d.At)}
		if d.Parted() {
			row.Said = say(ctx, "decided.said", say(ctx, "verdict-word."+string(d.Verdict)))
		}
		l.Ends = l.Ends || row.Ends
		rows := &l.Days[len(l.Days)-1].Rows
		*rows = append(*rows, row)
	}
}
