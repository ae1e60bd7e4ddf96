package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"kith"
)

// CaseKind says what a case before the moderation desk is about.
type CaseKind uint8

// The kinds of cases.
const (
	CaseReports CaseKind = iota // members reported somebody
	CaseAppeal                  // a member appeals against a restriction
)

// String names the kind.
func (k CaseKind) String() string {
	if k == CaseAppeal {
		return "appeal"
	}
	return "reports"
}

// CaseState says how a case stands.
type CaseState uint8

// The states of a case.
const (
	CaseOpen CaseState = iota
	CaseUpheld
	CaseDismissed
	CaseTakenBack // nothing is left of it
)

// String names the state.
func (s CaseState) String() string {
	switch s {
	case CaseUpheld:
		return "upheld"
	case CaseDismissed:
		return "dismissed"
	case CaseTakenBack:
		return "taken-back"
	}
	return "open"
}

// DeskCase is one thing the moderation desk decides.
type DeskCase struct {
	About    kith.MemberID
	ID       string // tells nothing of About
	Kind     CaseKind
	State    CaseState
	OpenedAt time.Time
	ClosedAt time.Time
	ClosedBy kith.MemberID
	Words    string // of whoever decided
}

// DeskEntry is a case in a list: how much lies in it, and nothing of what.
type DeskEntry struct {
	DeskCase
	Reports int // not taken back
}

const (
	caseColumns         = "about, id, kind, state, opened_at, closed_at, closed_by, words"
	insertCase  sqlText = "INSERT INTO desk (" + caseColumns + ") VALUES ($1, $2, $3, 0, $4, 0, '', '') ON CONFLICT DO NOTHING"
	countCases  sqlText = "SELECT COUNT(*) FROM desk WHERE about = $1"
	lockOpen    sqlText = "SELECT " + caseColumns + " FROM desk WHERE about = $1 AND kind = $2 AND state = 0 /*lock*/"
	lockCase    sqlText = "SELECT " + caseColumns + " FROM desk WHERE id = $1 /*lock*/"
	closeCase   sqlText = "UPDATE desk SET state = $3, closed_at = $4, closed_by = $5, words = $6 WHERE about = $1 AND id = $2 AND state = 0"
	casesOf     sqlText = "SELECT " + caseColumns + " FROM desk WHERE about = $1 ORDER BY opened_at, id"
	pageCases   sqlText = "SELECT " + caseColumns + `, (SELECT COUNT(*) FROM report WHERE report.case_id = desk.id AND report.state <> 3)
	FROM desk WHERE state = $1 AND about <> $2 AND NOT EXISTS (SELECT 1 FROM report WHERE report.case_id = desk.id AND report.owner = $2)
	AND (opened_at > $3 OR opened_at = $3 AND id > $4) ORDER BY opened_at, id LIMIT $5 + 0`
)

// OpenCase gives the open case of a kind about a member, locked until the
// transaction ends, and opens one if there is none.
//
// Its id is made from how many came before, not by NewID: whether a case was
// opened must not show in the order of anybody's ids.
func (tx *Tx) OpenCase(about kith.MemberID, kind CaseKind) (DeskCase, error) {
	for {
		c, ok, err := maybe(scanCase, tx.row(lockOpen, string(about), int64(kind)))
		if ok || err != nil {
			return c, err
		}
		now, err := tx.Now()
		if err != nil {
			return c, err
		}
		n := 0
		if err := tx.row(countCases, string(about)).Scan(&n); err != nil {
			return c, err
		}
		if _, err := tx.exec(insertCase, string(about), caseID(about, n+1), int64(kind), micros(now)); err != nil {
			return c, err
		}
	}
}

func caseID(about kith.MemberID, n int) string {
	sum := sha256.Sum256([]byte("case " + string(about) + " " + strconv.Itoa(n)))
	return hex.EncodeToString(sum[:16])
}

// LockCase gives a case, locked until the transaction ends.
func (tx *Tx) LockCase(id string) (c DeskCase, ok bool, err error) {
	return maybe(scanCase, tx.row(lockCase, id))
}

// CloseCase writes the end of a locked open case.
func (tx *Tx) CloseCase(c *DeskCase) error {
	_, err := tx.exec(closeCase, string(c.About), c.ID, int64(c.State), micros(c.ClosedAt), string(c.ClosedBy), c.Words)
	return err
}

// CasesAbout gives all cases about a member, oldest first.
func (tx *Tx) CasesAbout(about kith.MemberID) ([]DeskCase, error) {
	return all(tx, casesOf, scanCase, string(about))
}

// Cases gives the cases in a state that a moderator may handle, those about
// themselves and those they reported left out, oldest first.
func (tx *Tx) Cases(state CaseState, moderator kith.MemberID, after Cursor, limit int) ([]DeskEntry, error) {
	return all(tx, pageCases, func(row scanner, e *DeskEntry) error {
		return row.Scan(append(caseFields(&e.DeskCase), &e.Reports)...)
	}, int64(state), string(moderator), micros(after.At), after.ID, limit)
}

func caseFields(c *DeskCase) []any {
	return []any{&c.About, &c.ID, &c.Kind, &c.State, at(&c.OpenedAt), at(&c.ClosedAt), &c.ClosedBy, &c.Words}
}

func scanCase(row scanner, c *DeskCase) error { return row.Scan(caseFields(c)...) }
