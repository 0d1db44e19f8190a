-- The whole schema of ledger.db. SQLite reads it as it stands; for PostgreSQL only BLOB becomes BYTEA and INTEGER BIGINT.
-- Times are epoch milliseconds, truth values 0 or 1, JSON is canonical text, keys of the engine are TEXT.
-- Tables with record_seq as key are insert-only: each row was written with the chain record of that number, in one
-- transaction, and `verify` compares both. The others (outbox, sessions, idempotency keys) may change and prove nothing.

-- The append-only chain: hash covers seq, at, kind, both commitments and the previous hash.
CREATE TABLE records (
  seq                INTEGER PRIMARY KEY,
  at                 INTEGER NOT NULL,
  kind               TEXT NOT NULL,
  case_id            TEXT,
  facts              TEXT NOT NULL,
  nonce              TEXT NOT NULL,
  commitment         TEXT NOT NULL,
  private_commitment TEXT,
  previous_hash      TEXT NOT NULL,
  hash               TEXT NOT NULL
);
CREATE INDEX records_of_case ON records (case_id, seq) WHERE case_id IS NOT NULL;

-- Personal data, encrypted. The keys are in vault-keys.db (vault/keys.sql).
CREATE TABLE vault_entries (
  record_seq INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  case_id    TEXT,
  key_id     TEXT NOT NULL,
  sealed     BLOB NOT NULL,
  PRIMARY KEY (record_seq, kind)
);
CREATE INDEX vault_entries_of_case ON vault_entries (case_id, kind) WHERE case_id IS NOT NULL;

CREATE TABLE key_erasures (
  key_id     TEXT NOT NULL UNIQUE,
  cases      INTEGER NOT NULL,
  erased_by  TEXT NOT NULL,
  erased_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);

-- What process owners and approvers put in force.
CREATE TABLE services (
  service    TEXT NOT NULL,
  version    INTEGER NOT NULL,
  digest     TEXT NOT NULL,
  definition TEXT NOT NULL,
  put_by     TEXT NOT NULL,
  put_at     INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY,
  UNIQUE (service, version)
);

