package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/gather"
	"kith/internal/intake"
)

// triageFlags are the flags of `kith triage`.
type triageFlags struct {
	memberFlags
	me            []string
	answers, now  string
	json, csv     bool
	html, explain string
	ask           bool
	connected     bool
	sent          bool
}

func triageCommand() *cobra.Command {
	var f triageFlags
	cmd := &cobra.Command{
		Use:   "triage FILES…",
		Short: "Judge every undecided invitation in your own files",
		Long: `Triage reads what belongs to you, in any mix and order: the LinkedIn data archive
(zip or folder), invitation mails (.mbox, .eml, Maildir), your address book
(.vcf, .csv), your calendar (.ics) and profiles saved as PDF. For every
undecided invitation it says accept, ask first, decline or report, why, and the
one question that would settle a doubt.

Goals, stance and rules come from kith.toml in this folder (kith init writes it)
or from flags. Nothing leaves this machine, nothing found in a file is fetched.`,
		Example: `  kith triage Complete_LinkedInDataExport.zip invitations.mbox contacts.vcf calendar.ics
  kith triage --goal grow-in-field --goal share-expertise --stance balanced archive.zip
  kith triage --ask archive.zip            answer what is worth answering, then see again
  kith triage --html desk.html archive.zip one page to work through
  kith triage --json archive.zip | jq 'select(.verdict=="accept")'
  kith triage --explain Quillon archive.zip
  kith triage --connected --sent archive.zip`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("name at least one file: your archive, invitation mails, address book, calendar")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runTriage(cmd, &f, args) },
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.json, "json", false, "one JSON object a line, with the fields of kith judge")
	fl.BoolVar(&f.csv, "csv", false, "a table for a spreadsheet")
	fl.StringVar(&f.html, "html", "", "write one self-contained page to `FILE`")
	fl.BoolVar(&f.ask, "ask", false, "ask the questions worth asking, remember the answers, judge again")
	fl.StringVar(&f.explain, "explain", "", "show everything about the invitations of `NAME`")
	fl.BoolVar(&f.connected, "connected", false, "judge existing connections your data speaks about")
	fl.BoolVar(&f.sent, "sent", false, "show your own pending invitations, and whom you met and did not invite")
	fl.StringVar(&f.answers, "answers", "kith-answers.json", "remember answers in `FILE`")
	fl.StringVar(&f.now, "now", "", "judge as of this day, like 2026-11-22")
	fl.StringArrayVar(&f.me, "me", nil, "your own name or e-mail address, where the files do not say")
	f.register(cmd)
	completeWords(cmd)
	return cmd
}

// completeWords offers the closed lists of words to the shell.
func completeWords(cmd *cobra.Command) {
	offer := func(flag string, words []string) {
		err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return words, cobra.ShellCompDirectiveNoFileComp
		})
		if err != nil {
			cmd.PrintErrln(err) // a flag that is not there: tests call every command's completion
		}
	}
	offer("goal", goalWords())
	offer("stance", []string{"open", "balanced", "selective", "only-known"})
	offer("rule", []string{"own-country=", "photo-required:", "note-required:", "min-mutual=", "known-only:"})
}

// oneFace refuses two forms of output at once.
func (f *triageFlags) oneFace() error {
	var set []string
	for _, face := range []struct {
		name string
		on   bool
	}{{"--json", f.json}, {"--csv", f.csv}, {"--html", f.html != ""}, {"--ask", f.ask}, {"--explain", f.explain != ""}} {
		if face.on {
			set = append(set, face.name)
		}
	}
	if len(set) > 1 {
		return usageError{fmt.Errorf("%s cannot go together", strings.Join(set, " and "))}
	}
	return nil
}

// register adds the flags that say who the member is.
func (f *memberFlags) register(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&f.config, "config", "", "settings `FILE` (default: kith.toml in this folder, if there)")
	fl.StringArrayVar(&f.goals, "goal", nil, "what you want your network for; may be repeated")
	fl.StringVar(&f.stance, "stance", "", "open, balanced, selective or only-known")
	fl.StringArrayVar(&f.rules, "rule", nil, "a rule of your own, like own-country=NL:may or photo-required:always")
	fl.StringArrayVar(&f.areas, "area", nil, "a field you want to grow in")
	fl.StringArrayVar(&f.topics, "topic", nil, "what you write or read about")
	fl.StringArrayVar(&f.clients, "client", nil, "a role or field you sell to")
	fl.StringArrayVar(&f.admires, "admire", nil, "an organisation, group or person you admire")
	fl.StringArrayVar(&f.competitors, "competitor", nil, "an organisation you compete with")
	fl.StringVar(&f.name, "name", "", "your name")
	fl.StringVar(&f.headline, "headline", "", "your headline")
	fl.StringVar(&f.country, "country", "", "your country")
}

func runTriage(cmd *cobra.Command, f *triageFlags, paths []string) error {
	if err := f.oneFace(); err != nil {
		return err
	}
	t, err := prepare(cmd, f, paths)
	if err != nil {
		return err
	}
	if err := t.nothingRead(); err != nil {
		return err
	}
	switch {
	case f.ask:
		err = t.ask()
	case f.connected || f.sent:
		err = t.others(f)
	default:
		err = t.undecided(f)
	}
	if err == nil && t.someUnread(paths) {
		return errReported // the report named it
	}
	return err
}

