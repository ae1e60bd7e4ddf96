-- +goose Up

-- What a member may send in a week. A week's budget is set once, at its first
-- use or by its duty, and holds for all of it.
CREATE TABLE standing (
	owner      TEXT NOT NULL PRIMARY KEY REFERENCES member,
	week       BIGINT NOT NULL,
	budget     BIGINT NOT NULL,
	spent      BIGINT NOT NULL,
	-- What the last assessment said: see Standing.
	step       BIGINT NOT NULL CHECK (step BETWEEN 0 AND 2),
	share      BIGINT NOT NULL CHECK (share BETWEEN 0 AND 5),
	complaints BIGINT NOT NULL CHECK (complaints >= 0),
	news       BIGINT NOT NULL CHECK (news BETWEEN 0 AND 1),
	CONSTRAINT p11 CHECK (spent BETWEEN 0 AND budget)
) /*strict*/;

-- The times in which a member may not invite as they like. A granted appeal
-- (2) lifts a restriction.
CREATE TABLE restriction (
	owner       TEXT NOT NULL REFERENCES member,
	n           BIGINT NOT NULL CHECK (n > 0),
	step        BIGINT NOT NULL CHECK (step BETWEEN 1 AND 2),
	cause       BIGINT NOT NULL CHECK (cause BETWEEN 0 AND 1),
	from_at     BIGINT NOT NULL,
	until_at    BIGINT NOT NULL,
	appeal      BIGINT NOT NULL CHECK (appeal BETWEEN 0 AND 3),
	appealed_at BIGINT NOT NULL,
	words       TEXT NOT NULL,
	PRIMARY KEY (owner, n),
	CHECK (from_at < until_at),
	CHECK ((appeal = 0) = (appealed_at = 0) AND (appeal <> 0 OR words = ''))
) /*strict*/;

-- What the recipients of a member's invitations answered, as far as it counts
-- for standing. Its owner must never see any of it, in no form.
CREATE TABLE answer (
	owner       TEXT NOT NULL REFERENCES member,
	invitation  TEXT NOT NULL,
	recipient   TEXT NOT NULL,
	accepted_at BIGINT NOT NULL,
	complaint   BIGINT NOT NULL CHECK (complaint IN (0, 3, 4)),
	counts_at   BIGINT NOT NULL,
	PRIMARY KEY (owner, invitation),
	CHECK ((complaint = 0) = (counts_at = 0) AND (accepted_at <> 0 OR complaint <> 0))
) /*strict*/;
CREATE INDEX answer_recipient ON answer (recipient);

-- What members reported. The owner is whoever reports; the same thing may be
-- reported again when the desk has decided.
CREATE TABLE report (
	owner    TEXT NOT NULL REFERENCES member,
	source   BIGINT NOT NULL CHECK (source BETWEEN 0 AND 2),
	subject  TEXT NOT NULL,
	about    TEXT NOT NULL,
	case_id  TEXT NOT NULL,
	reason   TEXT NOT NULL,
	words    TEXT NOT NULL,
	evidence TEXT NOT NULL,
	at       BIGINT NOT NULL,
	state    BIGINT NOT NULL CHECK (state BETWEEN 0 AND 3),
	PRIMARY KEY (owner, source, subject, case_id),
	CHECK (owner <> about)
) /*strict*/;
CREATE INDEX report_order ON report (owner, at, source, subject);
CREATE INDEX report_case ON report (case_id);
CREATE INDEX report_about ON report (about);

-- What lies before the moderation desk. The owner is the member it is about.
CREATE TABLE desk (
	about     TEXT NOT NULL REFERENCES member,
	id        TEXT NOT NULL,
	kind      BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 1),
	state     BIGINT NOT NULL CHECK (state BETWEEN 0 AND 3),
	opened_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL,
	closed_by TEXT NOT NULL,
	words     TEXT NOT NULL,
	PRIMARY KEY (about, id),
	CHECK ((state = 0) = (closed_at = 0))
) /*strict*/;
-- Reports about one member gather in one open case, appeals in another.
CREATE UNIQUE INDEX desk_open ON desk (about, kind) WHERE state = 0;
CREATE UNIQUE INDEX desk_id ON desk (id);
CREATE INDEX desk_order ON desk (state, opened_at, id);

-- What people who run this Kith looked at of a member's. shown_at is from when
-- on the member sees the row, 0 while the case it belongs to is open.
CREATE TABLE audit (
	owner    TEXT NOT NULL REFERENCES member,
	id       TEXT NOT NULL,
	at       BIGINT NOT NULL,
	actor    TEXT NOT NULL,
	role     BIGINT NOT NULL CHECK (role BETWEEN 0 AND 2),
	what     TEXT NOT NULL,
	case_id  TEXT NOT NULL,
	shown_at BIGINT NOT NULL,
	PRIMARY KEY (owner, id),
	CHECK (shown_at <> 0 OR case_id <> '')
) /*strict*/;
CREATE INDEX audit_order ON audit (owner, shown_at, id);
CREATE INDEX audit_case ON audit (case_id) WHERE case_id <> '';

-- +goose Down
DROP TABLE audit;
DROP TABLE desk;
DROP TABLE report;
DROP TABLE answer;
DROP TABLE restriction;
DROP TABLE standing;
