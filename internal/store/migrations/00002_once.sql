-- +goose Up

-- Answers to requests that carried a key, so that the same request sent again
-- gets the same answer and no second effect.
CREATE TABLE once (
	owner   TEXT NOT NULL,
	name    TEXT NOT NULL,
	request TEXT NOT NULL,
	answer  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (owner, name)
) /*strict*/;
CREATE INDEX once_at ON once (at);

-- The members whose ids such an answer holds: it goes when one of them is erased.
CREATE TABLE once_about (
	owner  TEXT NOT NULL,
	name   TEXT NOT NULL,
	member TEXT NOT NULL,
	PRIMARY KEY (owner, name, member),
	FOREIGN KEY (owner, name) REFERENCES once (owner, name) ON DELETE CASCADE
) /*strict*/;
CREATE INDEX once_about_member ON once_about (member);

-- +goose Down
DROP TABLE once_about;
DROP TABLE once;
