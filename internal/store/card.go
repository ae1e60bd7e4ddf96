package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kith"
)

// Card is an open invitation as the inbox lists it, received here or elsewhere:
// who, what they wrote, and the newest verdict in columns.
type Card struct {
	Invitation kith.InvitationID
	// About is who sent it; with a contact it waits elsewhere.
	About    Person
	Name     string
	Headline string
	Place    string
	Photo    string // hash of the sender's photo, of a member
	Slug     string // of the profile elsewhere, of a contact
	// Note may be empty; NoteKnown says whether it was seen at all.
	Note      string
	NoteKnown bool
	SentAt    time.Time
	DateOnly  bool      // SentAt is a day
	ExpiresAt time.Time // zero where it is not known
	AskedAt   time.Time
	RepliedAt time.Time
	// Asked is the question that went out, Reply the answer to it, of a member's.
	Asked, Reply string
	// Waits says that a question is out and nothing came back.
	Waits bool

	// N is the verdict's number, 0 while there is none; then Rank is Unjudged
	// and what follows is empty.
	N                   int
	JudgedAt            time.Time
	Decision            kith.Decision
	Rank                int
	Firm                bool
	Bands               kith.Bands
	Why, Question, Asks string
	Mutual              int // -1: unknown
	// Signals are the ids of those that spoke, each between spaces; the first is
	// that of the first reason.
	Signals string
}

// Elsewhere reports whether the invitation waits on another site.
func (c *Card) Elsewhere() bool { return c.About.Contact != "" }

// Lead is the signal of the first reason, empty if there is none.
func (c *Card) Lead() string {
	lead, _, _ := strings.Cut(strings.TrimPrefix(c.Signals, " "), " ")
	return lead
}

// CardOrder is how cards are ordered.
type CardOrder uint8

// The orders.
const (
	Newest    CardOrder = iota // latest sent first
	ByVerdict                  // by Rank, and of one verdict latest sent first
)

// CardQuery says which cards are wanted, behind which, and how many at most.
type CardQuery struct {
	Order    CardOrder
	Decision string // of one decision, or NotJudged; empty: of any
	// Here and Elsewhere say from where.
	Here, Elsewhere bool
	After           CardCursor
	Limit           int
	Now             time.Time
}

// NotJudged is the decision of what is not decided yet, in a CardQuery.
const NotJudged = "undecided"

// CardCursor is a place in a list of cards; the zero CardCursor its beginning.
type CardCursor struct {
	Rank int // in the order ByVerdict
	Cursor
}

