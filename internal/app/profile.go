package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// Profile is what a member shows of themselves.
type Profile = store.Profile

// The events of a member's own changes.
const (
	kindProfileChanged  = "profile-changed"  // profile or photo
	kindSettingsChanged = "settings-changed" // goals, stance, rules, …
)

// The limits of a profile: what LinkedIn's form takes, so that nobody has to
// shorten what they bring, rounded, and lists as long as one would read.
var (
	nameLimit     = textLimit{100, 400}
	headlineLimit = textLimit{220, 880}
	summaryLimit  = textLimit{2600, 10 << 10}
	lineLimit     = textLimit{150, 600} // titles, names of organisations, places, entries of lists
	aboutLimit    = textLimit{2000, 8 << 10}
)

// How many entries the lists of a profile may have.
const (
	maxPositions = 50
	maxEducation = 20
	maxEntries   = 100 // of skills, groups, …
	maxLinks     = 10
)

// Profile gives the actor's own profile.
func (a *App) Profile(ctx context.Context, who Actor) (p Profile, err error) {
	if err := who.may(ScopeRead); err != nil {
		return p, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		p, err = tx.Profile(who.ID)
		return err
	})
	return p, err
}

// SetProfile puts a profile in place of the actor's own and gives it as it is
// kept: text cleaned, empty and repeated entries of lists left out. An error of
// kind Invalid names the field.
func (a *App) SetProfile(ctx context.Context, who Actor, p Profile) (Profile, error) {
	return a.ChangeProfile(ctx, who, func(own *Profile) error {
		*own = p
		return nil
	})
}

// ChangeProfile lets change work on the actor's profile and keeps what it
// leaves; see SetProfile. Two changes at once come one after the other. change
// may be called more than once; its error ends the whole.
func (a *App) ChangeProfile(ctx context.Context, who Actor, change func(*Profile) error) (p Profile, err error) {
	if err := who.may(ScopeProfile); err != nil {
		return p, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if _, _, err := tx.LockMember(who.ID); err != nil {
			return err
		}
		if p, err = tx.Profile(who.ID); err != nil {
			return err
		}
		was, err := shownBy(&p)
		if err != nil {
			return err
		}
		if err := change(&p); err != nil {
			return err
		}
		if err := checkProfile(&p); err != nil {
			return err
		}
		if p.ChangedAt, err = tx.Now(); err != nil {
			return err
		}
		if err := tx.SetProfile(who.ID, &p); err != nil {
			return err
		}
		if err := tx.Tell(&store.Event{Owner: who.ID, Kind: kindProfileChanged}); err != nil {
			return err
		}
		if is, err := shownBy(&p); err != nil || is == was {
			return err
		}
		return a.rejudgeAll(tx, who.ID)
	})
	return p, err
}

// shownBy is equal for profiles that say the same.
func shownBy(p *Profile) (string, error) {
	data, err := json.Marshal([]any{p.Name, p.Headline, p.Location, p})
	return string(data), err
}

// checkProfile cleans a profile and refuses what is too long or no date, link
// or name.
func checkProfile(p *Profile) error {
	var f form
	f.line("name", &p.Name, nameLimit)
	if f.err == nil && kith.FoldText(p.Name) == "" {
		f.err = invalid("name", "write the name people know you by")
	}
	f.line("headline", &p.Headline, headlineLimit)
	f.text("summary", &p.Summary, summaryLimit)
	f.line("location", &p.Location, lineLimit)
	f.line("industry", &p.Industry, lineLimit)
	f.size("positions", len(p.Positions), maxPositions)
	f.size("education", len(p.Education), maxEducation)
	p.Positions, p.Education = slices.Clone(p.Positions), slices.Clone(p.Education)
	for i := range p.Positions {
		f.position(fmt.Sprintf("positions[%d]", i), &p.Positions[i])
	}
	for i := range p.Education {
		f.education(fmt.Sprintf("education[%d]", i), &p.Education[i])
	}
	f.list("volunteering", &p.Volunteering, maxEntries)
	f.list("groups", &p.Groups, maxEntries)
	f.list("skills", &p.Skills, maxEntries)
	f.list("topics", &p.Topics, maxEntries)
	f.list("languages", &p.Languages, maxEntries)
	f.list("links", &p.Links, maxLinks)
	for i, link := range p.Links {
		f.link(fmt.Sprintf("links[%d]", i), link)
	}
	return f.err
}

// form reads what a member filled in and keeps the first thing wrong with it.
type form struct{ err error }

// text cleans a text of several lines.
func (f *form) text(field string, s *string, l textLimit) {
	if f.err == nil {
		*s, f.err = l.read(field, *s)
	}
}

// line cleans a text of one line.
func (f *form) line(field string, s *string, l textLimit) {
	f.text(field, s, l)
	*s = kith.CleanLine(*s)
}

// size refuses a list that is too long.
func (f *form) size(field string, n, most int) {
	if f.err == nil && n > most {
		f.err = invalid(field, fmt.Sprintf("at most %d entries; this has %d", most, n))
	}
}

// list cleans a list of lines and leaves out what is empty or said before.
func (f *form) list(field string, list *[]string, most int) {
	f.size(field, len(*list), most)
	var out []string
	said := map[string]bool{}
	for i, s := range *list {
		f.line(fmt.Sprintf("%s[%d]", field, i), &s, lineLimit)
		if key := strings.ToLower(s); s != "" && !said[key] {
			said[key] = true
			out = append(out, s)
		}
	}
	*list = out
}

