package web

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// whyRoutes are the reckoning behind a verdict.
func (s *site) whyRoutes() []route {
	return []route{{pattern: "GET /why/{id}", do: s.why}}
}

// why is everything behind the verdict on one invitation or connection.
type why struct {
	Face      face
	Headline  string
	Back      string // where it is decided, or was
	BackText  string
	Verdict   string
	Leaning   bool
	Since     string // when it was reached; empty: it is not kept
	Sentences []string
	Rulers    []ruler
	Heard     []heard
	Settled   bool // the articles disagreed, and goals or stance settled it
	Known     []factLine
	Others    []factLine
	Unknown   string
	Changes   []kith.Change
	Goals     []string
	Stance    string
	Rules     []string
	RuleDid   string // what one of them did, as the end of a key
	Sources   []app.Source
	Earlier   []earlierVerdict
	Steps     []step
	Advice    []advised
}

// ruler is one of the three questions with the five words beneath it.
type ruler struct {
	Name  string
	Bands []string // from no to yes
	At    int      // place of the word it stands at
	Low   int      // between which the unknown could move it
	High  int
}

// heard is a signal that spoke.
type heard struct {
	Text   string
	Judged bool // the text is the judgement's own sentence
	Side   string
	Loud   string
	On     string // genuine or worth, empty where it decides
	Rules  []string
	Grade  string
	Facts  []factName
}

// factName leads to a fact.
type factName struct{ ID, Label string }

// factLine is one fact as it was known.
type factLine struct {
	factName
	Value  string
	Theirs bool // the value is somebody's own words
	Source string
	Seen   string
}

// earlierVerdict is one verdict in the row of them.
type earlierVerdict struct {
	When, Verdict string
	Leaning       bool
	What          string
}

// step is one thing that happened.
type step struct{ When, Text string }

// advised is a row of the advice that spoke through a signal.
type advised struct{ ID, Text string }

// why shows how a verdict came about.
func (s *site) why(q *request) (templ.Component, error) {
	ctx := q.Context()
	e, err := s.app.Explain(ctx, q.who, q.letterID())
	if err != nil {
		return nil, err
	}
	return whyPage(s.page(q, "desk", say(ctx, "why.title", say(ctx, "why.word."+string(e.Now.Verdict.Verdict)))), whyOf(ctx, &e)), nil
}

// whyOf tells an explanation.
func whyOf(ctx context.Context, e *app.Explanation) *why {
	j, now := &e.Now, e.At
	v := &j.Verdict
	f := e.Face
	f.Name = shownName(ctx, f.Name)
	w := &why{
		Face: faceOf(&f), Headline: f.Headline, Verdict: string(v.Verdict), Leaning: v.Verdict.Leans(v.Firm), RuleDid: "silent",
		Sentences: inShort(ctx, j), Rulers: rulersOf(j), Changes: v.WouldChange, Sources: j.Sources,
	}
	if w.Face.ID == "" {
		w.Face.Initials = initials(e.Name)
	}
	w.Back, w.BackText = wayBack(ctx, e)
	if j.N > 0 {
		w.Since = day(ctx, j.At, now)
	}
	if v.Unknown != nil {
		w.Unknown = v.Unknown.Text
	}
	w.hear(ctx, j)
	w.facts(ctx, j, now)
	if ruled(j) {
		w.RuleDid = "decided"
	}
	w.terms(ctx, &j.Terms)
	w.history(ctx, e)
	return w
}

// leaning follows the word of a verdict that is not firm.
func leaning(ctx context.Context, is bool) string {
	if !is {
		return ""
	}
	return say(ctx, "why.leaning")
}

// wayBack leads to where the invitation lies now.
func wayBack(ctx context.Context, e *app.Explanation) (href, text string) {
	switch {
	case e.Now.Side == kith.Connected && e.Face.ID != "":
		return "/people/" + url.PathEscape(string(e.Face.ID)), say(ctx, "why.back-person")
	case answered(e.Events):
		return "/decided", say(ctx, "why.back-decided")
	}
	return "/?" + url.Values{"open": {string(e.Invitation)}}.Encode(), say(ctx, "why.back")
}

// closing are the events that answer an invitation, reopening the one that takes
// an answer back.
var (
	closing   = []string{"you-accepted", "you-ignored", "you-declined", "you-dont-know", "you-reported"}
	reopening = "you-reopened"
)

// answered reports whether the invitation some events are about is answered.
func answered(events []app.Event) (yes bool) {
	for i := range events {
		ev := &events[i]
		switch {
		case slices.Contains(closing, ev.Kind):
			yes = true
		case ev.Kind == reopening:
			yes = false
		case ev.Kind == "elsewhere":
			yes = stateIn(ev) == "connected" || stateIn(ev) == "done"
		}
	}
	return yes
}

// stateIn reads to what an event changed the state of an invitation elsewhere.
func stateIn(ev *app.Event) string {
	var body struct {
		State string `json:"state"`
	}
	if json.Unmarshal([]byte(ev.Body), &body) != nil {
		return ""
	}
	return body.State
}

