package store

import (
	"time"

	"kith"
)

// ReportSource says where a member met what they report.
type ReportSource uint8

// The sources. Numbers are kept: append, never reorder.
const (
	OfInvitation ReportSource = iota // or of the connection that came from it
	OfProfile
	OfMessage
)

// String names the source.
func (s ReportSource) String() string {
	switch s {
	case OfProfile:
		return "profile"
	case OfMessage:
		return "message"
	}
	return "invitation"
}

// ReportState says what became of a report.
type ReportState uint8

// The states of a report.
const (
	ReportOpen ReportState = iota
	ReportUpheld
	ReportDismissed
	ReportTakenBack // by whoever reported
)

// Report is what one member reports about another.
type Report struct {
	Owner    kith.MemberID // who reports; About never learns it
	Source   ReportSource
	Subject  string // the id of the invitation or message; of a profile, of the member
	About    kith.MemberID
	Case     string
	Reason   string // one of app's list
	Words    string // of whoever reports; may be empty
	Evidence string // what was reported, as it read then
	At       time.Time
	State    ReportState
}

// Reported is a report with the name of whom it is about, empty if they are not
// there for whoever reports.
type Reported struct {
	Report
	Name string
}

const (
	reportColumns         = "owner, source, subject, about, case_id, reason, words, evidence, at, state"
	upsertReport  sqlText = "INSERT INTO report (" + reportColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
	ON CONFLICT (owner, source, subject, case_id) DO UPDATE SET reason = excluded.reason, words = excluded.words,
	evidence = excluded.evidence, at = excluded.at, state = 0`
	openReport  sqlText = "SELECT " + reportColumns + " FROM report WHERE owner = $1 AND source = $2 AND subject = $3 AND state = 0"
	sayReport   sqlText = "UPDATE report SET reason = $4, words = $5 WHERE owner = $1 AND source = $2 AND subject = $3 AND state = 0"
	setReport   sqlText = "UPDATE report SET state = $4 WHERE owner = $1 AND source = $2 AND subject = $3 AND state = 0"
	reportsOf   sqlText = "SELECT " + reportColumns + " FROM report WHERE case_id = $1 AND state <> 3 ORDER BY owner, source, subject"
	pageReports sqlText = "SELECT " + reportColumns + ", COALESCE((SELECT o.name FROM member o WHERE o.id = about" + there + `), '') FROM report WHERE owner = $1 AND state <> 3 AND (at < $2 OR at = $2 AND subject < $3)
	ORDER BY at DESC, subject DESC LIMIT $4 + 0`
	countReports sqlText = "SELECT COUNT(*) FROM report WHERE owner = $1 AND at > $2"
	countFailed  sqlText = "SELECT COUNT(*) FROM report WHERE owner = $1 AND state = 2 AND at > $2"
	hasReported  sqlText = "SELECT COUNT(*) FROM report WHERE case_id = $1 AND owner = $2"
)

// SetReport keeps a report, in place of an earlier one of the same thing by the
// same member in the same case.
func (tx *Tx) SetReport(r *Report) error {
	_, err := tx.exec(upsertReport, string(r.Owner), int64(r.Source), r.Subject, string(r.About), r.Case, r.Reason, r.Words, r.Evidence, micros(r.At))
	return err
}

// OpenReport gives a member's report of a thing, if the desk is still to decide
// it.
func (tx *Tx) OpenReport(owner kith.MemberID, source ReportSource, subject string) (r Report, ok bool, err error) {
	return maybe(scanReport, tx.row(openReport, string(owner), int64(source), subject))
}

// ExplainReport adds to an open report why it was made.
func (tx *Tx) ExplainReport(owner kith.MemberID, source ReportSource, subject, reason, words string) error {
	_, err := tx.exec(sayReport, string(owner), int64(source), subject, reason, words)
	return err
}

// SettleReport writes what became of an open report.
func (tx *Tx) SettleReport(r *Report, s ReportState) error {
	_, err := tx.exec(setReport, string(r.Owner), int64(r.Source), r.Subject, int64(s))
	return err
}

// ReportsOf gives the reports of a case that were not taken back, in the order
// of who reported.
func (tx *Tx) ReportsOf(id string) ([]Report, error) {
	return all(tx, reportsOf, scanReport, id)
}

// Reports gives what a member reported and did not take back, newest first.
func (tx *Tx) Reports(owner kith.MemberID, after Cursor, limit int) ([]Reported, error) {
	t, id := after.from()
	return all(tx, pageReports, func(row scanner, r *Reported) error { return row.Scan(append(r.columns(), &r.Name)...) }, string(owner), t, id, limit)
}

// CountReports says how many reports a member made since a time.
func (tx *Tx) CountReports(owner kith.MemberID, since time.Time) (n int, err error) {
	err = tx.row(countReports, string(owner), micros(since)).Scan(&n)
	return n, err
}

// CountFailed says how many reports a member made since a time that the desk
// dismissed.
func (tx *Tx) CountFailed(owner kith.MemberID, since time.Time) (n int, err error) {
	err = tx.row(countFailed, string(owner), micros(since)).Scan(&n)
	return n, err
}

// HasReported says whether a member has to do with a case as a reporter, even
// one who took it back.
func (tx *Tx) HasReported(id string, owner kith.MemberID) (bool, error) {
	n := 0
	err := tx.row(hasReported, id, string(owner)).Scan(&n)
	return n > 0, err
}

func scanReport(row scanner, r *Report) error { return row.Scan(r.columns()...) }

func (r *Report) columns() []any {
	return []any{&r.Owner, &r.Source, &r.Subject, &r.About, &r.Case, &r.Reason, &r.Words, &r.Evidence, at(&r.At), &r.State}
}
