PRAGMA foreign_keys = OFF;
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
CREATE TABLE vault_entries (
  record_seq INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  case_id    TEXT,
  key_id     TEXT NOT NULL,
  sealed     BLOB NOT NULL,
  PRIMARY KEY (record_seq, kind)
);
CREATE TABLE key_erasures (
  key_id     TEXT NOT NULL UNIQUE,
  cases      INTEGER NOT NULL,
  erased_by  TEXT NOT NULL,
  erased_at  INTEGER NOT NULL,
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
CREATE TABLE routing_tables (
  service    TEXT NOT NULL,
  digest     TEXT NOT NULL,
  put_by     TEXT NOT NULL,
  put_at     INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
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
CREATE TABLE release_ends (
  release_id TEXT NOT NULL UNIQUE REFERENCES releases (release_id),
  how        TEXT NOT NULL CHECK (how IN ('superseded', 'withdrawn')),
  ended_by   TEXT NOT NULL,
  ended_at   INTEGER NOT NULL,
  seed       TEXT NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
CREATE TABLE service_stops (
  service    TEXT NOT NULL,
  pressed    INTEGER NOT NULL,
  pressed_by TEXT NOT NULL,
  pressed_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
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
CREATE TABLE verdict_undos (
  verdict_id TEXT NOT NULL UNIQUE REFERENCES verdicts (verdict_id),
  undone_by  TEXT NOT NULL,
  undone_at  INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
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
CREATE TABLE outbox (
  outbox_id     TEXT PRIMARY KEY,
  kind          TEXT NOT NULL,
  case_id       TEXT NOT NULL REFERENCES cases (case_id),
  content       TEXT NOT NULL,
  not_before    INTEGER NOT NULL,
  claimed_until INTEGER NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  last_error    TEXT,
  created_at    INTEGER NOT NULL,
  settled_at    INTEGER
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
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  user_id    TEXT NOT NULL REFERENCES users (user_id),
  expires_at INTEGER NOT NULL
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
CREATE TABLE api_key_revocations (
  api_key_id TEXT NOT NULL UNIQUE REFERENCES api_keys (api_key_id),
  revoked_by TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  record_seq INTEGER PRIMARY KEY
);
INSERT INTO records VALUES (1, 1736931600000, 'user-created', NULL, '{"createdAt":1736931600000,"groups":[],"roles":["approver"],"userId":"cc83f5ae-289e-4ce7-a602-7fcc52046648"}', '551ecf4765e4e8ffb922aa9332e4437da844ca48e94b5363f17df84dfd5010c0', '870c8a048490dd2768a9ce594c37662fa9653c7e4e18af1e3f52f3014724ff1a', NULL, '0000000000000000000000000000000000000000000000000000000000000000', '9478cf7133b48b8831cdb0a4f5eedb6ca4ad390ecf42855945c563151d97f734');
INSERT INTO records VALUES (2, 1736931600000, 'service-changed', NULL, '{"definition":{"anomaly":null,"auditShare":0.2,"caseName":{"de":"Loan","en":"Loan"},"classes":[{"automatic":true,"id":"grant","key":"1","label":{"de":"grant","en":"grant"}},{"automatic":false,"id":"decline","key":"2","label":{"de":"decline","en":"decline"}},{"automatic":false,"id":"ask","key":"3","label":{"de":"ask","en":"ask"}}],"consentRequired":false,"costs":{"errors":[],"review":1},"id":"loans","inputSchema":{"type":"object"},"legalBasis":{"de":"contract","en":"contract"},"model":{"features":[{"field":"amount"}],"name":"loans","protocol":"v1"},"name":{"de":"Loans","en":"Loans"},"presentation":{"fields":{},"picture":null,"subtitle":{"de":"{region}","en":"{region}"},"title":{"de":"{amount}","en":"{amount}"}},"processDefinitionId":"anomaly-routing","promise":{"alpha":0.05,"delta":0.1,"demoFigure":false,"errorReference":"blind-verdict","labelDelayDays":0,"looks":1,"population":{"de":"all","en":"all"}},"question":{"de":"Grant?","en":"Grant?"},"retentionDays":200,"review":{"adjudicatorGroup":"adjudicators","candidateGroup":"experts","dueAfter":"P1D","formId":"loans-form","reasonCodes":[{"id":"income","key":"i","label":{"de":"income","en":"income"}}],"secondReviewer":false},"riskTier":"high","routingFields":["region"]},"digest":"604240753916f297b153d7361de766a020d9a29fa18ec6a6d27d49e41a6fbed0","putAt":1736931600000,"putBy":"owner","service":"loans","version":1}', 'ce590f988a4d0f08c3c38844ba90e40905c26fe888c9719dc320d9b15b6f96bf', 'eb0cfa4fd2cad9a17ea48d00d272a13495145d72ad0cb648618cbb9e01af9247', NULL, '9478cf7133b48b8831cdb0a4f5eedb6ca4ad390ecf42855945c563151d97f734', 'c81305a2459975376436f70fcac4e3add77050f90700cbe67a95efd4701db0b2');
INSERT INTO records VALUES (3, 1736931600000, 'routing-table-changed', NULL, '{"digest":"table-1","putAt":1736931600000,"putBy":"owner","service":"loans"}', '74f66c45dbabc3b9c9b7a0c817b14e873a06f2383d83cc585524e6868c1be97d', 'd4fdce3d38a4a6d98861c76a30dbfa1679d7c1e850713037e22ca7525f72cc6c', NULL, 'c81305a2459975376436f70fcac4e3add77050f90700cbe67a95efd4701db0b2', '4eda27876a3e6d5872301bf0e58dcd23b5a3f52dfe9839cc9543528bd03327a6');
INSERT INTO records VALUES (4, 1736931600000, 'release-opened', NULL, '{"approvedBy":[],"auditShare":0.2,"certificate":null,"conditions":[],"demo":false,"evidence":[],"mode":"automatic","modelDigest":"model-1","modelName":"loans-v1","modelVersion":"1","openedAt":1736931600000,"openedBy":"owner","policyDigest":"ba445e1ce95308425c61d88bb037e07688a4b950f226cbe43304287edf0e896f","releaseId":"1859de4d-62f0-4593-a44c-0b2d5fc5f9e3","seedHash":"a88f8838dbe71ac1e681d3b19a44e94302338d397355b73bf6372a0e82295ae1","service":"loans","threshold":0.8,"validUntil":1739523600000}', 'e69fdeb0cfe5865ad33ecf6737f24d87913fe3deccd04e1832aaeefb8cd82ed9', 'a394ecd30e756fc675e7e8b3a45b33ce1b4d285f4d6b4f22335cfee3a8c3afc9', '8bb58327425a453f878c7cfe0945f555513d744188a05f9b2e9422f72e1839ce', '4eda27876a3e6d5872301bf0e58dcd23b5a3f52dfe9839cc9543528bd03327a6', '01ef4057df34339b62d503c85a653d9e5039948a54afb95387e1b4f59089e0bb');
INSERT INTO records VALUES (5, 1736931601000, 'release-ended', NULL, '{"endedAt":1736931601000,"endedBy":"owner","how":"superseded","releaseId":"1859de4d-62f0-4593-a44c-0b2d5fc5f9e3","seed":"6b45a58f41180278f454fbcc5eec603bf9704bea1d33efb066a62f0ea34981a9"}', '5440e9e2f54807e7ab43af19c66f1ecf8f4cbaeeecaf6e94eedd0cdb561ad9d9', 'bc0e2d92f37c5c63ea20af7c2ef357c62c9ed27919c1bc499df6804ec5740f4b', NULL, '01ef4057df34339b62d503c85a653d9e5039948a54afb95387e1b4f59089e0bb', '1351d3e277cc474c3211045302d5b0eaa99b01bc83d058d66ea9ea6ab440de04');
INSERT INTO records VALUES (6, 1736931601000, 'release-opened', NULL, '{"approvedBy":[],"auditShare":0.2,"certificate":null,"conditions":[],"demo":false,"evidence":[],"mode":"automatic","modelDigest":"model-2","modelName":"loans-v2","modelVersion":"2","openedAt":1736931601000,"openedBy":"owner","policyDigest":"79c19ac14f8ecc2851455a657180a2b312435282dbdc49eec1183c139be4963b","releaseId":"48d73f68-b590-482c-978d-e5157ab20b75","seedHash":"625308cf12e98d43d02da28c61559fa4a7b914d9fe01ebd287b7efc21162f081","service":"loans","threshold":0.8,"validUntil":1739523600000}', 'e32713cc53e3fb5750b431b83c61ad131d1acc2ca115f4574b8db9a93a03094b', '21b06222c09acac9f92f80fc5e4c262575d8b57298b4fa7ea8890e0da9c0b053', '8c26e883c28fbe0c3ec01cbcfe426bdf6b105029be17926ae01e1445482655e4', '1351d3e277cc474c3211045302d5b0eaa99b01bc83d058d66ea9ea6ab440de04', '47344929619f922f69783f661782c97af1d3e2a7a04dbee9c917f7a6dd93c31e');
INSERT INTO records VALUES (7, 1736931601000, 'case-received', '07320389-c956-46be-a7f8-a199e81355cf', '{"application":"bank","caseId":"07320389-c956-46be-a7f8-a199e81355cf","keyId":"18fb7f79-b708-4e1e-9c3b-cc9b16dad2a8","objection":false,"receivedAt":1736931601000,"service":"loans","serviceVersion":1}', '859bc6477f23554e7c40048db1d7606ae39c41e46983c4bd68c435295e7be6e8', '97fe622d8f44c0b3459556e5010f6db1da4720294c0842a862c6bf739029c8eb', '250e83c656222a228444f79fe6c9606957a9b968a1b9a602356ffe8836cdd777', '47344929619f922f69783f661782c97af1d3e2a7a04dbee9c917f7a6dd93c31e', 'fef56b2d0beba0805aa656407ad46aaaa1d074cf8261b75d01d907a3a42bc1c9');
INSERT INTO records VALUES (8, 1736931601000, 'audit-drawn', '07320389-c956-46be-a7f8-a199e81355cf', '{"audit":false,"caseId":"07320389-c956-46be-a7f8-a199e81355cf","drawnAt":1736931601000,"releaseId":"48d73f68-b590-482c-978d-e5157ab20b75"}', '8c30cb0708385f2217b3e5c4817f9e87eb10bab34eb899e8ab890eea58da5ea2', 'fe44cd44f91337fb1b3aaac7e9b38346b83e0cd9d58d5a3757fea822554ff055', NULL, 'fef56b2d0beba0805aa656407ad46aaaa1d074cf8261b75d01d907a3a42bc1c9', 'a42878d33e27925087170ba5eaa17ff9138ac47ced985a43da693d4d65123b02');
INSERT INTO records VALUES (9, 1736931601000, 'case-received', '6c789df1-1535-41cd-85c5-cc3423727470', '{"application":"bank","caseId":"6c789df1-1535-41cd-85c5-cc3423727470","keyId":"06275791-e997-44f4-b02d-650e4747b317","objection":false,"receivedAt":1736931601000,"service":"loans","serviceVersion":1}', '8dc13ce2ecff269bfa5ebe84d77b19fa9bcd4a9ea71ab10397aa698b0ae9ac4f', '06718fa580107138d4ca2cf6936af36c3bd59d1d1e0c5231cd5be0431b1231c9', 'a51eccba35257bbd6d0812376786b1c2c4348d2e088e97d12bdca0a54984e6f1', 'a42878d33e27925087170ba5eaa17ff9138ac47ced985a43da693d4d65123b02', '7272bccf4f56b4f6f49be113e76e20d5819a6db9944b6cf99c5e62dbe0409a10');
INSERT INTO records VALUES (10, 1736931601000, 'service-stopped', NULL, '{"pressed":true,"pressedAt":1736931601000,"pressedBy":"owner","service":"loans"}', '7987b7919c7554501971da02ee1ec98b67f78834cd610f35d8937d9909b9e671', '730d893a823670de2994acef58f08009a25462f594cd06385ca005681568b38a', '2e50d5c62d6e0c19828b0c8604cfc778c778bebd35d0f8d222c6e3abd963fd26', '7272bccf4f56b4f6f49be113e76e20d5819a6db9944b6cf99c5e62dbe0409a10', 'bb42af131edfb9ec43272824612ee9ae2cccef60c7351c7732e6a35507fcedae');
INSERT INTO records VALUES (11, 1736931601000, 'service-resumed', NULL, '{"pressed":false,"pressedAt":1736931601000,"pressedBy":"owner","service":"loans"}', 'fe9b2bd4847703bc97c33f0ee33cc49728a9db6f7a21ea677a9954ba840667c8', '3ef56e3daaa6776775c3302670c338a24b2d437293c745b9abc4119e3c5bbd75', NULL, 'bb42af131edfb9ec43272824612ee9ae2cccef60c7351c7732e6a35507fcedae', '45eef1f7f1bde62843ca479f2fefbb1ba9dda9dd1db11b485f7e4e4e0e7b5ba4');
INSERT INTO vault_entries VALUES (4, 'seed', NULL, 'ledger/own-data', X'b67a1807fedfad41c8fc42bd4bca7365b471bef8f09c42e17cacd5c4bf7408d0421aeef3cac2a6d563cfa1292707c3ccc6e7a4b85833dd7ec653bde5ead284cc3f4927165b76a315ae2a2a693d3cd0bc3312a7d3407a1d1689ab0b49f22c');
INSERT INTO vault_entries VALUES (6, 'seed', NULL, 'ledger/own-data', X'c126b775465a46aca07251865dda7968605f6d14ecd10ce17b74f2bed2d478ece719f06cf1e24f59af42a6f924bee54a4c63dba0b19088d077254439a48141c931e973a0c2c7de0163dcfbeb4c46aba26134a100bc0f86139df7c22527c3');
INSERT INTO vault_entries VALUES (7, 'input', '07320389-c956-46be-a7f8-a199e81355cf', '18fb7f79-b708-4e1e-9c3b-cc9b16dad2a8', X'6acb7d165c51b5141a5295fbd2fed634cda72d90ca4f053a7f194f99485ed85f4510569a7eb4a995');
INSERT INTO vault_entries VALUES (9, 'address', '6c789df1-1535-41cd-85c5-cc3423727470', '06275791-e997-44f4-b02d-650e4747b317', X'6c2a3aa014e6054a192e56047c78a04fd2edc1d497c0063d6716895284b1728fbb3586976ec94c14f52e5470f3fa06a308bf49ceb3f6c5bd710f19a9ea3c85c9c1476569afdf0d7e27c043a8cc3afb92a86877b8c6a120f70e');
INSERT INTO vault_entries VALUES (9, 'input', '6c789df1-1535-41cd-85c5-cc3423727470', '06275791-e997-44f4-b02d-650e4747b317', X'bf7f3534653e242994efce2c1f1001a1733f0b84b9bb40fbb8588fbf9ddd307a9bf7b0e2fbd7bb7e');
INSERT INTO vault_entries VALUES (10, 'reason', NULL, 'ledger/own-data', X'ff9810780cd6e4d16cb39c301ba256db8afd3a57f214886a9e7c349da8aa569622');
INSERT INTO services VALUES ('loans', 1, '604240753916f297b153d7361de766a020d9a29fa18ec6a6d27d49e41a6fbed0', '{"anomaly":null,"auditShare":0.2,"caseName":{"de":"Loan","en":"Loan"},"classes":[{"automatic":true,"id":"grant","key":"1","label":{"de":"grant","en":"grant"}},{"automatic":false,"id":"decline","key":"2","label":{"de":"decline","en":"decline"}},{"automatic":false,"id":"ask","key":"3","label":{"de":"ask","en":"ask"}}],"consentRequired":false,"costs":{"errors":[],"review":1},"id":"loans","inputSchema":{"type":"object"},"legalBasis":{"de":"contract","en":"contract"},"model":{"features":[{"field":"amount"}],"name":"loans","protocol":"v1"},"name":{"de":"Loans","en":"Loans"},"presentation":{"fields":{},"picture":null,"subtitle":{"de":"{region}","en":"{region}"},"title":{"de":"{amount}","en":"{amount}"}},"processDefinitionId":"anomaly-routing","promise":{"alpha":0.05,"delta":0.1,"demoFigure":false,"errorReference":"blind-verdict","labelDelayDays":0,"looks":1,"population":{"de":"all","en":"all"}},"question":{"de":"Grant?","en":"Grant?"},"retentionDays":200,"review":{"adjudicatorGroup":"adjudicators","candidateGroup":"experts","dueAfter":"P1D","formId":"loans-form","reasonCodes":[{"id":"income","key":"i","label":{"de":"income","en":"income"}}],"secondReviewer":false},"riskTier":"high","routingFields":["region"]}', 'owner', 1736931600000, 2);
INSERT INTO routing_tables VALUES ('loans', 'table-1', 'owner', 1736931600000, 3);
INSERT INTO releases VALUES ('1859de4d-62f0-4593-a44c-0b2d5fc5f9e3', 'loans', 'automatic', 'loans-v1', '1', 'model-1', 0.8, NULL, 'ba445e1ce95308425c61d88bb037e07688a4b950f226cbe43304287edf0e896f', 0.2, 'a88f8838dbe71ac1e681d3b19a44e94302338d397355b73bf6372a0e82295ae1', 0, '[]', '[]', '[]', 'owner', 1736931600000, 1739523600000, 4);
INSERT INTO releases VALUES ('48d73f68-b590-482c-978d-e5157ab20b75', 'loans', 'automatic', 'loans-v2', '2', 'model-2', 0.8, NULL, '79c19ac14f8ecc2851455a657180a2b312435282dbdc49eec1183c139be4963b', 0.2, '625308cf12e98d43d02da28c61559fa4a7b914d9fe01ebd287b7efc21162f081', 0, '[]', '[]', '[]', 'owner', 1736931601000, 1739523600000, 6);
INSERT INTO release_ends VALUES ('1859de4d-62f0-4593-a44c-0b2d5fc5f9e3', 'superseded', 'owner', 1736931601000, '6b45a58f41180278f454fbcc5eec603bf9704bea1d33efb066a62f0ea34981a9', 5);
INSERT INTO service_stops VALUES ('loans', 1, 'owner', 1736931601000, 10);
INSERT INTO service_stops VALUES ('loans', 0, 'owner', 1736931601000, 11);
INSERT INTO cases VALUES ('07320389-c956-46be-a7f8-a199e81355cf', 'loans', 1, 'bank', 0, '18fb7f79-b708-4e1e-9c3b-cc9b16dad2a8', 1736931601000, NULL, 'received', 7);
INSERT INTO cases VALUES ('6c789df1-1535-41cd-85c5-cc3423727470', 'loans', 1, 'bank', 0, '06275791-e997-44f4-b02d-650e4747b317', 1736931601000, NULL, 'received', 9);
INSERT INTO idempotency_keys VALUES ('bank', 'loans', 'da276d7246b1adf7c1c035f52dbd6b1bf66a4716ccf39b3ae87a78eda3bc03a6', '9dde292eb80f3e3e96f5cd0416e5f6bbee65dad0aebad60fdb88dd57157427c7', '07320389-c956-46be-a7f8-a199e81355cf');
INSERT INTO idempotency_keys VALUES ('bank', 'loans', '890b322bcfddc29f4df740a8eec311f305f6b51ba742016d626d3b744d214076', 'ca888266a377e61608e66216df8cf27517169e6c3b43e12dc41a5d611ab7a5a7', '6c789df1-1535-41cd-85c5-cc3423727470');
INSERT INTO audit_draws VALUES ('07320389-c956-46be-a7f8-a199e81355cf', '48d73f68-b590-482c-978d-e5157ab20b75', 0, 1736931601000, 8);
INSERT INTO outbox VALUES ('start/07320389-c956-46be-a7f8-a199e81355cf', 'start-case', '07320389-c956-46be-a7f8-a199e81355cf', '{}', 1736931601000, 0, 0, NULL, 1736931601000, NULL);
INSERT INTO outbox VALUES ('start/6c789df1-1535-41cd-85c5-cc3423727470', 'start-case', '6c789df1-1535-41cd-85c5-cc3423727470', '{}', 1736931601000, 0, 0, NULL, 1736931601000, NULL);
INSERT INTO users VALUES ('cc83f5ae-289e-4ce7-a602-7fcc52046648', 'anna', 'Anna', 'scrypt$32768$8$3$ivwaIcrmNBzMnOVjHa9h+w==$7TRWRqnY2u5qNZG6L9ORYPC25+VqtVVLLeTwX5c1E8A=', '["approver"]', '[]', 1736931600000, 1);
CREATE INDEX records_of_case ON records (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX vault_entries_of_case ON vault_entries (case_id, kind) WHERE case_id IS NOT NULL;
CREATE INDEX routing_tables_of_service ON routing_tables (service, record_seq);
CREATE INDEX releases_of_service ON releases (service, record_seq);
CREATE INDEX service_stops_of_service ON service_stops (service, record_seq);
CREATE INDEX cases_by_time ON cases (received_at, case_id);
CREATE INDEX cases_of_service ON cases (service, received_at, case_id);
CREATE INDEX cases_of_application ON cases (application, received_at, case_id);
CREATE INDEX cases_by_status ON cases (status, service, received_at, case_id);
CREATE INDEX cases_by_business_id ON cases (business_id_hash) WHERE business_id_hash IS NOT NULL;
CREATE UNIQUE INDEX one_decider_of_case ON predictions (case_id) WHERE role = 'decider';
CREATE INDEX predictions_of_release ON predictions (release_id, case_id);
CREATE INDEX verdicts_of_case ON verdicts (case_id, record_seq);
CREATE INDEX verdicts_of_task ON verdicts (user_task_key, record_seq);
CREATE INDEX decisions_of_service ON decisions (service, provenance, record_seq);
CREATE INDEX outbox_by_due_time ON outbox (not_before) WHERE settled_at IS NULL;
CREATE INDEX outbox_of_case ON outbox (case_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
PRAGMA user_version = 1;
