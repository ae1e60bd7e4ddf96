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

// settingsRoutes are how a member wants things.
func (s *site) settingsRoutes() []route {
	return []route{
		{pattern: "GET /settings", do: s.settings},
		{pattern: "POST /settings/{what}", do: s.changeSetting},
		{pattern: "POST /settings/mailbox", do: s.resumeMail},
	}
}

// wanted is how a member wants things, as sentences of which a word can be
// changed.
type wanted struct {
	Parts []wantedPart
	// Open names the sentence whose form is open, with what did not work there.
	Open, Wrong string
	Kept        string // the one just changed
	Told        string // what was just done, a text under settings.told
}

// wantedPart are the sentences that belong together.
type wantedPart struct {
	Key   string
	Lines []line
}

// line is one sentence. What can be changed stands between stars in its text.
type line struct {
	Key  string
	Text string // the key of its text
	Args []any
	Way  string // the page that changes it; else its form does, in place
	Form templ.Component
}

// errNoSetting answers for a word that names none.
var errNoSetting = &kith.Error{Kind: kith.NotFound, Msg: "there is no such setting; go back"}

func (s *site) settings(q *request) (templ.Component, error) {
	query := q.URL.Query()
	return s.settingsPage(q, nil, &wanted{Kept: query.Get("kept"), Told: s.flashed(q)})
}

// settingsPage shows the settings as they are kept. Its forms hold what was
// typed, if it did not work.
func (s *site) settingsPage(q *request, typed *app.Settings, w *wanted) (templ.Component, error) {
	ctx := q.Context()
	kept, err := s.app.Settings(ctx, q.who)
	if err != nil {
		return nil, err
	}
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	if typed == nil {
		typed = &kept
	}
	box, err := s.app.Mailbox(ctx, q.who)
	if err != nil {
		return nil, err
	}
	erased, err := s.app.Erasure(ctx, q.who)
	if err != nil {
		return nil, err
	}
	w.Parts = []wantedPart{
		{"wants", wantsLines(ctx, &kept, typed)},
		{"rules", ruleLines(&kept.Wishes.Rules, &typed.Wishes.Rules)},
		{"letters", letterLines(q.Context(), &kept, typed, now)},
		{"seen", seenLines(&kept)},
		{"mail", mailLines(ctx, &kept, &box)},
		{"account", s.accountLines(q, &box)},
		{"leaving", leavingLines(day(ctx, erased, now))},
	}
	return settingsView(s.page(q, "settings", say(ctx, "settings.title")), w), nil
}

// changes are the settings of this page by their word: how a form changes them.
var changes = map[string]func(*app.Settings, url.Values) error{
	"country": func(to *app.Settings, form url.Values) error {
		to.Wishes.Rules.OwnCountry.Value = form.Get("value")
		return readMode(&to.Wishes.Rules.OwnCountry.When, form.Get("when"))
	},
	"mutual": func(to *app.Settings, form url.Values) error {
		return readMutual(&to.Wishes.Rules.MinMutual, form.Get("value"), form.Get("when"))
	},
	"photo": func(to *app.Settings, form url.Values) error {
		return readMode(&to.Wishes.Rules.PhotoRequired.When, form.Get("when"))
	},
	"note": func(to *app.Settings, form url.Values) error {
		return readMode(&to.Wishes.Rules.NoteRequired.When, form.Get("when"))
	},
	"known": func(to *app.Settings, form url.Values) error {
		return readMode(&to.Wishes.Rules.KnownOnly.When, form.Get("when"))
	},
	"areas":   changeWords(func(w *app.Wishes) *[]string { return &w.Areas }),
	"topics":  changeWords(func(w *app.Wishes) *[]string { return &w.Topics }),
	"clients": changeWords(func(w *app.Wishes) *[]string { return &w.Clients }),
	"admires": changeWords(func(w *app.Wishes) *[]string { return &w.Admires }),
	"competitors": func(to *app.Settings, form url.Values) error {
		to.Wishes.Competitors, to.Wishes.WorryCompetitors = words(form.Get("words")), form.Has("worry")
		return nil
	},
	"invites": changeWord(app.InvitesChoices, func(to *app.Settings) *app.Invites { return &to.Invites }),
	"shows":   changeWord(app.ShowsChoices, func(to *app.Settings) *app.Shows { return &to.Shows }),
	"digest":  changeWord(app.DigestChoices, func(to *app.Settings) *app.Digest { return &to.Digest }),
	"silent": func(to *app.Settings, form url.Values) error {
		to.RemoveSilent = form.Get("choice") == "part"
		return nil
	},
	"not-now": changeNotNow,
	"policy":  changePolicy,
	"mails": func(to *app.Settings, form url.Values) error {
		unmailed, err := app.UnmailedBut(form["mail"])
		to.Unmailed = unmailed
		return err
	},
}

var errNoChoice = &kith.Error{Kind: kith.Invalid, Msg: "there is no such choice; take one of those shown"}

