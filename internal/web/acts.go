package web

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"kith/internal/app"
)

// act is one thing that can be done with the letter, the recommended one first.
type act struct {
	Key         string // of its words, and of its letter on the keyboard
	Verdict     string // its accent
	Path        string
	Form        bool // leads to a page of its own: nothing happens yet
	Recommended bool
	Consequence string
}

// chances are the acts on a letter in their constant order.
var chances = []string{"accept", "ask", "decline", "report", "later"}

// actsFor lists the acts, the recommended one first, then the others in their
// order. Of an invitation elsewhere Kith only takes note of what was done there.
func actsFor(ctx context.Context, l *letter, now time.Time) []act {
	base := "/letters/" + url.PathEscape(l.ID) + "/"
	var first, rest []act
	for _, key := range chances {
		if key == "ask" && l.wasAsked() {
			continue
		}
		sees := key == "accept" && l.sees()
		a := act{Key: key, Verdict: key, Path: base + key, Recommended: key == l.Verdict, Form: key == "ask" || key == "report" || sees}
		text := "consequence." + key
		switch {
		case l.Person == "":
			text = "consequence-there." + key
		case sees:
			text = "consequence.see"
		}
		a.Consequence = say(ctx, text, l.Name, day(ctx, now.Add(app.UndoFor), now), day(ctx, now.Add(app.DecideAfter), now), day(ctx, app.LaterUntil(inZone(ctx, now)), now))
		if a.Recommended {
			first = append(first, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

// wasAsked reports whether the sender cannot be asked: a question is out, or a
// member had theirs. A member is asked once.
func (l *letter) wasAsked() bool { return l.Waits || l.Person != "" && l.Asked != "" }

// sees reports whether accepting is accept and see: a greeting goes with it.
func (l *letter) sees() bool { return l.See && l.Person != "" }

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
	case l.opens():
		return "tap"
	}
	return "go mark " + a.Verdict
}

// keys are the attributes by which the keyboard finds an act. Where an act stands
// twice, only one has its key.
func (a act) keys(keyed bool) templ.Attributes {
	out := templ.Attributes{"data-act": a.Key}
	if keyed {
		out["data-key"] = keyOf(a.Key)
	}
	return out
}

// opens reports whether the way leads to the other site first.
func (l *letter) opens() bool { return l.Person == "" && l.Link != "" }

// room says how far an act of the bar has room: the first anywhere, two more on
// a phone unless the way to the other site stands there, the others on wide
// pages. All but the first stand behind More as well.
func (l *letter) room(i int) string {
	switch {
	case i == 0:
		return ""
	case i < 3 && !l.opens():
		return "near"
	}
	return "far"
}

// shown marks the consequence that stands beneath the acts.
func (a act) shown() templ.Attributes { return templ.Attributes{"data-shown": a.Recommended} }
