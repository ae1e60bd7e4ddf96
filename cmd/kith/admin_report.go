package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kith/internal/app"
)

// reportCommand is the moderation desk on the console.
func (f *adminFlags) reportCommand() *cobra.Command {
	return group("report", "Decide on what members report, and on appeals",
		f.reportList(), f.reportShow(), f.reportUphold(), f.reportDismiss())
}

func (f *adminFlags) reportList() *cobra.Command {
	var state string
	c := &cobra.Command{Use: "list", Short: "List the cases, oldest first", Args: cobra.NoArgs,
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, _ []string) error {
			s, err := app.ParseCaseState(state)
			if err != nil {
				return err
			}
			return listCases(cmd, a, who, s)
		})}
	c.Flags().StringVar(&state, "state", app.CaseOpen.String(), "open, upheld or dismissed")
	return c
}

func listCases(cmd *cobra.Command, a *app.App, who app.Actor, state app.CaseState) error {
	return table(cmd, "ID\tKIND\tREPORTS\tSINCE\tDECIDED", func(w io.Writer) error {
		for after := (app.Cursor{}); ; {
			cases, next, err := a.Cases(cmd.Context(), who, state, after, pageOf)
			if err != nil {
				return err
			}
			for i := range cases {
				c := &cases[i]
				if _, err := fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\n", c.ID, c.Kind, c.Reports, day(c.OpenedAt), day(c.ClosedAt)); err != nil {
					return err
				}
			}
			if after = next; after == (app.Cursor{}) {
				return nil
			}
		}
	})
}

func (f *adminFlags) reportShow() *cobra.Command {
	return &cobra.Command{Use: "show CASE", Short: "Read an open case; the members it tells of learn that you did", Args: cobra.ExactArgs(1),
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, args []string) error {
			c, err := a.LookAtCase(cmd.Context(), who, args[0])
			if err != nil {
				return err
			}
			return say(cmd, "%s", caseText(&c))
		})}
}

// caseText writes a case down for reading.
func caseText(c *app.Case) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("About %s (%s), since %s", c.About.Name, c.About.ID, c.OpenedAt.Format(time.DateOnly))
	line("Sent %d invitations in twelve weeks; %d people complained.", c.Sent, c.Complaints)
	line("Budget %d a week, step %s%s.", c.Standing.Budget, c.Standing.Step, until(c.Standing.Until))
	line("Earlier cases: %d upheld, %d dismissed.", c.Upheld, c.Dismissed)
	for i := range c.Reports {
		r := &c.Reports[i]
		line("\nReported for %s on %s; %d earlier reports of this person were dismissed.", r.Reason, r.At.Format(time.DateOnly), r.Failed)
		quote(&b, "They say:", r.Words)
		quote(&b, "It reads:", r.Evidence)
	}
	for i := range c.Appeals {
		p := &c.Appeals[i]
		line("\nAppeals against %s from %s%s.", p.Step, p.From.Format(time.DateOnly), until(p.Until))
		quote(&b, "They say:", p.Words)
	}
	return strings.TrimRight(b.String(), "\n")
}

func until(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " until " + t.Format(time.DateOnly)
}

// quote writes somebody's words, set off from ours.
func quote(b *strings.Builder, head, words string) {
	if words == "" {
		return
	}
	fmt.Fprintf(b, "  %s\n    %s\n", head, strings.ReplaceAll(words, "\n", "\n    "))
}

func (f *adminFlags) reportUphold() *cobra.Command {
	var r app.Ruling
	var step string
	c := &cobra.Command{Use: "uphold CASE", Short: "It is right: restrict the member or close the account; of an appeal, lift the restriction",
		Example: `  kith admin report uphold 5c1f… --step paused --weeks 2
  kith admin report uphold 5c1f… --close`,
		Args: cobra.ExactArgs(1),
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, args []string) (err error) {
			if r.Step, err = app.ParseStep(step); err != nil {
				return err
			}
			if err := a.Uphold(cmd.Context(), who, args[0], r); err != nil {
				return err
			}
			return say(cmd, "Upheld.")
		})}
	c.Flags().StringVar(&step, "step", app.Free.String(), "know-mail or paused")
	c.Flags().IntVar(&r.Weeks, "weeks", 0, "for how many whole weeks after this one, 1 to 26")
	c.Flags().BoolVar(&r.AtOnce, "at-once", false, "from now on instead of next Monday: for danger")
	c.Flags().BoolVar(&r.Close, "close", false, "close the account instead")
	c.Flags().StringVar(&r.Words, "words", "", "why, for the desk's own memory")
	return c
}

func (f *adminFlags) reportDismiss() *cobra.Command {
	var words string
	c := &cobra.Command{Use: "dismiss CASE", Short: "It is not right: nothing follows, and those who reported count less for a year", Args: cobra.ExactArgs(1),
		RunE: f.run(func(cmd *cobra.Command, a *app.App, who app.Actor, args []string) error {
			if err := a.Dismiss(cmd.Context(), who, args[0], words); err != nil {
				return err
			}
			return say(cmd, "Dismissed.")
		})}
	c.Flags().StringVar(&words, "words", "", "why, for the desk's own memory")
	return c
}
