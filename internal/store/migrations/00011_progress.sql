-- +goose Up

-- expected is how many nouns the files of a run hold, as a first look over them
-- counted; archive_at is the newest date in the LinkedIn archive among them.
ALTER TABLE importrun ADD COLUMN expected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE importrun ADD COLUMN archive_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE importrun DROP COLUMN archive_at;
ALTER TABLE importrun DROP COLUMN expected;
