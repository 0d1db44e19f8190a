// Fetches the real Camunda broker from Maven and compiles our record exporter for it; both are kept in a folder outside the repository.
import { execFile } from 'node:child_process';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findJdk } from '../../conformance/oracle/find-java.ts';
import { compileJava, javaFolder } from '../../conformance/oracle/java-libraries.ts';

const run = promisify(execFile);

/** The newest full distribution that Maven serves. */
const BROKER_VERSION = '8.6.0';

export type PreparedBroker = { readonly javaHome: string; readonly distribution: string; readonly exporter: string };
/** `why`: what is missing on this machine, as a sentence for the reader of the report. */
export type Preparation = { readonly kind: 'ready'; readonly broker: PreparedBroker } | { readonly kind: 'unavailable'; readonly why: string };

/** Needs a JDK ≥ 21 and, the first time, Maven and 300 MB. `STELLWERK_ORACLE_CACHE` names another folder than the system's temporary one. */
export async function prepareBroker(environment: NodeJS.ProcessEnv): Promise<Preparation> {
  const jdk = await findJdk(environment);
  if (jdk === undefined) return { kind: 'unavailable', why: 'No JDK of version 21 or newer was found: install one, or name it with STELLWERK_JAVA_HOME.' };
  const folder = await javaFolder(environment);
  const distribution = join(folder, `camunda-zeebe-${BROKER_VERSION}`);
  if (!(await exists(distribution))) {
    const failure = await fetchDistribution(folder, distribution);
    if (failure !== undefined) return { kind: 'unavailable', why: failure };
  }
  const library = (name: string) => join(distribution, 'lib', `${name}-${BROKER_VERSION}.jar`);
  const exporter = await compileJava(join(folder, `exporter-${BROKER_VERSION}`), [join(import.meta.dirname, 'RecordExporter.java')], jdk.javac, `${library('zeebe-exporter-api')}:${library('zeebe-protocol')}`);
  return { kind: 'ready', broker: { javaHome: join(jdk.java, '../..'), distribution, exporter } };
}

async function fetchDistribution(folder: string, distribution: string): Promise<string | undefined> {
  if (!(await run('mvn', ['--version']).then(() => true).catch(() => false))) return 'Maven (mvn) was not found: it is needed once, to fetch the real broker.';
  const work = await mkdtemp(join(folder, 'fetch-'));
  const artefact = `io.camunda:camunda-zeebe:${BROKER_VERSION}:tar.gz`;
  try {
    const repository = `-Dmaven.repo.local=${join(work, 'repository')}`;
    await run('mvn', ['-B', '-q', repository, 'dependency:get', `-Dartifact=${artefact}`, '-Dtransitive=false']);
    await run('tar', ['xzf', join(work, 'repository/io/camunda/camunda-zeebe', BROKER_VERSION, `camunda-zeebe-${BROKER_VERSION}.tar.gz`), '-C', work]);
    await rename(join(work, `camunda-zeebe-${BROKER_VERSION}`), distribution);
    return undefined;
  } catch (failure) {
    return `Maven could not fetch ${artefact}: ${failure instanceof Error ? failure.message.slice(0, 300) : String(failure)}`;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const exists = (path: string) => access(path).then(() => true).catch(() => false);
