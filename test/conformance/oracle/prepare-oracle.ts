// Fetches the real engine from Maven and compiles our launcher for it; both are kept in a folder outside the repository.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findJdk } from './find-java.ts';

const run = promisify(execFile);

/** The engine that ours is compared with. */
export const ORACLE_VERSION = '8.8.21';

export type PreparedOracle = { readonly java: string; readonly classPath: string };
/** `why`: what is missing on this machine, as a sentence for the reader of the report. */
export type Preparation = { readonly kind: 'ready'; readonly oracle: PreparedOracle } | { readonly kind: 'unavailable'; readonly why: string };

/** Needs a JDK ≥ 21 and, the first time, Maven. `STELLWERK_ORACLE_CACHE` names another folder than the system's temporary one. */
export async function prepareOracle(environment: NodeJS.ProcessEnv): Promise<Preparation> {
  const jdk = await findJdk(environment);
  if (jdk === undefined) {
    return { kind: 'unavailable', why: 'No JDK of version 21 or newer was found: install one, or name it with STELLWERK_JAVA_HOME.' };
  }
  const folder = environment['STELLWERK_ORACLE_CACHE'] ?? join(tmpdir(), 'stellwerk-oracle');
  await mkdir(folder, { recursive: true });
  const libraries = join(folder, `lib-${ORACLE_VERSION}`);
  if (!(await exists(libraries))) {
    const failure = await fetchLibraries(folder, libraries);
    if (failure !== undefined) return { kind: 'unavailable', why: failure };
  }
  const classes = await compileLauncher(folder, libraries, jdk.javac);
  return { kind: 'ready', oracle: { java: jdk.java, classPath: `${classes}:${join(libraries, '*')}` } };
}

async function fetchLibraries(folder: string, libraries: string): Promise<string | undefined> {
  if (!(await run('mvn', ['--version']).then(() => true).catch(() => false))) {
    return 'Maven (mvn) was not found: it is needed once, to fetch the real engine.';
  }
  const pom = join(folder, 'pom.xml');
  const unfinished = `${libraries}.${process.pid}`;
  await writeFile(pom, `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>stellwerk</groupId><artifactId>oracle</artifactId><version>1</version>
<dependencies><dependency><groupId>io.camunda</groupId><artifactId>zeebe-process-test-engine</artifactId><version>${ORACLE_VERSION}</version></dependency></dependencies></project>`);
  try {
    await run('mvn', ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`]);
    await rename(unfinished, libraries);
    return undefined;
  } catch (failure) {
    await rm(unfinished, { recursive: true, force: true });
    return `Maven could not fetch io.camunda:zeebe-process-test-engine:${ORACLE_VERSION}: ${failure instanceof Error ? failure.message.slice(0, 300) : String(failure)}`;
  }
}

async function compileLauncher(folder: string, libraries: string, javac: string): Promise<string> {
  const source = join(import.meta.dirname, 'OracleEngine.java');
  const digest = createHash('sha256').update(await readFile(source)).digest('hex').slice(0, 12);
  const classes = join(folder, `classes-${ORACLE_VERSION}-${digest}`);
  if (await exists(join(classes, 'OracleEngine.class'))) return classes;
  await run(javac, ['-nowarn', '--release', '21', '-cp', join(libraries, '*'), '-d', classes, source]);
  return classes;
}

const exists = (path: string) => access(path).then(() => true).catch(() => false);
