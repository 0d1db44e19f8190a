-- From version 4 of the store to version 5. A test compares the outcome with schema.sql.

-- Commands of which more follows than one batch does; each batch does a slice of the one that waits longest.
CREATE TABLE unfinished_turns (
  key    INTEGER PRIMARY KEY,
  rank   INTEGER NOT NULL,             -- the lowest has its turn next
  steps  INTEGER NOT NULL              -- done so far
) STRICT;
CREATE UNIQUE INDEX unfinished_turns_rank ON unfinished_turns (rank);

-- What they still have to do, in this order.
CREATE TABLE turn_follow_ups (
  turn_key   INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  command    TEXT NOT NULL,            -- JSON
  scope_key  INTEGER GENERATED ALWAYS AS (command ->> 'scopeKey') VIRTUAL,
  PRIMARY KEY (turn_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_follow_ups_scope ON turn_follow_ups (scope_key) WHERE scope_key IS NOT NULL;
