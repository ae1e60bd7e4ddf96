package app

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
)

// The words settings are made of; package store documents them.
type (
	// Settings are how a member wants things; the zero Settings are the default.
	Settings = store.Setting
	// Wishes is what the judgement reads of a member beside goals, stance and
	// profile.
	Wishes = store.Wishes
	// Invites says who may invite a member.
	Invites = store.Invites
	// Shows says who sees a member's connections.
	Shows = store.Shows
	// Digest says how often a member's news come by mail.
	Digest = store.Digest
	// MailSet is a set of what mails are about.
	MailSet = store.MailSet
)

// Who may invite a member.
const (
	FromEveryone = store.FromEveryone
	FromMail     = store.FromMail
	FromMutual   = store.FromMutual
	FromNobody   = store.FromNobody
)

const (
	// maxNotNow is how far ahead "not now" may reach.
	maxNotNow = 366 * kith.Day
	// maxLeastMutual is the most a rule may ask of mutual connections.
	maxLeastMutual = 500
)

// Settings gives the actor's own settings.
func (a *App) Settings(ctx context.Context, who Actor) (s Settings, err error) {
	if err := who.may(ScopeRead); err != nil {
		return s, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		s, err = tx.Setting(who.ID)
		return err
	})
	return s, err
}

// ChangeSettings lets change work on the actor's settings and keeps what it
// leaves, cleaned; it gives the settings as they are then. Two changes at once
// come one after the other. change may be called more than once; its error ends
// the whole.
func (a *App) ChangeSettings(ctx context.Context, who Actor, change func(*Settings) error) (s Settings, err error) {
	if err := who.may(ScopeProfile); err != nil {
		return s, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if s, err = tx.LockSetting(who.ID); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if !s.NotNowUntil.After(now) {
			s.NotNowUntil = time.Time{} // it is over
		}
		before, err := judgedBy(&s)
		if err != nil {
			return err
		}
		if err := change(&s); err != nil {
			return err
		}
		if err := checkSettings(&s, now); err != nil {
			return err
		}
		s.ChangedAt = now
		if err := tx.SetSetting(who.ID, &s); err != nil {
			return err
		}
		if err := tx.Tell(&store.Event{Owner: who.ID, Kind: kindSettingsChanged}); err != nil {
			return err
		}
		if after, err := judgedBy(&s); err != nil || after == before {
			return err
		}
		return a.rejudgeAll(tx, who.ID)
	})
	return s, err
}

// judgedBy is equal for settings by which all is judged alike. Who shows their
// connections to nobody is judged without those in common.
func judgedBy(s *Settings) (string, error) {
	data, err := json.Marshal([]any{s.Goals, s.Stance, s.Wishes, s.Shows})
	return string(data), err
}

// checkSettings cleans settings and refuses what makes no sense.
func checkSettings(s *Settings, now time.Time) error {
	var f form
	f.among("goals", s.Goals >= 1<<len(kith.AllGoals()))
	f.among("stance", s.Stance > kith.OnlyKnown)
	f.among("invites", s.Invites > store.FromNobody)
	f.among("shows", s.Shows > store.ToNobody)
	f.among("digest", s.Digest > store.Never)
	f.among("unmailed", s.Unmailed&^store.AllMail != 0)
	if until := s.NotNowUntil; f.err == nil && !until.IsZero() && (!until.After(now) || until.After(now.Add(maxNotNow))) {
		f.err = invalid("not_now_until", "choose a day to come, within a year")
	}
	s.NotNowUntil = s.NotNowUntil.UTC().Truncate(time.Microsecond)
	w := &s.Wishes
	f.rules("rules", &w.Rules)
	f.list("areas", &w.Areas, maxEntries)
	f.list("topics", &w.Topics, maxEntries)
	f.list("clients", &w.Clients, maxEntries)
	f.list("competitors", &w.Competitors, maxEntries)
	f.list("admires", &w.Admires, maxEntries)
	f.among("policy.stance", s.Policy.Stance > kith.OnlyKnown)
	f.rules("policy.rules", &s.Policy.Rules)
	f.text("policy.asks", &s.Policy.Asks, noteLimit)
	return f.err
}

