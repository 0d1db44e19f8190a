// Libraries from Maven and compiled harnesses, both kept in a folder outside the repository.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where they are kept: `STELLWERK_ORACLE_CACHE`, or a place in the system's temporary folder. */
export async function javaFolder(environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = environment['STELLWERK_ORACLE_CACHE'] ?? join(tmpdir(), 'stellwerk-oracle');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** The artefacts (`group:name:version`) with all that they need at run time, in the folder `libraries`; fetched unless they are there. Throws a sentence. */
export async function fetchLibraries(libraries: string, artefacts: readonly string[]): Promise<void> {
  if (await exists(libraries)) return;
  if (!(await run('mvn', ['--version']).then(() => true).catch(() => false))) throw new Error(`Maven (mvn) was not found: it is needed once, to fetch ${artefacts.join(', ')}.`);
  const unfinished = `${libraries}.${process.pid}`;
  const pom = `${unfinished}.xml`;
  const dependencies = artefacts.map((artefact) => artefact.split(':')).map(([group, name, version]) => `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`);
  await writeFile(pom, `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>stellwerk</groupId><artifactId>libraries</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>`);
  try {
    await run('mvn', ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`]);
    await rename(unfinished, libraries);
  } catch (failure) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(`Maven could not fetch ${artefacts.join(', ')}: ${failure instanceof Error ? failure.message.slice(0, 300) : String(failure)}`, { cause: failure });
  } finally {
    await rm(pom, { force: true });
  }
}

/** Compiles the sources, of which the last has the main class, unless just these were compiled before; the folder of classes. Its name begins with `name`. */
export async function compileJava(name: string, sources: readonly string[], javac: string, classPath: string): Promise<string> {
  const digest = digestOf((await Promise.all(sources.map((source) => readFile(source, 'utf8')))).join());
  const classes = `${name}-${digest}`;
  const main = (sources.at(-1) ?? '').replace(/^.*\/|\.java$/g, '');
  if (!(await exists(join(classes, `${main}.class`)))) await run(javac, ['-nowarn', '--release', '21', '-cp', classPath, '-d', classes, ...sources]);
  return classes;
}

/** Tells contents apart in the name of a folder. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

const exists = (path: string) => access(path).then(() => true).catch(() => false);