CREATE TABLE routing_tables (
  service    TEXT NOT NULL,
  digest     TEXT NOT NULL,
  put_by     TEXT NOT NULL,
  put_at     INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE INDEX routing_tables_of_service ON routing_tables (service, record_seq);

CREATE TABLE releases (
  release_id    TEXT NOT NULL UNIQUE,
  service       TEXT NOT NULL,
  mode          TEXT NOT NULL CHECK (mode IN ('pilot', 'automatic')),
  model_name    TEXT NOT NULL,
  model_version TEXT NOT NULL,
  model_digest  TEXT NOT NULL,
  threshold     DOUBLE PRECISION,
  certificate   TEXT,
  policy_digest TEXT NOT NULL,
  audit_share   DOUBLE PRECISION NOT NULL,
  seed_hash     TEXT NOT NULL,
  demo          INTEGER NOT NULL,
  evidence      TEXT NOT NULL,
  conditions    TEXT NOT NULL,
  approved_by   TEXT NOT NULL,
  opened_by     TEXT NOT NULL,
  opened_at     INTEGER NOT NULL,
  valid_until   INTEGER NOT NULL,
  record_seq    INTEGER PRIMARY KEY,
  CHECK ((mode = 'automatic') = (threshold IS NOT NULL))
);
CREATE INDEX releases_of_service ON releases (service, record_seq);

CREATE TABLE release_ends (
  release_id TEXT NOT NULL UNIQUE REFERENCES releases (release_id),
  how        TEXT NOT NULL CHECK (how IN ('renewed', 'superseded', 'withdrawn', 'expired')),
  ended_by   TEXT NOT NULL,
  ended_at   INTEGER NOT NULL,
  seed       TEXT NOT NULL,
  record_seq INTEGER PRIMARY KEY
);

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

-- The stop button: the last row of a service says whether it is pressed.
CREATE TABLE service_stops (
  service    TEXT NOT NULL,
  pressed    INTEGER NOT NULL,
  pressed_by TEXT NOT NULL,
  pressed_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE INDEX service_stops_of_service ON service_stops (service, record_seq);

-- A case and what became of it, one table per step.
CREATE TABLE cases (
  case_id          TEXT NOT NULL UNIQUE,
  service          TEXT NOT NULL,
  service_version  INTEGER NOT NULL,
  application      TEXT NOT NULL,
  objection        INTEGER NOT NULL,
  key_id           TEXT NOT NULL,
  received_at      INTEGER NOT NULL,
  business_id_hash TEXT,
  status           TEXT NOT NULL CHECK (status IN ('received', 'in-review', 'decided')),
  record_seq       INTEGER PRIMARY KEY
);
CREATE INDEX cases_by_time ON cases (received_at, case_id);
CREATE INDEX cases_of_service ON cases (service, received_at, case_id);
CREATE INDEX cases_of_application ON cases (application, received_at, case_id);
CREATE INDEX cases_by_status ON cases (status, service, received_at, case_id);
CREATE INDEX cases_of_key ON cases (key_id);
CREATE INDEX cases_by_business_id ON cases (business_id_hash) WHERE business_id_hash IS NOT NULL;

CREATE TABLE idempotency_keys (
  application TEXT NOT NULL,
  service     TEXT NOT NULL,
  key_hash    TEXT NOT NULL,
  body_hash   TEXT NOT NULL,
  case_id     TEXT NOT NULL REFERENCES cases (case_id),
  PRIMARY KEY (application, service, key_hash)
);

CREATE TABLE case_instances (
  case_id                    TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  process_instance_key       TEXT NOT NULL UNIQUE,
  process_definition_id      TEXT NOT NULL,
  process_definition_version INTEGER NOT NULL,
  bound_at                   INTEGER NOT NULL,
  record_seq                 INTEGER PRIMARY KEY
);

CREATE TABLE audit_draws (
  case_id    TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  release_id TEXT,
  audit      INTEGER NOT NULL,
  drawn_at   INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);

CREATE TABLE predictions (
  case_id       TEXT NOT NULL REFERENCES cases (case_id),
  role          TEXT NOT NULL CHECK (role IN ('decider', 'shadow')),
  release_id    TEXT,
  model_name    TEXT NOT NULL,
  model_version TEXT NOT NULL,
  model_digest  TEXT NOT NULL,
  class         TEXT NOT NULL,
  confidence    DOUBLE PRECISION NOT NULL,
  probabilities TEXT NOT NULL,
  novelty       TEXT,
  stored_at     INTEGER NOT NULL,
  record_seq    INTEGER PRIMARY KEY,
  UNIQUE (case_id, role, model_name, model_version)
);
CREATE UNIQUE INDEX one_decider_of_case ON predictions (case_id) WHERE role = 'decider';
CREATE INDEX predictions_of_release ON predictions (release_id, case_id);

-- The explanation itself is in the vault.
CREATE TABLE explanations (
  case_id    TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  method     TEXT NOT NULL,
  stored_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);

CREATE TABLE reviews (
  case_id      TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  reasons      TEXT NOT NULL,
  review_group TEXT,
  due_at       INTEGER,
  opened_at    INTEGER NOT NULL,
  record_seq   INTEGER PRIMARY KEY
);

-- Text typed with a verdict is in the vault.
CREATE TABLE verdicts (
  verdict_id    TEXT NOT NULL UNIQUE,
  case_id       TEXT NOT NULL REFERENCES cases (case_id),
  user_task_key TEXT NOT NULL,
  purpose       TEXT NOT NULL,
  step          TEXT NOT NULL CHECK (step IN ('blind', 'final')),
  answer        TEXT NOT NULL,
  class         TEXT,
  reviewer      TEXT NOT NULL,
  blind         INTEGER NOT NULL,
  outcome       TEXT,
  reason_code   TEXT,
  duration_ms   INTEGER,
  given_at      INTEGER NOT NULL,
  record_seq    INTEGER PRIMARY KEY,
  CHECK ((answer = 'class') = (class IS NOT NULL))
);
CREATE INDEX verdicts_of_case ON verdicts (case_id, record_seq);
CREATE INDEX verdicts_of_task ON verdicts (user_task_key, record_seq);

CREATE TABLE verdict_undos (
  verdict_id TEXT NOT NULL UNIQUE REFERENCES verdicts (verdict_id),
  undone_by  TEXT NOT NULL,
  undone_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);

-- One decision per case: the unique case_id is what makes deciding twice impossible.
CREATE TABLE decisions (
  case_id       TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  service       TEXT NOT NULL,
  class         TEXT NOT NULL,
  decided_by    TEXT NOT NULL CHECK (decided_by IN ('model', 'expert')),
  provenance    TEXT NOT NULL,
  release_id    TEXT,
  model_name    TEXT,
  model_version TEXT,
  model_digest  TEXT,
  confidence    DOUBLE PRECISION,
  threshold     DOUBLE PRECISION,
  policy_digest TEXT,
  reasons       TEXT NOT NULL,
  reviewers     TEXT NOT NULL,
  decided_at    INTEGER NOT NULL,
  record_seq    INTEGER PRIMARY KEY
);
CREATE INDEX decisions_of_service ON decisions (service, provenance, record_seq);

-- Cases whose time was over: their vault entries were deleted. The rule is that of a version of their service.
CREATE TABLE case_erasures (
  case_id         TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  service         TEXT NOT NULL,
  service_version INTEGER NOT NULL,
  decided_at      INTEGER NOT NULL,
  entries         INTEGER NOT NULL,
  erased_at       INTEGER NOT NULL,
  record_seq      INTEGER PRIMARY KEY
);
CREATE INDEX case_erasures_of_service ON case_erasures (service);

-- Effects owed to the outside. outbox_id names the effect, so that the same one is never owed twice.
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

-- Access. The last change of a person's roles counts; one without roles has left.
CREATE TABLE user_changes (
  user_id    TEXT NOT NULL,
  roles      TEXT NOT NULL,
  groups     TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE INDEX user_changes_of_user ON user_changes (user_id, record_seq);

CREATE TABLE users (
  user_id       TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL UNIQUE,
  display_name  TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles         TEXT NOT NULL,
  groups        TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  record_seq    INTEGER PRIMARY KEY
);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  user_id    TEXT NOT NULL REFERENCES users (user_id),
  expires_at INTEGER NOT NULL
);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE api_keys (
  api_key_id  TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  services    TEXT NOT NULL,
  engine      INTEGER NOT NULL,
  processes   TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  record_seq  INTEGER PRIMARY KEY
);

CREATE TABLE api_key_revocations (
  api_key_id TEXT NOT NULL UNIQUE REFERENCES api_keys (api_key_id),
  revoked_by TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
