-- From version 4 of the store to version 5. A test compares the outcome with schema.sql.

-- Commands of which more follows than one batch does; each batch does a slice of the one that waits longest.
CREATE TABLE unfinished_turns (
  key     INTEGER PRIMARY KEY,
  rank    INTEGER NOT NULL,            -- the lowest has its turn next
  steps   INTEGER NOT NULL,            -- done so far
  due_at  INTEGER NOT NULL             -- 0: at once; later for one that has gone on for very long
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

-- Items of a variable that multi-instance collects, one row each, so that collecting n of them costs n and not n times n.
CREATE TABLE variable_items (
  variable_key  INTEGER NOT NULL REFERENCES variables (key) ON DELETE CASCADE,
  position      INTEGER NOT NULL,                  -- from 1
  value         TEXT NOT NULL,                     -- JSON
  PRIMARY KEY (variable_key, position)
) STRICT, WITHOUT ROWID;

-- Variables with their values, wherever those are kept: read this, not the table.
CREATE VIEW variable_values AS SELECT key, scope_key, process_instance_key, name,
  CASE value WHEN '' THEN (SELECT '[' || group_concat(i.value, ',' ORDER BY i.position) || ']' FROM variable_items i WHERE i.variable_key = variables.key) ELSE value END AS value
  FROM variables;
