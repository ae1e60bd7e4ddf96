package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// writing is the page on which a letter is written, with what the recipient's
// side would say of it.
type writing struct {
	To, From  portrait
	Through   string // a connection in common; empty: none is shown
	Note, Had string // what stands there, and what stood there before a wording was suggested
	Meeting   meeting
	Email     string
	NeedsMail bool
	Tie       string
	Letters   int
	Wrong     string
	Stop      *stop // why it cannot be sent
	Against   bool  // sending is against the advice
	Until     string
	Advice    advice
	Budget    budget
}

// portrait is a member at the head of a letter.
type portrait struct {
	face
	Headline, Place string
}

// meeting is what the writer says of how they met.
type meeting struct{ Where, On string }

// stop is why nothing can be sent now, and the way on.
type stop struct {
	Key  string // of its texts
	What string // filled in
	Way  string

	English string // what What was translated from
}

// advice is what stands beside the letter.
type advice struct {
	Verdict string // of the recipient's side
	Chance  string
	Own     string // of the sender's: send, wait, dont-send, fix-note, fix-profile
	Reasons []string
	Asks    string
	Wants   []string // what they publish beside, as sentences
	Fixes   []help
	Mutual  int // -1: unknown
	Pieces  []piece
}

// help is one thing to improve.
type help struct{ Text, Gain string }

// piece is a stretch of the note; Meant: what is said of it is meant.
type piece struct {
	Text  string
	Meant bool
}

func portraitOf(p *app.Portrait) portrait {
	return portrait{faceOf(&p.Face), p.Headline, p.Place}
}

// writeForm is the letter before anything is written.
func (s *site) writeForm(q *request) (templ.Component, error) {
	w, err := s.writing(q, q.memberID("member"), nil)
	if err != nil {
		return nil, err
	}
	return s.writePage(q, w), nil
}

func (s *site) writePage(q *request, w *writing) templ.Component {
	return writePage(s.page(q, "write", say(q.Context(), "write.title", w.To.Name)), w)
}

// lookAgain says what the recipient's side would say now. It has one address for
// all letters: whom it goes to is in the form.
func (s *site) lookAgain(q *request) (templ.Component, error) {
	w, err := s.typedLetter(q, kith.MemberID(kith.CleanLine(q.PostForm.Get("to"))))
	if err != nil {
		return nil, err
	}
	return s.writePage(q, w), nil
}

// typedLetter is the page with what was typed.
func (s *site) typedLetter(q *request, to kith.MemberID) (*writing, error) {
	text := q.PostForm.Get("note")
	w, err := s.writing(q, to, &text)
	if err != nil {
		return nil, err
	}
	w.Email, w.Tie = q.PostForm.Get("email"), q.PostForm.Get("tie")
	w.Meeting = meeting{q.PostForm.Get("where"), q.PostForm.Get("on")}
	return w, nil
}

// write sends the letter, looks at it again, or suggests a wording.
func (s *site) write(q *request) (templ.Component, error) {
	to := q.memberID("member")
	switch q.PostForm.Get("do") {
	case "suggest":
		return s.suggest(q, to)
	case "send":
		return s.send(q, to)
	}
	w, err := s.typedLetter(q, to)
	if err != nil {
		return nil, err
	}
	return s.writePage(q, w), nil
}

// send sends the letter; what does not go is said, and what was typed stays.
func (s *site) send(q *request, to kith.MemberID) (templ.Component, error) {
	_, err := s.app.Send(q.Context(), q.who, app.Invite{To: to, Note: q.PostForm.Get("note"), Email: q.PostForm.Get("email"), Tie: ties[q.PostForm.Get("tie")]})
	if err == nil {
		return q.seeOther("/write")
	}
	wrong, rest := q.mend(err)
	if rest != nil {
		return nil, rest
	}
	w, again := s.typedLetter(q, to)
	if again != nil {
		return nil, again
	}
	w.Wrong = wrong
	s.show(q, app.Status(err), s.writePage(q, w))
	return nil, nil
}

