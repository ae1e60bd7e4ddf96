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

-- +goose Down
DROP TABLE once;
