package store

import (
	"time"

	"kith"
)

// Person is whom a verdict or an answer is about: a member here or one of the
// owner's private contacts, never both. The zero Person is the owner.
type Person struct {
	Member  kith.MemberID
	Contact kith.ContactID
}

// Verdict is one decision Kith made about an invitation or a connection of its
// owner. Rows are kept; the newest is marked.
type Verdict struct {
	Owner      kith.MemberID
	Invitation kith.InvitationID
	N          int // counts up from 1 for each invitation
	Newest     bool
	About      Person
	Side       kith.Side // Receive or Connected
	At         time.Time
	Decision   kith.Decision
	// Rank orders decisions in a list, see [Rank].
	Rank  int
	Firm  bool
	Bands kith.Bands
	// Why is the first reason's sentence, Question the id of the one question
	// worth asking and Asks its sentence; each may be empty.
	Why, Question, Asks string
	// Mutual is how many connections the two had in common; -1 is unknown.
	Mutual int
	// Signals are the ids of those that spoke, each between spaces: " met mutual ".
	// The first is that of the first reason.
	Signals string
	Model   string
	// Body and Facts are JSON, for package app to read.
	Body, Facts string
}

// Unjudged is the rank of what is not decided yet, behind every decision.
const Unjudged = 9

// Rank gives the place of a decision in a list that is ordered by verdict: what
// to accept first, what to report last; of connections, what to keep first.
func Rank(d kith.Decision) int {
	for i, known := range []kith.Decision{kith.Accept, kith.Ask, kith.Decline, kith.Report, kith.Keep, kith.Disconnect} {
		if d == known {
			return i + 1
		}
	}
	return Unjudged
}

const (
	verdictColumns = `owner, invitation, n, newest, other, contact, side, at, decision, rank, firm, genuine, known, worth, why, question, asks,
	mutual, signals, model, body, facts`

	lockFeed      sqlText = "SELECT last FROM feed WHERE owner = $1 /*lock*/"
	newestVerdict sqlText = "SELECT " + verdictColumns + " FROM verdict WHERE owner = $1 AND invitation = $2 AND newest = 1"
	verdictsOf    sqlText = "SELECT " + verdictColumns + " FROM verdict WHERE owner = $1 AND invitation = $2 ORDER BY n"
)

var (
	newestVerdicts = unionOf(string(newestVerdict), 1)
	outdated       = whereIn("UPDATE verdict SET newest = 0 WHERE owner = $1 AND newest = 1 AND invitation", 1)
	insertVerdicts = insertMany("INSERT INTO verdict ("+verdictColumns+")", 22, "")
)

// LockJudging makes whoever judges an owner's invitations wait for each other:
// it locks the owner's feed, which they write anyway, and gives the number of
// its newest event.
func (tx *Tx) LockJudging(owner kith.MemberID) (last int64, err error) {
	err = tx.row(lockFeed, string(owner)).Scan(&last)
	return last, notFound(err, "there is no such member")
}

// AddVerdicts keeps decisions of one owner as the newest of their invitations.
// Their numbers count on from those of [Tx.NewestVerdicts]. The owner's judging
// is locked: see [Tx.LockJudging].
func (tx *Tx) AddVerdicts(list []Verdict) error {
	var again []kith.InvitationID
	values := make([]any, 0, len(list)*insertVerdicts.width)
	for i := range list {
		v := &list[i]
		if v.N > 1 {
			again = append(again, v.Invitation)
		}
		v.Newest, v.Rank = true, Rank(v.Decision)
		values = append(values, string(v.Owner), string(v.Invitation), v.N, bit(v.Newest), string(v.About.Member), string(v.About.Contact), int64(v.Side),
			micros(v.At), string(v.Decision), v.Rank, bit(v.Firm), string(v.Bands.Genuine), string(v.Bands.Known), string(v.Bands.Worth),
			v.Why, v.Question, v.Asks, v.Mutual, v.Signals, v.Model, v.Body, v.Facts)
	}
	if len(again) > 0 {
		if _, err := tx.execMany(&outdated, []any{string(list[0].Owner)}, texts(again)); err != nil {
			return err
		}
	}
	_, err := tx.execMany(&insertVerdicts, nil, values)
	return err
}

// NewestVerdicts gives the newest decisions about some invitations, in no order.
func (tx *Tx) NewestVerdicts(owner kith.MemberID, ids []kith.InvitationID) ([]Verdict, error) {
	return allOf(tx, &newestVerdicts, []any{string(owner)}, texts(ids), scanVerdict)
}

// Verdict gives the newest decision about an invitation; ok is false while
// there is none.
func (tx *Tx) Verdict(owner kith.MemberID, id kith.InvitationID) (v Verdict, ok bool, err error) {
	return maybe(scanVerdict, tx.row(newestVerdict, string(owner), string(id)))
}

// Verdicts gives every decision about an invitation, oldest first.
func (tx *Tx) Verdicts(owner kith.MemberID, id kith.InvitationID) ([]Verdict, error) {
	return all(tx, verdictsOf, scanVerdict, string(owner), string(id))
}

func scanVerdict(row scanner, v *Verdict) error {
	return row.Scan(&v.Owner, &v.Invitation, &v.N, &v.Newest, &v.About.Member, &v.About.Contact, &v.Side, at(&v.At), &v.Decision, &v.Rank, &v.Firm,
		&v.Bands.Genuine, &v.Bands.Known, &v.Bands.Worth, &v.Why, &v.Question, &v.Asks, &v.Mutual, &v.Signals, &v.Model, &v.Body, &v.Facts)
}
