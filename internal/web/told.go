package web

import (
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// lastAct is the line about the last act, with the way back.
type lastAct struct {
	Text     string
	From, To int64 // the time of what is undone, in microseconds; 0: only ID
	ID       string
	Undo     bool
}

// toldOf makes the line about what was done last: the address says what, and
// which decisions it was. Nothing is said that did not happen.
func (s *site) toldOf(q *request, d *app.Desk) *lastAct {
	query, ctx := q.URL.Query(), q.Context()
	what := query.Get("done")
	t := &lastAct{ID: kith.CleanLine(query.Get("about")), Undo: true}
	t.From, _ = strconv.ParseInt(query.Get("since"), 10, 64)
	t.To, _ = strconv.ParseInt(query.Get("until"), 10, 64)
	switch {
	case what == "undone":
		return &lastAct{Text: say(ctx, "told-act.undone")}
	case what == "later":
		t.Text = say(ctx, "told-act.later", day(ctx, app.LaterUntil(d.Now), d.Now))
		return t
	case what == "ask":
		return s.toldAsked(q, t, d.Pile.Waiting)
	case t.From != 0:
		list := within(d.Decided, t.From, t.To)
		if len(list) == 0 {
			return nil
		}
		t.Text = count(ctx, "together.done-"+string(list[0].As()), len(list))
		return t
	case what != "":
		return s.toldOne(q, t, what, d.Decided)
	}
	return nil
}

// toldAsked says that a question went out. One sent to a member cannot be taken
// back.
func (s *site) toldAsked(q *request, t *lastAct, waiting []app.Card) *lastAct {
	i := slices.IndexFunc(waiting, func(c app.Card) bool { return string(c.Invitation) == t.ID })
	if i < 0 {
		return nil
	}
	t.Text, t.Undo = say(q.Context(), "told-act.ask", shownName(q.Context(), waiting[i].Name)), waiting[i].Elsewhere()
	return t
}

// toldOne says one decision, or that a letter went before it could be decided.
func (s *site) toldOne(q *request, t *lastAct, what string, decided []app.Decided) *lastAct {
	ctx := q.Context()
	for i := range decided {
		d := &decided[i]
		if string(d.Invitation) != t.ID {
			continue
		}
		key := "told-act."
		if what == "gone" {
			key = "told-before."
		}
		t.Text = say(ctx, key+string(d.As()), shownName(ctx, d.Name))
		return t
	}
	if what == "gone" {
		return &lastAct{Text: say(ctx, "told-act.gone")}
	}
	return nil
}

// within gives the decisions of a stretch of time, both ends included.
func within(list []app.Decided, from, to int64) (out []app.Decided) {
	for i := range list {
		if at := list[i].At.UnixMicro(); from <= at && at <= to {
			out = append(out, list[i])
		}
	}
	return out
}

// undo takes back the last act, or all that were done together.
func (s *site) undo(q *request) (templ.Component, error) {
	from, _ := strconv.ParseInt(q.PostForm.Get("since"), 10, 64)
	to, _ := strconv.ParseInt(q.PostForm.Get("until"), 10, 64)
	v, id := viewOf(q.PostForm), kith.CleanLine(q.PostForm.Get("about"))
	if from == 0 {
		if err := s.app.Unsettle(q.Context(), q.who, kith.InvitationID(id)); err != nil {
			return nil, err
		}
		if to := q.PostForm.Get("to"); to == "decided" || to == "duties" {
			return q.seeOther("/" + to)
		}
		v.Set("done", "undone")
		v.Set("open", id)
		return q.seeOther("/?" + v.Encode())
	}
	decided, err := s.app.Decided(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	var ids []kith.InvitationID
	for _, d := range within(decided, from, to) {
		ids = append(ids, d.Invitation)
	}
	if _, err := s.app.UnsettleMany(q.Context(), q.who, ids); err != nil {
		return nil, err
	}
	v.Set("done", "undone")
	return q.seeOther("/?" + v.Encode())
}

// stamped writes a time into a form.
func stamped(at int64) string {
	if at == 0 {
		return ""
	}
	return strconv.FormatInt(at, 10)
}

// micros is how an address holds a time.
func micros(t time.Time) string { return strconv.FormatInt(t.UnixMicro(), 10) }
