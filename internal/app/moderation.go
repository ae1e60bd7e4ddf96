package app

import (
	"context"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
	"kith/note"
)

// The words of the moderation desk.
type (
	// CaseState says how a case stands.
	CaseState = store.CaseState
	// CaseEntry is a case in the list: how much lies in it, and nothing of what
	// or about whom.
	CaseEntry = store.DeskEntry
)

// The states of a case.
const (
	CaseOpen      = store.CaseOpen
	CaseUpheld    = store.CaseUpheld
	CaseDismissed = store.CaseDismissed
)

// ParseCaseState reads the state of a case: open, upheld or dismissed.
func ParseCaseState(s string) (CaseState, error) {
	for _, known := range []CaseState{CaseOpen, CaseUpheld, CaseDismissed} {
		if s == known.String() {
			return known, nil
		}
	}
	return 0, invalid("state", "say one of: open, upheld, dismissed")
}

// Case is a case as a moderator reads it to decide. Who reported is not in it:
// the desk judges what was written, not who complains.
type Case struct {
	ID       string
	Kind     string // reports or appeal
	OpenedAt time.Time
	About    Named
	Reports  []CaseReport
	Appeals  []CaseAppeal
	// What is known of the member's invitations of the last quarter.
	Sent       int
	Complaints int // how many people complained, in answers that count by now
	Standing   Standing
	// Earlier cases, by how they ended.
	Upheld, Dismissed int
}

// CaseReport is one report in a case.
type CaseReport struct {
	On       ReportOn
	Reason   string
	Words    string
	Evidence string // what was reported, as it read then
	// Tells are the pieces of the evidence that read like selling, fraud or abuse.
	Tells []Span
	At    time.Time
	// Failed is how many reports of the same person the desk dismissed within a
	// year.
	Failed int
}

// Ruling is what follows when reports are upheld: a step for some weeks, or the
// end of the account.
type Ruling struct {
	Step  Step // KnowMail or Paused
	Weeks int  // whole weeks, 1 to 26
	// AtOnce lets the step hold from now on instead of next Monday, which the
	// member may connect with whom they have just met: for danger.
	AtOnce bool
	Close  bool   // close the account instead
	Words  string // for the desk's own memory, at most 1,000 letters; may be empty
}

// MaxWeeks is how long the desk may restrict somebody: half a year, after which
// strikes are forgotten too.
const MaxWeeks = 26

// errNoCase answers for a case that is not there, and for one a moderator must
// not handle: it is about them, or they reported it.
var errNoCase = &kith.Error{Kind: kith.NotFound, Msg: "there is no such case; reload the list"}

// errDecided answers a second decision.
var errDecided = conflict("this case is decided already; reload to see how")

// moderates refuses whoever is not a moderator.
func (who Actor) moderates() error {
	if err := who.may(ScopeModerate); err != nil {
		return err
	}
	if who.Role < Moderator {
		return &kith.Error{Kind: kith.Denied, Msg: "this is for moderators"}
	}
	return nil
}

// Cases gives a page of the cases in a state that the actor may handle, oldest
// first.
func (a *App) Cases(ctx context.Context, who Actor, state CaseState, after Cursor, limit int) (out []CaseEntry, next Cursor, err error) {
	if err := who.moderates(); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		next = Cursor{}
		found, err := tx.Cases(state, who.ID, after, limit+1)
		if err != nil {
			return err
		}
		var more bool
		if out, more = Paged(found, limit); more {
			next = Cursor{At: out[limit-1].OpenedAt, ID: out[limit-1].ID}
		}
		return nil
	})
	return out, next, err
}

// LookAtCase gives an open case with all that is needed to decide it. Whomever
// it tells of finds it in their audit.
func (a *App) LookAtCase(ctx context.Context, who Actor, id string) (out Case, err error) {
	if err := who.moderates(); err != nil {
		return out, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		c, err := lockCase(tx, who, id)
		if err != nil {
			return err
		}
		if out, err = a.showCase(tx, &c); err != nil {
			return err
		}
		return a.auditLook(tx, who, &c)
	})
	return out, err
}

// auditLook keeps that a case was looked at, for everybody it tells of.
func (a *App) auditLook(tx *store.Tx, who Actor, c *store.DeskCase) error {
	if c.Kind == store.CaseAppeal {
		return a.audit(tx, who, c.About, "your standing, because you appealed,")
	}
	if err := a.auditCase(tx, who, c, "your standing and what was reported of you, because of a report,"); err != nil {
		return err
	}
	reports, err := tx.ReportsOf(c.ID)
	if err != nil {
		return err
	}
	for _, owner := range reporters(reports) {
		if err := a.audit(tx, who, owner, "what you reported, to decide on it,"); err != nil {
			return err
		}
	}
	return nil
}

