package web

import (
	"context"
	"strings"
	"time"

	"kith"
	"kith/internal/app"
)

// listLine is a sentence about a list: the one for none, or one with its words.
func listLine(key string, kept, typed []string) line {
	l := line{Key: key, Text: "settings." + key + ".some", Args: []any{strings.Join(kept, ", ")}, Form: wordsForm(key, strings.Join(typed, ", "))}
	if len(kept) == 0 {
		l.Text = "settings." + key + ".none"
	}
	return l
}

// wantsLines say what the network is for.
func wantsLines(ctx context.Context, kept, typed *app.Settings) []line {
	goals := line{Key: "goals", Text: "settings.goals.none", Way: "/goals"}
	if list := kept.Goals.List(); len(list) > 0 {
		goals.Text, goals.Args = "settings.goals.one", []any{say(ctx, "goal."+list[0].String()+".wish")}
		if len(list) > 1 {
			goals.Text, goals.Args = "settings.goals.more", append(goals.Args, count(ctx, "settings.others", len(list)-1))
		}
	}
	stance := kept.Stance
	if stance == kith.StanceUnset {
		stance, _ = kith.DefaultStance(kept.Goals)
	}
	k, t := &kept.Wishes, &typed.Wishes
	competitors := listLine("competitors", k.Competitors, t.Competitors)
	competitors.Form = competitorsForm(strings.Join(t.Competitors, ", "), t.WorryCompetitors)
	if k.WorryCompetitors && len(k.Competitors) > 0 {
		competitors.Text = "settings.competitors.worry"
	}
	return []line{
		goals,
		{Key: "stance", Text: "settings.stance." + stance.String(), Way: "/goals"},
		listLine("areas", k.Areas, t.Areas), listLine("topics", k.Topics, t.Topics), listLine("clients", k.Clients, t.Clients),
		competitors, listLine("admires", k.Admires, t.Admires),
	}
}

// ruleLines say which rules decide before anything is weighed.
func ruleLines(kept, typed *kith.Rules) []line {
	rule := func(key string, when kith.RuleMode, form ruleField, args ...any) line {
		form.Key = key
		return line{Key: key, Text: "settings." + key + "." + app.ModeChoices.Word(when), Args: args, Form: ruleForm(form)}
	}
	return []line{
		rule("known", kept.KnownOnly.When, ruleField{When: typed.KnownOnly.When}),
		rule("note", kept.NoteRequired.When, ruleField{When: typed.NoteRequired.When}),
		rule("photo", kept.PhotoRequired.When, ruleField{When: typed.PhotoRequired.When}),
		rule("mutual", kept.MinMutual.When, leastField(&typed.MinMutual), kept.MinMutual.Value),
		rule("country", kept.OwnCountry.When, ruleField{When: typed.OwnCountry.When, Valued: "text", Value: typed.OwnCountry.Value}, kept.OwnCountry.Value),
	}
}

// ruleField is a rule as a form shows it; Valued is the kind of its value, if it
// has one.
type ruleField struct {
	Key, Valued, Value string
	When               kith.RuleMode
}

func leastField(r *kith.MutualRule) ruleField {
	return ruleField{When: r.When, Valued: "number", Value: number(r.Value)}
}

// policyFields are the rules a policy may publish.
func policyFields(r *kith.Rules) []ruleField {
	least := leastField(&r.MinMutual)
	least.Key = "mutual"
	return []ruleField{
		{Key: "known", When: r.KnownOnly.When}, {Key: "note", When: r.NoteRequired.When}, {Key: "photo", When: r.PhotoRequired.When}, least,
		{Key: "country", When: r.OwnCountry.When, Valued: "text", Value: r.OwnCountry.Value},
	}
}

// choices offers the values of a setting, of which one holds.
func choices[N ~uint8](key string, among app.Choices[N], now N) line {
	return oneOf(key, among.Words(), among.Word(now))
}

