package web

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/internal/app"
)

// letter is the invitation in focus, with everything Kith says of it.
type letter struct {
	ID, Name, Headline, Place string
	Photo, Initials           string  // the photo's address, or the initials instead
	Note, Rest                []piece // the beginning, and what is read on demand; what its reading rests on is meant
	RestWords                 int
	NoteKnown                 bool
	Mutual                    int // -1: unknown
	Faces                     []face
	Written, Until            string
	Link                      string // of the profile on the other site
	Person                    string // id of the member; empty: it waits elsewhere
	Asked                     string // when the question went out
	Waits                     bool   // and nothing came back
	Reply, Question           string
	Prev, Next                string // ids
	Query                     string // the view it was opened in
	Steps                     string // how far a member is, as a key of texts
	Contact                   string // id of whom it is from elsewhere
	Script                    *script
	Hosts                     []string // where the links in the note lead
	Ending                    *ending  // what became of it; nil: it waits

	Verdict string // empty: not judged yet
	Leaning bool
	See     bool     // accept, and see whether they answer
	Heading string   // the verdict in words
	Lead    string   // why, in a sentence
	Rule    string   // the member's own rule that decided, instead of Lead
	Read    []string // before there is a verdict: the sources read for it so far
	Bands   kith.Bands
	Reasons []reason
	Missing []string // sources that could not be read
	Changes []kith.Change
	Asks    *kith.Question
	Answers []answerTap
	Said    []ownAnswer
	IfYes   string // what an answer would make of the verdict, empty if nothing
	IfNo    string
	Acts    []act
}

// reason is one line of why.
type reason struct {
	Sign, Spoken string // + and for, − and against, ? and unknown
	Text         string
	Tag, Source  string
	English      string // what Text was translated from
	Question     string // the member's own answer to it is the reason
	Backing      *backing
}

// backing is what stands behind a reason.
type backing struct {
	Advice   []string // its rows, as sentences
	Evidence string   // the articles by their titles, and how good the evidence is
	OfNote   bool     // it was read in the note
}

// after is the source behind the tag.
func (r reason) after() string {
	if r.Source == "" {
		return ""
	}
	return ", " + r.Source
}

// ownAnswer is an answer that no reason tells.
type ownAnswer struct{ Question, Text string }

// face is a person in a row of stamps.
type face struct {
	ID, Name, Photo, Initials string
}

// answerTap is one answer to the question, and what it leads to.
type answerTap struct {
	Value, Key string
}

// readAtOnce is how many letters of a note are shown before "Read on": about
// seven lines of 62.
const readAtOnce = 480

// letter shows the letter in focus.
func (s *site) letter(ctx context.Context, o *app.OpenLetter, now time.Time) *letter {
	l := &letter{
		ID: string(o.Invitation), Name: shownName(ctx, o.Name), Headline: o.Headline, Place: o.Place, Initials: initials(o.Name),
		NoteKnown: o.NoteKnown, Mutual: o.Mutual, Written: day(ctx, o.SentAt, now), Until: day(ctx, o.ExpiresAt, now), Person: string(o.About.Member),
		Asked: day(ctx, o.AskedAt, now), Question: o.Asked, Reply: o.Reply, Waits: o.Waits, Prev: string(o.Prev), Next: string(o.Next),
	}
	head, rest := firstLines(o.Note, readAtOnce)
	l.Note, l.Rest = piecesOf(head, o.Judged.Read), piecesOf(rest, shifted(o.Judged.Read, len(o.Note)-len(rest)))
	l.RestWords = len(strings.Fields(rest))
	if o.Photo != "" {
		l.Photo = photoURL(l.Person, o.Photo)
	}
	l.Script, l.Hosts = scriptOf(o.Note), hostsIn(o.Note)
	switch {
	case o.Elsewhere():
		l.Link, l.Contact = kith.ProfileLink(o.Slug), string(o.About.Contact)
	case o.Ended.Over():
	case o.Mutual > 0:
		l.Steps = "desk.two-steps"
	default:
		l.Steps = "desk.not-connected"
	}
	for i := range o.Faces {
		l.Faces = append(l.Faces, faceOf(&o.Faces[i]))
	}
	l.judged(ctx, &o.Judged, now)
	l.IfYes, l.IfNo = string(o.IfYes), string(o.IfNo)
	s.ownAnswers(ctx, l, o)
	l.Acts = actsFor(ctx, l, now)
	return l
}

