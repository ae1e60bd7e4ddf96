package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"kith"
	"kith/internal/store"
)

// Browsers ties sessions to browsers by a cookie. Its LoadAndSave wraps
// whatever handler signs in or looks at who is signed in; in the contexts it
// makes, Begin, End and Actor work.
type Browsers struct {
	*scs.SessionManager
	app *App
}

// The values a cookie's session holds: whose session it is, and what was found
// with it.
const (
	cookieOwner   = "owner"
	cookieSession = "session"
	cookieBearer  = "bearer"
)

// NewBrowsers gives the keeper of the cookie. Behind https (secure) the cookie
// is sent over nothing else and belongs to this host alone.
func (a *App) NewBrowsers(secure bool) *Browsers {
	cookie := scs.SessionCookie{Name: "kith", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Persist: true}
	if secure {
		cookie.Name, cookie.Secure = "__Host-kith", true
	}
	// Not scs.New: it starts a store of its own, whose sweeper never ends.
	return &Browsers{app: a, SessionManager: &scs.SessionManager{
		Lifetime: SessionLasts, Store: cookies{a}, Codec: cookieCodec{}, HashTokenInStore: true, Cookie: cookie,
		ErrorFunc: func(w http.ResponseWriter, r *http.Request, err error) {
			a.log.ErrorContext(r.Context(), "a session could not be kept", "error", err)
			http.Error(w, "something went wrong here; try again", http.StatusInternalServerError)
		},
	}}
}

// Begin gives the browser a new cookie for a session that signing in made. The
// session it had before ends.
func (b *Browsers) Begin(ctx context.Context, s *Session) error {
	if err := b.RenewToken(ctx); err != nil {
		return err
	}
	b.Remove(ctx, cookieBearer) // it is that of before
	b.Put(ctx, cookieOwner, string(s.Owner))
	b.Put(ctx, cookieSession, s.ID)
	return nil
}

// End takes the cookie back and ends the session behind it.
func (b *Browsers) End(ctx context.Context) error { return b.Destroy(ctx) }

// Actor gives who is signed in, the zero Actor if nobody is.
func (b *Browsers) Actor(ctx context.Context) (Actor, error) {
	if found := b.GetString(ctx, cookieBearer); found != "" {
		var bearer store.Bearer
		if err := json.Unmarshal([]byte(found), &bearer); err != nil {
			return Actor{}, err
		}
		return b.app.sessionActor(ctx, &bearer)
	}
	id := b.GetString(ctx, cookieSession)
	if id == "" {
		return Actor{}, nil
	}
	return b.app.SessionActor(ctx, kith.MemberID(b.GetString(ctx, cookieOwner)), id)
}

// cookieData is what scs knows of a cookie. All of it follows from the session,
// so that only the cookie's hash is kept.
type cookieData struct {
	Until  time.Time         `json:"until"`
	Values map[string]string `json:"values"`
}

// cookieCodec keeps the values of a cookie's session as JSON. They are strings.
type cookieCodec struct{}

// Encode implements scs.Codec.
func (cookieCodec) Encode(until time.Time, values map[string]any) ([]byte, error) {
	d := cookieData{until, map[string]string{}}
	for k, v := range values {
		s, ok := v.(string)
		if !ok {
			return nil, errors.New("a cookie's session holds strings only; " + k + " is none")
		}
		d.Values[k] = s
	}
	return json.Marshal(d)
}

// Decode implements scs.Codec.
func (cookieCodec) Decode(data []byte) (time.Time, map[string]any, error) {
	var d cookieData
	if err := json.Unmarshal(data, &d); err != nil {
		return time.Time{}, nil, err
	}
	values := map[string]any{}
	for k, v := range d.Values {
		values[k] = v
	}
	return d.Until, values, nil
}

// cookies is the scs.CtxStore over the sessions of the database. scs gives the
// hash of what a cookie holds, and decides nothing: how long a session lasts is
// SessionActor's to say.
type cookies struct{ app *App }

// FindCtx implements scs.CtxStore.
func (c cookies) FindCtx(ctx context.Context, token string) (data []byte, ok bool, err error) {
	var b store.Bearer
	err = c.app.db.Glance(ctx, func(tx *store.Tx) error {
		b, ok, err = tx.CookieBearer(token)
		return err
	})
	if err != nil || !ok {
		return nil, false, err
	}
	found, err := json.Marshal(b)
	if err != nil {
		return nil, false, err
	}
	data, err = json.Marshal(cookieData{b.CreatedAt.Add(SessionLasts),
		map[string]string{cookieOwner: string(b.Owner), cookieSession: b.ID, cookieBearer: string(found)}})
	return data, err == nil, err
}

// CommitCtx implements scs.CtxStore. A cookie without a session behind it is
// not kept, and neither is one whose session ended while it was made.
func (c cookies) CommitCtx(ctx context.Context, token string, data []byte, _ time.Time) error {
	var d cookieData
	if err := json.Unmarshal(data, &d); err != nil {
		return err
	}
	if d.Values[cookieSession] == "" {
		return nil
	}
	return c.app.write(ctx, func(_ context.Context, tx *store.Tx) error {
		return tx.SetCookie(kith.MemberID(d.Values[cookieOwner]), d.Values[cookieSession], token)
	})
}

// DeleteCtx implements scs.CtxStore.
func (c cookies) DeleteCtx(ctx context.Context, token string) error {
	return c.app.write(ctx, func(_ context.Context, tx *store.Tx) error { return tx.DropCookie(token) })
}

// Find implements scs.Store, which scs asks for beside CtxStore.
func (c cookies) Find(token string) ([]byte, bool, error) {
	return c.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (c cookies) Commit(token string, data []byte, until time.Time) error {
	return c.CommitCtx(context.Background(), token, data, until)
}

// Delete implements scs.Store.
func (c cookies) Delete(token string) error { return c.DeleteCtx(context.Background(), token) }
