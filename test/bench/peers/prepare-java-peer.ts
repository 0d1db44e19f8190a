/** Fetches a peer's libraries from Maven and compiles our harness for it; both are kept in a folder outside the repository. */
import { join } from 'node:path';
import type { Jdk } from '../../conformance/oracle/find-java.ts';
import { compileJava, digestOf, fetchLibraries, javaFolder } from '../../conformance/oracle/java-libraries.ts';

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
  const folder = await javaFolder(environment);
  const artefacts = [artefact, ...databases];
  const libraries = join(folder, `peer-${name}-${digestOf(artefacts.join())}`);
  await fetchLibraries(libraries, artefacts);
  const sources = [...shared, mainClass].map((source) => join(import.meta.dirname, `${source}.java`));
  const classes = await compileJava(join(folder, `peer-${name}-classes`), sources, jdk.javac, join(libraries, '*'));
  return { java: jdk.java, classPath: `${classes}:${join(libraries, '*')}`, mainClass };
}
