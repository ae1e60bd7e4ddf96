package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"kith/internal/app"
	"kith/internal/intake"
)

func importCommand() *cobra.Command {
	f := &adminFlags{}
	var member string
	cmd := &cobra.Command{
		Use:   "import FILES…",
		Short: "Bring a member's own files into their private contacts",
		Long: `Import reads what belongs to a member, in any mix and order: the LinkedIn data
archive (zip or folder), invitation mails (.mbox, .eml, Maildir), the address
book (.vcf, .csv), the calendar (.ics) and profiles saved as PDF. It works on the
database itself, beside a running service.

What the files tell is seen by that member only and changes nothing for anybody
else. Importing the same files again changes nothing; a newer archive brings what
has happened since. Nothing found in a file is fetched.`,
		Example: `  kith import --member mara@mail.example Complete_LinkedInDataExport.zip contacts.vcf`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return errors.New("name at least one file: your archive, invitation mails, address book, calendar")
			case member == "":
				return errors.New("say whose files they are with --member ADDRESS")
			}
			return nil
		},
		RunE: f.run(func(cmd *cobra.Command, a *app.App, console app.Actor, paths []string) error {
			return runImport(cmd, a, console, member, paths)
		}),
	}
	cmd.Flags().StringVar(&f.db, "db", "", "a file, or postgres://… (default: kith.db in your data folder)")
	cmd.Flags().StringVar(&member, "member", "", "the `ADDRESS` or id of the member whose files they are")
	return cmd
}

func runImport(cmd *cobra.Command, a *app.App, console app.Actor, member string, paths []string) error {
	m, err := a.FindMember(cmd.Context(), console, member)
	if err != nil {
		return err
	}
	who, err := a.As(cmd.Context(), console, m.ID)
	if err != nil {
		return err
	}
	var opt app.ReadOptions
	if exe, err := os.Executable(); err == nil {
		opt.PDF = readPDFInChild(exe)
	}
	bar := newProgress(cmd.ErrOrStderr())
	opt.Progress = bar.update
	r, err := a.ImportFiles(cmd.Context(), who, paths, opt)
	bar.finish()
	if err != nil {
		return err
	}
	return printImport(cmd, &r)
}

// printImport says what was read, as kith triage does.
func printImport(cmd *cobra.Command, r *app.Import) error {
	report, err := app.ReadReport(r)
	if err != nil {
		return err
	}
	var files []intake.FileReport
	unread := 0
	for _, f := range report.Files {
		line := intake.FileReport{Name: f.Name, Format: f.Format, Counts: f.Counts, Ignored: f.Ignored, Skipped: f.Skipped, More: f.More}
		for _, p := range f.Problems {
			line.Problems = append(line.Problems, intake.Problem(p))
		}
		if f.Skipped != "" {
			unread++
		}
		files = append(files, line)
	}
	p := newPrinter(cmd.OutOrStdout())
	p.line("%d rows, messages and entries; %d of them new.", r.Nouns, r.Added)
	p.report(&intake.Report{Files: files})
	if p.err == nil && unread > 0 && unread == len(files) {
		return errReported // nothing could be read, and the report says why
	}
	return p.err
}
