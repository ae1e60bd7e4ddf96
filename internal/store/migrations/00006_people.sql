-- +goose Up

-- What members show of themselves, beside the name in member. body holds what
-- is neither listed nor searched.
CREATE TABLE profile (
	owner      TEXT NOT NULL PRIMARY KEY REFERENCES member,
	headline   TEXT NOT NULL,
	location   TEXT NOT NULL,
	body       TEXT NOT NULL,
	changed_at BIGINT NOT NULL
) /*strict by key*/;

-- A photo in the sizes it is shown in, made here from what was uploaded; the
-- upload itself is not kept. hash is the same for all sizes of one photo.
CREATE TABLE photo (
	owner TEXT NOT NULL REFERENCES member,
	size  BIGINT NOT NULL CHECK (size > 0),
	hash  TEXT NOT NULL CHECK (hash <> ''),
	data  BYTEA NOT NULL,
	PRIMARY KEY (owner, size)
) /*strict*/;

-- How members want things. No row, and 0 in every column, is the default.
CREATE TABLE setting (
	owner         TEXT NOT NULL PRIMARY KEY REFERENCES member,
	goals         BIGINT NOT NULL CHECK (goals >= 0),
	stance        BIGINT NOT NULL CHECK (stance BETWEEN 0 AND 4),
	invites       BIGINT NOT NULL CHECK (invites BETWEEN 0 AND 3),
	not_now_until BIGINT NOT NULL,
	shows         BIGINT NOT NULL CHECK (shows BETWEEN 0 AND 2),
	publishes     BIGINT NOT NULL CHECK (publishes BETWEEN 0 AND 1),
	remove_silent BIGINT NOT NULL CHECK (remove_silent BETWEEN 0 AND 1),
	digest        BIGINT NOT NULL CHECK (digest BETWEEN 0 AND 2),
	unmailed      BIGINT NOT NULL CHECK (unmailed >= 0),
	body          TEXT NOT NULL,
	changed_at    BIGINT NOT NULL
) /*strict*/;

-- Whom a member was shown on a day (days since 1970, UTC), connections and
-- people who invited them left out: what the daily budget counts. Forgotten the
-- day after.
CREATE TABLE look (
	owner TEXT NOT NULL REFERENCES member,
	day   BIGINT NOT NULL,
	other TEXT NOT NULL,
	PRIMARY KEY (owner, day, other)
) /*strict*/;
CREATE INDEX look_other ON look (other);

-- +goose Down
DROP TABLE look;
DROP TABLE setting;
DROP TABLE photo;
DROP TABLE profile;
