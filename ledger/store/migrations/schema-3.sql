-- From schema 2 to 3: cases are erased when their time is over, and a key with its last case.

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
CREATE INDEX cases_of_key ON cases (key_id);
