// Back-pressure: more commands wait than the engine keeps waiting, so a caller is told to come again.

/** How many commands, and how many held job requests, may wait when nobody says otherwise. */
export const MOST_WAITING = 10_000;

/** Nothing of the command has happened; the same one can be sent again. */
export class Overloaded extends Error {
  constructor(waiting: number, what: 'commands' | 'job requests') {
    super(`${waiting} ${what} wait already; try again later.`);
  }
}

/** What takes load away, or comes from operators, is let in all the same, as on a cluster. */
const RELIEVING: ReadonlySet<string> = new Set(['job.complete', 'job.fail', 'process-instance.cancel', 'deployment.deploy', 'incident.resolve', 'batch-operation.suspend', 'batch-operation.cancel']);

/** Whether a command is kept waiting, however many wait. */
export function isRelieving(commandType: string): boolean {
  return RELIEVING.has(commandType);
}
