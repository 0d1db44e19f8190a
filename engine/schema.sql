-- The engine's whole store. One row per entity serves processing and searches alike; only the slices' apply.ts write here.
-- Keys are integers below 2^53. Times are epoch milliseconds. Values of variables and lists are JSON text.

-- What was accepted: one row per command, its events in one blob. State can be rebuilt from it.
CREATE TABLE log (
  position  INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,            -- the engine clock when the command was decided
  command   TEXT NOT NULL,               -- its type, for readers
  last_key  INTEGER NOT NULL,            -- highest key handed out so far
  events    BLOB NOT NULL                -- JSON array of events, UTF-8
) STRICT;

-- Deployed resources ------------------------------------------------------------------------------------------------

CREATE TABLE deployments (
  key         INTEGER PRIMARY KEY,
  created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE process_definitions (
  key              INTEGER PRIMARY KEY,
  bpmn_process_id  TEXT NOT NULL,
  version          INTEGER NOT NULL,
  version_tag      TEXT,
  name             TEXT,
  resource_name    TEXT NOT NULL,
  deployment_key   INTEGER NOT NULL,
  digest           TEXT NOT NULL,        -- SHA-256 of the resource: identical content gives the same version
  xml              TEXT NOT NULL,
  model            TEXT NOT NULL,        -- JSON of the executable model (model/executable.ts)
  start_form_id    TEXT,                 -- linked form of the none start event
  deleted          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX process_definitions_version ON process_definitions (bpmn_process_id, version);
-- The newest that is not deleted, by id, version tag or deployment: without a look at rows as long as their diagrams.
CREATE INDEX process_definitions_latest ON process_definitions (bpmn_process_id, version) WHERE deleted = 0;
CREATE INDEX process_definitions_tag ON process_definitions (bpmn_process_id, version_tag, version) WHERE deleted = 0;
CREATE INDEX process_definitions_deployment ON process_definitions (bpmn_process_id, deployment_key, version) WHERE deleted = 0;

-- Names and types of elements, for the rows that element searches return.
CREATE TABLE elements (
  process_definition_key  INTEGER NOT NULL,
  element_id              TEXT NOT NULL,
  name                    TEXT,          -- null when the diagram gives none
  type                    TEXT NOT NULL, -- SERVICE_TASK, START_EVENT, …
  PRIMARY KEY (process_definition_key, element_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE forms (
  key             INTEGER PRIMARY KEY,
  form_id         TEXT NOT NULL,
  version         INTEGER NOT NULL,
  version_tag     TEXT,
  resource_name   TEXT NOT NULL,
  deployment_key  INTEGER NOT NULL,
  digest          TEXT NOT NULL,
  schema          TEXT NOT NULL,         -- the file as deployed
  deleted         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX forms_version ON forms (form_id, version);
CREATE INDEX forms_latest ON forms (form_id, version) WHERE deleted = 0;
CREATE INDEX forms_tag ON forms (form_id, version_tag, version) WHERE deleted = 0;
CREATE INDEX forms_deployment ON forms (form_id, deployment_key, version) WHERE deleted = 0;

CREATE TABLE decision_requirements (
  key             INTEGER PRIMARY KEY,
  drg_id          TEXT NOT NULL,         -- decisionRequirementsId
  version         INTEGER NOT NULL,
  name            TEXT NOT NULL,
  namespace       TEXT NOT NULL,
  resource_name   TEXT NOT NULL,
  deployment_key  INTEGER NOT NULL,
  digest          TEXT NOT NULL,
  xml             TEXT NOT NULL,
  deleted         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX decision_requirements_version ON decision_requirements (drg_id, version);
CREATE INDEX decision_requirements_latest ON decision_requirements (drg_id, version) WHERE deleted = 0;

CREATE TABLE decision_definitions (
  key                        INTEGER PRIMARY KEY,
  decision_id                TEXT NOT NULL,
  version                    INTEGER NOT NULL,
  version_tag                TEXT,
  name                       TEXT NOT NULL,
  decision_requirements_key  INTEGER NOT NULL,
  drg_id                     TEXT NOT NULL,
  deployment_key             INTEGER NOT NULL,
  deleted                    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX decision_definitions_version ON decision_definitions (decision_id, version);
CREATE INDEX decision_definitions_latest ON decision_definitions (decision_id, version) WHERE deleted = 0;
CREATE INDEX decision_definitions_tag ON decision_definitions (decision_id, version_tag, version) WHERE deleted = 0;
CREATE INDEX decision_definitions_deployment ON decision_definitions (decision_id, deployment_key, version) WHERE deleted = 0;
CREATE INDEX decision_definitions_requirements ON decision_definitions (decision_requirements_key);

-- Instances ---------------------------------------------------------------------------------------------------------

CREATE TABLE process_instances (
  key                          INTEGER PRIMARY KEY,
  process_definition_key       INTEGER NOT NULL,
  bpmn_process_id              TEXT NOT NULL,
  parent_process_instance_key  INTEGER,
  parent_element_instance_key  INTEGER,
  call_depth                   INTEGER NOT NULL DEFAULT 1,   -- 1: not called by another instance
  phase                        TEXT NOT NULL,      -- element/lifecycle.ts
  state  TEXT GENERATED ALWAYS AS (CASE phase WHEN 'COMPLETED' THEN 'COMPLETED' WHEN 'TERMINATED' THEN 'TERMINATED' ELSE 'ACTIVE' END) VIRTUAL,
  tokens                       INTEGER NOT NULL,   -- tokens in this scope; it completes at 0
  interrupted_by               TEXT,               -- the element that ended all else in this scope, or null
  start_date                   INTEGER NOT NULL,
  end_date                     INTEGER,
  tags                         TEXT,               -- JSON array or null
  message_lock                 TEXT                -- correlation key of the message that started it, or null
) STRICT;
CREATE INDEX process_instances_definition ON process_instances (process_definition_key, key);
CREATE INDEX process_instances_state ON process_instances (state, key, start_date);   -- with the start, for pages in its order
CREATE INDEX process_instances_parent ON process_instances (parent_element_instance_key) WHERE parent_element_instance_key IS NOT NULL;
CREATE UNIQUE INDEX process_instances_message_lock ON process_instances (bpmn_process_id, message_lock)
  WHERE message_lock IS NOT NULL AND end_date IS NULL;
CREATE INDEX process_instances_ended ON process_instances (end_date, key) WHERE end_date IS NOT NULL AND parent_process_instance_key IS NULL;   -- retention

-- Flow nodes; the process itself is the row above.
CREATE TABLE element_instances (
  key                     INTEGER PRIMARY KEY,
  process_instance_key    INTEGER NOT NULL,
  process_definition_key  INTEGER NOT NULL,
  element_id              TEXT NOT NULL,
  scope_key               INTEGER NOT NULL,        -- the enclosing sub-process instance or the process instance
  phase                   TEXT NOT NULL,
  state  TEXT GENERATED ALWAYS AS (CASE phase WHEN 'COMPLETED' THEN 'COMPLETED' WHEN 'TERMINATED' THEN 'TERMINATED' ELSE 'ACTIVE' END) VIRTUAL,
  tokens                  INTEGER NOT NULL,        -- of a sub-process or multi-instance body, else 0
  loop_counter            INTEGER,                 -- of multi-instance: 0 the body, from 1 its inner instances; else null
  interrupted_by          TEXT,                    -- as of a process instance
  start_date              INTEGER NOT NULL,
  end_date                INTEGER
) STRICT;
CREATE INDEX element_instances_process_instance ON element_instances (process_instance_key, end_date, scope_key);   -- those that are active in a scope stand together, too

-- Follow-ups that wait until the listeners of a process instance or of something below an element instance are done.
CREATE TABLE held_follow_ups (
  instance_key  INTEGER PRIMARY KEY,
  follow_ups    TEXT NOT NULL                      -- JSON array
) STRICT;

-- Tokens that wait at a joining gateway.
CREATE TABLE waiting_tokens (
  scope_key   INTEGER NOT NULL,
  element_id  TEXT NOT NULL,
  flow_id     TEXT NOT NULL,
  count       INTEGER NOT NULL,
  PRIMARY KEY (scope_key, element_id, flow_id)
) STRICT, WITHOUT ROWID;

-- Items of a multi-instance body as they were when it began.
CREATE TABLE multi_instances (
  element_instance_key  INTEGER PRIMARY KEY,
  items                 TEXT NOT NULL              -- JSON array
) STRICT;

-- Ad-hoc sub-processes of which their worker wants no more.
CREATE TABLE fulfilled_ad_hoc_sub_processes (
  element_instance_key  INTEGER PRIMARY KEY
) STRICT;

-- Elements after which a process instance is ended.
CREATE TABLE last_elements (
  process_instance_key  INTEGER NOT NULL,
  element_id            TEXT NOT NULL,
  PRIMARY KEY (process_instance_key, element_id)
) STRICT, WITHOUT ROWID;

-- Completed activities that can be compensated; a row goes when that was done or is no longer possible.
CREATE TABLE compensation_subscriptions (
  key                   INTEGER PRIMARY KEY,
  process_instance_key  INTEGER NOT NULL,
  scope_key             INTEGER NOT NULL,          -- the scope of the activity
  activity_id           TEXT NOT NULL,
  activity_key          INTEGER NOT NULL,
  handler_id            TEXT,                      -- null: a sub-process in which something can be compensated
  throw_key             INTEGER,                   -- the event instance that waits for the handler
  handler_key           INTEGER                    -- the handler's instance
) STRICT;
CREATE INDEX compensation_subscriptions_scope ON compensation_subscriptions (scope_key);
CREATE INDEX compensation_subscriptions_process_instance ON compensation_subscriptions (process_instance_key);
CREATE INDEX compensation_subscriptions_handler ON compensation_subscriptions (handler_key) WHERE handler_key IS NOT NULL;
CREATE INDEX compensation_subscriptions_throw ON compensation_subscriptions (throw_key) WHERE throw_key IS NOT NULL;

-- Sequence flows that were taken, for pictures of the way a case took.
CREATE TABLE taken_sequence_flows (
  process_instance_key  INTEGER NOT NULL,
  flow_id               TEXT NOT NULL,
  PRIMARY KEY (process_instance_key, flow_id)
) STRICT, WITHOUT ROWID;

-- A value is '' while its items are rows of variable_items.
CREATE TABLE variables (
  key                   INTEGER PRIMARY KEY,
  scope_key             INTEGER NOT NULL,
  process_instance_key  INTEGER NOT NULL,
  name                  TEXT NOT NULL,
  value                 TEXT NOT NULL              -- JSON
) STRICT;
CREATE INDEX variables_scope ON variables (scope_key, name, substr(value, 1, 24));   -- one of a name; with the value's beginning, for searches by value
CREATE INDEX variables_local ON variables (process_instance_key, key) WHERE scope_key <> process_instance_key;   -- the others are found by their scope

-- Items of a variable that multi-instance collects, one row each, so that collecting n of them costs n and not n times n.
CREATE TABLE variable_items (
  variable_key  INTEGER NOT NULL REFERENCES variables (key) ON DELETE CASCADE,
  position      INTEGER NOT NULL,                  -- from 1
  value         TEXT NOT NULL,                     -- JSON
  PRIMARY KEY (variable_key, position)
) STRICT, WITHOUT ROWID;

-- Variables with their values, wherever those are kept: read this, not the table. `head` is in the index, and '' where the items are rows.
CREATE VIEW variable_values AS SELECT key, scope_key, process_instance_key, name, substr(value, 1, 24) AS head,
  CASE value WHEN '' THEN (SELECT '[' || group_concat(value, ',') || ']' FROM (SELECT i.value FROM variable_items i WHERE i.variable_key = variables.key ORDER BY i.position)) ELSE value END AS value
  FROM variables;

CREATE TABLE jobs (
  key                     INTEGER PRIMARY KEY,
  type                    TEXT NOT NULL,
  process_instance_key    INTEGER NOT NULL,
  process_definition_key  INTEGER NOT NULL,
  bpmn_process_id         TEXT NOT NULL,
  element_id              TEXT NOT NULL,
  element_instance_key    INTEGER NOT NULL,
  phase                   TEXT NOT NULL,           -- ACTIVATABLE | ACTIVATED | BACKING_OFF | STUCK | DONE: what may happen next
  state                   TEXT NOT NULL,           -- what happened last, in the REST API's words: CREATED, FAILED, …
  retries                 INTEGER NOT NULL,
  worker                  TEXT NOT NULL DEFAULT '',
  due_at                  INTEGER,                 -- deadline of an activation or end of a back-off
  custom_headers          TEXT,                    -- JSON object or null
  kind                    TEXT NOT NULL DEFAULT 'BPMN_ELEMENT',   -- or EXECUTION_LISTENER | TASK_LISTENER | AD_HOC_SUB_PROCESS
  listener_event          TEXT NOT NULL DEFAULT 'UNSPECIFIED',    -- START, END, CREATING, …; UNSPECIFIED for an element's own job
  listener_index          INTEGER,                 -- which of the listeners of that event, from 0
  denied_reason           TEXT,                    -- of a task listener that refused; '' when it gave no reason
  error_code              TEXT,
  error_message           TEXT,
  created_at              INTEGER NOT NULL,
  end_date                INTEGER
) STRICT;
CREATE INDEX jobs_activatable ON jobs (type, key) WHERE phase = 'ACTIVATABLE';
CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_open ON jobs (element_instance_key) WHERE end_date IS NULL;
CREATE INDEX jobs_process_instance ON jobs (process_instance_key, key);

CREATE TABLE user_tasks (
  key                      INTEGER PRIMARY KEY,
  process_instance_key     INTEGER NOT NULL,
  process_definition_key   INTEGER NOT NULL,
  bpmn_process_id          TEXT NOT NULL,
  element_id               TEXT NOT NULL,
  element_instance_key     INTEGER NOT NULL,
  state                    TEXT NOT NULL,          -- CREATED | COMPLETED | CANCELED; CREATING, ASSIGNING, UPDATING, COMPLETING, CANCELING while listeners run
  pending                  TEXT,                   -- JSON of what becomes of it once its listeners are done (user-task/pending.ts)
  assignee                 TEXT,
  candidate_groups         TEXT NOT NULL,          -- JSON array
  candidate_users          TEXT NOT NULL,          -- JSON array
  due_date                 INTEGER,
  follow_up_date           INTEGER,
  priority                 INTEGER NOT NULL,
  form_key                 INTEGER,                -- the linked form, resolved at activation
  external_form_reference  TEXT,
  custom_headers           TEXT,                   -- JSON object or null
  listens                  INTEGER NOT NULL DEFAULT 0, -- 1: it has task listeners
  creation_date            INTEGER NOT NULL,
  completion_date          INTEGER
) STRICT;
CREATE INDEX user_tasks_state ON user_tasks (state, creation_date, key, process_instance_key, element_instance_key, priority, completion_date) WHERE completion_date IS NULL;   -- open and ended ones apart: ending a task takes it out of two and puts it at the end of one; with what searches by variables and by priority read of each
CREATE INDEX user_tasks_creation ON user_tasks (creation_date);
CREATE INDEX user_tasks_due ON user_tasks (state, due_date, creation_date, process_instance_key, completion_date) WHERE completion_date IS NULL;   -- an inbox's order
CREATE INDEX user_tasks_ended ON user_tasks (state, completion_date) WHERE completion_date IS NOT NULL;
CREATE INDEX user_tasks_assignee ON user_tasks (assignee, state) WHERE assignee IS NOT NULL;
CREATE INDEX user_tasks_process_instance ON user_tasks (process_instance_key, key);
CREATE INDEX user_tasks_element_instance ON user_tasks (element_instance_key);   -- of ended ones, too: ending a task leaves it as it is

-- Who may take a task, one row per name, so that "tasks of my groups" is an index look-up; gone when the task ends.
-- The task's own row has the names: by them its rows here are found without an index of their own.
CREATE TABLE user_task_candidates (
  kind           TEXT NOT NULL,                    -- group | user
  name           TEXT NOT NULL,
  user_task_key  INTEGER NOT NULL,
  PRIMARY KEY (kind, name, user_task_key)
) STRICT, WITHOUT ROWID;

-- Waiting -----------------------------------------------------------------------------------------------------------

-- Open timers; a row goes when its timer has fired for the last time or is no longer needed.
CREATE TABLE timers (
  key                     INTEGER PRIMARY KEY,
  process_definition_key  INTEGER NOT NULL,
  process_instance_key    INTEGER,                 -- null: a timer start event
  element_instance_key    INTEGER,                 -- the instance that waits (for a boundary event: its activity)
  element_id              TEXT NOT NULL,           -- the catch event
  due_at                  INTEGER NOT NULL,
  repetitions             INTEGER NOT NULL         -- still to come with this one; -1: without end
) STRICT;
CREATE INDEX timers_due ON timers (due_at, element_instance_key);
CREATE INDEX timers_element_instance ON timers (element_instance_key) WHERE element_instance_key IS NOT NULL;
CREATE INDEX timers_start ON timers (process_definition_key) WHERE element_instance_key IS NULL;

-- Buffered messages until their time to live ends.
CREATE TABLE messages (
  key              INTEGER PRIMARY KEY,
  name             TEXT NOT NULL,
  correlation_key  TEXT NOT NULL,
  message_id       TEXT,
  variables        TEXT NOT NULL,                  -- JSON object
  expires_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_name ON messages (name, correlation_key, key);
CREATE UNIQUE INDEX messages_id ON messages (name, correlation_key, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_expiry ON messages (expires_at);

-- A message goes to a process once, whatever its version.
CREATE TABLE message_correlations (
  message_key      INTEGER NOT NULL,
  bpmn_process_id  TEXT NOT NULL,
  PRIMARY KEY (message_key, bpmn_process_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_subscriptions (
  key                     INTEGER PRIMARY KEY,
  process_instance_key    INTEGER NOT NULL,
  process_definition_key  INTEGER NOT NULL,
  bpmn_process_id         TEXT NOT NULL,
  element_id              TEXT NOT NULL,           -- the catch event
  element_instance_key    INTEGER NOT NULL,        -- the instance that waits (for a boundary event: its activity)
  message_name            TEXT NOT NULL,
  correlation_key         TEXT NOT NULL,
  state                   TEXT NOT NULL,           -- CREATED | CORRELATED | DELETED
  open                    INTEGER NOT NULL,        -- 1 while messages may come
  last_updated            INTEGER NOT NULL
) STRICT;
CREATE INDEX message_subscriptions_open ON message_subscriptions (message_name, correlation_key, bpmn_process_id, element_instance_key) WHERE open = 1;   -- of each process the one that has the oldest element instance
CREATE INDEX message_subscriptions_element_instance ON message_subscriptions (element_instance_key) WHERE open = 1;
CREATE INDEX message_subscriptions_process_instance ON message_subscriptions (process_instance_key, key);

-- Message start events of the latest version of each process.
CREATE TABLE message_start_subscriptions (
  key                     INTEGER PRIMARY KEY,
  process_definition_key  INTEGER NOT NULL,
  bpmn_process_id         TEXT NOT NULL,
  element_id              TEXT NOT NULL,
  message_name            TEXT NOT NULL
) STRICT;
CREATE INDEX message_start_subscriptions_name ON message_start_subscriptions (message_name);
CREATE INDEX message_start_subscriptions_process ON message_start_subscriptions (bpmn_process_id);
CREATE INDEX message_start_subscriptions_definition ON message_start_subscriptions (process_definition_key);

-- Who waits for signals: catch events, and start events of the latest version of each process (then without instance).
CREATE TABLE signal_subscriptions (
  key                     INTEGER PRIMARY KEY,
  signal_name             TEXT NOT NULL,
  process_definition_key  INTEGER NOT NULL,
  bpmn_process_id         TEXT NOT NULL,
  element_id              TEXT NOT NULL,
  process_instance_key    INTEGER,
  element_instance_key    INTEGER
) STRICT;
CREATE INDEX signal_subscriptions_name ON signal_subscriptions (signal_name, key);
CREATE INDEX signal_subscriptions_element_instance ON signal_subscriptions (element_instance_key) WHERE element_instance_key IS NOT NULL;
CREATE INDEX signal_subscriptions_start ON signal_subscriptions (process_definition_key) WHERE element_instance_key IS NULL;

-- Outcomes ----------------------------------------------------------------------------------------------------------

CREATE TABLE incidents (
  key                     INTEGER PRIMARY KEY,
  error_type              TEXT NOT NULL,
  error_message           TEXT NOT NULL,
  process_instance_key    INTEGER NOT NULL,
  process_definition_key  INTEGER NOT NULL,
  bpmn_process_id         TEXT NOT NULL,
  element_id              TEXT NOT NULL,
  element_instance_key    INTEGER NOT NULL,
  job_key                 INTEGER,
  state                   TEXT NOT NULL,           -- ACTIVE | RESOLVED
  creation_time           INTEGER NOT NULL
) STRICT;
CREATE INDEX incidents_process_instance ON incidents (process_instance_key, state);
CREATE INDEX incidents_element_instance ON incidents (element_instance_key) WHERE state = 'ACTIVE';
CREATE INDEX incidents_state ON incidents (state, creation_time);

-- One row per decision that was evaluated; several share an evaluation key when one decision required others.
CREATE TABLE decision_instances (
  evaluation_key            INTEGER NOT NULL,
  ordinal                   INTEGER NOT NULL,      -- from 1; the instance's key is evaluation_key-ordinal
  evaluated_at              INTEGER NOT NULL,
  state                     TEXT NOT NULL,         -- EVALUATED | FAILED
  decision_definition_key   INTEGER NOT NULL,
  root_decision_definition_key INTEGER NOT NULL,
  decision_id               TEXT NOT NULL,
  decision_name             TEXT NOT NULL,
  decision_type             TEXT NOT NULL,
  decision_version          INTEGER NOT NULL,
  process_definition_key    INTEGER,
  process_instance_key      INTEGER,
  element_instance_key      INTEGER,
  result                    TEXT NOT NULL,         -- JSON
  evaluated_inputs          TEXT NOT NULL,         -- JSON array
  matched_rules             TEXT NOT NULL,         -- JSON array
  failure                   TEXT,
  PRIMARY KEY (evaluation_key, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_instances_process_instance ON decision_instances (process_instance_key) WHERE process_instance_key IS NOT NULL;
CREATE INDEX decision_instances_standalone ON decision_instances (evaluated_at, evaluation_key) WHERE process_instance_key IS NULL;   -- retention

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

-- Turns -------------------------------------------------------------------------------------------------------------

-- Commands of which more follows than one batch does; each batch does a slice of the one that waits longest.
CREATE TABLE unfinished_turns (
  key     INTEGER PRIMARY KEY,
  rank    INTEGER NOT NULL,            -- of those that are due at once the lowest is next
  steps   INTEGER NOT NULL,            -- done so far
  due_at  INTEGER NOT NULL             -- 0: at once; later for one that has gone on for very long
) STRICT;
CREATE INDEX unfinished_turns_due ON unfinished_turns (due_at, rank);

-- What they still have to do, in this order.
CREATE TABLE turn_follow_ups (
  turn_key   INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  command    TEXT NOT NULL,            -- JSON
  scope_key  INTEGER GENERATED ALWAYS AS (command ->> 'scopeKey') VIRTUAL,
  process_instance_key  INTEGER GENERATED ALWAYS AS (command ->> 'processInstanceKey') VIRTUAL,
  element_instance_key  INTEGER GENERATED ALWAYS AS (coalesce(command ->> 'elementInstanceKey', command ->> 'bodyKey')) VIRTUAL,
  message_lock  TEXT GENERATED ALWAYS AS (command ->> 'messageLock') VIRTUAL,   -- of an instance that a message is about to start
  PRIMARY KEY (turn_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_follow_ups_scope ON turn_follow_ups (scope_key) WHERE scope_key IS NOT NULL;
CREATE INDEX turn_follow_ups_process_instance ON turn_follow_ups (process_instance_key) WHERE process_instance_key IS NOT NULL;
CREATE INDEX turn_follow_ups_element_instance ON turn_follow_ups (element_instance_key) WHERE element_instance_key IS NOT NULL;
CREATE INDEX turn_follow_ups_message_lock ON turn_follow_ups (message_lock) WHERE message_lock IS NOT NULL;

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
CREATE INDEX batch_operations_ended ON batch_operations (end_date) WHERE end_date IS NOT NULL;   -- retention

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

-- For the planner ------------------------------------------------------------------------------------------------------

-- How many rows of an index have the same first column, first two columns, …: states are few, people many. Written here
-- and never measured, so that the same question is always answered along the same index.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('user_tasks', 'user_tasks_state', '50000 50000 2 1 1 1 1 1'),
  ('user_tasks', 'user_tasks_due', '50000 50000 1000 2 1 1'),
  ('user_tasks', 'user_tasks_ended', '50000 25000 2'),
  ('user_tasks', 'user_tasks_creation', '100000 2'),
  ('user_tasks', 'user_tasks_assignee', '20000 50 40'),
  ('user_tasks', 'user_tasks_process_instance', '100000 2 1'),
  ('user_tasks', 'user_tasks_element_instance', '100000 1');
ANALYZE sqlite_schema;
