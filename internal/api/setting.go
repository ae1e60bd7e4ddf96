package api

import (
	"context"
	"strings"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// The words of the wire, by their numbers.
var (
	stanceWords  = []string{"from-goals", "open", "balanced", "selective", "only-known"}
	modeWords    = []string{"off", "may", "always"}
	invitesWords = []string{"everyone", "mail", "mutual", "nobody"}
	showsWords   = []string{"connections", "members", "nobody"}
	digestWords  = []string{"weekly", "daily", "never"}
	mailWords    = []string{"invitations", "answers", "messages", "follow-ups"}
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
		Goals: wireGoals(s.Goals), Stance: stanceWords[s.Stance], Rules: wireRules(&w.Rules),
		Areas: some(w.Areas), Topics: some(w.Topics), Clients: some(w.Clients), Competitors: some(w.Competitors), Admires: some(w.Admires),
		WorryCompetitors: w.WorryCompetitors, Invites: invitesWords[s.Invites], NotNowUntil: s.NotNowUntil,
		ShowsConnections: showsWords[s.Shows], Publishes: s.Publishes, Policy: wirePolicy(&s.Policy),
		RemoveSilent: s.RemoveSilent, Digest: digestWords[s.Digest], Mails: wireMails(s.Unmailed),
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
		OwnCountry:    client.CountryRule{Value: r.OwnCountry.Value, When: modeWords[r.OwnCountry.When]},
		PhotoRequired: modeWords[r.PhotoRequired.When],
		NoteRequired:  modeWords[r.NoteRequired.When],
		MinMutual:     client.MutualRule{Value: r.MinMutual.Value, When: modeWords[r.MinMutual.When]},
		KnownOnly:     modeWords[r.KnownOnly.When],
	}
}

func wirePolicy(p *kith.Policy) client.Policy {
	return client.Policy{Stance: stanceWords[p.Stance], Rules: wireRules(&p.Rules), Asks: p.Asks}
}

// wireMails lists what mails are wanted about.
func wireMails(unmailed app.MailSet) []string {
	out := []string{}
	for i, w := range mailWords {
		if unmailed&(1<<i) == 0 {
			out = append(out, w)
		}
	}
	return out
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
		if to.Unmailed, err = readMails(c.Mails); err != nil {
			return err
		}
	}
	setWord(&to.Stance, stanceWords, c.Stance)
	setWord(&to.Invites, invitesWords, c.Invites)
	setWord(&to.Shows, showsWords, c.ShowsConnections)
	setWord(&to.Digest, digestWords, c.Digest)
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
		to.Policy = kith.Policy{Stance: number[kith.Stance](stanceWords, c.Policy.Stance), Rules: readRules(&c.Policy.Rules), Asks: c.Policy.Asks}
	}
	return nil
}

func set[T any](to *T, v *T) {
	if v != nil {
		*to = *v
	}
}

func setWord[N ~uint8](to *N, words []string, word *string) {
	if word != nil {
		*to = number[N](words, *word)
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

func readMails(words []string) (unmailed app.MailSet, err error) {
	unmailed = 1<<len(mailWords) - 1
next:
	for _, w := range words {
		for i, known := range mailWords {
			if w == known {
				unmailed &^= 1 << i
				continue next
			}
		}
		return 0, &kith.Error{Kind: kith.Invalid, Field: "mails", Msg: kith.CleanLine(w) + " is nothing mails are about; choose from " + strings.Join(mailWords, ", ")}
	}
	return unmailed, nil
}

func readRules(r *client.Rules) (out kith.Rules) {
	out.OwnCountry = kith.CountryRule{Value: r.OwnCountry.Value, When: number[kith.RuleMode](modeWords, r.OwnCountry.When)}
	out.MinMutual = kith.MutualRule{Value: r.MinMutual.Value, When: number[kith.RuleMode](modeWords, r.MinMutual.When)}
	out.PhotoRequired.When = number[kith.RuleMode](modeWords, r.PhotoRequired)
	out.NoteRequired.When = number[kith.RuleMode](modeWords, r.NoteRequired)
	out.KnownOnly.When = number[kith.RuleMode](modeWords, r.KnownOnly)
	return out
}
