-- From version 3 of the store to version 4: job workers of ad-hoc sub-processes, ends after an element. A test compares the outcome with schema.sql.

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
