package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/app"
)

// namedMember is what commands about one member are told.
type namedMember struct {
	adminFlags
	member string
}

func (f *namedMember) flags(c *cobra.Command) {
	dbFlag(c, &f.db)
	c.Flags().StringVar(&f.member, "member", "", "their address or id")
}

// run does something with the member named.
func (f *namedMember) run(ctx context.Context, do func(a *app.App, m app.Listed) error) (err error) {
	if f.member == "" {
		return usageError{errors.New("--member: name a member by their address or id")}
	}
	a, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	m, err := a.FindMember(ctx, a.Console(), f.member)
	if err != nil {
		return err
	}
	return do(a, m)
}

func exportCommand() *cobra.Command {
	var f namedMember
	c := &cobra.Command{
		Use:   "export --member EMAIL FILE.zip",
		Short: "Write everything about a member to a zip archive",
		Long: `Writes what a member may take with them: every list as JSON and as CSV, and
Connections.csv and Invitations.csv, which kith import and kith triage read. What
others keep to themselves is not in it. The member sees that it was done.`,
		Example: `  kith export --member mara@mail.example mara.zip`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), func(a *app.App, m app.Listed) error {
				return newFile(args[0], func(w io.Writer) error { return a.ExportMember(cmd.Context(), a.Console(), m.ID, w) })
			})
		},
	}
	f.flags(c)
	return c
}

// newFile writes a file that is not there yet, readable by its owner only, and
// takes it away if that fails.
func newFile(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: name, Msg: "this file cannot be made; is there one already?", Err: err}
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
