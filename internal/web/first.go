package web

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// firstRoutes are what a member wants their network for: asked on the way in,
// and changed later.
func (s *site) firstRoutes() []route {
	return []route{
		{pattern: "GET /goals", do: s.goals},
		{pattern: "POST /goals", do: s.setGoals},
	}
}

// goalsForm is a choice of goals and stance, with what it would do.
type goalsForm struct {
	Name    string
	First   bool // on the way in: bringing files comes next
	Wrong   string
	Often   []wish
	More    []wishes
	Opened  bool // one of More is chosen
	Stances []stanceChoice
	Mixed   bool // the goals ask for both: to be open, and not to be
	Chosen  bool // something is
	Samples []sampleLine
}

// wish is one goal to choose.
type wish struct {
	Goal   string
	Chosen bool
	Words  *wishWords // nil: it needs none
}

// wishWords are the words a goal goes by, such as the fields of a new field.
type wishWords struct{ Name, Value string }

// wishes are goals that belong together; they may share their words.
type wishes struct {
	Key    string
	List   []wish
	Shared *wishWords
}

// stanceChoice is one stance to choose; the empty one follows from the goals.
type stanceChoice struct {
	Stance, Key string
	Follows     string // what the empty one is now
	Chosen      bool
}

// sampleLine is an invented letter and what the choice makes of it.
type sampleLine struct {
	Letter, Name, Verdict string
	Leaning               bool
	Because               string
}

// moreGoals are the goals not offered first, in groups.
var moreGoals = []struct {
	key    string
	goals  []kith.Goal
	shared string
}{
	{"write", []kith.Goal{kith.ContentSeen, kith.ShareExpertise, kith.Feed}, "topics"},
	{"work", []kith.Goal{kith.StandingAtWork, kith.AttractRecruiters, kith.FirstJobAlumni, kith.BoardOrVolunteering}, ""},
	{"seen", []kith.Goal{kith.BeFound, kith.ShowPresence}, ""},
	{"close", []kith.Goal{kith.OneCountry, kith.Privacy, kith.AvoidSpam}, ""},
}

// goalWords are the lists of words that a goal reads.
var goalWords = map[kith.Goal]string{kith.GrowInField: "areas", kith.NewClients: "clients"}

// listOf gives the list of a member's words that a field of the form shows.
func listOf(w *app.Wishes, field string) *[]string {
	return map[string]*[]string{"areas": &w.Areas, "clients": &w.Clients, "topics": &w.Topics}[field]
}

