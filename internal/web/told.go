package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// lastAct is the line about the last act, with the way back.
type lastAct struct {
	Text   string
	ID, At string // what is undone: a letter, and the time of what was chosen
	Bundle string // or all that were decided together under this id
	Undo   bool
}

// toldKeys are the parts of an address that say what was done last. They stay
// while one reads on; the next act takes their place.
var toldKeys = []string{"done", "about", "bundle"}

// toldOf makes the line about what was done last: the address says what, and
// which decisions it was. Nothing is said that did not happen.
func (s *site) toldOf(q *request, d *app.Desk) (*lastAct, error) {
	query, ctx := q.URL.Query(), q.Context()
	what, id := query.Get("done"), kith.CleanLine(query.Get("about"))
	bundle := kith.CleanLine(query.Get("bundle"))
	switch {
	case what == "":
		return nil, nil
	case bundle != "":
		return s.toldTogether(q, what, bundle)
	case what == "undone", what == "undone-accept":
		return &lastAct{Text: say(ctx, "told-act."+what)}, nil
	case what == "ask":
		return s.toldAsked(q, id, d.Pile.Waiting), nil
	}
	return s.toldOne(q, what, id)
}

// toldAsked says that a question went out. One sent to a member cannot be taken
// back.
func (s *site) toldAsked(q *request, id string, waiting []app.Card) *lastAct {
	i := slices.IndexFunc(waiting, func(c app.Card) bool { return string(c.Invitation) == id })
	if i < 0 {
		return nil
	}
	c := &waiting[i]
	return &lastAct{ID: id, At: micros(c.AskedAt), Text: say(q.Context(), "told-act.ask", shownName(q.Context(), c.Name)), Undo: c.Elsewhere()}
}

// toldOne says one decision, or that a letter went before it could be decided.
func (s *site) toldOne(q *request, what, id string) (*lastAct, error) {
	ctx := q.Context()
	c, err := s.app.Chosen(ctx, q.who, kith.InvitationID(id))
	if err != nil {
		return nil, err
	}
	t := &lastAct{ID: id, At: micros(c.At()), Undo: true}
	switch {
	case what == "later" && !c.Until.IsZero():
		now, err := s.app.Now(ctx)
		t.Text = say(ctx, "told-act.later", day(ctx, c.Until, now))
		return t, err
	case what == "gone" && c.Decided == nil:
		return &lastAct{Text: say(ctx, "told-act.gone")}, nil
	case c.Decided == nil:
		return nil, nil
	}
	key := "told-act."
	if what == "gone" {
		key = "told-before."
	}
	t.Text = say(ctx, key+string(c.Decided.As()), shownName(ctx, c.Name))
	if c.Ends() {
		t.Text += " " + say(ctx, "told-act.ends")
	}
	return t, nil
}

// toldTogether says what came of what was decided together, or of taking it
// back.
func (s *site) toldTogether(q *request, what, bundle string) (*lastAct, error) {
	ctx := q.Context()
	b, err := s.app.Bundle(ctx, q.who, bundle)
	if err != nil || b.Choice == "" {
		return nil, err
	}
	var says []string
	add := func(key string, n int) {
		if n > 0 {
			says = append(says, count(ctx, "together."+key, n))
		}
	}
	if what == "undone" {
		add("back", b.Back-b.Ended)
		add("ended", b.Ended)
		add("stays", b.Stays)
	} else {
		add("done-"+string(b.Choice), b.Done)
		add("anew", b.Anew)
		add("closed", b.Closed)
		add("waits", b.Waits)
		add("ends", b.Ends)
	}
	if len(says) == 0 {
		return nil, nil
	}
	return &lastAct{Text: strings.Join(says, " "), Bundle: bundle, Undo: b.Done > 0}, nil
}

// undo takes back the last act, or all that were done together: exactly what the
// page told, and nothing that was decided since.
func (s *site) undo(q *request) (templ.Component, error) {
	v, id := viewOf(q.PostForm), kith.CleanLine(q.PostForm.Get("about"))
	if bundle := kith.CleanLine(q.PostForm.Get("bundle")); bundle != "" {
		return s.undoTogether(q, v, bundle)
	}
	ended, err := s.app.UnsettleAt(q.Context(), q.who, kith.InvitationID(id), timeOf(q.PostForm.Get("at")))
	if err != nil {
		return nil, err
	}
	done, open := "undone", id
	if ended { // that letter does not come back: what was read stays open
		done, open = "undone-accept", kith.CleanLine(q.PostForm.Get("next"))
	}
	if to := q.PostForm.Get("to"); to == "decided" || to == "duties" {
		return q.seeOther("/" + to + "?done=" + done)
	}
	v.Set("done", done)
	if open != "" {
		v.Set("open", open)
	}
	return q.seeOther("/?" + v.Encode())
}

// undoTogether takes back what was decided together. What broke half way is told
// as far as it came.
func (s *site) undoTogether(q *request, v view, bundle string) (templ.Component, error) {
	if err := s.app.UnsettleTogether(q.Context(), q.who, bundle); err != nil {
		if b, lost := s.app.Bundle(q.Context(), q.who, bundle); lost != nil || b.Back == 0 {
			return nil, err
		}
	}
	v.Set("done", "undone")
	v.Set("bundle", bundle)
	return q.seeOther("/?" + v.Encode())
}

// reading is the letter that lies on the desk, empty if none does.
func (d *desk) reading() string {
	if d.Letter == nil {
		return ""
	}
	return d.Letter.ID
}

// micros is how an address or a form holds a time, empty for none.
func micros(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strconv.FormatInt(t.UnixMicro(), 10)
}

// timeOf reads what micros wrote; the zero time if it is none.
func timeOf(s string) time.Time {
	at, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(at)
}
