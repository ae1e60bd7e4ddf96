package web

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// pictureRoutes are pictures of what was decided.
func (s *site) pictureRoutes() []route {
	return []route{{pattern: "GET /pictures", do: s.pictures}}
}

// pictures are what a member decided over time, and where that parted from what
// Kith said.
type pictures struct {
	Title     string
	Weeks     []weekBar
	High      int // of the highest week
	From, To  string
	Share     string // of the own letters that are accepted, in words
	Parting   string // how often the two parted
	Strip     []partTick
	Parted    []partedRow
	MoreThan  int // how many partings there are beyond those listed
	StripFrom string
}

// weekBar is one week of the picture, in parts from the ground up.
type weekBar struct {
	Day                          string
	Accepted, Declined, Reported int
	X                            int
	Parts                        []barPart
}

type barPart struct {
	Verdict   string
	Y, Height int
}

// partTick is one decision beside what Kith had said: up where the member took
// what Kith would not, down where they did not take what Kith would.
type partTick struct {
	Verdict      string
	X, Y, Height int
}

// partedRow is one decision the two did not agree on.
type partedRow struct {
	ID, Name, Said, Did string
	Leaning             bool
	When                string
}

const (
	// barStep is how far a week is from the next, barHigh how high the highest is.
	barStep, barHigh = 24, 160
	// stripMost is how many decisions the strip of partings shows, partedMost how
	// many partings are listed.
	stripMost, partedMost = 200, 100
	// partHigh is how far a parting reaches above or below the line.
	partHigh = 20
)

// pictures shows what the member decided.
func (s *site) pictures(q *request) (templ.Component, error) {
	story, err := s.app.Story(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	x := picturesOf(q.Context(), &story)
	return picturesPage(s.page(q, "desk", say(q.Context(), "pictures.title")), x), nil
}

// picturesOf draws a story.
func picturesOf(ctx context.Context, story *app.Story) *pictures {
	x := &pictures{Share: story.Share}
	x.overTime(ctx, story)
	x.partings(ctx, story)
	return x
}

// overTime draws the weeks as bars of what was decided in them.
func (x *pictures) overTime(ctx context.Context, story *app.Story) {
	all, accepted, most := 0, 0, 1
	for i := range story.Weeks {
		w := &story.Weeks[i]
		all += w.All()
		accepted += w.Accepted
		most = max(most, w.All())
	}
	if all == 0 {
		return
	}
	x.High = most
	x.From, x.To = day(ctx, story.Weeks[0].Begins, story.Now), day(ctx, story.Now, story.Now)
	x.Title = say(ctx, "pictures.accepted", accepted, count(ctx, "pictures.letters", all))
	for i := range story.Weeks {
		w := &story.Weeks[i]
		b := weekBar{Day: day(ctx, w.Begins, story.Now), Accepted: w.Accepted, Declined: w.Declined, Reported: w.Reported, X: i * barStep}
		ground := barHigh
		for _, part := range []struct {
			verdict string
			n       int
		}{{"accept", w.Accepted}, {"decline", w.Declined}, {"report", w.Reported}} {
			if part.n == 0 {
				continue
			}
			high := max(2, part.n*(barHigh-4)/most)
			ground -= high
			b.Parts = append(b.Parts, barPart{part.verdict, ground, high - 1})
		}
		x.Weeks = append(x.Weeks, b)
	}
}

// partings draws where the member decided otherwise than Kith had said, and
// lists it.
func (x *pictures) partings(ctx context.Context, story *app.Story) {
	n := 0
	for i := range story.Judged {
		d := &story.Judged[i]
		if !d.Parted() {
			continue
		}
		if n++; n > partedMost {
			x.MoreThan++
			continue
		}
		x.Parted = append(x.Parted, partedRow{ID: string(d.Invitation), Name: shownName(ctx, d.Name), Said: string(d.Verdict), Leaning: d.Verdict.Leans(d.Firm),
			Did: string(d.As()), When: day(ctx, d.At, story.Now)})
	}
	if len(story.Judged) == 0 {
		return
	}
	x.Parting = count(ctx, "pictures.parted", n, count(ctx, "pictures.letters", len(story.Judged)))
	latest := slices.Clone(story.Judged[:min(stripMost, len(story.Judged))])
	slices.Reverse(latest)
	x.StripFrom = day(ctx, latest[0].At, story.Now)
	for i := range latest {
		d := &latest[i]
		t := partTick{Verdict: string(d.As()), X: i * tickWide, Y: partHigh - 1, Height: 2}
		if d.Parted() {
			t.Height = partHigh
			if t.Y = partHigh; d.As() == kith.Accept {
				t.Y = 0
			}
		}
		x.Strip = append(x.Strip, t)
	}
}

// wide is how wide the picture of the weeks is: half a year's at least, so that
// a few weeks are not drawn as if they were much.
func (x *pictures) wide() int { return barStep * max(26, len(x.Weeks)) }

// stripLong is how wide the strip of partings is.
func (x *pictures) stripLong() int { return tickWide * max(stripMost, len(x.Strip)) }

// over tells how long a time is, for what stands beneath a picture.
func over(ctx context.Context, from, to string) string {
	if from == to {
		return from
	}
	return say(ctx, "pictures.from-to", from, to)
}
