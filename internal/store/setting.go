package store

import (
	"time"

	"kith"
)

// Setting is how a member wants things. The zero Setting is the default.
type Setting struct {
	// What the judgement goes by.
	Goals  kith.Goals  `json:"-"`
	Stance kith.Stance `json:"-"`
	Wishes Wishes      `json:"wishes"`

	// Invites says who may invite the member, NotNowUntil that for a time
	// nobody may.
	Invites     Invites   `json:"-"`
	NotNowUntil time.Time `json:"-"`
	// Shows says who sees the member's connections.
	Shows Shows `json:"-"`
	// Policy is what the member tells people who want to invite them, if
	// Publishes.
	Publishes bool        `json:"-"`
	Policy    kith.Policy `json:"policy"`
	// RemoveSilent lets "accept and see" end a silent connection by itself; else
	// it proposes to.
	RemoveSilent bool `json:"-"`
	// Digest says how often news come by mail; Unmailed what never does.
	Digest   Digest  `json:"-"`
	Unmailed MailSet `json:"-"`

	ChangedAt time.Time `json:"-"` // zero: never changed
}

// Wishes is what the judgement reads of a member beside goals, stance and
// profile: see kith.Member.
type Wishes struct {
	Rules            kith.Rules `json:"rules"`
	Areas            []string   `json:"areas,omitempty"`
	Topics           []string   `json:"topics,omitempty"`
	Clients          []string   `json:"clients,omitempty"`
	Competitors      []string   `json:"competitors,omitempty"`
	Admires          []string   `json:"admires,omitempty"`
	WorryCompetitors bool       `json:"worry_competitors,omitempty"`
}

// Invites says who may invite a member. Its numbers are kept: append, never
// reorder.
type Invites uint8

// Who may invite.
const (
	FromEveryone Invites = iota
	FromMail             // people who know the member's e-mail address
	FromMutual           // people with a connection in common
	FromNobody
)

// Shows says who sees a member's connections. Its numbers are kept.
type Shows uint8

// Who sees them.
const (
	ToConnections Shows = iota
	ToMembers
	ToNobody // also leaves the member out of what others see of connections in common
)

// Digest says how often a member's news come by mail. Its numbers are kept.
type Digest uint8

// How often.
const (
	Weekly Digest = iota
	Daily
	Never
)

// MailSet is a set of what mails are about. Its bits are kept.
type MailSet uint16

// What mails are about. Those about the account itself always come.
const (
	MailInvitations MailSet = 1 << iota // somebody invites the member
	MailAnswers                         // an invitation of theirs was accepted or asked about
	MailMessages                        // somebody wrote to them
	MailFollowUps                       // something they wanted to be reminded of
	AllMail         = MailInvitations | MailAnswers | MailMessages | MailFollowUps
)

const (
	settingColumns         = "goals, stance, invites, not_now_until, shows, publishes, remove_silent, digest, unmailed, body, changed_at"
	readSetting    sqlText = "SELECT " + settingColumns + " FROM setting WHERE owner = $1"
	writeSetting   sqlText = "INSERT INTO setting (owner, " + settingColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
	ON CONFLICT (owner) DO UPDATE SET goals = excluded.goals, stance = excluded.stance, invites = excluded.invites,
	not_now_until = excluded.not_now_until, shows = excluded.shows, publishes = excluded.publishes, remove_silent = excluded.remove_silent,
	digest = excluded.digest, unmailed = excluded.unmailed, body = excluded.body, changed_at = excluded.changed_at`
)

// Setting gives a member's settings, the default if they never changed any.
func (tx *Tx) Setting(owner kith.MemberID) (Setting, error) {
	if d := tx.dossier(owner); d != nil {
		return d.setting, nil
	}
	s, _, err := maybe(scanSetting, tx.row(readSetting, string(owner)))
	return s, err
}

// LockSetting is Setting for changing it: two changes at once come one after
// the other.
func (tx *Tx) LockSetting(owner kith.MemberID) (Setting, error) {
	if err := tx.lockMember(owner); err != nil {
		return Setting{}, err
	}
	return tx.Setting(owner)
}

// SetSetting keeps a member's settings.
func (tx *Tx) SetSetting(owner kith.MemberID, s *Setting) error {
	body, err := toJSON(s)
	if err != nil {
		return err
	}
	_, err = tx.exec(writeSetting, string(owner), int64(s.Goals), int64(s.Stance), int64(s.Invites), micros(s.NotNowUntil), int64(s.Shows),
		bit(s.Publishes), bit(s.RemoveSilent), int64(s.Digest), int64(s.Unmailed), body, micros(s.ChangedAt))
	return err
}

func scanSetting(row scanner, s *Setting) error {
	return row.Scan(&s.Goals, &s.Stance, &s.Invites, at(&s.NotNowUntil), &s.Shows, &s.Publishes, &s.RemoveSilent, &s.Digest, &s.Unmailed,
		asJSON(s), at(&s.ChangedAt))
}
