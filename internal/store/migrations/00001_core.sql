-- +goose Up

-- What this database keeps for itself: keys, the one-time link, its own id.
CREATE TABLE secret (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) /*strict*/;

CREATE TABLE member (
	id          TEXT NOT NULL PRIMARY KEY,
	state       BIGINT NOT NULL CHECK (state BETWEEN 0 AND 3),
	role        BIGINT NOT NULL CHECK (role BETWEEN 0 AND 2),
	name        TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	email       TEXT NOT NULL,
	-- email folded: what an account is found by, and the only thing two accounts
	-- cannot share. Empty once erased.
	email_key   TEXT NOT NULL,
	created_at  BIGINT NOT NULL,
	verified_at BIGINT NOT NULL,
	left_at     BIGINT NOT NULL
) /*strict by key*/;
CREATE UNIQUE INDEX member_email ON member (email_key) WHERE email_key <> '';
CREATE INDEX member_name ON member (name_folded, id);

-- Everything that holds between two members: pair.State, a < b. The only table
-- that is decided on; link and inbox follow it.
CREATE TABLE pair (
	a TEXT NOT NULL REFERENCES member,
	b TEXT NOT NULL REFERENCES member,
	version BIGINT NOT NULL,
	seq     BIGINT NOT NULL,

	a_seq BIGINT NOT NULL,        b_seq BIGINT NOT NULL,
	a_invitation TEXT NOT NULL,   b_invitation TEXT NOT NULL,
	a_sent_at BIGINT NOT NULL,    b_sent_at BIGINT NOT NULL,
	a_expires_at BIGINT NOT NULL, b_expires_at BIGINT NOT NULL,
	a_tie BIGINT NOT NULL,        b_tie BIGINT NOT NULL,
	a_unheard BIGINT NOT NULL,    b_unheard BIGINT NOT NULL,
	a_answer BIGINT NOT NULL,     b_answer BIGINT NOT NULL,
	a_answered_at BIGINT NOT NULL, b_answered_at BIGINT NOT NULL,
	a_asked_at BIGINT NOT NULL,   b_asked_at BIGINT NOT NULL,
	a_replied_at BIGINT NOT NULL, b_replied_at BIGINT NOT NULL,
	a_followed BIGINT NOT NULL,   b_followed BIGINT NOT NULL,
	a_course BIGINT NOT NULL,     b_course BIGINT NOT NULL,
	a_ended_at BIGINT NOT NULL,   b_ended_at BIGINT NOT NULL,

	c_seq BIGINT NOT NULL,
	c_since BIGINT NOT NULL,
	c_see BIGINT NOT NULL,
	c_seer BIGINT NOT NULL,
	a_knows BIGINT NOT NULL,      b_knows BIGINT NOT NULL,

	a_refuses BIGINT NOT NULL,    b_refuses BIGINT NOT NULL,
	a_blocks BIGINT NOT NULL,     b_blocks BIGINT NOT NULL,
	a_gone BIGINT NOT NULL,       b_gone BIGINT NOT NULL,

	PRIMARY KEY (a, b),
	CHECK (a < b),
	-- The laws of pair.State.Check, where one row can say them. A running
	-- invitation has a number and course 0.
	CONSTRAINT p1 CHECK (c_seq = 0 OR a_blocks + b_blocks = 0),
	CONSTRAINT p2 CHECK (a_blocks + b_blocks = 0 OR (a_seq = 0 OR a_course <> 0) AND (b_seq = 0 OR b_course <> 0)),
	CONSTRAINT p3 CHECK (c_seq = 0 OR (a_seq = 0 OR a_course <> 0) AND (b_seq = 0 OR b_course <> 0)),
	CONSTRAINT p4 CHECK (a_seq = 0 OR a_course <> 0 OR a_answer > 1 OR b_seq = 0 OR b_course <> 0 OR b_answer > 1),
	CONSTRAINT p5 CHECK (c_seq = 0 OR c_seq = a_seq AND a_answer = 5 OR c_seq = b_seq AND b_answer = 5),
	CONSTRAINT p6 CHECK (a_gone + b_gone = 0 OR c_seq = 0 AND (a_seq = 0 OR a_course <> 0) AND (b_seq = 0 OR b_course <> 0)),
	CONSTRAINT numbers CHECK (a_seq <= seq AND b_seq <= seq AND (a_seq <> b_seq OR a_seq = 0)),
	CONSTRAINT ties CHECK ((c_seq = 0) = (a_knows = 0) AND (c_seq = 0) = (b_knows = 0)),
	CONSTRAINT see CHECK (c_see = 0 OR c_seq <> 0),
	CONSTRAINT course_a CHECK ((a_course = 0) = (a_ended_at = 0) AND (a_course = 1) = (a_answer = 5) AND (a_answer = 0) = (a_answered_at = 0)),
	CONSTRAINT course_b CHECK ((b_course = 0) = (b_ended_at = 0) AND (b_course = 1) = (b_answer = 5) AND (b_answer = 0) = (b_answered_at = 0)),
	CONSTRAINT named_a CHECK ((a_seq = 0) = (a_invitation = '') AND (a_seq = 0) = (a_sent_at = 0) AND a_sent_at <= a_expires_at),
	CONSTRAINT named_b CHECK ((b_seq = 0) = (b_invitation = '') AND (b_seq = 0) = (b_sent_at = 0) AND b_sent_at <= b_expires_at),
	CONSTRAINT words CHECK (a_tie BETWEEN 0 AND 3 AND b_tie BETWEEN 0 AND 3 AND a_knows BETWEEN 0 AND 3 AND b_knows BETWEEN 0 AND 3
		AND a_answer BETWEEN 0 AND 5 AND b_answer BETWEEN 0 AND 5 AND a_course BETWEEN 0 AND 4 AND b_course BETWEEN 0 AND 4
		AND a_followed BETWEEN 0 AND 2 AND b_followed BETWEEN 0 AND 2 AND c_see BETWEEN 0 AND 2 AND c_seer BETWEEN 0 AND 1),
	CONSTRAINT bits CHECK (a_unheard BETWEEN 0 AND 1 AND b_unheard BETWEEN 0 AND 1 AND a_refuses BETWEEN 0 AND 1 AND b_refuses BETWEEN 0 AND 1
		AND a_blocks BETWEEN 0 AND 1 AND b_blocks BETWEEN 0 AND 1 AND a_gone BETWEEN 0 AND 1 AND b_gone BETWEEN 0 AND 1)
) /*strict*/;
CREATE INDEX pair_b ON pair (b, a);

