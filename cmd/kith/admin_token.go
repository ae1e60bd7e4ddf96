package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/app"
)

func (f *adminFlags) tokenCommand() *cobra.Command {
	var member, name, scopes string
	var days int
	place := func(c *cobra.Command) *cobra.Command {
		c.Flags().StringVar(&member, "member", "", "whose: an id or an address")
		return c
	}
	create := place(&cobra.Command{Use: "create", Short: "Make a token for a member and print it", Args: cobra.NoArgs,
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, _ []string) error {
			as, err := inPlaceOf(cmd.Context(), a, who, member)
			if err != nil {
				return err
			}
			form := app.TokenForm{Name: name}
			if form.Scopes, err = app.ParseScopes(scopes); err != nil {
				return err
			}
			if days > 0 {
				form.ExpiresAt = time.Now().Add(time.Duration(days) * kith.Day)
			}
			_, secret, err := a.CreateToken(cmd.Context(), as, form)
			if err != nil {
				return err
			}
			return say(cmd, "%s", secret)
		})})
	create.Flags().StringVar(&name, "name", "made on the console", "what it is for")
	create.Flags().StringVar(&scopes, "scopes", app.ScopeRead.String(), "what it may be used for, words separated by spaces")
	create.Flags().IntVar(&days, "days", 0, "how long it works (default: until it is revoked)")
	list := place(&cobra.Command{Use: "list", Short: "List a member's tokens", Args: cobra.NoArgs,
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, _ []string) error {
			as, err := inPlaceOf(cmd.Context(), a, who, member)
			if err != nil {
				return err
			}
			all, err := a.Tokens(cmd.Context(), as)
			if err != nil {
				return err
			}
			return table(cmd, "ID\tNAME\tSCOPES\tMADE\tUSED\tUNTIL", func(w io.Writer) error {
				for _, t := range all {
					if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Name, t.Scopes, day(t.CreatedAt), day(t.UsedAt), day(t.ExpiresAt)); err != nil {
						return err
					}
				}
				return nil
			})
		})})
	revoke := place(&cobra.Command{Use: "revoke ID", Short: "End a member's token", Args: cobra.ExactArgs(1),
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, args []string) error {
			as, err := inPlaceOf(cmd.Context(), a, who, member)
			if err != nil {
				return err
			}
			if err := a.RevokeToken(cmd.Context(), as, args[0]); err != nil {
				return err
			}
			return say(cmd, "The token is revoked.")
		})})
	return group("token", "Make, list and revoke a member's tokens", create, list, revoke)
}

// inPlaceOf gives the actor who does something in a member's place.
func inPlaceOf(ctx context.Context, a *app.App, who app.Actor, member string) (app.Actor, error) {
	if member == "" {
		return app.Actor{}, usageError{&kith.Error{Kind: kith.Invalid, Field: "--member", Msg: "say whose token it is"}}
	}
	m, err := a.FindMember(ctx, who, member)
	if err != nil {
		return app.Actor{}, err
	}
	return a.As(ctx, who, m.ID)
}

// day prints the day of a time, a dash for none.
func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}

func (f *adminFlags) codeCommand() *cobra.Command {
	create := &cobra.Command{Use: "create", Short: "Make a code with which one person can sign up, and print it", Args: cobra.NoArgs,
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, _ []string) error {
			_, secret, err := a.CreateCode(cmd.Context(), who)
			if err != nil {
				return err
			}
			return say(cmd, "%s", secret)
		})}
	list := &cobra.Command{Use: "list", Short: "List the codes made on the console", Args: cobra.NoArgs,
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, _ []string) error {
			all, err := a.Codes(cmd.Context(), who)
			if err != nil {
				return err
			}
			return table(cmd, "ID\tMADE\tUNTIL\tUSED", func(w io.Writer) error {
				for _, c := range all {
					if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.ID, day(c.CreatedAt), day(c.ExpiresAt), day(c.UsedAt)); err != nil {
						return err
					}
				}
				return nil
			})
		})}
	return group("code", "Make and list sign-up codes", create, list)
}
