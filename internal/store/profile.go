package store

import (
	"time"

	"kith"
)

// Profile is what a member shows of themselves. Text is cleaned and within the
// limits of package app.
type Profile struct {
	Name      string    `json:"-"`
	Headline  string    `json:"-"`
	Location  string    `json:"-"`
	ChangedAt time.Time `json:"-"` // zero: never filled in

	Summary      string           `json:"summary,omitempty"`
	Industry     string           `json:"industry,omitempty"`
	Positions    []kith.Position  `json:"positions,omitempty"` // newest first
	Education    []kith.Education `json:"education,omitempty"` // newest first
	Volunteering []string         `json:"volunteering,omitempty"`
	Groups       []string         `json:"groups,omitempty"`
	Skills       []string         `json:"skills,omitempty"`
	Topics       []string         `json:"topics,omitempty"`
	Languages    []string         `json:"languages,omitempty"`
	Links        []string         `json:"links,omitempty"`
}

const (
	readProfile sqlText = `SELECT m.name, COALESCE(p.headline, ''), COALESCE(p.location, ''), COALESCE(p.body, ''), COALESCE(p.changed_at, 0)
	FROM member m LEFT JOIN profile p ON p.owner = m.id WHERE m.id = $1`
	writeProfile sqlText = `INSERT INTO profile (owner, headline, location, body, changed_at) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (owner) DO UPDATE SET headline = excluded.headline, location = excluded.location, body = excluded.body, changed_at = excluded.changed_at`
	renameMember sqlText = "UPDATE member SET name = $2, name_folded = $3 WHERE id = $1"
)

// Profile gives a member's profile. One never filled in is empty but for the
// name.
func (tx *Tx) Profile(owner kith.MemberID) (Profile, error) {
	if d := tx.dossier(owner); d != nil {
		return d.profile, nil
	}
	return only(tx, "there is no such member", readProfile, scanProfile, string(owner))
}

// SetProfile keeps a member's profile, name included.
func (tx *Tx) SetProfile(owner kith.MemberID, p *Profile) error {
	body, err := toJSON(p)
	if err != nil {
		return err
	}
	if _, err := tx.exec(renameMember, string(owner), p.Name, kith.FoldText(p.Name)); err != nil {
		return err
	}
	_, err = tx.exec(writeProfile, string(owner), p.Headline, p.Location, body, micros(p.ChangedAt))
	return err
}

func scanProfile(row scanner, p *Profile) error {
	return row.Scan(&p.Name, &p.Headline, &p.Location, asJSON(p), at(&p.ChangedAt))
}