func (f *form) position(field string, p *kith.Position) {
	f.line(field+".title", &p.Title, lineLimit)
	f.line(field+".organisation", &p.Organisation, lineLimit)
	f.text(field+".description", &p.Description, aboutLimit)
	f.span(field, p.From, p.To)
	if f.err == nil && p.Title == "" && p.Organisation == "" {
		f.err = invalid(field, "say what you are or where")
	}
}

func (f *form) education(field string, e *kith.Education) {
	f.line(field+".school", &e.School, lineLimit)
	f.line(field+".degree", &e.Degree, lineLimit)
	f.span(field, e.From, e.To)
	if f.err == nil && e.School == "" {
		f.err = invalid(field+".school", "say which school")
	}
}

// partDate is a year or a month of one.
var partDate = regexp.MustCompile(`^(19|20)\d\d(-(0[1-9]|1[0-2]))?$`)

// span reads a beginning and an end; either may be empty.
func (f *form) span(field, from, to string) {
	for _, d := range []struct{ name, value string }{{".from", from}, {".to", to}} {
		if f.err == nil && d.value != "" && !partDate.MatchString(d.value) {
			f.err = invalid(field+d.name, "write a year or a month: 2019 or 2019-05")
		}
	}
	if n := min(len(from), len(to)); f.err == nil && to[:n] < from[:n] {
		f.err = invalid(field+".to", "this ends before it begins")
	}
}

// link refuses what a browser would not open as a page: other schemes could run
// or fetch something.
func (f *form) link(field, s string) {
	u, err := url.Parse(s)
	if f.err == nil && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil) {
		f.err = invalid(field, "write a link that begins with https://")
	}
}

// profileFacts gives what a member's profile shows everybody who may see it, as
// observed facts: raw only, package gather concludes. What they left empty is
// observed absent.
//
// Verified stays unknown: an address that was confirmed may be anybody's at any
// provider, and the fact speaks of a work address or an identity. How many
// connections somebody has depends on who looks: see personFacts.
func (a *App) profileFacts(tx *store.Tx, m kith.MemberID) (f kith.PersonFacts, err error) {
	now, err := tx.Now()
	if err != nil {
		return f, err
	}
	shows, ok, err := sheetOf(tx, m)
	if err != nil || !ok {
		return f, err // nobody: nothing is known
	}
	return shows.facts(now), nil
}

// sheet is what a member shows, as it is kept.
type sheet struct {
	account store.Member
	profile Profile
	photo   string // its hash; empty: none
}

// sheetOf reads what a member shows; ok is false if there is none.
func sheetOf(tx *store.Tx, m kith.MemberID) (s sheet, ok bool, err error) {
	if s.account, ok, err = tx.Member(m); err != nil || !ok {
		return s, ok, err
	}
	if s.profile, err = tx.Profile(m); err != nil {
		return s, false, err
	}
	s.photo, err = tx.PhotoHash(m)
	return s, err == nil, err
}

// facts gives what a sheet says, as seen at a time.
func (s *sheet) facts(now time.Time) kith.PersonFacts {
	f := factsOf(&s.profile, now)
	f.Photo = kith.Observed(kith.PhotoNone, kith.FromNetwork, now)
	if s.photo != "" {
		f.Photo = kith.Observed(kith.PhotoPresent, kith.FromNetwork, now)
	}
	f.AccountDays = kith.Observed(int(now.Sub(s.account.CreatedAt)/kith.Day), kith.FromNetwork, now)
	return f
}

// factsOf gives what a profile says, as seen at a time.
func factsOf(p *Profile, now time.Time) kith.PersonFacts {
	line := func(s string) kith.Opt[string] { return kith.Observed(s, kith.FromNetwork, now) }
	list := func(s []string) kith.Opt[[]string] { return kith.ObservedList(s, kith.FromNetwork, now) }
	return kith.PersonFacts{
		Name: line(p.Name), Headline: line(p.Headline), Summary: line(p.Summary), Location: line(p.Location), Industry: line(p.Industry),
		Positions: kith.ObservedList(p.Positions, kith.FromNetwork, now), Education: kith.ObservedList(p.Education, kith.FromNetwork, now),
		Volunteering: list(p.Volunteering), Groups: list(p.Groups), Skills: list(p.Skills), Topics: list(p.Topics),
	}
}

// personFacts is profileFacts with the number of connections, as far as a
// viewer may see them; theirs being hidden says nothing.
func (a *App) personFacts(tx *store.Tx, viewer, m kith.MemberID) (kith.PersonFacts, error) {
	f, err := a.profileFacts(tx, m)
	if err != nil {
		return f, err
	}
	return f, a.countFact(tx, &f, viewer, m)
}

// countFact adds the number of connections a viewer may see.
func (a *App) countFact(tx *store.Tx, f *kith.PersonFacts, viewer, m kith.MemberID) error {
	n, ok, err := a.connectionCount(tx, viewer, m)
	if err != nil || !ok {
		return err
	}
	now, err := tx.Now()
	f.Connections = kith.Observed(n, kith.FromNetwork, now)
	return err
}