// ownAnswers marks the reasons that rest on the member's own answers, so that
// these can be changed, and lists the answers no reason tells.
func (s *site) ownAnswers(ctx context.Context, l *letter, o *app.OpenLetter) {
	told := map[kith.QuestionID]bool{}
	for i := range min(len(o.Judged.Verdict.Reasons), len(l.Reasons)) { // none are shown before the verdict is kept
		r := &o.Judged.Verdict.Reasons[i]
		if q, ok := s.app.AnswerBehind(r.Signal); ok && r.Tag == kith.TagAnswer && !told[q] &&
			slices.ContainsFunc(o.Answers, func(a app.Answered) bool { return a.Question == q }) {
			told[q], l.Reasons[i].Question = true, q.String()
		}
	}
	for _, a := range o.Answers {
		if told[a.Question] {
			continue
		}
		text := say(ctx, "desk.said-unsure")
		if a.Text != "" {
			text = say(ctx, "desk.said", a.Text)
		}
		l.Said = append(l.Said, ownAnswer{a.Question.String(), text})
	}
}

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
	if j.N == 0 {
		l.unread(ctx, j)
		return
	}
	l.Verdict, l.Leaning, l.Bands = string(v.Verdict), v.Verdict.Leans(v.Firm), v.Bands
	l.See = v.FollowUp != nil && v.FollowUp.Act == kith.ActRemoveIfSilent
	l.headed(ctx, j)
	behind := backingOf(ctx, j)
	for i := range v.Reasons {
		r := &v.Reasons[i]
		line := reason{Backing: behind[r.Signal], Sign: "+", Spoken: say(ctx, "desk.for"), Text: saying(ctx, r), Tag: say(ctx, "tag."+string(r.Tag))}
		if r.Side == "against" {
			line.Sign, line.Spoken = "−", say(ctx, "desk.against")
		}
		if i < len(j.Grounds) {
			line.Source = sourceOf(ctx, &j.Grounds[i], now)
		}
		l.Reasons = append(l.Reasons, line)
	}
	if v.Unknown != nil {
		l.Reasons = append(l.Reasons, reason{Sign: "?", Spoken: say(ctx, "desk.unknown"), Text: translate(ctx, v.Unknown.Text), English: v.Unknown.Text,
			Tag: say(ctx, "tag.unknown")})
	}
	for _, src := range j.Sources {
		if src.State == "unavailable" {
			l.Missing = append(l.Missing, translate(ctx, src.Name))
		}
	}
	l.Changes, l.Asks = v.WouldChange, v.Question
	if l.Asks != nil {
		l.Answers = []answerTap{{"yes", "desk.yes"}, {"no", "desk.no"}, {"unsure", "desk.unsure"}}
	}
}

// backingOf gives what stands behind the signals of a verdict.
func backingOf(ctx context.Context, j *app.Judged) map[string]*backing {
	out := map[string]*backing{}
	for _, s := range j.Spoke() {
		b := &backing{Evidence: say(ctx, "why.grade."+string(s.Grade)), OfNote: len(j.Read) > 0 && slices.ContainsFunc(s.Facts, ofNote)}
		for _, id := range s.Rules {
			b.Advice = append(b.Advice, say(ctx, "advice."+id))
		}
		for _, a := range slices.Backward(s.Articles) {
			b.Evidence = say(ctx, "desk.article", say(ctx, "article."+a), b.Evidence)
		}
		out[s.Signal] = b
	}
	return out
}

func ofNote(fact string) bool { return strings.HasPrefix(fact, "note.") }

// sourceOf says where and when a fact was seen.
func sourceOf(ctx context.Context, g *app.Ground, now time.Time) string {
	switch when := day(ctx, g.At, now); {
	case g.Source == "":
		return ""
	case when == "":
		return translate(ctx, g.Source)
	default:
		return say(ctx, "desk.source-at", translate(ctx, g.Source), when)
	}
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