// goals shows the choice as it stands, or as it was made in the form and not
// kept yet.
func (s *site) goals(q *request) (templ.Component, error) {
	set, err := s.app.Settings(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	first := set.ChangedAt.IsZero() || q.URL.Query().Has("first")
	if query := q.URL.Query(); query.Has("look") {
		chooseGoals(&set, query)
	}
	return s.goalsPage(q, &set, first, ""), nil
}

func (s *site) goalsPage(q *request, set *app.Settings, first bool, wrong string) templ.Component {
	ctx := q.Context()
	p := s.page(q, "settings", say(ctx, "goals.page"))
	f := s.goalsForm(ctx, set)
	f.First, f.Wrong = first, wrong
	if p.Me != nil {
		f.Name = p.Me.Name
	}
	if first {
		p.Step = say(ctx, "frame.step", 2, 3)
	}
	return goalsView(p, f)
}

// setGoals keeps the choice; who skips keeps the defaults, and is not asked
// again.
func (s *site) setGoals(q *request) (templ.Component, error) {
	form := q.PostForm
	set, err := s.app.ChangeSettings(q.Context(), q.who, func(set *app.Settings) error {
		if !form.Has("skip") {
			chooseGoals(set, form)
		}
		return nil
	})
	if kith.KindOf(err) == kith.Invalid {
		chooseGoals(&set, form)
		s.show(q, app.Status(err), s.goalsPage(q, &set, form.Has("first"), said(q.Context(), err)))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if form.Has("first") {
		return q.seeOther("/bring?first=1")
	}
	return q.seeOther("/settings")
}

// chooseGoals reads a choice into settings. A field that was not sent changes
// nothing.
func chooseGoals(set *app.Settings, form url.Values) {
	set.Goals = 0
	for _, word := range form["goal"] {
		if g, ok := kith.ParseGoal(word); ok {
			set.Goals |= kith.GoalSet(g)
		}
	}
	if stance, ok := kith.ParseStance(form.Get("stance")); ok {
		set.Stance = stance
	}
	for _, field := range []string{"areas", "clients", "topics"} {
		if form.Has(field) {
			*listOf(&set.Wishes, field) = words(form.Get(field))
		}
	}
}

// words reads a list that was typed with commas.
func words(typed string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;،、\n", r) }) {
		if w = kith.CleanLine(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// goalsForm shows a choice and what it would do.
func (s *site) goalsForm(ctx context.Context, set *app.Settings) *goalsForm {
	wishOf := func(g kith.Goal) wish {
		w := wish{Goal: g.String(), Chosen: set.Goals.Has(g)}
		if field, ok := goalWords[g]; ok {
			w.Words = wordsOf(set, field)
		}
		return w
	}
	f := &goalsForm{Chosen: set.Goals != 0 || set.Stance != kith.StanceUnset}
	for _, g := range app.OftenChosen() {
		f.Often = append(f.Often, wishOf(g))
	}
	for _, group := range moreGoals {
		w := wishes{Key: group.key}
		for _, g := range group.goals {
			w.List = append(w.List, wishOf(g))
			f.Opened = f.Opened || set.Goals.Has(g)
		}
		if group.shared != "" {
			w.Shared = wordsOf(set, group.shared)
		}
		f.More = append(f.More, w)
	}
	follows, mixed := kith.DefaultStance(set.Goals)
	f.Mixed = mixed && set.Stance == kith.StanceUnset
	for stance := kith.StanceUnset; stance <= kith.OnlyKnown; stance++ {
		c := stanceChoice{Stance: stance.String(), Key: stance.String(), Chosen: stance == set.Stance}
		if stance == kith.StanceUnset {
			c.Key, c.Follows = "unset", say(ctx, "stance."+follows.String()+".short")
		}
		f.Stances = append(f.Stances, c)
	}
	for _, sample := range s.app.Samples(set.Goals, set.Stance) {
		line := sampleOf(ctx, &sample)
		if sample.Letter == "newcomer" && set.Goals.Has(kith.GrowInField) && len(set.Wishes.Areas) > 0 {
			line.Name = say(ctx, "sample.newcomer.from", set.Wishes.Areas[0])
		}
		f.Samples = append(f.Samples, line)
	}
	return f
}

func wordsOf(set *app.Settings, field string) *wishWords {
	return &wishWords{field, strings.Join(*listOf(&set.Wishes, field), ", ")}
}

// sampleOf says what a choice makes of an invented letter, and which choice
// would make something else of it.
func sampleOf(ctx context.Context, s *app.Sample) sampleLine {
	v := &s.Verdict
	line := sampleLine{Letter: s.Letter, Name: say(ctx, "sample."+s.Letter+".name"), Verdict: string(v.Verdict), Leaning: v.Verdict.Leans(v.Firm)}
	how := s.Instead
	if how == nil {
		line.Because = say(ctx, "sample."+s.Letter+".always")
		return line
	}
	then := say(ctx, "verdict-word."+string(how.Verdict))
	switch {
	case how.Stance != kith.StanceUnset:
		line.Because = say(ctx, "goals.as", say(ctx, "stance."+how.Stance.String()+".short"), then)
	case how.Dropped:
		line.Because = say(ctx, "goals.without", say(ctx, "goal."+how.Goal.String()+".short"), then)
	default:
		line.Because = say(ctx, "goals.with", say(ctx, "goal."+how.Goal.String()+".short"), then)
	}
	return line
}

// arrive leads on whoever has just signed in: to the question what the network
// is for, if they were never asked, or to where they were going.
func (s *site) arrive(q *request) (templ.Component, error) {
	who, err := s.opt.Browsers.Actor(q.Context())
	if err != nil {
		return nil, err
	}
	set, err := s.app.Settings(q.Context(), who)
	if err != nil {
		return nil, err
	}
	if set.ChangedAt.IsZero() {
		return q.seeOther("/goals")
	}
	return q.seeOther(cmp.Or(ownAddress(q.PostForm.Get("next")), "/"))
}
