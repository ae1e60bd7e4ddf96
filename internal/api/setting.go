package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) settingRoutes() {
	handle(s, "get-settings", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Settings], error) {
		return settings(s.app.Settings(ctx, who))
	})
	type changing struct{ Body client.SettingsChange }
	handle(s, "change-settings", func(ctx context.Context, who app.Actor, in *changing) (*reply[client.Settings], error) {
		return settings(s.app.ChangeSettings(ctx, who, func(to *app.Settings) error { return change(to, &in.Body) }))
	})
}

// settings answers with what a verb gave.
func settings(s app.Settings, err error) (*reply[client.Settings], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Settings]{wireSettings(&s)}, nil
}

func wireSettings(s *app.Settings) client.Settings {
	w := &s.Wishes
	return client.Settings{
		Goals: wireGoals(s.Goals), Stance: app.StanceChoices.Word(s.Stance), Rules: wireRules(&w.Rules),
		Areas: some(w.Areas), Topics: some(w.Topics), Clients: some(w.Clients), Competitors: some(w.Competitors), Admires: some(w.Admires),
		WorryCompetitors: w.WorryCompetitors, Invites: app.InvitesChoices.Word(s.Invites), NotNowUntil: s.NotNowUntil,
		ShowsConnections: app.ShowsChoices.Word(s.Shows), Publishes: s.Publishes, Policy: wirePolicy(&s.Policy),
		RemoveSilent: s.RemoveSilent, Digest: app.DigestChoices.Word(s.Digest), Mails: app.Mailed(s.Unmailed),
	}
}

// some makes no list an empty one.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func wireGoals(goals kith.Goals) []string {
	out := []string{}
	for _, g := range goals.List() {
		out = append(out, g.String())
	}
	return out
}

func wireRules(r *kith.Rules) client.Rules {
	return client.Rules{
		OwnCountry:    client.CountryRule{Value: r.OwnCountry.Value, When: app.ModeChoices.Word(r.OwnCountry.When)},
		PhotoRequired: app.ModeChoices.Word(r.PhotoRequired.When),
		NoteRequired:  app.ModeChoices.Word(r.NoteRequired.When),
		MinMutual:     client.MutualRule{Value: r.MinMutual.Value, When: app.ModeChoices.Word(r.MinMutual.When)},
		KnownOnly:     app.ModeChoices.Word(r.KnownOnly.When),
	}
}

func wirePolicy(p *kith.Policy) client.Policy {
	return client.Policy{Stance: app.StanceChoices.Word(p.Stance), Rules: wireRules(&p.Rules), Asks: p.Asks}
}

// change puts what a request holds in place of what was.
func change(to *app.Settings, c *client.SettingsChange) (err error) {
	w := &to.Wishes
	if c.Goals != nil {
		if to.Goals, err = readGoals(c.Goals); err != nil {
			return err
		}
	}
	if c.Mails != nil {
		if to.Unmailed, err = app.UnmailedBut(c.Mails); err != nil {
			return err
		}
	}
	setWord(&to.Stance, app.StanceChoices, c.Stance)
	setWord(&to.Invites, app.InvitesChoices, c.Invites)
	setWord(&to.Shows, app.ShowsChoices, c.ShowsConnections)
	setWord(&to.Digest, app.DigestChoices, c.Digest)
	setList(&w.Areas, c.Areas)
	setList(&w.Topics, c.Topics)
	setList(&w.Clients, c.Clients)
	setList(&w.Competitors, c.Competitors)
	setList(&w.Admires, c.Admires)
	set(&w.WorryCompetitors, c.WorryCompetitors)
	set(&to.NotNowUntil, c.NotNowUntil)
	set(&to.Publishes, c.Publishes)
	set(&to.RemoveSilent, c.RemoveSilent)
	if c.Rules != nil {
		w.Rules = readRules(c.Rules)
	}
	if c.Policy != nil {
		to.Policy = kith.Policy{Stance: chosen(app.StanceChoices, c.Policy.Stance), Rules: readRules(&c.Policy.Rules), Asks: c.Policy.Asks}
	}
	return nil
}

func set[T any](to *T, v *T) {
	if v != nil {
		*to = *v
	}
}

// chosen gives the value of a word; the schema has refused others.
func chosen[N ~uint8](among app.Choices[N], word string) N {
	n, _ := among.Parse(word)
	return n
}

func setWord[N ~uint8](to *N, among app.Choices[N], word *string) {
	if word != nil {
		*to = chosen(among, *word)
	}
}

func setList(to *[]string, list []string) {
	if list != nil {
		*to = list
	}
}

func readGoals(words []string) (goals kith.Goals, err error) {
	for _, w := range words {
		g, ok := kith.ParseGoal(w)
		if !ok {
			return 0, &kith.Error{Kind: kith.Invalid, Field: "goals", Msg: kith.CleanLine(w) + " is no goal; choose from G1 to G18"}
		}
		goals |= kith.GoalSet(g)
	}
	return goals, nil
}

func readRules(r *client.Rules) (out kith.Rules) {
	out.OwnCountry = kith.CountryRule{Value: r.OwnCountry.Value, When: chosen(app.ModeChoices, r.OwnCountry.When)}
	out.MinMutual = kith.MutualRule{Value: r.MinMutual.Value, When: chosen(app.ModeChoices, r.MinMutual.When)}
	out.PhotoRequired.When = chosen(app.ModeChoices, r.PhotoRequired)
	out.NoteRequired.When = chosen(app.ModeChoices, r.NoteRequired)
	out.KnownOnly.When = chosen(app.ModeChoices, r.KnownOnly)
	return out
}