const (
	cardVerdict = `COALESCE(v.n, 0), COALESCE(v.at, 0), COALESCE(v.decision, ''), COALESCE(v.rank, 9), COALESCE(v.firm, 0),
	COALESCE(v.genuine, ''), COALESCE(v.known, ''), COALESCE(v.worth, ''), COALESCE(v.why, ''), COALESCE(v.question, ''), COALESCE(v.asks, ''),
	COALESCE(v.mutual, -1), COALESCE(v.signals, '')`

	// What is open here: unanswered, in its time, not put off, and of nobody
	// whom standing pauses.
	openHere = ` i.owner = $1 AND i.box = 0 AND i.answer = 0 AND i.expires_at > $2
	AND i.invitation NOT IN (SELECT s.invitation FROM snooze s WHERE s.owner = $1 AND s.until > $2) AND ` + notPaused
	notPaused   = "NOT EXISTS (SELECT 1 FROM restriction r WHERE r.owner = i.other AND r.step = 2 AND r.from_at <= $2 AND r.until_at > $2 AND r.appeal <> 2)"
	verdictHere = ` LEFT JOIN verdict v ON v.owner = $1 AND v.invitation = i.invitation AND v.newest = 1 `
	cardHere    = `SELECT i.invitation, i.other, '', m.name, COALESCE(p.headline, ''), COALESCE(p.location, ''), COALESCE(f.hash, ''), '',
	COALESCE(w.note, ''), 1, i.sent_at, 0, i.expires_at, i.asked_at, i.replied_at, COALESCE(w.question, ''), COALESCE(w.reply, ''),
	CASE WHEN i.asked_at > 0 AND i.replied_at = 0 THEN 1 ELSE 0 END, ` + cardVerdict + `
	FROM inbox i` + verdictHere + `JOIN member m ON m.id = i.other LEFT JOIN profile p ON p.owner = i.other
	LEFT JOIN photo f ON f.owner = i.other AND f.size = 96 LEFT JOIN invitation w ON w.sender = i.other AND w.id = i.invitation WHERE`
	cardsHere = cardHere + openHere

	// What is open elsewhere: received, neither connected nor done, not put off.
	openThere    = ` i.owner = $1 AND i.direction = 1 AND i.state < 3 AND i.snoozed_until <= $2`
	verdictThere = ` LEFT JOIN verdict v ON v.owner = $1 AND v.invitation = i.id AND v.newest = 1 `
	cardThere    = `SELECT i.id, '', i.contact, c.name, c.headline, c.place, '', c.slug,
	i.note, CASE WHEN i.note_state = 0 THEN 0 ELSE 1 END, i.sent_at, i.date_only, 0, i.asked_at, i.replied_at, '', '',
	CASE WHEN i.state = 1 THEN 1 ELSE 0 END, ` + cardVerdict + `
	FROM elsewhere i` + verdictThere + `JOIN contact c ON c.owner = $1 AND c.id = i.contact WHERE`
	cardsThere = cardThere + openThere

	decided = " AND ($3 = '' OR COALESCE(v.decision, 'undecided') = $3)"

	newestHere sqlText = cardsHere + decided + ` AND (i.sent_at, i.invitation) < ($4, $5)
	ORDER BY i.sent_at DESC, i.invitation DESC LIMIT $6 + 0`
	newestThere sqlText = cardsThere + decided + ` AND (i.sent_at, i.id) < ($4, $5)
	ORDER BY i.sent_at DESC, i.id DESC LIMIT $6 + 0`

	// By verdict all that are open are put in order, which needs little of each;
	// the rest is looked up for a page of them.
	rankHere  = " ORDER BY COALESCE(v.rank, 9), i.sent_at DESC, i.invitation DESC"
	rankThere = " ORDER BY COALESCE(v.rank, 9), i.sent_at DESC, i.id DESC"

	rankedHere sqlText = cardHere + " i.owner = $1 AND i.invitation IN (SELECT i.invitation FROM inbox i" + verdictHere + "WHERE" + openHere + decided +
		" AND (COALESCE(v.rank, 9) > $7 OR COALESCE(v.rank, 9) = $7 AND (i.sent_at, i.invitation) < ($4, $5))" + rankHere + " LIMIT $6 + 0)" + rankHere
	rankedThere sqlText = cardThere + " i.owner = $1 AND i.id IN (SELECT i.id FROM elsewhere i" + verdictThere + "WHERE" + openThere + decided +
		" AND (COALESCE(v.rank, 9) > $7 OR COALESCE(v.rank, 9) = $7 AND (i.sent_at, i.id) < ($4, $5))" + rankThere + " LIMIT $6 + 0)" + rankThere

	oneHere  sqlText = cardsHere + " AND i.invitation = $3"
	oneThere sqlText = cardsThere + " AND i.id = $3"

	// An invitation received as a card, whether or not it is open.
	readHere sqlText = `SELECT w.id, w.sender, '', m.name, COALESCE(p.headline, ''), COALESCE(p.location, ''), COALESCE(f.hash, ''), '',
	w.note, 1, w.sent_at, 0, COALESCE(i.expires_at, 0), COALESCE(i.asked_at, 0), COALESCE(i.replied_at, 0), w.question, w.reply, 0, ` + cardVerdict + `
	FROM invitation w JOIN member m ON m.id = w.sender LEFT JOIN profile p ON p.owner = w.sender LEFT JOIN photo f ON f.owner = w.sender AND f.size = 96
	LEFT JOIN inbox i ON i.owner = $1 AND i.invitation = w.id LEFT JOIN verdict v ON v.owner = $1 AND v.invitation = w.id AND v.newest = 1
	WHERE w.id = $2 AND w.recipient = $1`
	readThere sqlText = cardThere + " i.owner = $1 AND i.id = $2 AND i.direction = 1"

	countHere  sqlText = "SELECT COALESCE(v.decision, 'undecided'), COUNT(*) FROM inbox i" + verdictHere + "WHERE" + openHere + " GROUP BY 1"
	countThere sqlText = "SELECT COALESCE(v.decision, 'undecided'), COUNT(*) FROM elsewhere i" + verdictThere + "WHERE" + openThere + " GROUP BY 1"

	setSnooze  sqlText = "INSERT INTO snooze (owner, invitation, until) VALUES ($1, $2, $3) ON CONFLICT (owner, invitation) DO UPDATE SET until = excluded.until"
	dropSnooze sqlText = "DELETE FROM snooze WHERE owner = $1 AND invitation = $2"

	openAfter sqlText = `SELECT invitation, other FROM inbox WHERE owner = $1 AND box = 0 AND answer = 0 AND expires_at > $2 AND invitation > $3
	ORDER BY invitation LIMIT $4 + 0`
	neighbours sqlText = `SELECT i.other, m.name, COALESCE(p.headline, ''), COALESCE(w.note, ''), i.sent_at FROM inbox i JOIN member m ON m.id = i.other
	LEFT JOIN profile p ON p.owner = i.other LEFT JOIN invitation w ON w.sender = i.other AND w.id = i.invitation WHERE` + openHere + `
	ORDER BY i.sent_at DESC, i.invitation DESC LIMIT $3 + 0`
)

