// A refused command as a problem, and commands that answer nothing but "done".
import type { Core, Durability } from '../../core.ts';
import type { Command, Rejection } from '../../records.ts';
import { noContent, type Answer, type Problem } from '../answer.ts';

/** `intent` is the command's name in the reference's words: COMPLETE, ASSIGN, … */
export function rejected(intent: string, { code, reason }: Rejection): Problem {
  return { kind: 'problem', status: STATUS[code], title: code, detail: `Command '${intent}' rejected with code '${code}': ${reason}` };
}

const STATUS = { NOT_FOUND: 404, INVALID_STATE: 409, ALREADY_EXISTS: 409, INVALID_ARGUMENT: 400 } as const satisfies Record<Rejection['code'], number>;

/** Submits a command and answers 204, or says why it was refused. */
export async function submitted(core: Core, intent: string, command: Command, how?: Durability): Promise<Answer> {
  const result = await core.submit(command, how);
  return result.ok ? noContent : rejected(intent, result.rejection);
}
