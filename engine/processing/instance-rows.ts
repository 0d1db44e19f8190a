// The rows that every step of every instance reads and changes, process instances and element instances, as a batch has them at hand.
import type { DatabaseSync } from 'node:sqlite';
import { openElementRows, type ElementInstanceRow } from '../element/rows.ts';
import { openProcessInstanceRows, type ProcessInstanceRow } from '../process-instance/rows.ts';
import type { AtHand, Rows } from '../store/rows.ts';

export type InstanceRows = AtHand & {
  readonly processInstances: Rows<ProcessInstanceRow>;
  readonly elements: Rows<ElementInstanceRow>;
  /** For a statement that reads one of the two tables by itself: what is at hand is written first. */
  readonly written: <Values extends readonly unknown[], Found>(statement: (...values: Values) => Found) => (...values: Values) => Found;
};

export function openInstanceRows(db: DatabaseSync): InstanceRows {
  const processInstances = openProcessInstanceRows(db);
  const elements = openElementRows(db);
  const write = () => {
    processInstances.write();
    elements.write();
  };
  return {
    processInstances,
    elements,
    write,
    written: (statement) => (...values) => {
      write();
      return statement(...values);
    },
    forget: () => {
      processInstances.forget();
      elements.forget();
    },
  };
}
