package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
)

// Face is a member as lists show them.
type Face = store.Face

// Person is a member as another may see them.
type Person struct {
	ID      kith.MemberID
	Profile Profile
	Photo   string // its hash; empty: none
	// Degree is 1 for a connection, 2 for somebody with a connection in common
	// that all three show, 3 for everybody farther and for whom it is not shown;
	// 0 is the viewer.
	Degree int
	// Mutual is the number of connections in common, unknown where one of the
	// two shows theirs to nobody; Mutuals are the first few.
	Mutual  kith.Opt[int]
	Mutuals []Face
	// Connections is how many of their connections the viewer may see, at most
	// MaxCount; unknown if they do not show them.
	Connections kith.Opt[int]
	Relation    Relation
	// What they say openly about being invited.
	Invites     Invites
	NotNowUntil time.Time
	Policy      *kith.Policy // nil: they publish none
}

// Relation is how a viewer stands with another member, as pair.View says.
type Relation struct {
	Connected bool
	Since     time.Time
	// Sent and Received are the open invitations, AgainAt is from when on the
	// next may be sent after taking one back.
	Sent, Received kith.InvitationID
	AgainAt        time.Time
	// Blocked is the viewer's own doing.
	Blocked bool
}

// familiar reports whether looking at the other is free: the viewer is connected
// with them or has their open invitation.
func (r *Relation) familiar() bool { return r.Connected || r.Received != "" }

const (
	// MaxCount is the highest number of connections shown: a bigger one says
	// only how much there is to collect.
	MaxCount = 500
	// ProfilesPerDay is how many members a member may be shown on one day (UTC)
	// whom they are neither connected with nor invited by. It is far above an
	// evening of looking people up, and far below walking through everybody: a
	// thousand take two days, a hundred thousand half a year (reliability 2.3,
	// number 2).
	ProfilesPerDay = 500
	// maxFound is how many a search by name finds.
	maxFound = 20
	// minName is how many letters it needs.
	minName = 2
	// fewFaces is how many connections in common stand on a profile.
	fewFaces = 3
)

// errLooks answers whoever was shown enough for a day.
var errLooks = &kith.Error{Kind: kith.Busy, Field: TooMany, Msg: "you have looked at as many new people today as one may; go on tomorrow"}

// errConnectionsHidden answers for a list its owner does not show to whoever
// asks.
var errConnectionsHidden = &kith.Error{Kind: kith.Denied, Msg: "they do not show you their connections"}

// Person gives a member as the actor may see them. Nobody there, an account not
// confirmed or closed, and one that blocks the actor are pair.ErrNoAccount.
func (a *App) Person(ctx context.Context, who Actor, id kith.MemberID) (p Person, err error) {
	if err := who.may(ScopeRead); err != nil {
		return p, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		p, err = a.person(tx, who.ID, id)
		return err
	})
	if err == nil && !p.Relation.familiar() {
		err = a.countLooks(ctx, who, id)
	}
	if err != nil {
		return Person{}, err
	}
	return p, nil
}

// PeopleNamed finds members whose name begins with a text, case and accents
// aside, to invite them: at most 20, in the order of names. It finds nobody by
// their address, and neither the actor nor anybody blocked on either side.
func (a *App) PeopleNamed(ctx context.Context, who Actor, name string) (found []Face, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, err
	}
	if name, err = lineLimit.read("name", name); err != nil {
		return nil, err
	}
	prefix := kith.FoldText(name)
	if len([]rune(prefix)) < minName {
		return nil, invalid("name", "write at least two letters of the name, first name first")
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		found, err = tx.FacesNamed(who.ID, prefix, maxFound)
		return err
	})
	return a.shown(ctx, who, found, err)
}