// reporters gives who made reports, in the order of their ids.
func reporters(reports []store.Report) (ids []kith.MemberID) {
	for i := range reports {
		ids = append(ids, reports[i].Owner)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// lockCase gives an open case the actor may handle, locked.
func lockCase(tx *store.Tx, who Actor, id string) (store.DeskCase, error) {
	if !isID(id) {
		return store.DeskCase{}, errNoCase
	}
	c, ok, err := tx.LockCase(id)
	if err != nil {
		return c, err
	}
	if !ok || c.About == who.ID || c.State == store.CaseTakenBack {
		return c, errNoCase
	}
	switch mine, err := tx.HasReported(c.ID, who.ID); {
	case err != nil:
		return c, err
	case mine:
		return c, errNoCase
	case c.State != store.CaseOpen:
		return c, errDecided
	}
	return c, nil
}

// showCase brings together what a moderator needs.
func (a *App) showCase(tx *store.Tx, c *store.DeskCase) (out Case, err error) {
	m, _, err := tx.Member(c.About)
	if err != nil {
		return out, err
	}
	out = Case{ID: c.ID, Kind: c.Kind.String(), OpenedAt: c.OpenedAt, About: Named{ID: m.ID, Name: m.Name}}
	now, err := tx.Now()
	if err != nil {
		return out, err
	}
	if out.Standing, err = a.standing(tx, c.About); err != nil {
		return out, err
	}
	if out.Sent, err = tx.SentBetween(c.About, now.Add(-lookBack), weekOf(now).Add(week)); err != nil {
		return out, err
	}
	complaints, err := tx.Complaints(c.About, now.Add(-lookBack), now, now.Add(-failedFor))
	if err != nil {
		return out, err
	}
	out.Complaints = len(complaints)
	if c.Kind == store.CaseAppeal {
		out.Appeals, err = appeals(tx, c.About)
	} else {
		out.Reports, err = caseReports(tx, c.ID, now)
	}
	if err != nil {
		return out, err
	}
	return out, out.earlier(tx)
}

// earlier counts how earlier cases about the same member ended.
func (out *Case) earlier(tx *store.Tx) error {
	cases, err := tx.CasesAbout(out.About.ID)
	for i := range cases {
		if cases[i].Kind != store.CaseReports {
			continue
		}
		switch cases[i].State {
		case store.CaseUpheld:
			out.Upheld++
		case store.CaseDismissed:
			out.Dismissed++
		}
	}
	return err
}

func caseReports(tx *store.Tx, id string, now time.Time) (out []CaseReport, err error) {
	reports, err := tx.ReportsOf(id)
	if err != nil {
		return nil, err
	}
	for i := range reports {
		r := &reports[i]
		failed, err := tx.CountFailed(r.Owner, now.Add(-failedFor))
		if err != nil {
			return nil, err
		}
		out = append(out, CaseReport{On: onSource[r.Source], Reason: r.Reason, Words: r.Words, Evidence: r.Evidence, Tells: tellsOf(r.Evidence), At: r.At, Failed: failed})
	}
	return out, nil
}

// tellsOf finds what in a text reads like selling, fraud or abuse.
func tellsOf(text string) []Span {
	if f := note.Read(text, note.Context{}); f.Kind == kith.NotePitch || f.Kind == kith.NoteScam || f.Abusive {
		return f.Evidence
	}
	return nil
}

// Uphold says that what was brought to the desk is right: reports lead to what
// the ruling says, an appeal lifts the restriction and takes no ruling but
// words. Whoever reported learns that the desk has looked, no more; the member
// learns of a step when it holds, and that the desk decided it.
func (a *App) Uphold(ctx context.Context, who Actor, id string, r Ruling) error {
	words, err := reportLimit.read("words", r.Words)
	if err != nil {
		return err
	}
	return a.decideCase(ctx, who, id, store.CaseUpheld, words, func(tx *store.Tx, c *store.DeskCase) error {
		if c.Kind == store.CaseAppeal {
			if r.Step != Free || r.Weeks != 0 || r.Close || r.AtOnce {
				return invalid("step", "an appeal that is upheld lifts the restriction; leave the ruling out")
			}
			return nil
		}
		if err := r.check(); err != nil {
			return err
		}
		if r.Close {
			return a.closeFor(tx, who, c.About)
		}
		return a.restrict(tx, c.About, &r)
	})
}

// Dismiss says that what was brought to the desk is not right: reports change
// nothing, are no complaints, and those who made them count less for a year; a
// restriction appealed against stays.
func (a *App) Dismiss(ctx context.Context, who Actor, id, words string) error {
	words, err := reportLimit.read("words", words)
	if err != nil {
		return err
	}
	return a.decideCase(ctx, who, id, store.CaseDismissed, words, nil)
}

// decideCase ends an open case after doing what follows from it.
func (a *App) decideCase(ctx context.Context, who Actor, id string, as store.CaseState, words string, follow func(*store.Tx, *store.DeskCase) error) error {
	if err := who.moderates(); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		c, err := lockCase(tx, who, id)
		if err != nil {
			return err
		}
		if follow != nil {
			if err := follow(tx, &c); err != nil {
				return err
			}
		}
		settle := a.settleReports
		if c.Kind == store.CaseAppeal {
			settle = a.settleAppeals
		}
		if err := settle(tx, &c, as); err != nil {
			return err
		}
		return endCase(tx, &c, as, who.ID, words)
	})
}