// suggest writes the letter from what is known of the two, and keeps what stood
// there.
func (s *site) suggest(q *request, to kith.MemberID) (templ.Component, error) {
	met := app.Met{Where: q.PostForm.Get("where")}
	met.At, _ = time.Parse(time.DateOnly, q.PostForm.Get("on")) // no day is no day
	text, err := s.app.DraftNote(q.Context(), q.who, to, met)
	wrong, err := q.mend(err)
	if err != nil {
		return nil, err
	}
	if text == "" && wrong == "" {
		wrong = say(q.Context(), "write.no-wording")
	}
	w, err := s.typedLetter(q, to)
	if err != nil {
		return nil, err
	}
	if had := w.Note; text != "" {
		if w, err = s.writing(q, to, &text); err != nil {
			return nil, err
		}
		w.Had, w.Email, w.Tie = had, q.PostForm.Get("email"), q.PostForm.Get("tie")
	}
	w.Meeting, w.Wrong = meeting{q.PostForm.Get("where"), q.PostForm.Get("on")}, wrong
	return s.writePage(q, w), nil
}

// ties are the words of how well a member knows another.
var ties = map[string]app.Tie{"close": app.TieClose, "met": app.TieMet, "network": app.ThroughNetwork}

// tieWord is the word of a tie; empty if nothing is said.
func tieWord(t app.Tie) string {
	for word, tie := range ties {
		if tie == t {
			return word
		}
	}
	return ""
}

// writing makes the page of a letter to a member. A note that is too long is
// looked at as none, and said so.
func (s *site) writing(q *request, to kith.MemberID, text *string) (*writing, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.app.Preflight(ctx, q.who, to, text)
	wrong := ""
	if text != nil && kith.KindOf(err) == kith.Invalid && err != nil {
		wrong = said(ctx, err)
		p, err = s.app.Preflight(ctx, q.who, to, nil)
	}
	if err != nil {
		return nil, err
	}
	w := &writing{To: portraitOf(&p.To), From: portraitOf(&p.From), Through: p.Through.Name, NeedsMail: p.NeedsMail, Letters: p.Letters, Wrong: wrong,
		Stop: stopOf(ctx, &p, now), Against: p.Verdict.Verdict == kith.DontSend || p.Verdict.Verdict == kith.Wait,
		Until: day(ctx, now.Add(app.ExpiresAfter), now), Advice: adviceOf(ctx, &p), Budget: budgetOf(ctx, &p.Standing, 0, now)}
	if text != nil {
		w.Note = *text
	}
	return w, nil
}

// stopOf says why a letter cannot be sent; nil if it can.
func stopOf(ctx context.Context, p *app.Preflight, now time.Time) *stop {
	r := &p.Relation
	switch {
	case p.Received != "":
		return &stop{Key: "received", Way: "/?open=" + string(p.Received)}
	case r.Connected:
		return &stop{Key: "connected", What: day(ctx, r.Since, now), Way: "/messages/" + string(p.To.ID)}
	case r.Sent != "":
		return &stop{Key: "sent", Way: "/write"}
	case r.Blocked:
		return &stop{Key: "blocked", Way: "/people/blocked"}
	case r.AgainAt.After(now):
		return &stop{Key: "cooling", What: day(ctx, r.AgainAt, now), Way: "/write"}
	case p.Standing.Step == app.Paused:
		return &stop{Key: "paused", What: day(ctx, p.Standing.Until, now), Way: "/write"}
	case p.Left == 0:
		return &stop{Key: "spent", What: weekday(ctx, p.Standing.RenewsAt, now), Way: "/write"}
	case p.Refusal != "" && !p.NeedsMail:
		return &stop{Key: "refused", What: sentence(translate(ctx, p.Refusal)), English: p.Refusal, Way: "/people/" + string(p.To.ID)}
	}
	return nil
}

// adviceOf is what stands beside the letter.
func adviceOf(ctx context.Context, p *app.Preflight) advice {
	a := advice{Own: string(p.Verdict.Verdict), Mutual: -1, Fixes: helpOf(ctx, p), Pieces: piecesOf(p.Note, p.Meant)}
	if p.Mutual.Known() {
		a.Mutual = p.Mutual.Val
	}
	if o := p.Verdict.Outlook; o != nil {
		a.Verdict, a.Chance = string(o.Verdict), o.Text
	}
	if p.Verdict.Verdict == kith.DontSend || p.Verdict.Verdict == kith.Wait {
		for i := range p.Verdict.Reasons {
			if r := &p.Verdict.Reasons[i]; r.Side == "against" {
				a.Reasons = append(a.Reasons, saying(ctx, r))
			}
		}
	}
	if p.Policy != nil {
		a.Asks, a.Wants = p.Policy.Asks, wantsOf(ctx, &p.Policy.Rules)
	}
	return a
}

