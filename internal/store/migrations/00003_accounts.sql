-- +goose Up

-- barred: closed by an operator, so that its owner cannot open it again.
ALTER TABLE member ADD COLUMN barred BIGINT NOT NULL DEFAULT 0 CHECK (barred BETWEEN 0 AND 1 AND (barred = 0 OR state = 2));
CREATE INDEX member_created ON member (created_at, id);

CREATE TABLE password (
	owner      TEXT NOT NULL PRIMARY KEY REFERENCES member,
	-- argon2id, as a PHC string
	phc        TEXT NOT NULL CHECK (phc <> ''),
	changed_at BIGINT NOT NULL
) /*strict*/;

-- Secrets sent by mail, kept as hashes. A newer one takes the place of the
-- older with the same purpose.
CREATE TABLE ticket (
	owner      TEXT NOT NULL REFERENCES member,
	purpose    TEXT NOT NULL CHECK (purpose IN ('verify', 'reset', 'email')),
	hash       TEXT NOT NULL,
	-- The address it was sent to.
	address    TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (owner, purpose)
) /*strict*/;
CREATE UNIQUE INDEX ticket_hash ON ticket (hash);

-- How many mails a day an address without a session made us send: see Tx.Asked.
CREATE TABLE asked (
	who TEXT NOT NULL PRIMARY KEY,
	day BIGINT NOT NULL,
	n   BIGINT NOT NULL CHECK (n > 0)
) /*strict*/;
CREATE INDEX asked_day ON asked (day);

-- Browsers that are signed in. token is the hash of what the cookie holds, empty
-- until the cookie is made.
CREATE TABLE session (
	owner      TEXT NOT NULL REFERENCES member,
	id         TEXT NOT NULL,
	token      TEXT NOT NULL,
	device     TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	-- The day it was last used.
	seen_at    BIGINT NOT NULL,
	PRIMARY KEY (owner, id)
) /*strict*/;
CREATE UNIQUE INDEX session_token ON session (token) WHERE token <> '';

CREATE TABLE token (
	owner      TEXT NOT NULL REFERENCES member,
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	hash       TEXT NOT NULL,
	-- app.Scopes; 32, the account itself, is for sessions only.
	scopes     BIGINT NOT NULL CHECK (scopes > 0 AND (scopes & 32) = 0),
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL,
	PRIMARY KEY (owner, id)
) /*strict*/;
CREATE UNIQUE INDEX token_hash ON token (hash);

CREATE TABLE passkey (
	owner      TEXT NOT NULL REFERENCES member,
	-- The credential's own id, base64url.
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	-- The public key and what belongs to it, as JSON.
	credential TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL,
	PRIMARY KEY (owner, id)
) /*strict*/;

-- What a passkey is being asked for. A sign-in has no owner yet.
CREATE TABLE ceremony (
	owner      TEXT NOT NULL,
	hash       TEXT NOT NULL,
	data       TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (owner, hash)
) /*strict*/;
CREATE INDEX ceremony_expires ON ceremony (expires_at);

-- Sign-up codes, kept as hashes. The owner made it: a member, or the console,
-- which is no member.
CREATE TABLE code (
	owner      TEXT NOT NULL,
	id         TEXT NOT NULL,
	hash       TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
	used_at    BIGINT NOT NULL,
	PRIMARY KEY (owner, id)
) /*strict*/;
CREATE UNIQUE INDEX code_hash ON code (hash);

-- +goose Down
DROP TABLE code;
DROP TABLE ceremony;
DROP TABLE passkey;
DROP TABLE token;
DROP TABLE session;
DROP TABLE asked;
DROP TABLE ticket;
DROP TABLE password;
DROP INDEX member_created;
ALTER TABLE member DROP COLUMN barred;
