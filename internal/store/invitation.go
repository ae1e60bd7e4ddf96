package store

import (
	"time"

	"kith"
	"kith/pair"
)

// Invitation is what an invitation says: the words of both sides, kept as long
// as the two accounts are. How it stands is not in it: see [Tx.Pair].
type Invitation struct {
	ID                kith.InvitationID
	Sender, Recipient kith.MemberID
	Seq               pair.Seq // its number in the row of the two
	SentAt            time.Time
	Note              string // may be empty
	Question          string // of the recipient, who asked first
	Reply             string // of the sender to it
}

// Told is an invitation with all that says how one of its two sees it: what it
// says, the row of the two, and the other's name.
type Told struct {
	Invitation
	Pair Pair
	Name string // of the other
}

// InvitationCounts are how many invitations a member has to do with.
type InvitationCounts struct {
	Undecided int // received, without an answer, nothing asked or a reply is there
	Asked     int // received, asked first, no reply yet
	SetAside  int // received and ignored
	Sent      int // sent and pending
}

const (
	// The columns of a Told, and where they are from: i is an invitation of an
	// owner and an other. Columns of pair have nothing before their names, so that
	// nothing else here may have one of the same name.
	toldColumns = "w.sender, w.id, w.recipient, w.number, w.sent_at, w.note, w.question, w.reply, m.name, p.a, p.b, " + pairColumns
	toldFrom    = ` JOIN (SELECT sender, id, recipient, seq AS number, sent_at, note, question, reply FROM invitation) w ON w.id = i.invitation
	JOIN member m ON m.id = i.other JOIN pair p ON p.a = CASE WHEN i.owner < i.other THEN i.owner ELSE i.other END
	AND p.b = CASE WHEN i.owner < i.other THEN i.other ELSE i.owner END`

	readTold sqlText = "SELECT " + toldColumns + ` FROM (SELECT CASE WHEN sender = $1 THEN sender ELSE recipient END AS owner,
	CASE WHEN sender = $1 THEN recipient ELSE sender END AS other, id AS invitation FROM invitation
	WHERE id = $2 AND (sender = $1 OR recipient = $1)) i` + toldFrom
	// A received entry is in the inbox as long as it runs.
	pageTold sqlText = "SELECT " + toldColumns + " FROM inbox i" + toldFrom + ` WHERE i.owner = $1 AND i.box = $3
	AND (i.box = 1 OR i.expires_at > $2 AND ` + notPaused + `) AND (i.sent_at, i.invitation) < ($4, $5)
	ORDER BY i.sent_at DESC, i.invitation DESC LIMIT $6 + 0`
	countTold sqlText = `SELECT COUNT(*) FILTER (WHERE i.box = 0 AND i.answer = 0 AND (i.asked_at = 0 OR i.replied_at <> 0)),
	COUNT(*) FILTER (WHERE i.box = 0 AND i.answer = 0 AND i.asked_at <> 0 AND i.replied_at = 0),
	COUNT(*) FILTER (WHERE i.box = 0 AND i.answer = 1), COUNT(*) FILTER (WHERE i.box = 1)
	FROM inbox i WHERE i.owner = $1 AND i.expires_at > $2 AND (i.box = 1 AND i.course = 0 OR i.box = 0 AND i.answer < 2 AND ` + notPaused + ")"

	insertInvitation sqlText = `INSERT INTO invitation (sender, id, recipient, seq, sent_at, note, question, reply)
	VALUES ($1, $2, $3, $4, $5, $6, '', '')`
	readInvitation sqlText = "SELECT sender, id, recipient, seq, sent_at, note, question, reply FROM invitation WHERE id = $1"
	setQuestion    sqlText = "UPDATE invitation SET question = $3 WHERE sender = $1 AND id = $2"
	setReply       sqlText = "UPDATE invitation SET reply = $3 WHERE sender = $1 AND id = $2"
)

// AddInvitation keeps the words of a new invitation.
func (tx *Tx) AddInvitation(i *Invitation) error {
	_, err := tx.exec(insertInvitation, string(i.Sender), string(i.ID), string(i.Recipient), int64(i.Seq), micros(i.SentAt), i.Note)
	return err
}

// Invitation gives the words of an invitation; ok is false if there never was
// one. Who may see them is for the caller to decide.
func (tx *Tx) Invitation(id kith.InvitationID) (i Invitation, ok bool, err error) {
	return maybe(scanInvitation, tx.row(readInvitation, string(id)))
}

// SetQuestion keeps what the recipient asked first.
func (tx *Tx) SetQuestion(sender kith.MemberID, id kith.InvitationID, text string) error {
	_, err := tx.exec(setQuestion, string(sender), string(id), text)
	return err
}

// SetReply keeps what the sender replied.
func (tx *Tx) SetReply(sender kith.MemberID, id kith.InvitationID, text string) error {
	_, err := tx.exec(setReply, string(sender), string(id), text)
	return err
}

// Told gives an invitation a member sent or received; ok is false if there is
// none. Whether they may see it is for the caller to decide.
func (tx *Tx) Told(owner kith.MemberID, id kith.InvitationID) (t Told, ok bool, err error) {
	if t, ok, err = maybe(scanTold, tx.row(readTold, string(owner), string(id))); ok && tx.known != nil {
		tx.known.pairs[[2]kith.MemberID{t.Pair.A, t.Pair.B}] = t.Pair
	}
	return t, ok, err
}

// Box gives the invitations in one of a member's boxes, newest first. Received
// ones are those whose time is not over, of members whom standing does not
// pause.
func (tx *Tx) Box(owner kith.MemberID, box Box, now time.Time, after Cursor, limit int) ([]Told, error) {
	sent, id := after.from()
	return all(tx, pageTold, scanTold, string(owner), micros(now), int64(box), sent, id, limit)
}

// CountInvitations counts what [Tx.Box] gives of a member's boxes, but for what
// is turned down or ended.
func (tx *Tx) CountInvitations(owner kith.MemberID, now time.Time) (c InvitationCounts, err error) {
	err = tx.row(countTold, string(owner), micros(now)).Scan(&c.Undecided, &c.Asked, &c.SetAside, &c.Sent)
	return c, err
}

func (i *Invitation) columns() []any {
	return []any{&i.Sender, &i.ID, &i.Recipient, &i.Seq, at(&i.SentAt), &i.Note, &i.Question, &i.Reply}
}

func scanInvitation(row scanner, i *Invitation) error { return row.Scan(i.columns()...) }

func scanTold(row scanner, t *Told) error {
	if err := row.Scan(t.columns()...); err != nil {
		return err
	}
	return t.Pair.complete()
}

func (t *Told) columns() []any {
	return append(append(t.Invitation.columns(), &t.Name), t.Pair.columns()...)
}
