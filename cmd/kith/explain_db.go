package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/app"
)

func explainCommand() *cobra.Command {
	f := &adminFlags{}
	var member string
	cmd := &cobra.Command{
		Use:   "explain ID",
		Short: "Tell everything a verdict on one invitation rests on",
		Long: `Explain prints everything about the decisions on one invitation, received here or
elsewhere, or on a connection: the verdict with its reasons, every fact with its
source and time, what could not be read, every signal that spoke, the verdicts
before, and what happened. It works on the database itself, beside a running
service; the member sees that it was done.

kith triage --explain NAME does the same on files, without a database.`,
		Example: `  kith explain --member mara@mail.example 019a8c1e-5d7b-7c33-9f10-2b6c4d8e1f00`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) != 1:
				return errors.New("name one invitation by its id")
			case member == "":
				return errors.New("say whose invitation it is with --member ADDRESS")
			}
			return nil
		},
		RunE: f.run(func(cmd *cobra.Command, a *app.App, console app.Actor, args []string) error {
			m, err := a.FindMember(cmd.Context(), console, member)
			if err != nil {
				return err
			}
			who, err := a.As(cmd.Context(), console, m.ID)
			if err != nil {
				return err
			}
			e, err := a.Explain(cmd.Context(), who, kith.InvitationID(args[0]))
			if err != nil {
				return err
			}
			p := newPrinter(cmd.OutOrStdout())
			p.explanation(&e)
			return p.err
		}),
	}
	cmd.Flags().StringVar(&f.db, "db", "", "a file, or postgres://… (default: kith.db in your data folder)")
	cmd.Flags().StringVar(&member, "member", "", "the `ADDRESS` or id of the member whose invitation it is")
	return cmd
}

// explanation writes everything about the decisions on one invitation.
func (p *printer) explanation(e *app.Explanation) {
	now := &e.Now
	p.line("%s", bold.Render(e.Name))
	p.wrapped(2, faint.Render(fmt.Sprintf("decided %s, model %s, stance %s", stampOf(now.At), now.Verdict.Model, now.Terms.Stance)))
	list := slices.Clone(now.Terms.Goals)
	for _, r := range now.Terms.Rules {
		list = append(list, strings.TrimSpace(r.Name+" "+r.Value)+" ("+r.When.String()+")")
	}
	if len(list) > 0 {
		p.wrapped(2, faint.Render("goals and rules: "+strings.Join(list, ", ")))
	}
	p.line("")
	p.verdict(&now.Verdict, func(i int) string {
		if i < len(now.Grounds) {
			return seen(now.Grounds[i].Source, now.Grounds[i].At)
		}
		return ""
	})
	p.section("Facts")
	for _, fact := range now.Facts {
		p.hanging(2, fact.Path+"  ", string(fact.Value)+faint.Render(seen(fact.Source, fact.At)))
	}
	p.section("Sources")
	for _, s := range now.Sources {
		p.line("  %s: %s", s.Name, s.State)
	}
	p.section("Signals")
	for _, t := range now.Verdict.Trace {
		p.line("  %-28s %-8s %+.2f", t.Signal, t.Question, t.LogOdds)
	}
	if e.Bounds != nil {
		p.wrapped(2, faint.Render(fmt.Sprintf("weighed verdicts: ask from %.2f, accept from %.2f", e.Bounds.Ask, e.Bounds.Accept)))
	}
	if len(e.Earlier) > 0 {
		p.section("Before")
	}
	for i := range e.Earlier {
		j := &e.Earlier[i]
		p.line("  %s  %s", stampOf(j.At), leaning(markOf(j.Verdict.Verdict).word, j.Verdict.Firm))
	}
	p.section("What happened")
	for _, ev := range e.Events {
		p.line("  %s  %s %s", stampOf(ev.At), ev.Kind, faint.Render(ev.Body))
	}
}

// section writes the heading of a part.
func (p *printer) section(title string) {
	p.line("")
	p.line("%s", bold.Render(title))
}

// seen says where and when a fact was seen: ", your calendar, 3 May 2026".
func seen(source string, at time.Time) string {
	out := ""
	if source != "" {
		out += ", " + source
	}
	if !at.IsZero() {
		out += ", " + at.Format("2 January 2006")
	}
	return out
}

func stampOf(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") }
