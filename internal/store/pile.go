package store

import (
	"time"

	"kith"
	"kith/pair"
)

const (
	pile sqlText = cardsHere + " UNION ALL " + cardsThere

	// What a member decided since a time: here what they turned down, and the
	// connections that came of invitations they accepted; elsewhere what they say
	// they did. Each with the verdict that stood then.
	stoodThen = ` LEFT JOIN verdict v ON v.owner = $1 AND v.invitation = d.id AND v.n = (SELECT MAX(x.n) FROM verdict x WHERE x.owner = $1 AND x.invitation = d.id AND x.side = 1 AND x.at <= d.decided_at)`
	refusedOf = `SELECT i.invitation AS id, i.other AS member, '' AS contact, m.name AS name, i.answer AS answer, 0 AS did, i.answered_at AS decided_at
	FROM inbox i JOIN member m ON m.id = i.other WHERE i.owner = $1 AND i.box = 0 AND i.answer > 0 AND i.answered_at > $2`
	acceptedOf = `SELECT l.invitation, l.other, '', m.name, $3 + 0, 0, l.since FROM link l JOIN member m ON m.id = l.other
	JOIN invitation w ON w.sender = l.other AND w.id = l.invitation WHERE l.owner = $1 AND l.since > $2`
	didOf = `SELECT e.id, '', e.contact, c.name, 0, e.did, e.did_at FROM elsewhere e JOIN contact c ON c.owner = $1 AND c.id = e.contact
	WHERE e.owner = $1 AND e.direction = 1 AND e.did > 0 AND e.did_at > $2`
	answered       = "(" + refusedOf + " UNION ALL " + acceptedOf + " UNION ALL " + didOf + ") AS a"
	decidedColumns = "SELECT d.id, d.member, d.contact, d.name, d.answer, d.did, d.decided_at, COALESCE(v.decision, ''), COALESCE(v.firm, 0) FROM "

	decidedSince sqlText = decidedColumns + "(SELECT * FROM " + answered + " WHERE (a.decided_at, a.id) < ($4, $5) ORDER BY a.decided_at DESC, a.id DESC LIMIT $6 + 0) AS d" +
		stoodThen + " ORDER BY d.decided_at DESC, d.id DESC"
	decidedOne   sqlText = decidedColumns + "(SELECT * FROM " + answered + " WHERE a.id = $4) AS d" + stoodThen
	countDecided sqlText = "SELECT d.answer, d.did, COALESCE(v.decision, ''), COUNT(*) FROM (SELECT * FROM " + answered + ") AS d" + stoodThen + " GROUP BY 1, 2, 3"

	// What a member wants out of sight for a while and is still open.
	setAside = `SELECT i.invitation AS id, i.other AS member, '' AS contact, m.name AS name, s.until AS until FROM snooze s
	JOIN inbox i ON i.owner = s.owner AND i.invitation = s.invitation
	JOIN member m ON m.id = i.other WHERE s.owner = $1 AND s.until > $2 AND i.box = 0 AND i.answer = 0 AND i.expires_at > $2 AND ` + notPaused + `
	UNION ALL SELECT e.id, '', e.contact, c.name, e.snoozed_until FROM elsewhere e JOIN contact c ON c.owner = $1 AND c.id = e.contact
	WHERE e.owner = $1 AND e.direction = 1 AND e.state < 3 AND e.snoozed_until > $2`
	aside    sqlText = setAside + " ORDER BY 5, 1"
	asideOne sqlText = "SELECT a.id, a.member, a.contact, a.name, a.until FROM (" + setAside + ") AS a WHERE a.id = $3"
)

// Pile gives all open invitations of a member, received here and waiting
// elsewhere, as [Tx.Cards] does, in no order.
func (tx *Tx) Pile(owner kith.MemberID, now time.Time) ([]Card, error) {
	return all(tx, pile, scanCard, string(owner), micros(now))
}

// Decided is an invitation its recipient has answered.
type Decided struct {
	Invitation kith.InvitationID
	About      Person
	Name       string
	Answer     pair.Answer // of one received here
	Did        Deed        // of one elsewhere
	At         time.Time
	// Verdict is what Kith said when it was answered, empty if nothing, and Firm
	// whether it was sure.
	Verdict kith.Decision
	Firm    bool
}

// As is the answer in the words of a verdict: accept, decline or report.
func (d *Decided) As() kith.Decision {
	switch {
	case d.Answer == pair.Accepted, d.Did == DidAccept:
		return kith.Accept
	case d.Answer == pair.Reported, d.Did == DidReport:
		return kith.Report
	}
	return kith.Decline
}

// Connects reports whether the answer made a connection here.
func (d *Decided) Connects() bool { return d.Answer == pair.Accepted }

// Parted reports whether a member decided otherwise than Kith said.
func (d *Decided) Parted() bool {
	switch d.Verdict {
	case kith.Accept:
		return d.As() != kith.Accept
	case kith.Decline, kith.Report:
		return d.As() == kith.Accept
	}
	return false
}

// Decided gives what a member answered since a time, newest first, behind a
// cursor.
func (tx *Tx) Decided(owner kith.MemberID, since time.Time, after Cursor, limit int) ([]Decided, error) {
	at, id := after.from()
	return all(tx, decidedSince, scanDecided, string(owner), micros(since), int64(pair.Accepted), at, id, limit)
}

// DecidedOne gives what a member answered to one invitation since a time; ok is
// false if they did not, or took it back.
func (tx *Tx) DecidedOne(owner kith.MemberID, since time.Time, id kith.InvitationID) (d Decided, ok bool, err error) {
	return maybe(scanDecided, tx.row(decidedOne, string(owner), micros(since), int64(pair.Accepted), string(id)))
}

func scanDecided(row scanner, d *Decided) error {
	return row.Scan(&d.Invitation, &d.About.Member, &d.About.Contact, &d.Name, &d.Answer, &d.Did, at(&d.At), &d.Verdict, &d.Firm)
}

// CountDecided calls count with how many invitations a member answered in one
// way since a time, for each way there is: what they answered, and the verdict of
// then.
func (tx *Tx) CountDecided(owner kith.MemberID, since time.Time, count func(as *Decided, n int)) error {
	return tx.each(countDecided, func(row scanner) error {
		var d Decided
		var n int
		err := row.Scan(&d.Answer, &d.Did, &d.Verdict, &n)
		count(&d, n)
		return err
	}, string(owner), micros(since), int64(pair.Accepted))
}

// Aside is an open invitation that its recipient has put off.
type Aside struct {
	Invitation kith.InvitationID
	About      Person
	Name       string
	Until      time.Time
}

// Aside gives the open invitations a member has put off, the first to come back
// first.
func (tx *Tx) Aside(owner kith.MemberID, now time.Time) ([]Aside, error) {
	return all(tx, aside, scanAside, string(owner), micros(now))
}

// AsideOne gives one open invitation a member has put off; ok is false if they
// have not.
func (tx *Tx) AsideOne(owner kith.MemberID, now time.Time, id kith.InvitationID) (a Aside, ok bool, err error) {
	return maybe(scanAside, tx.row(asideOne, string(owner), micros(now), string(id)))
}

func scanAside(row scanner, a *Aside) error {
	return row.Scan(&a.Invitation, &a.About.Member, &a.About.Contact, &a.Name, at(&a.Until))
}
