-- The whole schema of vault-keys.db: every key, wrapped by the master key. Deleting a key is what erasure means.
-- purpose 'ledger': the ledger's own secrets, by name. 'subject' and 'case': data keys.
-- An erased key leaves its row without key and without the hash of its subject.

CREATE TABLE vault_keys (
  key_id       TEXT PRIMARY KEY,
  purpose      TEXT NOT NULL CHECK (purpose IN ('ledger', 'subject', 'case')),
  subject_hash TEXT UNIQUE,
  wrapped      BLOB,
  made_at      INTEGER NOT NULL,
  erased_at    INTEGER
);
