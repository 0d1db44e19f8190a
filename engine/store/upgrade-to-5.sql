-- From version 4 of the store to version 5. A test compares the outcome with schema.sql.

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
-- Indexes that keep the cost of a command the same, however much there is.
CREATE INDEX process_definitions_latest ON process_definitions (bpmn_process_id, version) WHERE deleted = 0;
CREATE INDEX process_definitions_tag ON process_definitions (bpmn_process_id, version_tag, version) WHERE deleted = 0;
CREATE INDEX process_definitions_deployment ON process_definitions (bpmn_process_id, deployment_key, version) WHERE deleted = 0;
CREATE INDEX forms_latest ON forms (form_id, version) WHERE deleted = 0;
CREATE INDEX forms_tag ON forms (form_id, version_tag, version) WHERE deleted = 0;
CREATE INDEX forms_deployment ON forms (form_id, deployment_key, version) WHERE deleted = 0;
CREATE INDEX decision_requirements_latest ON decision_requirements (drg_id, version) WHERE deleted = 0;
CREATE INDEX decision_definitions_latest ON decision_definitions (decision_id, version) WHERE deleted = 0;
CREATE INDEX decision_definitions_tag ON decision_definitions (decision_id, version_tag, version) WHERE deleted = 0;
CREATE INDEX decision_definitions_deployment ON decision_definitions (decision_id, deployment_key, version) WHERE deleted = 0;
DROP INDEX message_subscriptions_open;
CREATE INDEX message_subscriptions_open ON message_subscriptions (message_name, correlation_key, bpmn_process_id, element_instance_key) WHERE open = 1;
CREATE INDEX message_start_subscriptions_process ON message_start_subscriptions (bpmn_process_id);
CREATE INDEX message_start_subscriptions_definition ON message_start_subscriptions (process_definition_key);
CREATE INDEX user_tasks_creation ON user_tasks (creation_date);
DROP INDEX element_instances_active;
DROP INDEX element_instances_process_instance;
CREATE INDEX element_instances_process_instance ON element_instances (process_instance_key, end_date, scope_key);
DROP INDEX process_instances_state;
CREATE INDEX process_instances_state ON process_instances (state, key, start_date);
DROP INDEX timers_due;
CREATE INDEX timers_due ON timers (due_at, element_instance_key);
DROP INDEX user_tasks_state;
CREATE INDEX user_tasks_state ON user_tasks (state, creation_date, key, process_instance_key, element_instance_key, priority, completion_date) WHERE completion_date IS NULL;
DROP INDEX user_tasks_due;
CREATE INDEX user_tasks_due ON user_tasks (state, due_date, creation_date, process_instance_key, completion_date) WHERE completion_date IS NULL;
CREATE INDEX user_tasks_ended ON user_tasks (state, completion_date) WHERE completion_date IS NOT NULL;
DROP INDEX user_tasks_open;
CREATE INDEX user_tasks_element_instance ON user_tasks (element_instance_key);
DROP INDEX user_task_candidates_task;
DROP INDEX variables_scope;
CREATE INDEX variables_scope ON variables (scope_key, name, substr(value, 1, 24));
DROP INDEX variables_process_instance;
CREATE INDEX variables_local ON variables (process_instance_key, key) WHERE scope_key <> process_instance_key;

-- What retention looks through.
CREATE INDEX process_instances_ended ON process_instances (end_date, key) WHERE end_date IS NOT NULL AND parent_process_instance_key IS NULL;
CREATE INDEX decision_instances_standalone ON decision_instances (evaluated_at, evaluation_key) WHERE process_instance_key IS NULL;
CREATE INDEX batch_operations_ended ON batch_operations (end_date) WHERE end_date IS NOT NULL;

-- For the planner: as in schema.sql.
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
