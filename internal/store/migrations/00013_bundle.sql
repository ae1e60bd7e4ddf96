-- +goose Up

-- What a member decided together: each invitation of it, what came of it, and
-- when that was decided, so that exactly these can be taken back. state: 0 not
-- yet reached, 1 decided, 2 judged otherwise by then, 3 open no longer by then,
-- 4 taken back, 5 not to be taken back any more.
CREATE TABLE bundle (
	owner      TEXT NOT NULL REFERENCES member,
	id         TEXT NOT NULL,
	invitation TEXT NOT NULL,
	choice     TEXT NOT NULL,
	state      BIGINT NOT NULL CHECK (state BETWEEN 0 AND 5),
	begun_at   BIGINT NOT NULL,
	at         BIGINT NOT NULL,
	PRIMARY KEY (owner, id, invitation)
) /*strict by key*/;
CREATE INDEX bundle_begun ON bundle (begun_at);

-- +goose Down
DROP TABLE bundle;
