package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kith/internal/app"
)

// restoreFlags are what restore is told.
type restoreFlags struct {
	db       string
	journals []string
	without  bool
}

func restoreCommand() *cobra.Command {
	var f restoreFlags
	c := &cobra.Command{
		Use:   "restore --db NEW BACKUP",
		Short: "Fill a new database from a backup",
		Long: `Fills an empty database, a file that is not there yet or a postgres:// address,
from a backup, whichever database that came from. What was done after the backup
is lost, but what keeps people safe need not be: give every copy of the safety
journal there is, of newer backups and the one beside the lost database, and
blocks, erasures, revoked credentials and suppressed addresses hold again. A
journal that lies at NEW.journal is used by itself. Sessions are not restored:
everybody signs in again.`,
		Example: `  kith restore --db kith.db --journal old/kith.db.journal kith-2026-03-02.backup
  kith restore --db postgres://kith@localhost/new --journal a.journal --journal b.journal kith.backup
  kith restore --db kith.db --without-journal kith.backup`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return restore(cmd, &f, args[0]) },
	}
	c.Flags().StringVar(&f.db, "db", "", "the new database: a file, or postgres://…")
	c.Flags().StringArrayVar(&f.journals, "journal", nil, "a copy of the safety journal; give all there are")
	c.Flags().BoolVar(&f.without, "without-journal", false, "restore though there is none")
	c.MarkFlagsMutuallyExclusive("journal", "without-journal")
	return c
}

func restore(cmd *cobra.Command, f *restoreFlags, file string) error {
	if f.db == "" {
		return usageError{errors.New("--db: name the new database")}
	}
	info, err := app.CheckBackup(file)
	if err != nil {
		return err
	}
	if len(f.journals) == 0 && !f.without && !app.HasJournal(f.db) {
		back := "without a safety journal, whatever was done since " + info.At.Format("2 January 2006, 15:04") +
			" may come back: blocks, erased accounts, revoked tokens and passwords, suppressed addresses"
		said, err := askYes(cmd, back)
		if err != nil {
			return err
		}
		if !said {
			return errors.New(back + "; give --journal FILE, or --without-journal if there is none; nothing was written")
		}
	}
	done, err := app.Restore(cmd.Context(), f.db, file, f.journals, app.Config{})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds %s, as of %s\nFrom the safety journal: %s\n", f.db, count(int(done.Backup.Rows), "row"),
		done.Backup.At.Format(time.RFC3339), done.Reapplied)
	return err
}

// askYes asks for an explicit yes; an end of input is none.
func askYes(cmd *cobra.Command, why string) (bool, error) {
	if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%s.\nGo on? Type yes: ", sentenceCase(why)); err != nil {
		return false, err
	}
	var answer string
	// Whatever is wrong with the input, it was not a yes.
	_, _ = fmt.Fscanln(cmd.InOrStdin(), &answer)
	return answer == "yes", nil
}
