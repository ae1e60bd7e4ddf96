package store

import (
	"time"

	"kith"
)

// ElsewhereState says how an invitation on another site stands, as far as it is
// known here.
type ElsewhereState uint8

// The states of an invitation elsewhere.
const (
	ElsewhereOpen      ElsewhereState = iota // nothing is known to have happened
	ElsewhereAsked                           // the member asked there first; an answer is awaited
	ElsewhereAnswered                        // an answer came, or the member says that none did
	ElsewhereConnected                       // the two are connected there
	ElsewhereDone                            // the member says it is done there
)

// String gives the state's word.
func (s ElsewhereState) String() string {
	return [...]string{"open", "asked", "answered", "connected", "done"}[s]
}

// Deed is what a member says they did on the other site.
type Deed uint8

// The deeds. The zero Deed is none.
const (
	NotDone Deed = iota
	DidAccept
	DidDecline
	DidReport
)

// String gives the deed's word, empty for none.
func (d Deed) String() string { return [...]string{"", "accepted", "declined", "reported"}[d] }

// Elsewhere is an invitation on another site, with a contact.
type Elsewhere struct {
	Owner     kith.MemberID
	ID        kith.InvitationID
	Contact   kith.ContactID
	Direction kith.Direction
	// SentAt is when it was sent, LastAt the latest time a source gives for the
	// same invitation; both are zero if no source gives one.
	SentAt, LastAt time.Time
	DateOnly       bool // SentAt is a day
	Note           string
	NoteState      kith.State // Unknown, Present or Absent
	Source         kith.Source
	// Connected and RepliedAt follow from the contact.
	Connected bool
	RepliedAt time.Time // when they last wrote since they were asked
	// What the member says.
	Did          Deed
	DidAt        time.Time
	AskedAt      time.Time
	Answer       kith.Answer // did an answer come
	AnsweredAt   time.Time
	SnoozedUntil time.Time
	// Unjudged says that something was learnt since the last verdict.
	Unjudged bool
}

// State says how it stands. A connection there says more than the member's own
// word, which may be older.
func (e *Elsewhere) State() ElsewhereState {
	switch {
	case e.Connected:
		return ElsewhereConnected
	case e.Did != NotDone:
		return ElsewhereDone
	case !e.RepliedAt.IsZero(), e.Answer != kith.NotAnswered:
		return ElsewhereAnswered
	case !e.AskedAt.IsZero():
		return ElsewhereAsked
	}
	return ElsewhereOpen
}

const (
	elsewhereColumns = `owner, id, contact, direction, sent_at, last_at, date_only, note, note_state, source, connected, replied_at,
	did, did_at, asked_at, answer, answered_at, snoozed_until, unjudged`
	readElsewhere sqlText = "SELECT " + elsewhereColumns + " FROM elsewhere WHERE owner = $1 AND id = $2"
	pageElsewhere sqlText = "SELECT " + elsewhereColumns + ` FROM elsewhere WHERE owner = $1 AND direction = $2 AND state BETWEEN $3 AND $4
	AND (sent_at < $5 OR sent_at = $5 AND id < $6) ORDER BY sent_at DESC, id DESC LIMIT $7 + 0`
	unjudged     sqlText = "SELECT id FROM elsewhere WHERE owner = $1 AND unjudged = 1 ORDER BY id LIMIT $2 + 0"
	rejudgeOwner sqlText = "UPDATE elsewhere SET unjudged = 1 WHERE owner = $1 AND direction = 1 AND state < 3 AND unjudged = 0"
)

var (
	elsewhereIn   = unionOf("SELECT "+elsewhereColumns+" FROM elsewhere WHERE owner = $1 AND contact = $2", 1)
	elsewhereByID = unionOf(string(readElsewhere), 1)
	dropElsewhere = whereIn("DELETE FROM elsewhere WHERE owner = $1 AND id", 1)
	judgedIn      = whereIn("UPDATE elsewhere SET unjudged = 0 WHERE owner = $1 AND id", 1)
	setElsewhere  = insertMany("INSERT INTO elsewhere ("+elsewhereColumns+", state)", 20, `ON CONFLICT (owner, id) DO UPDATE SET
	contact = excluded.contact, sent_at = excluded.sent_at, last_at = excluded.last_at, date_only = excluded.date_only,
	note = excluded.note, note_state = excluded.note_state, source = excluded.source, connected = excluded.connected, replied_at = excluded.replied_at,
	did = excluded.did, did_at = excluded.did_at, asked_at = excluded.asked_at, answer = excluded.answer, answered_at = excluded.answered_at,
	snoozed_until = excluded.snoozed_until, state = excluded.state, unjudged = excluded.unjudged`)
)

