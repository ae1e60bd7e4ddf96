package app

import (
	"context"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// Session is one browser that is signed in.
type Session = store.Session

const (
	// SessionIdle is how long a session lasts without being used, in whole days:
	// what counts is the day it was last seen.
	SessionIdle = 14 * kith.Day
	// SessionLasts is how long a session lasts however often it is used.
	SessionLasts = 90 * kith.Day
)

var errNoSession = &kith.Error{Kind: kith.NotFound, Msg: "there is no such session; it may have ended already"}

// sweepCredentials is the chore that forgets credentials whose time is over.
func sweepCredentials(tx *store.Tx, now time.Time) error {
	return tx.SweepCredentials(now.Add(-SessionLasts), now.Add(-SessionIdle))
}

// SessionActor gives who a session stands for, with what they may do as things
// are now. The zero Actor answers one that has ended.
func (a *App) SessionActor(ctx context.Context, owner kith.MemberID, id string) (Actor, error) {
	var b store.Bearer
	var ok bool
	err := a.db.Glance(ctx, func(tx *store.Tx) (err error) {
		b, ok, err = tx.SessionBearer(owner, id)
		return err
	})
	if err != nil || !ok {
		return Actor{}, err
	}
	return a.sessionActor(ctx, &b)
}

// sessionActor is SessionActor for a session that was just found.
func (a *App) sessionActor(ctx context.Context, b *store.Bearer) (_ Actor, err error) {
	now := a.now()
	if b.State != store.Active || now.Sub(b.CreatedAt) >= SessionLasts || now.Sub(b.UsedAt) >= SessionIdle {
		return Actor{}, nil
	}
	if day := now.Truncate(kith.Day); b.UsedAt.Before(day) {
		err = a.write(ctx, func(_ context.Context, tx *store.Tx) error { return tx.TouchSession(b.Owner, b.ID, day) })
	}
	return Actor{ID: b.Owner, Role: b.Role, Scopes: AllScopes(b.Role), Credential: b.ID}, err
}

// Sessions gives the actor's sessions, newest first.
func (a *App) Sessions(ctx context.Context, who Actor) (all []Session, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		all, err = tx.Sessions(who.ID)
		return err
	})
	return all, err
}

// EndSession signs one of the actor's browsers out.
func (a *App) EndSession(ctx context.Context, who Actor, id string) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		ok, err := tx.DropSession(who.ID, id)
		if err == nil && !ok {
			err = errNoSession
		}
		return err
	})
}

// EndOtherSessions signs all browsers of the actor out but the one they use.
func (a *App) EndOtherSessions(ctx context.Context, who Actor) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error { return tx.DropOtherSessions(who.ID, who.Credential) })
}

// SignOut ends the session the actor came with.
func (a *App) SignOut(ctx context.Context, who Actor) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		_, err := tx.DropSession(who.ID, who.Credential)
		return err
	})
}

// stillIn gives the actor's account, locked, and refuses them if what they came
// with, or the account, has ended since.
func (a *App) stillIn(tx *store.Tx, who Actor) (store.Member, error) {
	m, ok, err := tx.LockMember(who.ID)
	if err != nil {
		return m, err
	}
	if !ok || m.State != store.Active {
		return m, errSignIn
	}
	if who.console() {
		return m, nil
	}
	_, ok, err = tx.Session(who.ID, who.Credential)
	if err == nil && !ok {
		err = errSignIn
	}
	return m, err
}

// browserWords and systemWords name families of browsers and systems by what
// stands in a User-Agent; the first that does counts, as many call themselves
// by the names of others too.
var (
	browserWords = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"Chrome/", "Chrome"}, {"CriOS/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}, {"Go-http-client/", "a program"}}
	systemWords = [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}}
)

// device says what kind of browser a User-Agent is, and no more.
func device(agent string) string {
	family := func(words [][2]string) string {
		for _, w := range words {
			if strings.Contains(agent, w[0]) {
				return w[1]
			}
		}
		return ""
	}
	browser, system := family(browserWords), family(systemWords)
	if browser == "" {
		browser = "a browser"
	}
	if system == "" {
		return browser
	}
	return browser + " on " + system
}
