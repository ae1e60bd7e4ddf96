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

-- What a page counts for its head: the questions elsewhere that are still open.
CREATE INDEX elsewhere_asked ON elsewhere (owner, asked_at) WHERE asked_at > 0 AND state < 3;

-- +goose Down
DROP INDEX elsewhere_asked;
DROP TABLE calendar;