// readWord reads a choice by its word.
func readWord[N ~uint8](to *N, among app.Choices[N], word string) error {
	n, ok := among.Parse(word)
	if !ok {
		return errNoChoice
	}
	*to = n
	return nil
}

func changeWord[N ~uint8](among app.Choices[N], of func(*app.Settings) *N) func(*app.Settings, url.Values) error {
	return func(to *app.Settings, form url.Values) error { return readWord(of(to), among, form.Get("choice")) }
}

func readMode(to *kith.RuleMode, word string) error { return readWord(to, app.ModeChoices, word) }

func readMutual(to *kith.MutualRule, least, when string) error {
	if least != "" {
		n, err := strconv.Atoi(least)
		if err != nil {
			return &kith.Error{Kind: kith.Invalid, Msg: "write how many connections in common as a number"}
		}
		to.Value = n
	}
	return readMode(&to.When, when)
}

func changeWords(of func(*app.Wishes) *[]string) func(*app.Settings, url.Values) error {
	return func(to *app.Settings, form url.Values) error {
		*of(&to.Wishes) = words(form.Get("words"))
		return nil
	}
}

// changeNotNow reads until when nobody may invite; an empty day ends it.
func changeNotNow(to *app.Settings, form url.Values) (err error) {
	to.NotNowUntil = time.Time{}
	if until := form.Get("until"); until != "" {
		if to.NotNowUntil, err = time.Parse(time.DateOnly, until); err != nil {
			return &kith.Error{Kind: kith.Invalid, Msg: "write the day as year, month and day: 2027-01-31"}
		}
	}
	return nil
}

// changePolicy reads what people who want to write are told.
func changePolicy(to *app.Settings, form url.Values) error {
	to.Publishes = form.Has("publishes")
	p := &to.Policy
	p.Asks = form.Get("asks")
	p.Rules.OwnCountry.Value = form.Get("country-value")
	r := &p.Rules
	for _, read := range []error{
		readWord(&p.Stance, app.StanceChoices, form.Get("stance")),
		readMode(&r.OwnCountry.When, form.Get("country")),
		readMode(&r.PhotoRequired.When, form.Get("photo")),
		readMode(&r.NoteRequired.When, form.Get("note")),
		readMode(&r.KnownOnly.When, form.Get("known")),
		readMutual(&r.MinMutual, form.Get("mutual-value"), form.Get("mutual")),
	} {
		if read != nil {
			return read
		}
	}
	return nil
}

// changeSetting keeps one setting.
func (s *site) changeSetting(q *request) (templ.Component, error) {
	what := q.PathValue("what")
	change, ok := changes[what]
	if !ok {
		return nil, errNoSetting
	}
	var typed app.Settings
	_, err := s.app.ChangeSettings(q.Context(), q.who, func(to *app.Settings) error {
		err := change(to, q.PostForm)
		typed = *to
		return err
	})
	if err == nil {
		return q.seeOther("/settings?kept=" + what)
	}
	return s.again(q, err, func(wrong string) (templ.Component, error) {
		return s.settingsPage(q, &typed, &wanted{Open: what, Wrong: wrong})
	})
}

// resumeMail has mail sent again to an address that refused it once.
func (s *site) resumeMail(q *request) (templ.Component, error) {
	if err := s.app.ResumeMail(q.Context(), q.who); err != nil {
		return nil, err
	}
	s.flash(q, "mailbox")
	return q.seeOther("/settings")
}

// again shows a form once more, with what did not work. What is not there, or
// went wrong inside, has no form.
func (s *site) again(q *request, err error, form func(wrong string) (templ.Component, error)) (templ.Component, error) {
	switch kith.KindOf(err) {
	case kith.Internal, kith.NotFound, kith.SignIn:
		return nil, err
	}
	shown, failed := form(said(q.Context(), err))
	if failed != nil {
		return nil, failed
	}
	s.show(q, app.Status(err), shown)
	return nil, nil
}

// phrase is a piece of a sentence. Changes: it is what can be changed.
type phrase struct {
	Text    string
	Changes bool
}

// first marks what has the focus after an act.
func first(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"data-first": true}
}

// boundsOf are the bounds of a rule's value.
func boundsOf(kind string) templ.Attributes {
	if kind == "number" {
		return templ.Attributes{"min": "0", "max": "500"}
	}
	return templ.Attributes{"maxlength": "150"}
}

// doKey is the key of what a button of a form says.
func doKey(ctx context.Context, key string) string {
	if do := "settings." + key + "-do"; has(ctx, do) {
		return do
	}
	return "settings.keep"
}

// phrases gives a sentence in pieces. What is filled in is not read for
// stars: it may be anybody's words.
func (l line) phrases(ctx context.Context) (out []phrase) {
	for i, piece := range strings.Split(say(ctx, l.Text), "*") {
		if piece != "" {
			out = append(out, phrase{fill(piece, l.Args...), i%2 == 1})
		}
	}
	return out
}
