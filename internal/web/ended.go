package web

import (
	"context"
	"net/http"
	"time"

	"kith"
	"kith/internal/app"
)

// ending stands beneath a letter that does not wait for the member, in place of
// the acts.
type ending struct {
	Text    string
	Aside   bool   // it is put off, and can be brought back
	At      string // then: until when
	Decided bool   // so lately that it stands among what was decided
	Next    string
}

// endingOf says what became of a letter, and leads on; nil of one that waits.
func endingOf(ctx context.Context, o *app.OpenLetter, now time.Time, next string) *ending {
	e := &ending{Next: next}
	switch o.Ended.How {
	case "":
		return nil
	case app.PutOff:
		e.At, e.Aside, e.Text = micros(o.Ended.At), true, say(ctx, "desk.ended-later", day(ctx, o.Ended.At, now))
	case app.DecidedBefore:
		e.Decided = o.Ended.At.After(now.Add(-app.UndoFor))
		if o.Ended.At.IsZero() {
			e.Text = say(ctx, "desk.ended-accept-there")
			break
		}
		e.Text = say(ctx, "desk.ended-"+string(o.Ended.As), clock(ctx, o.Ended.At, now))
	default:
		e.Text = say(ctx, "desk.ended-"+string(o.Ended.How))
	}
	return e
}

// errWaitsNoMore answers what was written about a letter that is not open, so
// that the words stay with whoever wrote them.
var errWaitsNoMore = &kith.Error{Kind: kith.Conflict, Msg: "this letter does not wait for that any more, and nothing was sent; what you wrote stands below"}

// refused leads to the letter about which something could not be done: how it
// stands by now is said there, and from there the way goes on to the next.
func (q *request) refused() string {
	from := q.PostForm
	if q.Method == http.MethodGet {
		from = q.URL.Query()
	}
	v := viewOf(from)
	v.Set("done", "gone")
	v.Set("about", string(q.letterID()))
	v.Set("open", string(q.letterID()))
	if next := kith.CleanLine(from.Get("next")); next != "" {
		v.Set("next", next)
	}
	return addressOf("/", v.Values)
}
