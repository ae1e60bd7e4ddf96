-- +goose Up

-- Messages, a copy for each of the two: everybody's letters are their own. The
-- newest of each exchange is marked, so that a list of exchanges is one look.
CREATE TABLE message (
	owner    TEXT NOT NULL REFERENCES member,
	id       TEXT NOT NULL,
	other    TEXT NOT NULL,
	outgoing BIGINT NOT NULL CHECK (outgoing BETWEEN 0 AND 1),
	at       BIGINT NOT NULL CHECK (at > 0),
	text     TEXT NOT NULL CHECK (text <> ''),
	opening  BIGINT NOT NULL CHECK (opening BETWEEN 0 AND 1),
	read_at  BIGINT NOT NULL,
	newest   BIGINT NOT NULL CHECK (newest BETWEEN 0 AND 1),
	PRIMARY KEY (owner, id),
	CHECK (owner <> other),
	CHECK (outgoing = 0 OR read_at = 0)
) /*strict*/;
CREATE INDEX message_order ON message (owner, other, at, id);
CREATE INDEX message_other ON message (other);
CREATE UNIQUE INDEX message_newest ON message (owner, other) WHERE newest = 1;
CREATE INDEX message_threads ON message (owner, at, id) WHERE newest = 1;
CREATE INDEX message_unread ON message (owner, other) WHERE outgoing = 0 AND read_at = 0;

-- What a member wrote down for themselves about a connection.
CREATE TABLE link_note (
	owner TEXT NOT NULL REFERENCES member,
	other TEXT NOT NULL,
	text  TEXT NOT NULL CHECK (text <> ''),
	at    BIGINT NOT NULL,
	PRIMARY KEY (owner, other)
) /*strict*/;
CREATE INDEX link_note_other ON link_note (other);

CREATE INDEX pair_a_blocks ON pair (a, b) WHERE a_blocks = 1;
CREATE INDEX pair_b_blocks ON pair (b, a) WHERE b_blocks = 1;

-- +goose Down
DROP INDEX pair_b_blocks;
DROP INDEX pair_a_blocks;
DROP TABLE link_note;
DROP TABLE message;
