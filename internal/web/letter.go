package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// letter is the invitation in focus, with everything Kith says of it.
type letter struct {
	ID, Name, Headline, Place string
	Photo, Initials           string // the photo's address, or the initials instead
	Note, Rest                string // the beginning, and what is read on demand
	RestWords                 int
	NoteKnown                 bool
	Mutual                    int // -1: unknown
	Faces                     []face
	Written, Until            string
	Link                      string // of the profile on the other site
	Person                    string // id of the member; empty: it waits elsewhere
	Asked                     string // when the question went out
	Reply, Question           string
	Prev, Next                string // ids
	Query                     string // the view it was opened in

	Verdict  string // empty: not judged yet
	Leaning  bool
	Lead     string
	Bands    kith.Bands
	Reasons  []reason
	Missing  []string // sources that could not be read
	Changes  []kith.Change
	Asks     *kith.Question
	Answers  []answerTap
	Acts     []act
	Recorded bool // the verdict is kept, and has a page
}

// reason is one line of why.
type reason struct {
	Sign, Spoken string // + and for, − and against, ? and unknown
	Text         string
	Tag, Source  string
}

// after is the source behind the tag.
func (r reason) after() string {
	if r.Source == "" {
		return ""
	}
	return ", " + r.Source
}

// face is a person in a row of stamps.
type face struct {
	ID, Name, Photo, Initials string
}

// answerTap is one answer to the question, and what it leads to.
type answerTap struct {
	Value, Key string
}

// act is one thing that can be done with the letter, the recommended one first.
type act struct {
	Key         string // of its words, and of its letter on the keyboard
	Verdict     string // its accent
	Path        string
	Form        bool // leads to a page of its own
	Recommended bool
	Consequence string
}

// readAtOnce is how many letters of a note are shown before "Read on": about
// seven lines of 62.
const readAtOnce = 480

// letter makes the letter at a place in the pile.
func (s *site) letter(q *request, at place, now time.Time) (*letter, error) {
	ctx, c := q.Context(), at.card
	name := shownName(ctx, c.Name)
	l := &letter{
		ID: string(c.Invitation), Name: name, Headline: c.Headline, Place: c.Place, Initials: initials(c.Name),
		NoteKnown: c.NoteKnown, Mutual: c.Mutual, Written: day(c.SentAt, now), Until: day(c.ExpiresAt, now),
		Person: string(c.About.Member), Asked: day(c.AskedAt, now), Prev: at.prev, Next: at.next,
	}
	l.Note, l.Rest = firstLines(c.Note, readAtOnce)
	l.RestWords = len(strings.Fields(l.Rest))
	if c.Photo != "" {
		l.Photo = photoURL(l.Person, c.Photo)
	}
	if c.Elsewhere() {
		l.Link = kith.ProfileLink(c.Slug)
	} else if err := s.fromHere(q, l, c); err != nil {
		return nil, err
	}
	j, err := s.app.Verdict(ctx, q.who, c.Invitation)
	if err != nil {
		return nil, err
	}
	l.judged(ctx, &j, now)
	l.Acts = actsFor(ctx, l, now)
	return l, nil
}

// fromHere adds what only an invitation of this network has: what was asked and
// replied, and the faces both know.
func (s *site) fromHere(q *request, l *letter, c *app.Card) error {
	if !c.AskedAt.IsZero() {
		i, err := s.app.Invitation(q.Context(), q.who, c.Invitation)
		if err != nil {
			return err
		}
		l.Question, l.Reply = i.Question, i.Reply
	}
	if c.Mutual <= 0 {
		return nil
	}
	faces, _, err := s.app.Mutuals(q.Context(), q.who, c.About.Member, "", fewFaces)
	if kith.KindOf(err) == kith.Denied {
		return nil // shown no longer
	}
	for i := range faces {
		l.Faces = append(l.Faces, faceOf(&faces[i]))
	}
	return err
}

// fewFaces is how many connections in common stand on a letter.
const fewFaces = 3

