package app

import (
	"context"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// Listed is what an operator sees of an account without looking into it.
type Listed struct {
	ID        kith.MemberID
	Name      string
	State     store.MemberState
	Role      Role
	Barred    bool // closed by an operator
	CreatedAt time.Time
}

func list(m *store.Member) Listed {
	return Listed{ID: m.ID, Name: m.Name, State: m.State, Role: m.Role, Barred: m.Barred, CreatedAt: m.CreatedAt}
}

var (
	errNoMember = &kith.Error{Kind: kith.NotFound, Msg: "there is no such member; check the id or the address"}
	errOwnRole  = conflict("this is your own account; another operator changes it, or the console")
)

// Members gives the accounts of this network to an operator, newest first,
// after a place in the list.
func (a *App) Members(ctx context.Context, who Actor, after Cursor, limit int) (all []Listed, next Cursor, err error) {
	if err := who.may(ScopeOperate); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		found, err := tx.Members(after, limit+1)
		found, more := Paged(found, limit)
		all = all[:0]
		for i := range found {
			all = append(all, list(&found[i]))
		}
		if more {
			last := &found[limit-1]
			next = Cursor{At: last.CreatedAt, ID: string(last.ID)}
		}
		return err
	})
	return all, next, err
}

// FindMember gives an operator the account with an id or an address. That it
// was looked up by its address is shown to its owner.
func (a *App) FindMember(ctx context.Context, who Actor, idOrEmail string) (l Listed, err error) {
	if err := who.may(ScopeOperate); err != nil {
		return l, err
	}
	idOrEmail = kith.CleanLine(idOrEmail)
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		byMail := strings.Contains(idOrEmail, "@")
		find := func() (store.Member, bool, error) { return tx.Member(kith.MemberID(idOrEmail)) }
		if byMail {
			find = func() (store.Member, bool, error) { return tx.MemberByMail(idOrEmail) }
		}
		m, ok, err := find()
		if err != nil {
			return err
		}
		if !ok {
			return errNoMember
		}
		l = list(&m)
		if !byMail {
			return nil
		}
		return a.audit(tx, who, m.ID, "your account, by its address")
	})
	return l, err
}

// operate does something to an account as an operator, and writes down for its
// owner that it was done: what completes "An operator looked at …".
func (a *App) operate(ctx context.Context, who Actor, id kith.MemberID, what string, do func(*store.Tx, *store.Member) error) error {
	if err := who.may(ScopeOperate); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.LockMember(id)
		if err != nil {
			return err
		}
		if !ok || m.State == store.Erased {
			return errNoMember
		}
		if err := do(tx, &m); err != nil {
			return err
		}
		return a.audit(tx, who, id, what)
	})
}

// SetRole gives a member another role, from their next request on. An operator
// does not change their own: so one always remains.
func (a *App) SetRole(ctx context.Context, who Actor, id kith.MemberID, r Role) error {
	if r > Operator {
		return invalid("role", "say one of: member, moderator, operator")
	}
	return a.operate(ctx, who, id, "your account and made its role "+r.String(), func(tx *store.Tx, m *store.Member) error {
		if m.ID == who.ID {
			return errOwnRole
		}
		m.Role = r
		if err := tx.SetMember(m); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: m.ID, Kind: kindRoleChanged, Notice: true})
	})
}

// CloseMember closes a member's account, which only an operator opens again.
func (a *App) CloseMember(ctx context.Context, who Actor, id kith.MemberID) error {
	return a.operate(ctx, who, id, "your account and closed it", func(tx *store.Tx, m *store.Member) error {
		switch {
		case m.ID == who.ID:
			return errOwnRole
		case m.State == store.Unverified:
			return conflict("nobody has confirmed this account yet; it is forgotten by itself after 7 days")
		case m.State == store.Left:
			m.Barred = true
			return tx.SetMember(m)
		}
		return a.closeAccount(tx, m, true)
	})
}

// ReopenMember opens an account again that an operator closed.
func (a *App) ReopenMember(ctx context.Context, who Actor, id kith.MemberID) error {
	return a.operate(ctx, who, id, "your account and opened it again", func(tx *store.Tx, m *store.Member) error {
		if m.State != store.Left {
			return conflict("this account is open already")
		}
		return a.comeBack(tx, m)
	})
}

// SignOutMember ends every credential of a member but their password: sessions,
// tokens and links sent by mail.
func (a *App) SignOutMember(ctx context.Context, who Actor, id kith.MemberID) error {
	return a.operate(ctx, who, id, "your account and signed it out everywhere", func(tx *store.Tx, m *store.Member) error {
		if err := a.signOutElsewhere(tx, Actor{ID: m.ID}); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: m.ID, Kind: kindSignedOut, Notice: true})
	})
}

// ParseRole reads a role's word.
func ParseRole(s string) (Role, error) {
	for r := Ordinary; r <= Operator; r++ {
		if r.String() == s {
			return r, nil
		}
	}
	return 0, invalid("role", "say one of: member, moderator, operator")
}
