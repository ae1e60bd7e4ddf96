package app

import (
	"context"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// The reasons for a report. Each is something a person saw, never somebody they
// do not know, a thin profile or a missing photo (DESIGN section 3, point 3;
// advice 4.5).
const (
	ForMoney         = "money"         // asks for money or an investment
	ForCredentials   = "credentials"   // asks for passwords, codes or papers
	ForImpersonation = "impersonation" // is somebody else, as was found out elsewhere
	ForAbuse         = "abuse"         // insults, threatens, harasses
	ForSpam          = "spam"          // sends unwanted advertising again and again (R91)
)

// ReportReasons lists the reasons for a report.
func ReportReasons() []string {
	return []string{ForMoney, ForCredentials, ForImpersonation, ForAbuse, ForSpam}
}

// ReportOn says what is reported.
type ReportOn uint8

// What may be reported.
const (
	OnInvitation ReportOn = iota // to the member; also turns it down
	OnConnection                 // the ID is the other member's; also ends it
	OnProfile                    // the ID is the other member's
	OnMessage                    // one the member received
)

// Accusation is what a member brings to the moderation desk.
type Accusation struct {
	On     ReportOn
	ID     string // of what is reported
	Reason string // one of ReportReasons
	Words  string // what the desk should know, at most 1,000 letters; may be empty
}

// Reported is a report as whoever made it may see it.
type Reported struct {
	On     ReportOn // a connection is reported by the invitation it came from
	ID     string
	Other  Named
	Reason string
	Words  string
	At     time.Time
	// LookedAt says that the desk has decided. What it decided is not told: it is
	// between the desk and whom it concerns.
	LookedAt bool
}

var reportLimit = textLimit{1000, 6 << 10}

// kindLookedAt is the event of a report the desk has decided.
const kindLookedAt = "report-looked-at"

// MaxReports is how many profiles and messages a member may report in a day: a
// desk is a few people. Reporting an invitation is an answer to it and is not
// counted.
const MaxReports = 20

// explained gives what reporting an invitation does beside the act: it keeps the
// reason, one of ReportReasons, and the words.
func explained(reason, words string) (func(*store.Tx, *store.Invitation, *done) error, error) {
	acc := Accusation{Reason: reason, Words: words}
	err := acc.check()
	return func(tx *store.Tx, w *store.Invitation, d *done) error {
		return tx.ExplainReport(d.pair.Member(d.by), store.OfInvitation, string(w.ID), acc.Reason, acc.Words)
	}, err
}

// Report brings something to the moderation desk. What is not there for the
// actor is answered as everywhere: for the invitation, the connection, the
// account or the message. Whom it is about never learns who reported.
func (a *App) Report(ctx context.Context, who Actor, acc Accusation) (err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	if err := acc.check(); err != nil {
		return err
	}
	return a.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		id := kith.InvitationID(acc.ID)
		switch acc.On {
		case OnConnection:
			l, ok, err := tx.Link(who.ID, kith.MemberID(acc.ID))
			if err != nil {
				return err
			}
			if !ok {
				return errNoConnection
			}
			id = l.Invitation
			fallthrough
		case OnInvitation:
			_, err := a.ReportInvitation(ctx, who, id, acc.Reason, acc.Words)
			return err
		}
		return a.accuse(tx, who.ID, &acc)
	})
}

// accuse reports a profile or a message, which changes nothing between the two.
func (a *App) accuse(tx *store.Tx, who kith.MemberID, acc *Accusation) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	n, err := tx.CountReports(who, now.Add(-kith.Day))
	if err != nil {
		return err
	}
	if n >= MaxReports {
		return conflict("you have reported as much as one may on a day; go on tomorrow")
	}
	r := store.Report{Owner: who, Subject: acc.ID, Reason: acc.Reason, Words: acc.Words, At: now}
	if acc.On == OnMessage {
		err = a.ofMessage(tx, &r)
	} else {
		err = a.ofProfile(tx, &r)
	}
	if err != nil {
		return err
	}
	return toCase(tx, &r)
}

