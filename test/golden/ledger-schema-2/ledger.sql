CREATE TABLE api_key_revocations (
  api_key_id TEXT NOT NULL UNIQUE REFERENCES api_keys (api_key_id),
  revoked_by TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
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
CREATE TABLE audit_draws (
  case_id    TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  release_id TEXT,
  audit      INTEGER NOT NULL,
  drawn_at   INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE TABLE case_instances (
  case_id                    TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  process_instance_key       TEXT NOT NULL UNIQUE,
  process_definition_id      TEXT NOT NULL,
  process_definition_version INTEGER NOT NULL,
  bound_at                   INTEGER NOT NULL,
  record_seq                 INTEGER PRIMARY KEY
);
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
CREATE TABLE explanations (
  case_id    TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  method     TEXT NOT NULL,
  stored_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE TABLE idempotency_keys (
  application TEXT NOT NULL,
  service     TEXT NOT NULL,
  key_hash    TEXT NOT NULL,
  body_hash   TEXT NOT NULL,
  case_id     TEXT NOT NULL REFERENCES cases (case_id),
  PRIMARY KEY (application, service, key_hash)
);
CREATE TABLE key_erasures (
  key_id     TEXT NOT NULL UNIQUE,
  cases      INTEGER NOT NULL,
  erased_by  TEXT NOT NULL,
  erased_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
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
CREATE TABLE release_ends (
  release_id TEXT NOT NULL UNIQUE REFERENCES releases (release_id),
  how        TEXT NOT NULL CHECK (how IN ('renewed', 'superseded', 'withdrawn', 'expired')),
  ended_by   TEXT NOT NULL,
  ended_at   INTEGER NOT NULL,
  seed       TEXT NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE TABLE release_evidence (
  release_id   TEXT NOT NULL REFERENCES release_proposals (release_id),
  kind         TEXT NOT NULL,
  digest       TEXT NOT NULL,
  document     TEXT NOT NULL,
  collected_by TEXT NOT NULL,
  collected_at INTEGER NOT NULL,
  record_seq   INTEGER PRIMARY KEY
);
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
CREATE TABLE release_replies (
  reply_id   TEXT NOT NULL UNIQUE,
  vote_id    TEXT NOT NULL UNIQUE REFERENCES release_votes (vote_id),
  release_id TEXT NOT NULL,
  replied_by TEXT NOT NULL,
  replied_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
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
CREATE TABLE reviews (
  case_id      TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
  reasons      TEXT NOT NULL,
  review_group TEXT,
  due_at       INTEGER,
  opened_at    INTEGER NOT NULL,
  record_seq   INTEGER PRIMARY KEY
);
CREATE TABLE routing_tables (
  service    TEXT NOT NULL,
  digest     TEXT NOT NULL,
  put_by     TEXT NOT NULL,
  put_at     INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE TABLE service_stops (
  service    TEXT NOT NULL,
  pressed    INTEGER NOT NULL,
  pressed_by TEXT NOT NULL,
  pressed_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
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
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  user_id    TEXT NOT NULL REFERENCES users (user_id),
  expires_at INTEGER NOT NULL
);
CREATE TABLE user_changes (
  user_id    TEXT NOT NULL,
  roles      TEXT NOT NULL,
  groups     TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
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
CREATE TABLE vault_entries (
  record_seq INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  case_id    TEXT,
  key_id     TEXT NOT NULL,
  sealed     BLOB NOT NULL,
  PRIMARY KEY (record_seq, kind)
);
CREATE TABLE verdict_undos (
  verdict_id TEXT NOT NULL UNIQUE REFERENCES verdicts (verdict_id),
  undone_by  TEXT NOT NULL,
  undone_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
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
CREATE INDEX cases_by_business_id ON cases (business_id_hash) WHERE business_id_hash IS NOT NULL;
CREATE INDEX cases_by_status ON cases (status, service, received_at, case_id);
CREATE INDEX cases_by_time ON cases (received_at, case_id);
CREATE INDEX cases_of_application ON cases (application, received_at, case_id);
CREATE INDEX cases_of_service ON cases (service, received_at, case_id);
CREATE INDEX decisions_of_service ON decisions (service, provenance, record_seq);
CREATE UNIQUE INDEX one_decider_of_case ON predictions (case_id) WHERE role = 'decider';
CREATE INDEX outbox_by_due_time ON outbox (not_before) WHERE settled_at IS NULL;
CREATE INDEX outbox_of_case ON outbox (case_id);
CREATE INDEX predictions_of_release ON predictions (release_id, case_id);
CREATE INDEX records_of_case ON records (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX release_answers_of_release ON release_answers (release_id, record_seq);
CREATE INDEX release_evidence_by_digest ON release_evidence (digest);
CREATE INDEX release_evidence_of_release ON release_evidence (release_id, record_seq);
CREATE INDEX release_moves_of_release ON release_moves (release_id, record_seq);
CREATE INDEX release_proposals_of_service ON release_proposals (service, record_seq);
CREATE INDEX release_votes_of_release ON release_votes (release_id, record_seq);
CREATE INDEX releases_of_service ON releases (service, record_seq);
CREATE INDEX routing_tables_of_service ON routing_tables (service, record_seq);
CREATE INDEX service_stops_of_service ON service_stops (service, record_seq);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX user_changes_of_user ON user_changes (user_id, record_seq);
CREATE INDEX vault_entries_of_case ON vault_entries (case_id, kind) WHERE case_id IS NOT NULL;
CREATE INDEX verdicts_of_case ON verdicts (case_id, record_seq);
CREATE INDEX verdicts_of_task ON verdicts (user_task_key, record_seq);
INSERT INTO audit_draws (case_id, release_id, audit, drawn_at, record_seq) VALUES ('85891343-62ab-4703-8429-48732ddcaaf8', '8094cab7-2933-4a91-9b1b-7db6e301f906', 0, 1736931600000, 5);
INSERT INTO audit_draws (case_id, release_id, audit, drawn_at, record_seq) VALUES ('9a052f2f-71e6-410b-9b02-fede51083773', 'f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e', 0, 1736931600000, 12);
INSERT INTO cases (case_id, service, service_version, application, objection, key_id, received_at, business_id_hash, status, record_seq) VALUES ('85891343-62ab-4703-8429-48732ddcaaf8', 'loans', 1, 'bank', 0, '9e7c03c6-c7e0-4fe1-a581-eee349e920ff', 1736931600000, '58ebac1ce7bb93208ad7a81f1d6f3028ccfecccd0c2b4328bff48c78f4b87f69', 'decided', 4);
INSERT INTO cases (case_id, service, service_version, application, objection, key_id, received_at, business_id_hash, status, record_seq) VALUES ('9a052f2f-71e6-410b-9b02-fede51083773', 'loans', 1, 'bank', 0, '4ec7b4a4-140c-4ce0-b6db-5b6e3eb033aa', 1736931600000, NULL, 'decided', 11);
INSERT INTO cases (case_id, service, service_version, application, objection, key_id, received_at, business_id_hash, status, record_seq) VALUES ('d053c172-67f1-4959-9620-46c7cc920495', 'loans', 1, 'bank', 0, '71c9feaa-8771-4a96-bc7e-d3eed04d7c9e', 1736931605001, NULL, 'in-review', 19);
INSERT INTO cases (case_id, service, service_version, application, objection, key_id, received_at, business_id_hash, status, record_seq) VALUES ('6cb9eb94-4657-454d-9940-c1c509b2a04d', 'loans', 1, 'bank', 0, 'e89e9ae7-8924-44a4-a679-41a766d50225', 1736931605001, NULL, 'received', 21);
INSERT INTO decisions (case_id, service, class, decided_by, provenance, release_id, model_name, model_version, model_digest, confidence, threshold, policy_digest, reasons, reviewers, decided_at, record_seq) VALUES ('85891343-62ab-4703-8429-48732ddcaaf8', 'loans', 'grant', 'model', 'automatic-unverified', '8094cab7-2933-4a91-9b1b-7db6e301f906', 'loans-v1', '1', 'model-1', 0.9, 0.8, 'ba445e1ce95308425c61d88bb037e07688a4b950f226cbe43304287edf0e896f', '[]', '[]', 1736931600000, 7);
INSERT INTO decisions (case_id, service, class, decided_by, provenance, release_id, model_name, model_version, model_digest, confidence, threshold, policy_digest, reasons, reviewers, decided_at, record_seq) VALUES ('9a052f2f-71e6-410b-9b02-fede51083773', 'loans', 'grant', 'expert', 'after-seeing-model-switched', 'f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e', 'loans-v1', '1', 'model-1', 0.9, NULL, '902ef89542cb6525a2e67d80cb92ebcccd31837114200c0ed00607f4e3678605', '["PILOT"]', '["erika"]', 1736931605001, 18);
INSERT INTO explanations (case_id, method, stored_at, record_seq) VALUES ('9a052f2f-71e6-410b-9b02-fede51083773', 'shapley', 1736931600000, 15);
INSERT INTO idempotency_keys (application, service, key_hash, body_hash, case_id) VALUES ('bank', 'loans', '2bdb271cee4e752d45b0276ead909e5d9484b59c3f10b16d475ca3da7a8413d2', 'b865698391be53b6de41c72fdf1fa65bf3154c99430b1310e1d0ba7d5af50f3f', '85891343-62ab-4703-8429-48732ddcaaf8');
INSERT INTO idempotency_keys (application, service, key_hash, body_hash, case_id) VALUES ('bank', 'loans', '19b499f974cda8b13403e8a2dd9ebcb6a360072d9d548f9e2c3b61964bafadf0', '33be74b0d22f7302a576f8db9c1e7835ff98a3e60512595d4027ab03f197e435', '9a052f2f-71e6-410b-9b02-fede51083773');
INSERT INTO idempotency_keys (application, service, key_hash, body_hash, case_id) VALUES ('bank', 'loans', 'ec156138fc43b8bd01a5aa2641e17da72d91ac5592ab0df6b41672678869b109', '225eddb47087d97dc1c1a10761157cddd989d1b8ce3c01ca59019724523165cf', 'd053c172-67f1-4959-9620-46c7cc920495');
INSERT INTO idempotency_keys (application, service, key_hash, body_hash, case_id) VALUES ('bank', 'loans', 'f9295cb88c3729e3a825a909dd0f69aee551a9afc7e0ff0fd1c097dd0d1953b2', 'cdef316a7e52c053b7a5acccfbc0417cfa67065c34114b559b1ae6152e4a3fd8', '6cb9eb94-4657-454d-9940-c1c509b2a04d');
INSERT INTO key_erasures (key_id, cases, erased_by, erased_at, record_seq) VALUES ('e89e9ae7-8924-44a4-a679-41a766d50225', 1, 'officer', 1736931605001, 22);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('message/release-live/8094cab7-2933-4a91-9b1b-7db6e301f906:live', 'publish-message', NULL, '8094cab7-2933-4a91-9b1b-7db6e301f906', '{"correlationKey":"8094cab7-2933-4a91-9b1b-7db6e301f906","messageId":"8094cab7-2933-4a91-9b1b-7db6e301f906:live","name":"release-live","variables":{"releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906","service":"loans","validUntil":"2025-02-14T09:00:00.000Z"}}', 1736931600000, 0, 0, NULL, 1736931600000, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('start/85891343-62ab-4703-8429-48732ddcaaf8', 'start-case', '85891343-62ab-4703-8429-48732ddcaaf8', NULL, '{}', 1736931600000, 0, 0, NULL, 1736931600000, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('message/release-superseded/8094cab7-2933-4a91-9b1b-7db6e301f906:ended', 'publish-message', NULL, '8094cab7-2933-4a91-9b1b-7db6e301f906', '{"correlationKey":"8094cab7-2933-4a91-9b1b-7db6e301f906","messageId":"8094cab7-2933-4a91-9b1b-7db6e301f906:ended","name":"release-superseded","variables":{}}', 1736931600000, 0, 0, NULL, 1736931600000, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('message/release-live/f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e:live', 'publish-message', NULL, 'f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e', '{"correlationKey":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e","messageId":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e:live","name":"release-live","variables":{"releaseId":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e","service":"loans","validUntil":"2025-01-16T09:00:00.000Z"}}', 1736931600000, 0, 0, NULL, 1736931600000, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('start/9a052f2f-71e6-410b-9b02-fede51083773', 'start-case', '9a052f2f-71e6-410b-9b02-fede51083773', NULL, '{}', 1736931600000, 0, 0, NULL, 1736931600000, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('complete/task-of-9a052f2f-71e6-410b-9b02-fede51083773', 'complete-user-task', '9a052f2f-71e6-410b-9b02-fede51083773', NULL, '{"userTaskKey":"task-of-9a052f2f-71e6-410b-9b02-fede51083773","variables":{"finalClass":"grant","reviewAnswer":"class"}}', 1736931605000, 0, 0, NULL, 1736931600000, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('start/d053c172-67f1-4959-9620-46c7cc920495', 'start-case', 'd053c172-67f1-4959-9620-46c7cc920495', NULL, '{}', 1736931605001, 0, 0, NULL, 1736931605001, NULL);
INSERT INTO outbox (outbox_id, kind, case_id, release_id, content, not_before, claimed_until, attempts, last_error, created_at, settled_at) VALUES ('start/6cb9eb94-4657-454d-9940-c1c509b2a04d', 'start-case', '6cb9eb94-4657-454d-9940-c1c509b2a04d', NULL, '{}', 1736931605001, 0, 0, NULL, 1736931605001, NULL);
INSERT INTO predictions (case_id, role, release_id, model_name, model_version, model_digest, class, confidence, probabilities, novelty, stored_at, record_seq) VALUES ('85891343-62ab-4703-8429-48732ddcaaf8', 'decider', '8094cab7-2933-4a91-9b1b-7db6e301f906', 'loans-v1', '1', 'model-1', 'grant', 0.9, '{"grant":0.9}', NULL, 1736931600000, 6);
INSERT INTO predictions (case_id, role, release_id, model_name, model_version, model_digest, class, confidence, probabilities, novelty, stored_at, record_seq) VALUES ('9a052f2f-71e6-410b-9b02-fede51083773', 'decider', 'f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e', 'loans-v1', '1', 'model-1', 'grant', 0.9, '{"grant":0.9}', NULL, 1736931600000, 13);
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (1, 1736931600000, 'service-changed', NULL, '{"definition":{"anomaly":null,"auditShare":0.2,"caseName":{"de":"Loan","en":"Loan"},"classes":[{"automatic":true,"id":"grant","key":"1","label":{"de":"grant","en":"grant"}},{"automatic":false,"id":"decline","key":"2","label":{"de":"decline","en":"decline"}},{"automatic":false,"id":"ask","key":"3","label":{"de":"ask","en":"ask"}}],"consentRequired":false,"costs":{"errors":[],"review":1},"id":"loans","inputSchema":{"type":"object"},"legalBasis":{"de":"contract","en":"contract"},"model":{"features":[{"field":"amount"}],"name":"loans","protocol":"v1"},"name":{"de":"Loans","en":"Loans"},"presentation":{"fields":{},"picture":null,"subtitle":{"de":"{region}","en":"{region}"},"title":{"de":"{amount}","en":"{amount}"}},"processDefinitionId":"anomaly-routing","promise":{"alpha":0.05,"delta":0.1,"demoFigure":false,"errorReference":"blind-verdict","labelDelayDays":0,"looks":1,"population":{"de":"all","en":"all"}},"question":{"de":"Grant?","en":"Grant?"},"retentionDays":200,"review":{"adjudicatorGroup":"adjudicators","candidateGroup":"experts","dueAfter":"P1D","formId":"loans-form","reasonCodes":[{"id":"income","key":"i","label":{"de":"income","en":"income"}}],"secondReviewer":false},"riskTier":"high","routingFields":["region"]},"digest":"604240753916f297b153d7361de766a020d9a29fa18ec6a6d27d49e41a6fbed0","putAt":1736931600000,"putBy":"owner","service":"loans","version":1}', 'efc82663c8e00a123ed3e0dcab4746acfe6e4998c3532101c5d77555b8b280f2', '0ad458cde0501ea27ff2c4f52ab56ec05c29d763125f3b0826a9249c5dabd75d', NULL, '0000000000000000000000000000000000000000000000000000000000000000', 'acf10cc12c37f6dc311905ea42c58ebd0a0c7e1020cc0615a830fd8484abfdbd');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (2, 1736931600000, 'routing-table-changed', NULL, '{"digest":"table-1","putAt":1736931600000,"putBy":"owner","service":"loans"}', '021bcc892e1dac768c7c64be65ff4cd77f8e08b22cf083d8cafddb9aeddf1efe', 'dccf0b7b7f32525c333a8f5d45b17459af795f40bbfcd0686e0b32d096c9ebe6', NULL, 'acf10cc12c37f6dc311905ea42c58ebd0a0c7e1020cc0615a830fd8484abfdbd', '3a10171609db817271dc2f499caddce700771fdafa8c30d2c08e3371e56ca4d5');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (3, 1736931600000, 'release-opened', NULL, '{"approvedBy":[],"auditShare":1e-12,"certificate":{"k":2,"m":300},"conditions":[],"demo":false,"evidence":[],"mode":"automatic","modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","openedAt":1736931600000,"openedBy":"approver","policyDigest":"ba445e1ce95308425c61d88bb037e07688a4b950f226cbe43304287edf0e896f","releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906","seedHash":"af3283baf3d3528a2e960d09977c3b95db7adfe157c10fd90736139c58a29d8d","service":"loans","threshold":0.8,"validUntil":1739523600000}', '3b27bd2e0b26d4ed4e94ffd6d8939d001b6de1d944a903c3078fd46410a6cc1c', '9490690d5202fa984c18ffb84e3ea99e3f278e4e1ae67f8311e3baa6d7872d43', '36c5017a8e963e71ca39722ad1fbbb822ae818689ccd801ff77d87fecae5dfe6', '3a10171609db817271dc2f499caddce700771fdafa8c30d2c08e3371e56ca4d5', 'f247b3409d0f5517dd02c4a6052be886f6b3c79654d964c23738408787320885');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (4, 1736931600000, 'case-received', '85891343-62ab-4703-8429-48732ddcaaf8', '{"application":"bank","caseId":"85891343-62ab-4703-8429-48732ddcaaf8","keyId":"9e7c03c6-c7e0-4fe1-a581-eee349e920ff","objection":false,"receivedAt":1736931600000,"service":"loans","serviceVersion":1}', '7fff2879ebc966127ec88d3a0b25dd09a95dac88dd5b33ab4f397f9a248e312f', '17991258cd61717d03cd5afc30987dd7bfc07accf0c80d82293e1d2142e8250a', 'e33379a3b3d095cee51f784423eabca7b3df54617e82221ba0b33d58801bbbab', 'f247b3409d0f5517dd02c4a6052be886f6b3c79654d964c23738408787320885', '1b2c08a65ac30277e7c50d88aeb78f1a69d87b94d2469ee4c2dded8b774ba4a3');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (5, 1736931600000, 'audit-drawn', '85891343-62ab-4703-8429-48732ddcaaf8', '{"audit":false,"caseId":"85891343-62ab-4703-8429-48732ddcaaf8","drawnAt":1736931600000,"releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906"}', '8711796a62d10c351f685397b14f94149a491fe46f8ef0310022bc4e0ddfea14', '6bba40bb3ab3759da938b91d39e32d193bfdc84088ee9bb9c9b197c6494902e8', NULL, '1b2c08a65ac30277e7c50d88aeb78f1a69d87b94d2469ee4c2dded8b774ba4a3', 'dfc72fbf5be32a48e6c351e399d031bdb5c90f543cac6e6a5979eed13ef32188');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (6, 1736931600000, 'prediction-stored', '85891343-62ab-4703-8429-48732ddcaaf8', '{"caseId":"85891343-62ab-4703-8429-48732ddcaaf8","class":"grant","confidence":0.9,"modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","novelty":null,"probabilities":{"grant":0.9},"releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906","role":"decider","storedAt":1736931600000}', '5197a701616b73dc8f008939745dd305e0018974d23ddce24c041516b3e8d4ef', '5527f62ee978c274f45c2d3f60d1af74e2c4254d3e0691e19ac02649db02917f', NULL, 'dfc72fbf5be32a48e6c351e399d031bdb5c90f543cac6e6a5979eed13ef32188', '0452e56d6744e84edbdb428b6a87f250165cad879d3120c447d8f7c875ddc814');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (7, 1736931600000, 'decision-recorded', '85891343-62ab-4703-8429-48732ddcaaf8', '{"caseId":"85891343-62ab-4703-8429-48732ddcaaf8","class":"grant","confidence":0.9,"decidedAt":1736931600000,"decidedBy":"model","modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","policyDigest":"ba445e1ce95308425c61d88bb037e07688a4b950f226cbe43304287edf0e896f","provenance":"automatic-unverified","reasons":[],"releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906","reviewers":[],"service":"loans","threshold":0.8}', '6485a1061368b447148e199421176e1d8e21586791ebf1288c86f5bc3ddcf1b6', '4a3f2aa5419989359e3af3ef791cb9ae2067804c0a14d1afa1f21840bbc923de', NULL, '0452e56d6744e84edbdb428b6a87f250165cad879d3120c447d8f7c875ddc814', '76358a4234214a6ceaed8aaa03a23a41b2ae190374447c2ae431f9d9a4551798');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (8, 1736931600000, 'release-moved', NULL, '{"code":"SUPERSEDED","evidenceDigest":null,"fromState":"live","movedAt":1736931600000,"movedBy":"approver","releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906","share":null,"toState":"superseded"}', '16e4506f1a155a1ed45d15aff359f79094ae8dde8336e09ddf2290f639b857d3', '248f23e423eb88527c2dea78920e51cacd1404dad341fd9ee61f5fde68a56f79', NULL, '76358a4234214a6ceaed8aaa03a23a41b2ae190374447c2ae431f9d9a4551798', 'a8b2b2e5b9e9bd61b08698437c5ebbeb2feef336b8595c428c745c1c2aa90510');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (9, 1736931600000, 'release-ended', NULL, '{"endedAt":1736931600000,"endedBy":"approver","how":"superseded","releaseId":"8094cab7-2933-4a91-9b1b-7db6e301f906","seed":"535bf475e1adee0ab48152c4e437368fe0ed9fd606d8f82077489a2589c26508"}', '188793aeb6aa16af1c781951f79a12fff2a2ab1f82fd4c256eb83c7510735539', '6775f15930f8c5f0d2808ea3afb848601a5b84e9c770a54be0487772ce0dc66a', NULL, 'a8b2b2e5b9e9bd61b08698437c5ebbeb2feef336b8595c428c745c1c2aa90510', '1e68902387c4df9ab4d0ff28473c881374341b82eec7b11fe8dda2d2e7ebac12');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (10, 1736931600000, 'release-opened', NULL, '{"approvedBy":[],"auditShare":0.2,"certificate":null,"conditions":[],"demo":false,"evidence":[],"mode":"pilot","modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","openedAt":1736931600000,"openedBy":"approver","policyDigest":"902ef89542cb6525a2e67d80cb92ebcccd31837114200c0ed00607f4e3678605","releaseId":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e","seedHash":"361b817ff299fc9a632a23c276d0aa93e0f607e8d218c88f35c7016f6fbced32","service":"loans","threshold":null,"validUntil":1737018000000}', '8924b9242fca5f34834ec43517a79d51b6759eb685acbe51206755d7f18ba6bb', 'd4323e63d9a7836f6ac2109e2aacb050e881359c45d81d572656600dbbd693d0', '2500c7250af2e73eebeaa813535b28c88bab852331e7d429d098085d8924bcdb', '1e68902387c4df9ab4d0ff28473c881374341b82eec7b11fe8dda2d2e7ebac12', '4a60aaee0c0dcd460f6c5cfedbc950c1f6469898f9c914aff9d9f76c69faf666');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (11, 1736931600000, 'case-received', '9a052f2f-71e6-410b-9b02-fede51083773', '{"application":"bank","caseId":"9a052f2f-71e6-410b-9b02-fede51083773","keyId":"4ec7b4a4-140c-4ce0-b6db-5b6e3eb033aa","objection":false,"receivedAt":1736931600000,"service":"loans","serviceVersion":1}', 'b510a16c7c541330aa519b8833ce464b7d0cb855f9165215bc8ec0539a5ba248', '6bcb433c585fe682fc43e7e74888aa92b24a7023d18c67451134189965164bb9', '572f2fb4160f189d74d348d8508d133a940c15951e7852efc2ca0a4baee84ccf', '4a60aaee0c0dcd460f6c5cfedbc950c1f6469898f9c914aff9d9f76c69faf666', '1d5c398c26254a54ac91b74918971fca486d7b7d760f43890b5622f0106df92f');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (12, 1736931600000, 'audit-drawn', '9a052f2f-71e6-410b-9b02-fede51083773', '{"audit":false,"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","drawnAt":1736931600000,"releaseId":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e"}', '76f6c22dabf68602d15b3a291e5f48fab11d63b5db0dd2e2db9328601f83abd7', '94f6bab213987b97c88c22cba353792e22bfa2d0cc017a25dc888b7f7afa8336', NULL, '1d5c398c26254a54ac91b74918971fca486d7b7d760f43890b5622f0106df92f', 'dc138d6fad3fde092d868157909631f063cfeff66ac6322816e78f6861e7bd93');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (13, 1736931600000, 'prediction-stored', '9a052f2f-71e6-410b-9b02-fede51083773', '{"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","class":"grant","confidence":0.9,"modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","novelty":null,"probabilities":{"grant":0.9},"releaseId":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e","role":"decider","storedAt":1736931600000}', '7144e0e1d843da486e96208cf72257f5d7f4ff53a2ab780d32c8b40813098136', '8a88970f362469cd533119d4c17ecf616f2014f59dc9de7289bdc07de1425917', NULL, 'dc138d6fad3fde092d868157909631f063cfeff66ac6322816e78f6861e7bd93', '4c96e41cc3d504e8ef15eb0a21ebe85d24bdb9ce77af5838986eefbdcc534e18');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (14, 1736931600000, 'review-opened', '9a052f2f-71e6-410b-9b02-fede51083773', '{"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","dueAt":null,"openedAt":1736931600000,"reasons":["PILOT"],"reviewGroup":null}', 'fe82ec77e08ee23eb7d6ae79ec3816334c3c28fcd8175a515d5387c0e7078f78', '6544d3d5af33729805613d949ef24fc8711e28f34c865de407a34243119932c5', NULL, '4c96e41cc3d504e8ef15eb0a21ebe85d24bdb9ce77af5838986eefbdcc534e18', '4528b6efe09cea5972bf0c15074473ca58494509ba5e9f9f0ae4cfd50e6c2231');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (15, 1736931600000, 'explanation-stored', '9a052f2f-71e6-410b-9b02-fede51083773', '{"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","method":"shapley","storedAt":1736931600000}', '170186ea6c365bc44822f1ddc04e76e2f7bc087f0016bd0e8cceb5e0abe48708', '03492f5d57c9ec2a54892a5b609a2b41f2db51c4d0cee3cd699c0e885994ffa8', '4f1af46fabd1ee4d2a70cc4e3a379cdba71471ed045157304e2787fa7ef8315d', '4528b6efe09cea5972bf0c15074473ca58494509ba5e9f9f0ae4cfd50e6c2231', 'ce565d9ebccda0eb27f597a5c22d3280ce91950f3072f8bbe4e2d1b24777f3d9');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (16, 1736931600000, 'verdict-stored', '9a052f2f-71e6-410b-9b02-fede51083773', '{"answer":"class","blind":true,"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","class":"decline","durationMs":null,"givenAt":1736931600000,"outcome":"differs","purpose":"review","reasonCode":null,"reviewer":"erika","step":"blind","userTaskKey":"task-of-9a052f2f-71e6-410b-9b02-fede51083773","verdictId":"15bda32b-29f3-4b2a-a277-265474735ef1"}', 'c0d5e28c64311898018f6bf6308a91076b73ba88ba21aef33a825b08a03d9ae9', 'f4d7e9380c36c2bbdb1cd0e772d5535415a3276057a74c67b3edc5abd7933ba7', NULL, 'ce565d9ebccda0eb27f597a5c22d3280ce91950f3072f8bbe4e2d1b24777f3d9', '95ad3226baa57e2c46312e8a98b6a4821905c0b26f037000b62445a583d3629b');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (17, 1736931600000, 'verdict-stored', '9a052f2f-71e6-410b-9b02-fede51083773', '{"answer":"class","blind":false,"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","class":"grant","durationMs":null,"givenAt":1736931600000,"outcome":null,"purpose":"review","reasonCode":null,"reviewer":"erika","step":"final","userTaskKey":"task-of-9a052f2f-71e6-410b-9b02-fede51083773","verdictId":"ca4acb65-6a2c-4a29-b232-ff68a0897cb9"}', '4a1e68a9b8cc3ea0748dd2a828504f8f1b246534ff734cebcf03528e3ec32ffe', '647b4a835dac6c1ee95a58aa51f75218c21dad133733c1c0aebf6aaeb722f1d3', '81fd326cee47195759efa58ccc29f03912491e9f9f241aa2c64512fc7c94cdc5', '95ad3226baa57e2c46312e8a98b6a4821905c0b26f037000b62445a583d3629b', 'b3ec42cf31e13caad4cfdbbaf772ab1d6e30224d099a50f6c158a8f76aeb5e8c');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (18, 1736931605001, 'decision-recorded', '9a052f2f-71e6-410b-9b02-fede51083773', '{"caseId":"9a052f2f-71e6-410b-9b02-fede51083773","class":"grant","confidence":0.9,"decidedAt":1736931605001,"decidedBy":"expert","modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","policyDigest":"902ef89542cb6525a2e67d80cb92ebcccd31837114200c0ed00607f4e3678605","provenance":"after-seeing-model-switched","reasons":["PILOT"],"releaseId":"f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e","reviewers":["erika"],"service":"loans","threshold":null}', '54a5844a0ce54f1c9bc7ccdca8bcc2c6873cda80b4155e4a1ea735580953365a', '4bc816a8c9e461bbc7b81ffbeb7c7dfba8c4a921e10a55b9d4cf60ee37b7f090', NULL, 'b3ec42cf31e13caad4cfdbbaf772ab1d6e30224d099a50f6c158a8f76aeb5e8c', '01a05f392cec3ec47cd790745a8dbcdc50cac3fae5d746405ebc05510e012f1f');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (19, 1736931605001, 'case-received', 'd053c172-67f1-4959-9620-46c7cc920495', '{"application":"bank","caseId":"d053c172-67f1-4959-9620-46c7cc920495","keyId":"71c9feaa-8771-4a96-bc7e-d3eed04d7c9e","objection":false,"receivedAt":1736931605001,"service":"loans","serviceVersion":1}', '9fb3f45724c174e3bc1eb0d0e259afe00e79e34c4d7d4c37c265a7e8a52033ca', '220a83bf52edd98b773a6956918a19b3918ff16dd61a28ebbd786ee281c5d5cc', 'b59b40d800ab716e050204f0ffe20005364f069637f0d91e9802d0147020aeee', '01a05f392cec3ec47cd790745a8dbcdc50cac3fae5d746405ebc05510e012f1f', 'd9bc755448aeea3b96bd23f84bebea98d80a4f9f529a0393d0fb0e3bfee0be93');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (20, 1736931605001, 'review-opened', 'd053c172-67f1-4959-9620-46c7cc920495', '{"caseId":"d053c172-67f1-4959-9620-46c7cc920495","dueAt":null,"openedAt":1736931605001,"reasons":["OBJECTION"],"reviewGroup":null}', 'd70f3fce26e511e9e84e3dd45a73b3398691de8383395a85f5953c7241418df8', '50557ae95d9b5a524c0883e67082add2f72ad7cd0074621dad23ffb28eb76168', NULL, 'd9bc755448aeea3b96bd23f84bebea98d80a4f9f529a0393d0fb0e3bfee0be93', 'f6010976402298bb4bdf541b7fc246afc9910c2b0590cb5e1a4c13b8033cb009');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (21, 1736931605001, 'case-received', '6cb9eb94-4657-454d-9940-c1c509b2a04d', '{"application":"bank","caseId":"6cb9eb94-4657-454d-9940-c1c509b2a04d","keyId":"e89e9ae7-8924-44a4-a679-41a766d50225","objection":false,"receivedAt":1736931605001,"service":"loans","serviceVersion":1}', 'a75ba5a7d353b9a1d04ed190b18291d12e5d4ca79c35fe48716aa2f5efdeec3c', '532ad073b05488f42fc6fb5fab4b45b80f651f2ae77a3a00224abd309bf51de5', '507e423edb551c7062d9f45c8b26a7e80f6d4d0103ab68a621ff6aba2db46221', 'f6010976402298bb4bdf541b7fc246afc9910c2b0590cb5e1a4c13b8033cb009', '21f709ae6477d94da682be6a9e7b430b1f2a37acd50bb34b311feefefd0bc4b5');
INSERT INTO records (seq, at, kind, case_id, facts, nonce, commitment, private_commitment, previous_hash, hash) VALUES (22, 1736931605001, 'key-erased', NULL, '{"cases":1,"erasedAt":1736931605001,"erasedBy":"officer","keyId":"e89e9ae7-8924-44a4-a679-41a766d50225"}', '2f1e1edaadfade970b0a5371ad9321735f81f19a6b466042663da6df5b7f2531', '27eb34e867257620d4afedd0da3f2c4936badfe891b49300fddd52c9678c8862', NULL, '21f709ae6477d94da682be6a9e7b430b1f2a37acd50bb34b311feefefd0bc4b5', '9af804282fd9d618da027a0dc0d55df960508c08450ec87947321ad8fe2c5d5a');
INSERT INTO release_ends (release_id, how, ended_by, ended_at, seed, record_seq) VALUES ('8094cab7-2933-4a91-9b1b-7db6e301f906', 'superseded', 'approver', 1736931600000, '535bf475e1adee0ab48152c4e437368fe0ed9fd606d8f82077489a2589c26508', 9);
INSERT INTO release_moves (release_id, from_state, to_state, moved_by, code, share, evidence_digest, moved_at, record_seq) VALUES ('8094cab7-2933-4a91-9b1b-7db6e301f906', 'live', 'superseded', 'approver', 'SUPERSEDED', NULL, NULL, 1736931600000, 8);
INSERT INTO releases (release_id, service, mode, model_name, model_version, model_digest, threshold, certificate, policy_digest, audit_share, seed_hash, demo, evidence, conditions, approved_by, opened_by, opened_at, valid_until, record_seq) VALUES ('8094cab7-2933-4a91-9b1b-7db6e301f906', 'loans', 'automatic', 'loans-v1', '1', 'model-1', 0.8, '{"k":2,"m":300}', 'ba445e1ce95308425c61d88bb037e07688a4b950f226cbe43304287edf0e896f', 1e-12, 'af3283baf3d3528a2e960d09977c3b95db7adfe157c10fd90736139c58a29d8d', 0, '[]', '[]', '[]', 'approver', 1736931600000, 1739523600000, 3);
INSERT INTO releases (release_id, service, mode, model_name, model_version, model_digest, threshold, certificate, policy_digest, audit_share, seed_hash, demo, evidence, conditions, approved_by, opened_by, opened_at, valid_until, record_seq) VALUES ('f5cb93f2-7e89-41d3-a94f-57ad3fe19a7e', 'loans', 'pilot', 'loans-v1', '1', 'model-1', NULL, NULL, '902ef89542cb6525a2e67d80cb92ebcccd31837114200c0ed00607f4e3678605', 0.2, '361b817ff299fc9a632a23c276d0aa93e0f607e8d218c88f35c7016f6fbced32', 0, '[]', '[]', '[]', 'approver', 1736931600000, 1737018000000, 10);
INSERT INTO reviews (case_id, reasons, review_group, due_at, opened_at, record_seq) VALUES ('9a052f2f-71e6-410b-9b02-fede51083773', '["PILOT"]', NULL, NULL, 1736931600000, 14);
INSERT INTO reviews (case_id, reasons, review_group, due_at, opened_at, record_seq) VALUES ('d053c172-67f1-4959-9620-46c7cc920495', '["OBJECTION"]', NULL, NULL, 1736931605001, 20);
INSERT INTO routing_tables (service, digest, put_by, put_at, record_seq) VALUES ('loans', 'table-1', 'owner', 1736931600000, 2);
INSERT INTO services (service, version, digest, definition, put_by, put_at, record_seq) VALUES ('loans', 1, '604240753916f297b153d7361de766a020d9a29fa18ec6a6d27d49e41a6fbed0', '{"anomaly":null,"auditShare":0.2,"caseName":{"de":"Loan","en":"Loan"},"classes":[{"automatic":true,"id":"grant","key":"1","label":{"de":"grant","en":"grant"}},{"automatic":false,"id":"decline","key":"2","label":{"de":"decline","en":"decline"}},{"automatic":false,"id":"ask","key":"3","label":{"de":"ask","en":"ask"}}],"consentRequired":false,"costs":{"errors":[],"review":1},"id":"loans","inputSchema":{"type":"object"},"legalBasis":{"de":"contract","en":"contract"},"model":{"features":[{"field":"amount"}],"name":"loans","protocol":"v1"},"name":{"de":"Loans","en":"Loans"},"presentation":{"fields":{},"picture":null,"subtitle":{"de":"{region}","en":"{region}"},"title":{"de":"{amount}","en":"{amount}"}},"processDefinitionId":"anomaly-routing","promise":{"alpha":0.05,"delta":0.1,"demoFigure":false,"errorReference":"blind-verdict","labelDelayDays":0,"looks":1,"population":{"de":"all","en":"all"}},"question":{"de":"Grant?","en":"Grant?"},"retentionDays":200,"review":{"adjudicatorGroup":"adjudicators","candidateGroup":"experts","dueAfter":"P1D","formId":"loans-form","reasonCodes":[{"id":"income","key":"i","label":{"de":"income","en":"income"}}],"secondReviewer":false},"riskTier":"high","routingFields":["region"]}', 'owner', 1736931600000, 1);
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (3, 'seed', NULL, 'ledger/own-data', X'b1cb5c49f95f7e454b4df85985e4710b47c7aca651ef6e9eba90d04d5119f49ddd9222c3e0e650d46c62174ea68e585a8af2d175e8c1829e7373b973c185e8e0468415cbf05d29bc30795e0bb2a51a3a82b98462613b620ef23a3b03ef78');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (4, 'address', '85891343-62ab-4703-8429-48732ddcaaf8', '9e7c03c6-c7e0-4fe1-a581-eee349e920ff', X'd3cdd72c56ef05901aa2c271ff1cd8e1bf0f4f11b20270426f0d6384ed404d2a7e4f56597ceb78c5fd182d29d88d0238d1131a1be5aeabb292be2fba0fb37f0664fa9e2f9e8314c5ec892403789b20147360b32130fd');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (4, 'input', '85891343-62ab-4703-8429-48732ddcaaf8', '9e7c03c6-c7e0-4fe1-a581-eee349e920ff', X'c4c641a739b8e0072ece853d88c01c39cca709d2c5257a52665b65d32ba81ffd9312954800af71cb88299c3607d41470570c24b946fa76da7bd144c8');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (10, 'seed', NULL, 'ledger/own-data', X'dc64e1baeeddc8dc4870bc9e99b45ebebced2a64c6ac0d4977c8ac75c9d0e07618e43b1555c2474d2f7e05e69e8c9a553ec9cd4bda67a327015df76c5b8ae169f45016f3d093c8b3e81fd2b3cd7b8872b911a19e0a5e4bd8d5ff94226432');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (11, 'input', '9a052f2f-71e6-410b-9b02-fede51083773', '4ec7b4a4-140c-4ce0-b6db-5b6e3eb033aa', X'cee84d0cdd3da942edf203f00506f751ee1051f032677898321d2a9c9b1b00b5bb1c5203d50c4d7ae12573b0f6059ebcdb03b9e076b63cd8a4bea74a');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (15, 'explanation', '9a052f2f-71e6-410b-9b02-fede51083773', '4ec7b4a4-140c-4ce0-b6db-5b6e3eb033aa', X'8d974957ba62ce525eb234517a940fd2a0b8ba21b8e86254f6940af52054bbe58f5e434766f34b4eeff635f83dda5bdccc6271f1dd60b7c7482319eaeb29b596a7d25249557ddbf33935e61800c8b14161a370d04bb39a3e1ebbefdf9d33a2a17ce05b7b470b9243a878cd7968785c61b92b174cc1d05920c720f36baed5d27b80f23a0d1adaf8140368d71a5a87bb2b');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (17, 'text', '9a052f2f-71e6-410b-9b02-fede51083773', '4ec7b4a4-140c-4ce0-b6db-5b6e3eb033aa', X'ef381d23742ccf84c52c1f084e7301644c0f19a3dc1f2641ead08c424a10da6375307f493531eddac93466');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (19, 'input', 'd053c172-67f1-4959-9620-46c7cc920495', '71c9feaa-8771-4a96-bc7e-d3eed04d7c9e', X'e0b7d41edf809bd8f33a0f8e8adc933a3705d7437a34a094516bfd83598c1b07c91bf0e8c9693e3840839f391c9ee105e00361231162b608a6e0309a');
INSERT INTO vault_entries (record_seq, kind, case_id, key_id, sealed) VALUES (21, 'input', '6cb9eb94-4657-454d-9940-c1c509b2a04d', 'e89e9ae7-8924-44a4-a679-41a766d50225', X'0c1d7e9136fdd20b4d86318a20ce1953bd0db8cee57c3440b4d2ad0eee016dce0b03f87b139af5e0533cb6762b01338964f732eb6c4e33d21dac1049');
INSERT INTO verdicts (verdict_id, case_id, user_task_key, purpose, step, answer, class, reviewer, blind, outcome, reason_code, duration_ms, given_at, record_seq) VALUES ('15bda32b-29f3-4b2a-a277-265474735ef1', '9a052f2f-71e6-410b-9b02-fede51083773', 'task-of-9a052f2f-71e6-410b-9b02-fede51083773', 'review', 'blind', 'class', 'decline', 'erika', 1, 'differs', NULL, NULL, 1736931600000, 16);
INSERT INTO verdicts (verdict_id, case_id, user_task_key, purpose, step, answer, class, reviewer, blind, outcome, reason_code, duration_ms, given_at, record_seq) VALUES ('ca4acb65-6a2c-4a29-b232-ff68a0897cb9', '9a052f2f-71e6-410b-9b02-fede51083773', 'task-of-9a052f2f-71e6-410b-9b02-fede51083773', 'review', 'final', 'class', 'grant', 'erika', 0, NULL, NULL, NULL, 1736931600000, 17);
PRAGMA user_version = 2;