// nothingRead is the error when no file at all could be used.
func (t *triaging) nothingRead() error {
	for _, f := range t.report.Files {
		if f.Skipped == "" {
			return nil
		}
	}
	if len(t.report.Files) == 0 {
		return &kith.Error{Kind: kith.Invalid, Msg: "no file was found; name your archive, mails, address book or calendar"}
	}
	first := t.report.Files[0]
	return &kith.Error{Kind: kith.Invalid, Field: first.Name, Msg: first.Skipped}
}

// someUnread reports whether a file named on the command line could not be used.
func (t *triaging) someUnread(paths []string) bool {
	for _, f := range t.report.Files {
		named := slices.ContainsFunc(paths, func(p string) bool { return filepath.Base(p) == f.Name })
		if named && f.Skipped != "" && !strings.HasPrefix(f.Skipped, "the same file") {
			return true
		}
	}
	return false
}

// triaging is one run of `kith triage`: what was read, for whom, and how to
// judge it.
type triaging struct {
	cmd     *cobra.Command
	judging *judging
	desk    *gather.Desk
	report  *intake.Report
	setting gather.Setting
	answers *answerFile
	paths   []string
}

// prepare reads settings, answers and files.
func prepare(cmd *cobra.Command, f *triageFlags, paths []string) (*triaging, error) {
	now := time.Now()
	if f.now != "" {
		var err error
		if now, err = parseDay("--now", f.now); err != nil {
			return nil, usageError{err}
		}
	}
	member, err := defaultConfig(f.config)
	if err != nil {
		return nil, err
	}
	if err := f.apply(member); err != nil {
		return nil, err
	}
	answers, err := readAnswers(f.answers)
	if err != nil {
		return nil, err
	}
	j, err := newJudging(nil, false)
	if err != nil {
		return nil, err
	}
	t := &triaging{cmd: cmd, judging: j, desk: gather.NewDesk(), answers: answers, paths: paths}
	t.setting = gather.Setting{Member: *member, Now: now, Answers: answers.byKey}
	t.report, err = read(cmd.Context(), cmd.ErrOrStderr(), paths, now, ownerOf(f), t.desk)
	return t, err
}

func parseDay(flag, s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s %s: write a day like 2026-11-22", flag, s)
}

// ownerOf is what the flags say about who the member is.
func ownerOf(f *triageFlags) intake.Owner {
	var o intake.Owner
	o.Name = f.name
	for _, me := range f.me {
		if mail, ok := kith.FoldEmail(me); ok {
			o.Emails = append(o.Emails, mail)
			continue
		}
		o.Name = me
	}
	return o
}

// read reads the files onto the desk, with a bar on the terminal when it takes
// longer than a second.
func read(ctx context.Context, stderr any, paths []string, now time.Time, owner intake.Owner, desk *gather.Desk) (*intake.Report, error) {
	opt := intake.Options{Now: now, Owner: owner}
	if exe, err := os.Executable(); err == nil {
		opt.PDF = readPDFInChild(exe)
	}
	bar := newProgress(stderr)
	opt.Progress = bar.update
	defer bar.finish()
	return intake.Read(ctx, paths, opt, desk)
}

// decided is one row with its verdict and what is shown of the person.
type decided struct {
	row      gather.Row
	verdict  kith.Verdict
	headline string
	place    string
	mutual   kith.Opt[int]
	noteSeen bool
}

func (t *triaging) decide(rows []gather.Row) []decided {
	out := make([]decided, len(rows))
	for i, r := range rows {
		c := r.Case()
		out[i] = decided{
			row: r, verdict: t.judging.decide(c),
			headline: c.Person.Headline.Val, place: c.Person.Location.Val, mutual: c.Relation.Mutual,
			noteSeen: c.Note.Text.Known(),
		}
	}
	return out
}

// undecided shows the invitations that wait.
func (t *triaging) undecided(f *triageFlags) error {
	list := t.decide(t.desk.Open(t.setting))
	out := t.cmd.OutOrStdout()
	switch {
	case f.explain != "":
		return t.explain(list, f.explain)
	case f.json:
		return t.records(list, writeRecords)
	case f.csv:
		return t.records(list, writeCSV)
	case f.html != "":
		return t.page(list, f.html)
	}
	p := newPrinter(out)
	p.year = t.setting.Now.Year()
	p.undecided(list, t)
	return p.err
}

// others shows connections and the member's own invitations.
func (t *triaging) others(f *triageFlags) error {
	var list []decided
	if f.connected {
		list = t.decide(t.desk.Ties(t.setting))
	}
	var pending []gather.Sent
	var met []decided
	if f.sent {
		pending = t.desk.Pending(t.setting)
		met = t.decide(t.desk.Met(t.setting))
	}
	switch {
	case f.explain != "":
		return t.explain(append(list, met...), f.explain)
	case f.json:
		return t.records(append(list, append(met, t.asDecided(pending)...)...), writeRecords)
	case f.csv:
		return t.records(append(list, append(met, t.asDecided(pending)...)...), writeCSV)
	case f.html != "":
		return usageError{fmt.Errorf("--html shows the undecided; leave out --connected and --sent")}
	}
	p := newPrinter(t.cmd.OutOrStdout())
	p.year = t.setting.Now.Year()
	if f.connected {
		p.connected(list)
	}
	if f.sent {
		p.sent(pending, met, t.setting.Now)
	}
	p.report(t.report)
	return p.err
}
