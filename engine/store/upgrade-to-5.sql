-- From version 4 of the store to version 5. A test compares the outcome with schema.sql.

-- What retention looks through.
CREATE INDEX process_instances_ended ON process_instances (end_date, key) WHERE end_date IS NOT NULL AND parent_process_instance_key IS NULL;
CREATE INDEX decision_instances_standalone ON decision_instances (evaluated_at, evaluation_key) WHERE process_instance_key IS NULL;