// inShort says a verdict in three sentences: who it is, what it is worth, how
// sure that is.
func inShort(ctx context.Context, j *app.Judged) []string {
	v := &j.Verdict
	b := &v.Bands
	worth, sure := string(b.Worth), sureness(j)
	if sure == "rule" || sure == "evidence" || sure == "settled" {
		worth = "aside"
	}
	return []string{
		say(ctx, "why.who", say(ctx, "why.genuine."+string(b.Genuine)), say(ctx, "why.known."+string(b.Known))),
		say(ctx, "why.worth."+worth),
		say(ctx, "why.sure."+sure),
	}
}

// sureness is how a verdict came about and whether it could turn, as a word.
func sureness(j *app.Judged) string {
	v := &j.Verdict
	settled := ""
	for _, s := range j.Spoke() {
		if s.Loud == app.Settles {
			settled = s.Signal
		}
	}
	switch {
	case j.Side == kith.Connected:
		return "connected"
	case strings.HasPrefix(settled, "rule-"):
		return "rule"
	case v.Verdict == kith.Report:
		return "evidence"
	case settled != "":
		return "settled"
	case v.Firm && len(v.WouldChange) > 0:
		return "firm-but"
	case v.Firm:
		return "firm"
	case v.Question != nil:
		return "question"
	}
	return "leaning"
}

// upwards are the five words from no to yes.
var upwards = []string{string(kith.BandNo), string(kith.BandUnlikely), string(kith.BandUnclear), string(kith.BandLikely), string(kith.BandYes)}

// rulersOf lays the three words on their rulers. A verdict kept before Kith
// reckoned how far the unknown reaches has no range.
func rulersOf(j *app.Judged) []ruler {
	at, low, high := &j.Verdict.Bands, &j.Reach.Low, &j.Reach.High
	out := []ruler{{Name: "genuine"}, {Name: "known"}, {Name: "worth"}}
	for i, bands := range [][3]kith.Band{{at.Genuine, low.Genuine, high.Genuine}, {at.Known, low.Known, high.Known}, {at.Worth, low.Worth, high.Worth}} {
		r := &out[i]
		r.Bands, r.At = upwards, slices.Index(upwards, string(bands[0]))
		r.Low, r.High = r.At, r.At
		if bands[1] != "" && bands[2] != "" {
			r.Low, r.High = slices.Index(upwards, string(bands[1])), slices.Index(upwards, string(bands[2]))
		}
	}
	return slices.DeleteFunc(out, func(r ruler) bool { return r.At < 0 })
}

// said is the ruler in words: "likely, between unclear and yes".
func (r *ruler) said(ctx context.Context) string {
	at := say(ctx, "band-word."+r.Bands[r.At])
	if r.Low == r.High {
		return say(ctx, "why.ruler-fixed", at)
	}
	return say(ctx, "why.ruler", at, say(ctx, "band-word."+r.Bands[r.Low]), say(ctx, "band-word."+r.Bands[r.High]))
}

// hear lists the signals, and the rows of the advice they come from.
func (w *why) hear(ctx context.Context, j *app.Judged) {
	var rules []string
	for _, sp := range j.Spoke() {
		h := heard{Text: sp.Text, Judged: true, Side: "against", Loud: string(sp.Loud), On: sp.Question, Rules: sp.Rules, Grade: string(sp.Grade)}
		if sp.For {
			h.Side = "for"
		}
		if h.Text == "" {
			h.Text, h.Judged = heardBriefly(ctx, sp.Signal, j.Mutual), false
		}
		for _, path := range sp.Facts {
			h.Facts = append(h.Facts, factName{factID(path), factLabel(ctx, path)})
		}
		rules = append(rules, sp.Rules...)
		w.Heard = append(w.Heard, h)
	}
	for i := range j.Verdict.Reasons {
		r := &j.Verdict.Reasons[i]
		w.Settled = w.Settled || r.SettledBy != nil
		if strings.HasPrefix(r.Signal, "rule-") {
			w.RuleDid = "yielded"
		}
		rules = append(rules, r.Rules...)
	}
	slices.SortFunc(rules, func(x, y string) int { return ruleNumber(x) - ruleNumber(y) })
	for _, id := range slices.Compact(rules) {
		if has(ctx, "advice."+id) {
			w.Advice = append(w.Advice, advised{id, say(ctx, "advice."+id)})
		}
	}
}

// heardBriefly names a signal that was not among the reasons shown.
func heardBriefly(ctx context.Context, signal string, mutual int) string {
	if has(ctx, "why.signal."+signal) {
		return say(ctx, "why.signal."+signal)
	}
	return capital(strings.TrimSpace(say(ctx, "gist."+signal, mutual, "")))
}

// terms says what the member wanted when the verdict was reached.
func (w *why) terms(ctx context.Context, t *app.Terms) {
	for _, g := range t.Goals {
		w.Goals = append(w.Goals, say(ctx, "goal."+g+".wish"))
	}
	if t.Stance != "" {
		w.Stance = say(ctx, "stance."+t.Stance+".short")
	}
	for _, r := range t.Rules {
		w.Rules = append(w.Rules, ruleSaid(ctx, &r))
	}
}