// Elsewhere gives one invitation; ok is false if the owner has none of that id.
func (tx *Tx) Elsewhere(owner kith.MemberID, id kith.InvitationID) (e Elsewhere, ok bool, err error) {
	return maybe(scanElsewhere, tx.row(readElsewhere, string(owner), string(id)))
}

// ElsewhereByID gives several invitations, in no order.
func (tx *Tx) ElsewhereByID(owner kith.MemberID, ids []kith.InvitationID) ([]Elsewhere, error) {
	return allOf(tx, &elsewhereByID, []any{string(owner)}, texts(ids), scanElsewhere)
}

// ElsewhereOf gives the invitations of some contacts, in no order.
func (tx *Tx) ElsewhereOf(owner kith.MemberID, contacts []kith.ContactID) ([]Elsewhere, error) {
	return allOf(tx, &elsewhereIn, []any{string(owner)}, texts(contacts), scanElsewhere)
}

// PageElsewhere gives invitations of one direction whose state lies between
// two, latest sent first, behind a cursor. Those without a date come last.
func (tx *Tx) PageElsewhere(owner kith.MemberID, d kith.Direction, from, to ElsewhereState, after Cursor, limit int) ([]Elsewhere, error) {
	sent, id := micros(after.At), after.ID
	if id == "" {
		sent = 1 << 62
	}
	return all(tx, pageElsewhere, scanElsewhere, string(owner), int64(d), int64(from), int64(to), sent, id, limit)
}

// SetElsewhere writes invitations, new ones and others.
func (tx *Tx) SetElsewhere(list []Elsewhere) error {
	values := make([]any, 0, len(list)*setElsewhere.width)
	for i := range list {
		e := &list[i]
		values = append(values, string(e.Owner), string(e.ID), string(e.Contact), int64(e.Direction), micros(e.SentAt), micros(e.LastAt), bit(e.DateOnly),
			e.Note, int64(e.NoteState), int64(e.Source), bit(e.Connected), micros(e.RepliedAt), int64(e.Did), micros(e.DidAt), micros(e.AskedAt),
			int64(e.Answer), micros(e.AnsweredAt), micros(e.SnoozedUntil), bit(e.Unjudged), int64(e.State()))
	}
	_, err := tx.execMany(&setElsewhere, nil, values)
	return err
}

// DropElsewhere forgets invitations.
func (tx *Tx) DropElsewhere(owner kith.MemberID, ids []kith.InvitationID) error {
	_, err := tx.execMany(&dropElsewhere, []any{string(owner)}, texts(ids))
	return err
}

// Unjudged gives undecided invitations received of which something was learnt
// since their last verdict.
func (tx *Tx) Unjudged(owner kith.MemberID, limit int) ([]kith.InvitationID, error) {
	return all(tx, unjudged, func(row scanner, id *kith.InvitationID) error { return row.Scan(id) }, string(owner), limit)
}

// Judged notes that invitations have a verdict on everything known.
func (tx *Tx) Judged(owner kith.MemberID, ids []kith.InvitationID) error {
	_, err := tx.execMany(&judgedIn, []any{string(owner)}, texts(ids))
	return err
}

// UnjudgeAll notes that something was learnt of the owner: all undecided
// invitations want a new verdict.
func (tx *Tx) UnjudgeAll(owner kith.MemberID) error {
	_, err := tx.exec(rejudgeOwner, string(owner))
	return err
}

func scanElsewhere(row scanner, e *Elsewhere) error {
	return row.Scan(&e.Owner, &e.ID, &e.Contact, &e.Direction, at(&e.SentAt), at(&e.LastAt), &e.DateOnly, &e.Note, &e.NoteState, &e.Source,
		&e.Connected, at(&e.RepliedAt), &e.Did, at(&e.DidAt), at(&e.AskedAt), &e.Answer, at(&e.AnsweredAt), at(&e.SnoozedUntil), &e.Unjudged)
}