// oneOf offers words, of which one holds.
func oneOf(key string, among []string, now string) line {
	return line{Key: key, Text: "settings." + key + "." + now, Form: choiceForm(key, among, now)}
}

// silentWords say what happens to a connection that was accepted to see.
var silentWords = []string{"ask", "part"}

// letterLines say who may write, and what they are told.
func letterLines(ctx context.Context, kept, typed *app.Settings, now time.Time) []line {
	silent := "ask"
	if kept.RemoveSilent {
		silent = "part"
	}
	notNow := line{Key: "not-now", Text: "settings.not-now.off", Form: notNowForm(typed.NotNowUntil, now)}
	if kept.NotNowUntil.After(now) {
		notNow.Text, notNow.Args = "settings.not-now.until", []any{day(ctx, kept.NotNowUntil, now)}
	}
	policy := line{Key: "policy", Text: "settings.policy.off", Form: policyForm(typed)}
	if kept.Publishes {
		policy.Text = "settings.policy.on"
	}
	return []line{choices("invites", app.InvitesChoices, kept.Invites), notNow, policy, oneOf("silent", silentWords, silent)}
}

// seenLines say what others see.
func seenLines(kept *app.Settings) []line {
	return []line{
		{Key: "profile", Text: "settings.profile", Way: "/profile"},
		choices("shows", app.ShowsChoices, kept.Shows),
		{Key: "blocked", Text: "settings.blocked", Way: "/people/blocked"},
		{Key: "looks", Text: "settings.looks", Way: "/settings/looks"},
	}
}

// mailLines say what comes by mail.
func mailLines(ctx context.Context, kept *app.Settings, box *app.Mailbox) []line {
	mails := line{Key: "mails", Text: "settings.mails.none", Form: mailsForm(kept.Unmailed)}
	var about []string
	for _, word := range app.Mailed(kept.Unmailed) {
		about = append(about, say(ctx, "settings.mail."+word))
	}
	switch {
	case kept.Unmailed == 0:
		mails.Text = "settings.mails.all"
	case len(about) > 0:
		mails.Text, mails.Args = "settings.mails.some", []any{strings.Join(about, ", ")}
	}
	lines := []line{choices("digest", app.DigestChoices, kept.Digest), mails}
	if box.Refused {
		lines = append(lines, line{Key: "mailbox", Text: "settings.mailbox", Args: []any{box.Address}, Form: doForm("mailbox")})
	}
	return lines
}

// accountLines are the ways in, and who else has one.
func (s *site) accountLines(q *request, box *app.Mailbox) []line {
	lines := []line{
		{Key: "email", Text: "settings.email", Args: []any{box.Address}, Form: emailForm(q.PostForm.Get("email"))},
		{Key: "password", Text: "settings.password", Form: passwordForm()},
		{Key: "passkeys", Text: "settings.passkeys", Way: "/settings/passkeys"},
		{Key: "devices", Text: "settings.devices", Way: "/settings/devices"},
		{Key: "tokens", Text: "settings.tokens", Way: "/settings/tokens"},
	}
	if s.opt.SignUp == app.SignUpByInvitation {
		lines = append(lines, line{Key: "codes", Text: "settings.codes", Way: "/settings/codes"})
	}
	if q.who.Scopes.Has(app.ScopeOperate) {
		lines = append(lines, line{Key: "members", Text: "settings.members", Way: "/settings/members"})
	}
	return lines
}

// leavingLines are what one can take along, and the ways out.
func leavingLines(erased string) []line {
	lines := []line{
		{Key: "bring", Text: "settings.bring", Way: "/bring"},
		{Key: "export", Text: "settings.export", Form: proofForm("export")},
		{Key: "leave", Text: "settings.leave", Form: proofForm("leave")},
	}
	if erased != "" {
		return append(lines, line{Key: "stay", Text: "settings.stay", Args: []any{erased}, Form: doForm("stay")})
	}
	return append(lines, line{Key: "erase", Text: "settings.erase", Form: proofForm("erase")})
}

// dateOf writes a day for a form; empty for none.
func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