// Cards gives a page of a member's open invitations, those received here and
// those that wait elsewhere in one order.
func (tx *Tx) Cards(owner kith.MemberID, q *CardQuery) ([]Card, error) {
	sent := micros(q.After.At)
	if q.After == (CardCursor{}) {
		sent = 1 << 62
	}
	args := []any{string(owner), micros(q.Now), q.Decision, sent, q.After.ID, q.Limit}
	here, there := newestHere, newestThere
	if q.Order == ByVerdict {
		here, there, args = rankedHere, rankedThere, append(args, q.After.Rank)
	}
	var cards []Card
	for _, from := range []struct {
		wanted bool
		text   sqlText
	}{{q.Here, here}, {q.Elsewhere, there}} {
		if !from.wanted {
			continue
		}
		list, err := all(tx, from.text, scanCard, args...)
		if err != nil {
			return nil, err
		}
		cards = append(cards, list...)
	}
	if q.Here && q.Elsewhere {
		slices.SortFunc(cards, q.Order.compare)
	}
	return cards[:min(len(cards), q.Limit)], nil
}

// Card gives one open invitation; ok is false if it is not open, or not there.
func (tx *Tx) Card(owner kith.MemberID, id kith.InvitationID, now time.Time) (c Card, ok bool, err error) {
	c, ok, err = maybe(scanCard, tx.row(oneHere, string(owner), micros(now), string(id)))
	if ok || err != nil {
		return c, ok, err
	}
	return maybe(scanCard, tx.row(oneThere, string(owner), micros(now), string(id)))
}

// CardOnce gives an invitation received as the inbox listed it, whether or not it
// is open; ok is false if there never was one. Whether its recipient may see it
// is for the caller to decide.
func (tx *Tx) CardOnce(owner kith.MemberID, id kith.InvitationID) (c Card, ok bool, err error) {
	c, ok, err = maybe(scanCard, tx.row(readHere, string(owner), string(id)))
	if ok || err != nil {
		return c, ok, err
	}
	return maybe(scanCard, tx.row(readThere, string(owner), string(id)))
}

// compare orders cards as the statements do.
func (o CardOrder) compare(x, y Card) int {
	byRank := 0
	if o == ByVerdict {
		byRank = cmp.Compare(x.Rank, y.Rank)
	}
	return cmp.Or(byRank, y.SentAt.Compare(x.SentAt), cmp.Compare(y.Invitation, x.Invitation))
}

// CountCards says how many invitations are open, here and elsewhere, by
// decision; NotJudged counts what is not decided yet.
func (tx *Tx) CountCards(owner kith.MemberID, now time.Time) (here, elsewhere map[string]int, err error) {
	count := func(text sqlText) (map[string]int, error) {
		out := map[string]int{}
		err := tx.each(text, func(row scanner) error {
			var decision string
			var n int
			err := row.Scan(&decision, &n)
			out[decision] = n
			return err
		}, string(owner), micros(now))
		return out, err
	}
	if here, err = count(countHere); err != nil {
		return nil, nil, err
	}
	elsewhere, err = count(countThere)
	return here, elsewhere, err
}

// Snooze keeps an invitation out of the list until a time; the zero time brings
// it back.
func (tx *Tx) Snooze(owner kith.MemberID, id kith.InvitationID, until time.Time) error {
	if until.IsZero() {
		_, err := tx.exec(dropSnooze, string(owner), string(id))
		return err
	}
	_, err := tx.exec(setSnooze, string(owner), string(id), micros(until))
	return err
}

// Waiting names an open invitation and who it is from.
type Waiting struct {
	Invitation kith.InvitationID
	Other      kith.MemberID
}

// OpenAfter gives the unanswered invitations a member has received here, in the
// order of their ids after one.
func (tx *Tx) OpenAfter(owner kith.MemberID, after kith.InvitationID, now time.Time, limit int) ([]Waiting, error) {
	return all(tx, openAfter, func(row scanner, o *Waiting) error { return row.Scan(&o.Invitation, &o.Other) },
		string(owner), micros(now), string(after), limit)
}

// Neighbour is the sender of an open invitation, as far as one tells whether
// several are alike.
type Neighbour struct {
	Other          kith.MemberID
	Name           string
	Headline, Note string
	SentAt         time.Time
}

// Neighbours gives the senders of a member's newest open invitations.
func (tx *Tx) Neighbours(owner kith.MemberID, now time.Time, limit int) ([]Neighbour, error) {
	return all(tx, neighbours, func(row scanner, n *Neighbour) error {
		return row.Scan(&n.Other, &n.Name, &n.Headline, &n.Note, at(&n.SentAt))
	}, string(owner), micros(now), limit)
}

func scanCard(row scanner, c *Card) error { return row.Scan(c.columns()...) }

func (c *Card) columns() []any {
	return []any{&c.Invitation, &c.About.Member, &c.About.Contact, &c.Name, &c.Headline, &c.Place, &c.Photo, &c.Slug,
		&c.Note, &c.NoteKnown, at(&c.SentAt), &c.DateOnly, at(&c.ExpiresAt), at(&c.AskedAt), at(&c.RepliedAt), &c.Asked, &c.Reply, &c.Waits,
		&c.N, at(&c.JudgedAt), &c.Decision, &c.Rank, &c.Firm, &c.Bands.Genuine, &c.Bands.Known, &c.Bands.Worth, &c.Why, &c.Question, &c.Asks, &c.Mutual, &c.Signals}
}