// ConnectionsOf gives another member's connections, if they show them to the
// actor, in the order of ids after one (empty: from the first), at most limit;
// next is where the list goes on, empty at its end. Left out are those who show
// theirs to nobody and anybody blocked on either side.
func (a *App) ConnectionsOf(ctx context.Context, who Actor, id, after kith.MemberID, limit int) (list []Face, next kith.MemberID, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, "", err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		if err := know(tx, who.ID, id); err != nil {
			return err
		}
		m, err := a.meet(tx, who.ID, id)
		if err != nil {
			return err
		}
		s, err := tx.Setting(id)
		if err != nil {
			return err
		}
		if !m.sees(s.Shows) {
			return errConnectionsHidden
		}
		list, err = tx.ConnectionFaces(who.ID, id, after, limit+1)
		return err
	})
	list, next = pagedFaces(list, limit)
	list, err = a.shown(ctx, who, list, err)
	return list, next, err
}

// shown counts the faces of a list as looked at, unless there was an error.
func (a *App) shown(ctx context.Context, who Actor, list []Face, err error) ([]Face, error) {
	ids := make([]kith.MemberID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	if err == nil {
		err = a.countLooks(ctx, who, ids...)
	}
	if err != nil {
		return nil, err
	}
	return list, nil
}

// countLooks counts that members are shown to the actor, and refuses when that makes
// more new ones than ProfilesPerDay. Usually nobody is new and nothing is
// written; what is written nobody is shown.
func (a *App) countLooks(ctx context.Context, who Actor, ids ...kith.MemberID) error {
	unseen := 0
	err := a.read(ctx, func(tx *store.Tx) (err error) {
		unseen, err = tx.Unseen(who.ID, ids)
		return err
	})
	if err != nil || unseen == 0 {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		today, err := tx.Look(who.ID, ids)
		if err == nil && today > ProfilesPerDay {
			err = errLooks
		}
		return err
	})
}

// person gives a member as a viewer may see them.
func (a *App) person(tx *store.Tx, viewer, id kith.MemberID) (p Person, err error) {
	if err := know(tx, viewer, id); err != nil {
		return p, err
	}
	m, err := a.meet(tx, viewer, id)
	if err != nil {
		return p, err
	}
	p.ID, p.Degree = id, 3
	p.Relation = m.relation()
	if p.Profile, err = tx.Profile(id); err != nil {
		return p, err
	}
	if p.Photo, err = tx.PhotoHash(id); err != nil {
		return p, err
	}
	s, err := tx.Setting(id)
	if err != nil {
		return p, err
	}
	now, err := tx.Now()
	if err != nil {
		return p, err
	}
	if p.Invites = s.Invites; s.NotNowUntil.After(now) {
		p.NotNowUntil = s.NotNowUntil
	}
	if policy, ok := publishedPolicy(&s); ok {
		p.Policy = &policy
	}
	if m.sees(s.Shows) {
		n, err := tx.CountConnectionFaces(viewer, id, MaxCount)
		if err != nil {
			return p, err
		}
		p.Connections = kith.Observed(n, kith.FromNetwork, time.Time{})
	}
	if m.self {
		p.Degree = 0
		return p, nil
	}
	return p, a.common(tx, viewer, &p)
}

// common fills in what a viewer and a person have in common.
func (a *App) common(tx *store.Tx, viewer kith.MemberID, p *Person) error {
	counts, err := a.mutuals(tx, viewer, []kith.MemberID{p.ID})
	if err != nil {
		return err
	}
	if n, ok := counts[p.ID]; ok {
		p.Mutual = kith.Observed(n, kith.FromNetwork, time.Time{})
		if p.Mutuals, err = tx.MutualFaces(viewer, p.ID, "", fewFaces); err != nil {
			return err
		}
	}
	switch {
	case p.Relation.Connected:
		p.Degree = 1
	case p.Mutual.Is():
		p.Degree = 2
	}
	return nil
}

// connectionCount says how many of a member's connections a viewer may see, at
// most MaxCount; ok is false if they do not show them.
func (a *App) connectionCount(tx *store.Tx, viewer, id kith.MemberID) (n int, ok bool, err error) {
	m, err := a.meet(tx, viewer, id)
	if err != nil {
		return 0, false, err
	}
	s, err := tx.Setting(id)
	if err != nil || !m.sees(s.Shows) {
		return 0, false, err
	}
	n, err = tx.CountConnectionFaces(viewer, id, MaxCount)
	return n, err == nil, err
}