-- The connections of each member. A projection of pair.
CREATE TABLE link (
	owner      TEXT NOT NULL,
	other      TEXT NOT NULL,
	invitation TEXT NOT NULL,
	since      BIGINT NOT NULL,
	tie        BIGINT NOT NULL,
	see        BIGINT NOT NULL,
	review_at  BIGINT NOT NULL,
	PRIMARY KEY (owner, other)
) /*strict by key*/;
CREATE INDEX link_since ON link (owner, since, other);

-- The invitations of each member, as that member may see them. A projection of
-- pair. box 0 is received, 1 is sent.
CREATE TABLE inbox (
	owner       TEXT NOT NULL,
	invitation  TEXT NOT NULL,
	box         BIGINT NOT NULL,
	other       TEXT NOT NULL,
	course      BIGINT NOT NULL,
	sent_at     BIGINT NOT NULL,
	expires_at  BIGINT NOT NULL,
	ended_at    BIGINT NOT NULL,
	asked_at    BIGINT NOT NULL,
	replied_at  BIGINT NOT NULL,
	answer      BIGINT NOT NULL,
	answered_at BIGINT NOT NULL,
	PRIMARY KEY (owner, invitation),
	CHECK (box = 0 OR answer = 0 AND answered_at = 0)
) /*strict by key*/;
CREATE INDEX inbox_order ON inbox (owner, box, sent_at, invitation);
-- What waits for an answer, with all that a list of it asks of each.
CREATE INDEX inbox_open ON inbox (owner, sent_at, invitation, other, expires_at, asked_at, replied_at) WHERE box = 0 AND answer = 0;
CREATE INDEX inbox_other ON inbox (owner, other);

-- What an invitation says, for ever: the words of both sides.
CREATE TABLE invitation (
	sender     TEXT NOT NULL REFERENCES member,
	id         TEXT NOT NULL,
	recipient  TEXT NOT NULL REFERENCES member,
	seq        BIGINT NOT NULL,
	sent_at    BIGINT NOT NULL,
	note       TEXT NOT NULL,
	question   TEXT NOT NULL,
	reply      TEXT NOT NULL,
	PRIMARY KEY (sender, id)
) /*strict by key*/;
CREATE UNIQUE INDEX invitation_id ON invitation (id);
CREATE INDEX invitation_recipient ON invitation (recipient, id);

-- What happened to a member, in order: the feed of the API, the notices of the
-- pages, the steps of `kith explain`. feed holds the last number given.
CREATE TABLE feed (
	owner TEXT NOT NULL PRIMARY KEY REFERENCES member,
	last  BIGINT NOT NULL,
	seen  BIGINT NOT NULL
) /*strict*/;
CREATE TABLE event (
	owner   TEXT NOT NULL REFERENCES member,
	n       BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	other   TEXT NOT NULL,
	body    TEXT NOT NULL,
	notice  BIGINT NOT NULL CHECK (notice BETWEEN 0 AND 1),
	PRIMARY KEY (owner, n)
) /*strict*/;
CREATE INDEX event_subject ON event (owner, subject, n);
CREATE INDEX event_other ON event (other);
CREATE INDEX event_notice ON event (owner, n) WHERE notice = 1;

-- What falls due. The effect is the name under which a duty is done once, ever.
CREATE TABLE duty (
	owner       TEXT NOT NULL REFERENCES member,
	effect      TEXT NOT NULL,
	kind        TEXT NOT NULL,
	subject     TEXT NOT NULL,
	other       TEXT NOT NULL,
	body        TEXT NOT NULL,
	due_at      BIGINT NOT NULL,
	state       BIGINT NOT NULL CHECK (state BETWEEN 0 AND 3),
	attempts    BIGINT NOT NULL,
	lease       TEXT NOT NULL,
	lease_until BIGINT NOT NULL,
	done_at     BIGINT NOT NULL,
	failure     TEXT NOT NULL,
	PRIMARY KEY (owner, effect)
) /*strict*/;
CREATE INDEX duty_due ON duty (due_at) WHERE state = 0;
CREATE INDEX duty_other ON duty (other);

-- What restoring an old backup must not undo: see SafetyRow.
CREATE TABLE safety (
	id    TEXT NOT NULL PRIMARY KEY,
	at    BIGINT NOT NULL,
	kind  TEXT NOT NULL,
	who   TEXT NOT NULL,
	other TEXT NOT NULL
) /*strict*/;

-- +goose Down
DROP TABLE safety;
DROP TABLE duty;
DROP TABLE event;
DROP TABLE feed;
DROP TABLE invitation;
DROP TABLE inbox;
DROP TABLE link;
DROP TABLE pair;
DROP TABLE member;
DROP TABLE secret;
