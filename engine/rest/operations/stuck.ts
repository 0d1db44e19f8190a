// Which instances are held up by an incident: the element itself, what encloses it, and the call activities above.

/**
 * SQL of the set of keys (element and process instances) above or at an active incident. It names no outer row, so
 * SQLite works it out once per search; without incidents it is empty and costs nothing.
 */
export const STUCK = `(
  WITH RECURSIVE stuck(key) AS (
    SELECT element_instance_key FROM incidents WHERE state = 'ACTIVE'
    UNION SELECT e.scope_key FROM stuck JOIN element_instances e ON e.key = stuck.key
    UNION SELECT p.parent_element_instance_key FROM stuck JOIN process_instances p ON p.key = stuck.key WHERE p.parent_element_instance_key IS NOT NULL
  ) SELECT key FROM stuck)`;

/** SQL of a process instance and everything it called; `?` stands for its key. */
export const CALL_TREE = `(
  WITH RECURSIVE tree(key) AS (
    VALUES (CAST(? AS INTEGER))
    UNION SELECT c.key FROM tree JOIN element_instances e ON e.process_instance_key = tree.key JOIN process_instances c ON c.parent_element_instance_key = e.key
  ) SELECT key FROM tree)`;
