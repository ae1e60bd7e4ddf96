-- +goose Up

-- What a member imported, run by run. n is the run's short number, with which
-- nouns say who brought them. as_of is the newest date the files hold: of two
-- runs it says which saw later.
CREATE TABLE importrun (
	owner      TEXT NOT NULL REFERENCES member,
	id         TEXT NOT NULL,
	n          BIGINT NOT NULL CHECK (n > 0),
	state      BIGINT NOT NULL CHECK (state BETWEEN 0 AND 5),
	files      TEXT NOT NULL,
	staged     BIGINT NOT NULL CHECK (staged >= 0),
	created_at BIGINT NOT NULL,
	ended_at   BIGINT NOT NULL,
	as_of      BIGINT NOT NULL,
	nouns      BIGINT NOT NULL,
	added      BIGINT NOT NULL,
	report     TEXT NOT NULL,
	failure    TEXT NOT NULL,
	PRIMARY KEY (owner, id),
	CHECK ((state IN (0, 1, 2)) = (ended_at = 0)),
	CHECK ((state = 4) = (failure <> ''))
) /*strict*/;
CREATE UNIQUE INDEX importrun_n ON importrun (owner, n);

-- A person as the imports of one member tell, known to nobody else. Everything
-- here follows from noun, and is kept to be listed and searched. own is the
-- member as their own files know them: never listed, and the row whoever writes
-- to a member's contacts locks. What hangs on a contact refers to its member
-- through it. Each text stands beside when it was seen.
CREATE TABLE contact (
	owner        TEXT NOT NULL REFERENCES member,
	id           TEXT NOT NULL,
	own          BIGINT NOT NULL CHECK (own BETWEEN 0 AND 1),
	name         TEXT NOT NULL,
	name_folded  TEXT NOT NULL,
	name_at      BIGINT NOT NULL,
	headline     TEXT NOT NULL,
	headline_at  BIGINT NOT NULL,
	place        TEXT NOT NULL,
	place_at     BIGINT NOT NULL,
	organisation TEXT NOT NULL,
	title        TEXT NOT NULL,
	job_at       BIGINT NOT NULL,
	slug         TEXT NOT NULL,
	slug_at      BIGINT NOT NULL,
	book         BIGINT NOT NULL CHECK (book BETWEEN 0 AND 1),
	connected    BIGINT NOT NULL CHECK (connected BETWEEN 0 AND 1),
	connected_at BIGINT NOT NULL,
	heard_at     BIGINT NOT NULL,
	PRIMARY KEY (owner, id),
	CHECK (connected = 1 OR connected_at = 0)
) /*strict*/;
CREATE UNIQUE INDEX contact_own ON contact (owner) WHERE own = 1;
CREATE INDEX contact_name ON contact (owner, name_folded, id);

-- What a contact is found by: "s:" profile slug, "e:" mail address, "u:" member
-- number, or "n:" folded name of somebody who has none of these.
CREATE TABLE contact_key (
	owner   TEXT NOT NULL,
	name    TEXT NOT NULL CHECK (length(name) BETWEEN 3 AND 512),
	contact TEXT NOT NULL,
	PRIMARY KEY (owner, name),
	FOREIGN KEY (owner, contact) REFERENCES contact (owner, id) ON DELETE CASCADE
) /*strict by key*/;
CREATE INDEX contact_key_contact ON contact_key (owner, contact);

-- What the sources said of a contact, each thing once however often it was
-- imported: the name is made from the content. runs are the numbers of the runs
-- that brought it, " 3 7 ".
CREATE TABLE noun (
	owner   TEXT NOT NULL,
	contact TEXT NOT NULL,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	runs    TEXT NOT NULL CHECK (runs LIKE ' % '),
	body    TEXT NOT NULL,
	PRIMARY KEY (owner, contact, name),
	FOREIGN KEY (owner, contact) REFERENCES contact (owner, id) ON DELETE CASCADE
) /*strict by key*/;

-- Invitations that wait, or waited, on another site. What the sources say
-- follows from noun; did, asked, answer and snoozed are the member's own word.
-- state follows from the rest: 0 open, 1 asked, 2 answered, 3 connected, 4 done.
CREATE TABLE elsewhere (
	owner         TEXT NOT NULL,
	id            TEXT NOT NULL,
	contact       TEXT NOT NULL,
	direction     BIGINT NOT NULL CHECK (direction BETWEEN 1 AND 2),
	sent_at       BIGINT NOT NULL,
	last_at       BIGINT NOT NULL,
	date_only     BIGINT NOT NULL CHECK (date_only BETWEEN 0 AND 1),
	note          TEXT NOT NULL,
	note_state    BIGINT NOT NULL CHECK (note_state BETWEEN 0 AND 2),
	source        BIGINT NOT NULL,
	connected     BIGINT NOT NULL CHECK (connected BETWEEN 0 AND 1),
	replied_at    BIGINT NOT NULL,
	did           BIGINT NOT NULL CHECK (did BETWEEN 0 AND 3),
	did_at        BIGINT NOT NULL,
	asked_at      BIGINT NOT NULL,
	answer        BIGINT NOT NULL CHECK (answer IN (0, 2, 3)),
	answered_at   BIGINT NOT NULL,
	snoozed_until BIGINT NOT NULL,
	state         BIGINT NOT NULL,
	unjudged      BIGINT NOT NULL CHECK (unjudged BETWEEN 0 AND 1),
	PRIMARY KEY (owner, id),
	FOREIGN KEY (owner, contact) REFERENCES contact (owner, id) ON DELETE CASCADE,
	CHECK (sent_at <= last_at),
	CHECK (note_state = 1 OR note = ''),
	CHECK ((did = 0) = (did_at = 0) AND (answer = 0) = (answered_at = 0)),
	CHECK (asked_at <> 0 OR replied_at = 0 AND answer = 0),
	CHECK (replied_at = 0 OR replied_at > asked_at),
	CONSTRAINT state CHECK (state = CASE WHEN connected = 1 THEN 3 WHEN did <> 0 THEN 4
		WHEN replied_at <> 0 OR answer <> 0 THEN 2 WHEN asked_at <> 0 THEN 1 ELSE 0 END)
) /*strict*/;
CREATE INDEX elsewhere_contact ON elsewhere (owner, contact);
CREATE INDEX elsewhere_order ON elsewhere (owner, direction, sent_at, id);
CREATE INDEX elsewhere_unjudged ON elsewhere (owner, id) WHERE unjudged = 1;

-- +goose Down
DROP TABLE elsewhere;
DROP TABLE noun;
DROP TABLE contact_key;
DROP TABLE contact;
DROP TABLE importrun;
