// How requests name changes of a user task.
import { z } from 'zod';
import type { UserTaskChanges } from '../../user-task/records.ts';
import { delegate } from '../request/check.ts';
import { dateTime } from '../request/fields.ts';

/** A date that `""` takes away (null inside); a JSON null says nothing, as everywhere. */
export const resettableDate = z.unknown().transform((value, { issues }): number | null | undefined =>
  value === undefined || value === null ? undefined : value === '' ? null : delegate(dateTime, value, issues),
);

type Changeset = { readonly [Name in keyof UserTaskChanges]: UserTaskChanges[Name] | undefined };

/** What a request leaves out is no change. */
export function withoutUndefined({ dueDate, followUpDate, candidateUsers, candidateGroups, priority: urgency }: Changeset): UserTaskChanges {
  return {
    ...(dueDate === undefined ? {} : { dueDate }),
    ...(followUpDate === undefined ? {} : { followUpDate }),
    ...(candidateUsers === undefined ? {} : { candidateUsers }),
    ...(candidateGroups === undefined ? {} : { candidateGroups }),
    ...(urgency === undefined ? {} : { priority: urgency }),
  };
}
