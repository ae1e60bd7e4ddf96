package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kith/internal/app"
)

func eraseCommand() *cobra.Command {
	var f namedMember
	now := false
	c := &cobra.Command{
		Use:   "erase --member EMAIL --now",
		Short: "Erase a member's account and everything in it, at once",
		Long: `Removes everything of and about a member from the database: profile, photo,
invitations, messages, imports, what was decided about them. Only an id without
anything stays, and a hash in the safety journal, so that restoring an old backup
erases them again. There is no way back. Backups made before still hold them:
delete those when their time is over.

A member who asks for it over the API has 7 days to call it off; here --now says
that you mean it.`,
		Example: `  kith erase --member mara@mail.example --now`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !now {
				return usageError{errors.New("--now: say that you mean it; there is no way back")}
			}
			return f.run(cmd.Context(), func(a *app.App, m app.Listed) error {
				if err := a.EraseNow(cmd.Context(), a.Console(), m.ID); err != nil {
					return err
				}
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "erased")
				return err
			})
		},
	}
	f.flags(c)
	c.Flags().BoolVar(&now, "now", false, "erase at once")
	return c
}
