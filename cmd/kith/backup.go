package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func backupCommand() *cobra.Command {
	f := &adminFlags{}
	journalOnly := false
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write everything a network holds to one file, while it runs",
		Long: `Writes all tables as they are at one time to FILE, which restores into either
database, and beside it FILE.journal: hashes of who blocked whom, who was erased,
which credentials were revoked and which addresses take no mail. Keep the newest
journal apart from the backups: restoring an old backup with it brings none of
that back. Both files are readable by you only. Whoever has the backup can read
everything in it.`,
		Example: `  kith backup kith-2026-03-02.backup
  kith backup --db postgres://kith@localhost/kith /mnt/safe/kith.backup
  kith backup --journal-only /mnt/safe/kith.journal`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			a, err := f.open(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.Close()) }()
			if journalOnly {
				return a.Journal(cmd.Context(), args[0])
			}
			info, err := a.Backup(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s and %s.journal: %s, as of %s\n", args[0], args[0], count(int(info.Rows), "row"), info.At.Format(time.RFC3339))
			return err
		},
	}
	dbFlag(c, &f.db)
	c.Flags().BoolVar(&journalOnly, "journal-only", false, "write the safety journal alone to FILE; it is small and quick")
	return c
}

// dbFlag is the flag of commands that work on a database there is.
func dbFlag(c *cobra.Command, db *string) {
	c.Flags().StringVar(db, "db", "", "a file, or postgres://… (default: kith.db in your data folder)")
}
