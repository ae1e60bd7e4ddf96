-- +goose Up

-- The secret address at which a member's calendar reads their errands, kept as
-- a hash. full_names: names stand there as they are, not as initials.
CREATE TABLE calendar (
	owner      TEXT NOT NULL PRIMARY KEY REFERENCES member,
	id         TEXT NOT NULL,
	hash       TEXT NOT NULL,
	full_names BIGINT NOT NULL CHECK (full_names BETWEEN 0 AND 1),
	made_at    BIGINT NOT NULL
) /*strict*/;
CREATE UNIQUE INDEX calendar_hash ON calendar (hash);

-- What every page counts for its head: questions that were asked, and what is
-- still due.
CREATE INDEX inbox_asked ON inbox (owner, box, asked_at, answer, course, expires_at, replied_at, invitation, other) WHERE asked_at > 0;
CREATE INDEX elsewhere_asked ON elsewhere (owner, asked_at) WHERE asked_at > 0 AND state < 3;
CREATE INDEX duty_open ON duty (owner, kind) WHERE state = 0;

-- +goose Down
DROP INDEX duty_open;
DROP INDEX elsewhere_asked;
DROP INDEX inbox_asked;
DROP TABLE calendar;
