package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/app"
)

// adminFlags are what every command under admin is told.
type adminFlags struct{ db, url string }

func adminCommand() *cobra.Command {
	f := &adminFlags{}
	c := &cobra.Command{
		Use:   "admin",
		Short: "Run a network from the machine that has its database",
		Long: `Does what an operator does, on the database itself and beside a running service.
Whoever can open the database is its operator, so nobody signs in; but what is
done to a member's account is written down, and shown to them.`,
		Example: `  kith admin member list
  kith admin member role mara@mail.example operator
  kith admin member reset-link mara@mail.example --url https://kith.example
  kith admin token create --member mara@mail.example --name backup --scopes read
  kith admin code create`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.PersistentFlags().StringVar(&f.db, "db", "", "a file, or postgres://… (default: kith.db in your data folder)")
	c.PersistentFlags().StringVar(&f.url, "url", "", "the address members type, for links that are printed")
	c.AddCommand(f.memberCommand(), f.tokenCommand(), f.codeCommand(), f.reportCommand())
	return c
}

// group is a command that only has others.
func group(use, short string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	c.AddCommand(subs...)
	return c
}

// open opens the database there is.
func (f *adminFlags) open(ctx context.Context) (*app.App, error) {
	if f.db == "" {
		file, err := dataFile()
		if err != nil {
			return nil, err
		}
		f.db = file
	}
	if !strings.Contains(f.db, "://") {
		if _, err := os.Stat(f.db); err != nil {
			return nil, &kith.Error{Kind: kith.NotFound, Field: "--db", Msg: "there is no database at " + f.db + "; kith serve makes one"}
		}
	}
	return app.Open(ctx, f.db, app.Config{URL: f.url})
}

// run makes what a command does from what is done with the open database.
func (f *adminFlags) run(do func(cmd *cobra.Command, a *app.App, who app.Actor, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		a, err := f.open(cmd.Context())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.Close()) }()
		return do(cmd, a, a.Console(), args)
	}
}

// onMember makes a command that does one thing to the member its first argument
// names, by id or address.
func (f *adminFlags) onMember(use, short string, args int, do func(cmd *cobra.Command, a *app.App, who app.Actor, m app.Listed, args []string) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.ExactArgs(args),
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, args []string) error {
			m, err := a.FindMember(cmd.Context(), who, args[0])
			if err != nil {
				return err
			}
			return do(cmd, a, who, m, args)
		})}
}

func (f *adminFlags) memberCommand() *cobra.Command {
	list := &cobra.Command{Use: "list", Short: "List all accounts, newest first", Args: cobra.NoArgs, RunE: f.run(listMembers)}
	role := f.onMember("role MEMBER member|moderator|operator", "Give a member another role", 2,
		func(cmd *cobra.Command, a *app.App, who app.Actor, m app.Listed, args []string) error {
			r, err := app.ParseRole(args[1])
			if err != nil {
				return err
			}
			if err := a.SetRole(cmd.Context(), who, m.ID, r); err != nil {
				return err
			}
			return say(cmd, "%s is a %s now.", m.Name, r)
		})
	closing := f.onMember("close MEMBER", "Close an account, so that only an operator opens it again", 1,
		func(cmd *cobra.Command, a *app.App, who app.Actor, m app.Listed, _ []string) error {
			if err := a.CloseMember(cmd.Context(), who, m.ID); err != nil {
				return err
			}
			return say(cmd, "%s's account is closed.", m.Name)
		})
	reopen := f.onMember("reopen MEMBER", "Open a closed account again", 1,
		func(cmd *cobra.Command, a *app.App, who app.Actor, m app.Listed, _ []string) error {
			if err := a.ReopenMember(cmd.Context(), who, m.ID); err != nil {
				return err
			}
			return say(cmd, "%s's account is open again.", m.Name)
		})
	reset := f.onMember("reset-link MEMBER", "Print a link by which a member resets their password within the hour", 1,
		func(cmd *cobra.Command, a *app.App, who app.Actor, m app.Listed, _ []string) error {
			secret, err := a.ResetSecret(cmd.Context(), who, m.ID)
			if err != nil {
				return err
			}
			return say(cmd, "%s/reset?secret=%s", strings.TrimRight(f.url, "/"), secret)
		})
	signOut := f.onMember("sign-out MEMBER", "End a member's sessions and tokens", 1,
		func(cmd *cobra.Command, a *app.App, who app.Actor, m app.Listed, _ []string) error {
			if err := a.SignOutMember(cmd.Context(), who, m.ID); err != nil {
				return err
			}
			return say(cmd, "%s is signed out everywhere.", m.Name)
		})
	return group("member", "List members, change what they may do, help them back in", list, role, closing, reopen, reset, signOut)
}

// pageOf is how many rows a list reads at a time.
const pageOf = 500

func listMembers(cmd *cobra.Command, a *app.App, who app.Actor, _ []string) error {
	return table(cmd, "ID\tNAME\tSTATE\tROLE\tSINCE", func(w io.Writer) error {
		for after := (app.Cursor{}); ; {
			all, next, err := a.Members(cmd.Context(), who, after, pageOf)
			if err != nil {
				return err
			}
			for _, m := range all {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", m.ID, m.Name, m.State, m.Role, m.CreatedAt.Format(time.DateOnly)); err != nil {
					return err
				}
			}
			if after = next; after == (app.Cursor{}) {
				return nil
			}
		}
	})
}

// say prints one line.
func say(cmd *cobra.Command, format string, args ...any) error {
	_, err := fmt.Fprintf(cmd.OutOrStdout(), format+"\n", args...)
	return err
}

// table prints rows of cells that are separated by tabs.
func table(cmd *cobra.Command, head string, rows func(io.Writer) error) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(w, head); err != nil {
		return err
	}
	return errors.Join(rows(w), w.Flush())
}
