/** The tools that the Java peers need: what is missing is said, what is there must work. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findJdk, type Jdk } from '../../conformance/oracle/find-java.ts';
import { whyNoPostgres } from '../../postgres/start-postgres.ts';

const run = promisify(execFile);

export type Tools = {
  /** Of at least version 21; undefined where it or Maven is missing. */
  readonly jdk: Jdk | undefined;
  readonly postgres: boolean;
  /** A sentence for each that is missing. */
  readonly missing: readonly string[];
};

export async function findTools(environment: NodeJS.ProcessEnv): Promise<Tools> {
  const jdk = await findJdk(environment);
  const maven = await run('mvn', ['--version']).then(() => true, () => false);
  const noPostgres = await whyNoPostgres();
  const missing = [
    ...(jdk === undefined ? ['No JDK of version 21 or newer is here, so no Java engine is measured: install one, or name it with STELLWERK_JAVA_HOME.'] : []),
    ...(maven ? [] : ['Maven (mvn) is not here, so no Java engine is measured: it fetches them.']),
    ...(noPostgres === null ? [] : [noPostgres]),
  ];
  return { jdk: maven ? jdk : undefined, postgres: noPostgres === null, missing };
}
