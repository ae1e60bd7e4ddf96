package app

import (
	"context"

	"kith"
	"kith/note"
)

// Greet accepts an open invitation received here, as [App.Settle] does, and
// sends its sender the first message with it; an empty greeting sends none.
func (a *App) Greet(ctx context.Context, who Actor, id kith.InvitationID, greeting string) error {
	see, err := a.seeing(ctx, who, id)
	if err != nil {
		return err
	}
	_, err = a.Accept(ctx, who, id, NoTie, see, greeting)
	return err
}

// OnlyThroughKith is what a member who met somebody nowhere else is drafted
// about them, when they are asked for an introduction (R87, R88).
func OnlyThroughKith(name string) string { return note.OnlyThroughNetwork(name, "Kith") }