// endCase writes the end of a case, and from when on its subject sees what was
// looked at for it.
func endCase(tx *store.Tx, c *store.DeskCase, as store.CaseState, by kith.MemberID, words string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	c.State, c.ClosedAt, c.ClosedBy, c.Words = as, now, by, words
	if err := tx.CloseCase(c); err != nil {
		return err
	}
	return tx.ShowAudit(c.ID, weekOf(now).Add(week+auditDelay))
}

// settleReports writes what became of the reports of a case and tells those who
// made them that the desk has looked.
func (a *App) settleReports(tx *store.Tx, c *store.DeskCase, as store.CaseState) error {
	reports, err := tx.ReportsOf(c.ID)
	if err != nil {
		return err
	}
	state := store.ReportUpheld
	if as == store.CaseDismissed {
		state = store.ReportDismissed
	}
	for i := range reports {
		r := &reports[i]
		if err := tx.SettleReport(r, state); err != nil {
			return err
		}
		if state == store.ReportDismissed && r.Source == store.OfInvitation {
			if err := tx.UncountComplaint(c.About, kith.InvitationID(r.Subject)); err != nil {
				return err
			}
		}
		// Reports come in the order of who made them.
		if err := tx.Tell(&store.Event{Owner: r.Owner, Kind: kindLookedAt, Subject: r.Subject, Other: c.About, Notice: true}); err != nil {
			return err
		}
	}
	return nil
}

// restrict lets a step hold for a member, from next Monday or from now on, for
// whole weeks after this one. The row that budgets are taken from is locked, so
// no invitation slips through.
func (a *App) restrict(tx *store.Tx, about kith.MemberID, r *Ruling) error {
	// Locked and no more: a week that began by this would tell that something
	// happened.
	if _, err := tx.LockStanding(about); err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	from := weekOf(now).Add(week)
	until := from.Add(time.Duration(r.Weeks) * week)
	if err := addStandingDuty(tx, about, from); err != nil { // tells them
		return err
	}
	if r.AtOnce {
		// The week's beginning, not the instant: an invitation that waits for the
		// lock has an earlier time than this.
		from = weekOf(now)
	}
	return tx.Restrict(&store.Restriction{Owner: about, Step: r.Step, Cause: store.ByDesk, From: from, Until: until})
}

// closeFor closes an account for good. One that may moderate is closed by
// operators only.
func (a *App) closeFor(tx *store.Tx, who Actor, about kith.MemberID) error {
	m, ok, err := tx.LockMember(about)
	switch {
	case err != nil:
		return err
	case ok && m.Role > Ordinary && who.Role < Operator:
		return &kith.Error{Kind: kith.Denied, Msg: "this account moderates; only an operator closes it"}
	case !ok || m.State != store.Active:
		return conflict("this account is closed already; dismiss the case, or uphold it with a step")
	}
	return a.closeAccount(tx, &m, true)
}

func (r *Ruling) check() error {
	switch {
	case r.Close && (r.Step != Free || r.Weeks != 0):
		return invalid("close", "closing the account is all; leave out step and weeks")
	case r.Close:
		return nil
	case r.Step != KnowMail && r.Step != Paused:
		return invalid("step", "say one of: know-mail, paused; or close the account; or dismiss the case")
	case r.Weeks < 1 || r.Weeks > MaxWeeks:
		return invalid("weeks", "say for how many weeks, 1 to 26")
	}
	return nil
}
