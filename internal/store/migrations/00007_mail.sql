-- +goose Up

-- What takes long is claimed apart from the rest, each in one order; operators
-- go through what has failed for good.
ALTER TABLE duty ADD COLUMN long BIGINT NOT NULL DEFAULT 0 CHECK (long BETWEEN 0 AND 1);
DROP INDEX duty_due;
CREATE INDEX duty_due ON duty (long, due_at, owner, effect) WHERE state = 0;
CREATE INDEX duty_dead ON duty (owner, effect) WHERE state = 3;

-- Addresses whose servers said that they take no mail. address is a keyed hash:
-- it holds though the account is erased, and names nobody.
CREATE TABLE suppressed (
	address TEXT NOT NULL PRIMARY KEY CHECK (address <> ''),
	at      BIGINT NOT NULL
) /*strict*/;

-- How far a member's notices were mailed: those up to upto, the last at sent_at.
CREATE TABLE digest (
	owner   TEXT NOT NULL PRIMARY KEY REFERENCES member,
	upto    BIGINT NOT NULL CHECK (upto >= 0),
	sent_at BIGINT NOT NULL
) /*strict*/;

-- +goose Down
DROP TABLE digest;
DROP TABLE suppressed;
DROP INDEX duty_dead;
DROP INDEX duty_due;
ALTER TABLE duty DROP COLUMN long;
CREATE INDEX duty_due ON duty (due_at) WHERE state = 0;
