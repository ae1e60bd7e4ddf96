package store

import (
	"time"

	"kith"
)

// Face is a member as lists show them.
type Face struct {
	ID       kith.MemberID
	Name     string
	Headline string
	Photo    string // its hash; empty: none
}

// In all statements here $1 is the viewer.
const (
	faces = `SELECT m.id, m.name, COALESCE(p.headline, ''), COALESCE(f.hash, '') FROM member m
	LEFT JOIN profile p ON p.owner = m.id LEFT JOIN photo f ON f.owner = m.id AND f.size = 96 `
	// unblocked leaves out whoever blocks the viewer or is blocked by them.
	unblocked = ` AND NOT EXISTS (SELECT 1 FROM pair x WHERE x.a = m.id AND x.b = $1 AND x.a_blocks + x.b_blocks > 0)
	AND NOT EXISTS (SELECT 1 FROM pair x WHERE x.a = $1 AND x.b = m.id AND x.a_blocks + x.b_blocks > 0) `
	// shown leaves out who shows their connections to nobody.
	shown = " NOT EXISTS (SELECT 1 FROM setting s WHERE s.owner = m.id AND s.shows = 2) "

	facesNamed sqlText = faces + "WHERE m.state = 0 AND m.id <> $1 AND m.name_folded >= $2 AND m.name_folded < $3" + unblocked +
		"ORDER BY m.name_folded, m.id LIMIT $4 + 0"

	connected          = "JOIN link l ON l.owner = $2 AND l.other = m.id WHERE m.state = 0 AND (m.id = $1 OR" + shown + ")" + unblocked
	pageFaces  sqlText = faces + connected + "AND m.id > $3 ORDER BY m.id LIMIT $4 + 0"
	countFaces sqlText = "SELECT COUNT(*) FROM (SELECT m.id FROM member m " + connected + "LIMIT $3 + 0) AS shown"
)

// FacesNamed gives members in use whose folded name begins with a text, those
// with a block between them and the viewer left out, in the order of names.
func (tx *Tx) FacesNamed(viewer kith.MemberID, prefix string, limit int) ([]Face, error) {
	return all(tx, facesNamed, scanFace, string(viewer), prefix, prefix+"\U0010ffff", limit)
}

// ConnectionFaces gives a member's connections as a viewer may see them, in the
// order of ids after one: without those who block or are blocked by the viewer
// and those who show their connections to nobody. Whether the member shows
// theirs is for the caller to ask.
func (tx *Tx) ConnectionFaces(viewer, member, after kith.MemberID, limit int) ([]Face, error) {
	return all(tx, pageFaces, scanFace, string(viewer), string(member), string(after), limit)
}

// CountConnectionFaces counts what ConnectionFaces gives, up to a limit.
func (tx *Tx) CountConnectionFaces(viewer, member kith.MemberID, limit int) (n int, err error) {
	err = tx.row(countFaces, string(viewer), string(member), limit).Scan(&n)
	return n, err
}

func scanFace(row scanner, f *Face) error { return row.Scan(&f.ID, &f.Name, &f.Headline, &f.Photo) }

const (
	// unlooked are members the viewer was not shown on a day and neither is
	// connected to nor invited by.
	unlooked = ` FROM /*each*/($3) AS them WHERE them.value <> $1
	AND NOT EXISTS (SELECT 1 FROM look k WHERE k.owner = $1 AND k.day = $2 AND k.other = them.value)
	AND NOT EXISTS (SELECT 1 FROM link l WHERE l.owner = $1 AND l.other = them.value)
	AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.owner = $1 AND i.other = them.value AND i.box = 0 AND i.expires_at > $4)`
	countUnseen sqlText = "SELECT COUNT(DISTINCT them.value)" + unlooked
	insertLooks sqlText = "INSERT INTO look (owner, day, other) SELECT DISTINCT CAST($1 AS TEXT), CAST($2 AS BIGINT), them.value" + unlooked
	countLooks  sqlText = "SELECT COUNT(*) FROM look WHERE owner = $1 AND day = $2"
	forgetLooks sqlText = "DELETE FROM look WHERE day < $1"
	lockMember  sqlText = "SELECT id FROM member WHERE id = $1 /*lock*/"
)

// day numbers the day of a time: days since 1970, UTC.
func day(t time.Time) int64 { return t.Unix() / int64(kith.Day/time.Second) }

// Unseen says how many of some members would be new to a viewer today: neither
// shown to them before, nor connected with them, nor somebody whose invitation
// to them is open.
func (tx *Tx) Unseen(viewer kith.MemberID, others []kith.MemberID) (n int, err error) {
	args, err := tx.looking(viewer, others)
	if err != nil {
		return 0, err
	}
	err = tx.row(countUnseen, args...).Scan(&n)
	return n, err
}

// Look writes down that some members are shown to a viewer, and says how many
// new ones that makes today. Looks of one viewer come one after the other.
func (tx *Tx) Look(viewer kith.MemberID, others []kith.MemberID) (today int, err error) {
	if err := tx.lockMember(viewer); err != nil {
		return 0, err
	}
	args, err := tx.looking(viewer, others)
	if err != nil {
		return 0, err
	}
	if _, err := tx.exec(insertLooks, args...); err != nil {
		return 0, err
	}
	err = tx.row(countLooks, args[:2]...).Scan(&today)
	return today, err
}

// ForgetLooks forgets whom members were shown before today.
func (tx *Tx) ForgetLooks() error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	_, err = tx.exec(forgetLooks, day(now))
	return err
}

func (tx *Tx) looking(viewer kith.MemberID, others []kith.MemberID) ([]any, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	list, err := jsonList(others)
	return []any{string(viewer), day(now), list, micros(now)}, err
}

// jsonList is how a list of ids is given to /*each*/.
func jsonList[ID ~string](ids []ID) (string, error) {
	if len(ids) == 0 {
		return "[]", nil
	}
	return toJSON(ids)
}

// lockMember keeps others who lock the same account out until the transaction
// ends.
func (tx *Tx) lockMember(m kith.MemberID) error {
	var id string
	return notFound(tx.row(lockMember, string(m)).Scan(&id), "there is no such member")
}
