package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"kith/internal/app"
)

// size is how large a network is.
type size struct {
	members int
	// offsets say who is connected with whom: each member with those who stand so
	// many places further on in a ring, and so with as many before. Half of them
	// are near, so that friends have friends in common, half are far.
	offsets []int
}

// network gives the size of one with so many members, each with twice as many
// connections as there are offsets.
func network(members, offsets int) size {
	s := size{members: members}
	near := offsets / 2
	for i := range near {
		s.offsets = append(s.offsets, i+1)
	}
	room := members/2 - near - 1
	for i := range offsets - near {
		s.offsets = append(s.offsets, near+1+i*room/(offsets-near))
	}
	return s
}

func (s size) connections() int { return s.members * len(s.offsets) }

// Statements both databases understand. Ids are numbers of a fixed width in a
// fixed text, so that they are ordered as the numbers are; the number of a place
// in the ring is scattered, as friends do not sign up one after the other.
const (
	memberID     = "'00000000-0000-7000-8000-' || CAST(100000000000 + %s AS TEXT)"
	invitationID = "CAST(10000000 + e.a AS TEXT) || '-0000-7000-9000-' || CAST(100000000000 + e.b AS TEXT)"
	begun        = "1764547200000000" // 1 December 2025
)

// statements make the network. What is kept of a connection is all that an
// accepted invitation leaves in the tables a page may look at.
func (s size) statements() []string {
	var offsets []string
	for _, o := range s.offsets {
		offsets = append(offsets, fmt.Sprintf("(%d)", o))
	}
	node := fmt.Sprintf(memberID, "n")
	return []string{
		"CREATE TEMPORARY TABLE node (place BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL)",
		fmt.Sprintf("INSERT INTO node WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < %d) SELECT i, i * CAST(%d AS BIGINT) %% %d FROM c",
			s.members-1, scatter, s.members),
		"CREATE TEMPORARY TABLE step (d BIGINT NOT NULL)",
		"INSERT INTO step VALUES " + strings.Join(offsets, ", "),
		"CREATE TEMPORARY TABLE edge (a BIGINT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b))",
		fmt.Sprintf(`INSERT INTO edge SELECT CASE WHEN x.n < y.n THEN x.n ELSE y.n END, CASE WHEN x.n < y.n THEN y.n ELSE x.n END
			FROM node x CROSS JOIN step JOIN node y ON y.place = (x.place + step.d) %% %d ORDER BY 1, 2`, s.members),

		`INSERT INTO member (id, state, role, name, name_folded, email, email_key, created_at, verified_at, left_at)
			SELECT ` + node + `, 0, 0, 'Member ' || n, 'member ' || n, 'm' || n || '@mail.example', 'm' || n || '@mail.example', ` + begun + ", " + begun + `, 0 FROM node ORDER BY n`,
		"INSERT INTO feed (owner, last, seen) SELECT " + node + ", 0, 0 FROM node ORDER BY n",
		`INSERT INTO profile (owner, headline, location, body, changed_at)
			SELECT ` + node + `, 'Hydrologist at Regional Water Authority ' || (n % 100), 'Delft, Netherlands',
			'{"summary":"Gauges, floods and early warning.","skills":["hydrology","early warning"]}', ` + begun + ` FROM node ORDER BY n`,

		`INSERT INTO pair (a, b, version, seq, a_seq, b_seq, a_invitation, b_invitation, a_sent_at, b_sent_at, a_expires_at, b_expires_at,
			a_tie, b_tie, a_unheard, b_unheard, a_answer, b_answer, a_answered_at, b_answered_at, a_asked_at, b_asked_at, a_replied_at, b_replied_at,
			a_followed, b_followed, a_course, b_course, a_ended_at, b_ended_at, c_seq, c_since, c_see, c_seer, a_knows, b_knows,
			a_refuses, b_refuses, a_blocks, b_blocks, a_gone, b_gone)
			SELECT ` + fmt.Sprintf(memberID, "e.a") + ", " + fmt.Sprintf(memberID, "e.b") + ", 2, 1, 1, 0, " + invitationID + `, '',
			` + begun + `, 0, ` + begun + ` + 15552000000000, 0, 1, 0, 0, 0, 5, 0, ` + begun + ` + e.b, 0, 0, 0, 0, 0, 0, 0, 1, 0, ` + begun + ` + e.b, 0,
			1, ` + begun + ` + e.b, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0 FROM edge e ORDER BY e.a, e.b`,
		`INSERT INTO link (owner, other, invitation, since, tie, see, review_at) SELECT owner, other, invitation, since, 1, 0, 0 FROM (
			SELECT ` + fmt.Sprintf(memberID, "e.a") + " AS owner, " + fmt.Sprintf(memberID, "e.b") + " AS other, " + invitationID + " AS invitation, " + begun + ` + e.b AS since FROM edge e UNION ALL
			SELECT ` + fmt.Sprintf(memberID, "e.b") + ", " + fmt.Sprintf(memberID, "e.a") + ", " + invitationID + ", " + begun + ` + e.b FROM edge e) both_sides ORDER BY owner, other`,
		`INSERT INTO inbox (owner, invitation, box, other, course, sent_at, expires_at, ended_at, asked_at, replied_at, answer, answered_at)
			SELECT ` + fmt.Sprintf(memberID, "e.a") + ", " + invitationID + ", 1, " + fmt.Sprintf(memberID, "e.b") + `, 1, ` + begun + ", " + begun + ` + 15552000000000, ` + begun + ` + e.b, 0, 0, 0, 0
			FROM edge e ORDER BY e.a, e.b`,
		`INSERT INTO invitation (sender, id, recipient, seq, sent_at, note, question, reply)
			SELECT ` + fmt.Sprintf(memberID, "e.a") + ", " + invitationID + ", " + fmt.Sprintf(memberID, "e.b") + `, 1, ` + begun + `, '', '', '' FROM edge e ORDER BY e.a, e.b`,
	}
}

// scatter has no divisor in common with a number of members that is a power of
// ten times a small number.
const scatter = 61_803_399

// grow fills an empty database that has its tables.
func grow(ctx context.Context, dsn string, s size) error {
	before := []string{"PRAGMA synchronous=OFF", "PRAGMA cache_size=-600000"}
	if app.IsPostgres(dsn) {
		before = []string{"SET synchronous_commit=off", "SET work_mem='256MB'"}
	}
	return execute(ctx, dsn, append(before, s.statements()...))
}

// settle leaves a database as it is some time after it was filled.
func settle(ctx context.Context, dsn string) error {
	if app.IsPostgres(dsn) {
		return execute(ctx, dsn, []string{"VACUUM ANALYZE"}) // what autovacuum does sooner or later
	}
	return execute(ctx, dsn, []string{"PRAGMA wal_checkpoint(TRUNCATE)"})
}

// execute runs statements on one connection, to which temporary tables belong.
func execute(ctx context.Context, dsn string, texts []string) (err error) {
	driver := "sqlite"
	if app.IsPostgres(dsn) {
		driver = "pgx"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, text := range texts {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%w, in:\n%s", err, text)
		}
	}
	return nil
}
