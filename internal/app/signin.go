package app

import (
	"context"

	"kith"
	"kith/internal/store"
)

// Visit is where a request comes from.
type Visit struct {
	// Agent is what the browser calls itself (User-Agent); only its family is
	// kept.
	Agent string
	// Caller is its address. It counts tries and is not kept.
	Caller string
}

// errWrong answers whoever cannot sign in, whatever the reason.
var errWrong = &kith.Error{Kind: kith.SignIn, Msg: "the address or the password is wrong, or the address is not confirmed yet; try again, or reset the password"}

// SignIn signs a member in with their password. A wrong password, an unknown
// address, one that is not confirmed and an account that does not come back get
// the same answer after the same time. An account its owner closed less than 30
// days ago is opened again. The session works once a browser has its cookie:
// [Browsers.Begin].
func (a *App) SignIn(ctx context.Context, email, password string, v Visit) (s Session, err error) {
	key, _ := kith.FoldEmail(email)
	succeeded, err := a.doors.try(key, v.Caller)
	if err != nil {
		return s, err
	}
	var found store.Member
	var kept store.Password
	err = a.read(ctx, func(tx *store.Tx) (err error) {
		if found, _, err = tx.MemberByMail(key); err == nil {
			kept, _, err = tx.Password(found.ID)
		}
		return err
	})
	if err != nil {
		return s, err
	}
	ok, err := a.matches(ctx, kept.PHC, password)
	if err != nil {
		return s, err
	}
	if !ok {
		return s, errWrong
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		// The password may have been changed while it was compared.
		now, _, err := tx.Password(found.ID)
		if err != nil {
			return err
		}
		if now.PHC != kept.PHC {
			return errWrong
		}
		s, err = a.enter(tx, found.ID, v)
		return err
	})
	if err == nil {
		succeeded()
	}
	return s, err
}

// enter begins a session of somebody who has shown who they are.
func (a *App) enter(tx *store.Tx, id kith.MemberID, v Visit) (s Session, err error) {
	m, ok, err := tx.LockMember(id)
	if err != nil {
		return s, err
	}
	now, err := tx.Now()
	if err != nil {
		return s, err
	}
	switch {
	case ok && m.State == store.Active:
	case ok && m.State == store.Left && !m.Barred && now.Before(m.LeftAt.Add(ReturnWithin)):
		if err := a.comeBack(tx, &m); err != nil {
			return s, err
		}
	default:
		return s, errWrong
	}
	if err := tx.DropStaleSessions(m.ID, now.Add(-SessionLasts), now.Add(-SessionIdle)); err != nil {
		return s, err
	}
	s = Session{Owner: m.ID, ID: tx.NewID(), Device: device(v.Agent), CreatedAt: now, SeenAt: now.Truncate(kith.Day)}
	if err := a.greetDevice(tx, &s); err != nil {
		return s, err
	}
	return s, tx.AddSession(&s)
}

// greetDevice tells a member that a kind of browser they have no session with
// has signed in, unless it is the only one.
func (a *App) greetDevice(tx *store.Tx, s *Session) error {
	others, err := tx.Sessions(s.Owner)
	if err != nil || len(others) == 0 {
		return err
	}
	for _, o := range others {
		if o.Device == s.Device {
			return nil
		}
	}
	return a.notify(tx, s.Owner, kindNewSignIn, map[string]string{"device": s.Device})
}
