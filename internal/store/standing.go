package store

import (
	"time"

	"kith"
	"kith/pair"
)

// Step says how far a member's standing bars them from inviting.
type Step uint8

// The steps, mildest first.
const (
	Free     Step = iota // not at all
	KnowMail             // they must know the recipient's e-mail address
	Paused               // they may not invite
)

// String names the step.
func (s Step) String() string {
	switch s {
	case KnowMail:
		return "know-mail"
	case Paused:
		return "paused"
	}
	return "free"
}

// Share is how many of a member's invitations were accepted, in fifths rounded
// up; 0 says there are too few to tell.
type Share uint8

// Standing is what a member may send in one week, and what the assessment at
// its beginning said. All of it may be shown to its owner.
type Standing struct {
	Owner         kith.MemberID
	Week          time.Time // its beginning; zero: no week yet
	Budget, Spent int       // invitations
	Step          Step      // at the beginning of the week
	Share         Share
	// Complaints counts whole groups of complaints that shrank the budget.
	Complaints int
	// News says that the owner is still to be told of a change for the worse or
	// of its end.
	News bool
}

// Cause says what a restriction rests on.
type Cause uint8

// The causes.
const (
	ByAnswers Cause = iota // what many recipients answered
	ByDesk                 // the moderation desk decided so
)

// Appeal says how the appeal against a restriction stands.
type Appeal uint8

// The states of an appeal.
const (
	NoAppeal Appeal = iota
	AppealWaits
	AppealGranted // the restriction is lifted
	AppealRefused
)

// String names the state; no appeal is empty.
func (a Appeal) String() string {
	switch a {
	case AppealWaits:
		return "waiting"
	case AppealGranted:
		return "granted"
	case AppealRefused:
		return "refused"
	}
	return ""
}

// Restriction is a time in which a member may not invite as they like.
type Restriction struct {
	Owner       kith.MemberID
	N           int64 // counts up from 1 for each owner
	Step        Step
	Cause       Cause
	From, Until time.Time
	Appeal      Appeal
	AppealedAt  time.Time
	Words       string // of the appeal
}

// Holds reports whether the restriction restricts at a time.
func (r *Restriction) Holds(now time.Time) bool {
	return r.Appeal != AppealGranted && !now.Before(r.From) && now.Before(r.Until)
}

// Complaint is what one recipient's answers say against a sender.
type Complaint struct {
	At     time.Time // from when on the newest counts
	Failed int       // reports of that recipient which the desk dismissed lately
}

const (
	standingColumns         = "owner, week, budget, spent, step, share, complaints, news"
	insertStanding  sqlText = "INSERT INTO standing (" + standingColumns + ") VALUES ($1, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (owner) DO NOTHING"
	readStanding    sqlText = "SELECT " + standingColumns + " FROM standing WHERE owner = $1"
	lockStanding    sqlText = readStanding + " /*lock*/"
	updateStanding  sqlText = `UPDATE standing SET week = $2, budget = $3, spent = $4, step = $5, share = $6, complaints = $7, news = $8
	WHERE owner = $1`

	restrictionColumns         = "owner, n, step, cause, from_at, until_at, appeal, appealed_at, words"
	insertRestriction  sqlText = "INSERT INTO restriction (" + restrictionColumns + `)
	SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5, 0, 0, '' FROM restriction WHERE owner = $1`
	restrictionsOf sqlText = "SELECT " + restrictionColumns + " FROM restriction WHERE owner = $1 ORDER BY n DESC"
	// holding are restrictions that hold at a time, $2.
	holding           = " AND from_at <= $2 AND until_at > $2 AND appeal <> 2"
	setAppeal sqlText = "UPDATE restriction SET appeal = $3, appealed_at = $4, words = $5 WHERE owner = $1 AND n = $2"
	readStep  sqlText = "SELECT COALESCE(MAX(step), 0) FROM restriction WHERE owner = $1" + holding

	countAccept sqlText = `INSERT INTO answer (owner, invitation, recipient, accepted_at, complaint, counts_at) VALUES ($1, $2, $3, $4, 0, 0)
	ON CONFLICT (owner, invitation) DO UPDATE SET accepted_at = excluded.accepted_at`
	countComplaint sqlText = `INSERT INTO answer (owner, invitation, recipient, accepted_at, complaint, counts_at) VALUES ($1, $2, $3, 0, $4, $5)
	ON CONFLICT (owner, invitation) DO UPDATE SET complaint = excluded.complaint, counts_at = excluded.counts_at`
	dropComplaint   sqlText = "DELETE FROM answer WHERE owner = $1 AND invitation = $2 AND accepted_at = 0"
	uncomplain      sqlText = "UPDATE answer SET complaint = 0, counts_at = 0 WHERE owner = $1 AND invitation = $2"
	sentBetween     sqlText = "SELECT COUNT(*) FROM invitation WHERE sender = $1 AND sent_at >= $2 AND sent_at < $3"
	acceptedBetween sqlText = "SELECT COUNT(*) FROM answer WHERE owner = $1 AND accepted_at > $2 AND accepted_at <= $3"
	complaintsOf    sqlText = `SELECT MAX(counts_at), (SELECT COUNT(*) FROM report WHERE report.owner = answer.recipient AND report.state = 2 AND report.at > $4)
	FROM answer WHERE owner = $1 AND complaint <> 0 AND counts_at > $2 AND counts_at <= $3 GROUP BY recipient ORDER BY recipient`
)