// ofMessage fills in a report of a message its owner received.
func (a *App) ofMessage(tx *store.Tx, r *store.Report) error {
	m, ok, err := tx.Message(r.Owner, kith.MessageID(r.Subject))
	if err != nil {
		return err
	}
	if !ok || m.Outgoing {
		return errNoMessage
	}
	r.Source, r.About, r.Evidence = store.OfMessage, m.Other, m.Text
	return nil
}

// ofProfile fills in a report of a profile its owner may see.
func (a *App) ofProfile(tx *store.Tx, r *store.Report) error {
	about := kith.MemberID(r.Subject)
	m, err := a.meet(tx, r.Owner, about)
	if err != nil {
		return err
	}
	if m.self {
		return pair.ErrSelf
	}
	p, err := tx.Profile(about)
	if err != nil {
		return err
	}
	r.Source, r.About, r.Evidence = store.OfProfile, about, lines(p.Name, p.Headline, p.Location, p.Summary)
	return nil
}

// toCase puts a report into the open case about the same member.
func toCase(tx *store.Tx, r *store.Report) error {
	c, err := tx.OpenCase(r.About, store.CaseReports)
	if err != nil {
		return err
	}
	r.Case = c.ID
	return tx.SetReport(r)
}

// toDesk brings a reported invitation to the moderation desk, or takes the
// report back: about is its sender. Its reason follows (ExplainReport); without
// one it is spam, as the act is called.
func (a *App) toDesk(tx *store.Tx, about, reporter kith.MemberID, id kith.InvitationID, there bool) error {
	if !there {
		return a.fromDesk(tx, reporter, id)
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	w, _, err := tx.Invitation(id)
	if err != nil {
		return err
	}
	return toCase(tx, &store.Report{Owner: reporter, Source: store.OfInvitation, Subject: string(id), About: about, Reason: ForSpam,
		Evidence: lines(w.Note, w.Reply), At: now})
}

// fromDesk takes a report back that the desk has not decided, and with the last
// one its case.
func (a *App) fromDesk(tx *store.Tx, reporter kith.MemberID, id kith.InvitationID) error {
	r, ok, err := tx.OpenReport(reporter, store.OfInvitation, string(id))
	if err != nil || !ok {
		return err
	}
	c, ok, err := tx.LockCase(r.Case)
	if err != nil || !ok || c.State != store.CaseOpen {
		return err
	}
	if err := tx.SettleReport(&r, store.ReportTakenBack); err != nil {
		return err
	}
	left, err := tx.ReportsOf(c.ID)
	if err != nil || len(left) > 0 {
		return err
	}
	return endCase(tx, &c, store.CaseTakenBack, "", "")
}

// Reports gives a page of what the actor reported and did not take back, newest
// first.
func (a *App) Reports(ctx context.Context, who Actor, after Cursor, limit int) (out []Reported, next Cursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		out, next = nil, Cursor{}
		reports, err := tx.Reports(who.ID, after, limit+1)
		if err != nil {
			return err
		}
		reports, more := Paged(reports, limit)
		for i := range reports {
			r := &reports[i]
			out = append(out, Reported{On: onSource[r.Source], ID: r.Subject, Other: Named{ID: r.About, Name: r.Name}, Reason: r.Reason, Words: r.Words, At: r.At,
				LookedAt: r.State != store.ReportOpen})
			next = Cursor{At: r.At, ID: r.Subject}
		}
		next = ifMore(next, more)
		return nil
	})
	return out, next, err
}

// onSource says what a report of a source is on.
var onSource = map[store.ReportSource]ReportOn{store.OfInvitation: OnInvitation, store.OfProfile: OnProfile, store.OfMessage: OnMessage}

// check cleans an accusation and refuses one that says nothing to go by.
func (acc *Accusation) check() (err error) {
	if acc.On > OnMessage {
		return invalid("on", "say one of: invitation, connection, profile, message")
	}
	if !isID(acc.ID) {
		acc.ID = "" // of nothing: answered as what is not there
	}
	known := false
	for _, r := range ReportReasons() {
		known = known || r == acc.Reason
	}
	if !known {
		return invalid("reason", "say one of: "+strings.Join(ReportReasons(), ", "))
	}
	acc.Words, err = reportLimit.read("words", acc.Words)
	return err
}

// lines puts what there is on lines of its own.
func lines(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "\n")
}
