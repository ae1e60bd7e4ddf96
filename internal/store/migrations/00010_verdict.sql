-- +goose Up

-- What Kith decided about invitations and connections of a member: a row for
-- each decision, never changed but for the mark of the newest. What a list
-- shows stands in columns; body and facts are JSON, for the page of one.
CREATE TABLE verdict (
	owner      TEXT NOT NULL REFERENCES member,
	invitation TEXT NOT NULL,
	n          BIGINT NOT NULL CHECK (n > 0),
	newest     BIGINT NOT NULL CHECK (newest BETWEEN 0 AND 1),
	-- whom it is about: a member here, or a private contact of the owner
	other      TEXT NOT NULL,
	contact    TEXT NOT NULL,
	side       BIGINT NOT NULL CHECK (side IN (1, 3)),
	at         BIGINT NOT NULL CHECK (at > 0),
	decision   TEXT NOT NULL CHECK (decision <> ''),
	rank       BIGINT NOT NULL CHECK (rank BETWEEN 1 AND 8),
	firm       BIGINT NOT NULL CHECK (firm BETWEEN 0 AND 1),
	genuine    TEXT NOT NULL,
	known      TEXT NOT NULL,
	worth      TEXT NOT NULL,
	why        TEXT NOT NULL,
	question   TEXT NOT NULL,
	asks       TEXT NOT NULL,
	-- mutual connections when the facts were gathered; -1: unknown
	mutual     BIGINT NOT NULL CHECK (mutual >= -1),
	-- the signals that spoke, each between spaces
	signals    TEXT NOT NULL,
	model      TEXT NOT NULL,
	body       TEXT NOT NULL,
	facts      TEXT NOT NULL,
	PRIMARY KEY (owner, invitation, n),
	CHECK ((other = '') <> (contact = ''))
) /*strict*/;
CREATE UNIQUE INDEX verdict_newest ON verdict (owner, invitation) WHERE newest = 1;
CREATE INDEX verdict_about ON verdict (owner, other, contact) WHERE newest = 1;
CREATE INDEX verdict_other ON verdict (other);

-- What a member answered about a person: a member here, a private contact, or
-- with neither the member themselves. 1 unsure, 2 no, 3 yes.
CREATE TABLE own_answer (
	owner    TEXT NOT NULL REFERENCES member,
	other    TEXT NOT NULL,
	contact  TEXT NOT NULL,
	question TEXT NOT NULL CHECK (question <> ''),
	answer   BIGINT NOT NULL CHECK (answer BETWEEN 1 AND 3),
	at       BIGINT NOT NULL CHECK (at > 0),
	PRIMARY KEY (owner, other, contact, question),
	CHECK (other = '' OR contact = '')
) /*strict*/;
CREATE INDEX own_answer_other ON own_answer (other);

-- Invitations a member wants out of sight for a while.
CREATE TABLE snooze (
	owner      TEXT NOT NULL REFERENCES member,
	invitation TEXT NOT NULL,
	until      BIGINT NOT NULL CHECK (until > 0),
	PRIMARY KEY (owner, invitation)
) /*strict by key*/;

-- +goose Down
DROP TABLE snooze;
DROP TABLE own_answer;
DROP TABLE verdict;