// Standing gives a member's standing as it was last kept; ok is false if there
// was none yet.
func (tx *Tx) Standing(owner kith.MemberID) (s Standing, ok bool, err error) {
	return maybe(scanStanding, tx.row(readStanding, string(owner)))
}

// LockStanding gives a member's standing, locked until the transaction ends. A
// member without one gets the zero week.
func (tx *Tx) LockStanding(owner kith.MemberID) (Standing, error) {
	s, ok, err := maybe(scanStanding, tx.row(lockStanding, string(owner)))
	if ok || err != nil {
		return s, err
	}
	if _, err := tx.exec(insertStanding, string(owner)); err != nil {
		return s, err
	}
	err = scanStanding(tx.row(lockStanding, string(owner)), &s)
	return s, err
}

// SetStanding writes a locked standing back.
func (tx *Tx) SetStanding(s *Standing) error {
	_, err := tx.exec(updateStanding, string(s.Owner), micros(s.Week), s.Budget, s.Spent, int64(s.Step), int64(s.Share), s.Complaints, bit(s.News))
	return err
}

// Restrict keeps a restriction and numbers it. The member's standing is locked.
func (tx *Tx) Restrict(r *Restriction) error {
	_, err := tx.exec(insertRestriction, string(r.Owner), int64(r.Step), int64(r.Cause), micros(r.From), micros(r.Until))
	return err
}

// Restrictions gives all restrictions a member ever had, newest first.
func (tx *Tx) Restrictions(owner kith.MemberID) ([]Restriction, error) {
	return all(tx, restrictionsOf, func(row scanner, r *Restriction) error {
		return row.Scan(&r.Owner, &r.N, &r.Step, &r.Cause, at(&r.From), at(&r.Until), &r.Appeal, at(&r.AppealedAt), &r.Words)
	}, string(owner))
}

// SetAppeal writes the appeal against a restriction back.
func (tx *Tx) SetAppeal(r *Restriction) error {
	_, err := tx.exec(setAppeal, string(r.Owner), r.N, int64(r.Appeal), micros(r.AppealedAt), r.Words)
	return err
}

// Step gives the strictest step that holds for a member at a time.
func (tx *Tx) Step(owner kith.MemberID, now time.Time) (s Step, err error) {
	if d := tx.dossier(owner); d != nil && now.Equal(tx.now) {
		return d.step, nil
	}
	err = tx.row(readStep, string(owner), micros(now)).Scan(&s)
	return s, err
}

// CountAccept keeps that an invitation was accepted, counting from a time on.
func (tx *Tx) CountAccept(sender, recipient kith.MemberID, id kith.InvitationID, from time.Time) error {
	_, err := tx.exec(countAccept, string(sender), string(id), string(recipient), micros(from))
	return err
}

// CountComplaint keeps that a recipient said "I don't know this person" or
// reported, counting from a time on. An acceptance before it stays.
func (tx *Tx) CountComplaint(sender, recipient kith.MemberID, id kith.InvitationID, answer pair.Answer, from time.Time) error {
	_, err := tx.exec(countComplaint, string(sender), string(id), string(recipient), int64(answer), micros(from))
	return err
}

// UncountComplaint takes a complaint back, if there is one.
func (tx *Tx) UncountComplaint(sender kith.MemberID, id kith.InvitationID) error {
	if _, err := tx.exec(dropComplaint, string(sender), string(id)); err != nil {
		return err
	}
	_, err := tx.exec(uncomplain, string(sender), string(id))
	return err
}

// SentBetween says how many invitations a member sent from a time on and before
// another.
func (tx *Tx) SentBetween(sender kith.MemberID, from, before time.Time) (n int, err error) {
	err = tx.row(sentBetween, string(sender), micros(from), micros(before)).Scan(&n)
	return n, err
}

// AcceptedBetween says how many acceptances of a member's invitations began to
// count after a time and up to another.
func (tx *Tx) AcceptedBetween(sender kith.MemberID, after, upTo time.Time) (n int, err error) {
	err = tx.row(acceptedBetween, string(sender), micros(after), micros(upTo)).Scan(&n)
	return n, err
}

// Complaints gives the complaints about a member that began to count after a
// time and up to another, one for each person. Reports dismissed since then
// tell how far that person's word goes.
func (tx *Tx) Complaints(sender kith.MemberID, after, upTo, since time.Time) ([]Complaint, error) {
	return all(tx, complaintsOf, func(row scanner, c *Complaint) error { return row.Scan(at(&c.At), &c.Failed) },
		string(sender), micros(after), micros(upTo), micros(since))
}

func scanStanding(row scanner, s *Standing) error {
	return row.Scan(&s.Owner, at(&s.Week), &s.Budget, &s.Spent, &s.Step, &s.Share, &s.Complaints, &s.News)
}
