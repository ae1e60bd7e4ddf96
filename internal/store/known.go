package store

import (
	"kith"
	"kith/pair"
)

// known is what a reading transaction knows of members already. It sees one
// state of everything: reading again would give the same. What it holds is
// shared and not to be changed.
type known struct {
	members map[kith.MemberID]*dossier
	pairs   map[[2]kith.MemberID]Pair
}

// dossier is what is asked of a member again and again.
type dossier struct {
	member  Member
	profile Profile
	photo   string
	setting Setting
	step    Step // at the transaction's time
}

const readDossiers sqlText = `SELECT m.id, m.state, m.role, m.name, m.email, m.created_at, m.verified_at, m.left_at, m.barred,
	COALESCE(f.hash, ''), m.name, COALESCE(p.headline, ''), COALESCE(p.location, ''), COALESCE(p.body, ''), COALESCE(p.changed_at, 0),
	COALESCE(s.goals, 0), COALESCE(s.stance, 0), COALESCE(s.invites, 0), COALESCE(s.not_now_until, 0), COALESCE(s.shows, 0),
	COALESCE(s.publishes, 0), COALESCE(s.remove_silent, 0), COALESCE(s.digest, 0), COALESCE(s.unmailed, 0), COALESCE(s.body, ''), COALESCE(s.changed_at, 0),
	(SELECT COALESCE(MAX(step), 0) FROM restriction WHERE owner = m.id` + holding + `)
	FROM /*each*/($1) AS them JOIN member m ON m.id = them.value LEFT JOIN profile p ON p.owner = m.id
	LEFT JOIN photo f ON f.owner = m.id AND f.size = 96 LEFT JOIN setting s ON s.owner = m.id`

// Know reads at once what will be asked about some members: their accounts,
// profiles, photos, settings and how far standing bars them. It is of use in transactions that only read;
// in others, where all of it may change, it does nothing.
func (tx *Tx) Know(ids ...kith.MemberID) error {
	if tx.known == nil {
		return nil
	}
	list, err := jsonList(ids)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	all, err := all(tx, readDossiers, scanDossier, list, micros(now))
	for i := range all {
		tx.known.members[all[i].member.ID] = &all[i]
	}
	return err
}

// dossier gives what is known of a member; nil if nothing is.
func (tx *Tx) dossier(id kith.MemberID) *dossier {
	if tx.known == nil {
		return nil
	}
	return tx.known.members[id]
}

func newKnown() *known {
	return &known{map[kith.MemberID]*dossier{}, map[[2]kith.MemberID]Pair{}}
}

// PeekPair is Pair without the lock, for showing.
func (tx *Tx) PeekPair(x, y kith.MemberID) (Pair, error) {
	a, b, _, err := pair.Order(x, y)
	if err != nil {
		return Pair{}, err
	}
	if tx.known == nil {
		return tx.peekPair(a, b)
	}
	p, ok := tx.known.pairs[[2]kith.MemberID{a, b}]
	if !ok {
		p, err = tx.peekPair(a, b)
		tx.known.pairs[[2]kith.MemberID{a, b}] = p
	}
	return p, err
}

func scanDossier(row scanner, d *dossier) error {
	m, p, s := &d.member, &d.profile, &d.setting
	return row.Scan(&m.ID, &m.State, &m.Role, &m.Name, &m.Email, at(&m.CreatedAt), at(&m.VerifiedAt), at(&m.LeftAt), &m.Barred,
		&d.photo, &p.Name, &p.Headline, &p.Location, asJSON(p), at(&p.ChangedAt),
		&s.Goals, &s.Stance, &s.Invites, at(&s.NotNowUntil), &s.Shows, &s.Publishes, &s.RemoveSilent, &s.Digest, &s.Unmailed, asJSON(s), at(&s.ChangedAt), &d.step)
}
