// A user task that a job worker does: one job of a type that all such tasks share; its headers tell what a task says of itself.
import { addHeaders, OWN_HEADER } from '../job/own-headers.ts';
import { writeZoned } from '../timer/write-zoned.ts';
import { waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import type { WrittenDate } from './evaluate.ts';
import type { DoneByWorker } from './read-user-task.ts';
import { evaluateAttributes, findLinkedForm } from './user-task-attributes.ts';
import { isFailure, whereabouts } from './visit.ts';
import type { Failure, VisitOf } from './visit.ts';

/** Their type on a cluster; workers that people wrote for it work here too. */
const USER_TASK_JOB = 'io.camunda.zeebe:userTask';
/** A cluster tries it once; the type and the retries that a diagram may name have no effect. */
const RETRIES = 1;

/** What the headers tell; dates as they were written, lists as JSON, the key of a linked form as its digits. */
type UserTaskHeaders = Readonly<Partial<Record<'assignee' | 'candidateGroups' | 'candidateUsers' | 'dueDate' | 'followUpDate' | 'formKey', string>>>;

/** Offers the job and waits for its worker. */
export function offerUserTaskJob(visit: VisitOf<'USER_TASK'>, { formKey }: DoneByWorker): Activated | Failure {
  const attributes = evaluateAttributes(visit);
  if (isFailure(attributes)) return attributes;
  const linkedForm = findLinkedForm(visit);
  if (isFailure(linkedForm)) return linkedForm;
  const { assignee, candidateGroups, candidateUsers, dueDate, followUpDate } = attributes;
  const list = (names: readonly string[] | null) => (names === null ? null : JSON.stringify(names));
  const date = (written: WrittenDate | null) => (written === null ? null : writeZoned(written.text));
  const told = {
    assignee, candidateGroups: list(candidateGroups), candidateUsers: list(candidateUsers), dueDate: date(dueDate), followUpDate: date(followUpDate),
    formKey: linkedForm === null ? formKey : String(linkedForm),
  };
  const customHeaders = addHeaders(visit.element.userTask.headers, told);
  visit.step.events.push({ type: 'job.created', key: visit.view.newKey(), jobType: USER_TASK_JOB, retries: RETRIES, ...whereabouts(visit), customHeaders });
  return waiting;
}

/** Reads the headers of such a job again: those of the diagram, and what it tells of the task. */
export function splitHeaders(customHeaders: string | null): { readonly own: string | null; readonly told: UserTaskHeaders } {
  const all = Object.entries(customHeaders === null ? {} : (JSON.parse(customHeaders) as Record<string, string>));
  const own = all.filter(([name]) => !name.startsWith(OWN_HEADER));
  const told = all.filter(([name]) => name.startsWith(OWN_HEADER)).map(([name, value]) => [name.slice(OWN_HEADER.length), value]);
  return { own: own.length === 0 ? null : JSON.stringify(Object.fromEntries(own)), told: Object.fromEntries(told) as UserTaskHeaders };
}
