/** Runs a program as a child and waits for the one message that it sends. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** The message, once the child has ended; throws when it ends without one. `nodeOptions` are Node's own, as `--expose-gc`. */
export async function askChild(program: string, values: readonly string[], nodeOptions: readonly string[] = []): Promise<unknown> {
  const child = fork(program, [...values], { execArgv: [...nodeOptions] });
  const ended = once(child, 'exit');
  const answered = once(child, 'message').then(([message]: unknown[]) => message);
  const answer = await Promise.race([answered, ended.then(([code]: unknown[]) => Promise.reject(new Error(`${program} ${values.join(' ')} ended with ${String(code)} and without an answer.`)))]);
  await ended;
  return answer;
}