// among refuses a value that is none of its list.
func (f *form) among(field string, outside bool) {
	if f.err == nil && outside {
		f.err = invalid(field, "there is no such choice")
	}
}

// countryCode is what ISO 3166 calls a country in short.
var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

// rules reads a member's rules; a country is kept as its code.
func (f *form) rules(field string, r *kith.Rules) {
	for _, mode := range []kith.RuleMode{r.OwnCountry.When, r.PhotoRequired.When, r.NoteRequired.When, r.MinMutual.When, r.KnownOnly.When} {
		f.among(field, mode > kith.Always)
	}
	country := &r.OwnCountry
	f.line(field+".own-country.value", &country.Value, lineLimit)
	if country.Value != "" {
		code := strings.ToUpper(country.Value)
		if !countryCode.MatchString(code) {
			code = gather.Country(country.Value)
		}
		if f.err == nil && code == "" {
			f.err = invalid(field+".own-country.value", "there is no such country; write its name or its two letters")
		}
		country.Value = code
	}
	if f.err == nil && country.When != kith.RuleOff && country.Value == "" {
		f.err = invalid(field+".own-country.value", "say which country is yours")
	}
	if n := r.MinMutual.Value; f.err == nil && (n < 0 || n > maxLeastMutual) {
		f.err = invalid(field+".min-mutual.value", fmt.Sprintf("ask for 0 to %d connections in common", maxLeastMutual))
	}
}

// judgeMember gives a member as the judgement reads them: what they want, and
// their own profile as observed facts.
func (a *App) judgeMember(tx *store.Tx, m kith.MemberID) (kith.Member, error) {
	s, err := tx.Setting(m)
	if err != nil {
		return kith.Member{}, err
	}
	profile, err := a.personFacts(tx, m, m)
	w := &s.Wishes
	return kith.Member{
		Goals: s.Goals, Stance: s.Stance, Rules: w.Rules, Profile: profile, Areas: w.Areas, Topics: w.Topics,
		Clients: w.Clients, Competitors: w.Competitors, Admires: w.Admires, WorryCompetitors: w.WorryCompetitors,
	}, err
}

// publishedPolicy gives what a member tells people who want to invite them; ok
// is false if they publish nothing.
func publishedPolicy(s *Settings) (p kith.Policy, ok bool) {
	if !s.Publishes {
		return kith.Policy{}, false
	}
	return s.Policy, true
}

// The refusals of mayInvite: what the recipient publishes, in one sentence, the
// same for everybody in the same openly known situation.
var (
	errFromNobody = conflict("they take no invitations; wait until they invite you")
	errFromMutual = conflict("they take invitations only from people they have a connection in common with; get to know one first")
	// errFromMail lets pass whoever gives the recipient's address with the
	// invitation; a wrong one gets the same answer as none.
	errFromMail = conflict("they take invitations only from people who know their e-mail address; give it with the invitation")
)

// errNotNow says until when a recipient takes no invitations. The day is named
// without its hour, so the sender is sent to the day after.
func errNotNow(until time.Time) error {
	return conflict("they take no invitations until " + until.Format("2 January 2006") + "; send yours after that day")
}

// mayInvite refuses an invitation its recipient has said openly they do not
// want. Somebody who blocks the sender is not there (pair.ErrNoAccount). Where
// only people who know the address may invite, the answer is errFromMail: the
// caller has the address that was given, and lets a right one pass. Whoever
// invites somebody whose own invitation is open accepts it, and may.
func (a *App) mayInvite(tx *store.Tx, from, to kith.MemberID) error {
	m, err := a.meet(tx, from, to)
	if err != nil || m.sight.Connected || m.received != "" {
		return err
	}
	s, err := tx.Setting(to)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	switch {
	case s.NotNowUntil.After(now):
		return errNotNow(s.NotNowUntil)
	case s.Invites == store.FromNobody:
		return errFromNobody
	case s.Invites == store.FromMail:
		return errFromMail
	case s.Invites == store.FromMutual:
		common, err := tx.MutualCounts(from, []kith.MemberID{to})
		if err == nil && common[to] == 0 {
			err = errFromMutual
		}
		return err
	}
	return nil
}
