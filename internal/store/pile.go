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
	acceptedOf = `SELECT l.invitation, l.other, '', m.name, $4 + 0, 0, l.since FROM link l JOIN member m ON m.id = l.other
	JOIN invitation w ON w.sender = l.other AND w.id = l.invitation WHERE l.owner = $1 AND l.since > $2`
	didOf = `SELECT e.id, '', e.contact, c.name, 0, e.did, e.did_at FROM elsewhere e JOIN contact c ON c.owner = $1 AND c.id = e.contact
	WHERE e.owner = $1 AND e.direction = 1 AND e.did > 0 AND e.did_at > $2`
	decidedSince sqlText = `SELECT d.id, d.member, d.contact, d.name, d.answer, d.did, d.decided_at, COALESCE(v.decision, ''), COALESCE(v.firm, 0)
	FROM (` + refusedOf + " UNION ALL " + acceptedOf + " UNION ALL " + didOf + " ORDER BY 7 DESC LIMIT $3 + 0) d" + stoodThen + " ORDER BY 7 DESC, 1"

	// What a member wants out of sight for a while and is still open.
	aside sqlText = `SELECT i.invitation, i.other, '', m.name, s.until FROM snooze s JOIN inbox i ON i.owner = s.owner AND i.invitation = s.invitation
	JOIN member m ON m.id = i.other WHERE s.owner = $1 AND s.until > $2 AND i.box = 0 AND i.answer = 0 AND i.expires_at > $2 AND ` + notPaused + `
	UNION ALL SELECT e.id, '', e.contact, c.name, e.snoozed_until FROM elsewhere e JOIN contact c ON c.owner = $1 AND c.id = e.contact
	WHERE e.owner = $1 AND e.direction = 1 AND e.state < 3 AND e.snoozed_until > $2 ORDER BY 5, 1`
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

// Decided gives what a member answered since a time, newest first.
func (tx *Tx) Decided(owner kith.MemberID, since time.Time, limit int) ([]Decided, error) {
	return all(tx, decidedSince, func(row scanner, d *Decided) error {
		return row.Scan(&d.Invitation, &d.About.Member, &d.About.Contact, &d.Name, &d.Answer, &d.Did, at(&d.At), &d.Verdict, &d.Firm)
	}, string(owner), micros(since), limit, int64(pair.Accepted))
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
	return all(tx, aside, func(row scanner, a *Aside) error {
		return row.Scan(&a.Invitation, &a.About.Member, &a.About.Contact, &a.Name, at(&a.Until))
	}, string(owner), micros(now))
}