func faceOf(f *app.Face) face {
	out := face{ID: string(f.ID), Name: f.Name, Initials: initials(f.Name)}
	if f.Photo != "" {
		out.Photo = photoURL(out.ID, f.Photo)
	}
	return out
}

// photoURL is where the small form of a member's photo is.
func photoURL(member, hash string) string {
	return "/api/v1/photos/" + url.PathEscape(member) + "/" + url.PathEscape(hash) + "/96"
}

// judged fills in what Kith says.
func (l *letter) judged(ctx context.Context, j *app.Judged, now time.Time) {
	v := &j.Verdict
	l.Verdict, l.Leaning, l.Bands, l.Recorded = string(v.Verdict), !v.Firm && v.Verdict != kith.Report, v.Bands, j.N > 0
	l.Lead = lead(ctx, v)
	for i := range v.Reasons {
		r := &v.Reasons[i]
		line := reason{Sign: "+", Spoken: say(ctx, "desk.for"), Text: r.Text, Tag: say(ctx, "tag."+string(r.Tag))}
		if r.Side == "against" {
			line.Sign, line.Spoken = "−", say(ctx, "desk.against")
		}
		if i < len(j.Grounds) {
			line.Source = sourceOf(ctx, &j.Grounds[i], now)
		}
		l.Reasons = append(l.Reasons, line)
	}
	if v.Unknown != nil {
		l.Reasons = append(l.Reasons, reason{Sign: "?", Spoken: say(ctx, "desk.unknown"), Text: v.Unknown.Text, Tag: say(ctx, "tag.unknown")})
	}
	for _, src := range j.Sources {
		if src.State == "unavailable" {
			l.Missing = append(l.Missing, src.Name)
		}
	}
	l.Changes, l.Asks = v.WouldChange, v.Question
	if l.Asks != nil {
		l.Answers = []answerTap{{"yes", "desk.yes"}, {"no", "desk.no"}, {"unsure", "desk.unsure"}}
	}
}

// lead is the sentence under the verdict.
func lead(ctx context.Context, v *kith.Verdict) string {
	how := "leaning"
	if v.Firm {
		how = "firm"
	}
	for i := range v.Reasons {
		if strings.HasPrefix(v.Reasons[i].Signal, "rule-") {
			how = "rule"
		}
	}
	if v.Verdict == kith.Accept && v.FollowUp != nil && v.FollowUp.Act == kith.ActRemoveIfSilent {
		how = "see"
	}
	return say(ctx, "lead."+string(v.Verdict)+"."+how)
}

// sourceOf says where and when a fact was seen.
func sourceOf(ctx context.Context, g *app.Ground, now time.Time) string {
	switch when := day(g.At, now); {
	case g.Source == "":
		return ""
	case when == "":
		return g.Source
	default:
		return say(ctx, "desk.source-at", g.Source, when)
	}
}

// chances are the acts on a letter in their constant order.
var chances = []string{"accept", "ask", "decline", "report", "later"}

