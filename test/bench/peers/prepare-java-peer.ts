/** Fetches a peer's libraries from Maven and compiles our harness for it; both are kept in a folder outside the repository. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Jdk } from '../../conformance/oracle/find-java.ts';

const run = promisify(execFile);

const shared = ['PeerEngine', 'DurableFilePath', 'PeerDatabase', 'PeerLoop', 'PeerBench'];
const databases = ['com.h2database:h2:2.3.232', 'org.postgresql:postgresql:42.7.7', 'com.zaxxer:HikariCP:6.3.0'];

export const javaPeers = {
  camunda7: { mainClass: 'Camunda7Peer', version: '7.24.0', artefact: 'org.camunda.bpm:camunda-engine:7.24.0' },
  flowable: { mainClass: 'FlowablePeer', version: '7.2.0', artefact: 'org.flowable:flowable-engine:7.2.0' },
} as const;
export type JavaPeerName = keyof typeof javaPeers;

export type PreparedJavaPeer = { readonly java: string; readonly classPath: string; readonly mainClass: string };

/** Throws where Maven or the compiler fails. */
export async function prepareJavaPeer(name: JavaPeerName, jdk: Jdk, environment: NodeJS.ProcessEnv): Promise<PreparedJavaPeer> {
  const { artefact, mainClass } = javaPeers[name];
  const folder = environment['STELLWERK_ORACLE_CACHE'] ?? join(tmpdir(), 'stellwerk-oracle');
  await mkdir(folder, { recursive: true });
  const artefacts = [artefact, ...databases];
  const libraries = join(folder, `peer-${name}-${digest(artefacts.join())}`);
  if (!(await exists(libraries))) await fetchLibraries(libraries, artefacts);
  const sources = [...shared, mainClass].map((source) => join(import.meta.dirname, `${source}.java`));
  const classes = join(folder, `peer-${name}-classes-${digest((await Promise.all(sources.map((source) => readFile(source, 'utf8')))).join())}`);
  if (!(await exists(join(classes, `${mainClass}.class`)))) await run(jdk.javac, ['-nowarn', '--release', '21', '-cp', join(libraries, '*'), '-d', classes, ...sources]);
  return { java: jdk.java, classPath: `${classes}:${join(libraries, '*')}`, mainClass };
}

async function fetchLibraries(libraries: string, artefacts: readonly string[]): Promise<void> {
  const unfinished = `${libraries}.${process.pid}`;
  const pom = `${unfinished}.xml`;
  const dependencies = artefacts.map((artefact) => artefact.split(':')).map(([group, name, version]) => `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`);
  await writeFile(pom, `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>stellwerk</groupId><artifactId>peer</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>`);
  try {
    await run('mvn', ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`]);
    await rename(unfinished, libraries);
  } catch (failure) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(`Maven could not fetch ${artefacts.join(', ')}.`, { cause: failure });
  } finally {
    await rm(pom, { force: true });
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
const exists = (path: string) => access(path).then(() => true).catch(() => false);
