package app

import (
	"context"

	"kith"
	"kith/internal/store"
)

// console is the id of whoever works on the database itself. It is no
// member's: those are UUIDs.
const console = "console"

// Console gives the actor who works on the database file itself, on the machine
// that has it. Being able to do so is being the operator; everything the
// console does to an account is written down for its owner all the same.
func (a *App) Console() Actor {
	return Actor{ID: console, Role: Operator, Scopes: AllScopes(Operator), Credential: console}
}

func (who Actor) console() bool { return who.Credential == console }

var errConsole = &kith.Error{Kind: kith.Denied, Msg: "this is done on the console only; use kith admin"}

// As lets the console act in a member's place: make a token for them, for
// instance. Its owner sees that it did.
func (a *App) As(ctx context.Context, who Actor, id kith.MemberID) (as Actor, err error) {
	if !who.console() {
		return as, errConsole
	}
	err = a.operate(ctx, who, id, "your account and acted in your place", func(_ *store.Tx, m *store.Member) error {
		if m.State != store.Active {
			return conflict("this account is not in use; it is " + m.State.String())
		}
		as = Actor{ID: m.ID, Role: m.Role, Scopes: AllScopes(m.Role), Credential: console}
		return nil
	})
	return as, err
}

// ResetSecret gives the console the secret of a link by which a member resets
// their password, for when mail does not reach them. It works for an hour, and
// ends all their credentials when it is used.
func (a *App) ResetSecret(ctx context.Context, who Actor, id kith.MemberID) (secret string, err error) {
	if !who.console() {
		return "", errConsole
	}
	secret = newSecret()
	return secret, a.operate(ctx, who, id, "your account and made a link to reset its password", func(tx *store.Tx, m *store.Member) error {
		if m.Barred {
			return conflict("an operator closed this account; open it again first")
		}
		return a.ticket(tx, m, store.ToReset, secret, ResetFor)
	})
}
