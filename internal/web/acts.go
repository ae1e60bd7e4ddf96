package web

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// act is one thing that can be done with the letter, the recommended one first.
type act struct {
	Key         string // of its words, and of its letter on the keyboard
	Verdict     string // its accent
	Path        string
	Form        bool // leads to a page of its own
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
		if key == "ask" && l.Waits {
			continue // a question is out
		}
		a := act{Key: key, Verdict: key, Path: base + key, Recommended: key == l.Verdict, Form: key == "ask" || key == "report"}
		text := "consequence." + key
		if l.Person == "" {
			text = "consequence-there." + key
			a.Form = key == "ask"
		}
		a.Consequence = say(ctx, text, l.Name, day(ctx, now.Add(7*kith.Day), now), day(ctx, now.Add(14*kith.Day), now), day(ctx, app.LaterUntil(now), now))
		if a.Recommended {
			first = append(first, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

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

// near is how many acts stand in the bar of a phone, beside the way to the other
// site where there is one.
func (l *letter) near() int {
	if l.opens() {
		return min(1, len(l.Acts))
	}
	return min(3, len(l.Acts))
}