// wantsOf says the rules a recipient publishes.
func wantsOf(ctx context.Context, r *kith.Rules) (out []string) {
	add := func(when kith.RuleMode, text string) {
		if when != kith.RuleOff {
			out = append(out, text)
		}
	}
	add(r.NoteRequired.When, say(ctx, "wants.note"))
	add(r.PhotoRequired.When, say(ctx, "wants.photo"))
	add(r.KnownOnly.When, say(ctx, "wants.known"))
	add(r.MinMutual.When, count(ctx, "wants.mutual", r.MinMutual.Value))
	add(r.OwnCountry.When, say(ctx, "wants.country"))
	return out
}

// fixOf names the fix of the judgement that a finding about the note is.
var fixOf = map[string]string{"empty": "send-note-empty", "default": "send-note-default", "generic": "send-note-generic", "pitch": "send-note-pitch",
	"scam": "send-note-scam", "no-reason": "send-note-no-reason", "placeholder": "send-note-placeholder", "too-many-sentences": "send-note-sentences", "too-long": "send-note-long"}

// gains are the words of a gain, the greatest first, by the words and the
// severities that stand for them.
var gains = map[string]int{"a lot": 0, "must": 0, "a little": 1, "should": 1, "hardly": 2, "could": 2}

// helpOf lists what would help, most first: what is said of the note as it is
// written, with the gain the judgement gives it, and what else it sees. Of a
// note that is written the judgement's own words for it are left out.
func helpOf(ctx context.Context, p *app.Preflight) []help {
	gain := map[string]string{}
	if o := p.Verdict.Outlook; o != nil {
		for _, f := range o.Fixes {
			gain[f.ID] = f.Gain
		}
	}
	type ranked struct {
		text string
		rank int
	}
	var list []ranked
	spoken := map[string]bool{}
	for _, f := range p.Findings {
		by := cmp.Or(gain[fixOf[f.ID]], f.Severity.String())
		spoken[fixOf[f.ID]] = true
		list = append(list, ranked{f.Text, gains[by]})
	}
	if o := p.Verdict.Outlook; o != nil {
		for _, f := range o.Fixes {
			if !spoken[f.ID] {
				list = append(list, ranked{f.Text, gains[f.Gain]})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y ranked) int { return cmp.Compare(x.rank, y.rank) })
	var out []help
	for _, r := range list {
		out = append(out, help{r.text, say(ctx, "gain."+strconv.Itoa(r.rank))})
	}
	return out
}

// shifted gives pieces of a text as those of its end, which begins at a byte.
func shifted(list []app.Span, begin int) (out []app.Span) {
	for _, s := range list {
		if s.Start >= begin {
			out = append(out, app.Span{Start: s.Start - begin, End: s.End - begin})
		}
	}
	return out
}

// piecesOf cuts a text at what is meant.
func piecesOf(text string, meant []app.Span) (out []piece) {
	at := 0
	for _, m := range meant {
		if m.Start < at || m.End > len(text) {
			continue
		}
		between := text[at:m.Start]
		switch n := len(out); {
		case n > 0 && strings.TrimSpace(between) == "": // one underline, not two
			out[n-1].Text += between + text[m.Start:m.End]
		case between != "":
			out = append(out, piece{between, false})
			fallthrough
		default:
			out = append(out, piece{text[m.Start:m.End], true})
		}
		at = m.End
	}
	if at < len(text) {
		out = append(out, piece{text[at:], false})
	}
	return out
}

// noteLetters is how many letters a note may have.
const noteLetters = app.MaxNote

// tieWords are the ties in the order they are offered.
var tieWords = []string{"network", "met", "close"}

// sendClass makes sending the filled button, unless it is against the advice.
func sendClass(w *writing) string {
	if w.Against {
		return "tap"
	}
	return "go"
}

// said reports whether anything is said of a meeting.
func (m meeting) said() bool { return m.Where != "" || m.On != "" }
