-- From schema 1 to 2: the life of a release, changes of roles, outbox rows of no case, more ways for a release to end.
-- Rebuilt tables keep their rows as they are: the chain vouches for them.

-- The life of a release: proposal, evidence, votes and moves. Its row in "releases" is written when it first may decide.
CREATE TABLE release_proposals (
  release_id    TEXT NOT NULL UNIQUE,
  service       TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('promotion', 'renewal', 'rollback')),
  model_name    TEXT NOT NULL,
  model_version TEXT NOT NULL,
  model_digest  TEXT NOT NULL,
  source        TEXT NOT NULL,
  reference     TEXT,
  proposed_by   TEXT NOT NULL,
  trained_by    TEXT,
  predecessor   TEXT REFERENCES releases (release_id),
  risk_tier     TEXT NOT NULL CHECK (risk_tier IN ('low', 'medium', 'high')),
  proposed_at   INTEGER NOT NULL,
  record_seq    INTEGER PRIMARY KEY
);
CREATE INDEX release_proposals_of_service ON release_proposals (service, record_seq);

-- The last row of a release says its state. from_state = to_state: a step within it. Text that people typed is in the vault.
CREATE TABLE release_moves (
  release_id      TEXT NOT NULL,
  from_state      TEXT NOT NULL,
  to_state        TEXT NOT NULL,
  moved_by        TEXT NOT NULL,
  code            TEXT NOT NULL,
  share           INTEGER,
  evidence_digest TEXT,
  moved_at        INTEGER NOT NULL,
  record_seq      INTEGER PRIMARY KEY
);
CREATE INDEX release_moves_of_release ON release_moves (release_id, record_seq);

-- The chain holds the digest of a document; verify compares both.
CREATE TABLE release_evidence (
  release_id   TEXT NOT NULL REFERENCES release_proposals (release_id),
  kind         TEXT NOT NULL,
  digest       TEXT NOT NULL,
  document     TEXT NOT NULL,
  collected_by TEXT NOT NULL,
  collected_at INTEGER NOT NULL,
  record_seq   INTEGER PRIMARY KEY
);
CREATE INDEX release_evidence_of_release ON release_evidence (release_id, record_seq);
CREATE INDEX release_evidence_by_digest ON release_evidence (digest);

CREATE TABLE release_votes (
  vote_id         TEXT NOT NULL UNIQUE,
  release_id      TEXT NOT NULL REFERENCES release_proposals (release_id),
  voter           TEXT NOT NULL,
  roles           TEXT NOT NULL,
  vote            TEXT NOT NULL CHECK (vote IN ('approve', 'ask-back', 'reject')),
  valid_until     INTEGER,
  evidence_digest TEXT NOT NULL,
  given_at        INTEGER NOT NULL,
  record_seq      INTEGER PRIMARY KEY
);
CREATE INDEX release_votes_of_release ON release_votes (release_id, record_seq);

-- The requester's answer to a question put back.
CREATE TABLE release_replies (
  reply_id   TEXT NOT NULL UNIQUE,
  vote_id    TEXT NOT NULL UNIQUE REFERENCES release_votes (vote_id),
  release_id TEXT NOT NULL,
  replied_by TEXT NOT NULL,
  replied_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);

CREATE TABLE release_alarms (
  alarm_id   TEXT NOT NULL UNIQUE,
  release_id TEXT NOT NULL,
  kind       TEXT NOT NULL,
  time_window TEXT NOT NULL,
  detail     TEXT NOT NULL,
  raised_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY,
  UNIQUE (release_id, kind, time_window)
);

CREATE TABLE release_answers (
  answer_id   TEXT NOT NULL UNIQUE,
  release_id  TEXT NOT NULL,
  answer      TEXT NOT NULL CHECK (answer IN ('renew', 'retrain', 'roll-back', 'withdraw')),
  answered_by TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  record_seq  INTEGER PRIMARY KEY
);
CREATE INDEX release_answers_of_release ON release_answers (release_id, record_seq);

ALTER TABLE release_ends RENAME TO release_ends_1;
CREATE TABLE release_ends (
  release_id TEXT NOT NULL UNIQUE REFERENCES releases (release_id),
  how        TEXT NOT NULL CHECK (how IN ('renewed', 'superseded', 'withdrawn', 'expired')),
  ended_by   TEXT NOT NULL,
  ended_at   INTEGER NOT NULL,
  seed       TEXT NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
INSERT INTO release_ends SELECT * FROM release_ends_1;
DROP TABLE release_ends_1;

ALTER TABLE outbox RENAME TO outbox_1;
DROP INDEX outbox_by_due_time;
DROP INDEX outbox_of_case;
CREATE TABLE outbox (
  outbox_id     TEXT PRIMARY KEY,
  kind          TEXT NOT NULL,
  case_id       TEXT REFERENCES cases (case_id),
  release_id    TEXT,
  content       TEXT NOT NULL,
  not_before    INTEGER NOT NULL,
  claimed_until INTEGER NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  last_error    TEXT,
  created_at    INTEGER NOT NULL,
  settled_at    INTEGER
);
CREATE INDEX outbox_by_due_time ON outbox (not_before) WHERE settled_at IS NULL;
CREATE INDEX outbox_of_case ON outbox (case_id);
INSERT INTO outbox (outbox_id, kind, case_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at)
SELECT outbox_id, kind, case_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at FROM outbox_1;
DROP TABLE outbox_1;

CREATE TABLE user_changes (
  user_id    TEXT NOT NULL,
  roles      TEXT NOT NULL,
  groups     TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE INDEX user_changes_of_user ON user_changes (user_id, record_seq);
