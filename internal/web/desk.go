package web

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// deskRoutes are the inbox and the acts on the letter in focus.
func (s *site) deskRoutes() []route {
	return []route{
		{pattern: "GET /{$}", do: s.desk},
		{pattern: "POST /letters/{id}/{choice}", do: s.settle},
		{pattern: "POST /letters/{id}/answer", do: s.answer},
		{pattern: "GET /letters/{id}/accept", do: s.greetForm},
		{pattern: "POST /letters/{id}/accept", do: s.accept},
		{pattern: "POST /letters/{id}/dont-know", do: s.dontKnow},
		{pattern: "GET /letters/{id}/ask", do: s.askForm},
		{pattern: "POST /letters/{id}/ask", do: s.ask},
		{pattern: "GET /letters/{id}/report", do: s.reportForm},
		{pattern: "POST /letters/{id}/report", do: s.report},
		{pattern: "POST /undo", do: s.undo},
		{pattern: "GET /filter", do: s.filter},
		{pattern: "GET /together/{choice}", do: s.together},
		{pattern: "POST /together/{choice}", do: s.settleTogether},
		{pattern: "GET /decided", do: s.decided},
		{pattern: "GET /questions", do: s.questions},
		{pattern: "POST /questions", do: s.answerMany},
		{pattern: "GET /keys", do: s.keys},
	}
}

// desk is the inbox: the pile, one letter, and what Kith says of it.
type desk struct {
	View    view
	Left    int
	Found   int
	Minutes int // how long the rest takes at the member's own pace; 0: not known
	Decided int // in the last seven days
	Aside   int // letters that are put off
	Waiting int // letters whose senders were asked
	Alike   int // of how many one question could be answered at once; 0: of one at most
	Groups  []group
	Letter  *letter  // nil: nothing lies on the desk
	Lost    bool     // the letter asked for is open no longer
	Next    string   // after a lost one, the address of the first
	Told    *lastAct // what was done last
	List    bool     // a group was asked for and no letter of it
	Evening *evening // what was done, where nothing is left
	Archive string   // the day of the newest LinkedIn archive, where nothing is left
}

func (s *site) desk(q *request) (templ.Component, error) {
	d, err := s.layDesk(q)
	if err != nil {
		return nil, err
	}
	return deskPage(s.page(q, "desk", say(q.Context(), "desk.title")), d), nil
}

// layDesk lays the desk: the letter asked for, else the first of the pile.
func (s *site) layDesk(q *request) (*desk, error) {
	ctx, query := q.Context(), q.URL.Query()
	v := viewOf(query)
	open := kith.CleanLine(query.Get("open"))
	found, err := s.app.Desk(ctx, q.who, app.DeskQuery{PileQuery: v.query(), In: v.Get("in"), Open: kith.InvitationID(open)})
	if err != nil {
		return nil, err
	}
	told, err := s.toldOf(q, &found)
	if err != nil {
		return nil, err
	}
	if told != nil {
		v.told = toldIn(query)
	}
	d := &desk{View: v, Left: found.Pile.Left, Found: found.Pile.Found, Decided: found.Week, Aside: len(found.Aside), Waiting: len(found.Pile.Waiting),
		Told: told, Lost: found.Lost, List: v.Get("in") != "" && (open == "" || query.Has("list"))}
	if found.Pile.Alike > 1 {
		d.Alike = found.Pile.Alike
	}
	d.Minutes = minutesFor(found.Decided, d.Left)
	for i := range found.Pile.Groups {
		if g := &found.Pile.Groups[i]; len(g.Cards) > 0 || g.Decision != app.NotJudged {
			d.Groups = append(d.Groups, v.group(ctx, g, found.Letter))
		}
	}
	switch {
	case found.Lost:
		d.Next = v.with("in", v.Get("in"))
	case found.Letter != nil:
		d.Letter = s.letter(ctx, found.Letter, found.Now)
		d.Letter.Query = v.Encode()
		d.Letter.Ending = endingOf(ctx, found.Letter, found.Now, v.with("open", kith.CleanLine(query.Get("next"))))
	case d.Left == 0:
		d.Evening = evenings(ctx, &found)
		d.Archive, err = s.archiveOf(q, found.Now)
	}
	return d, err
}

// minutesFor says how long so many letters take at the member's own pace; 0: that
// is not known yet.
func minutesFor(decided []app.Decided, left int) int {
	pace, ok := app.Pace(decided)
	if !ok {
		return 0
	}
	return int((pace*time.Duration(left) + time.Minute - 1) / time.Minute)
}

// letterID is the letter a request is about.
func (q *request) letterID() kith.InvitationID {
	return kith.InvitationID(kith.CleanLine(q.PathValue("id")))
}

// onward leads to the desk after an act: to the next letter, with the line that
// says what was done. A letter that went meanwhile is no failure: it says itself
// what became of it, unless words would be lost that were written for it.
func (q *request) onward(done string, err error) (templ.Component, error) {
	switch kind := kith.KindOf(err); {
	case err == nil:
	case (kind == kith.NotFound || kind == kith.Conflict) && !q.written():
		return q.seeOther(q.refused())
	case kind == kith.NotFound:
		return nil, errWaitsNoMore
	default:
		return nil, err
	}
	v := viewOf(q.PostForm)
	v.Set("done", done)
	v.Set("about", string(q.letterID()))
	if next := kith.CleanLine(q.PostForm.Get("next")); next != "" {
		v.Set("open", next)
	}
	return q.seeOther("/?" + v.Encode())
}

// settle does what was chosen about a letter.
func (s *site) settle(q *request) (templ.Component, error) {
	choice := q.PathValue("choice")
	return q.onward(choice, s.app.Settle(q.Context(), q.who, q.letterID(), app.Choice(choice)))
}

// answers are what may be answered to a question, by their words in forms. An
// empty one takes an answer back.
var answers = map[string]kith.Answer{"yes": kith.AnswerYes, "no": kith.AnswerNo, "unsure": kith.Unsure, "": kith.NotAnswered}

// answer keeps the answer to the question and shows the letter again.
func (s *site) answer(q *request) (templ.Component, error) {
	question, ok := kith.ParseQuestion(q.PostForm.Get("question"))
	ans, known := answers[q.PostForm.Get("answer")]
	if !ok || !known {
		return nil, errForm
	}
	if _, err := s.app.Answer(q.Context(), q.who, q.letterID(), question, ans); err != nil {
		return nil, err
	}
	v := viewOf(q.PostForm)
	return q.seeOther(v.with("open", string(q.letterID())))
}

var errForm = &kith.Error{Kind: kith.Invalid, Msg: "this form is not as it was sent; load the page again"}

// keyFor are the keys of acts and groups (look, section 5).
var keyFor = map[string]string{"accept": "a", "ask": "s", "decline": "d", "report": "r", "later": "z", "undecided": "n"}

func keyOf(what string) string { return keyFor[what] }

func shownName(ctx context.Context, name string) string {
	if name == "" {
		return say(ctx, "desk.nameless")
	}
	return name
}

// addressOf puts a query behind a path, if there is one.
func addressOf(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
