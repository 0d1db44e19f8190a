// Finds a JDK of at least version 21, which the real engine needs, or says what was looked at.
import { execFile } from 'node:child_process';
import { access, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LOWEST = 21;

export type Jdk = { readonly java: string; readonly javac: string; readonly version: number };

/** The newest JDK ≥ 21 among STELLWERK_JAVA_HOME, JAVA_HOME, and those that lie beside the `java` on the path; undefined when there is none. */
export async function findJdk(environment: NodeJS.ProcessEnv): Promise<Jdk | undefined> {
  const named = await readJdk(environment['STELLWERK_JAVA_HOME']);
  if (named !== undefined) return named;
  const homes = new Set([...(environment['JAVA_HOME'] === undefined ? [] : [environment['JAVA_HOME']]), ...(await installedHomes())]);
  const found = (await Promise.all([...homes].map(readJdk))).filter((jdk) => jdk !== undefined);
  return found.sort((a, b) => b.version - a.version)[0];
}

async function installedHomes(): Promise<string[]> {
  const onPath = await run('which', ['java']).then(({ stdout }) => realpath(stdout.trim())).catch(() => undefined);
  const beside = onPath === undefined ? '/usr/lib/jvm' : dirname(dirname(dirname(onPath)));
  const names = await readdir(beside).catch((): string[] => []);
  return names.map((name) => join(beside, name));
}

async function readJdk(home: string | undefined): Promise<Jdk | undefined> {
  if (home === undefined) return undefined;
  const javac = join(home, 'bin', 'javac');
  if (!(await access(javac).then(() => true).catch(() => false))) return undefined;
  const answer = await run(javac, ['-version']).then(({ stdout, stderr }) => stdout + stderr).catch(() => '');
  const version = Number(/javac (\d+)/.exec(answer)?.[1] ?? 0);
  return version >= LOWEST ? { java: join(home, 'bin', 'java'), javac, version } : undefined;
}
