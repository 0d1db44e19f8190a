-- From version 2 of the store to version 3: batch operations and the history of message correlations. A test compares the outcome with schema.sql.

-- Which message went where, one row per correlation.
CREATE TABLE correlated_messages (
  id                      INTEGER PRIMARY KEY,
  message_key             INTEGER NOT NULL,
  message_name            TEXT NOT NULL,
  correlation_key         TEXT NOT NULL,           -- '' when the message had none
  subscription_key        INTEGER NOT NULL,
  process_instance_key    INTEGER NOT NULL,
  process_definition_key  INTEGER NOT NULL,
  bpmn_process_id         TEXT NOT NULL,
  element_id              TEXT NOT NULL,
  element_instance_key    INTEGER,                 -- null: a message start event
  correlated_at           INTEGER NOT NULL
) STRICT;
CREATE INDEX correlated_messages_process_instance ON correlated_messages (process_instance_key);
CREATE INDEX correlated_messages_message ON correlated_messages (message_key);

-- One command for many -----------------------------------------------------------------------------------------------

CREATE TABLE batch_operations (
  key         INTEGER PRIMARY KEY,
  type        TEXT NOT NULL,           -- CANCEL_PROCESS_INSTANCE, …
  plan        TEXT NOT NULL,           -- JSON of what is done to each item (batch-operation/records.ts)
  state       TEXT NOT NULL,           -- ACTIVE | SUSPENDED | COMPLETED | CANCELED
  due_at      INTEGER,                 -- since when items wait for their turn; null when none may have it
  start_date  INTEGER NOT NULL,
  end_date    INTEGER,
  total       INTEGER NOT NULL,
  failed      INTEGER NOT NULL DEFAULT 0,
  completed   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_operations_due ON batch_operations (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE batch_operation_items (
  id                    INTEGER PRIMARY KEY,
  batch_operation_key   INTEGER NOT NULL,
  item_key              INTEGER NOT NULL,          -- a process instance, or an incident where those are resolved
  process_instance_key  INTEGER NOT NULL,
  state                 TEXT NOT NULL,             -- ACTIVE | COMPLETED | FAILED | CANCELED
  processed_at          INTEGER,
  error_message         TEXT
) STRICT;
CREATE UNIQUE INDEX batch_operation_items_key ON batch_operation_items (batch_operation_key, item_key);
CREATE INDEX batch_operation_items_open ON batch_operation_items (batch_operation_key, id) WHERE state = 'ACTIVE';
CREATE INDEX batch_operation_items_process_instance ON batch_operation_items (process_instance_key);