// actsFor lists the acts, the recommended one first, then the others in their
// order. Of an invitation elsewhere Kith only takes note of what was done there.
func actsFor(ctx context.Context, l *letter, now time.Time) []act {
	base := "/letters/" + url.PathEscape(l.ID) + "/"
	var first, rest []act
	for _, key := range chances {
		if key == "ask" && l.Asked != "" && l.Reply == "" {
			continue // a question is out
		}
		a := act{Key: key, Verdict: key, Path: base + key, Recommended: key == l.Verdict, Form: key == "ask" || key == "report"}
		text := "consequence." + key
		if l.Person == "" {
			text = "consequence-there." + key
			a.Form = key == "ask"
		}
		a.Consequence = say(ctx, text, l.Name, day(now.Add(7*kith.Day), now), day(now.Add(14*kith.Day), now), day(app.LaterUntil(now), now))
		if a.Recommended {
			first = append(first, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

// firstLines cuts a text near n letters, at the end of a word.
func firstLines(text string, n int) (head, rest string) {
	runes := []rune(text)
	if len(runes) <= n+n/4 {
		return text, ""
	}
	cut := n
	for cut > 0 && runes[cut] != ' ' && runes[cut] != '\n' {
		cut--
	}
	if cut == 0 {
		cut = n
	}
	return string(runes[:cut]), strings.TrimLeft(string(runes[cut:]), " \n")
}

// day writes a date as people do: with its year only if that is another.
func day(t, now time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Year() == now.Year():
		return t.Format("2 January")
	}
	return t.Format("2 January 2006")
}

// letterID is the letter a request is about.
func (q *request) letterID() kith.InvitationID {
	return kith.InvitationID(kith.CleanLine(q.PathValue("id")))
}

// onward leads to the desk after an act: to the next letter, with the line that
// says what was done.
func (q *request) onward(done string) (templ.Component, error) {
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
	if err := s.app.Settle(q.Context(), q.who, q.letterID(), app.Choice(choice)); err != nil {
		return nil, err
	}
	return q.onward(choice)
}

// answer keeps the answer to the question and shows the letter again.
func (s *site) answer(q *request) (templ.Component, error) {
	question, ok := kith.ParseQuestion(q.PostForm.Get("question"))
	if !ok {
		return nil, errForm
	}
	ans, ok := map[string]kith.Answer{"yes": kith.AnswerYes, "no": kith.AnswerNo, "unsure": kith.Unsure}[q.PostForm.Get("answer")]
	if !ok {
		return nil, errForm
	}
	if _, err := s.app.Answer(q.Context(), q.who, q.letterID(), question, ans); err != nil {
		return nil, err
	}
	v := viewOf(q.PostForm)
	return q.seeOther(v.with("open", string(q.letterID())))
}

var errForm = &kith.Error{Kind: kith.Invalid, Msg: "this form is not as it was sent; load the page again"}

// undo takes back the last act, or all that were done together.
func (s *site) undo(q *request) (templ.Component, error) {
	from, _ := strconv.ParseInt(q.PostForm.Get("since"), 10, 64)
	to, _ := strconv.ParseInt(q.PostForm.Get("until"), 10, 64)
	id := kith.CleanLine(q.PostForm.Get("about"))
	v := viewOf(q.PostForm)
	v.Set("done", "undone")
	if from == 0 {
		if err := s.app.Unsettle(q.Context(), q.who, kith.InvitationID(id)); err != nil {
			return nil, err
		}
		v.Set("open", id)
		return q.seeOther("/?" + v.Encode())
	}
	decided, err := s.app.Decided(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	if _, err := s.app.UnsettleMany(q.Context(), q.who, within(decided, from, to)); err != nil {
		return nil, err
	}
	return q.seeOther("/?" + v.Encode())
}

// keys are the keys of acts and groups (look, section 5).
var keys = map[string]string{"accept": "a", "ask": "s", "decline": "d", "report": "r", "later": "z", "undecided": "n"}

func keyOf(what string) string { return keys[what] }

// actText is the key of an act's words: of a letter elsewhere it is done there.
func (l *letter) actText(key string) string {
	if l.Person == "" {
		return "act-there." + key
	}
	return "act." + key
}

// classes make the recommended act the one filled button; where the way leads to
// the other site first, that is the one.
func (a act) classes(l *letter) string {
	switch {
	case !a.Recommended:
		return "link"
	case l.Person == "" && l.Link != "":
		return "tap"
	}
	return "go mark " + a.Verdict
}

// mark shows the row of the letter on the desk.
func (r row) mark() templ.Attributes {
	if !r.Current {
		return nil
	}
	return templ.Attributes{"aria-current": "true"}
}

// bulkKey puts the key for choosing several on the group that is read.
func bulkKey(g group) templ.Attributes {
	if !g.Current {
		return nil
	}
	return templ.Attributes{"data-key": "x"}
}

// onward is the query that leads back to the desk, to the letter after this one.
func (v view) onward(next string) string {
	out := url.Values{}
	for k, x := range v.Values {
		out[k] = x
	}
	if next != "" {
		out.Set("next", next)
	}
	return out.Encode()
}

func stamped(at int64) string {
	if at == 0 {
		return ""
	}
	return strconv.FormatInt(at, 10)
}
